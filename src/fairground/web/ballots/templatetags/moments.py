"""Writes when a vote opens and closes, so that nobody takes the midnight of a day for its evening."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def opening(moment: datetime) -> str:
    """Return "14 December 2026" for its first minute, and "14 December 2026 at 09:00" else."""
    local = timezone.localtime(moment)
    day = date_format(local, "j F Y")
    return day if local.time() == time() else f"{day} at {local:%H:%M}"


@register.filter
def closing(moment: datetime) -> str:
    """Return "the end of 13 December 2026" for the midnight after it, else "18:00 on 13 December 2026"."""
    local = timezone.localtime(moment)
    if local.time() == time():
        return f"the end of {date_format(local - timedelta(days=1), 'j F Y')}"
    return f"{local:%H:%M} on {date_format(local, 'j F Y')}"
