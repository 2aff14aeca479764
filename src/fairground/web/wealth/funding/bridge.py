"""What the funding pages ask the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from fairground import places
from fairground.evidence import Answer, plain, restored
from fairground.questions.wealth import award as award_question
from fairground.questions.wealth import explanation as explanation_question
from fairground.questions.wealth import formula as formula_question
from fairground.questions.wealth import funding
from fairground.questions.wealth import merger as merger_question
from fairground.questions.wealth import schedule as schedule_question
from fairground.questions.wealth import schemes as schemes_question
from fairground.questions.wealth import sensitivity as sensitivity_question
from fairground.report.words import headline
from fairground.sources import figures

GROUPS = (
    ("north", "The North"),
    ("midlands", "The Midlands"),
    ("south", "The South but London"),
    ("outside-london", "All regions but London"),
)
FUNCTIONS = (
    ("transport", "Transport, all spending"),
    ("transport-capital", "Transport, investment"),
    ("all-capital", "All public investment"),
)
PRICES = (
    ("cash", "Cash of each year"),
    ("real", "Real (financial years)"),
    ("real-calendar", "Real (calendar years)"),
)
PEOPLE = (
    ("contemporary", "Each year’s, mid-year"),
    ("january", "Each year’s, 1 January"),
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
_explanation = lru_cache(maxsize=256)(explanation_question.explanation)
_path = lru_cache(maxsize=32)(schedule_question.schedule)
_merger = lru_cache(maxsize=64)(merger_question.merger)
DRAWS = 1000
MANY_DRAWS = 60_000
ROUNDING = (
    ("largest-remainder", "Nobody is a penny off"),
    ("webster", "A bigger pot cuts nobody"),
)


def regions() -> list[tuple[str, str]]:
    """Return the nine regions: name and name."""
    return [(name, name) for name in funding.REGIONS.values()]


def matches() -> list[tuple[str, str]]:
    """Return what a formula may match: nothing, or a region."""
    return [("", "No region"), *regions()]


def years() -> list[tuple[str, str]]:
    """Return the financial years for which regional spending is bundled."""
    return [(year, year) for year in figures.periods("transport_spend_per_head", "region")]


def people() -> list[tuple[str, str]]:
    """Return whose population can be counted: each year's, or one year's throughout."""
    return [*PEOPLE, *((year, f"{year} in every year") for year, _ in years())]


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
    names = ("floor", "cap", "catch_up", "look_back", "match", "power", "cost", "beta")
    bounds = {name: fields.get(name) or "" for name in names}
    rounding = fields.get("rounding") or "largest-remainder"
    return formula_question.Choice.read(
        fields.get("pot") or "", indicators=weights, rounding=rounding, **bounds
    )


def allocation(**fields: Any) -> Answer[Any]:
    """Return what a formula gives each district."""
    return _allocation(choice(fields))


def explanation(**fields: Any) -> Answer[Any]:
    """Return why a formula gives a place what it gives it."""
    return _explanation(choice(fields), fields["place"])


def path(**fields: Any) -> Answer[Any]:
    """Return what each region, or one place, would get in each year."""
    names = ("years", "place", "band", "keep", "damping", "levels")
    return _path(choice(fields), **{name: fields[name] for name in names})


def merger(**fields: Any) -> Answer[Any]:
    """Return what councils would get together and apart."""
    return _merger(
        choice(fields), tuple(name.strip() for name in fields["places"].split(",") if name.strip())
    )


def sensitivity(**fields: Any) -> Answer[Any]:
    """Return how far each amount depends on the weights and on errors in the figures."""
    return _sensitivity(choice(fields), draws=DRAWS)


def asked_again(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a formula as plain text fields, for a job that shares its pot many times."""
    return formula_question.choice_as_record(choice(fields))


def many_draws(report: Callable[[int], None], *, choice: Mapping[str, Any], draws: int) -> dict[str, str]:
    """Share the pot of a formula many times, as a job: tells how far it is, gives its answer to keep."""
    found = formula_question.Choice.read(**choice)
    answer = sensitivity_question.sensitivity(found, draws=draws, tell=lambda part: report(int(100 * part)))
    return {"answer": answer.to_json()}


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
