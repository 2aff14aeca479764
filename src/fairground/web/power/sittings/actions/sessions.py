"""Sessions: planned, changed, called off; who was there by seat; what was handed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.actions.once import (
    before,
    check_address,
    hold,
    locked,
    need_words,
    take_off,
)
from fairground.web.power.sittings.documents import Document
from fairground.web.power.sittings.members import Member, chosen
from fairground.web.power.sittings.models import Attendance, Material, Recommendation, Report, Session

CHANGEABLE = ("title", "starts_at", "ends_at", "where", "watch", "agenda", "access")


@transaction.atomic
def add_session(jury: Jury, *, by: Any, token: UUID | None = None, **facts: Any) -> Session:
    """Put a session on the programme; the same form sent again gives the same session.

    Raises
    ------
    BadInput : it ends before it starts; no words; an address that is none.
    """
    jury = locked(jury, by)
    made: Session | None = before(Session, token, jury=jury)
    if made is not None:
        return made
    last = jury.sessions.order_by("-number").first()
    made = Session(jury=jury, number=last.number + 1 if last else 1, added_by=by, **facts)
    if token:
        made.token = token
    _check(made)
    made.save(force_insert=True)
    record("jury.session.add", by=by, subject=str(jury.pk), session=made.number, **_when(made))
    return made


@transaction.atomic
def change_session(session: Session, *, by: Any, **facts: Any) -> None:
    """Change a session's words, time and place.

    Raises
    ------
    BadInput : as in `add_session`. Impossible : it was called off.
    """
    session = _locked(session, by)
    given = {name: facts[name] for name in CHANGEABLE if name in facts}
    changed = [name for name, value in given.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, given[name])
    _check(session)
    session.changed_at = timezone.now()
    session.save(update_fields=[*changed, "changed_at"])
    record(
        "jury.session.change", by=by, subject=str(session.jury_id), session=session.number, changed=changed,
        **_when(session),
    )  # fmt: skip


@transaction.atomic
def call_off(session: Session, *, by: Any, why: str) -> None:
    """Call a session off, with the reason; twice changes nothing.

    Raises
    ------
    BadInput : no reason. Impossible : members were there already.
    """
    locked(session.jury, by)
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.called_off_at:
        return
    need_words(why=why)
    if session.present is not None:
        raise Impossible("Members were at this session. It cannot be called off any more.")
    session.called_off_why, session.called_off_at = why.strip(), timezone.now()
    session.changed_at = session.called_off_at
    session.save(update_fields=["called_off_why", "called_off_at", "changed_at"])
    record("jury.session.call-off", by=by, subject=str(session.jury_id), session=session.number)


@transaction.atomic
def attend(session: Session, keys: Sequence[object], *, by: Any) -> None:
    """Write down which members were there, in place of what was written down before.

    Parameters
    ----------
    keys : of the members, as `members.members` gives them.

    Raises
    ------
    BadInput : no member of the jury; two members of one seat; a session that has not begun; fewer than
        voted there.
    Impossible : it was called off; the pool is erased.
    """
    session = _locked(session, by)
    if session.jury.erased_at:
        raise Impossible("This jury's pool is erased, and with it who was there. The number stays.")
    if session.starts_at > timezone.now():
        raise BadInput("This session has not begun", "members")
    there = chosen(session.jury, keys)
    _one_of_a_seat(there)
    _keep_votes(session, len(there))
    session.attendance.all().delete()
    Attendance.objects.bulk_create(
        Attendance(session=session, seat=one.seat, member=one.row) for one in there
    )
    session.present = len(there)
    session.save(update_fields=["present"])
    record(
        "jury.session.attend", by=by, subject=str(session.jury_id), session=session.number,
        present=session.present,
    )  # fmt: skip


@transaction.atomic
def add_material(
    session: Session, *, by: Any, title: str, address: str = "", document: Document | None = None,
    token: UUID | None = None,
) -> Material:  # fmt: skip
    """Add something that was handed out: a file or a web address.

    Raises
    ------
    BadInput : neither; no title.
    """
    session = _locked(session, by)
    made: Material | None = before(Material, token, session=session)
    if made is not None:
        return made
    need_words(title=title)
    made = Material(session=session, title=title, address=address, added_by=by)
    if token:
        made.token = token
    hold(made, document)
    record(
        "jury.material.add", by=by, subject=str(session.jury_id), session=session.number, material=made.pk,
        digest=made.digest,
    )  # fmt: skip
    return made


@transaction.atomic
def remove_material(material: Material, *, by: Any, why: str) -> None:
    """Take off what was handed out, with the reason; twice changes nothing."""
    locked(material.session.jury, by)
    material = Material.objects.select_for_update(of=("self",)).select_related("session").get(pk=material.pk)
    if take_off(material, by=by, why=why):
        record("jury.material.remove", by=by, subject=str(material.session.jury_id), material=material.pk)


def forget_seats(jury: Jury) -> None:
    """Forget who was there by seat, as the jury's pool is erased; how many were there stays."""
    Attendance.objects.filter(session__jury=jury).delete()


def _locked(session: Session, by: Any) -> Session:
    jury = locked(session.jury, by)
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    session.jury = jury
    if session.called_off_at:
        raise Impossible("This session was called off. It cannot change any more.")
    return session


def _one_of_a_seat(there: Sequence[Member]) -> None:
    twice = [seat for seat, many in Counter(one.seat for one in there).items() if many > 1]
    if twice:
        what = "One member at a time has a seat: choose the one who was there longer"
        raise BadInput(what, "members", f"seat {twice[0]}")


def _keep_votes(session: Session, there: int) -> None:
    """Let votes and who was there agree: fewer than voted is refused, and a published number stays.

    Raises
    ------
    BadInput : more members voted than are said to have been there. Impossible : the report has the number.
    """
    votes = Recommendation.objects.filter(session=session)
    if there != session.present and votes.exists() and Report.objects.filter(jury=session.jury).exists():
        raise Impossible(f"The published report says that {session.present} members were there.")
    cast = max((row.votes_for + row.against + row.abstained for row in votes), default=0)  # type: ignore[operator]
    if there < cast:
        raise BadInput(
            f"{cast} members voted at this session. So many must have been there", "members", there
        )
    votes.exclude(present=there).update(present=there)


def _check(session: Session) -> None:
    need_words(title=session.title, where=session.where, agenda=session.agenda)
    check_address(session.watch, "watch")
    if session.ends_at <= session.starts_at:
        raise BadInput("A session ends after it starts", "ends", f"{session.ends_at:%H:%M}")


def _when(session: Session) -> dict[str, str]:
    return {"starts": session.starts_at.isoformat(), "ends": session.ends_at.isoformat()}
