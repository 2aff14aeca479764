"""Buying it: whether a community's plan for a building holds, by month over 25 years and with chance.

A plan is a record; `cash_flow` walks it once as expected, `simulate` ten thousand times with other luck;
`levers`, `causes` and `break_even` say what would change the verdict, `match` which funders it fits.

>>> from datetime import date
>>> hall = Plan(About(name="Hall", start=date(2027, 4, 1), years=1, opening=50_000),
...             income=(Income(name="Hire", kind="hire", pounds=40_000),),
...             costs=(Cost(name="Heat", kind="energy", pounds=45_000),))
>>> flow = cash_flow(hall)
>>> flow.first_dry, int(flow.free[-1])
(11, -10000)
"""

from fairground.wealth.finance.cash_flow import CashFlow, Schedule, cash_flow, payments, schedule
from fairground.wealth.finance.funders import Finding, Funder, Match, Rule, funder, funders, match
from fairground.wealth.finance.plan import (
    About,
    Cost,
    Facts,
    Grant,
    Income,
    Loan,
    Plan,
    Repair,
    Reserves,
    Risks,
    Shares,
    Spending,
)
from fairground.wealth.finance.plan_file import plan_of, read, record_of, tables, write
from fairground.wealth.finance.readiness import Item, readiness
from fairground.wealth.finance.simulation import Draws, Outcomes, certain, simulate
from fairground.wealth.finance.viability import (
    Lever,
    Part,
    break_even,
    causes,
    chance_dry,
    levers,
    needed,
    verdict,
)

__all__ = [
    "About",
    "CashFlow",
    "Cost",
    "Draws",
    "Facts",
    "Finding",
    "Funder",
    "Grant",
    "Income",
    "Item",
    "Lever",
    "Loan",
    "Match",
    "Outcomes",
    "Part",
    "Plan",
    "Repair",
    "Reserves",
    "Risks",
    "Rule",
    "Schedule",
    "Shares",
    "Spending",
    "break_even",
    "cash_flow",
    "causes",
    "certain",
    "chance_dry",
    "funder",
    "funders",
    "levers",
    "match",
    "needed",
    "payments",
    "plan_of",
    "read",
    "readiness",
    "record_of",
    "schedule",
    "simulate",
    "tables",
    "verdict",
    "write",
]
