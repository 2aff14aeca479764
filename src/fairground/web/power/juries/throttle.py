"""How often one network address may try with the codes and the forms of one jury."""

from __future__ import annotations

from typing import Any

from fairground.web import throttle
from fairground.web.power.juries.models import Jury
from fairground.web.throttle import HOUR, Limit

CODES = Limit("jury-code", 10, 600, "Too many wrong codes. Wait ten minutes, then try again")
SENT = Limit(
    "jury-sent", 40, HOUR,
    "Many people have volunteered from this connection. Wait an hour, or phone the officers",
)  # fmt: skip
TWICE = Limit("jury-twice", 5, HOUR, "Too many tries. Wait an hour, or phone the officers")


def need_patience(request: Any, jury: Jury, limit: Limit) -> None:
    """Refuse another try where there were too many.

    Raises
    ------
    BadInput : with what to do.
    """
    throttle.need_patience(request, limit, jury.pk)


def count(request: Any, jury: Jury, limit: Limit) -> None:
    """Count one try."""
    throttle.count(request, limit, jury.pk)
