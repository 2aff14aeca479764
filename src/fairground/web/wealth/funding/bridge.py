"""What the funding pages ask the engine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fairground import places
from fairground.evidence import Answer, plain, restored
from fairground.questions.wealth import award as award_question
from fairground.questions.wealth import formula as formula_question
from fairground.questions.wealth import funding
from fairground.questions.wealth import schemes as schemes_question
from fairground.questions.wealth import sensitivity as sensitivity_question
from fairground.report.charts import Bar, Tile, bars, tiles
from fairground.report.numbers import pounds
from fairground.report.words import headline
from fairground.sources import figures

GROUPS = (
    ("north", "The North (three regions)"),
    ("midlands", "The Midlands (two regions)"),
    ("south", "The South without London (three regions)"),
    ("outside-london", "All regions but London"),
)
FUNCTIONS = (
    ("transport", "Transport, all spending"),
    ("transport-capital", "Transport, investment only"),
    ("all-capital", "All public investment"),
)
PRICES = (
    ("cash", "Cash: the money of each year"),
    ("real", "Real: prices of the last year (April to March index)"),
    ("real-calendar", "Real: prices of the last year (calendar-year index)"),
)
PEOPLE = (
    ("contemporary", "People of each year, in the middle of it"),
    ("january", "People of each year, on 1 January"),
)

counterfactual = lru_cache(maxsize=256)(funding.counterfactual)
schemes = lru_cache(maxsize=1)(schemes_question.schemes)
scheme = lru_cache(maxsize=256)(schemes_question.scheme)
scheme_fields = schemes_question.fields
LEVELS = (("regions", "The nine regions of England"), ("districts", "The 296 districts of England"))
NATIONS = tuple((name, name) for name in schemes_question.NATIONS)
_award = lru_cache(maxsize=512)(award_question.award)
_allocation = lru_cache(maxsize=128)(formula_question.allocation)
_sensitivity = lru_cache(maxsize=64)(sensitivity_question.sensitivity)
DRAWS = 1000
ROUNDING = (
    ("largest-remainder", "Largest remainder: nobody is off by a penny"),
    ("webster", "Webster: a bigger pot never cuts anyone"),
)


def regions() -> list[tuple[str, str]]:
    """Return the nine regions: name and name."""
    return [(name, name) for name in funding.REGIONS.values()]


def years() -> list[tuple[str, str]]:
    """Return the financial years for which regional spending is bundled."""
    return [(year, year) for year in figures.periods("transport_spend_per_head", "region")]


def people() -> list[tuple[str, str]]:
    """Return whose population can be counted: each year's, or one year's throughout."""
    return [*PEOPLE, *((year, f"People of {year} in every year") for year, _ in years())]


def award(place: str, amount: str, years: int, fund: str, pot: str) -> Answer[Any]:
    """Return whether an award is fair."""
    return _award(place, amount, years=years, fund=fund, pot=pot)


@lru_cache
def indicators() -> tuple[tuple[str, str], ...]:
    """Return the indicators that are published for every district: id and name."""
    every = len(places.children("E92000001", kind="district"))
    return tuple(
        (one.id, one.name)
        for one in figures.indicators()
        if one.better != "neither"
        and figures.periods(one.id, "district")
        and len(figures.read(one.id, level="district").columns["code"]) == every
    )


def default_weights() -> dict[str, str]:
    """Return the weights that a formula has when nobody chose any, as a person would type them."""
    return {id: f"{float(weight):g}" for id, weight in formula_question.DEFAULT}


def choice(fields: Mapping[str, Any]) -> formula_question.Choice:
    """Return the formula that a form describes; without any weight, need is weighed as it is by default."""
    weights = {id: given for id, _ in indicators() if (given := fields.get(id))}
    bounds = {name: fields.get(name) or "" for name in ("floor", "cap", "catch_up", "look_back")}
    rounding = fields.get("rounding") or "largest-remainder"
    return formula_question.Choice.read(fields["pot"], indicators=weights, rounding=rounding, **bounds)


def allocation(**fields: Any) -> Answer[Any]:
    """Return what a formula gives each district."""
    return _allocation(choice(fields))


def sensitivity(**fields: Any) -> Answer[Any]:
    """Return how far each amount depends on the weights and on errors in the figures."""
    return _sensitivity(choice(fields), draws=DRAWS)


def how_sure(fields: Mapping[str, Any]) -> str:
    """Return the one sentence that says how sure a formula's result is."""
    return headline(sensitivity(**fields))


def seal(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a formula sealed, and then its answer, as plain values to keep."""
    chosen = choice(fields)
    registration = plain(formula_question.register(chosen))
    return {
        "choice": formula_question.choice_as_record(chosen),
        "registration": registration,
        "answer": _allocation(chosen).to_json(),
    }


def replayed(kept: Any) -> Answer[Any]:
    """Run a kept formula again; raises BadInput where it or its inputs have changed."""
    chosen = formula_question.Choice.read(**kept.choice)
    return formula_question.replay(restored(kept.registration), chosen)


def told(kept: Any) -> Answer[Any]:
    """Return the answer as it was given when the formula was sealed."""
    return Answer.from_json(kept.answer)


def counterfactual_charts(value: Any) -> Mapping[str, str]:
    """Draw the two rates, and the spread of all the ways of counting."""
    rates = [
        Bar("The regions you chose", float(value.own_rate)),
        Bar("The region you compare with", float(value.other_rate), marked=True),
    ]
    found = {
        "Pounds for each person, each year": bars(
            rates, title="Spending for each person each year", write=lambda v: pounds(round(v))
        )
    }
    if value.low >= 0:
        ways = [
            Bar("Lowest of all ways to count", float(value.low)),
            Bar("The way you chose", float(value.chosen.extra), marked=True),
            Bar("Highest of all ways to count", float(value.high)),
        ]
        found["How much more, in all"] = bars(ways, title="The difference over all years", write=pounds)
    return found


def award_charts(value: Any) -> Mapping[str, str]:
    """Draw the award beside public investment per head, and the formula beside the award."""
    year = [
        Bar("The award", float(value.per_head_per_year), marked=True),
        Bar(f"Public investment, {value.region}", float(value.region_per_head)),
        Bar("Public investment, London", float(value.london_per_head)),
    ]
    fair = [
        Bar("The award", float(value.per_head), marked=True),
        Bar("A formula of need", float(value.formula_per_head)),
    ]
    return {
        "For each person, each year": bars(year, title="Pounds for each person each year", write=pounds),
        "For each person, in all": bars(
            fair, title="The award and the formula, pounds a person", write=pounds
        ),
    }


def scheme_charts(value: Any) -> Mapping[str, str]:
    """Draw what each person gets where a scheme shares a pot between regions; nothing for other rules."""
    rows = [row for row in value.rows if hasattr(row, "per_head")]
    if not 1 < len(rows) <= 9:
        return {}
    title = "Pounds for each person, by this rule"
    drawn = [Bar(row.name, float(row.per_head)) for row in rows]
    return {title: bars(drawn, title=title, write=lambda v: pounds(round(v, 2)))}


def formula_charts(value: Any) -> Mapping[str, str]:
    """Draw the regions as tiles and as bars."""
    squares = []
    for row in value.regions:
        at = places.get(row.code).tile
        if at:
            squares.append(Tile(row.region, at[0], at[1], row.per_head, pounds(round(row.per_head, 2))))
    rows = [Bar(row.region, row.per_head) for row in value.regions]
    return {
        "Pounds for each person, by region": tiles(
            squares, title="Pounds for each person, map of the regions"
        ),
        "The same, most first": bars(
            rows, title="Pounds for each person by region", write=lambda v: pounds(round(v, 2))
        ),
        "Districts that get most, and least, for each person": _ends(value.rows),
    }


def _ends(rows: Any, count: int = 6) -> str:
    """Draw the districts at both ends: winners marked, losers plain."""
    shown = [*rows[:count], *rows[-count:]]
    drawn = [Bar(row.name, row.per_head, marked=row.against_equal_share > 0) for row in shown]
    title = f"The {count} districts that get most and the {count} that get least for each person"
    return bars(drawn, title=title, write=lambda v: pounds(round(v, 2)))


def sensitivity_charts(value: Any) -> Mapping[str, str]:
    """Draw how many districts gain, lose or depend on the choices."""
    rows = [
        Bar("Almost always more than an equal share", value.gain, marked=True),
        Bar("It depends on the choices", value.depends),
        Bar("Almost always less", value.lose),
    ]
    return {"How many districts": bars(rows, title="How sure the result is, in districts", write=str)}
