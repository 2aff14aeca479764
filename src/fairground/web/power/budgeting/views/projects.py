"""Projects: the list, one project, taking an idea forward, working it out, publishing what was found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from fairground.report.charts import Point
from fairground.report.charts import points as map_of
from fairground.web.participation.models import Round
from fairground.web.participation.permissions import may
from fairground.web.power.budgeting.actions import projects
from fairground.web.power.budgeting.forms import FindingForm, ForwardForm, ReasonForm
from fairground.web.power.budgeting.models import Idea, Project
from fairground.web.power.budgeting.templatetags.money import pounds
from fairground.web.power.budgeting.views.acting import answered, found, pressed


def every(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the projects whose findings are published, as a list and on a map."""
    round = found(request, slug)
    shown = list(round.projects.exclude(published_at=None).select_related("pot"))
    possible = [project for project in shown if project.feasible]
    spots = [
        Point(
            n,
            float(one.latitude),
            float(one.longitude),
            one.title,
            reverse("budgeting:project", args=[slug, one.pk]),
        )
        for n, one in enumerate(possible, 1)
        if one.latitude is not None and one.longitude is not None
    ]
    facts = {"round": round, "possible": possible, "impossible": [one for one in shown if not one.feasible]}
    facts["map"] = mark_safe(map_of(spots, title=f"Where the projects of {round.title} are"))
    facts["waiting"] = round.projects.filter(published_at=None).count()
    return render(request, "budgeting/projects.html", facts)


def one(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Show one project: where it came from, what was found, and how the work goes."""
    round, project = _found(request, slug, pk)
    sees = project.published_at is not None or may(request.user, "round.watch", round)
    spent = project.spent_pence
    facts = {
        "round": round,
        "project": project,
        "sees": sees,
        "spent": spent,
        "over": max(spent - (project.cost_pence or 0), 0),
        "assesses": may(request.user, "projects.assess", round),
        "builds": project.won_at is not None and may(request.user, "delivery.report", round),
    }
    return render(request, "budgeting/project.html", facts)


@login_required
def forward(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Make a project of an idea."""
    round = found(request, slug, "projects.assess")
    idea = get_object_or_404(Idea.objects.select_related("round"), pk=pk, round=round)
    return answered(
        request,
        ForwardForm(request.POST or None, round=round),
        lambda facts: projects.take_forward(idea, by=request.user, pot=facts["pot"]),
        then=reverse("budgeting:idea", args=[slug, pk]),
        said="The idea is a project now, to be worked out.",
        title=f"Take forward: {idea.title}",
        button="Make it a project",
        round=round,
        lead=idea.words,
    )


@login_required
def assess(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Write down what was found about a project."""
    round = found(request, slug, "projects.assess")
    project = get_object_or_404(Project.objects.select_related("round", "pot"), pk=pk, round=round)
    first = {"reason": project.reason, "verdict": {True: "yes", False: "no", None: ""}[project.feasible]}
    if project.cost_pence:
        first["cost_pence"] = pounds(project.cost_pence).removeprefix("£")
    return answered(
        request,
        FindingForm(request.POST or None, initial=first),
        lambda facts: projects.assess(
            project,
            by=request.user,
            feasible=facts["verdict"] == "yes",
            cost_pence=facts["cost_pence"],
            reason=facts["reason"],
        ),
        then=reverse("budgeting:project", args=[slug, pk]),
        said="The finding is kept. Nobody else sees it yet.",
        title=f"What we found: {project.title}",
        button="Keep the finding",
        round=round,
        lead=project.summary,
    )


@login_required
def take_back(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Take a published finding back."""
    round = found(request, slug, "projects.assess")
    project = get_object_or_404(Project.objects.select_related("round", "idea"), pk=pk, round=round)
    return answered(
        request,
        ReasonForm(request.POST or None),
        lambda facts: projects.take_back_finding(project, by=request.user, reason=facts["reason"]),
        then=reverse("budgeting:project", args=[slug, pk]),
        said="The finding is taken back.",
        title=f"Take back the finding: {project.title}",
        button="Take it back",
        round=round,
    )


@login_required
@require_POST
def publish(request: Any, slug: str) -> HttpResponse:
    """Publish every finished finding."""
    round = found(request, slug, "projects.assess")
    return pressed(
        request,
        lambda: projects.publish_findings(round, by=request.user),
        then=reverse("budgeting:office", args=[slug]),
        said="The finished findings are published.",
    )


def _found(request: Any, slug: str, pk: UUID) -> tuple[Round, Project]:
    round = found(request, slug)
    return round, get_object_or_404(Project.objects.select_related("pot", "idea"), pk=pk, round=round)
