"""What councils would get together beside what they get apart, when they merge under a formula.

Asks `wealth.funding.merger` with the published figures of today's districts. The merged place has the sum of
the people and the mean over people of each figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fairground import places
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Step
from fairground.questions.wealth.choice import Choice
from fairground.questions.wealth.formula import for_districts, level_steps, sources_of
from fairground.wealth.funding.formula import allocate
from fairground.wealth.funding.merger import mergers

__all__ = ["merger"]

METHOD = Method(
    "merger-discrepancy",
    "The pot is shared twice, with the councils apart and as one place; the difference is told",
    "Balinski and Young, Fair Representation (2001), chapter 9: docs/explanation/funding.md",
)
MERGED = "merged"


@dataclass(frozen=True)
class MergingPart:
    """One of the councils, and the pence that it gets while they are apart."""

    code: str
    name: str
    population: int
    pence: int


@dataclass(frozen=True)
class MergerEffect:
    """Pence of the councils apart and together, and the difference; `rows` holds each council."""

    apart_pence: int
    together_pence: int
    difference_pence: int
    population: int
    rows: tuple[MergingPart, ...]


def merger(choice: Choice, parts: Sequence[str]) -> Answer[MergerEffect]:
    """Answer how much more or less councils would get from a formula if they merged.

    Parameters
    ----------
    choice : the formula.
    parts : two or more districts of today, by name or code.

    Raises
    ------
    NotFound : no such place. BadInput : fewer than two districts, one twice, or a place of another kind.
    Impossible : the floors or caps clash with the pot.

    Notes
    -----
    Method: `fairground.wealth.funding.merger`; law 7 of `docs/explanation/funding.md`.
    """
    areas = for_districts(choice)
    codes = _codes(parts, areas.codes)
    (found,) = mergers(choice.formula(), areas, into=dict.fromkeys(codes, MERGED))
    pence = dict(zip(areas.codes, allocate(choice.formula(), areas).pence, strict=True))
    rows = tuple(
        MergingPart(code, place.name, place.population, pence[code])
        for code in codes
        for place in (places.get(code),)
    )
    people = sum(row.population for row in rows)
    value = MergerEffect(found.apart, found.together, found.together - found.apart, people, rows)
    return Answer(value, METHOD, _steps(choice, value), sources_of(choice))


def _codes(parts: Sequence[str], districts: Sequence[str]) -> list[str]:
    codes = [places.get(part).code for part in parts]
    for part, code in zip(parts, codes, strict=True):
        if code not in districts:
            raise BadInput("Give districts of today", "places", part, "names or codes of the 296 districts")
    if len(set(codes)) != len(codes) or len(codes) < 2:
        raise BadInput("Name two or more districts, each once", "places", ", ".join(parts), "2 or more")
    return codes


def _steps(choice: Choice, value: MergerEffect) -> tuple[Step, ...]:
    gap = value.difference_pence
    facts = {
        "places": _listed([row.name for row in value.rows]),
        "difference": abs(gap),
        "apart": value.apart_pence,
        "together": value.together_pence,
        "people": value.population,
        "per_head": Fraction(abs(gap), 100 * value.population),
        "pot": choice.pot,
    }
    code = "merger.more" if gap > 0 else "merger.less" if gap < 0 else "merger.same"
    told = (code, "merger.sums", "merger.figures", "merger.why", "merger.others")
    return (*(Step(one, facts) for one in told), *level_steps(choice))


def _listed(names: Sequence[str]) -> str:
    """Return names as a person would say them: "A, B and C"."""
    return ", ".join(names[:-1]) + " and " + names[-1]
