"""Ideas: sent, taken back, brought together, taken apart, put back; every author is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.participation.actions import need, tell
from fairground.web.participation.models import Round
from fairground.web.power.budgeting.models import ALIVE, Idea, Move, Project, Standing
from fairground.web.power.budgeting.permissions import refuse_if_frozen


@transaction.atomic
def send_idea(round: Round, *, by: Any, title: str, words: str, **place: Any) -> Idea:
    """Send an idea; it is shown at once, marked as not checked yet."""
    need(by, "ideas.write", round)
    idea = Idea.objects.create(round=round, author=by, title=title, words=words, **place)
    record("idea.send", by=by, subject=str(idea.pk), round=str(round.pk))
    return idea


@transaction.atomic
def withdraw_idea(idea: Idea, *, by: Any) -> None:
    """Take back an idea of one's own, before it became a project."""
    need(by, "ideas.withdraw", idea.round)
    idea = _own(_alive(idea), by)
    _turn(idea, Standing.WITHDRAWN, before=idea.standing)
    record("idea.withdraw", by=by, subject=str(idea.pk))


@transaction.atomic
def bring_back_idea(idea: Idea, *, by: Any) -> None:
    """Undo taking back an idea of one's own: it stands as it stood before, checked or not."""
    need(by, "ideas.write", idea.round)
    idea = _own(_locked(idea), by)
    if idea.standing != Standing.WITHDRAWN or not idea.standing_before:
        raise BadInput(f'"{idea.title}" was not taken back by you, so there is nothing to bring back.')
    _turn(idea, idea.standing_before, before="")
    record("idea.bring_back", by=by, subject=str(idea.pk), standing=str(idea.standing))


def _own(idea: Idea, by: Any) -> Idea:
    if idea.author_id != by.pk:
        raise PermissionDenied
    return idea


def _turn(idea: Idea, standing: str, *, before: str) -> None:
    idea.standing, idea.standing_before = standing, before
    idea.save(update_fields=["standing_before", "standing"])


@transaction.atomic
def merge_ideas(
    round: Round, sources: Sequence[Idea], *, by: Any, title: str, words: str, reason: str
) -> Idea:
    """Bring two or more ideas together into a new one; each stays readable and leads to it."""
    need(by, "ideas.merge", round)
    sources = [_alive(idea) for idea in sources]
    if len({idea.pk for idea in sources}) < 2:
        raise BadInput("Choose at least two ideas to bring together.")
    if any(idea.round_id != round.pk for idea in sources):
        raise BadInput("An idea of another round cannot be brought into this one.")
    first = sources[0]
    target = Idea.objects.create(
        round=round,
        author=by,
        title=title,
        words=words,
        pot=_same(sources, "pot"),
        place_name=first.place_name,
        latitude=first.latitude,
        longitude=first.longitude,
        standing=_joined(sources),
    )
    for source in sources:
        _move(source, [target], "merged", reason, by=by)
    record(
        "ideas.merge", by=by, subject=str(target.pk), sources=[str(one.pk) for one in sources], reason=reason
    )
    return target


@transaction.atomic
def split_idea(source: Idea, parts: Sequence[tuple[str, str]], *, by: Any, reason: str) -> list[Idea]:
    """Take one idea apart into two or more; it stays readable and leads to each."""
    need(by, "ideas.merge", source.round)
    source = _alive(source)
    if len(parts) < 2:
        raise BadInput("Taking an idea apart makes at least two. Write a title and words for each.")
    made = []
    for title, words in parts:
        target = Idea.objects.create(
            round=source.round,
            author=by,
            title=title,
            words=words,
            pot=source.pot,
            place_name=source.place_name,
            latitude=source.latitude,
            longitude=source.longitude,
            standing=source.standing,
        )
        made.append(target)
    _move(source, made, "split", reason, by=by)
    record("idea.split", by=by, subject=str(source.pk), targets=[str(one.pk) for one in made], reason=reason)
    return made


@transaction.atomic
def put_back(idea: Idea, *, by: Any) -> None:
    """Undo what brought ideas together into this one, or took one apart into this and others."""
    need(by, "ideas.merge", idea.round)
    refuse_if_frozen(idea.round)
    moves = list(Move.objects.filter(target=idea, undone_at=None).select_related("source"))
    if not moves:
        raise BadInput("Nothing was moved into this idea, so there is nothing to put back.")
    if moves[0].kind == "split":
        moves = list(
            Move.objects.filter(source=moves[0].source, undone_at=None).select_related("source", "target")
        )
    targets = {move.target for move in moves}
    for target in targets:
        _stand(_alive(target), Standing.WITHDRAWN)
    for move in moves:
        _stand(move.source, move.standing_before)
    Move.objects.filter(pk__in=[move.pk for move in moves]).update(undone_by=by, undone_at=timezone.now())
    for source in {move.source for move in moves}:
        told_authors(
            source, "Your idea stands by itself again", f'Your idea "{source.title}" is back as it was.'
        )
    record("ideas.put_back", by=by, subject=str(idea.pk), moves=[move.pk for move in moves])


def ideas_of(user: Any) -> list[dict[str, Any]]:
    """Return the ideas that a person sent, as their export shows them."""
    sent = Idea.objects.filter(author=user).order_by("written_at")
    return [
        {
            "id": str(one.pk),
            "round": str(one.round_id),
            "title": one.title,
            "words": one.words,
            "written_at": one.written_at.isoformat(),
            "standing": one.standing,
        }
        for one in sent
    ]


def told_authors(idea: Idea, subject: str, words: str) -> None:
    """Tell everyone whose idea is in this one."""
    address = reverse("budgeting:idea", args=[idea.round.slug, idea.pk])
    for author in {origin.author for origin in idea.origins()}:
        tell(author, round=idea.round, subject=subject, words=words, address=address)


def _move(source: Idea, targets: Sequence[Idea], kind: str, reason: str, *, by: Any) -> None:
    before = source.standing
    for target in targets:
        Move.objects.create(
            source=source, target=target, kind=kind, reason=reason, standing_before=before, moved_by=by
        )
    _stand(source, Standing(kind))
    names = " and ".join(f'"{target.title}"' for target in targets)
    did = "was brought together with others" if kind == "merged" else "was taken apart"
    words = f'Your idea "{source.title}" {did}: {names}. The reason: {reason}'
    told_authors(source, f"Where your idea went: {targets[0].title}", words)


def _locked(idea: Idea) -> Idea:
    return Idea.objects.select_for_update(of=("self",)).select_related("round").get(pk=idea.pk)


def _alive(idea: Idea) -> Idea:
    idea = _locked(idea)
    if idea.standing not in ALIVE:
        raise BadInput(f'"{idea.title}" is no longer open to this: {idea.get_standing_display().lower()}.')
    if Project.objects.filter(idea=idea).exists():
        raise BadInput(f'"{idea.title}" has become a project, so it can no longer be changed here.')
    return idea


def _stand(idea: Idea, standing: str) -> None:
    idea.standing = standing
    idea.save(update_fields=["standing"])


def _joined(sources: Sequence[Idea]) -> str:
    every = all(idea.standing == Standing.ACCEPTED for idea in sources)
    return Standing.ACCEPTED if every else Standing.NEW


def _same(sources: Sequence[Idea], name: str) -> Any:
    values = {getattr(idea, name) for idea in sources}
    return values.pop() if len(values) == 1 else None
