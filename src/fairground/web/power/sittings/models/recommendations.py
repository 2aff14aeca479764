"""What a jury recommends: each with its words and their history, its votes, and what a minority says.

Once the report is published nothing of it changes: the database itself refuses (triggers.py), and the page
shows the report as it was sealed. A mistake found later is told in a correction with its day.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.models.held import FOR_GOOD, person
from fairground.web.power.sittings.models.sessions import Session


class Recommendation(models.Model):
    """One recommendation: how it was voted on, out of how many who were there, and what it needed."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveIntegerField()
    threshold = models.PositiveSmallIntegerField(default=50, help_text="percent of those there")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="recommendations")
    present = models.PositiveIntegerField(null=True)
    votes_for = models.PositiveIntegerField(null=True)
    against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_recommendation_of_a_number", fields=["jury", "number"]),
            models.CheckConstraint(
                name="a_threshold_of_half_or_more", condition=Q(threshold__gte=50, threshold__lte=100)
            ),
            models.CheckConstraint(
                name="a_whole_vote_or_none",
                condition=Q(session=None, present=None, votes_for=None, against=None, abstained=None)
                | Q(
                    session__isnull=False, present__isnull=False, votes_for__isnull=False,
                    against__isnull=False, abstained__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="no_more_votes_than_were_there",
                condition=Q(present=None) | Q(present__gte=F("votes_for") + F("against") + F("abstained")),
            ),
            models.CheckConstraint(
                name="dropped_with_a_reason",
                condition=Q(dropped_at=None, dropped_why="")
                | Q(dropped_at__isnull=False) & ~Q(dropped_why=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Recommendation {self.number}"

    @property
    def wording(self) -> Wording | None:
        """The words as they read now."""
        return next(iter(self.wordings.all()), None)

    @property
    def adopted(self) -> bool | None:
        """Whether the jury made it its own; None before the vote.

        Rule 1: at least the threshold of those who were there are for it. Rule 2: more for it than against.
        """
        if self.present is None:
            return None
        found: Any = self
        return bool(
            found.votes_for * 100 >= self.threshold * found.present and found.votes_for > found.against
        )


class Wording(models.Model):
    """The words of a recommendation and its reasons at one time; other words are a new row with why."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="wordings")
    title = models.CharField(max_length=150)
    words = models.TextField(max_length=3000)
    reasons = models.TextField(max_length=4000)
    why = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Minority(models.Model):
    """What some members say who see a recommendation another way, in their words, and how many they are."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="minorities")
    words = models.TextField(max_length=3000)
    people = models.PositiveIntegerField()
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "minorities"
        constraints = [models.CheckConstraint(name="a_minority_of_somebody", condition=Q(people__gte=1))]

    def __str__(self) -> str:
        return f"{self.people} members on {self.recommendation}"


class Report(models.Model):
    """The report of a jury as it was published: its text, and the SHA-256 of that text."""

    personal_data = {"published_by": "who published it; never shown"}
    kept_for = FOR_GOOD

    jury = models.OneToOneField(Jury, on_delete=models.PROTECT, related_name="report")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    answer_by = models.DateField()
    published_by = person()
    published_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"report of {self.jury_id}"


class Correction(models.Model):
    """What turned out to be wrong in a report after it was published."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="corrections")
    words = models.TextField(max_length=2000)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"correction of {self.added_at:%Y-%m-%d}"
