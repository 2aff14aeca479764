"""How a page of the register is found, how its form is acted on, and how a single button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from fairground.web import acting
from fairground.web.acting import pressed
from fairground.web.wealth.register.models import Asset, Register
from fairground.web.wealth.register.permissions import holds, may_see, need

__all__ = ["answered", "asset_of", "pressed", "register_of", "works_here"]


def register_of(request: Any, slug: str, deed: str = "") -> Register:
    """Return the register of an address if this person may see it and may do the deed, where one is named."""
    register = get_object_or_404(Register, slug=slug)
    if not may_see(request.user, register):
        raise Http404(slug)
    if deed:
        need(request.user, deed, register)
    return register


def asset_of(request: Any, pk: UUID, deed: str = "") -> Asset:
    """Return the asset of an address; one of an undone list still has its page, and says so."""
    asset = get_object_or_404(Asset.objects.select_related("register"), pk=pk)
    if not may_see(request.user, asset.register):
        raise Http404(str(pk))
    if deed:
        need(request.user, deed, asset.register)
    return asset


def works_here(request: Any, register: Register) -> bool:
    """Say whether this person works on the register."""
    return bool(holds(request.user, register) & {"officer", "moderator"})


def answered(
    request: Any, form: forms.Form, do: Callable[[dict[str, Any]], Any], *, then: str, **facts: Any
) -> HttpResponse:
    """Do what a form asks and go on, or show the form with what is wrong; `do` may say where to go on."""
    facts = {"template": "register/form.html", "back": then, **facts}
    return acting.answered(
        request, form, do, then=lambda done: done if isinstance(done, str) else then, **facts
    )
