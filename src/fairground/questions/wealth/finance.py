"""Can we buy it? A community's plan walked by month, once as expected and many times with other luck.

The engine is `wealth.finance`. Money is told in whole pounds here; the plan itself is kept to the penny.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground.evidence import Answer, Method, Source, Step
from fairground.wealth import finance as engine
from fairground.wealth.finance import CashFlow, Draws, Outcomes, Plan

__all__ = ["compared", "viability"]

JUDGED = 10
METHOD = Method(
    "community-plan",
    "The plan month by month, once as expected and many times with correlated chance",
    "Glasserman, Monte Carlo Methods in Financial Engineering (2003), 1.1 and 2.3; rules in the handbook",
)


@dataclass(frozen=True)
class YearRow:
    """One year if all goes as expected: what comes in, what goes out, and what may be spent at its end."""

    year: int
    takings: int
    running: int
    mended: int
    to_lenders: int
    to_members: int
    end_money: int


@dataclass(frozen=True)
class LuckRow:
    """One year with luck good and bad: the chance of having run out by then, and what is left at its end.

    `cover_months` is how many months of running costs that would pay for; `lender_cover` is what is left
    of takings after costs for each pound that lenders are due. Both in the middle try.
    """

    year: int
    dry_by: float
    end_money_low: int
    end_money_middle: int
    end_money_high: int
    cover_months: float | None
    lender_cover: float | None
    lender_cover_low: float | None


@dataclass(frozen=True)
class MoneyRow:
    """One sum at the beginning: where it comes from or goes to; the two sides are equal."""

    side: str
    money_for: str
    sum_pounds: int


@dataclass(frozen=True)
class LeverRow:
    """One thing that could turn out worse or better, and the chance of running dry then."""

    lever: str
    turn_worse: str
    dry_worse: float
    turn_better: str
    dry_better: float


@dataclass(frozen=True)
class CauseRow:
    """One cause of chance: the share of the spread that it makes by itself, and with others."""

    cause: str
    spread_alone: float
    spread_total: float


@dataclass(frozen=True)
class Viability:
    """Whether a plan holds, and the tables that say why."""

    name: str
    place: str
    years: int
    paths: int
    seed: int
    plan_verdict: str
    chance_ten: float
    chance_all: float
    more_needed: int
    lowest_expected: int
    first_dry_month: int | None
    break_even_full: float | None
    capital_pounds: int
    gap_pounds: int
    rows: tuple[YearRow, ...]
    luck: tuple[LuckRow, ...]
    money: tuple[MoneyRow, ...]
    levers: tuple[LeverRow, ...] = ()
    causes: tuple[CauseRow, ...] = ()


def viability(plan: Plan, *, paths: int = 10_000, seed: int = 1, why: int = 400) -> Answer[Viability]:
    """Answer whether a plan holds, how much more it might need, and what would change the verdict.

    Parameters
    ----------
    plan : the plan.
    paths, seed : of the simulation; the same seed gives the same answer.
    why : paths for each of the two tables that say what matters; 0 leaves them out.

    Raises
    ------
    BadInput : paths or seed outside their range; correlations that contradict one another.
    """
    draws = Draws(paths, seed)
    flow, outcomes = engine.cash_flow(plan), engine.simulate(plan, draws)
    few = Draws(why, seed) if why else None
    value = Viability(
        plan.about.name,
        plan.about.place,
        plan.about.years,
        paths,
        seed,
        f"plan-{engine.verdict(outcomes)}",
        engine.chance_dry(outcomes),
        float(outcomes.dry_by()[-1]),
        _pounds(engine.needed(outcomes)),
        _pounds(flow.lowest),
        flow.first_dry,
        _share(engine.break_even(plan)),
        _pounds(plan.capital),
        _pounds(plan.capital - found(plan)),
        _years(flow, plan.about.years),
        _luck(outcomes),
        money(plan),
        _levers(plan, few) if few else (),
        _causes(plan, few) if few else (),
    )
    return Answer(value, METHOD, _steps(plan, value), (own_plan(plan), *_behind()))


@dataclass(frozen=True)
class SideRow:
    """One of two plans, by what matters."""

    plan_name: str
    plan_verdict: str
    chance_ten: float
    more_needed: int
    lowest_expected: int
    capital_pounds: int
    gap_pounds: int
    break_even_full: float | None


@dataclass(frozen=True)
class PairRow:
    """One year of two plans: the chance of having run out by then, and the middle of what is left."""

    year: int
    dry_first: float
    dry_second: float
    left_first: int
    left_second: int


@dataclass(frozen=True)
class Compared:
    """Two plans side by side, with the same luck."""

    rows: tuple[SideRow, ...]
    pairs: tuple[PairRow, ...]


def compared(first: Plan, second: Plan, *, paths: int = 2_000, seed: int = 1) -> Answer[Compared]:
    """Answer which of two plans is safer: both have the same luck, so that only the plans differ.

    Raises
    ------
    BadInput : paths or seed outside their range.
    """
    one, other = (viability(plan, paths=paths, seed=seed, why=0).value for plan in (first, second))
    rows = tuple(
        SideRow(
            v.name, v.plan_verdict, v.chance_ten, v.more_needed, v.lowest_expected, v.capital_pounds,
            v.gap_pounds, v.break_even_full,
        )
        for v in (one, other)
    )  # fmt: skip
    pairs = tuple(
        PairRow(a.year, a.dry_by, b.dry_by, a.end_money_middle, b.end_money_middle)
        for a, b in zip(one.luck, other.luck, strict=False)
    )
    code = "same" if one.chance_ten == other.chance_ten else "safer"
    safer, riskier = (one, other) if one.chance_ten <= other.chance_ten else (other, one)
    facts = {"safer": safer.name, "riskier": riskier.name, "years": min(JUDGED, one.years)}
    facts |= {"less": safer.chance_ten, "more": riskier.chance_ten}
    steps = (Step(f"finance.compared.{code}", facts), Step("finance.compared.luck", {"paths": paths}))
    sources = (own_plan(first), own_plan(second), *_behind())
    return Answer(Compared(rows, pairs), METHOD, steps, tuple(dict.fromkeys(sources)))


def own_plan(plan: Plan) -> Source:
    """Return the plan as the source of its own numbers, by the digest of what it says."""
    digest = hashlib.sha256(engine.write(plan).encode()).hexdigest()
    return Source(
        f"plan-{digest[:12]}",
        plan.about.name,
        "the group itself",
        f"SHA-256 {digest}",
        "as the group says",
        "",
    )


def found(plan: Plan) -> int:
    """Return the pence that a plan finds for the beginning: its own, grants, shares and loans."""
    grants = sum(one.pounds for one in plan.grants if one.purpose != "running")
    return plan.about.opening + grants + plan.shares.expected + sum(one.pounds for one in plan.loans)


def money(plan: Plan) -> tuple[MoneyRow, ...]:
    """Return where the first money comes from and goes to; what is left or lacks makes both equal."""
    came = [("opening", "", plan.about.opening)]
    came += [("grant", one.name, one.pounds) for one in plan.grants if one.purpose != "running"]
    came += [("shares", "", plan.shares.expected), *(("loan", one.name, one.pounds) for one in plan.loans)]
    went = [("spent", one.name, one.total) for one in plan.spending]
    left = sum(pence for _, _, pence in came) - sum(pence for _, _, pence in went)
    came += [("lacking", "", max(0, -left))]
    went += [("left", "", max(0, left))]
    return tuple(
        MoneyRow(f"plan-{side}", name, _pounds(pence))
        for side, name, pence in (*_nonzero(came), *_nonzero(went))
    )


def _nonzero(rows: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    return [row for row in rows if row[2]]


def _years(flow: CashFlow, years: int) -> tuple[YearRow, ...]:
    def year(values: NDArray[Any], n: int) -> int:
        return _pounds(int(values[12 * n : 12 * n + 12].sum()))

    lenders, members = flow.interest + flow.principal, flow.share_interest + flow.withdrawals
    return tuple(
        YearRow(
            n + 1,
            year(flow.income, n),
            year(flow.costs, n),
            year(flow.repairs, n),
            year(lenders, n),
            year(members, n),
            _pounds(int(flow.free[12 * n + 11])),
        )
        for n in range(years)
    )


def _luck(outcomes: Outcomes) -> tuple[LuckRow, ...]:
    dry = outcomes.dry_by()
    low, middle, high = np.quantile(outcomes.closing, (0.1, 0.5, 0.9), axis=0)
    cover, lenders = outcomes.cover(), outcomes.debt_cover()
    return tuple(
        LuckRow(
            n + 1,
            float(dry[n]),
            _pounds(float(low[n])),
            _pounds(float(middle[n])),
            _pounds(float(high[n])),
            _middle(cover[:, n], 0.5),
            _middle(lenders[:, n], 0.5),
            _middle(lenders[:, n], 0.1),
        )
        for n in range(dry.size)
    )


def _middle(values: NDArray[Any], share: float) -> float | None:
    held = values[~np.isnan(values)]
    return float(np.quantile(held, share)) if held.size else None


def _levers(plan: Plan, draws: Draws) -> tuple[LeverRow, ...]:
    return tuple(
        LeverRow(f"lever-{one.id}", one.worse, one.chance_worse, one.better, one.chance_better)
        for one in engine.levers(plan, draws)
    )


def _causes(plan: Plan, draws: Draws) -> tuple[CauseRow, ...]:
    return tuple(CauseRow(f"chance-{one.id}", one.alone, one.total) for one in engine.causes(plan, draws))


def _pounds(pence: float) -> int:
    return int((pence + 50) // 100)


def _share(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def _steps(plan: Plan, value: Viability) -> tuple[Step, ...]:
    years = min(JUDGED, value.years)
    facts = {"name": value.name, "chance": value.chance_ten, "paths": value.paths, "years": years}
    steps = [
        Step(f"finance.verdict.{value.plan_verdict.removeprefix('plan-')}", facts),
        Step("finance.money", _money_facts(plan)),
    ]
    if unsure := sum(one.pounds for one in plan.grants if one.status != "secured"):
        steps.append(Step("finance.unsure", {"unsure": _pounds(unsure)}))
    if value.gap_pounds > 0:
        steps.append(Step("finance.gap", {"gap": value.gap_pounds}))
    dry = {"month": value.first_dry_month, "lowest": value.lowest_expected}
    steps.append(Step("finance.expected.dry" if value.first_dry_month else "finance.expected.fine", dry))
    if value.more_needed > 0:
        steps.append(Step("finance.more", {"more": value.more_needed}))
    rooms = [one for one in plan.income if one.kind == "hire" and one.pounds]
    if value.break_even_full is not None:
        planned = sum(one.pounds * float(one.occupancy) for one in rooms) / sum(one.pounds for one in rooms)
        steps.append(Step("finance.break-even", {"full": value.break_even_full, "planned": planned}))
    elif rooms:
        steps.append(Step("finance.break-even.never", {}))
    worst = [row for row in value.luck if row.lender_cover_low is not None and row.year > 1]
    if worst:
        row = min(worst, key=lambda one: one.lender_cover_low or 0.0)
        steps.append(
            Step(
                "finance.lenders", {"year": row.year, "middle": row.lender_cover, "low": row.lender_cover_low}
            )
        )
    if value.levers and value.levers[0].dry_worse != value.levers[0].dry_better:
        steps.append(Step("finance.lever", vars(value.levers[0])))
    if value.causes:
        steps.append(Step("finance.cause", vars(value.causes[0])))
    steps += [Step("finance.lines", {}), Step("finance.chance", {"paths": value.paths, "seed": value.seed})]
    steps += [Step("finance.unknown.risks", {}), Step("finance.unknown.model", {})]
    return tuple(steps)


def _money_facts(plan: Plan) -> dict[str, int]:
    return {"capital": _pounds(plan.capital), "found": _pounds(found(plan))}


def _behind() -> tuple[Source, ...]:
    one = engine.funder("community-shares")
    return (
        Source(
            "community-shares-handbook", "The Community Shares Handbook", "Co-operatives UK", "read in 2026",
               "free to read", one.url),
    )  # fmt: skip
