"""Why a formula gives a district what it gives it: need, catch-up, floors and caps, in pounds a person.

Asks `wealth.funding.explain`, whose parts add up to the penny.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fairground import places
from fairground.evidence import Answer, Method, Step
from fairground.questions.wealth.formula import Choice, for_districts, sources_of
from fairground.sources import figures
from fairground.wealth.funding.explanation import Explanation, explain

__all__ = ["explanation"]

METHOD = Method(
    "factor-split",
    "The ratio to the average is split into exact factors, and the pounds follow their logarithms",
    "Ang, Decomposition analysis for policymaking in energy, Energy Policy 32(9), 2004: "
    "docs/explanation/funding.md",
)


@dataclass(frozen=True)
class Factor:
    """One factor: what it is, how many times the average it is, and the pounds a person it adds or takes."""

    factor: str
    times_average: float
    pounds_per_head: Fraction


@dataclass(frozen=True)
class Why:
    """A district's pence, its pounds a person and the average's, and the factors between the two."""

    code: str
    name: str
    pence: int
    per_head: Fraction
    mean: Fraction
    difference: Fraction
    rows: tuple[Factor, ...]


def explanation(choice: Choice, place: str) -> Answer[Why]:
    """Answer why a formula gives a district more or less than the average for each person.

    Parameters
    ----------
    choice : the formula.
    place : a district's name or code.

    Raises
    ------
    NotFound : no such place, or not a district. Impossible : the floors or caps clash with the pot.

    Notes
    -----
    Method: logarithmic mean Divisia index (Ang, 2004); exact, with nothing left over.
    """
    areas = for_districts(choice)
    found = explain(choice.formula(), areas, code=places.get(place).code)
    at = areas.codes.index(found.code)
    rows = tuple(Factor(p.id, float(p.ratio), Fraction(p.pence_per_head, 100)) for p in found.parts)
    difference = sum((row.pounds_per_head for row in rows), Fraction(0))
    value = Why(
        found.code,
        areas.names[at],
        found.pence,
        found.per_head / 100,
        found.mean / 100,
        difference,
        rows,
    )
    return Answer(value, METHOD, _steps(choice, value, found, areas.populations[at]), sources_of(choice))


def _steps(choice: Choice, value: Why, found: Explanation, people: int) -> tuple[Step, ...]:
    facts = {
        "place": value.name,
        "head": value.per_head,
        "difference": abs(value.difference),
        "mean": value.mean,
    }
    gap = value.difference
    code = "explanation.above" if gap > 0 else "explanation.below" if gap < 0 else "explanation.same"
    steps = [
        Step(code, facts),
        Step("explanation.total", {"pence": value.pence, "people": people, "pot": choice.pot}),
    ]
    for row in value.rows:
        if row.pounds_per_head or row.factor == "need":
            told = {"ratio": row.times_average, "pounds": row.pounds_per_head}
            steps.append(Step("explanation." + row.factor, told))
        if row.factor == "need" and len(found.indicators) > 1:
            steps += [
                Step(
                    "explanation.indicator",
                    {
                        "indicator": figures.indicator(one.id).name,
                        "pounds": Fraction(one.pence_per_head, 100),
                    },
                )
                for one in found.indicators
            ]
    steps.append(Step("explanation.sum", {"difference": gap, "ratio": found.ratio}))
    return tuple(steps)
