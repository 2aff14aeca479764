"""What the public owns: the community's say before it is sold, and its right to buy, with every date.

A legal procedure is data; a case is what happened in it. `follow` says where the case stands on a day, what
may happen next, who must be told and what is barred, each with the provision that says so. `estimate` says
how much was sold in all when only some councils have answered.

>>> from datetime import date
>>> sale = [Event("nominate", date(2026, 1, 5)), Event("list", date(2026, 2, 2)),
...         Event("notice-of-sale", date(2026, 9, 1))]
>>> case = follow(procedure("acv-2011"), sale, date(2026, 9, 10))
>>> [(item.name, item.until) for item in case.barred]
[('The owner sells to anyone else', datetime.date(2026, 10, 12))]
"""

from fairground.wealth.property.calendar import Length, bank_holidays, last_day
from fairground.wealth.property.cases import Case, Event, follow
from fairground.wealth.property.estimation import Estimate, Survey, estimate, survey, tipping_point
from fairground.wealth.property.procedure import (
    EventKind,
    Nominator,
    Period,
    Procedure,
    procedure,
    procedures,
)
from fairground.wealth.property.requests import Asked, answer_by, standing
from fairground.wealth.property.response import Balance, Response, response

__all__ = [
    "Asked",
    "Balance",
    "Case",
    "Estimate",
    "Event",
    "EventKind",
    "Length",
    "Nominator",
    "Period",
    "Procedure",
    "Response",
    "Survey",
    "answer_by",
    "bank_holidays",
    "estimate",
    "follow",
    "last_day",
    "procedure",
    "procedures",
    "response",
    "standing",
    "survey",
    "tipping_point",
]
