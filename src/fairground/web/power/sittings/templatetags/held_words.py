"""Says of a file what kind and how large it is, and of an address on whose site it is, in templates."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import template

register = template.Library()
NAMES = {"odt": "document", "docx": "Word document", "txt": "text", "jpg": "picture", "webp": "picture"}


@register.filter
def file_words(held: Any) -> str:
    """Return the kind and the size of a file, as "PDF, 120 KB"."""
    kilobytes = max(1, round(held.size / 1024))
    size = f"{kilobytes} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"
    return f"{NAMES.get(held.kind, held.kind.upper())}, {size}"


@register.filter
def site(address: str) -> str:
    """Return the site that an address is on."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
