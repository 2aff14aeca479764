"""What is done to jobs: ask, claim, renew, report, end, cancel. Each is one conditional update.

Rule 1: a job is free when it waits, or when it runs and its lease has run out.
Rule 2: whoever changes a free job's row first holds it; the database lets only one update match.
Rule 3: only the holder of the newest attempt may renew, report or end it.
Rule 4: a job whose last attempt lost its lease has failed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from fairground.web.audit.actions import record
from fairground.web.jobs.models import Job, State


@transaction.atomic
def ask(kind: str, *, by: Any, most_attempts: int = 3, **arguments: Any) -> Job:
    """Put a job in the queue."""
    job = Job.objects.create(kind=kind, arguments=arguments, asked_by=by, most_attempts=most_attempts)
    record("job.ask", by=by, subject=str(job.pk), kind=kind)
    return job


def free(now: datetime) -> QuerySet[Job]:
    """Return the jobs that may be claimed now, oldest first."""
    ready = Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now)
    return Job.objects.filter(ready, attempts__lt=F("most_attempts")).order_by("asked_at")


def claim(worker: str, *, lease: float) -> Job | None:
    """Claim the oldest free job for `worker` for `lease` seconds, or return None."""
    now = timezone.now()
    give_up(now)
    for pk in list(free(now).values_list("pk", flat=True)[:10]):
        changed = (
            free(now)
            .order_by()
            .filter(pk=pk)
            .update(
                state=State.RUNNING,
                worker=worker,
                attempts=F("attempts") + 1,
                lease_until=now + timedelta(seconds=lease),
            )
        )
        if changed:
            return Job.objects.get(pk=pk)
    return None


def held(job: Job) -> QuerySet[Job]:
    """Return the job's row if this attempt still holds it."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker, attempts=job.attempts)


def renew(job: Job, *, lease: float) -> bool:
    """Hold the job for `lease` seconds more; False when it was lost."""
    return bool(held(job).update(lease_until=timezone.now() + timedelta(seconds=lease)))


def report(job: Job, *, percent: int) -> bool:
    """Say how far the job is; False when it was lost or should stop."""
    return bool(held(job).filter(cancel_asked=False).update(progress=max(0, min(100, percent))))


def end(job: Job, state: State, *, result: Any = None, problem: str = "") -> bool:
    """End the job; False when another attempt holds it by now."""
    progress = {"progress": 100} if state == State.DONE else {}
    return bool(
        held(job).update(
            state=state, lease_until=None, ended_at=timezone.now(), result=result, problem=problem, **progress
        )
    )


def again(job: Job, *, problem: str) -> bool:
    """Put a job that went wrong back in the queue, or end it when it was the last attempt."""
    if job.attempts >= job.most_attempts:
        return end(job, State.FAILED, problem=problem)
    return bool(held(job).update(state=State.WAITING, lease_until=None, problem=problem))


def give_up(now: datetime) -> int:
    """Fail the jobs whose last attempt lost its lease."""
    lost = Job.objects.filter(state=State.RUNNING, lease_until__lt=now, attempts__gte=F("most_attempts"))
    return lost.update(
        state=State.FAILED, lease_until=None, ended_at=now, problem="the worker stopped each time it tried"
    )


@transaction.atomic
def cancel(job: Job, *, by: Any) -> None:
    """Cancel a waiting job now; ask a running one to stop. Only whoever asked for it may."""
    if by is None or job.asked_by_id != by.pk:
        raise PermissionDenied
    waiting = Job.objects.filter(pk=job.pk, state=State.WAITING)
    changed = waiting.update(state=State.CANCELLED, ended_at=timezone.now())
    changed = changed or Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_asked=True)
    if changed:
        record("job.cancel", by=by, subject=str(job.pk))
