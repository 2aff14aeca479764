"""What each place would get in each year: the schedule by which shares move from the past to the formula.

The start is each region's share of public investment in the latest year that is bundled, spread evenly over
the people of its districts, because nobody publishes it by district. `wealth.funding.path` does the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from fairground import places, typed
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Step, merged
from fairground.measures.apportionment import apportion
from fairground.questions.wealth import past
from fairground.questions.wealth.formula import Choice, for_districts, level_steps, sources_of
from fairground.questions.wealth.levels import leveled, start_of
from fairground.sources.catalogue import source
from fairground.wealth.funding.formula import THIRDS, Areas, Formula
from fairground.wealth.funding.path import Year, largest_move, path

__all__ = ["schedule"]

METHOD = Method(
    "published-schedule",
    "Shares move from the past to the formula by set steps, inside a band, each year exact to the penny",
    "Phased as in MHCLG's Fair Funding Review 2.0 (2025): docs/explanation/funding.md",
)


@dataclass(frozen=True)
class YearlyShare:
    """What a region or district gets in one year; `aim_pence` is what the formula alone would give.

    `years_behind` says how far it is behind London, in years of London's level; None with catch-up off.
    """

    year: int
    code: str
    name: str
    pence: int
    aim_pence: int
    per_head: float
    years_behind: float | None


@dataclass(frozen=True)
class YearLevel:
    """The level of one year in pounds per head, the year whose figures it rests on, and the year's pot."""

    year: int
    figures_of: str
    level: Fraction
    pot_pence: int


@dataclass(frozen=True)
class District:
    """A district's pence in the year before the path and in each year of it."""

    code: str
    name: str
    before_pence: int
    pence: tuple[int, ...] = field(metadata={"each": "year"})


@dataclass(frozen=True)
class Schedule:
    """Every year of the path: `rows` by region (or for one district), `districts` in full.

    `levels` holds the level and the pot of each year where they differ from year to year. `pot_pence` is the
    pot of the first year.
    """

    pot_pence: int
    years: int
    largest_move: float
    rows: tuple[YearlyShare, ...]
    districts: tuple[District, ...]
    levels: tuple[YearLevel, ...] = ()


def schedule(
    choice: Choice,
    *,
    years: int | str = 10,
    band: object = "",
    keep: object = "",
    damping: str = "",
    levels: str = "",
    place: str = "",
) -> Answer[Schedule]:
    """Answer what each place would get in each year of a published path.

    Parameters
    ----------
    choice : the formula; its pot is for one year, in real terms.
    years : how many years are published, 1 to 50.
    band : furthest that a share of the pot may move in a year, as a share of itself, such as 0.1.
    keep : least of its last amount that a place keeps in a year, such as 0.95.
    damping : steps towards the formula, such as "1/3, 2/3, 1", which is used when left out.
    levels : the level of each year: pounds per head with commas between, of which the last holds on; or
        "each-year", which is what the region to match (London without one) had in each of the latest years.
        With a region to match, the pot of each year lifts every region to the level of that year.
    place : one district, whose years are shown instead of the regions'.

    Raises
    ------
    BadInput : a number outside its range. NotFound : no such place.
    Impossible : the bounds of a year clash with the pot.

    Notes
    -----
    Method: the five rules at the top of `fairground.wealth.funding.path`.
    """
    formula = replace(
        choice.formula(),
        years=typed.whole(years, "years", least=1, most=50),
        band=typed.part(band, "band") if str(band).strip() else None,
        previous_floor=typed.part(keep, "keep") if str(keep).strip() else None,
        damping=_steps_of(damping),
    )
    start = start_of(choice, levels, years=formula.years)
    areas = with_past(for_districts(choice, until=start), formula, year=start)
    own = leveled(choice, areas, levels, years=formula.years)
    found = path(formula, areas, terms=[terms for _, terms in own])
    code = places.get(place).code if place else ""
    if code and code not in areas.codes:
        raise BadInput("Give one of the 296 districts", "place", place, "a district's name or code")
    rows = _rows(areas, found, (code,)) if code else _by_region(areas, found)
    every = (areas.previous, *(year.pence for year in found))
    value = Schedule(
        sum(found[0].pence),
        formula.years,
        float(max(largest_move(a, b) for a, b in pairwise(every))),
        rows,
        tuple(
            District(c, areas.names[i], areas.previous[i], tuple(year.pence[i] for year in found))
            for i, c in enumerate(areas.codes)
        ),
        tuple(YearLevel(n, year, t.level, t.pot) for n, (year, t) in enumerate(own, start=1)),
    )
    sources = merged(sources_of(choice), [source(id) for id in past.SOURCES])
    return Answer(value, METHOD, _steps(choice, formula, value, found, start), sources)


def with_past(areas: Areas, formula: Formula, *, year: str = "") -> Areas:
    """Return the districts with what they had before: their region's share of investment, spread evenly."""
    last = year or past.years()[-1]
    code = {places.get(region).name: region for region in past.regions()}
    rate = {name: past.real_rate(region, last) for name, region in code.items()}
    london = past.real_rate(past.LONDON, last)
    weights = [rate[group] * people for group, people in zip(areas.groups, areas.populations, strict=True)]
    previous = apportion(weights, total=formula.pot, keys=areas.codes)
    base = tuple(rate[group] / london for group in areas.groups)
    return replace(areas, previous=previous, base=base, level=london)


def _steps_of(text: str) -> tuple[Fraction, ...]:
    return tuple(typed.part(part, "damping") for part in text.split(",")) if text.strip() else THIRDS


def _rows(areas: Areas, found: tuple[Year, ...], codes: tuple[str, ...]) -> tuple[YearlyShare, ...]:
    return tuple(
        YearlyShare(
            year.number,
            code,
            areas.names[i],
            year.pence[i],
            year.aim[i],
            year.pence[i] / 100 / areas.populations[i],
            float(year.behind[i]) if year.behind else None,
        )
        for code in codes
        for i in (areas.codes.index(code),)
        for year in found
    )


def _by_region(areas: Areas, found: tuple[Year, ...]) -> tuple[YearlyShare, ...]:
    rows = []
    for region in past.regions():
        name = places.get(region).name
        own = [i for i, group in enumerate(areas.groups) if group == name]
        people = sum(areas.populations[i] for i in own)
        for year in found:
            pence, aim = sum(year.pence[i] for i in own), sum(year.aim[i] for i in own)
            behind = float(_mean_behind(year, areas, own)) if year.behind else None
            rows.append(
                YearlyShare(
                    year.number,
                    region,
                    name,
                    pence,
                    aim,
                    pence / 100 / people,
                    behind,
                )
            )
    return tuple(rows)


def _mean_behind(year: Year, areas: Areas, own: list[int]) -> Fraction:
    """Return the years behind of some districts, the mean over their people."""
    people = sum(areas.populations[i] for i in own)
    return sum((year.behind[i] * areas.populations[i] for i in own), Fraction(0)) / people


def _steps(
    choice: Choice, formula: Formula, value: Schedule, found: tuple[Year, ...], start: str
) -> tuple[Step, ...]:
    damping = ", ".join(str(step) for step in formula.damping)
    steps = [
        _headline(choice, value),
        *([] if value.levels else level_steps(choice)),
        *_levels(choice, value),
        Step("schedule.start", {"year": start}),
        Step("schedule.damping", {"damping": damping}),
        Step("schedule.exact.levels" if value.levels else "schedule.exact", {"pence": value.pot_pence}),
    ]
    if formula.band is not None:
        held = len(set().union(*(year.held for year in found)))
        steps.append(Step("schedule.band", {"band": formula.band, "held": held}))
    if formula.previous_floor is not None:
        steps.append(Step("schedule.keep", {"keep": formula.previous_floor}))
    steps.append(Step("schedule.catch-up" if choice.catch_up else "schedule.no-catch-up"))
    return tuple(steps)


def _headline(choice: Choice, value: Schedule) -> Step:
    facts = {"pot": choice.pot, "years": value.years, "largest": value.largest_move}
    pots = [Fraction(row.pot_pence, 100) for row in value.levels]
    if len(set(pots)) < 2:
        return Step("schedule.headline", facts | ({"pot": pots[0]} if pots else {}))
    return Step("schedule.headline.levels", facts | {"least": min(pots), "most": max(pots)})


def _levels(choice: Choice, value: Schedule) -> list[Step]:
    """Say what the level of each year is, where the years have levels of their own."""
    if not value.levels:
        return []
    first, last = value.levels[0], value.levels[-1]
    facts: dict[str, Any] = {
        "at": choice.match or "London",
        "first": first.figures_of,
        "last": last.figures_of,
    }
    facts |= {"start": first.level, "end": last.level}
    known = last.figures_of != first.figures_of
    told = Step("schedule.levels.known" if known else "schedule.levels.given", facts)
    return [told, Step("schedule.levels.pots")] if choice.match else [told]
