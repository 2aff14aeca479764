"""The worker: claims a job, renews its lease while it runs, ends it; and survives being killed.

While a job runs, a thread renews the lease at a third of its length. A worker that dies renews nothing,
so another worker claims the job when the lease has run out.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable

from django.db import OperationalError, connection

from fairground.web.jobs import actions
from fairground.web.jobs.kinds import BY_NAME
from fairground.web.jobs.models import Job, State

log = logging.getLogger(__name__)
LEASE = 30.0  # seconds


class Stopped(Exception):
    """The job was cancelled, or another worker holds it by now."""


def work(*, lease: float = LEASE, pause: float = 1.0, go_on: Callable[[], bool] = lambda: True) -> None:
    """Do jobs one after another as long as `go_on()`; a database that is busy or away is asked again."""
    worker = uuid.uuid4().hex
    while go_on():
        try:
            done = work_once(worker, lease=lease)
        except OperationalError as problem:
            log.warning("the worker could not reach the database: %s", problem)
            connection.close()
            done = False
        if not done:
            time.sleep(pause)


def work_once(worker: str, *, lease: float = LEASE) -> bool:
    """Claim and run one job; False when there was none."""
    job = actions.claim(worker, lease=lease)
    if job is None:
        return False
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, lease, over), daemon=True)
    heart.start()
    try:
        _run(job)
    finally:
        over.set()
        heart.join()
    return True


def _beat(job: Job, lease: float, over: threading.Event) -> None:
    """Renew the lease until the job is over or was lost; a database that is busy is asked again."""
    try:
        while not over.wait(lease / 3):
            try:
                if not actions.renew(job, lease=lease):
                    return
            except OperationalError as problem:
                log.warning("the lease of job %s could not be renewed yet: %s", job.pk, problem)
                connection.close()
    finally:
        connection.close()


def _run(job: Job) -> None:
    def report(percent: int) -> None:
        if not actions.report(job, percent=percent):
            raise Stopped

    try:
        result = BY_NAME[job.kind].run(report, **job.arguments)
    except Stopped:
        actions.end(job, State.CANCELLED, problem="cancelled by whoever asked for it")
    except Exception as problem:
        log.exception("job %s of kind %s went wrong", job.pk, job.kind)
        actions.again(job, problem=f"{type(problem).__name__}: {problem}")
    else:
        actions.end(job, State.DONE, result=result)
