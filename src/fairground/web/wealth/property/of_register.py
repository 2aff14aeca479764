"""What a case takes over from an asset of the register: its name, where it is, and in which council's area.

Only an asset that everyone may see is taken: one of a published register, on a list that still counts.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fairground.web.wealth.property import kept
from fairground.web.wealth.register.models import Asset


def asset(text: str) -> Asset | None:
    """Return the asset with an identifier that an address carries, or None where there is none to see."""
    try:
        id = UUID(text)
    except ValueError:
        return None
    shown = Asset.objects.filter(hidden_at=None).exclude(register__published_at=None)
    return shown.select_related("register").filter(pk=id).first()


def told(text: str) -> dict[str, Any]:
    """Return what a form may be filled in with from an asset; nothing where there is none."""
    found = asset(text)
    if found is None:
        return {}
    code = found.district_code or found.register.place_code
    return {
        "asset": str(found.pk),
        "title": found.name[:120],
        "where": found.where[:200],
        "place": kept.place_name(code),
        "asset_reference": found.council_id,
    }
