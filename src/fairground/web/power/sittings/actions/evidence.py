"""What the jury hears: sides, experts decided on with reasons, evidence, questions and replies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from fairground.web.audit.actions import record
from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.actions.once import before, hold, locked, need_words, take_off
from fairground.web.power.sittings.documents import Document
from fairground.web.power.sittings.models import (
    Evidence,
    Question,
    Reply,
    Session,
    Side,
    Source,
    Standing,
    Witness,
)

MOST_WAITING = 200  # suggestions for one jury that nobody has decided on: more is a flood
FIRST_YEAR = 1000


@transaction.atomic
def add_side(jury: Jury, *, by: Any, name: str, about: str = "") -> Side:
    """Say that the question has this side; a side that is there already stays as it is."""
    jury = locked(jury, by)
    need_words(name=name)
    side, new = Side.objects.get_or_create(jury=jury, name=name, defaults={"about": about})
    if new:
        record("jury.side.add", by=by, subject=str(jury.pk), side=side.pk)
    return side


@transaction.atomic
def suggest(jury: Jury, *, token: UUID | None = None, by: Any = None, **facts: Any) -> Witness:
    """Suggest somebody whom the jury should hear; anyone may, without an account. Nothing of it is shown yet.

    Raises
    ------
    BadInput : nobody named; the side of another jury; far too many suggestions that wait.
    Impossible : the jury has reported, or its pool is erased.
    """
    if by is not None:
        jury = locked(jury, by)
    else:
        jury = Jury.objects.select_for_update(of=("self",)).select_related("round").get(pk=jury.pk)
    made: Witness | None = before(Witness, token, jury=jury)
    if made is not None:
        return made
    if by is None and not takes_suggestions(jury):
        raise Impossible("This jury takes no more suggestions.")
    need_words(speaks_for=facts["speaks_for"], why=facts["why"])
    _same(jury, side=facts["side"])
    if by is None and jury.witnesses.filter(standing=Standing.SUGGESTED).count() >= MOST_WAITING:
        raise BadInput("Very many suggestions wait already. Try again in some days")
    made = Witness(jury=jury, **{"source": Source.PUBLIC, **facts})
    if token:
        made.token = token
    made.save(force_insert=True)
    record("jury.witness.suggest", by=by, subject=str(jury.pk), witness=made.pk, side=made.side_id)
    return made


@transaction.atomic
def accept(witness: Witness, *, by: Any, **facts: Any) -> None:
    """Put somebody on the hearing list, as everyone will read it; doing it again changes what is said.

    Raises
    ------
    BadInput : no interests declared (write "none"), not whom they speak for, who invited them or why.
    Impossible : it was decided that they are not heard.
    """
    witness = _locked(witness, by)
    needed = ("speaks_for", "interests", "invited_by", "why")
    need_words(**{name: facts.get(name, getattr(witness, name)) for name in needed})
    for name in (*needed, "name", "named", "side", "session"):
        setattr(witness, name, facts.get(name, getattr(witness, name)))
    _same(witness.jury, side=witness.side, session=witness.session)
    witness.standing, witness.decided_by, witness.decided_at = Standing.ACCEPTED, by, timezone.now()
    witness.save()
    record("jury.witness.accept", by=by, subject=str(witness.jury_id), witness=witness.pk)


@transaction.atomic
def refuse(witness: Witness, *, by: Any, reason: str) -> None:
    """Decide that somebody is not heard, with the reason; who they are is forgotten at once.

    Raises
    ------
    BadInput : no reason. Impossible : the jury has heard them.
    """
    witness = _locked(witness, by)
    need_words(reason=reason)
    if witness.evidence.exists() or witness.questions.exists():
        raise Impossible("The jury has evidence from them, or asked them. They stay on the list.")
    witness.name = witness.speaks_for = witness.interests = witness.why = ""
    witness.session, witness.named, witness.reason = None, False, reason.strip()
    witness.standing, witness.decided_by, witness.decided_at = Standing.REFUSED, by, timezone.now()
    witness.save()
    record("jury.witness.refuse", by=by, subject=str(witness.jury_id), witness=witness.pk)


@transaction.atomic
def add_evidence(
    jury: Jury, *, by: Any, token: UUID | None = None, document: Document | None = None, **facts: Any
) -> Evidence:
    """Add something that the jury read or was shown, with its source, its year and its licence.

    Raises
    ------
    BadInput : no words, a year that cannot be, something of another jury.
    """
    jury = locked(jury, by)
    made: Evidence | None = before(Evidence, token, jury=jury)
    if made is not None:
        return made
    need_words(**{name: facts[name] for name in ("title", "summary", "source", "licence")})
    this = timezone.localdate().year
    if not FIRST_YEAR <= facts["year"] <= this:
        raise BadInput("This year cannot be", "year", facts["year"], f"{FIRST_YEAR} to {this}")
    _same(jury, **{name: facts.get(name) for name in ("session", "witness", "side")})
    made = Evidence(jury=jury, added_by=by, **facts)
    if token:
        made.token = token
    hold(made, document, need_one=False)
    record("jury.evidence.add", by=by, subject=str(jury.pk), evidence=made.pk, digest=made.digest)
    return made


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Any, why: str) -> None:
    """Take evidence off, with the reason; its title, its source and the reason stay."""
    locked(evidence.jury, by)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if take_off(evidence, by=by, why=why):
        record("jury.evidence.remove", by=by, subject=str(evidence.jury_id), evidence=evidence.pk)


@transaction.atomic
def ask(
    jury: Jury, *, by: Any, words: str, session: Session | None = None, witness: Witness | None = None,
    token: UUID | None = None,
) -> Question:  # fmt: skip
    """Write down what the jury asked, without who of it asked."""
    jury = locked(jury, by)
    made: Question | None = before(Question, token, jury=jury)
    if made is not None:
        return made
    need_words(words=words)
    _same(jury, session=session, witness=witness)
    more = {"token": token} if token else {}
    made = Question.objects.create(
        jury=jury, words=words, session=session, witness=witness, added_by=by, **more
    )
    record("jury.question.ask", by=by, subject=str(jury.pk), question=made.pk)
    return made


@transaction.atomic
def reply(question: Question, *, by: Any, words: str, given_by: str, token: UUID | None = None) -> Reply:
    """Write down what was answered; another answer takes its place, and both can be read."""
    locked(question.jury, by)
    made: Reply | None = before(Reply, token, question=question)
    if made is not None:
        return made
    need_words(words=words, given_by=given_by)
    more = {"token": token} if token else {}
    made = Reply.objects.create(question=question, words=words, given_by=given_by, added_by=by, **more)
    record("jury.question.reply", by=by, subject=str(question.jury_id), question=question.pk)
    return made


def takes_suggestions(jury: Jury) -> bool:
    """Say whether anyone may suggest experts: until the last session is over, or a year after the draw."""
    last = jury.sessions.filter(called_off_at=None).order_by("-ends_at").first()
    end = last.ends_at if last else jury.registration_closes + timedelta(days=365)
    return jury.round.published_at is not None and timezone.now() < end and jury.sides.exists()


def _locked(witness: Witness, by: Any) -> Witness:
    jury = locked(witness.jury, by)
    witness = (
        Witness.objects.select_for_update(of=("self",)).select_related("session", "side").get(pk=witness.pk)
    )
    witness.jury = jury
    if witness.standing == Standing.REFUSED:
        raise Impossible("It was decided that they are not heard, and who they are is forgotten.")
    return witness


def _same(jury: Jury, **things: Any) -> None:
    for name, thing in things.items():
        if thing is not None and thing.jury_id != jury.pk:
            raise BadInput("This belongs to another jury", name)
