"""Projects: taken forward from ideas, worked out in private, published with a reason, and put to the vote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.participation.actions import need
from fairground.web.participation.models import Round
from fairground.web.power.budgeting.actions.ideas import told_authors
from fairground.web.power.budgeting.models import Idea, Pot, Project, Standing
from fairground.web.power.budgeting.permissions import refuse_if_frozen
from fairground.web.power.budgeting.templatetags.money import pounds


@transaction.atomic
def take_forward(idea: Idea, *, by: Any, pot: Pot, **more: Any) -> Project:
    """Make a project of an idea that keeps the rules."""
    need(by, "projects.assess", idea.round)
    refuse_if_frozen(idea.round)
    idea = Idea.objects.select_for_update(of=("self",)).select_related("round", "pot").get(pk=idea.pk)
    checked = idea.standing == Standing.ACCEPTED or (
        idea.standing == Standing.NEW and "moderation" not in idea.round.dated()
    )
    if not checked or Project.objects.filter(idea=idea).exists():
        raise BadInput(f'"{idea.title}" is not ready to become a project, or has become one.')
    return add_project(
        idea.round,
        by=by,
        pot=pot,
        idea=idea,
        title=idea.title,
        summary=idea.words,
        place_name=idea.place_name,
        latitude=idea.latitude,
        longitude=idea.longitude,
        **more,
    )


@transaction.atomic
def add_project(round: Round, *, by: Any, pot: Pot, title: str, summary: str, **more: Any) -> Project:
    """Add a project to be worked out."""
    need(by, "projects.assess", round)
    refuse_if_frozen(round)
    if pot.round_id != round.pk:
        raise BadInput("This pot belongs to another round.", field="pot")
    if Project.objects.filter(round=round, title=title).exists():
        raise BadInput(f'There is a project "{title}" already. Bring the ideas together, or rename one.')
    project = Project.objects.create(round=round, pot=pot, title=title, summary=summary, **more)
    record("project.add", by=by, subject=str(project.pk), round=str(round.pk), title=title)
    return project


@transaction.atomic
def assess(project: Project, *, by: Any, feasible: bool, cost_pence: int | None, reason: str) -> None:
    """Write down what was found; nobody else sees it before it is published."""
    need(by, "projects.assess", project.round)
    refuse_if_frozen(project.round)
    project = Project.objects.select_for_update(of=("self",)).select_related("pot").get(pk=project.pk)
    if project.published_at:
        raise BadInput("This finding is published. Take it back first, with a reason.")
    if feasible and not cost_pence:
        raise BadInput("A project that is possible needs a cost.", field="cost_pence")
    if feasible and (cost_pence or 0) > project.pot.limit_pence:
        limit = pounds(project.pot.limit_pence)
        raise BadInput(
            f"The pot {project.pot.name} pays at most {limit} for one project.", field="cost_pence"
        )
    project.feasible, project.cost_pence, project.reason = feasible, cost_pence, reason
    project.assessed_by, project.assessed_at = by, timezone.now()
    project.save()
    record("project.assess", by=by, subject=str(project.pk), feasible=feasible, pence=cost_pence)


@transaction.atomic
def publish_findings(round: Round, *, by: Any) -> int:
    """Publish every finished finding at once, and tell each author; return how many."""
    need(by, "projects.assess", round)
    refuse_if_frozen(round)
    ready = Project.objects.filter(round=round, published_at=None, feasible__isnull=False).exclude(reason="")
    published = list(ready.select_related("idea", "round"))
    for project in published:
        project.published_at = timezone.now()
        project.save(update_fields=["published_at"])
        facts = {"feasible": project.feasible, "pence": project.cost_pence, "reason": project.reason}
        record("project.publish", by=by, subject=str(project.pk), **facts)
        _told(project)
    return len(published)


@transaction.atomic
def take_back_finding(project: Project, *, by: Any, reason: str) -> None:
    """Take a published finding back before the vote is frozen, with a reason that the author is told."""
    need(by, "projects.assess", project.round)
    refuse_if_frozen(project.round)
    if not Project.objects.filter(pk=project.pk).exclude(published_at=None).update(published_at=None):
        raise BadInput("This finding is not published.")
    record("project.take_back", by=by, subject=str(project.pk), reason=reason)
    words = f'What we found about "{project.title}" was taken back. The reason: {reason}'
    told_project(project, "We look at your project again", words)


@transaction.atomic
def record_winners(round: Round, winners: Sequence[str], *, by: Any, agreed: bool = True) -> None:
    """Write down which projects the count chose, so that their work can begin, and tell their authors.

    Part of a count, which asked whether `by` may count; this is its one event in the audit log.
    """
    won = Project.objects.filter(round=round, pk__in=filter(_is_uuid, winners), won_at=None)
    for project in won.select_related("idea", "round"):
        project.won_at = timezone.now()
        project.save(update_fields=["won_at"])
        told_project(project, "Your idea will be built", f'People chose "{project.title}".')
    record("vote.count", by=by, subject=str(round.pk), winners=sorted(winners), agreed=agreed)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def told_project(project: Project, subject: str, words: str) -> None:
    """Tell the authors of the idea that a project grew from, if it grew from one."""
    if project.idea:
        told_authors(project.idea, subject, words)


def _told(project: Project) -> None:
    found = "can be done" if project.feasible else "cannot be done"
    cost = f" It would cost {pounds(project.cost_pence)}." if project.feasible else ""
    words = f'"{project.title}" {found}.{cost} The reason: {project.reason}'
    told_project(project, f"Your idea {found}", words)


@transaction.atomic
def take_in(round: Round, rows: Iterable[tuple[Pot, Any]], *, by: Any) -> None:
    """Add the projects of a table, and keep what it says was found about each: the whole table, or nothing.

    A row with the id of a project of the round says what was found about that one, and changes nothing else.
    """
    known = {str(one.pk): one for one in Project.objects.filter(round=round).select_related("round", "pot")}
    for pot, row in rows:
        project = known.get(row.id) or _added(round, pot, row, by=by)
        if project.title != row.title or project.pot_id != pot.pk:
            told = f'The project with this id is "{project.title}" in the pot {project.pot.name}'
            raise BadInput(told, "id", row.title, row=row.number)
        if row.feasible is None or (project.published_at and _is_of(project, row)):
            continue
        try:
            assess(project, by=by, feasible=row.feasible, cost_pence=row.cost_pence, reason=row.reason)
        except BadInput as fault:
            raise BadInput(fault.what, value=row.title, row=row.number) from fault


def _added(round: Round, pot: Pot, row: Any, *, by: Any) -> Project:
    place = {name: getattr(row, name) for name in ("place_name", "latitude", "longitude")}
    facts = {"title": row.title, "summary": row.summary, "cost_pence": row.cost_pence, **place}
    return add_project(round, by=by, pot=pot, **facts)


def _is_of(project: Project, row: Any) -> bool:
    """Return whether a row says what was found about a project already."""
    kept = (project.feasible, project.cost_pence, project.reason)
    return kept == (row.feasible, row.cost_pence, row.reason)
