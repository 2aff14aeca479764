"""The work on a chosen project: milestones, money spent, photographs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fairground.web.participation.models import Round
from fairground.web.power.budgeting.actions import delivery
from fairground.web.power.budgeting.forms import MilestoneForm, PhotographForm, SpendingForm
from fairground.web.power.budgeting.models import Milestone, Photograph, Project, Spending
from fairground.web.power.budgeting.photographs import KINDS, MOST_BYTES, cleaned
from fairground.web.power.budgeting.views.acting import answered, found, pressed


def _chosen(request: Any, slug: str, pk: UUID) -> tuple[Round, Project, str]:
    round = found(request, slug, "delivery.report")
    project = get_object_or_404(Project.objects.select_related("round"), pk=pk, round=round)
    if project.won_at is None:
        raise Http404("not chosen")
    return round, project, reverse("budgeting:project", args=[slug, pk])


@login_required
def milestone(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Add a step of the work."""
    round, project, page = _chosen(request, slug, pk)
    return answered(
        request,
        MilestoneForm(request.POST or None),
        lambda facts: delivery.add_milestone(project, by=request.user, **facts),
        then=page,
        said="The step is added.",
        title=f"Add a step: {project.title}",
        button="Add",
        round=round,
    )


@login_required
def spend(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Write down money that was spent."""
    round, project, page = _chosen(request, slug, pk)
    return answered(
        request,
        SpendingForm(request.POST or None),
        lambda facts: delivery.spend(project, by=request.user, **facts),
        then=page,
        said="The money is written down.",
        title=f"Money spent: {project.title}",
        button="Write down",
        round=round,
    )


@login_required
def photograph(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Add a photograph, after what it tells beside the picture is taken out."""
    round, project, page = _chosen(request, slug, pk)

    def do(facts: dict[str, Any]) -> None:
        content, kind = cleaned(facts["file"].read(MOST_BYTES + 1))
        delivery.add_photograph(
            project, by=request.user, content=content, kind=kind, description=facts["description"]
        )

    return answered(
        request,
        PhotographForm(request.POST or None, request.FILES or None),
        do,
        then=page,
        said="The photograph is added.",
        title=f"Add a photograph: {project.title}",
        button="Add",
        round=round,
        files=True,
    )


@login_required
@require_POST
def reach(request: Any, slug: str, pk: int) -> HttpResponse:
    """Say that a step is reached today, or take that back."""
    step = get_object_or_404(Milestone, pk=pk, project__round=found(request, slug, "delivery.report"))
    day = None if step.done_on else timezone.localdate()
    return pressed(
        request,
        lambda: delivery.reach(step, by=request.user, done_on=day),
        then=reverse("budgeting:project", args=[slug, step.project_id]),
        said="The step is changed.",
    )


@login_required
@require_POST
def strike(request: Any, slug: str, pk: int) -> HttpResponse:
    """Strike out a line of spending."""
    line = get_object_or_404(Spending, pk=pk, project__round=found(request, slug, "delivery.report"))
    return pressed(
        request,
        lambda: delivery.strike(line, by=request.user),
        then=reverse("budgeting:project", args=[slug, line.project_id]),
        said="The line is struck out.",
    )


@login_required
@require_POST
def remove(request: Any, slug: str, pk: int) -> HttpResponse:
    """Remove a photograph."""
    shown = get_object_or_404(Photograph, pk=pk, project__round=found(request, slug, "delivery.report"))
    page = reverse("budgeting:project", args=[slug, shown.project_id])
    return pressed(
        request,
        lambda: delivery.remove_photograph(shown, by=request.user),
        then=page,
        said="The photograph is removed.",
    )


def picture(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """Send a photograph."""
    shown = get_object_or_404(Photograph, pk=pk, project__round=found(request, slug))
    kind = str(shown.file.name).rsplit(".", 1)[-1]
    return FileResponse(shown.file.open("rb"), content_type=KINDS[kind])
