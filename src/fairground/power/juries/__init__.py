"""Citizens' juries: drawn by lot so that nobody's chance could be raised without lowering a smaller one.

>>> from fairground.power.juries import Pool, Quotas, Target, Volunteer, select
>>> pool = Pool(("age",), tuple(Volunteer(f"p{n}", ("young" if n < 2 else "old",)) for n in range(6)))
>>> half = Quotas(2, (Target("age", "young", 1, 1), Target("age", "old", 1, 1)))
>>> [round(float(chance), 3) for chance in select(pool, half).chances]
[0.5, 0.5, 0.25, 0.25, 0.25, 0.25]
"""

from fairground.power.juries.addresses import Address, address_of
from fairground.power.juries.alternates import Alternates, Off, Staying, alternates, off
from fairground.power.juries.bounds import Bound, gap_of
from fairground.power.juries.conflicts import Change, Repair, clashing, obstacles, repairs
from fairground.power.juries.draw import code, key, picked
from fairground.power.juries.expected import Expected, expect_pool
from fairground.power.juries.households import Homes, homes
from fairground.power.juries.letters import (
    WAYS,
    LetterWay,
    Stratum,
    chosen_addresses,
    fewest_letters,
    share_letters,
)
from fairground.power.juries.leximin import Level, unreachable
from fairground.power.juries.lottery import Lottery
from fairground.power.juries.pool import Pool, Quotas, Target, Volunteer
from fairground.power.juries.replacement import to_replace
from fairground.power.juries.rounding import numbered
from fairground.power.juries.rules import RULES, JuryRule
from fairground.power.juries.selection import Selection, select
from fairground.power.juries.standing import Seats, Share, let_out, plan, shares_of, targets_for
from fairground.power.juries.table_search import seat
from fairground.power.juries.tables import TablePlan, Tables, Wishes, even_tables, met_before
from fairground.power.juries.terms import History, Turn, leaving
from fairground.power.juries.throws import DRAW_WAYS, DrawWay, draw_way, number_chosen, throws_of
from fairground.power.juries.verification import Fault, Verified, left_out, verify

__all__ = [
    "DRAW_WAYS",
    "RULES",
    "WAYS",
    "Address",
    "Alternates",
    "Bound",
    "Change",
    "DrawWay",
    "Expected",
    "Fault",
    "History",
    "Homes",
    "JuryRule",
    "LetterWay",
    "Level",
    "Lottery",
    "Off",
    "Pool",
    "Quotas",
    "Repair",
    "Seats",
    "Selection",
    "Share",
    "Staying",
    "Stratum",
    "TablePlan",
    "Tables",
    "Target",
    "Turn",
    "Verified",
    "Volunteer",
    "Wishes",
    "address_of",
    "alternates",
    "chosen_addresses",
    "clashing",
    "code",
    "draw_way",
    "even_tables",
    "expect_pool",
    "fewest_letters",
    "gap_of",
    "homes",
    "key",
    "leaving",
    "left_out",
    "let_out",
    "met_before",
    "number_chosen",
    "numbered",
    "obstacles",
    "off",
    "picked",
    "plan",
    "repairs",
    "seat",
    "select",
    "share_letters",
    "shares_of",
    "targets_for",
    "throws_of",
    "to_replace",
    "unreachable",
    "verify",
]
