"""Rulings: an idea keeps the rules or not, always with a reason; on an appeal, somebody else decides."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.participation.actions import need
from fairground.web.power.budgeting.actions.ideas import told_authors
from fairground.web.power.budgeting.models import Appeal, Idea, Project, Ruling, Standing


@transaction.atomic
def rule(idea: Idea, *, by: Any, accepted: bool, reason: str) -> Ruling:
    """Decide whether an idea keeps the rules; nobody decides on an idea of their own."""
    need(by, "ideas.moderate", idea.round)
    idea = _locked(idea)
    _not_my_own(idea, by)
    if idea.standing != Standing.NEW:
        raise BadInput(f'"{idea.title}" is not waiting for a check: {idea.get_standing_display().lower()}.')
    ruling = Ruling.objects.create(idea=idea, accepted=accepted, reason=reason, decided_by=by)
    _apply(idea, accepted)
    record("idea.rule", by=by, subject=str(idea.pk), accepted=accepted, reason=reason)
    said = "keeps the rules and goes on" if accepted else "was refused"
    told_authors(
        idea,
        f"Your idea {said}",
        f'Your idea "{idea.title}" {said}. The reason: {reason}'
        + ("" if accepted else " You may appeal on its page; somebody else will look at it."),
    )
    return ruling


@transaction.atomic
def take_back_ruling(ruling: Ruling, *, by: Any) -> None:
    """Take one's own decision back while nothing followed from it."""
    need(by, "ideas.moderate", ruling.idea.round)
    idea = _locked(ruling.idea)
    if ruling.decided_by_id != by.pk:
        raise PermissionDenied
    followed = Appeal.objects.filter(ruling=ruling).exists() or Project.objects.filter(idea=idea).exists()
    if followed or idea.standing not in (Standing.ACCEPTED, Standing.REFUSED):
        raise BadInput("Something has followed from this decision already, so it cannot be taken back.")
    taken = Ruling.objects.filter(pk=ruling.pk, taken_back_at=None)
    if taken.update(taken_back_by=by, taken_back_at=timezone.now()):
        idea.standing = Standing.NEW
        idea.save(update_fields=["standing"])
        record("idea.rule.take_back", by=by, subject=str(idea.pk))
        told_authors(idea, "We look at your idea again", f'The decision on "{idea.title}" was taken back.')


@transaction.atomic
def appeal(ruling: Ruling, *, by: Any, words: str) -> Appeal:
    """Ask for another look at an idea of one's own that was refused."""
    need(by, "ideas.appeal", ruling.idea.round)
    idea = _locked(ruling.idea)
    if by.pk not in {origin.author_id for origin in idea.origins()}:
        raise PermissionDenied
    if ruling.accepted or ruling.taken_back_at or Appeal.objects.filter(ruling=ruling).exists():
        raise BadInput("There is nothing to appeal against: the idea was not refused, or an appeal was made.")
    made = Appeal.objects.create(ruling=ruling, words=words)
    record("idea.appeal", by=by, subject=str(idea.pk))
    return made


@transaction.atomic
def decide_appeal(made: Appeal, *, by: Any, granted: bool, reason: str) -> None:
    """Decide an appeal; not the person who refused the idea, and not its author."""
    idea = _locked(made.ruling.idea)
    need(by, "ideas.moderate", idea.round)
    if by.pk == made.ruling.decided_by_id:
        raise PermissionDenied("Somebody else than the first decides an appeal.")
    _not_my_own(idea, by)
    waiting = Appeal.objects.filter(pk=made.pk, decided_at=None)
    if not waiting.update(granted=granted, reason=reason, decided_by=by, decided_at=timezone.now()):
        raise BadInput("This appeal is decided already.")
    if granted:
        _apply(idea, True)
    record("idea.appeal.decide", by=by, subject=str(idea.pk), granted=granted, reason=reason)
    said = "Your appeal was granted: your idea goes on" if granted else "Your appeal was not granted"
    told_authors(idea, said, f'{said}. The idea: "{idea.title}". The reason: {reason}')


def barred(made: Appeal, by: Any) -> str:
    """Return why this person cannot decide an appeal, in words; nothing where they can."""
    if by.pk == made.ruling.decided_by_id:
        return (
            "You refused this idea, so somebody else decides its appeal. If nobody else moderates this "
            "round, an officer can name a second moderator under People and their roles."
        )
    if by.pk in {origin.author_id for origin in made.ruling.idea.origins()}:
        return "This idea is yours, so somebody else decides its appeal."
    return "This appeal is decided already." if made.decided_at else ""


def _locked(idea: Idea) -> Idea:
    return Idea.objects.select_for_update(of=("self",)).select_related("round").get(pk=idea.pk)


def _not_my_own(idea: Idea, by: Any) -> None:
    if by.pk in {origin.author_id for origin in idea.origins()}:
        raise PermissionDenied("Nobody decides on an idea of their own.")


def _apply(idea: Idea, accepted: bool) -> None:
    idea.standing = Standing.ACCEPTED if accepted else Standing.REFUSED
    idea.save(update_fields=["standing"])
