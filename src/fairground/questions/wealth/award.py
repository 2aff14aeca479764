"""Is this award fair? What a sum means for each person, beside London's rate, a formula, and places alike.

Joins the Treasury's regional spending, the Indices of Deprivation and the default formula of need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from fairground import places
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Step, merged
from fairground.places import Place
from fairground.questions.wealth import formula
from fairground.sources import figures
from fairground.sources.catalogue import source
from fairground.wealth.funding.award import Award, share_of_gap
from fairground.wealth.funding.award import amount as exact
from fairground.wealth.funding.similar import Candidate, similar

__all__ = ["award"]

METHOD = Method(
    "award",
    "The award for each person and year, beside the region's gap to London and a formula of need",
    "Fairground, docs/explanation/award.md; spending from HM Treasury, Country and Regional Analysis",
)
LONDON = "E12000007"
MOST = 10**12
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LONG = re.compile(
    r"(?P<sum>.+?)"
    r"(?P<each> ?(?:a year|per year|each year|per annum|p\.? ?a\.?|/ ?(?:yr|year)))?"
    r"(?:,? (?:spread |paid )?(?:over|for|across|during) (?:the next |a period of )?"
    rf"(?:(?P<years>\d{{1,2}}|{'|'.join(WORDS)})[ -]?(?:years?|yrs?)(?: period)?|(?P<decade>a decade)))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Alike:
    """A place of like need and size, and what the formula would give it for each person."""

    place: str
    population: int
    deprivation: float
    formula_per_head: float


@dataclass(frozen=True)
class Fairness:
    """What an award is worth; money in pounds; `rows` holds the place itself and ten places alike."""

    place: str
    fund: str
    amount: Fraction
    years: int
    population: int
    per_head: Fraction
    per_head_per_year: Fraction
    region: str
    region_per_head: Fraction
    london_per_head: Fraction
    share_of_gap: Fraction | None
    pot: Fraction
    formula_amount: Fraction
    formula_per_head: Fraction
    against_formula: Fraction
    rows: tuple[Alike, ...]


def award(
    place: str, amount: str | int, *, years: int | None = None, fund: str = "", pot: str | int = ""
) -> Answer[Fairness]:
    """Answer what an award means for each person, and how it compares.

    Parameters
    ----------
    place : name or code of a district. amount : pounds, e.g. "56,000,000" or "£56m"; it may say for how
        long: "£19.5 million over 10 years", "£2m a year for 10 years". years : 1 to 30; where left out,
        those of the amount, or 1.
    fund : its name, if known. pot : pounds in the whole fund, if known; otherwise the pot that would give all
    of England this award's rate per head.

    Raises
    ------
    NotFound : no such place. BadInput : not a district, or a sum or number of years out of range.
    """
    found = _district(place)
    sum_of_it, long = _in_words(amount, years)
    given = Award(sum_of_it, _years(long), found.population)
    people = places.get("E92000001").population
    whole = (
        _pounds(pot, "pot")
        if str(pot).strip()
        else Fraction(round(given.pot_at_this_rate(people) * 100), 100)
    )
    if whole < given.amount:
        raise BadInput("A fund cannot be smaller than one of its awards", "pot", pot, "the award or more")
    shared = formula.allocation(formula.Choice(whole))
    own = next(row for row in shared.value.rows if row.code == found.code)
    value = _value(found, given, fund, whole, Fraction(own.pence, 100), _alike(found, shared.value.rows))
    cited = merged((source("hmt-cra-2005-2018"), source("ons-mye-start-year")), shared.sources)
    return Answer(value, METHOD, _steps(value, found, known_pot=bool(str(pot).strip())), cited)


def _district(name: str) -> Place:
    found = places.get(name)
    if found.kind != "district" or not found.current:
        raise BadInput(
            "We can compare awards to districts and single councils of today",
            "place",
            found.name,
            "e.g. Stoke-on-Trent",
        )
    return found


def _in_words(text: str | int, years: int | None) -> tuple[Fraction, int]:
    """Return the whole sum and the years of an amount as people write it, such as "£2m a year for 10 years".

    >>> _in_words("£2m a year for 10 years", None), _in_words("£19.5 million over ten years", None)
    ((Fraction(20000000, 1), 10), (Fraction(19500000, 1), 10))
    """
    found = LONG.fullmatch(" ".join(str(text).casefold().split()))
    if found is None or not (found["each"] or found["years"] or found["decade"]):
        return _pounds(text, "amount"), 1 if years is None else years
    word = "ten" if found["decade"] else found["years"]
    said = years if word is None else WORDS.index(word) + 1 if word in WORDS else int(word)
    if said is None:
        raise BadInput("An amount a year needs its years", "amount", text, "such as £2m a year for 10 years")
    if years not in (None, said):
        raise BadInput("The amount says for how many years it is", "years", years, str(said))
    try:
        each = _pounds(found["sum"], "amount")
    except BadInput as fault:
        raise BadInput(fault.what, fault.field, text, fault.allowed) from None
    return each * (_years(said) if found["each"] else 1), said


def _pounds(text: str | int, field: str) -> Fraction:
    """Read pounds that a person typed, up to what a fund could hold."""
    try:
        found = exact(str(text))
    except BadInput as fault:
        raise BadInput(
            fault.what, field, text, f"pounds above 0, e.g. 56,000,000 or £56m, up to £{MOST:,}"
        ) from None
    if found > MOST or (found * 100).denominator != 1:
        raise BadInput(
            "This is not a sum of pounds and whole pence that a fund could hold",
            field,
            text,
            "up to £1,000 billion, in whole pence",
        )
    return found


def _years(years: int) -> int:
    if not 1 <= years <= 30:
        raise BadInput("An award runs for a number of whole years", "years", years, "1 to 30")
    return years


def _mean_rate(code: str) -> Fraction:
    """Public investment per head a year: the mean of the five latest years bundled, in cash."""
    held = [figures.figure(code, "all_capital_per_head", period=year) for year in _window()]
    values = [Fraction(one.value) for one in held if one]
    total = Fraction(0)
    for value in values:
        total += value
    return total / len(values)


def _window() -> tuple[str, ...]:
    return figures.periods("all_capital_per_head", "region")[-5:]


def _alike(found: Place, rows: tuple[formula.Share, ...]) -> tuple[Alike, ...]:
    data = figures.read("imd2025_average_score", level="district")
    score = dict(zip(data.columns["code"], data.columns["value"], strict=True))
    by_code = {row.code: row for row in rows}
    near = similar(
        found.code, [Candidate(r.code, r.name, score[r.code], r.population) for r in rows], count=10
    )
    codes = [found.code, *(one.code for one in near)]
    return tuple(Alike(by_code[c].name, by_code[c].population, score[c], by_code[c].per_head) for c in codes)


def _value(
    found: Place, given: Award, fund: str, pot: Fraction, fair: Fraction, rows: tuple[Alike, ...]
) -> Fairness:
    own, london = _mean_rate(found.region), _mean_rate(LONDON)
    return Fairness(
        place=found.name,
        fund=fund.strip()[:100],
        amount=given.amount,
        years=given.years,
        population=given.population,
        per_head=given.per_head,
        per_head_per_year=given.per_head_per_year,
        region=places.get(found.region).name,
        region_per_head=own,
        london_per_head=london,
        share_of_gap=share_of_gap(given, own=own, benchmark=london),
        pot=pot,
        formula_amount=fair,
        formula_per_head=fair / given.population,
        against_formula=given.amount / fair - 1,
        rows=rows,
    )


def _over(years: int) -> str:
    return "one year" if years == 1 else f"{years} years"


def _with_article(region: str) -> str:
    return region if region in ("London", "Yorkshire and The Humber") else f"the {region}"


def _steps(value: Fairness, place: Place, *, known_pot: bool) -> tuple[Step, ...]:
    span = {"first": _window()[0], "last": _window()[-1], "over": _over(value.years)}
    facts = {
        "place": value.place,
        "amount": value.amount,
        "years": value.years,
        "year": value.per_head_per_year,
        "head": value.per_head,
        "people": value.population,
        "people_year": place.population_year,
        "region": _with_article(value.region),
        "own": value.region_per_head,
        "london": value.london_per_head,
        "pot": value.pot,
        "fair": value.formula_amount,
        "share": value.share_of_gap or Fraction(0),
        "fair_head": value.formula_per_head,
        "change": abs(value.against_formula),
        "above": sum(row.formula_per_head > value.per_head for row in value.rows[1:]),
        **span,
    }
    gap = "award.headline" if value.share_of_gap is not None else "award.headline.no-gap"
    way = "more" if value.against_formula >= 0 else "less"
    codes = [
        gap,
        "award.per-head",
        "award.gap" if value.share_of_gap is not None else "award.no-gap",
        "award.pot.known" if known_pot else "award.pot.rate",
        f"award.formula.{way}",
        "award.alike",
        "award.unknown.spend",
        "award.unknown.other",
        "award.unknown.recent",
        "award.unknown.local",
        "award.unknown.register",
    ]
    return tuple(Step(code, facts) for code in codes)
