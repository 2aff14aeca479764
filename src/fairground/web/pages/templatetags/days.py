"""A day as people write it, in templates."""

from __future__ import annotations

import re
from datetime import date

from django import template
from django.utils.dateformat import format as written

register = template.Library()
DAY, MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")


@register.filter
def day_in_words(text: str) -> str:
    """Return a text with its days and months in words: “2025-10-30” is 30 October 2025.

    What is no day that exists stays as it is: “each quarter”, “2020s”.
    """
    try:
        whole = DAY.sub(lambda found: written(date.fromisoformat(found[0]), "j F Y"), text)
        return MONTH.sub(lambda found: written(date.fromisoformat(f"{found[0]}-01"), "F Y"), whole)
    except ValueError:
        return text
