"""Recommendations: worded, reworded, voted on, and published in a report that nobody can change any more.

Rule 1: nobody votes who was not there: votes need the number of those who were, and are never more.
Rule 2: words that were voted on change only if the vote is taken again.
Rule 3: once the report is published, nothing changes; a mistake is told in a correction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings import reports
from fairground.web.power.sittings.actions.once import before, locked, need_words
from fairground.web.power.sittings.models import (
    Correction,
    Minority,
    Recommendation,
    Report,
    Session,
    Wording,
)

VOTE = ("votes_for", "against", "abstained")


@transaction.atomic
def add_recommendation(
    jury: Jury,
    *,
    by: Any,
    title: str,
    words: str,
    reasons: str,
    threshold: int = 50,
    token: UUID | None = None,
) -> Recommendation:
    """Write down a recommendation; nobody else sees it before the report is published.

    Raises
    ------
    BadInput : no words, no reasons, a threshold under half. Impossible : the report is published.
    """
    jury = _open(jury, by)
    made: Recommendation | None = before(Recommendation, token, jury=jury)
    if made is not None:
        return made
    need_words(title=title, words=words, reasons=reasons)
    if not 50 <= threshold <= 100:
        raise BadInput(
            "A recommendation needs at least half of those there", "threshold", threshold, "50 to 100"
        )
    last = jury.recommendations.order_by("-number").first()
    made = Recommendation(jury=jury, number=last.number + 1 if last else 1, threshold=threshold, added_by=by)
    if token:
        made.token = token
    made.save(force_insert=True)
    Wording.objects.create(recommendation=made, title=title, words=words, reasons=reasons, added_by=by)
    record("jury.recommendation.add", by=by, subject=str(jury.pk), number=made.number)
    return made


@transaction.atomic
def reword(
    one: Recommendation, *, by: Any, title: str, words: str, reasons: str, why: str, token: UUID | None = None
) -> Wording:
    """Give a recommendation other words, with why; the words before stay readable. A vote is taken back.

    Raises
    ------
    BadInput : no words; no reason for the change. Impossible : the report is published; it was dropped.
    """
    one = _locked(one, by)
    made: Wording | None = before(Wording, token, recommendation=one)
    if made is not None:
        return made
    need_words(title=title, words=words, reasons=reasons, why=why)
    more = {"token": token} if token else {}
    made = Wording.objects.create(
        recommendation=one, title=title, words=words, reasons=reasons, why=why, added_by=by, **more
    )
    voted = one.present is not None
    if voted:
        one.session = one.present = one.votes_for = one.against = one.abstained = None
        one.save(update_fields=["session", "present", *VOTE])
    record(
        "jury.recommendation.reword",
        by=by,
        subject=str(one.jury_id),
        number=one.number,
        vote_taken_back=voted,
    )
    return made


@transaction.atomic
def vote(
    one: Recommendation, *, by: Any, session: Session, votes_for: int, against: int, abstained: int
) -> None:
    """Write down a vote, in place of one before.

    Raises
    ------
    BadInput : more votes than members were there; a session of another jury, or one at which nobody has
        said yet who was there. Impossible : the report is published; it was dropped.
    """
    one = _locked(one, by)
    session = Session.objects.get(pk=session.pk)
    if session.jury_id != one.jury_id:
        raise BadInput("This session is of another jury", "session")
    if session.present is None:
        raise BadInput("Write down first who was at this session", "session", session.number)
    votes = (votes_for, against, abstained)
    if min(votes) < 0 or sum(votes) > session.present:
        allowed = f"at most {session.present} together: so many were there"
        raise BadInput("There are more votes than members were there", "votes_for", sum(votes), allowed)
    one.session, one.present = session, session.present
    one.votes_for, one.against, one.abstained = votes
    one.save(update_fields=["session", "present", *VOTE])
    record(
        "jury.recommendation.vote", by=by, subject=str(one.jury_id), number=one.number,
        session=session.number, present=session.present, votes=list(votes),
    )  # fmt: skip


@transaction.atomic
def add_minority(
    one: Recommendation, *, by: Any, words: str, people: int, token: UUID | None = None
) -> Minority:
    """Attach what some members say who see it another way, in their words.

    Raises
    ------
    BadInput : no words; more members than were there. Impossible : the report is published; no vote yet.
    """
    one = _locked(one, by)
    made: Minority | None = before(Minority, token, recommendation=one)
    if made is not None:
        return made
    need_words(words=words)
    if one.present is None:
        raise Impossible("Write down the vote first: it says how many were there.")
    if not 1 <= people <= one.present:
        raise BadInput("So many members were not there", "people", people, f"1 to {one.present}")
    more = {"token": token} if token else {}
    made = Minority.objects.create(recommendation=one, words=words, people=people, added_by=by, **more)
    record("jury.minority.add", by=by, subject=str(one.jury_id), number=one.number, people=people)
    return made


@transaction.atomic
def drop(one: Recommendation, *, by: Any, why: str) -> None:
    """Drop a recommendation before the report, with why; the report says so. Twice changes nothing."""
    jury = _open(one.jury, by)
    one = Recommendation.objects.select_for_update().get(pk=one.pk)
    if one.dropped_at is not None:
        return
    need_words(why=why)
    one.dropped_at, one.dropped_why = timezone.now(), why.strip()
    one.save(update_fields=["dropped_at", "dropped_why"])
    record("jury.recommendation.drop", by=by, subject=str(jury.pk), number=one.number)


@transaction.atomic
def publish_report(jury: Jury, *, by: Any, at: datetime | None = None, seen: str | None = None) -> Report:
    """Publish the report of a jury: its text is sealed and never changes; twice changes nothing.

    `at` is for a report that was published before it was put on this site. `seen` is the digest of the text
    that the officer looked at, where they did.

    Raises
    ------
    BadInput : no recommendation, or one without a vote; another text than was seen. Impossible : the jury
        itself is not published.
    """
    jury = locked(jury, by)
    made = Report.objects.filter(jury=jury).first()
    if made is not None:
        return made
    if jury.round.published_at is None:
        raise Impossible("Publish the jury first. Then its report can be published.")
    listed = list(jury.recommendations.filter(dropped_at=None))
    if not listed:
        raise BadInput("Write down what the jury recommends first")
    without = [str(one.number) for one in listed if one.present is None]
    if without:
        raise BadInput(f"Write down the votes first. Without a vote: {', '.join(without)}")
    text = reports.text_of(jury)
    if seen is not None and seen != reports.digest(text):
        raise BadInput("Something was changed since you read it. Read it again, then publish it", "sure")
    made = Report.objects.create(
        jury=jury, text=text, digest=reports.digest(text), answer_by=jury.answer_by, published_by=by,
        published_at=at or timezone.now(),
    )  # fmt: skip
    record("jury.report.publish", by=by, subject=str(jury.pk), digest=made.digest)
    return made


@transaction.atomic
def correct(report: Report, *, by: Any, words: str, token: UUID | None = None) -> Correction:
    """Say what turned out to be wrong in a published report; the report itself stays as it is."""
    locked(report.jury, by)
    made: Correction | None = before(Correction, token, report=report)
    if made is not None:
        return made
    need_words(words=words)
    more = {"token": token} if token else {}
    made = Correction.objects.create(report=report, words=words, added_by=by, **more)
    record("jury.report.correct", by=by, subject=str(report.jury_id), correction=made.pk)
    return made


def _open(jury: Jury, by: Any) -> Jury:
    jury = locked(jury, by)
    if Report.objects.filter(jury=jury).exists():
        raise Impossible("The report is published. It cannot change any more: add a correction.")
    return jury


def _locked(one: Recommendation, by: Any) -> Recommendation:
    jury = _open(one.jury, by)
    one = Recommendation.objects.select_for_update(of=("self",)).get(pk=one.pk)
    one.jury = jury
    if one.dropped_at is not None:
        raise Impossible("This recommendation was dropped.")
    return one
