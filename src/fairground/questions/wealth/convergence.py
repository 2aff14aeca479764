"""Are places growing more alike? The spread (sigma) and the catching up (beta), counting places and people.

Both ways stand side by side, because they often disagree: many small places can catch up while most people
live where the gap grows. Method and references are in the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from fairground import measures, places
from fairground.errors import BadInput
from fairground.evidence import Answer, Dataset, Method, Source, Step, merged
from fairground.sources import figures
from fairground.sources.catalogue import source

__all__ = ["convergence"]

METHOD = Method(
    "convergence",
    "Sigma (trend of the spread of logarithms) and beta (growth on the logarithm at the start)",
    "Barro and Sala-i-Martin, Journal of Political Economy 100 (1992); errors: MacKinnon and White (1985)",
)
SURE = 0.05


@dataclass(frozen=True)
class Way:
    """One way to count: the spread at both ends and its trend a year; beta, its error and its speed."""

    counted: str
    sigma_first: float
    sigma_last: float
    sigma_trend: float
    sigma_p: float | None
    direction: str
    beta: float
    beta_error: float | None
    beta_p: float | None
    speed: float | None
    half_life: float | None
    r_squared: float


@dataclass(frozen=True)
class SpreadYear:
    """The spread of logarithms in one period, counting places and counting people."""

    period: str
    by_place: float
    by_person: float


@dataclass(frozen=True)
class Convergence:
    """Both ways to count as `rows`, and the spread in each period as `spreads`."""

    indicator: str
    level: str
    first: str
    last: str
    places: int
    rows: tuple[Way, ...]
    spreads: tuple[SpreadYear, ...]


def convergence(indicator: str, *, level: str = "") -> Answer[Convergence]:
    """Answer whether places have grown more alike, weighted and unweighted side by side.

    Parameters
    ----------
    indicator : one with figures for two periods or more, e.g. "gdhi_per_head".
    level : "district" or "region"; districts where left out, regions where districts have too few periods.

    Returns
    -------
    Answer with two rows: each place counted once, and each person counted once (mid-2022). Places without a
    figure in every period are left out and counted. `direction` is "together" or "apart" where the trend of
    the spread is sure at 95%, else "unclear".

    Raises
    ------
    NotFound : no such indicator. BadInput : fewer than two periods, or a figure that is not above zero.
    """
    known, level = figures.indicator(indicator), _level(indicator, level)
    periods = figures.periods(indicator, level)
    every = [figures.read(indicator, level=level, period=period) for period in periods]
    codes, values = _panel(every)
    people = [float(places.get(code).population or 0) for code in codes]
    when = [float(period[:4]) for period in periods]
    by_place, sigma_by_place = _way("places", values, when, None)
    by_person, sigma_by_person = _way("people", values, when, people)
    spreads = zip(periods, sigma_by_place, sigma_by_person, strict=True)
    years = tuple(SpreadYear(*one) for one in spreads)
    ends = (periods[0], periods[-1])
    found = Convergence(indicator, level, *ends, len(codes), (by_place, by_person), years)
    return Answer(found, METHOD, _steps(found, known, every), _cited(every))


def _level(indicator: str, level: str) -> str:
    tried = (level,) if level else ("district", "region")
    for one in tried:
        if one not in ("district", "region"):
            raise BadInput("There is no such level", "level", one, "district, region")
        if len(figures.periods(indicator, one)) > 1:
            return one
    raise BadInput(
        "Places can grow alike only over time: this indicator has fewer than two periods",
        "indicator",
        indicator,
        ", ".join(one.id for one in figures.indicators() if len(figures.periods(one.id, "region")) > 1),
    )


def _panel(every: list[Dataset]) -> tuple[tuple[str, ...], list[list[float]]]:
    """The places that have a figure in every period, and their figures by period."""
    held = [dict(zip(data.columns["code"], data.columns["value"], strict=True)) for data in every]
    codes = tuple(code for code in held[0] if all(code in one for one in held))
    if len(codes) < 3:
        raise BadInput("Too few places have a figure in every period", "indicator", len(codes), "3 or more")
    return codes, [[one[code] for code in codes] for one in held]


def _way(
    counted: str, values: list[list[float]], when: list[float], weights: list[float] | None
) -> tuple[Way, tuple[float, ...]]:
    sigma = measures.sigma_convergence(values, years=when, weights=weights)
    beta = measures.beta_convergence(values[0], values[-1], years=when[-1] - when[0], weights=weights)
    sure = sigma.p_value is not None and sigma.p_value < SURE
    direction = ("together" if sigma.trend < 0 else "apart") if sure else "unclear"
    way = Way(
        counted,
        sigma.spreads[0],
        sigma.spreads[-1],
        sigma.trend,
        sigma.p_value,
        direction,
        beta.beta,
        beta.standard_error,
        beta.p_value,
        beta.speed,
        beta.half_life,
        beta.r_squared,
    )
    return way, sigma.spreads


def _steps(found: Convergence, known: figures.Indicator, every: list[Dataset]) -> tuple[Step, ...]:
    by_place, by_person = found.rows
    same = by_place.direction if by_place.direction == by_person.direction else "mixed"
    ends = {"name": known.name, "first": found.first, "last": found.last}
    spread = {"place_was": by_place.sigma_first, "place_now": by_place.sigma_last}
    spread |= {"person_was": by_person.sigma_first, "person_now": by_person.sigma_last}
    doubled = {"by_place": by_place.beta * log(2) * 100, "by_person": by_person.beta * log(2) * 100}
    steps = [
        Step(f"inequality.convergence.{found.level}-{same}", ends),
        Step("inequality.convergence.sigma", spread),
        Step("inequality.convergence.beta", doubled),
    ]
    for way in found.rows:
        if way.half_life is not None and way.beta_p is not None and way.beta_p < SURE:
            steps.append(Step(f"inequality.convergence.half-life.{way.counted}", {"years": way.half_life}))
    steps.append(Step("inequality.convergence.trend", {"periods": len(every)}))
    steps.append(Step("inequality.definition", {"name": known.name, "definition": known.definition}))
    missing = max(data.quality.read for data in every) - found.places
    if missing:
        steps.append(Step(f"inequality.unknown.dropped.{found.level}", {"count": missing}))
    return tuple(steps)


def _cited(every: list[Dataset]) -> tuple[Source, ...]:
    return merged(*((data.source,) for data in every), (source("ons-mye-2024-06"),))
