"""Writes exact amounts of pounds, in templates."""

from __future__ import annotations

from fractions import Fraction

from django import template

from fairground.web.power.budgeting.templatetags.money import pounds

register = template.Library()


@register.filter
def in_pounds(amount: Fraction) -> str:
    """Return an exact amount of pounds as £25,000 or £25,000.50, rounded down to whole pence."""
    return pounds(int(amount * 100))
