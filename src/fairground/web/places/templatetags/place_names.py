"""The name of a place for its code, in templates."""

from __future__ import annotations

from django import template

from fairground.errors import FairgroundError
from fairground.web.places import bridge

register = template.Library()


@register.filter
def place_name(code: str) -> str:
    """Return the name of the place with a code, or the code itself where it is in no register."""
    try:
        place = bridge.name(code)
    except FairgroundError:
        return code
    return place.name if place else code
