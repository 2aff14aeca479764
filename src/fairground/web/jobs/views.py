"""The pages about long work: what I asked for, how far it is, and a way to stop it.

The page of a running job asks the browser to look again every five seconds, without JavaScript.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from fairground.web import answers
from fairground.web.jobs import actions, kinds
from fairground.web.jobs.models import Job, State


@login_required
def mine(request: Any) -> HttpResponse:
    """List the jobs I asked for, newest first."""
    jobs = Job.objects.filter(asked_by=request.user).order_by("-asked_at")[:100]
    return render(request, "jobs/mine.html", {"jobs": [(job, kinds.words(job.kind)) for job in jobs]})


@login_required
def one(request: Any, pk: UUID) -> HttpResponse:
    """Show one job of mine."""
    job = get_object_or_404(Job, pk=pk, asked_by=request.user)
    going = job.state in {State.WAITING, State.RUNNING}
    found = kinds.answer(job)
    if found and request.GET.get("format") in answers.FILES:
        part = request.GET.get("table", "")
        return answers.download(found, request.GET["format"], name=job.kind, part=part)
    facts = {"job": job, "words": kinds.words(job.kind), "going": going}
    shown = render(request, "jobs/one.html", facts | (answers.shape(request, found) if found else {}))
    if going:
        shown["Refresh"] = "5"
    return shown


@login_required
@require_POST
def cancel(request: Any, pk: UUID) -> HttpResponse:
    """Stop one job of mine."""
    job = get_object_or_404(Job, pk=pk, asked_by=request.user)
    actions.cancel(job, by=request.user)
    return redirect("jobs:one", pk=job.pk)
