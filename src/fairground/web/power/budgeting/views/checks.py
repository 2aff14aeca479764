"""The work on ideas: decide on one, decide an appeal, bring together, take apart, put back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.web.power.budgeting.actions import ideas, rulings
from fairground.web.power.budgeting.forms import AppealDecisionForm, MergeForm, RulingForm, SplitForm
from fairground.web.power.budgeting.models import ALIVE, Appeal, Idea, Ruling
from fairground.web.power.budgeting.views.acting import answered, found, pressed


@login_required
def rule(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Decide whether an idea keeps the rules."""
    round = found(request, slug, "ideas.moderate")
    idea = get_object_or_404(Idea, pk=pk, round=round)
    return answered(
        request,
        RulingForm(request.POST or None),
        lambda facts: rulings.rule(
            idea, by=request.user, accepted=facts["verdict"] == "yes", reason=facts["reason"]
        ),
        then=reverse("budgeting:idea", args=[slug, pk]),
        said="The decision is kept, and the author is told.",
        title=f"Decide: {idea.title}",
        button="Decide",
        round=round,
        lead=idea.words,
    )


@login_required
@require_POST
def take_back(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take a decision of mine back."""
    ruling = get_object_or_404(Ruling, pk=pk, idea__round=found(request, slug, "ideas.moderate"))
    return pressed(
        request,
        lambda: rulings.take_back_ruling(ruling, by=request.user),
        then=reverse("budgeting:idea", args=[slug, ruling.idea_id]),
        said="The decision is taken back.",
    )


@login_required
def decide_appeal(request: Any, slug: str, pk: int) -> HttpResponse:
    """Decide an appeal against somebody else's decision."""
    round = found(request, slug, "ideas.moderate")
    made = get_object_or_404(Appeal.objects.select_related("ruling__idea"), pk=pk, ruling__idea__round=round)
    idea = made.ruling.idea
    return answered(
        request,
        AppealDecisionForm(request.POST or None),
        lambda facts: rulings.decide_appeal(
            made, by=request.user, granted=facts["verdict"] == "yes", reason=facts["reason"]
        ),
        then=reverse("budgeting:idea", args=[slug, idea.pk]),
        said="The appeal is decided, and the author is told.",
        title=f"Decide the appeal: {idea.title}",
        button="Decide",
        round=round,
        template="budgeting/appeal.html",
        appeal=made,
        barred=rulings.barred(made, request.user),
        idea=idea,
    )


@login_required
def merge(request: Any, slug: str) -> HttpResponse:
    """Bring ideas together."""
    round = found(request, slug, "ideas.merge")
    offered = round.ideas.filter(standing__in=ALIVE, project=None).order_by("title")
    form = MergeForm(request.POST or None, offered=offered, initial={"ideas": request.GET.getlist("idea")})

    def do(facts: dict[str, Any]) -> None:
        chosen = list(offered.filter(pk__in=facts.pop("ideas")))
        ideas.merge_ideas(round, chosen, by=request.user, **facts)

    return answered(
        request,
        form,
        do,
        then=reverse("budgeting:ideas", args=[slug]),
        said="The ideas are brought together.",
        title="Bring ideas together",
        button="Bring together",
        round=round,
        template="budgeting/merge.html",
        lead="Each idea stays readable and leads to the new one. Each author is told.",
    )


@login_required
def split(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Take an idea apart."""
    round = found(request, slug, "ideas.merge")
    idea = get_object_or_404(Idea, pk=pk, round=round)
    form = SplitForm(request.POST or None)
    return answered(
        request,
        form,
        lambda facts: ideas.split_idea(idea, form.parts(), by=request.user, reason=facts["reason"]),
        then=reverse("budgeting:idea", args=[slug, pk]),
        said="The idea is taken apart.",
        title=f"Take apart: {idea.title}",
        button="Take apart",
        round=round,
        lead=idea.words,
    )


@login_required
@require_POST
def put_back(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Undo what brought ideas together or took one apart."""
    idea = get_object_or_404(Idea, pk=pk, round=found(request, slug, "ideas.merge"))
    return pressed(
        request,
        lambda: ideas.put_back(idea, by=request.user),
        then=reverse("budgeting:ideas", args=[slug]),
        said="The ideas are as they were.",
    )
