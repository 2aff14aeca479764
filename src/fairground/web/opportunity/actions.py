"""What is done to sent files (keep, check, forget, erase), and that a place is worked out once.

A file is written whole under a name of ours before its row is made, so that no row points at half a file; a
file that no row knows is deleted by the retention job.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from fairground.web.audit.actions import record
from fairground.web.jobs.actions import ask
from fairground.web.jobs.models import Job, State
from fairground.web.opportunity.models import SentFile, folder

KEPT = timedelta(days=30)
PATIENCE = timedelta(minutes=10)
FRESH = timedelta(hours=1)  # a file without a row may be one that is being sent just now
ENDINGS = (".csv", ".geojson", ".json")


def keep(content: Iterable[bytes], *, ending: str, **facts: Any) -> SentFile:
    """Write a sent file to the disk and return its row, which is not saved yet."""
    sent = SentFile(ending=ending, **facts)
    folder().mkdir(parents=True, exist_ok=True)
    part = sent.path.with_suffix(".part")
    with part.open("wb") as out:
        for chunk in content:
            out.write(chunk)
    part.replace(sent.path)
    return sent


@transaction.atomic
def ask_for_check(sent: SentFile, *, by: Any) -> Job:
    """Save the row of a kept file and put its check in the queue."""
    sent.save(force_insert=True)
    facts = {"purpose": sent.purpose, "place": sent.place, "asks": sent.asks}
    record("ground.send", by=by, subject=str(sent.pk), **facts)
    return ask("ground", by=by, sent=str(sent.pk))


def being_worked_out(place: str, stamp: str) -> bool:
    """Ask for the answers about a whole place, once for each edition of its map; say whether they will come.

    Nobody is named: whoever looks at the place first asks for all. A job that nobody has taken for ten
    minutes is waited for no longer: this site has no worker just now.
    """
    job = behind(place, stamp)
    return job.state == State.RUNNING or (job.state == State.WAITING and not _impatient(job.asked_at))


def behind(place: str, stamp: str, asked: str = "", *, by: Any = None, page: str = "") -> Job:
    """Ask for one answer about a whole place, once for each edition of its map; return the newest such job.

    Parameters
    ----------
    asked : what is asked, as the bridge writes it; "" for the two answers of the page of a place.
    by : who asks, and may stop it. page : the address at which the answer will stand.
    """
    facts: dict[str, Any] = {"place": place, "stamp": stamp, "asked": asked}
    mine = Job.objects.filter(kind="place", **{f"arguments__{name}": held for name, held in facts.items()})
    job = mine.order_by("-asked_at").first()
    if job is None or _over(job):
        job = ask("place", by=by, page=page, **facts)
    return job


def _over(job: Job) -> bool:
    """Return whether a job will not bring what is still looked for, so that it may be asked for again."""
    wrong = (job.result or {}).get("wrong")
    ended = job.ended_at is not None and _impatient(job.ended_at)
    lost = job.state == State.DONE and not wrong and (ended or bool(job.arguments["asked"]))
    return job.state == State.CANCELLED or lost or (job.state == State.FAILED and ended)


def _impatient(since: datetime) -> bool:
    return since < timezone.now() - PATIENCE


def no_worker(job: Job) -> bool:
    """Return whether nobody has taken a job for ten minutes: this site has no worker just now."""
    return job.state == State.WAITING and _impatient(job.asked_at)


def forget_old(now: datetime) -> int:
    """Delete files that were sent more than 30 days ago, and files that no row knows."""
    SentFile.objects.filter(sent_at__lt=now - KEPT).delete()
    known = {path for sent in SentFile.objects.all() for path in sent.paths}
    lost = [path for path in _files() if path not in known and _age(path, now) > FRESH]
    for path in lost:
        _delete(path)
    return len(lost)


def forget(user: Any) -> None:
    """Delete what a person sent."""
    for sent in SentFile.objects.filter(sent_by=user):
        for path in sent.paths:
            _delete(path)
    SentFile.objects.filter(sent_by=user).delete()


def kept_about(user: Any) -> list[dict[str, Any]]:
    """Return which files a person sent, for the export of their account."""
    return [
        {
            "file": sent.name,
            "purpose": sent.purpose,
            "asks": sent.asks,
            "place": sent.place,
            "at": sent.sent_at.isoformat(),
        }
        for sent in SentFile.objects.filter(sent_by=user).order_by("sent_at")
    ]


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _files() -> list[Path]:
    return sorted(folder().iterdir()) if folder().is_dir() else []


def _age(path: Path, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
