"""What people write: representations and nominations, how they are checked, and what the council answers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions.cases import add_event, locked, make, publish_case
from fairground.web.wealth.property.models import Case, Check, Nomination, Representation, Response
from fairground.web.wealth.property.permissions import need

MOST_IN_A_DAY = 300  # representations to one case in one day: more is a flood, not a neighbourhood
MOST_NOMINATIONS = 5  # by one account in one day


@transaction.atomic
def represent(
    case: Case,
    *,
    words: str,
    signed: str = "",
    token: UUID | None = None,
    by: Any = None,
    day: date | None = None,
) -> Representation:
    """Keep what somebody wrote about a proposal; no account is needed. It is shown once it was checked.

    An officer may add what came by post, with the day on which it came.
    """
    if by is not None:
        need(by, "cases.record", case.place_code)
    case = locked(case)
    found = Representation.objects.filter(token=token).first() if token else None
    if found is not None and found.case_id != case.pk:
        raise BadInput("This form belongs to another case. Load the page again, then send it once more")
    if found is not None:
        return found
    today = timezone.localdate()
    if kept.takes_representations(case, today) is None and day is None:
        raise BadInput("The time for writing to the council about this is over, or has not begun")
    if not words.strip():
        raise BadInput("Write what you want to say", "words", words, "some words")
    if case.representations.filter(sent_at__date=today).count() >= MOST_IN_A_DAY:
        raise BadInput("Very many people have written today. Try again tomorrow, or write by post")
    source = "Sent on this site" if by is None else "Came by post or email"
    event = add_event(case, by=by, kind="represent", day=day or today, document=source)
    more = {"token": token} if token else {}
    made = Representation.objects.create(case=case, event=event, words=words, signed=signed, **more)
    record("case.represent", by=by, subject=str(case.pk), representation=made.pk)
    return made


@transaction.atomic
def check_representation(
    one: Representation, *, by: Any, shown: bool, words: str = "", signed: str | None = None, reason: str = ""
) -> Check:
    """Decide whether a representation is shown: as it is, with parts left out, or not, with the reason.

    `signed` is how the writer is named; None leaves it as it was written.
    """
    need(by, "cases.check", one.case.place_code)
    named = one.signed if signed is None else signed
    cut = shown and _same(named) != _same(one.signed)
    return _check(
        one.words, {"representation": one, "signed": named if shown else ""}, one.case,
        by=by, shown=shown, words=words, reason=reason, cut=cut,
    )  # fmt: skip


@transaction.atomic
def check_nomination(one: Nomination, *, by: Any, shown: bool, words: str = "", reason: str = "") -> Check:
    """Decide how the words of a nomination are shown; once they are, so is the case."""
    need(by, "cases.check", one.case.place_code)
    if one.nominated_by_id == by.pk:
        raise BadInput("You sent this nomination, so somebody else must check it")
    made = _check(one.why, {"nomination": one}, one.case, by=by, shown=shown, words=words, reason=reason)
    if shown:
        publish_case(one.case, by=by)
    return made


def _check(
    written: str, what: dict[str, Any], case: Case, *,
    by: Any, shown: bool, words: str, reason: str, cut: bool = False,
) -> Check:  # fmt: skip
    locked(case)
    changed = cut or (shown and words.strip() and _same(words) != _same(written))
    if (not shown or changed) and not reason.strip():
        raise BadInput("Give the reason why words are left out", "reason", reason, "the reason, in words")
    made = Check.objects.create(
        shown=shown, words=(words.strip() or written) if shown else "", reason=reason, checked_by=by, **what
    )
    record("case.check", by=by, subject=str(case.pk), check=made.pk, shown=shown, changed=bool(changed))
    return made


def _same(words: str) -> str:
    return " ".join(words.split())


@transaction.atomic
def respond(one: Representation, *, by: Any, words: str) -> Response:
    """Answer a representation in the council's name; the answer is shown beside it."""
    need(by, "cases.respond", one.case.place_code)
    locked(one.case)
    if one.last_check is None or not one.last_check.shown:
        raise BadInput("Check the representation first: only one that is shown is answered")
    if not words.strip():
        raise BadInput("Write what the council says to this", "words", words, "some words")
    last = one.last_response
    if last is not None and last.words == words:
        return last
    made = Response.objects.create(representation=one, words=words, given_by=by)
    record("case.respond", by=by, subject=str(one.case_id), representation=one.pk)
    return made


@transaction.atomic
def nominate(
    *, by: Any, place_code: str, title: str, where: str, token: UUID,
    asset: Any = None, fictional: bool = False,
    day: date | None = None, **facts: Any,
) -> Case:  # fmt: skip
    """Nominate a building or land for a group: the eight weeks run from the day on which it arrives."""
    need(by, "cases.nominate", place_code)
    found = Case.objects.filter(token=token).first()
    if found is not None:
        return found
    _refuse_who_may_not(facts["kind"], facts["members"], shares=facts.pop("shares_surplus", False))
    today = timezone.localtime(timezone.now()).date()
    sent = Nomination.objects.filter(nominated_by=by, case__opened_at__date=today, case__fictional=False)
    if sent.count() >= MOST_NOMINATIONS:
        raise BadInput(f"One account may send {MOST_NOMINATIONS} nominations in a day. Go on tomorrow")
    case = make(by=by, procedure=kept.ACV, place_code=place_code, title=title, where=where, token=token,
                asset=asset, fictional=fictional)  # fmt: skip
    Nomination.objects.create(case=case, nominated_by=by, **facts)
    add_event(case, by=None, kind="nominate", day=day or timezone.localdate(), document="Sent on this site")
    record("case.nominate", by=by, subject=str(case.pk), kind=facts["kind"])
    return case


def _refuse_who_may_not(kind: str, members: int, *, shares: bool) -> None:
    body = kept.nominator(kind)
    if body is None:
        allowed = ", ".join(one.name for one in kept.nominators())
        raise BadInput("A body of this kind may not nominate", "kind", kind, allowed)
    lacks = body.lacks(members=members, shares_surplus=shares)
    if "members" in lacks:
        what = f"A group of this kind needs {body.members} members ({body.provision})"
        raise BadInput(what, "members", members, f"{body.members} or more")
    if "no-surplus" in lacks:
        raise BadInput(f"It may not share a surplus among its members ({body.provision})", "shares_surplus")
