"""What a fair formula would give each district: choose what counts as need, and the floors and caps.

Reads the published indicators of the 296 districts and asks `wealth.funding`. The default need is deprivation
and low productivity in equal parts, as in the research note that the project began with; all can be changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fairground import places
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step, merged
from fairground.questions.wealth.choice import DEFAULT as DEFAULT
from fairground.questions.wealth.choice import Choice
from fairground.questions.wealth.choice import choice_as_record as choice_as_record
from fairground.questions.wealth.matching import matched
from fairground.questions.wealth.past import SOURCES, region_behind
from fairground.sources import figures
from fairground.sources.catalogue import source
from fairground.wealth.funding.allocation import Allocation
from fairground.wealth.funding.formula import Areas, allocate
from fairground.wealth.funding.need import Column
from fairground.wealth.funding.registration import Registration, result_digest
from fairground.wealth.funding.registration import register as sealed
from fairground.wealth.funding.registration import replay as replayed

__all__ = ["Choice", "allocation", "register", "replay"]

METHOD = Method(
    "fair-formula",
    "Shares in proportion to people, need and catch-up, inside floors and caps, to the penny",
    "IPPR North, Parallel lives (2023), asks for it; the terms are ours: docs/explanation/funding.md",
)
ENGLAND = "E92000001"
PAY = "median_weekly_pay"
HELD = {-1: "floor", 0: "", 1: "cap"}


def for_districts(choice: Choice, *, until: str = "") -> Areas:
    """Return the 296 districts with the indicators that a choice needs, and their past up to a year.

    Raises
    ------
    BadInput : an indicator that is not published for every district.
    """
    districts = sorted(places.children("E92000001", kind="district"), key=lambda place: place.code)
    columns = tuple(_column(id, [place.code for place in districts]) for id, _ in choice.indicators)
    behind = region_behind(choice.look_back, until=until) if choice.catch_up else {}
    return Areas(
        tuple(place.code for place in districts),
        tuple(place.name for place in districts),
        tuple(places.get(place.region).name for place in districts),
        tuple(place.population for place in districts),
        columns,
        cost=tuple(_pay(place.region) for place in districts) if choice.cost else (),
        behind=tuple(behind[place.region] for place in districts) if behind else (),
    )


def _pay(region: str) -> float:
    """Return a region's median weekly pay: what work costs there. It is not published for every district."""
    held = figures.figure(region, PAY, period=figures.periods(PAY, "region")[-1])
    if held is None:
        raise BadInput("There is no pay for this region", "cost", region, "regions of England")
    return float(held.value)


def _column(id: str, codes: list[str]) -> Column:
    data = figures.read(id, level="district")
    names = ("value", "lower", "upper")
    rows = zip(*(data.columns[name] for name in names), strict=True)
    held = dict(zip(data.columns["code"], rows, strict=True))
    missing = [code for code in codes if code not in held]
    if missing:
        raise BadInput(
            f"'{figures.indicator(id).name}' is not published for {len(missing)} districts, "
            f"{places.get(missing[0]).name} among them, so it cannot share a pot between all",
            "indicators",
            id,
            "an indicator with a figure for every district",
        )
    values, lower, upper = zip(*(held[code] for code in codes), strict=True)
    return Column(id, values, lower, upper)


@dataclass(frozen=True)
class Share:
    """What one district gets: pence exactly, pounds per head, and how that compares with an equal share."""

    code: str
    name: str
    region: str
    population: int
    pence: int
    per_head: float
    against_equal_share: float
    bound: str


@dataclass(frozen=True)
class RegionShare:
    """What the districts of a region get together."""

    code: str
    region: str
    population: int
    pence: int
    per_head: float


@dataclass(frozen=True)
class Shares:
    """The whole sharing-out, to the penny; `rows` holds the districts, most per head first.

    `winners` get more than an equal share per head, `losers` less. `digest` is the SHA-256 of the code and
    the pence of each district: two runs with the same digest gave the same pence.
    """

    pot_pence: int
    winners: int
    losers: int
    moved_pence: int
    digest: str
    regions: tuple[RegionShare, ...]
    rows: tuple[Share, ...]


def allocation(choice: Choice) -> Answer[Shares]:
    """Answer what the chosen formula gives each district.

    Parameters
    ----------
    choice : the pot in pounds, the indicators with weights, floors, caps and catch-up.

    Raises
    ------
    BadInput : an indicator that is not published for every district. Impossible : the floors or caps clash
    with the pot; says by how much.
    """
    areas = for_districts(choice)
    return _answer(choice, areas, allocate(choice.formula(), areas))


def _answer(choice: Choice, areas: Areas, found: Allocation) -> Answer[Shares]:
    rows = _rows(areas, found)
    regions, people = _regions(rows), sum(areas.populations)
    against = [Fraction(row.pence) - Fraction(found_total(found) * row.population, people) for row in rows]
    value = Shares(
        found_total(found),
        sum(gap > 0 for gap in against),
        sum(gap < 0 for gap in against),
        round(sum((gap for gap in against if gap > 0), Fraction(0))),
        result_digest(found),
        regions,
        tuple(sorted(rows, key=lambda row: (-row.per_head, row.code))),
    )
    return Answer(value, METHOD, _steps(choice, value), sources_of(choice))


def found_total(found: Allocation) -> int:
    """Return the pence given out in all."""
    return sum(found.pence)


def _rows(areas: Areas, found: Allocation) -> list[Share]:
    mean = Fraction(sum(found.pence), 100 * sum(areas.populations))
    columns = (areas.codes, areas.names, areas.groups, areas.populations, found.pence, found.states)
    return [
        Share(
            code,
            name,
            group,
            people,
            pence,
            pence / 100 / people,
            float(Fraction(pence, 100 * people) / mean - 1) if mean else 0.0,
            HELD[state],
        )
        for code, name, group, people, pence, state in zip(*columns, strict=True)
    ]


def _regions(rows: list[Share]) -> tuple[RegionShare, ...]:
    found = []
    for region in places.children("E92000001", kind="region"):
        own = [row for row in rows if row.region == region.name]
        people, pence = sum(row.population for row in own), sum(row.pence for row in own)
        found.append(RegionShare(region.code, region.name, people, pence, pence / 100 / people))
    return tuple(sorted(found, key=lambda row: -row.per_head))


def _steps(choice: Choice, value: Shares) -> tuple[Step, ...]:
    top, low = value.regions[0], value.regions[-1]
    names = "; ".join(
        f"{figures.indicator(id).name} ({float(weight) * 100:g}%)" for id, weight in choice.indicators
    )
    held = [row.bound for row in value.rows]
    year = places.get(ENGLAND).population_year
    steps = [
        Step(
            "formula.headline",
            {
                "pot": choice.pot,
                "top": top.region,
                "most": top.per_head,
                "low": low.region,
                "least": low.per_head,
            },
        ),
        Step("formula.exact", {"pence": value.pot_pence, "districts": len(value.rows), "year": year}),
        _standing(value),
        *level_steps(choice),
        Step("formula.need", {"indicators": names}),
        *_powers(choice),
        _bounds(choice, held),
    ]
    if choice.catch_up:
        steps.append(Step("formula.catch-up", {"kappa": choice.catch_up, "years": choice.look_back}))
        steps += [Step("formula.catch-up-power", {"power": choice.beta})] if choice.beta != 1 else []
    else:
        steps.append(Step("formula.no-catch-up"))
    steps += [Step("formula.digest", {"digest": value.digest}), Step("formula.unknown.best")]
    return tuple(steps)


def _bounds(choice: Choice, held: Sequence[str]) -> Step:
    """Say what a place may get at least and at most, or that nothing bounds it."""
    facts: dict[str, object] = {"at_floor": held.count("floor"), "at_cap": held.count("cap")}
    for name, bound in (("floor", choice.floor), ("cap", choice.cap)):
        facts |= {name: f"{float(bound):g}"} if bound is not None else {}
    given = "-".join(name for name in ("floor", "cap") if name in facts)
    codes = {"floor-cap": "formula.bounds", "": "formula.no-bounds"}
    return Step(codes.get(given, f"formula.bounds.{given}"), facts)


def level_steps(choice: Choice) -> list[Step]:
    """Say how the pot was found, where it is the pot that matches a region."""
    if not choice.match:
        return []
    found = matched(choice.match)
    facts = {"at": found.at, "level": found.level, "pot": choice.pot, "people": found.people}
    return [Step("formula.matched", facts | {"first": found.years[0], "last": found.years[-1]})]


def _powers(choice: Choice) -> list[Step]:
    """Say which factors count for more or less than usual."""
    told = [Step("formula.power", {"power": choice.power})] if choice.power != 1 else []
    return told + ([Step("formula.cost", {"power": choice.cost})] if choice.cost else [])


def _standing(value: Shares) -> Step:
    """Say who gains and who loses against an equal share, and who loses most per head."""
    mean = value.pot_pence / 100 / sum(row.population for row in value.rows)
    last = min(value.rows, key=lambda row: (row.per_head, row.code))
    facts = {
        "winners": value.winners,
        "losers": value.losers,
        "mean": mean,
        "moved": Fraction(value.moved_pence, 100),
        "place": last.name,
        "least": last.per_head,
        "loss": mean - last.per_head,
    }
    return Step("formula.standing" if value.losers else "formula.standing.equal", facts)


def sources_of(choice: Choice) -> tuple[Source, ...]:
    """Return the sources of every figure that a choice uses."""
    used = [figures.read(id, level="district").source for id, _ in choice.indicators]
    if choice.cost:
        used.append(figures.read(PAY, level="region").source)
    if choice.catch_up or choice.match:
        used += [source(id) for id in SOURCES]
    return merged(used, [source("ons-mye-2024-06")])


def register(choice: Choice) -> Registration:
    """Return the choice and the digests of its inputs, sealed before anything is computed.

    Source: `wealth.funding.registration`; the Public Accounts Committee found in 2022 that rules were fixed
    after the bids had been seen.
    """
    return sealed(choice.formula(), for_districts(choice))


def replay(registration: Registration, choice: Choice) -> Answer[Shares]:
    """Answer what a registered formula gives, after proving that neither it nor its inputs have changed.

    Raises
    ------
    BadInput : the registration was altered, or the formula or an input differs; names which.
    """
    areas = for_districts(choice)
    return _answer(choice, areas, replayed(registration, choice.formula(), areas))
