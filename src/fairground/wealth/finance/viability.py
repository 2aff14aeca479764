"""Whether a plan holds, how much more it might need, and what would change the verdict.

The verdict is by the chance of running dry within ten years (or the plan's years, where they are fewer).
Where the lines lie is our own choice, not a standard: up to one in ten is "holds", above three in ten
"fails".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground.wealth.finance.cash_flow import payments
from fairground.wealth.finance.kernels import CAUSES
from fairground.wealth.finance.plan import Income, Plan, Spending
from fairground.wealth.finance.simulation import Draws, Outcomes, certain, run, seeds, simulate, terms_of

__all__ = ["CAUSES", "Lever", "Part", "break_even", "causes", "levers", "needed", "payments", "verdict"]

JUDGED = 10  # years within which a plan must not run dry
HOLDS, FAILS = 0.10, 0.30
CORRELATIONS = tuple(f"{one}_{other}" for n, one in enumerate(CAUSES[:4]) for other in CAUSES[n + 1 : 4])
Change = Callable[[Plan], Plan]


@dataclass(frozen=True)
class Lever:
    """One thing that could turn out worse or better, and the chance of running dry then.

    `worse` and `better` say what was changed; `chance` is that of the plan as it is.
    """

    id: str
    worse: str
    better: str
    chance: float
    chance_worse: float
    chance_better: float

    @property
    def width(self) -> float:
        """How far the chance lies apart between the two."""
        return abs(self.chance_worse - self.chance_better)


@dataclass(frozen=True)
class Part:
    """One cause, the share of the spread that it makes by itself, and with all that it does with others."""

    id: str
    alone: float
    total: float


def verdict(outcomes: Outcomes) -> str:
    """Return "holds", "at-risk" or "fails": by the chance of running dry within ten years."""
    chance = chance_dry(outcomes)
    return "holds" if chance <= HOLDS else "at-risk" if chance <= FAILS else "fails"


def chance_dry(outcomes: Outcomes) -> float:
    """Return the share of paths that run dry within ten years, or within the plan."""
    dry = outcomes.dry_by()
    return float(dry[min(JUDGED, dry.size) - 1])


def needed(outcomes: Outcomes, share: float = 0.9) -> float:
    """Return how many pence more, at the beginning and kept, would carry that share of the paths through."""
    return float(np.quantile(np.maximum(0.0, -outcomes.deepest), share))


def break_even(plan: Plan) -> Fraction | None:
    """Return how full the rooms for hire must be for the plan never to run dry, all else as expected.

    Returns
    -------
    Fraction : occupancy from 0 to 1, the mean of the lines by what they bring when full, to a thousandth.
    None : nothing is for hire, or even full rooms do not carry the plan.
    """
    rooms = [one for one in plan.income if one.kind == "hire" and one.pounds]
    if not rooms or not _carries(plan, Fraction(1)):
        return None
    low, high = Fraction(0), Fraction(1)
    while high - low > Fraction(1, 2000):
        middle = (low + high) / 2
        low, high = (low, middle) if _carries(plan, middle) else (middle, high)
    full = sum(one.pounds for one in rooms)
    return Fraction(round(1000 * sum(one.pounds * _filled(one, high) for one in rooms) / full), 1000)


def _carries(plan: Plan, part: Fraction) -> bool:
    income = tuple(
        replace(one, occupancy=_filled(one, part)) if one.kind == "hire" else one for one in plan.income
    )
    return bool(certain(replace(plan, income=income)).deepest[0] >= 0)


def _filled(line: Income, part: Fraction) -> Fraction:
    """Return an occupancy between empty (0), as planned (a half) and full (1)."""
    return (
        2 * part * line.occupancy
        if part <= Fraction(1, 2)
        else 2 * (part - Fraction(1, 2)) * (1 - line.occupancy) + line.occupancy
    )


def levers(plan: Plan, draws: Draws) -> tuple[Lever, ...]:
    """Return what one change at a time does to the chance of running dry, the widest first.

    Parameters
    ----------
    plan : the plan. draws : paths and seed; each change has the same luck.
    """
    plan = _judged(plan)
    now = chance_dry(simulate(plan, draws))
    found = []
    for id, worse, better, change in LEVERS:
        low, high = change(plan, -1), change(plan, 1)
        if low == plan and high == plan:
            continue
        chances = [chance_dry(simulate(one, draws)) for one in (low, high)]
        found.append(Lever(id, worse, better, now, *chances))
    return tuple(sorted(found, key=lambda one: -one.width))


def causes(plan: Plan, draws: Draws) -> tuple[Part, ...]:
    """Return how much of the spread of the lowest free money each cause of chance makes, the largest first.

    The causes are drawn independently of one another here, because shares of a spread are not defined
    for causes that move together. Method: Saltelli and others, "Variance based sensitivity analysis of
    model output", Computer Physics Communications 181 (2010): the best estimators of its table 2.
    """
    plan = _judged(plan)
    apart: dict[str, Any] = dict.fromkeys(CORRELATIONS, Fraction(0))
    plan = replace(plan, risks=replace(plan.risks, **apart))
    terms = terms_of(plan, draws.seed)

    def lowest(drawn: NDArray[np.uint64]) -> NDArray[np.float64]:
        return run(terms._replace(seeds=drawn), draws.paths).deepest

    first = lowest(terms.seeds)
    other = lowest(np.array([seeds(draws.seed, anew=name)[n] for n, name in enumerate(CAUSES)]))
    both = np.concatenate((first, other))
    spread, centred = float(both.var()), other - both.mean()
    found = []
    for name in CAUSES:
        mixed = lowest(seeds(draws.seed, anew=name))
        if spread > 0 and not np.array_equal(mixed, first):
            alone = float((centred * (mixed - first)).mean() / spread)
            total = float(((first - mixed) ** 2).mean() / 2 / spread)
            found.append(Part(name, min(1.0, max(0.0, alone)), min(1.0, total)))
    return tuple(sorted(found, key=lambda one: -one.total))


def _judged(plan: Plan) -> Plan:
    """Return the plan with as many years as the verdict looks at."""
    return replace(plan, about=replace(plan.about, years=min(JUDGED, plan.about.years)))


def _scaled(name: str, part: float, kinds: tuple[str, ...] = ()) -> Callable[[Plan, int], Plan]:
    """Return a change of the pounds of lines of a plan, by a part down and up."""

    def change(plan: Plan, way: int) -> Plan:
        times = 1 + way * part
        lines = tuple(
            replace(one, pounds=round(one.pounds * times)) if not kinds or one.kind in kinds else one
            for one in getattr(plan, name)
        )
        changed: dict[str, Any] = {name: lines}
        return replace(plan, **changed)

    return change


def _costs(plan: Plan, way: int) -> Plan:
    return _scaled("costs", 0.1)(plan, -way)


def _works(plan: Plan, way: int) -> Plan:
    def priced(one: Spending) -> Spending:
        return replace(one, pounds=round(one.pounds * (1 - 0.2 * way))) if one.kind == "works" else one

    return replace(plan, spending=tuple(priced(one) for one in plan.spending))


def _rates(plan: Plan, way: int) -> Plan:
    moved = tuple(replace(one, rate=max(Fraction(0), one.rate - Fraction(way, 100))) for one in plan.loans)
    return replace(plan, loans=moved)


def _sold(plan: Plan, way: int) -> Plan:
    shares = plan.shares
    sold = min(shares.maximum, max(shares.minimum, round(shares.expected * (1 + 0.2 * way))))
    return replace(plan, shares=replace(shares, expected=sold)) if shares.expected else plan


def _inflation(plan: Plan, way: int) -> Plan:
    rate = plan.about.inflation - Fraction(way, 100)
    return replace(plan, about=replace(plan.about, inflation=max(Fraction(-1, 20), rate)))


def _starts(plan: Plan, way: int) -> Plan:
    moved = tuple(
        replace(one, starts=max(1, one.starts - 3 * way)) if one.starts > 1 else one for one in plan.income
    )
    return replace(plan, income=moved)


LEVERS: tuple[tuple[str, str, str, Callable[[Plan, int], Any]], ...] = (
    ("takings", "a tenth less", "a tenth more", _scaled("income", 0.1)),
    ("running-costs", "a tenth more", "a tenth less", _costs),
    ("works", "a fifth dearer", "a fifth cheaper", _works),
    ("grants", "a fifth less", "a fifth more", _scaled("grants", 0.2)),
    ("shares-sold", "a fifth fewer", "a fifth more", _sold),
    ("rates", "one point higher", "one point lower", _rates),
    ("inflation", "one point higher", "one point lower", _inflation),
    ("opening", "three months later", "three months earlier", _starts),
)
"""What is changed, one at a time: adding one is adding a line. The last takes -1 for worse, 1 for better."""
