"""Gives the numbers of a tally with their words, and says hours and pounds for an hour, in templates."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from django import template

from fairground.web.power.sittings.standing import Tally

register = template.Library()
WORDS = {
    "asked": "Asked", "accepted": "Accepted", "partly": "In part", "rejected": "Rejected",
    "unanswered": "No answer", "late": "Late", "done": "Done", "partly_done": "Partly done",
    "not_done": "Not done", "dropped": "Dropped", "unknown": "Not reported", "overdue": "Promise late",
}  # fmt: skip


@register.filter
def cells(tally: Tally) -> list[tuple[str, int]]:
    """Return each number of a tally with its words, in order."""
    return [(words, getattr(tally, name)) for name, words in WORDS.items()]


@register.filter
def hours(minutes: int) -> str:
    """Return minutes as hours, as "6 hours" or "1 hour 30 minutes"."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} hour{'s' if whole != 1 else ''}"] if whole else []
    return " ".join([*parts, f"{rest} minutes"] if rest else parts)


@register.filter
def an_hour(pounds: Fraction) -> str:
    """Return exact pounds as money, cut after the pence so that no shortfall is rounded away."""
    pence = floor(pounds * 100)
    return f"£{pence // 100}.{pence % 100:02d}"
