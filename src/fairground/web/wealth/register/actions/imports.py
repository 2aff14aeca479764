"""A list is sent, its columns confirmed, taken in as one act, and undone as one act.

*Rule 1* A list is taken in whole or not at all. *Rule 2* An asset is changed only where the list now says
something else than it said before: what an officer wrote by hand stays while the list stays the same.
*Rule 3* What is on no whole list any more is marked so, never deleted. *Rule 4* Undoing the newest list
brings every field back that nobody changed since, hides the assets that the list brought, and keeps what
people added to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fairground.errors import BadInput, FairgroundError
from fairground.web.audit.actions import record
from fairground.web.jobs.actions import ask
from fairground.web.wealth.register import bridge
from fairground.web.wealth.register.actions.taking_in import take_in
from fairground.web.wealth.register.models import Layout, ListImport, Register, Stage
from fairground.web.wealth.register.models.registers import folder
from fairground.web.wealth.register.permissions import need

AT_ONCE = 1_000_000  # bytes: a larger list is taken in behind the page
HUNG = timedelta(hours=1)
WAITING = (Stage.SENT, Stage.ASKED)


def send(
    register: Register, *, by: Any, name: str, size: int, content: Iterable[bytes], **more: Any
) -> ListImport:
    """Keep a list until its columns are confirmed; one that cannot be read is refused and not kept.

    Parameters
    ----------
    size : what the sender says. content : its bytes, a piece at a time. more : more that is known:
    `pk`.

    Raises
    ------
    BadInput : too large, of another kind, unreadable, or taken in already.
    """
    need(by, "list.take_in", register)
    ending = Path(name).suffix.lower()
    if ending not in bridge.ENDINGS:
        raise BadInput("This kind of file is no list", "file", name, ", ".join(bridge.ENDINGS))
    if size > bridge.MOST_BYTES:
        most = f"up to {bridge.MOST_BYTES // 1_000_000} MB"
        raise BadInput("The file is too large", "file", f"{size / 1e6:,.0f} MB", most)
    sent = ListImport(register=register, name=name[:200], ending=ending, sent_by=by, **more)
    try:
        sent.size, sent.digest = _written(sent.path, content)
        _refuse_twice(register, sent.digest)
        seen, facts = bridge.look(sent.path)
        sent.layout = facts["layout"]
        memory = Layout.objects.filter(register=register, digest=sent.layout).first()
        sent.columns = memory.columns if memory else {one.field: one.heading for one in seen if one.field}
        with transaction.atomic():
            sent.save(force_insert=True)
            told = {"list": str(sent.pk), "digest": sent.digest}
            record("register.list.send", by=by, subject=str(register.pk), **told)
    except BaseException:
        sent.path.unlink(missing_ok=True)
        raise
    return sent


def _written(path: Path, content: Iterable[bytes]) -> tuple[int, str]:
    """Write a file whole under a name of ours; return its size and digest. It is never held in memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    seal, size = hashlib.sha256(), 0
    with path.open("wb") as out:
        for chunk in content:
            size += len(chunk)
            if size > bridge.MOST_BYTES:
                raise BadInput("The file is too large", "file", None, f"up to {bridge.MOST_BYTES:,} bytes")
            seal.update(chunk)
            out.write(chunk)
    return size, seal.hexdigest()


def _refuse_twice(register: Register, digest: str) -> None:
    before = register.imports.filter(digest=digest, stage__in=(Stage.DONE, *WAITING)).first()
    if before is not None:
        what = "taken in" if before.stage == Stage.DONE else "sent"
        raise BadInput(
            f"This very file was {what} on {before.sent_at:%d %B %Y}. Nothing in it is new",
            "file",
            before.name,
        )


def confirm(
    sent: ListImport, *, by: Any, columns: Mapping[str, str], whole: bool, dated: date | None
) -> ListImport:
    """Confirm which column holds which field, remember it, and take the list in: now, or behind the page."""
    need(by, "list.take_in", sent.register)
    if dict(columns) != sent.columns:
        bridge.look(sent.path, columns)  # refuses a heading that there is not
    with transaction.atomic():
        changed = ListImport.objects.filter(pk=sent.pk, stage=Stage.SENT).update(
            stage=Stage.ASKED, columns=dict(columns), whole=whole, dated=dated, confirmed_by=by,
            confirmed_at=timezone.now(),
        )  # fmt: skip
        if not changed:
            raise BadInput("This list does not wait for its columns any more")
        Layout.objects.update_or_create(
            register=sent.register, digest=sent.layout,
            defaults={"columns": dict(columns), "confirmed_by": by, "confirmed_at": timezone.now()},
        )  # fmt: skip
        record("register.list.confirm", by=by, subject=str(sent.register_id), list=str(sent.pk))
        if sent.size > AT_ONCE:
            ask("list", by=by, sent=str(sent.pk))
    sent.refresh_from_db()
    return sent if sent.size > AT_ONCE else run(sent)


def run(sent: ListImport) -> ListImport:
    """Take a confirmed list in, or keep why it could not be; nothing of it is kept then."""
    home, body = sent.register.place_code, sent.register.body
    try:
        read = bridge.read(sent.path, sent.columns, home=home, body=body, today=timezone.localdate())
        take_in(sent, read)
    except FairgroundError as fault:
        _failed(sent, str(fault))
    except Exception:
        _failed(sent, "Something went wrong on our side. Send the list again, or tell whoever runs the site.")
        raise
    sent.refresh_from_db()
    if sent.stage in (Stage.DONE, Stage.FAILED):
        sent.path.unlink(missing_ok=True)
    return sent


def _failed(sent: ListImport, problem: str) -> None:
    asked = ListImport.objects.filter(pk=sent.pk, stage=Stage.ASKED)
    if asked.update(stage=Stage.FAILED, problem=problem):
        record("register.list.fail", by=None, subject=str(sent.register_id), list=str(sent.pk))


def hangs(sent: ListImport) -> bool:
    """Say whether a list was to be taken in more than an hour ago and still is not."""
    asked = sent.confirmed_at if sent.stage == Stage.ASKED else None
    return asked is not None and asked < timezone.now() - HUNG


@transaction.atomic
def drop(sent: ListImport, *, by: Any) -> None:
    """Do not take a list in, and forget its file: one that waits, or one that has hung for an hour."""
    need(by, "list.take_in", sent.register)
    hung = Q(stage=Stage.ASKED, confirmed_at__lt=timezone.now() - HUNG)
    waits = ListImport.objects.filter(Q(stage=Stage.SENT) | hung, pk=sent.pk)
    if not waits.update(stage=Stage.DROPPED):
        raise BadInput("This list does not wait any more")
    record("register.list.drop", by=by, subject=str(sent.register_id), list=str(sent.pk))
    transaction.on_commit(lambda: sent.path.unlink(missing_ok=True))


def forget_old(before: Any) -> int:
    """Drop lists that were sent before a moment and never confirmed, with their files."""
    old = list(ListImport.objects.filter(stage=Stage.SENT, sent_at__lt=before))
    for sent in old:
        ListImport.objects.filter(pk=sent.pk).update(stage=Stage.DROPPED)
        sent.path.unlink(missing_ok=True)
    known = {sent.path for sent in ListImport.objects.filter(stage__in=WAITING)}
    for path in folder().iterdir() if folder().is_dir() else ():
        if path not in known and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
    return len(old)
