"""A community's plan for a building: what it costs, where the money comes from, and what it earns and spends.

The parts are those that funders ask for: the price, fees and works with the tax that cannot be claimed back;
grants, community shares and loans; income line by line; running costs; repairs; reserves. What we assume of
chance stands in `Risks`, in the open, and can be changed. Months are counted from 1, the first of the plan.
References: Community Ownership Fund round 4 prospectus (2024), sections on costs, match funding and the
business plan; The Community Shares Handbook (Co-operatives UK), sections 2.2 and 2.3.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

from fairground.errors import BadInput
from fairground.standards import get
from fairground.wealth.finance.entries import NO, UNKNOWN, YES, check, entry

MOST_LINES = 60
INCOME_KINDS = ("hire", "tenancy", "cafe", "members", "energy", "donations", "contract", "other")
COST_KINDS = ("staff", "energy", "insurance", "rates", "upkeep", "other")
SPENDING_KINDS = ("purchase", "fees", "works", "equipment")
DEMAND: dict[str, float] = {"hire": 1, "cafe": 1, "donations": 1, "members": 0.5, "other": 0.5}
"""How strongly each kind of income follows demand, where the plan does not say: else not at all."""

DOORS = ("hire", "cafe", "tenancy")
"""Kinds of income that need the doors to be open, and so wait where the works are late."""


def _determinant(rows: list[list[Fraction]]) -> Fraction:
    """Return the determinant of a small table, exactly (by its first row)."""
    found = Fraction(0) if rows else Fraction(1)
    for n, value in enumerate(rows[0] if rows else ()):
        found += (-1) ** n * value * _determinant([row[:n] + row[n + 1 :] for row in rows[1:]])
    return found


@dataclass(frozen=True, kw_only=True)
class Record:
    """One part of a plan; its entries are checked on construction."""

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, kw_only=True)
class About(Record):
    """What the plan is for, when it begins, how many years it looks ahead, and the money at the start.

    `inflation` is how much prices rise each year, expected.
    """

    name: str = entry("text")
    place: str = entry("text", default="")
    summary: str = entry("text", default="", most=2000)
    start: date = entry("month")
    years: int = entry("number", default=25, least=1, most=25)
    opening: int = entry("pounds", default=0)
    inflation: Fraction = entry("share", default=Fraction(1, 50), least=-0.05, most=0.2)


@dataclass(frozen=True, kw_only=True)
class Spending(Record):
    """Something bought at the beginning: net price, tax, how much of the tax comes back, contingency."""

    name: str = entry("text")
    kind: str = entry("choice", choices=SPENDING_KINDS)
    pounds: int = entry("pounds")
    month: int = entry("number", default=1, least=1, most=300)
    months: int = entry("number", default=1, least=1, most=60)
    vat: Fraction = entry("share", default=Fraction(0))
    recovered: Fraction = entry("share", default=Fraction(0))
    contingency: Fraction = entry("share", default=Fraction(0))

    @property
    def total(self) -> int:
        """Pence in all: the net price with contingency, and the tax on it that is not claimed back."""
        net = self.pounds * (1 + self.contingency)
        return half_up(net * (1 + self.vat * (1 - self.recovered)))


@dataclass(frozen=True, kw_only=True)
class Grant(Record):
    """Money that is given, for what it may be spent, when it comes, and how sure it is."""

    name: str = entry("text")
    pounds: int = entry("pounds")
    month: int = entry("number", default=1, least=1, most=300)
    purpose: str = entry("choice", default="capital", choices=("capital", "running", "any"))
    status: str = entry("choice", default="hoped", choices=("secured", "applied", "hoped"))
    funder: str = entry("text", default="")


@dataclass(frozen=True, kw_only=True)
class Shares(Record):
    """An offer of community shares: what is expected, its bounds, and what members get back and when.

    `interest` and `withdrawal` are shares of what is held, each year; neither is paid in the holiday, nor
    out of money that the reserve needs.
    """

    expected: int = entry("pounds", default=0)
    minimum: int = entry("pounds", default=0)
    optimum: int = entry("pounds", default=0)
    maximum: int = entry("pounds", default=0)
    month: int = entry("number", default=1, least=1, most=300)
    interest: Fraction = entry("share", default=Fraction(0), most=0.2)
    withdrawal: Fraction = entry("share", default=Fraction(0))
    holiday: int = entry("number", default=3, most=25)
    largest: int | None = entry("pounds", default=None)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.expected and not self.minimum <= self.optimum <= self.maximum:
            given = " / ".join(f"{p / 100:,.0f}" for p in (self.minimum, self.optimum, self.maximum))
            raise BadInput(
                "The minimum, optimum and maximum must rise", "optimum", given, "minimum ≤ optimum ≤ maximum"
            )
        if self.expected and not self.minimum <= self.expected <= self.maximum:
            raise BadInput(
                "What you expect must lie between the minimum and the maximum",
                "expected",
                f"{self.expected / 100:,.2f}",
                f"{self.minimum / 100:,.2f} to {self.maximum / 100:,.2f}",
            )


@dataclass(frozen=True, kw_only=True)
class Loan(Record):
    """Money that is lent: how long, with how many months of interest only at first, and at which rate."""

    name: str = entry("text")
    pounds: int = entry("pounds")
    month: int = entry("number", default=1, least=1, most=300)
    term: int = entry("number", least=1, most=480)
    holiday: int = entry("number", default=0, most=479)
    rate: Fraction = entry("share", most=0.5)
    variable: str = entry("choice", default=NO, choices=(YES, NO))

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.holiday >= self.term:
            raise BadInput(
                "The holiday must be shorter than the loan", "holiday", self.holiday, f"under {self.term}"
            )


@dataclass(frozen=True, kw_only=True)
class Income(Record):
    """One line of income: a full month in today's money, and how full it is, when, and from when.

    `costs` is the share that goes straight out again (the food of a café). `voids` is the share of time a
    tenancy stands empty and `void_months` how long one such time lasts. `demand` says how strongly the line
    follows demand, `follows` how much of a surprise in prices it can pass on.
    """

    name: str = entry("text")
    kind: str = entry("choice", choices=INCOME_KINDS)
    pounds: int = entry("pounds")
    occupancy: Fraction = entry("share", default=Fraction(1))
    starts: int = entry("number", default=1, least=1, most=300)
    ramp: int = entry("number", default=0, most=120)
    ramp_from: Fraction = entry("share", default=Fraction(0))
    season: tuple[Fraction, ...] | None = entry("season", default=None, most=12)
    voids: Fraction = entry("share", default=Fraction(0), most=0.9)
    void_months: int = entry("number", default=6, least=1, most=60)
    growth: Fraction = entry("share", default=Fraction(0), least=-0.2, most=0.2)
    costs: Fraction = entry("share", default=Fraction(0))
    demand: Fraction | None = entry("share", default=None, most=2)
    follows: Fraction = entry("share", default=Fraction(1, 2), most=2)

    @property
    def follows_demand(self) -> Fraction:
        """How strongly the line follows demand: as the plan says, or as its kind does."""
        return self.demand if self.demand is not None else Fraction(DEMAND.get(self.kind, 0))


@dataclass(frozen=True, kw_only=True)
class Cost(Record):
    """One running cost: net pounds a month in today's money, with the tax that is not claimed back."""

    name: str = entry("text")
    kind: str = entry("choice", choices=COST_KINDS)
    pounds: int = entry("pounds")
    starts: int = entry("number", default=1, least=1, most=300)
    ends: int | None = entry("number", default=None, least=1, most=300)
    vat: Fraction = entry("share", default=Fraction(0))
    recovered: Fraction = entry("share", default=Fraction(0))
    growth: Fraction = entry("share", default=Fraction(0), least=-0.2, most=0.2)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.ends is not None and self.ends < self.starts:
            raise BadInput("A cost cannot end before it starts", "ends", self.ends, f"{self.starts} or later")


@dataclass(frozen=True, kw_only=True)
class Repair(Record):
    """A large repair that a survey foresees: its price today, its year, and every how many years again."""

    name: str = entry("text")
    pounds: int = entry("pounds")
    year: int = entry("number", least=1, most=25)
    every: int | None = entry("number", default=None, least=1, most=25)


@dataclass(frozen=True, kw_only=True)
class Reserves(Record):
    """Money put by: into the repair fund each year, and the reserve below which members are not paid."""

    repair_fund: int = entry("pounds", default=0)
    keep: int = entry("pounds", default=0)


@dataclass(frozen=True, kw_only=True)
class Risks(Record):
    """How far chance may move things: one standard deviation of each, and which move together.

    Our own starting points, not measured ones: change them where you know better. `memory` is how much of
    this month's departure is left a month later. `works_over` is the overrun that is to be expected at all.
    """

    demand: Fraction = entry("share", default=Fraction(3, 20))
    prices: Fraction = entry("share", default=Fraction(3, 200), most=0.2)
    energy: Fraction = entry("share", default=Fraction(1, 4))
    rates: Fraction = entry("share", default=Fraction(1, 100), most=0.2)
    works: Fraction = entry("share", default=Fraction(3, 20))
    works_over: Fraction = entry("share", default=Fraction(0))
    delay: int = entry("number", default=3, most=36)
    shares: Fraction = entry("share", default=Fraction(1, 5))
    repairs: Fraction = entry("share", default=Fraction(1, 5), most=4)
    repair_pounds: int = entry("pounds", default=800_000)
    memory: Fraction = entry("share", default=Fraction(19, 20), most=0.99)
    demand_prices: Fraction = entry("share", default=Fraction(-1, 5), least=-1)
    demand_energy: Fraction = entry("share", default=Fraction(-1, 5), least=-1)
    demand_rates: Fraction = entry("share", default=Fraction(-1, 10), least=-1)
    prices_energy: Fraction = entry("share", default=Fraction(1, 2), least=-1)
    prices_rates: Fraction = entry("share", default=Fraction(1, 2), least=-1)
    energy_rates: Fraction = entry("share", default=Fraction(1, 5), least=-1)

    def __post_init__(self) -> None:
        super().__post_init__()
        names = ("demand", "prices", "energy", "rates")
        held = {name: getattr(self, name) for name in (f"{a}_{b}" for a, b in combinations(names, 2))}
        table = [[held.get(f"{a}_{b}", held.get(f"{b}_{a}", Fraction(1))) for b in names] for a in names]
        if any(_determinant([row[:n] for row in table[:n]]) <= 0 for n in range(1, 5)):
            given = ", ".join(f"{name} {float(value):g}" for name, value in held.items())
            what = "These four things cannot move together like this"
            raise BadInput(what, "demand_prices", given, "smaller numbers, such as 0")


@dataclass(frozen=True, kw_only=True)
class Facts(Record):
    """What funders ask of the group and the building, where a plan's sums do not say it."""

    incorporated: str = entry("choice", default=UNKNOWN, choices=(YES, "soon", NO, UNKNOWN))
    owner: str = entry("choice", default=UNKNOWN, choices=("private", "parish", "public", UNKNOWN))
    holding: str = entry("choice", default=UNKNOWN, choices=("freehold", "lease", UNKNOWN))
    lease_years: int | None = entry("number", default=None, most=999)
    at_risk: str = entry("choice", default=UNKNOWN, choices=(YES, NO, UNKNOWN))
    housing: str = entry("choice", default=UNKNOWN, choices=(NO, "part", "main", UNKNOWN))
    planning: str = entry(
        "choice", default=UNKNOWN, choices=("not-needed", "granted", "far", "early", "not-started", UNKNOWN)
    )
    area_listed: str = entry("choice", default=UNKNOWN, choices=(YES, NO, UNKNOWN))


@dataclass(frozen=True)
class Plan:
    """A whole plan.

    Raises
    ------
    BadInput : it has no spending, income or cost at all, or more than 60 lines of one kind.
    """

    about: About
    spending: tuple[Spending, ...] = ()
    grants: tuple[Grant, ...] = ()
    shares: Shares = Shares()
    loans: tuple[Loan, ...] = ()
    income: tuple[Income, ...] = ()
    costs: tuple[Cost, ...] = ()
    repairs: tuple[Repair, ...] = ()
    reserves: Reserves = Reserves()
    risks: Risks = Risks()
    facts: Facts = Facts()

    def __post_init__(self) -> None:
        for one in fields(self):
            held = getattr(self, one.name)
            if isinstance(held, tuple) and len(held) > MOST_LINES:
                raise BadInput("These are too many lines", one.name, len(held), f"at most {MOST_LINES}")
        if not (self.spending or self.income or self.costs):
            raise BadInput("The plan is empty", "plan", None, "at least one line of spending, income or cost")
        if self.shares.expected and (self.shares.largest or 0) > self.largest_holding:
            raise BadInput(
                "No person may hold more withdrawable shares than this",
                "shares: largest",
                f"{(self.shares.largest or 0) / 100:,.0f}",
                f"at most {self.largest_holding / 100:,.0f} pounds",
            )

    @property
    def largest_holding(self) -> int:
        """Pence that one person may hold in withdrawable shares of a society when the plan begins."""
        return 100 * int(get("fairground.wealth.finance", "largest-holding").on(self.about.start))

    @property
    def months(self) -> int:
        """How many months the plan looks ahead."""
        return 12 * self.about.years

    @property
    def capital(self) -> int:
        """Pence spent at the beginning, in all."""
        return sum(one.total for one in self.spending)


LISTS: dict[str, type[Any]] = {
    "spending": Spending,
    "grants": Grant,
    "loans": Loan,
    "income": Income,
    "costs": Cost,
    "repairs": Repair,
}
SINGLES: dict[str, type[Any]] = {
    "about": About,
    "shares": Shares,
    "reserves": Reserves,
    "risks": Risks,
    "facts": Facts,
}


def half_up(value: Fraction) -> int:
    """Return an exact amount in whole pence; half a penny is rounded up."""
    return int((value + Fraction(1, 2)) // 1)
