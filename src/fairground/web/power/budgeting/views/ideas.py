"""Ideas as residents see them: the list and the map, one idea and where it went, sending one, appealing."""

from __future__ import annotations

from collections.abc import Callable
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
from fairground.web.power.budgeting.actions import ideas, rulings
from fairground.web.power.budgeting.forms import AppealForm, IdeaForm
from fairground.web.power.budgeting.models import ALIVE, SHOWN, Idea, Ruling, Standing
from fairground.web.power.budgeting.permissions import may_read
from fairground.web.power.budgeting.views.acting import answered, found, pressed


def every(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the ideas as a list and on a map."""
    round = found(request, slug)
    shown = list(round.ideas.filter(standing__in=SHOWN).select_related("pot"))
    wanted = request.GET.get("show", "")
    listed = [idea for idea in shown if wanted == "all" or idea.standing in ALIVE]
    facts = {"round": round, "ideas": listed, "moved": len(shown) - len(listed) if wanted != "all" else 0}
    facts["refused"] = round.ideas.filter(standing=Standing.REFUSED).count()
    facts["map"] = mark_safe(map_of(points(listed, slug), title=f"Where the ideas of {round.title} are"))
    return render(
        request, "budgeting/ideas.html", {**facts, "may_write": may(request.user, "ideas.write", round)}
    )


def points(listed: list[Idea], slug: str) -> list[Point]:
    """Return the ideas that have a place on the map, numbered as in the list."""
    return [
        Point(
            n,
            float(one.latitude),
            float(one.longitude),
            one.title,
            reverse("budgeting:idea", args=[slug, one.pk]),
        )
        for n, one in enumerate(listed, 1)
        if one.latitude is not None and one.longitude is not None
    ]


def one(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Show one idea: its words, where it came from and went to, what was decided and why."""
    round, idea = _found(request, slug, pk)
    user = request.user
    ruling = idea.rulings.filter(taken_back_at=None).select_related("appeal").first()
    mine = user.is_authenticated and user.pk in {origin.author_id for origin in idea.origins()}
    facts = {
        "round": round,
        "idea": idea,
        "mine": mine,
        "ruling": ruling,
        "readable": may_read(user, idea),
        "came_from": idea.came_from.filter(undone_at=None).select_related("source"),
        "went_to": idea.went_to.filter(undone_at=None).select_related("target"),
        "project": getattr(idea, "project", None),
        "can": {name.split(".")[1]: may(user, name, round) for name in DEEDS},
        "ruled_by_me": ruling is not None and ruling.decided_by_id == user.pk,
        "ready": idea.standing == Standing.ACCEPTED
        or (idea.standing == Standing.NEW and "moderation" not in round.dated()),
    }
    return render(request, "budgeting/idea.html", facts)


DEEDS = ("ideas.write", "ideas.withdraw", "ideas.appeal", "ideas.merge", "ideas.moderate", "projects.assess")


@login_required
def send(request: Any, slug: str) -> HttpResponse:
    """Send an idea."""
    round = found(request, slug, "ideas.write")
    return answered(
        request,
        IdeaForm(request.POST or None, round=round),
        lambda facts: ideas.send_idea(round, by=request.user, **facts),
        then=reverse("budgeting:ideas", args=[slug]),
        said="Thank you. Your idea is on the list.",
        title="Send an idea",
        button="Send my idea",
        round=round,
        lead="Everyone can read your idea at once. Your name is not shown.",
    )


@login_required
@require_POST
def withdraw(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Take back an idea of mine."""
    said = "Your idea is taken back. Until ideas close you can bring it back here."
    return _turned(request, slug, pk, ideas.withdraw_idea, said)


@login_required
@require_POST
def bring_back(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Bring back an idea that I took back."""
    return _turned(request, slug, pk, ideas.bring_back_idea, "Your idea is back as it was.")


def _turned(request: Any, slug: str, pk: UUID, deed: Callable[..., None], said: str) -> HttpResponse:
    _, idea = _found(request, slug, pk)
    back = reverse("budgeting:idea", args=[slug, pk])
    return pressed(request, lambda: deed(idea, by=request.user), then=back, said=said)


@login_required
def appeal(request: Any, slug: str, pk: UUID) -> HttpResponse:
    """Ask for another look at an idea of mine that was refused."""
    round, idea = _found(request, slug, pk)
    ruling = get_object_or_404(Ruling, idea=idea, taken_back_at=None, accepted=False)
    return answered(
        request,
        AppealForm(request.POST or None),
        lambda facts: rulings.appeal(ruling, by=request.user, **facts),
        then=reverse("budgeting:idea", args=[slug, pk]),
        said="Somebody else will look at your idea.",
        title="Ask for another look",
        button="Send",
        round=round,
        lead=f"The reason that was given: {ruling.reason}",
    )


@login_required
def mine(request: Any) -> HttpResponse:
    """Show my ideas in every round, and what I was told about them."""
    sent = Idea.objects.filter(author=request.user, came_from=None).select_related("round")
    notices = request.user.notices.select_related("round")[:100]
    return render(request, "budgeting/mine.html", {"ideas": sent, "notices": notices})


def _found(request: Any, slug: str, pk: UUID) -> tuple[Round, Idea]:
    round = found(request, slug)
    return round, get_object_or_404(Idea.objects.select_related("round", "pot"), pk=pk, round=round)
