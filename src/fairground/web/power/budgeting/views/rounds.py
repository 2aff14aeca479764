"""The rounds: all of them, one with what can be done now, and setting one up."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.web.participation import actions
from fairground.web.participation.models import Kind, Round, RoundRole
from fairground.web.participation.permissions import may, places_of_office
from fairground.web.power.budgeting.actions import pots
from fairground.web.power.budgeting.models import Pot
from fairground.web.power.budgeting.overview import now_of, overview
from fairground.web.power.budgeting.setup_forms import (
    NewRoundForm,
    PersonForm,
    PhasesForm,
    PotForm,
    RoundForm,
)
from fairground.web.power.budgeting.views.acting import answered, found, pressed


def index(request: HttpRequest) -> HttpResponse:
    """Show every published round, and to those who work on one, theirs."""
    rounds = Round.objects.filter(kind=Kind.BUDGET).prefetch_related("phases")
    mine = (
        rounds.filter(roles__user=request.user, roles__revoked_at=None)
        if request.user.is_authenticated
        else []
    )
    facts = {
        "rounds": [(round, now_of(round)) for round in rounds.exclude(published_at=None)],
        "unseen": [round for round in dict.fromkeys(mine) if round.published_at is None],
        "offices": places_of_office(request.user),
    }
    return render(request, "budgeting/index.html", facts)


def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one round: its phases with their dates, and what can be done now."""
    round = found(request, slug)
    return render(request, "budgeting/round.html", {"round": round, **overview(round, request.user)})


@login_required
def new(request: Any) -> HttpResponse:
    """Set up a round."""
    places = places_of_office(request.user)
    if not places:
        raise PermissionDenied
    form = NewRoundForm(request.POST or None, places=places)
    made: list[Round] = []

    def do(facts: dict[str, Any]) -> None:
        made.append(actions.create_round(by=request.user, **facts))

    answer = answered(
        request,
        form,
        do,
        then=reverse("budgeting:index"),
        said="The round is set up. Nobody else sees it yet.",
        title="Set up a round",
        button="Set up the round",
    )
    if made:
        answer["Location"] = reverse("budgeting:office", args=[made[0].slug])
    return answer


@login_required
def change(request: Any, slug: str) -> HttpResponse:
    """Change the words of a round and the council's budget."""
    round = found(request, slug, "round.manage")
    first = {name: getattr(round, name) for name in actions.CHANGEABLE}
    if round.council_budget_pence:
        first["council_budget_pence"] = f"{round.council_budget_pence / 100:.2f}"
    return answered(
        request,
        RoundForm(request.POST or None, initial=first),
        lambda facts: actions.change_round(round, by=request.user, **facts),
        then=reverse("budgeting:office", args=[slug]),
        said="The round is changed.",
        title="Change the round",
        button="Save",
        round=round,
    )


@login_required
def phases(request: Any, slug: str) -> HttpResponse:
    """Give the phases their dates."""
    round = found(request, slug, "round.manage")
    form = PhasesForm(request.POST or None, round=round)
    return answered(
        request,
        form,
        lambda _: actions.set_phases(round, form.dates(), by=request.user),
        then=reverse("budgeting:office", args=[slug]),
        said="The dates are saved.",
        title="Dates of the phases",
        button="Save the dates",
        round=round,
        lead="A phase that you leave empty does not take place. Phases may overlap, but begin in this order.",
    )


@login_required
@require_POST
def publish(request: Any, slug: str) -> HttpResponse:
    """Show the round to everyone."""
    round = found(request, slug, "round.manage")
    return pressed(
        request,
        lambda: actions.publish_round(round, by=request.user),
        then=reverse("budgeting:office", args=[slug]),
        said="Everyone can see the round now.",
    )


@login_required
def people(request: Any, slug: str) -> HttpResponse:
    """Show who holds a role in the round, and give one."""
    round = found(request, slug, "round.manage")
    form = PersonForm(request.POST or None)
    return answered(
        request,
        form,
        lambda facts: actions.give_round_role(round, form.person, facts["role"], by=request.user),
        then=reverse("budgeting:people", args=[slug]),
        said="The role is given.",
        round=round,
        template="budgeting/people.html",
        roles=round.roles.filter(revoked_at=None).select_related("user").order_by("role", "granted_at"),
    )


@login_required
@require_POST
def take_role(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take a role back."""
    round = found(request, slug, "round.manage")
    given = get_object_or_404(RoundRole, pk=pk, round=round)
    return pressed(
        request,
        lambda: actions.take_round_role(given, by=request.user),
        then=reverse("budgeting:people", args=[slug]),
        said="The role is taken back.",
    )


@login_required
def pots_page(request: Any, slug: str) -> HttpResponse:
    """Show the pots, and add one."""
    round = found(request, slug, "round.manage")
    return answered(
        request,
        PotForm(request.POST or None),
        lambda facts: pots.add_pot(round, by=request.user, **facts),
        then=reverse("budgeting:pots", args=[slug]),
        said="The pot is added.",
        round=round,
        template="budgeting/pots.html",
        changeable=may(request.user, "pots.change", round),
    )


@login_required
@require_POST
def remove_pot(request: Any, slug: str, pk: int) -> HttpResponse:
    """Remove a pot."""
    pot = get_object_or_404(Pot, pk=pk, round=found(request, slug, "round.manage"))
    return pressed(
        request,
        lambda: pots.remove_pot(pot, by=request.user),
        then=reverse("budgeting:pots", args=[slug]),
        said="The pot is removed.",
    )
