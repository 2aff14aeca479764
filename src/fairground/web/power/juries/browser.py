"""What a browser holds of a volunteer, sealed with the key of the jury: the site itself keeps none of it.

Rule 1: what somebody types stays in their own browser until they send it; an hour later it is worth nothing.
Rule 2: key and code of a form are made anew when it is looked at for the last time, so that nobody who left a
half-filled form on a shared computer knows the code of whoever sends it.
Rule 3: whoever has shown a code holds a pass to that one volunteer's page for an hour; a new code ends it,
and so does closing the page: on every device, also for a copy of the pass.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from fairground.errors import FairgroundError
from fairground.web.power.juries import sealing
from fairground.web.power.juries.models import Jury, Volunteer

HOUR = 3600
DRAFT, PASS = "draft", "pass"
COOKIE, PLAIN = str.maketrans("+/=", "-_."), str.maketrans("-_.", "+/=")  # letters that need no quotes


def held(request: Any, jury: Jury, what: str) -> dict[str, Any]:
    """Return what the browser holds; nothing where it holds nothing, or something old, odd or another's."""
    kept = request.COOKIES.get(_name(jury, what), "")
    try:
        facts = sealing.unseal(jury, kept.translate(PLAIN), what) if kept else {}
    except (FairgroundError, ValueError):
        return {}
    return facts if timezone.now().timestamp() - facts.get("at", 0) < HOUR else {}


def hold(response: HttpResponse, jury: Jury, what: str, facts: dict[str, Any]) -> HttpResponse:
    """Let the browser hold this for an hour from now."""
    sealed = sealing.seal(jury, {**facts, "at": int(timezone.now().timestamp())}, what)
    response.set_cookie(
        _name(jury, what), sealed.translate(COOKIE), max_age=HOUR, httponly=True, samesite="Lax",
        secure=settings.HTTPS, path=_path(jury),
    )  # fmt: skip
    return response


def let_go(response: HttpResponse, jury: Jury, what: str) -> HttpResponse:
    """Let the browser forget it."""
    response.delete_cookie(_name(jury, what), path=_path(jury), samesite="Lax")
    return response


def give_pass(response: HttpResponse, person: Volunteer) -> HttpResponse:
    """Let this browser see the page of one volunteer."""
    facts = {"person": str(person.pk), "code": person.code_hash[:16], "closed": person.closed}
    return hold(response, person.jury, PASS, facts)


def person_of(request: Any, jury: Jury) -> Volunteer | None:
    """Return the volunteer whose page this browser may see, if any."""
    facts = held(request, jury, PASS)
    if not facts:
        return None
    found = jury.volunteers.filter(pk=facts["person"], withdrawn_at=None).first()
    if found is None or not found.sealed:
        return None
    holds = found.code_hash[:16] == facts["code"] and found.closed == facts.get("closed")
    return found if holds else None


def private(response: HttpResponse) -> HttpResponse:
    """Let no browser and no proxy keep a copy of the page."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def _name(jury: Jury, what: str) -> str:
    return f"jury_{what}_{jury.pk}"


def _path(jury: Jury) -> str:
    return f"/power/juries/{jury.round.slug}/"
