"""The kinds of job there are: a tuple of records. Adding a kind is adding a line.

A kind's function takes the job's arguments and `report`, which it calls with a percentage now and then.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone

from fairground.errors import FairgroundError
from fairground.evidence import Answer
from fairground.web import passing
from fairground.web.database import leave_no_trace
from fairground.web.jobs.models import Job, State
from fairground.web.wealth.funding import bridge

Report = Callable[[int], None]
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Kind:
    """A kind of job: its name, what it does in words, and the function that does it."""

    name: str
    words: str
    run: Callable[..., Any]


def retention(report: Report) -> dict[str, int]:
    """Delete what is kept no longer: sessions that have run out, jobs and files of 30 days ago, pools."""
    from fairground.web.opportunity import worked_out
    from fairground.web.opportunity.actions import forget_old
    from fairground.web.power.juries.actions.erasure import erase_due
    from fairground.web.power.standing.actions.mending import find_all
    from fairground.web.wealth.property.actions.retention import forget_old as forget_old_words
    from fairground.web.wealth.register.actions.contributions import forget_refused
    from fairground.web.wealth.register.actions.following import forget_unconfirmed
    from fairground.web.wealth.register.actions.imports import forget_old as forget_lists

    now = timezone.now()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    report(50)
    ended = [State.DONE, State.FAILED, State.CANCELLED]
    forget_old(now)
    worked_out.forget_old()
    forget_old_words(now)
    forget_lists(now - KEPT)
    passing.forget_left()
    forget_unconfirmed(now)
    forget_refused(now - KEPT)
    find_all()  # before a pool goes that it needs
    jobs, _ = Job.objects.filter(state__in=ended, ended_at__lt=now - KEPT).delete()
    pools = erase_due(timezone.localdate())
    leave_no_trace()
    return {"sessions": sessions, "jobs": jobs, "pools": pools}


def rehearsal(report: Report, *, seconds: float = 1.0, steps: int = 10) -> dict[str, int]:
    """Do nothing for some seconds, step by step: shows that the worker works and can be stopped."""
    for step in range(steps):
        report(100 * step // steps)
        time.sleep(seconds / steps)
    return {"steps": steps}


def count(report: Report, *, paper: int) -> dict[str, int]:
    """Count a closed vote and keep its outcome."""
    from fairground.web.ballots.models import Paper
    from fairground.web.results.actions import settle

    job = Job.objects.filter(kind="count", arguments__paper=paper).order_by("-asked_at").first()
    report(1)
    outcome = settle(paper=Paper.objects.get(pk=paper), by=job.asked_by if job else None)
    return {"outcome": outcome.pk}


def ground(report: Report, *, sent: str) -> dict[str, Any]:
    """Check the homes or the site of a file that was sent, by the question that it was sent with."""
    from fairground.web.opportunity.maps import map_of, results_of
    from fairground.web.opportunity.models import SentFile

    file = SentFile.objects.get(pk=sent)
    asked: Any = import_module(f"fairground.web.opportunity.{file.asks}.bridge")
    found = asked.checked(file, report).to_json()
    return {"answer": found, "files": results_of(file), "map": map_of(file)}


def place(report: Report, *, place: str, stamp: str, asked: str = "", page: str = "") -> dict[str, Any]:
    """Work out the answers about a whole place, or the one that is asked for, and keep them."""
    if not asked:
        from fairground.web.places.bridge import work_out

        return {"wrong": work_out(place, report)}
    facts = json.loads(asked)
    bridge: Any = import_module(f"fairground.web.opportunity.{facts.pop('asks')}.bridge")
    report(1)
    try:
        bridge.work_out(place, facts, report)
    except FairgroundError as fault:
        return {"wrong": [str(fault)]}
    return {"wrong": [], "page": page}


def reminders(report: Report) -> dict[str, int]:
    """Remind officers of dates, and those who were drawn to answer; however often, nobody is told twice."""
    from fairground.web.power.lots.actions.seats import remind as remind_drawn
    from fairground.web.power.sittings.actions.reminders import remind as remind_of_juries
    from fairground.web.wealth.property.actions.reminders import remind
    from fairground.web.wealth.requests.reminders import tell_of_late

    report(1)
    today = timezone.localdate()
    sent = remind(today) + tell_of_late(today) + remind_of_juries(today) + remind_drawn(today)
    return {"sent": sent}


def lottery(report: Report, *, draw: int) -> dict[str, Any]:
    """Make the lottery of a jury's draw, and seal it."""
    from fairground.web.power.lots.actions.lottery import make
    from fairground.web.power.lots.models import Draw

    found = Draw.objects.select_related("jury__round").filter(pk=draw).first()
    report(1)
    return (
        make(found, lambda share: report(int(share * 95))) if found else {"problem": "asked anew meanwhile"}
    )


def list_in(report: Report, *, sent: str) -> dict[str, Any]:
    """Take in a list of a register whose columns are confirmed."""
    from fairground.web.wealth.register.actions.imports import run
    from fairground.web.wealth.register.models import ListImport

    report(1)
    done = run(ListImport.objects.get(pk=sent))
    return {"stage": str(done.stage), **done.counts}


def follow(report: Report) -> dict[str, int]:
    """Tell those who follow something by email what changed."""
    from fairground.web.wealth.register.actions.following import write_letters

    return {"letters": write_letters(report)}


def merge(report: Report, *, merge: str) -> dict[str, Any]:
    """Work out which assets of two registers are the same."""
    from fairground.web.wealth.matching.actions import run
    from fairground.web.wealth.matching.models import Merge

    report(1)
    done = run(Merge.objects.get(pk=merge), report)
    return {"stage": str(done.stage), **done.counts}


KINDS: tuple[Kind, ...] = (
    Kind("count", "Counts a vote", count),
    Kind("retention", "Deletes what is kept no longer", retention),
    Kind("sensitivity", "Shares the pot of a formula 60,000 times", bridge.many_draws),
    Kind("reminders", "Reminds officers of dates", reminders),
    Kind("list", "Takes in a list of what a body owns", list_in),
    Kind("lottery", "Makes the lottery of a jury", lottery),
    Kind("merge", "Finds what is the same on two lists", merge),
    Kind("follow", "Writes to those who follow something", follow),
    Kind("ground", "Checks a list of homes or a site", ground),
    Kind("place", "Works out what a whole place has within reach", place),
    Kind("rehearsal", "Shows that the worker works", rehearsal),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def words(name: str) -> str:
    """Return what a kind of job does, in words; a kind that is no more keeps its name."""
    return BY_NAME[name].words if name in BY_NAME else name


def answer(job: Job) -> Answer[Any] | None:
    """Return the answer that a job found, or None where it found none or is not done."""
    held = job.result.get("answer") if isinstance(job.result, dict) else None
    return Answer.from_json(held) if held else None
