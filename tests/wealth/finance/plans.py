"""Plans that the tests of community finance start from."""

from datetime import date
from fractions import Fraction

from fairground.wealth.finance import (
    About,
    Cost,
    Grant,
    Income,
    Loan,
    Plan,
    Repair,
    Reserves,
    Shares,
    Spending,
)

START = date(2027, 4, 1)


def about(**more) -> About:
    return About(**{"name": "Hall", "start": START, "inflation": Fraction(0), **more})


def hall(years: int = 5, **more) -> Plan:
    """A plan with one of everything; some of it varies, some stands empty at times."""
    parts = {
        "about": about(years=years, opening=1_200_000, inflation=Fraction(1, 50)),
        "spending": (
            Spending(name="Building", kind="purchase", pounds=18_500_000),
            Spending(
                name="Roof", kind="works", pounds=6_000_000, month=2, months=5, vat=Fraction(1, 5),
                recovered=Fraction(3, 10), contingency=Fraction(1, 10),
            ),
        ),
        "grants": (
            Grant(name="Big", pounds=16_000_000, status="applied"),
            Grant(name="Start", pounds=2_000_000, purpose="running"),
        ),
        "shares": Shares(
            expected=7_000_000, minimum=5_000_000, optimum=7_000_000, maximum=9_000_000,
            interest=Fraction(3, 100), withdrawal=Fraction(1, 20), holiday=2,
        ),
        "loans": (
            Loan(name="Fixed", pounds=2_000_000, term=60, holiday=6, rate=Fraction(6, 100)),
            Loan(name="Varied", pounds=3_000_000, term=120, rate=Fraction(7, 100), variable="yes", month=2),
        ),
        "income": (
            Income(name="Hire", kind="hire", pounds=650_000, occupancy=Fraction(1, 2), starts=6, ramp=12),
            Income(name="Let", kind="tenancy", pounds=90_000, voids=Fraction(1, 10), starts=4),
            Income(name="Friends", kind="members", pounds=35_000, season=tuple(map(Fraction, range(1, 13)))),
        ),
        "costs": (
            Cost(name="Staff", kind="staff", pounds=200_000, starts=3),
            Cost(name="Heat", kind="energy", pounds=50_000, vat=Fraction(1, 20)),
        ),
        "repairs": (Repair(name="Boiler", pounds=500_000, year=2, every=2),),
        "reserves": Reserves(repair_fund=300_000, keep=500_000),
    }  # fmt: skip
    return Plan(**{**parts, **more})
