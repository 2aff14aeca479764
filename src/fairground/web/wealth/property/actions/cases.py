"""Cases: opened, published, told what happened, corrected, closed, opened again.

A form carries a token of its own: the same form sent twice, even at the same moment, does its work once.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.models import Case, CaseEvent, Closing, Edition
from fairground.web.wealth.property.permissions import need


@transaction.atomic
def open_case(
    *,
    by: Any,
    procedure: str,
    place_code: str,
    title: str,
    token: UUID | None = None,
    publish: bool = True,
    **facts: Any,
) -> Case:
    """Open a case under a procedure as it reads today; whoever holds the office of the place may."""
    need(by, "cases.open", place_code)
    return make(by=by, procedure=procedure, place_code=place_code, title=title, token=token,
                published_at=timezone.now() if publish else None, **facts)  # fmt: skip


def make(*, by: Any, procedure: str, token: UUID | None, **facts: Any) -> Case:
    """Make the row of a case, once for each token; inside the transaction of whoever asks."""
    token = token or uuid4()
    found = Case.objects.filter(token=token).first()
    if found is not None:
        return found
    kept.refuse_what_does_not_hold(procedure, fictional=facts.get("fictional", False))
    digest, text = kept.text(procedure)
    edition, _ = Edition.objects.get_or_create(digest=digest, defaults={"procedure": procedure, "text": text})
    kept.check_lengths(procedure, facts.get("lengths") or {})
    case = Case.objects.create(edition=edition, procedure=procedure, token=token, opened_by=by, **facts)
    kept.followed(case, timezone.localdate(), ())
    record(
        "case.open", by=by, subject=str(case.pk), procedure=procedure, edition=digest, place=case.place_code
    )
    return case


@transaction.atomic
def publish_case(case: Case, *, by: Any) -> None:
    """Show a case to everyone; doing it twice changes nothing."""
    need(by, "cases.check", case.place_code)
    if Case.objects.filter(pk=case.pk, published_at=None).update(published_at=timezone.now()):
        record("case.publish", by=by, subject=str(case.pk))
    case.refresh_from_db()


@transaction.atomic
def record_event(
    case: Case,
    *,
    by: Any,
    kind: str,
    day: date,
    note: str = "",
    document: str = "",
    token: UUID | None = None,
) -> CaseEvent:
    """Write down what happened; what the procedure does not allow is refused with the provision."""
    need(by, "cases.record", case.place_code)
    return add_event(case, by=by, kind=kind, day=day, note=note, document=document, token=token)


def add_event(
    case: Case,
    *,
    by: Any,
    kind: str,
    day: date,
    note: str = "",
    document: str = "",
    token: UUID | None = None,
) -> CaseEvent:
    """Add an event that the procedure allows; inside the transaction of whoever asks."""
    case = locked(case)
    if token and (found := _sent_before(case, token)):
        return found
    _refuse_if_closed(case)
    new = kept.Told(kind, day, note, new=True)
    kept.check(case, [*kept.events(case), new], timezone.localdate())
    _refuse_if_unanswered(case, kind)
    last = case.events.order_by("-place").first()
    event = CaseEvent.objects.create(
        case=case, kind=kind, day=day, note=note, document=document, recorded_by=by,
        place=last.place + 1 if last else 1, token=token or uuid4(),
    )  # fmt: skip
    record("case.event", by=by, subject=str(case.pk), event=event.pk, kind=kind, day=day.isoformat())
    return event


@transaction.atomic
def correct_event(
    event: CaseEvent,
    *,
    by: Any,
    why: str,
    kind: str = "",
    day: date | None = None,
    note: str = "",
    document: str = "",
    token: UUID | None = None,
) -> CaseEvent:
    """Put a new event in the place of one that was written down wrongly; the old one stays to be read."""
    new = kept.Told(kind or event.kind, day or event.day, note, new=True)
    return _replace(event, new, by=by, why=why, document=document, token=token)


@transaction.atomic
def take_back_event(event: CaseEvent, *, by: Any, why: str, token: UUID | None = None) -> CaseEvent:
    """Say that an event did not happen; it stays to be read, and counts no more."""
    return _replace(event, None, by=by, why=why, token=token)


def _replace(
    event: CaseEvent,
    new: kept.Told | None,
    *,
    by: Any,
    why: str,
    document: str = "",
    token: UUID | None = None,
) -> CaseEvent:
    case = locked(event.case)
    need(by, "cases.record", case.place_code)
    if token and (found := _sent_before(case, token)):
        return found
    _refuse_if_closed(case)
    if not why.strip():
        raise BadInput("A correction says why", "why", why, "the reason, in words")
    if hasattr(event, "representation"):
        raise BadInput(
            "What somebody wrote is not taken back here. Check it again, and give the reason there"
        )
    told = []
    for one in case.in_force():
        here = new if one.pk == event.pk else kept.Told(one.kind, one.day, one.note)
        told += [here] if here else []
    if event.pk not in {one.pk for one in case.in_force()}:
        raise BadInput("This entry was corrected already. Correct the one that took its place")
    kept.check(case, told, timezone.localdate())
    made = CaseEvent.objects.create(
        case=case,
        kind=new.kind if new else event.kind,
        day=new.day if new else event.day,
        note=new.note if new else "",
        document=document, recorded_by=by, place=event.place, supersedes=event,
        takes_back=new is None, why=why, token=token or uuid4(),
    )  # fmt: skip
    action = "case.event.correct" if new else "case.event.take_back"
    record(action, by=by, subject=str(case.pk), event=made.pk, instead_of=event.pk, why=why)
    return made


@transaction.atomic
def close_case(case: Case, *, by: Any, outcome: str, reasons: str) -> Closing:
    """Close a case with its outcome and reasons, once nothing is owed in it any more."""
    need(by, "cases.close", case.place_code)
    case = locked(case)
    if case.closing is not None:
        return case.closing
    for field, value in (("outcome", outcome), ("reasons", reasons)):
        if not value.strip():
            raise BadInput("A case is closed with its outcome and the reasons", field, value, "words")
    owed = kept.owed(case, timezone.localdate())
    if owed:
        more = f", and {len(owed) - 3} more" if len(owed) > 3 else ""
        raise BadInput(f"This case cannot be closed yet. What may still happen: {'; '.join(owed[:3])}{more}")
    _refuse_if_unanswered(case)
    closing = Closing.objects.create(case=case, outcome=outcome, reasons=reasons, closed_by=by)
    record("case.close", by=by, subject=str(case.pk), outcome=outcome)
    return closing


@transaction.atomic
def reopen_case(case: Case, *, by: Any, why: str) -> None:
    """Open a closed case again, with the reason; twice changes nothing."""
    need(by, "cases.close", case.place_code)
    if not why.strip():
        raise BadInput("Say why the case is opened again", "why", why, "the reason, in words")
    shut = Closing.objects.filter(case=locked(case), reopened_at=None)
    if shut.update(reopened_by=by, reopened_at=timezone.now(), reopened_why=why):
        record("case.reopen", by=by, subject=str(case.pk), why=why)


def locked(case: Case) -> Case:
    """Return the case with its row held until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related("edition").get(pk=case.pk)


def _sent_before(case: Case, token: UUID) -> CaseEvent | None:
    """Return what a form did when it was sent before; a form of one case does nothing in another."""
    found = CaseEvent.objects.filter(token=token).first()
    if found is not None and found.case_id != case.pk:
        raise BadInput("This form belongs to another case. Load the page again, then send it once more")
    return found


def _refuse_if_closed(case: Case) -> None:
    if case.closing is not None:
        raise BadInput("This case is closed. Open it again first, with the reason")


def _refuse_if_unanswered(case: Case, kind: str = "") -> None:
    """Let a decision wait until each representation is checked, and each that is shown is answered."""
    provision = kept.needs_answers(case, kind) if kind else ""
    if kind and not provision:
        return
    waiting = [one for one in case.representations.all() if one.last_check is None]
    silent = [
        one
        for one in case.representations.all()
        if one.last_check and one.last_check.shown and not one.last_response
    ]
    if waiting or silent:
        said = f"{len(waiting)} not checked yet, {len(silent)} without the council’s response"
        rule = f" ({provision})" if provision else ""
        raise BadInput(f"Each representation must be checked and answered first{rule}: {said}")
