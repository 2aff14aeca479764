"""The two officers who write down what a draw gave: what each is, and whether they used one browser.

One person can hold two accounts. That cannot be ruled out, but it can be told: everyone sees in which role
each officer acted, and where both wrote in one browser within an hour. A browser is known by a mark that
means nothing, kept for that hour and not with the draw.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse

from fairground.web.accounts.models import Role, RoleGrant
from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.juries import sealing
from fairground.web.power.juries.models import Jury
from fairground.web.power.lots import bridge
from fairground.web.power.lots.models import Draw, Reading

HOUR = 3600
COOKIE = "jury_draw_browser"


def role_of(user: Any, jury: Jury) -> str:
    """Return what an officer is, as everyone may read it: an office in the place, or of this jury only."""
    held = RoleGrant.objects.filter(user=user, revoked_at=None, place_code=jury.round.place_code)
    roles = set(held.values_list("role", flat=True)) - {Role.RESIDENT}
    names = " and ".join(sorted(str(Role(role).label).lower() for role in roles))
    where = place_name(jury.round.place_code)
    return f"{names} of {where}" if names else "officer of this jury, with no office in the place"


def mark_of(request: Any) -> str:
    """Return the mark of a browser, a new one where it has none."""
    return str(request.COOKIES.get(COOKIE, ""))[:64] or secrets.token_hex(16)


def keep_mark(response: HttpResponse, mark: str, *, secure: bool) -> HttpResponse:
    """Let the browser keep its mark for an hour, also when its user signs out."""
    response.set_cookie(
        COOKIE, mark, max_age=HOUR, httponly=True, samesite="Lax", secure=secure, path="/power/"
    )
    return response


def same_browser(draw: Draw, by: Any, mark: str) -> bool:
    """Say whether another officer wrote a draw's values down with this mark within the hour; remember it."""
    if not mark:
        return False
    key = "jury-draw-browser:" + sealing.digest(draw.jury, f"{draw.pk} {mark}")[:40]
    seen = set(cache.get(key, ()))
    cache.set(key, sorted(seen | {str(by.pk)}), HOUR)
    return bool(seen - {str(by.pk)})


def told(draw: Draw) -> list[Reading]:
    """Return the readings that made a draw: the last of each officer who wrote what it was drawn from."""
    if not draw.drawn_at:
        return []
    last = {one.by_id: one for one in draw.readings.all()}.values()
    return [one for one in last if one.role and bridge.same_values(one.values, draw.values, draw)]
