"""How real funding schemes share their money: each rule, worked on numbers that anyone can change.

The rules are in `wealth.funding.schemes`, each with its reference. Where the list of places that a scheme
paid is not held, its rule is worked on England's regions or districts instead, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fairground import places, typed
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer, Method, Source, Step, merged
from fairground.sources import population
from fairground.sources.catalogue import source
from fairground.wealth.funding import schemes as rules

__all__ = ["scheme", "schemes"]

METHOD = Method(
    "real-schemes",
    "The published rule of a real scheme, worked in exact fractions",
    "The reference of each scheme: src/fairground/wealth/funding/schemes.py",
)
MOST = 10**12
LEVELS = {"regions": "region", "districts": "district"}
NATIONS = {"Scotland": "S92000003", "Wales": "W92000004", "Northern Ireland": "N92000002"}
YEAR = 2017


@dataclass(frozen=True)
class Listed:
    """One scheme of the list: its id, its name and where its rule is written."""

    scheme: str
    name: str
    reference: str


@dataclass(frozen=True)
class Schemes:
    """Every scheme whose rule we hold."""

    rows: tuple[Listed, ...]


@dataclass(frozen=True)
class SchemeShare:
    """What a scheme's rule gives one place: pounds in all and for each person, beside an even share."""

    name: str
    population: int
    amount: Fraction
    per_head: Fraction
    even_per_head: Fraction


@dataclass(frozen=True)
class IndexPart:
    """One part of an index: its score, its weight and what it adds."""

    part: str
    score: Fraction
    weight: Fraction
    adds: Fraction


@dataclass(frozen=True)
class Factor:
    """One number that a rule multiplies, in words, and the amount after it, in pounds."""

    factor: str
    times: Fraction
    amount: Fraction


Row = SchemeShare | IndexPart | Factor


@dataclass(frozen=True)
class Worked:
    """A scheme's rule worked on numbers: its result (pounds, or points of an index) and each row."""

    scheme: str
    name: str
    result: Fraction
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Case:
    """How a scheme is shown: what a person may choose, with the starting values, and how it is worked."""

    fields: Mapping[str, str]
    work: Callable[[Mapping[str, str]], tuple[Fraction, tuple[Row, ...], dict[str, object]]]
    sources: tuple[str, ...]


def schemes() -> Answer[Schemes]:
    """Answer which real schemes are held, each with the place where its rule is written.

    Source: the catalogue of `wealth.funding.schemes`.
    """
    rows = tuple(Listed(one.id, one.name, one.reference) for one in rules.SCHEMES)
    cited = [source(id) for case in CASES.values() for id in case.sources[:1]]
    return Answer(Schemes(rows), METHOD, (Step("scheme.list", {"schemes": len(rows)}),), merged(cited))


def scheme(id: str, **chosen: str) -> Answer[Worked]:
    """Answer what one real scheme's rule gives.

    Parameters
    ----------
    id : the scheme, as `schemes` lists it.
    chosen : the numbers of the case as text; what is left out takes its starting value. `fields` says which.

    Raises
    ------
    NotFound : no such scheme. BadInput : a number that the rule cannot take; names the field.
    Impossible : lump sums that cost more than the pot.
    """
    rule, case = rules.scheme(id), CASES[rules.scheme(id).id]
    given = {name: str(value) for name, value in chosen.items() if str(value).strip()}
    for name in given:
        if name not in case.fields:
            raise BadInput(f"'{rule.name}' does not use this", name, given[name], ", ".join(case.fields))
    result, rows, facts = case.work({**case.fields, **given})
    facts = {"name": rule.name, "reference": rule.reference, "result": result, **facts}
    steps = (
        Step(f"scheme.case.{id}", facts),
        Step(f"scheme.rule.{id}", facts),
        Step(f"scheme.unknown.{id}", facts),
    )
    return Answer(Worked(id, rule.name, result, rows), METHOD, steps, _cited(case))


def fields(id: str) -> Mapping[str, str]:
    """Return what a person may choose in a scheme's case: field and starting value."""
    return CASES[rules.scheme(id).id].fields


def _cited(case: Case) -> tuple[Source, ...]:
    return merged([source(id) for id in case.sources])


def _pounds(values: Mapping[str, str], field: str = "amount", *, below_zero: bool = False) -> Fraction:
    least = -MOST if below_zero else 0
    found = typed.pounds(values[field], field, least=-MOST * 10, most=MOST * 10, allowed="a number of pounds")
    if not least <= found <= MOST:
        raise BadInput("This amount is out of range", field, values[field], "up to £1,000 billion")
    return found


def _number(values: Mapping[str, str], field: str, allowed: str) -> Fraction:
    return typed.exact(values[field], field, least=-MOST * 10, most=MOST * 10, allowed=allowed)


def _people(values: Mapping[str, str]) -> tuple[places.Place, ...]:
    level = values["level"]
    if level not in LEVELS:
        raise BadInput("We can share between these", "level", level, ", ".join(LEVELS))
    found = places.children("E92000001", kind=LEVELS[level])
    return tuple(sorted(found, key=lambda place: place.code))


def _shares(found: tuple[places.Place, ...], amounts: tuple[Fraction, ...], pot: Fraction) -> tuple[Row, ...]:
    people = sum(place.population for place in found)
    rows = [
        SchemeShare(place.name, place.population, amount, amount / place.population, pot / people)
        for place, amount in zip(found, amounts, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.per_head, row.name)))


def _extremes(rows: tuple[Row, ...]) -> dict[str, object]:
    shares = [row for row in rows if isinstance(row, SchemeShare)]
    most, least = shares[0], shares[-1]
    return {"top": most.name, "most": most.per_head, "low": least.name, "least": least.per_head}


def _capability(values: Mapping[str, str]) -> tuple[Fraction, tuple[Row, ...], dict[str, object]]:
    pot, found = _pounds(values), _people(values)
    amounts = rules.population_and_equal(pot, [place.population for place in found])
    rows = _shares(found, amounts, pot)
    return pot, rows, {"level": values["level"], "count": len(rows), **_extremes(rows)}


def _lump_sum(values: Mapping[str, str]) -> tuple[Fraction, tuple[Row, ...], dict[str, object]]:
    pot, lump, found = _pounds(values), _pounds(values, "lump"), _people(values)
    amounts = rules.lump_sum_then_shares(pot, [place.population for place in found], lump=lump)
    rows = _shares(found, amounts, pot)
    return pot, rows, {"level": values["level"], "count": len(rows), "lump": lump, **_extremes(rows)}


def _index(values: Mapping[str, str]) -> tuple[Fraction, tuple[Row, ...], dict[str, object]]:
    names = ("recovery", "transport", "regeneration")
    scores = {name: _number(values, name, "a score from 0 to 100") for name in names}
    for name, score in scores.items():
        if not 0 <= score <= 100:
            raise BadInput("A score lies between 0 and 100", name, values[name], "0 to 100")
    result = rules.levelling_up_index(
        scores["recovery"], transport=scores["transport"], regeneration=scores["regeneration"]
    )
    weighed = zip(names, rules.LUF_WEIGHTS, strict=True)
    rows = tuple(
        IndexPart(f"index-{name}", scores[name], weight, scores[name] * weight) for name, weight in weighed
    )
    return result, rows, {}


def _barnett(values: Mapping[str, str]) -> tuple[Fraction, tuple[Row, ...], dict[str, object]]:
    change = _pounds(values, below_zero=True)
    nation = next((name for name in NATIONS if name.casefold() == values["nation"].casefold()), "")
    if not nation:
        raise NotFound("There is no such nation", "nation", values["nation"], ", ".join(NATIONS))
    comparability = _number(values, "comparability", "0 to 1")
    needs = _number(values, "needs_factor", "above 0")
    share = _share_of_england(NATIONS[nation])
    result = rules.barnett_increment(
        change, comparability=comparability, population_share=share, needs_factor=needs
    )
    rows = (
        Factor("change", Fraction(1), change),
        Factor("comparability", comparability, change * comparability),
        Factor("population-share", share, change * comparability * share),
        Factor("needs-factor", needs, result),
    )
    way = "more" if change >= 0 else "less"
    facts = {"nation": nation, "change": abs(change), "result": abs(result), "share": share, "way": way}
    return result, rows, facts


def _share_of_england(code: str) -> Fraction:
    held = population.read().columns
    people = {
        area: count
        for area, year, count in zip(held["code"], held["year"], held["population"], strict=True)
        if year == YEAR
    }
    england = sum(count for area, count in people.items() if area.startswith("E12"))
    return Fraction(people[code], england)


def _reserve(values: Mapping[str, str]) -> tuple[Fraction, tuple[Row, ...], dict[str, object]]:
    england = _pounds(values)
    result = rules.mayoral_reserve(england)
    share = rules.UKSPF_MAYORAL_SHARE
    rows = (
        Factor("england", Fraction(1), england),
        Factor("mayoral-share", share, result),
        Factor("others-share", 1 - share, england - result),
    )
    return result, rows, {"england": england, "share": share}


CASES = {
    "capability-grant": Case(
        {"amount": "28000000", "level": "regions"},
        _capability,
        ("dft-capability-grant-2025", "ons-mye-2024-06"),
    ),
    "local-growth-wales": Case(
        {"amount": "100000000", "lump": str(rules.WALES_LUMP_SUM), "level": "regions"},
        _lump_sum,
        ("wales-local-growth-2026", "ons-mye-2024-06"),
    ),
    "levelling-up-index": Case(
        {"recovery": "80", "transport": "40", "regeneration": "20"}, _index, ("levelling-up-index-2021",)
    ),
    "barnett": Case(
        {"amount": "1000000000", "nation": "Wales", "comparability": "1", "needs_factor": "1"},
        _barnett,
        ("barnett-rule", "ons-mye-start-year"),
    ),
    "shared-prosperity-reserve": Case({"amount": "570000000"}, _reserve, ("ukspf-2025-method",)),
}
