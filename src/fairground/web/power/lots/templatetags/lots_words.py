"""How a draw's numbers are written in pages."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django import template

register = template.Library()


@register.filter
def hundredths(share: float | None) -> str:
    """Return a share in whole percent; a dash where it is left out, or not known."""
    return "–" if share is None else f"{share:.0%}"


@register.filter
def announced_and_read(draw: Any) -> list[tuple[str, str]]:
    """Return each public value that was announced, with what was read out, if it was."""
    return list(zip_longest(draw.announced, draw.values, fillvalue=""))


@register.filter
def tenths(share: float | None) -> str:
    """Return a share in percent with one decimal."""
    return "–" if share is None else f"{share:.1%}"


@register.filter
def points(share: float) -> str:
    """Return a difference of shares in parts of a hundred, with one decimal."""
    return f"{100 * share:.1f}"


@register.filter
def of_ten_thousand(share: float) -> str:
    """Return how many of ten thousand people a share is."""
    return f"{share * 10_000:.1f}"
