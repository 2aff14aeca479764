"""The verdicts that a claim can get when its figure is worked out again from the source it cites.

A claim holds, holds on another definition than its words, depends on the measure, does not hold, or cannot be
checked yet, with the reason. The claims themselves are data, in `claims.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from fairground.errors import BadInput

VERDICTS = ("holds", "another-definition", "depends", "does-not-hold", "not-yet")
KINDS = ("finding", "demand")


@dataclass(frozen=True)
class Claim:
    """A figure that somebody published: what was said, by whom, where, and what its words imply.

    `said` is the figure as stated, `within` how far off a recomputed figure may be and still agree; None
    where the claim states no number. `at_least` is for "more than". `page` is the printed page, empty where
    we have not seen it. `unknown` says what public data cannot tell us, and why.
    """

    id: str
    said: float | None
    within: float
    unit: str
    statement: str
    cites: str
    implies: str
    check: str
    by: str = "the report"
    kind: str = "finding"
    page: str = ""
    at_least: bool = False
    unknown: str = ""

    def __post_init__(self) -> None:
        if not self.within >= 0:
            raise BadInput("A tolerance is not below zero", "within", self.within, "0 or more")
        if self.said is not None and not isfinite(self.said):
            raise BadInput("What was said must be a number", "said", self.said, "a number, or nothing")
        if self.kind not in KINDS:
            raise BadInput("There is no such kind of claim", "kind", self.kind, ", ".join(KINDS))
        if self.check == "none" and not self.unknown:
            raise BadInput("A claim without a check says why", "unknown", self.id, "a reason in plain words")

    def agrees(self, value: float) -> bool:
        """Whether a recomputed figure agrees with what was said."""
        if self.said is None:
            return False
        return value >= self.said - self.within if self.at_least else abs(value - self.said) <= self.within


@dataclass(frozen=True)
class Recomputed:
    """One recomputed figure: what it is and from which edition.

    `literal` if it is what the words imply, from what the claim cites; `newest` if it is today's figure.
    """

    measure: str
    period: str
    value: float
    edition: str
    literal: bool
    newest: bool = False

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            raise BadInput(
                "A recomputed figure must be a number", self.measure, self.value, "a finite number"
            )


@dataclass(frozen=True)
class Checked:
    """A claim with its verdict and the recomputed figures, as `rows`."""

    id: str
    statement: str
    by: str
    verdict: str
    said: float | None
    unit: str
    rows: tuple[Recomputed, ...]


def verdict(claim: Claim, figures: Sequence[Recomputed]) -> str:
    """Return the verdict on a claim, by the ladder below.

    Parameters
    ----------
    claim : what was said. figures : every recomputed figure, in the same unit.

    Returns
    -------
    One of `VERDICTS`. The order of the figures does not matter.

    Notes
    -----
    *Rule 1*: the claim states no number, or there is nothing to set against it: no verdict yet.
    *Rule 2*: all literal figures agree: it holds. *Rule 3*: some agree and others do not: it depends.
    *Rule 4*: no literal figure agrees but one of another definition does: it holds on another definition.
    *Rule 5*: what was said lies between the least and the greatest literal figure: it depends. *Rule 6*:
    there are literal figures and none agrees: it does not hold. *Rule 7*: there are only figures of another
    definition, and none agrees: no verdict yet. Source: our own rules, set out so that they can be disputed
    (docs/explanation/claims.md).
    """
    if claim.said is None or not figures:
        return "not-yet"
    literal = [figure.value for figure in figures if figure.literal]
    agree = [claim.agrees(value) for value in literal]
    if literal and all(agree):
        return "holds"
    if any(agree):
        return "depends"
    if any(claim.agrees(figure.value) for figure in figures if not figure.literal):
        return "another-definition"
    if literal and min(literal) < claim.said < max(literal):
        return "depends"
    return "does-not-hold" if literal else "not-yet"
