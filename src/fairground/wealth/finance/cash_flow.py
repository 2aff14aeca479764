"""A plan month by month: every line to the penny, the money that may be spent, and where it came from.

Rule 1. Every line of every month is rounded to a whole penny (half a penny up); all sums are then exact.
Rule 2. Prices rise once a year, at the start of each year of the plan.
Rule 3. A grant for the building may be spent on the building only, one for running on running costs only.
What is not yet spent of it is restricted: it lies in the bank but cannot pay anything else.
Rule 4. Free money is what lies in the bank less what is restricted. The plan runs dry when it is below zero.
Rule 5. Repairs come out of the repair fund first. The fund fills from free money only, and goes back where
free money would else be below zero.
Rule 6. Members get interest, then withdrawals, once a year after their holiday, and only from free money
above the repair fund and the reserve: the board may suspend both.
Rule 7. A loan is paid back in equal monthly payments after its holiday, worked out anew each month from what
is still owed, so that a change of rate is followed; interest of a month is a twelfth of the year's rate.

References: Charity Commission, "Charity reserves" (CC19), on restricted funds and reserves; The Community
Shares Handbook, 2.2.2 on withdrawal and its suspension; Brealey, Myers and Allen, "Principles of Corporate
Finance", on the level payments of a loan (annuity).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground.wealth.finance.plan import Cost, Income, Loan, Plan, Repair, half_up

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Flow:
    """One line of income or cost by month: expected pence, and how it follows demand, prices and energy.

    `full` is the same without empty times; `voids` and `void_months` say how those come and go.
    """

    name: str
    kind: str
    amounts: Ints
    full: Ints
    follows: tuple[float, float, float]
    voids: float = 0.0
    void_months: int = 1


@dataclass(frozen=True)
class Schedule:
    """A plan worked out by month (arrays of pence, one for each month), before anything happens in turn."""

    income: tuple[Flow, ...]
    costs: tuple[Flow, ...]
    spending: tuple[tuple[str, str, Ints], ...]
    grants: dict[str, Ints]
    loans_in: Ints
    interest: Ints
    principal: Ints
    repairs: Ints
    repair_fund: Ints
    level: Floats


@dataclass(frozen=True)
class CashFlow:
    """What happened to the money, month by month, in pence; each array has one number for each month.

    `bank` is all money, `restricted` what of it may not be used freely, `free` the rest; `fund` is the part
    of `free` put by for repairs, `held` what members hold in shares, `owed` what is owed to lenders.
    """

    income: Ints
    costs: Ints
    spending: Ints
    repairs: Ints
    grants: Ints
    shares: Ints
    loans: Ints
    interest: Ints
    principal: Ints
    share_interest: Ints
    withdrawals: Ints
    bank: Ints
    restricted: Ints
    free: Ints
    fund: Ints
    held: Ints
    owed: Ints

    @property
    def first_dry(self) -> int | None:
        """The first month (counted from 1) in which free money is below zero; None where there is none."""
        below = np.flatnonzero(self.free < 0)
        return int(below[0]) + 1 if below.size else None

    @property
    def lowest(self) -> int:
        """The least free money of any month, in pence."""
        return int(self.free.min())


def schedule(plan: Plan) -> Schedule:
    """Return a plan worked out by month: what each line is expected to bring and cost.

    Parameters
    ----------
    plan : the plan.

    Returns
    -------
    Schedule : whole pence for each month.
    """
    months = plan.months
    level = _level(plan, Fraction(0))
    grants = {purpose: np.zeros(months, dtype=np.int64) for purpose in ("capital", "running", "any")}
    for grant in plan.grants:
        _put(grants[grant.purpose], grant.month, grant.pounds)
    loans_in, interest, principal = (np.zeros(months, dtype=np.int64) for _ in range(3))
    for loan in plan.loans:
        _put(loans_in, loan.month, loan.pounds)
        if loan.variable == "no":
            paid = payments(loan, months)
            interest += paid[0]
            principal += paid[1]
    return Schedule(
        tuple(_income(line, plan) for line in plan.income),
        tuple(_cost(line, plan) for line in plan.costs),
        tuple(
            (one.name, one.kind, _spread(one.total, one.month, one.months, months)) for one in plan.spending
        ),
        grants,
        loans_in,
        interest,
        principal,
        _repairs(plan.repairs, level),
        rounded(level * (plan.reserves.repair_fund / 12)),
        level,
    )


def payments(loan: Loan, months: int) -> tuple[Ints, Ints]:
    """Return the interest and the repayments of a loan at its own rate, in pence, for each month.

    The first payment falls due in the month after the money came.
    """
    interest, principal = np.zeros(months, dtype=np.int64), np.zeros(months, dtype=np.int64)
    owed, rate = loan.pounds, float(loan.rate) / 12
    for t in range(loan.month, min(loan.month + loan.term, months)):
        interest[t], principal[t] = payment(owed, rate, age=t - loan.month + 1, loan=loan)
        owed -= int(principal[t])
    return interest, principal


def payment(owed: int, rate: float, *, age: int, loan: Loan) -> tuple[int, int]:
    """Return the interest and the repayment of one month: `age` months after the money came."""
    interest, left = math.floor(owed * rate + 0.5), loan.term - age + 1
    if age <= loan.holiday:
        return interest, 0
    if left <= 1:
        return interest, owed
    level = owed / left if rate == 0 else owed * rate / (1 - (1 + rate) ** -left)
    return interest, max(0, min(owed, math.floor(level + 0.5) - interest))


def cash_flow(plan: Plan) -> CashFlow:
    """Return the plan's money month by month, as it goes if everything goes as expected.

    Parameters
    ----------
    plan : the plan.

    Returns
    -------
    CashFlow : pence for each month; in every month the change of `bank` is what came in less what went out.
    """
    work = schedule(plan)
    walk = _Walk(plan, work)
    for t in range(plan.months):
        walk.month(t)
    return CashFlow(
        walk.income, walk.costs, walk.spending, walk.repairs, sum(work.grants.values(), walk.zero()),
        walk.shares, work.loans_in, walk.interest, walk.principal, walk.share_interest, walk.withdrawals,
        walk.bank, walk.restricted, walk.free, walk.fund, walk.held, walk.owed,
    )  # fmt: skip


class _Walk:
    """The months in turn: what is known only when the months before it are known."""

    def __init__(self, plan: Plan, work: Schedule) -> None:
        self.plan, self.work = plan, work
        self.income = sum((one.amounts for one in work.income), self.zero())
        self.costs = sum((one.amounts for one in work.costs), self.zero())
        self.spending = sum((amounts for _, _, amounts in work.spending), self.zero())
        self.repairs = work.repairs
        self.interest, self.principal = work.interest.copy(), work.principal.copy()
        self.shares = self.zero()
        _put(self.shares, plan.shares.month, plan.shares.expected)
        self.share_interest, self.withdrawals, self.bank = self.zero(), self.zero(), self.zero()
        self.restricted, self.free, self.fund = self.zero(), self.zero(), self.zero()
        self.held, self.owed = self.zero(), self.zero()
        self.loans = [loan for loan in plan.loans if loan.variable == "yes"]
        self.left = [0] * len(self.loans)
        self.in_bank, self.in_fund, self.members, self.running = plan.about.opening, 0, 0, 0
        self.capital_left = 0
        self.debt = 0

    def zero(self) -> Ints:
        """Return a nought for each month."""
        return np.zeros(self.plan.months, dtype=np.int64)

    def month(self, t: int) -> None:
        """Let one month happen."""
        self._pay_lenders(t)
        grants = {purpose: int(amounts[t]) for purpose, amounts in self.work.grants.items()}
        self.members += int(self.shares[t])
        self.in_bank += sum(grants.values()) + int(self.shares[t] + self.work.loans_in[t] + self.income[t])
        self.in_bank -= int(
            self.costs[t] + self.spending[t] + self.repairs[t] + self.interest[t] + self.principal[t]
        )
        self.capital_left += grants["capital"] - int(self.spending[t])
        self.running = max(0, self.running + grants["running"] - int(self.costs[t]))
        self.restricted[t] = max(0, self.capital_left) + self.running
        self._put_by(t)
        self._pay_members(t)
        self.bank[t], self.fund[t], self.held[t] = self.in_bank, self.in_fund, self.members
        self.free[t] = self.in_bank - self.restricted[t]

    def _unbound(self, t: int) -> int:
        """Free money beyond the repair fund."""
        return self.in_bank - int(self.restricted[t]) - self.in_fund

    def _put_by(self, t: int) -> None:
        self.in_fund -= min(self.in_fund, int(self.repairs[t]))
        left = self._unbound(t)
        self.in_fund += min(int(self.work.repair_fund[t]), left) if left >= 0 else -min(self.in_fund, -left)

    def _pay_members(self, t: int) -> None:
        terms = self.plan.shares
        if t % 12 != 11 or t - (terms.month - 1) < 12 * terms.holiday:
            return
        above = max(0, self._unbound(t) - self.plan.reserves.keep)
        interest = min(above, math.floor(self.members * float(terms.interest) + 0.5))
        back = min(above - interest, math.floor(self.members * float(terms.withdrawal) + 0.5))
        self.share_interest[t], self.withdrawals[t] = interest, back
        self.members -= back
        self.in_bank -= interest + back

    def _pay_lenders(self, t: int) -> None:
        for n, loan in enumerate(self.loans):
            age = t - (loan.month - 1)
            if age == 0:
                self.left[n] = loan.pounds
            elif 0 < age <= loan.term:
                interest, principal = payment(self.left[n], float(loan.rate) / 12, age=age, loan=loan)
                self.interest[t] += interest
                self.principal[t] += principal
                self.left[n] -= principal
        self.debt += int(self.work.loans_in[t] - self.principal[t])
        self.owed[t] = self.debt


def rounded(values: NDArray[np.floating[Any]]) -> Ints:
    """Return amounts in whole pence; half a penny is rounded up."""
    found: Ints = np.floor(values + 0.5).astype(np.int64)
    return found


def _level(plan: Plan, growth: Fraction) -> Floats:
    """Return the price of something each month, with 1 in the first year."""
    years = np.arange(plan.months) // 12
    found: Floats = (float(1 + plan.about.inflation) * float(1 + growth)) ** years.astype(np.float64)
    return found


def _income(line: Income, plan: Plan) -> Flow:
    t = np.arange(plan.months)
    age = t - (line.starts - 1)
    ramp = np.ones(plan.months)
    if line.ramp:
        start = float(line.ramp_from)
        ramp = np.where(age < line.ramp, start + (1 - start) * np.maximum(age, 0) / line.ramp, 1.0)
    season = np.ones(12)
    if line.season:
        held = np.array([float(part) for part in line.season])
        season = held / held.mean()
    full = line.pounds * float(line.occupancy * (1 - line.costs)) * _level(plan, line.growth)
    full = full * ramp * season[(t + plan.about.start.month - 1) % 12] * (age >= 0)
    follows = (float(line.follows_demand), float(line.follows), 0.0)
    months = line.void_months if line.voids else 1
    whole = rounded(full)
    expected = rounded(whole * (1.0 - float(line.voids)))
    return Flow(line.name, line.kind, expected, whole, follows, float(line.voids), months)


def _cost(line: Cost, plan: Plan) -> Flow:
    t = np.arange(1, plan.months + 1)
    runs = (t >= line.starts) & (t <= (line.ends or plan.months))
    price = float(line.pounds * (1 + line.vat * (1 - line.recovered)))
    amounts = rounded(price * _level(plan, line.growth) * runs)
    energy = 1.0 if line.kind == "energy" else 0.0
    return Flow(line.name, line.kind, amounts, amounts, (0.0, 1.0 - energy, energy))


def _spread(total: int, month: int, parts: int, months: int) -> Ints:
    """Spread an amount over months so that the parts add up to the penny."""
    found = np.zeros(months, dtype=np.int64)
    for k in range(parts):
        _put(found, month + k, total * (k + 1) // parts - total * k // parts)
    return found


def _repairs(lines: tuple[Repair, ...], level: Floats) -> Ints:
    found = np.zeros(level.size, dtype=np.int64)
    for line in lines:
        step = 12 * line.every if line.every else level.size
        for t in range(12 * (line.year - 1), level.size, step):
            found[t] += half_up(Fraction(line.pounds * float(level[t])))
    return found


def _put(amounts: Ints, month: int, pence: int) -> None:
    """Add pence to a month counted from 1; what comes after the last month is not seen."""
    if month <= amounts.size:
        amounts[month - 1] += pence
