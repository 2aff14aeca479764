"""The verdicts that a claim can get when its figure is worked out again from the source it cites.

A claim holds, holds on another definition than its words, depends on the measure, does not hold, or cannot be
checked yet, with the reason. The claims themselves are data, in `claims.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairground.errors import BadInput

VERDICTS = ("holds", "another-definition", "depends", "does-not-hold", "not-yet")


@dataclass(frozen=True)
class Claim:
    """A figure that somebody published: what was said, where, and what its words imply.

    `said` is the figure as stated, `within` how far off a recomputed figure may be and still agree; None
    where the claim states no number.
    """

    id: str
    said: float | None
    within: float
    unit: str
    statement: str
    cites: str
    implies: str
    check: str

    def __post_init__(self) -> None:
        if self.within < 0:
            raise BadInput(
                "A tolerance is not below zero", field="within", value=self.within, allowed="0 or more"
            )


@dataclass(frozen=True)
class Recomputed:
    """One recomputed figure: what it is and from which edition; `literal` if it is what the words imply."""

    measure: str
    period: str
    value: float
    edition: str
    literal: bool


@dataclass(frozen=True)
class Checked:
    """A claim with its verdict and the recomputed figures, as `rows`."""

    id: str
    statement: str
    verdict: str
    said: float | None
    rows: tuple[Recomputed, ...]


def verdict(claim: Claim, figures: Sequence[Recomputed]) -> str:
    """Return the verdict on a claim, by the ladder below.

    Parameters
    ----------
    claim : what was said. figures : every recomputed figure, in the same unit.

    Notes
    -----
    *Rule 1*: no figures, no verdict yet. *Rule 2*: all literal figures agree: it holds. *Rule 3*: some
    literal figures agree and others do not: it depends. *Rule 4*: no literal figure agrees but another does:
    it holds on another definition. *Rule 5*: it does not hold. Source: our own rules, set out so
    that they can be disputed.
    """
    if not figures or claim.said is None:
        return "not-yet"
    said, within = claim.said, claim.within
    agree = [abs(figure.value - said) <= within for figure in figures if figure.literal]
    others = [abs(figure.value - said) <= within for figure in figures if not figure.literal]
    if agree and all(agree):
        return "holds"
    if any(agree):
        return "depends"
    return "another-definition" if any(others) else "does-not-hold"
