"""Writes whole pence as pounds, in templates."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    """Return 2500000 as £25,000 and 2500050 as £25,000.50."""
    if pence is None:
        return "no price yet"
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"
