"""Pots of money, ideas, what became of each idea, the projects they grew into, and how the work goes.

Money is kept in whole pence. Nothing is deleted: what is taken back keeps its row, its who and its when.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fairground.web.participation.models import Round


def _person(**more: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Located(models.Model):
    """Something with a place: in words, and as a point on the map where somebody gave one."""

    place_name = models.CharField(max_length=120, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        abstract = True


class Pot(models.Model):
    """An amount for the whole place or for some of its districts, with a ceiling for one project."""

    personal_data: dict[str, str] = {}
    kept_for = "As long as the round."

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pots")
    name = models.CharField(max_length=80)
    amount_pence = models.PositiveBigIntegerField()
    ceiling_pence = models.PositiveBigIntegerField(null=True, blank=True)
    districts: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_pot_of_a_name", fields=["round", "name"]),
            models.CheckConstraint(name="a_pot_holds_money", condition=Q(amount_pence__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def limit_pence(self) -> int:
        """The most that one project of this pot may cost."""
        return min(self.amount_pence, self.ceiling_pence or self.amount_pence)


class Standing(models.TextChoices):
    """What has become of an idea."""

    NEW = "new", "Not checked yet"
    ACCEPTED = "accepted", "Keeps the rules"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Taken back"
    MERGED = "merged", "Brought together with others"
    SPLIT = "split", "Taken apart"


SHOWN = (Standing.NEW, Standing.ACCEPTED, Standing.MERGED, Standing.SPLIT)
ALIVE = (Standing.NEW, Standing.ACCEPTED)


class Idea(Located):
    """What somebody would like to see built or done."""

    personal_data = {"author": "who had the idea; never shown", "words": "what they wrote may name people"}
    kept_for = "For good, as part of the round; the author's account can be deleted."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ideas")
    pot = models.ForeignKey(Pot, on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas")
    title = models.CharField(max_length=100)
    words = models.TextField(max_length=3000)
    author = _person()
    written_at = models.DateTimeField(default=timezone.now)
    standing = models.CharField(max_length=20, choices=Standing.choices, default=Standing.NEW)
    standing_before = models.CharField(max_length=20, choices=Standing.choices, blank=True)

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(name="a_known_standing", condition=Q(standing__in=Standing.values))
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown(self) -> bool:
        """Whether everyone may read its words."""
        return self.standing in SHOWN

    def origins(self) -> list[Idea]:
        """Return the ideas of residents that this one grew from; itself where it grew from none."""
        before = [move.source for move in self.came_from.filter(undone_at=None).select_related("source")]
        return [origin for idea in before for origin in idea.origins()] if before else [self]


class Move(models.Model):
    """An idea went into another: brought together with others, or taken apart; and may have been put back."""

    personal_data = {"moved_by": "who did it", "undone_by": "who put it back"}
    kept_for = "For good: it shows where each idea went."

    source = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="went_to")
    target = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="came_from")
    kind = models.CharField(max_length=10, choices=[("merged", "Brought together"), ("split", "Taken apart")])
    reason = models.TextField(max_length=1000)
    standing_before = models.CharField(max_length=20, choices=Standing.choices)
    moved_by = _person()
    moved_at = models.DateTimeField(default=timezone.now)
    undone_by = _person(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["moved_at"]
        constraints = [
            models.CheckConstraint(
                name="move_undone_by_and_when",
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} to {self.target_id}"


class Ruling(models.Model):
    """A decision whether an idea keeps the rules, with its reason; and may have been taken back."""

    personal_data = {"decided_by": "who decided", "taken_back_by": "who took it back"}
    kept_for = "For good: it shows why an idea was refused."

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="rulings")
    accepted = models.BooleanField()
    reason = models.TextField(max_length=1000)
    decided_by = _person()
    decided_at = models.DateTimeField(default=timezone.now)
    taken_back_by = _person(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_standing_ruling", fields=["idea"], condition=Q(taken_back_at=None)
            ),
            models.CheckConstraint(name="a_ruling_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return "accepted" if self.accepted else "refused"


class Appeal(models.Model):
    """The author asks for another look; somebody else than the first decides."""

    personal_data = {"decided_by": "who decided the appeal", "words": "what the author wrote"}
    kept_for = "For good, as part of the round."

    ruling = models.OneToOneField(Ruling, on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField(max_length=2000)
    made_at = models.DateTimeField(default=timezone.now)
    granted = models.BooleanField(null=True)
    reason = models.TextField(max_length=1000, blank=True)
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeal_decided_by_when_and_why",
                condition=Q(decided_by=None, decided_at=None, granted=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, granted__isnull=False)
                & ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"appeal of {self.made_at:%Y-%m-%d}"


class Project(Located):
    """What an idea grew into: worked out, priced, voted on, built."""

    personal_data = {"assessed_by": "who worked it out"}
    kept_for = "For good: it is what people voted on."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="projects")
    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="projects")
    idea = models.OneToOneField(Idea, on_delete=models.PROTECT, null=True, blank=True, related_name="project")
    title = models.CharField(max_length=100)
    summary = models.TextField(max_length=3000)
    cost_pence = models.PositiveBigIntegerField(null=True, blank=True)
    feasible = models.BooleanField(null=True)
    reason = models.TextField(max_length=2000, blank=True)
    assessed_by = _person(null=True)
    assessed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    won_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_project_of_a_title", fields=["round", "title"]),
            models.CheckConstraint(
                name="a_published_finding_is_whole",
                condition=Q(published_at=None) | (Q(feasible__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="a_feasible_project_has_a_cost",
                condition=Q(feasible=None) | Q(feasible=False) | Q(cost_pence__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def spent_pence(self) -> int:
        """What has been spent so far, without what was struck out."""
        return sum(one.amount_pence for one in self.spending.all() if one.struck_at is None)

    @property
    def finished(self) -> bool:
        """Whether every milestone is reached."""
        steps = list(self.milestones.all())
        return bool(steps) and all(step.done_on for step in steps)


class Milestone(models.Model):
    """A step of the work: when it is due, and when it was reached."""

    personal_data: dict[str, str] = {}
    kept_for = "For good, as part of the round."

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    words = models.CharField(max_length=150)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.words


class Spending(models.Model):
    """Money that was spent on a project; above its price only with a reason. A wrong line is struck out."""

    personal_data = {"recorded_by": "who wrote it down", "struck_by": "who struck it out"}
    kept_for = "For good: it is public money."

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="spending")
    amount_pence = models.PositiveBigIntegerField()
    what = models.CharField(max_length=150)
    spent_on = models.DateField()
    over_reason = models.TextField(max_length=500, blank=True)
    recorded_by = _person()
    recorded_at = models.DateTimeField(default=timezone.now)
    struck_by = _person(null=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["spent_on", "pk"]
        constraints = [models.CheckConstraint(name="money_was_spent", condition=Q(amount_pence__gt=0))]

    def __str__(self) -> str:
        return f"{self.amount_pence}p for {self.what}"


class Photograph(models.Model):
    """A photograph of the work, with words for those who cannot see it; nothing else is left in the file."""

    personal_data = {"added_by": "who added it"}
    kept_for = "As long as the round."

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="photographs")
    file = models.FileField(upload_to="projects/")
    description = models.CharField(max_length=200)
    added_by = _person()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.description
