"""The officers' page of those who stand ready: choose them once, see how good they are, let them step in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.web.power.juries.views.acting import answered, found, pressed
from fairground.web.power.lots.actions import lottery, standby
from fairground.web.power.lots.forms import StandbyForm
from fairground.web.power.lots.models import Standby


@login_required
def page(request: Any, slug: str) -> HttpResponse:
    """Show those who stand ready, or choose them."""
    jury = found(request, slug, "draw.run")
    made = Standby.objects.filter(jury=jury).first()
    facts = {
        "jury": jury, "round": jury.round, "made": made, "ready": standby.ready(jury),
        "people": made.people.select_related("volunteer") if made else [], "free": lottery.free(jury),
    }  # fmt: skip
    return answered(
        request, StandbyForm(request.POST or None, initial=StandbyForm.first(jury)),
        lambda given: standby.choose(jury, by=request.user, **given),
        then=reverse("lots:standby", args=[slug]), said="They are chosen.",
        template="lots/standby.html", **facts,
    )  # fmt: skip


@login_required
@require_POST
def step_in(request: Any, slug: str) -> HttpResponse:
    """Give free places to those who stand ready."""
    jury = found(request, slug, "draw.run")
    return pressed(
        request, lambda: standby.step_in(jury, by=request.user), then=reverse("lots:seats", args=[slug]),
        said="They have the free places. Ask them now.",
    )  # fmt: skip
