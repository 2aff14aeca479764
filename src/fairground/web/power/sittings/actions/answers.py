"""Answers to recommendations, what was done about them, and letters to the body that decides.

Rule 1: only what a published report holds is answered. Rule 2: what is said anew takes the place of what was
said before, with why; both can be read. Rule 3: no day lies in the future, none before the report.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings import letters
from fairground.web.power.sittings.actions.once import before, check_address, locked, need_words
from fairground.web.power.sittings.models import (
    DeciderLetter,
    FollowUp,
    Kind,
    Recommendation,
    Report,
    Response,
)

AGAIN = "Somebody else has just said it anew. Load the page again and look at what they wrote."


@transaction.atomic
def respond(
    one: Recommendation, *, by: Any, kind: str, reason: str, given_by: str, decided_on: date,
    will_do: str = "", by_when: date | None = None, why: str = "", token: UUID | None = None,
    now: datetime | None = None,
) -> Response:  # fmt: skip
    """Keep what the body that decides answered; an answer that is there already is superseded, with why.

    Parameters
    ----------
    now : the moment, where it is not this one, as in a made-up example.

    Raises
    ------
    BadInput : no reason; accepted without what will be done by when; not decided without by when; a day
        that cannot be. Impossible : the report is not published.
    """
    one, report = _locked(one, by)
    made: Response | None = before(Response, token, recommendation=one)
    if made is not None:
        return made
    need_words(reason=reason, given_by=given_by)
    _check_day(decided_on, report, "decided_on")
    if kind in (Kind.ACCEPTED, Kind.PARTLY):
        need_words(will_do=will_do)
    if kind != Kind.REJECTED and by_when is None:
        raise BadInput("Say by when", "by_when")
    if by_when is not None and by_when < decided_on:
        raise BadInput("This day lies before the decision", "by_when", by_when, f"{decided_on} or later")
    last = next(reversed([row for row in one.responses.all() if not hasattr(row, "superseded_by")]), None)
    if last is not None:
        need_words(why=why)
    made = _kept(Response(
        recommendation=one, kind=Kind(kind), reason=reason, will_do=will_do, by_when=by_when,
        given_by=given_by, decided_on=decided_on, supersedes=last, why=why if last else "", added_by=by,
        added_at=now or timezone.now(),
    ), token)  # fmt: skip
    record(
        "jury.respond", by=by, subject=str(one.jury_id), number=one.number, kind=str(kind), anew=bool(last)
    )
    return made


@transaction.atomic
def follow_up(
    one: Recommendation, *, by: Any, day: date, state: str, words: str, who: str, address: str = "",
    supersedes: FollowUp | None = None, why: str = "", token: UUID | None = None,
) -> FollowUp:  # fmt: skip
    """Keep what was done as it stood on a day; `supersedes` names an entry whose place it takes, with why.

    Raises
    ------
    BadInput : no words; a day that cannot be; an address that is none. Impossible : no published report.
    """
    one, report = _locked(one, by)
    made: FollowUp | None = before(FollowUp, token, recommendation=one)
    if made is not None:
        return made
    need_words(words=words, who=who)
    check_address(address)
    _check_day(day, report, "day")
    if supersedes is not None:
        need_words(why=why)
        if supersedes.recommendation_id != one.pk or FollowUp.objects.filter(supersedes=supersedes).exists():
            raise Impossible(AGAIN)
    made = _kept(FollowUp(
        recommendation=one, day=day, state=state, words=words, by=who, address=address,
        supersedes=supersedes, why=why if supersedes else "", added_by=by,
    ), token)  # fmt: skip
    record("jury.follow-up", by=by, subject=str(one.jury_id), number=one.number, state=str(state))
    return made


@transaction.atomic
def keep_letter(
    jury: Jury, about: str, *, by: Any, sent_on: date, token: UUID | None = None
) -> DeciderLetter:
    """Keep a letter to the body that decides word for word as it was sent.

    Raises
    ------
    BadInput : a day in the future. Impossible : there is nothing to write about.
    """
    jury = locked(jury, by)
    made: DeciderLetter | None = before(DeciderLetter, token, jury=jury)
    if made is not None:
        return made
    if sent_on > timezone.localdate():
        raise BadInput("This day lies in the future", "sent_on", sent_on)
    subject, lines = letters.letter(jury, about)
    more = {"token": token} if token else {}
    made = DeciderLetter.objects.create(
        jury=jury, about=about, subject=subject, words="\n\n".join(lines), sent_on=sent_on, sent_by=by, **more
    )
    record("jury.letter", by=by, subject=str(jury.pk), letter=made.pk, about=about)
    return made


def _kept(made: Any, token: UUID | None) -> Any:
    if token:
        made.token = token
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as fault:
        raise Impossible(AGAIN) from fault
    return made


def _check_day(day: date, report: Report, field: str) -> None:
    first, today = timezone.localdate(report.published_at), timezone.localdate()
    if not first <= day <= today:
        raise BadInput("This day cannot be", field, day, f"{first} to {today}")


def _locked(one: Recommendation, by: Any) -> tuple[Recommendation, Report]:
    jury = locked(one.jury, by)
    report = Report.objects.filter(jury=jury).first()
    if report is None or one.dropped_at is not None:
        raise Impossible("Only what a published report holds can be answered.")
    one.jury = jury
    return one, report
