"""How likely a plan is to hold: the same months many times over, each time with other luck.

Rule 1. Demand, prices, energy prices and interest rates wander around what the plan expects: each month keeps
a share of the last month's departure and adds a new one (a first-order autoregression), and the four move
together by a correlation that the plan states. Demand and energy multiply (lognormal), the pace of prices
adds up into a level, rates add. What the plan says is the middle: half of all draws lie above and half below.
Rule 2. Drawn once for each path: how far the works overrun, how late the doors open, how many shares are
sold. Late doors hold up hire, café and tenants, not the costs. Shares below their minimum go back, and above
their maximum none are sold.
Rule 3. A tenancy is let or empty, by turns. Repairs that no survey foresaw come at random.
Rule 4. The seed decides all of it; two plans with one seed have the same luck, so they can be compared.

Reference: Glasserman, "Monte Carlo methods in financial engineering" (2003), 2.3 (Cholesky) and 1.1;
Box and Jenkins, "Time series analysis" (1970), on autoregression.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.wealth.finance.cash_flow import Flow, rounded, schedule
from fairground.wealth.finance.kernels import CAUSES, Terms, walk
from fairground.wealth.finance.plan import DOORS, Plan, Risks

Floats = NDArray[np.float64]
MOST_PATHS = 200_000
MOST_CELLS = 12_000_000  # numbers that a run may leave behind: paths times years times five
_ZERO = Fraction(0)
NOTHING = Risks(
    demand=_ZERO, prices=_ZERO, energy=_ZERO, rates=_ZERO, works=_ZERO, delay=0, shares=_ZERO, repairs=_ZERO
)
"""Risks of a world without chance."""


@dataclass(frozen=True)
class Draws:
    """How many paths, and from which seed.

    Raises
    ------
    BadInput : a number outside its range.
    """

    paths: int = 10_000
    seed: int = 1

    def __post_init__(self) -> None:
        for name, least, most in (("paths", 1, MOST_PATHS), ("seed", 0, 2**63 - 1)):
            value = getattr(self, name)
            if not (isinstance(value, int) and not isinstance(value, bool) and least <= value <= most):
                raise BadInput("This number is out of range", name, value, f"{least:,} to {most:,}")


@dataclass(frozen=True)
class Outcomes:
    """What came of each path, in pence: arrays (paths, years), and `raised` (paths), the shares sold."""

    lowest: Floats
    closing: Floats
    operating: Floats
    service: Floats
    running: Floats
    raised: Floats

    @property
    def deepest(self) -> Floats:
        """The least free money of each path."""
        return np.asarray(self.lowest.min(axis=1))

    def dry_by(self) -> Floats:
        """Return the share of paths that have run dry by the end of each year."""
        return np.asarray((np.minimum.accumulate(self.lowest, axis=1) < 0).mean(axis=0))

    def cover(self) -> Floats:
        """Return how many months of running costs the free money of each year's end would pay, by path."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.running > 0, self.closing / (self.running / 12), np.nan)

    def debt_cover(self) -> Floats:
        """Return income after costs over what lenders are due, by path and year; else nothing."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.service > 0, self.operating / self.service, np.nan)


def simulate(plan: Plan, draws: Draws | None = None, *, workers: int = 2) -> Outcomes:
    """Return what comes of a plan over many paths.

    Parameters
    ----------
    plan : the plan, with its risks.
    draws : how many paths and from which seed; 10,000 from seed 1 unless given.
    workers : how many threads; the answer is the same for any number.

    Raises
    ------
    BadInput : more paths than fit in memory.
    """
    draws = draws or Draws()
    return run(terms_of(plan, draws.seed), draws.paths, workers=workers)


def certain(plan: Plan) -> Outcomes:
    """Return the one path on which everything goes as expected; agrees with `cash_flow` to the penny."""
    return run(terms_of(replace(plan, risks=NOTHING), 0), 1, chance=False)


def run(terms: Terms, paths: int, *, chance: bool = True, workers: int = 2) -> Outcomes:
    """Return what comes of a plan that is already numbers."""
    years = terms.level.size // 12
    if paths * years * 5 > MOST_CELLS:
        most = f"at most {MOST_CELLS // (5 * years):,} paths for {years} years"
        raise BadInput("That is more paths than fit in memory", "paths", paths, most)
    found, raised = np.empty((paths, years, 5)), np.empty(paths)
    edges = np.linspace(0, paths, max(1, min(workers, paths)) + 1).astype(int)
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        jobs = [
            pool.submit(walk, terms, int(low), int(high), chance, found, raised)
            for low, high in pairwise(edges)
        ]
        for job in jobs:
            job.result()
    lowest, closing, operating, service, running = (found[:, :, k] for k in range(5))
    return Outcomes(lowest, closing, operating, service, running, raised)


def terms_of(plan: Plan, seed: int) -> Terms:
    """Return a plan as the numbers that the kernel walks."""
    work, risks, shares = schedule(plan), plan.risks, plan.shares
    incomes, costs = _grouped(work.income), _grouped(work.costs)
    groups = [*incomes, *costs]
    varied = [one for one in plan.loans if one.variable == "yes"]
    works = [amounts for _, kind, amounts in work.spending if kind == "works"]
    other = [amounts for _, kind, amounts in work.spending if kind != "works"]
    zero = np.zeros(plan.months, dtype=np.int64)
    opens = min((one.starts for one in plan.income if one.kind in DOORS), default=0)
    return Terms(
        flows=np.array([one.full for one in groups] or [zero], dtype=np.float64),
        waits=np.array(
            [*(opens if one.kind in DOORS else 0 for one in incomes), *(-1 for _ in costs)] or [0]
        ),
        follows=np.array([one.follows for one in groups] or [(0.0, 0.0, 0.0)]),
        voids=np.array([(one.voids, float(one.void_months)) for one in groups] or [(0.0, 1.0)]),
        works=sum(works, zero).astype(np.float64),
        fixed=np.array([work.interest + work.principal, sum(other, zero), work.loans_in], dtype=np.float64),
        grants=np.array([work.grants[name] for name in ("capital", "running", "any")], dtype=np.float64),
        loans=np.array(
            [(one.pounds, one.month - 1, one.term, one.holiday, float(one.rate)) for one in varied],
            dtype=np.float64,
        ).reshape(-1, 5),
        repairs=work.repairs.astype(np.float64),
        level=work.level,
        repair_fund=work.repair_fund.astype(np.float64),
        share_month=shares.month - 1,
        shares=np.array([shares.expected, shares.minimum, shares.maximum], dtype=np.float64),
        share_terms=np.array([float(shares.interest), float(shares.withdrawal), float(shares.holiday)]),
        keep=float(plan.reserves.keep),
        opening=float(plan.about.opening),
        spread=np.array([float(getattr(risks, name)) for name in CAUSES[:7]]),
        memory=float(risks.memory),
        factor=factor(risks),
        works_over=float(risks.works_over),
        surprise=np.array([min(1.0, float(risks.repairs) / 12), float(risks.repair_pounds)]),
        seeds=seeds(seed),
    )


def factor(risks: Risks) -> Floats:
    """Return the lower triangle that makes independent draws move together (Cholesky)."""
    names = CAUSES[:4]
    table = np.eye(4)
    for i, one in enumerate(names):
        for j in range(i + 1, 4):
            table[i, j] = table[j, i] = float(getattr(risks, f"{one}_{names[j]}"))
    return np.asarray(np.linalg.cholesky(table), dtype=np.float64)


def seeds(seed: int, *, anew: str = "") -> NDArray[np.uint64]:
    """Return a seed for each cause; the cause named `anew` gets another one than it would have."""
    salt = [n + (len(CAUSES) if name == anew else 0) for n, name in enumerate(CAUSES)]
    return np.array([_stirred(seed * 64 + n) for n in salt], dtype=np.uint64)


def _stirred(number: int) -> int:
    """Return 64 well-stirred bits of a whole number (SplitMix64)."""
    z = (number + 0x9E3779B97F4A7C15) & (2**64 - 1)
    for shift, times in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        z = ((z ^ (z >> shift)) * times) & (2**64 - 1)
    return z ^ (z >> 31)


def _grouped(flows: tuple[Flow, ...]) -> list[Flow]:
    """Return flows with those that follow the same things added together; each tenancy stays by itself."""
    alone = [one for one in flows if one.voids]
    together: dict[tuple[bool, tuple[float, float, float]], list[Flow]] = {}
    for one in flows:
        if not one.voids:
            together.setdefault((one.kind in DOORS, one.follows), []).append(one)
    for (_, follows), held in together.items():
        amounts = rounded(np.sum([one.full for one in held], axis=0, dtype=np.float64))
        alone.append(Flow("", held[0].kind, amounts, amounts, follows))
    return alone
