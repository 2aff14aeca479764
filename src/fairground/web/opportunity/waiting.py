"""Pages whose answer takes more than a moment: it is worked out behind them, and they look again.

A page asks for what it needs and is not known yet. While that is awaited, it says how far the work is; who is
signed in can stop it. Where nobody works behind the site the answer is given while the reader waits: better
late than never.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from fairground.web import answers
from fairground.web.jobs.models import Job, State
from fairground.web.opportunity import worked_out
from fairground.web.opportunity.actions import behind, no_worker
from fairground.web.opportunity.held import Held

View = Callable[[HttpRequest], HttpResponse]
SECONDS = 3  # after which a page looks again


@dataclass(frozen=True)
class Ask:
    """One piece of work behind a page: about which place, whose bridge does it, and what it is told."""

    ground: Held
    asks: str
    facts: Mapping[str, str]

    @property
    def words(self) -> str:
        """The same as a job keeps it."""
        return json.dumps({"asks": self.asks, **self.facts}, sort_keys=True)


def first(needed: Callable[[HttpRequest], Iterable[Ask]]) -> Callable[[View], View]:
    """Give a view whose answer needs something else first: while that is awaited, the page says so."""

    def given(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest) -> HttpResponse:
            return page(request, needed(request)) or view(request)

        return shown

    return given


def page(request: HttpRequest, needed: Iterable[Ask]) -> HttpResponse | None:
    """Return the page that says how far the work is; None where all is known, or nobody works here.

    needed : what has to be worked out before the page can answer.
    """
    jobs = [_job(request, one) for one in needed]
    if not jobs or any(no_worker(job) for job in jobs):
        return None
    wrong = [said for job in jobs for said in (job.result or {}).get("wrong", [])]
    failed = [job for job in jobs if job.state == State.FAILED]
    if wrong or failed:
        told = wrong or ["It could not be worked out. Please try again in ten minutes."]
        return _told(request, {"wrong": told}, status=400 if wrong else 500)
    mine = next((job for job in jobs if request.user.is_authenticated and job.asked_by == request.user), None)
    done = sum(job.progress for job in jobs) // len(jobs)
    shown = _told(request, {"done": done, "mine": mine, "waits": all_wait(jobs)}, status=202)
    shown["Refresh"] = shown["Retry-After"] = str(SECONDS)
    return shown


def all_wait(jobs: Iterable[Job]) -> bool:
    """Return whether no job has begun."""
    return all(job.state == State.WAITING for job in jobs)


def _job(request: HttpRequest, one: Ask) -> Job:
    by: Any = request.user if request.user.is_authenticated else None
    stamp = worked_out.stamp(one.ground)
    return behind(one.ground.slug, stamp, one.words, by=by, page=request.get_full_path())


def _told(request: HttpRequest, facts: dict[str, Any], *, status: int) -> HttpResponse:
    if request.GET.get("format") in answers.FILES:
        words = "; ".join(facts.get("wrong", [])) or "The answer is being worked out. Ask again in a moment."
        told: HttpResponse = JsonResponse({"status": status, "detail": words}, status=status)
        return told
    return render(request, "opportunity/awaited.html", facts, status=status)
