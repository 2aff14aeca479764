"""Gives the numbers of a tally with the words that stand over them, in templates."""

from __future__ import annotations

from django import template

from fairground.web.power.sittings.standing import Tally

register = template.Library()
WORDS = {
    "asked": "Asked", "accepted": "Accepted", "partly": "In part", "rejected": "Rejected",
    "unanswered": "No answer", "late": "Late", "done": "Done", "partly_done": "Partly done",
    "not_done": "Not done", "dropped": "Dropped", "unknown": "Not reported",
}  # fmt: skip


@register.filter
def cells(tally: Tally) -> list[tuple[str, int]]:
    """Return each number of a tally with its words, in order."""
    return [(words, getattr(tally, name)) for name, words in WORDS.items()]
