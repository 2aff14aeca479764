"""Asking councils for information: by which day each must answer, and where each request stands on a day.

A council must answer promptly, and not later than the twentieth working day after it receives the request
(Freedom of Information Act 2000, section 10(1)); a day that is a bank holiday in any part of the kingdom is
no working day (section 10(6)). The length is that of the procedure `information-request`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairground.errors import BadInput
from fairground.wealth.property.calendar import last_day
from fairground.wealth.property.procedure import procedure

__all__ = ["OUTCOMES", "STATES", "Asked", "answer_by", "standing"]

OUTCOMES = ("answered", "partial", "refused")
STATES = ("to-send", "sent", "acknowledged", "overdue", *OUTCOMES)


@dataclass(frozen=True)
class Asked:
    """One request: when it was sent, when the council said that it has it, and what came of it and when.

    Raises
    ------
    BadInput : an outcome without its day or the reverse, an unknown outcome, or days in the wrong order.
    """

    sent: date | None = None
    acknowledged: date | None = None
    outcome: str = ""
    ended: date | None = None

    def __post_init__(self) -> None:
        if self.outcome and self.outcome not in OUTCOMES:
            raise BadInput("A request has no such outcome", "outcome", self.outcome, ", ".join(OUTCOMES))
        if bool(self.outcome) != bool(self.ended):
            field, allowed = ("ended", "the day") if self.outcome else ("outcome", ", ".join(OUTCOMES))
            raise BadInput("An outcome and its day belong together", field, "", allowed)
        for field, day in (("acknowledged", self.acknowledged), ("ended", self.ended)):
            if day is not None and self.sent is None:
                raise BadInput("A request that was not sent has no answer", field, day, "the day it was sent")
            if day is not None and self.sent is not None and day < self.sent:
                raise BadInput("This was before the request was sent", field, day, f"{self.sent} or later")


def answer_by(sent: date) -> date:
    """Return the last day on which a council may answer a request that it received on a day.

    Raises
    ------
    BadInput : a day of years whose bank holidays we do not know.

    >>> answer_by(date(2026, 12, 1))
    datetime.date(2026, 12, 31)
    """
    period = next(one for one in procedure("information-request").periods if one.id == "answer")
    return last_day(sent, period.length)


def standing(asked: Asked, on: date) -> str:
    """Return where a request stands on a day: one of `STATES`.

    >>> standing(Asked(sent=date(2026, 9, 1)), date(2026, 9, 29))
    'sent'
    >>> standing(Asked(sent=date(2026, 9, 1)), date(2026, 9, 30))
    'overdue'
    """
    if asked.sent is None or asked.sent > on:
        return "to-send"
    if asked.ended is not None and asked.ended <= on:
        return asked.outcome
    if on > answer_by(asked.sent):
        return "overdue"
    return "acknowledged" if asked.acknowledged is not None and asked.acknowledged <= on else "sent"
