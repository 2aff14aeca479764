"""The pages of a result: the count's button, the result, its files, the choice to publish the ballots."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from fairground.errors import BadInput
from fairground.report import as_csv
from fairground.web.answers import in_words
from fairground.web.ballots.models import Paper
from fairground.web.jobs.models import Job
from fairground.web.participation.permissions import may, may_see
from fairground.web.results import actions, bridge
from fairground.web.results.models import Outcome

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pb": "text/plain; charset=utf-8",
}


def paper_at(request: Any, slug: str) -> Paper:
    """Return the paper of a round that this person may see."""
    paper = get_object_or_404(Paper.objects.select_related("round"), round__slug=slug)
    if not may_see(request.user, paper.round):
        raise Http404(slug)
    return paper


def show(request: Any, slug: str) -> HttpResponse:
    """Show the result, or what is still to come."""
    paper = paper_at(request, slug)
    outcome = Outcome.objects.filter(paper=paper).first()
    facts: dict[str, Any] = {"paper": paper, "round": paper.round, "outcome": outcome, "state": paper.state()}
    facts["counts"] = may(request.user, "count.run", paper.round)
    if outcome:
        facts |= bridge.page_of(bridge.read(outcome.answer))
    return render(request, "results/result.html", facts)


@require_POST
@login_required
def count(request: Any, slug: str) -> HttpResponse:
    """Count the vote at the press of a button."""
    paper = paper_at(request, slug)
    try:
        done = actions.count(paper=paper, by=request.user)
    except BadInput as error:
        messages.error(request, in_words(error))
    else:
        said = (
            "The vote is being counted. Look again soon." if isinstance(done, Job) else "The vote is counted."
        )
        messages.success(request, said)
    return redirect("results:show", slug)


@require_POST
@login_required
def publish(request: Any, slug: str) -> HttpResponse:
    """Publish the ballots, once the box under the privacy report is ticked."""
    outcome = get_object_or_404(Outcome, paper=paper_at(request, slug))
    if request.POST.get("read") != "yes":
        messages.error(request, "Tick the box to say that you have read the privacy report.")
    else:
        actions.publish(outcome=outcome, by=request.user)
        messages.success(request, "The ballots are public. Anyone can count them again.")
    return redirect("results:show", slug)


def file(request: Any, slug: str, kind: str) -> HttpResponse:
    """Send the result as CSV or JSON."""
    outcome = get_object_or_404(Outcome, paper=paper_at(request, slug))
    text = outcome.answer if kind == "json" else as_csv(bridge.read(outcome.answer))
    return _sent(text, f"{slug}-result.{kind}", kind)


def bundle(request: Any, slug: str) -> HttpResponse:
    """Send the public bundle, once it is published; before, only to those who count."""
    return _sent(_ballots_of(request, slug).bundle, f"{slug}-bundle.json", "json")


def election(request: Any, slug: str, pot: str) -> HttpResponse:
    """Send the ballots of one pot as a Pabulib file, under the same choice as the bundle."""
    outcome = _ballots_of(request, slug)
    text = bridge.election_file(outcome.paper, bridge.read(outcome.answer), pot)
    if text is None:
        raise Http404(pot)
    return _sent(text, f"{slug}-{pot}.pb", "pb")


def _ballots_of(request: Any, slug: str) -> Outcome:
    """Return an outcome whose ballots this person may have: all may once they are published."""
    paper = paper_at(request, slug)
    outcome = get_object_or_404(Outcome, paper=paper)
    if not outcome.published_at and not may(request.user, "count.run", paper.round):
        raise Http404(slug)
    return outcome


def _sent(text: str, name: str, kind: str) -> HttpResponse:
    sent = HttpResponse(text, content_type=TYPES[kind])
    sent["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent
