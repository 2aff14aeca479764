"""Delivery: milestones reached, money spent, photographs of the work."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.participation.actions import need
from fairground.web.power.budgeting.models import Milestone, Photograph, Project, Spending
from fairground.web.power.budgeting.templatetags.money import pounds


@transaction.atomic
def add_milestone(project: Project, *, by: Any, words: str, due_on: date) -> Milestone:
    """Add a step of the work."""
    _need(by, project)
    step = Milestone.objects.create(project=project, words=words, due_on=due_on)
    record("delivery.milestone", by=by, subject=str(project.pk), words=words, due=due_on.isoformat())
    return step


@transaction.atomic
def reach(step: Milestone, *, by: Any, done_on: date | None) -> None:
    """Say on which day a step was reached; None takes it back."""
    _need(by, step.project)
    step.done_on = done_on
    step.save(update_fields=["done_on"])
    day = done_on.isoformat() if done_on else None
    record("delivery.reach", by=by, subject=str(step.project_id), milestone=step.pk, day=day)


@transaction.atomic
def spend(
    project: Project, *, by: Any, amount_pence: int, what: str, spent_on: date, over_reason: str = ""
) -> Spending:
    """Write down money that was spent; above the project's price only with a reason."""
    _need(by, project)
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if amount_pence <= 0:
        raise BadInput("An amount is more than nothing.", field="amount_pence")
    over = project.spent_pence + amount_pence - (project.cost_pence or 0)
    if over > 0 and not over_reason.strip():
        raise BadInput(
            f"This brings the spending {pounds(over)} above the price. Give the reason.",
            field="over_reason",
        )
    line = Spending.objects.create(
        project=project,
        amount_pence=amount_pence,
        what=what,
        spent_on=spent_on,
        over_reason=over_reason if over > 0 else "",
        recorded_by=by,
    )
    record("delivery.spend", by=by, subject=str(project.pk), pence=amount_pence, what=what, over=max(over, 0))
    return line


@transaction.atomic
def strike(line: Spending, *, by: Any) -> None:
    """Strike out a line that was wrong; it stays readable."""
    _need(by, line.project)
    if Spending.objects.filter(pk=line.pk, struck_at=None).update(struck_by=by, struck_at=timezone.now()):
        record("delivery.strike", by=by, subject=str(line.project_id), pence=line.amount_pence)


@transaction.atomic
def add_photograph(project: Project, *, by: Any, content: bytes, kind: str, description: str) -> Photograph:
    """Keep a photograph whose hidden words (place, camera, time) were taken out already."""
    _need(by, project)
    shown = Photograph(project=project, description=description, added_by=by)
    shown.file.save(f"{project.pk}.{kind}", ContentFile(content), save=True)
    record("delivery.photograph", by=by, subject=str(project.pk), photograph=shown.pk, kind=kind)
    return shown


@transaction.atomic
def remove_photograph(shown: Photograph, *, by: Any) -> None:
    """Remove a photograph and its file."""
    _need(by, shown.project)
    record("delivery.photograph.remove", by=by, subject=str(shown.project_id), photograph=shown.pk)
    storage, name = shown.file.storage, str(shown.file.name)
    shown.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _need(by: Any, project: Project) -> None:
    need(by, "delivery.report", project.round)
    if project.won_at is None:
        raise BadInput(f'"{project.title}" was not chosen, so there is no work to tell about.')
