"""What a jury heard: the sides of its question, the experts, the evidence, and the jurors' own questions."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.models.held import FOR_GOOD, Held, person
from fairground.web.power.sittings.models.sessions import Session


class Side(models.Model):
    """A side of the question that the jury should hear, so that a side nobody spoke for shows."""

    personal_data: dict[str, str] = {}
    kept_for = FOR_GOOD

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="sides")
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="one_side_of_a_name", fields=["jury", "name"])]

    def __str__(self) -> str:
        return self.name


class Standing(models.TextChoices):
    """Where a suggestion of an expert stands."""

    SUGGESTED = "suggested", "Suggested"
    ACCEPTED = "accepted", "Heard or to be heard"
    REFUSED = "refused", "Not heard"


class Source(models.TextChoices):
    """Who suggested an expert."""

    OFFICERS = "officers", "The officers"
    JURY = "jury", "Members of the jury"
    SIDES = "sides", "Those who speak for a side"
    PUBLIC = "public", "Somebody on this site"


class Witness(models.Model):
    """Somebody whom the jury hears, or whom somebody suggested, with whom they speak for and why chosen.

    A name is shown only of one who agreed. Of one who is not heard, only the side and why are kept.
    """

    personal_data = {
        "name": "of somebody who speaks to the jury; shown only if they agreed",
        "speaks_for": "may tell who they are",
        "interests": "what they gain or lose, as they declared it",
        "why": "why they were suggested; shown only as the officers' decision has it",
        "decided_by": "who decided; never shown",
    }
    kept_for = "Of those heard: for good. Of those not heard: until the decision; the side and why stay."

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="witnesses")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="witnesses")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="witnesses")
    name = models.CharField(max_length=120, blank=True)
    named = models.BooleanField(default=False)
    speaks_for = models.CharField(max_length=200, blank=True)
    interests = models.TextField(max_length=1000, blank=True)
    invited_by = models.CharField(max_length=120, blank=True)
    why = models.TextField(max_length=1000, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.SUGGESTED)
    reason = models.CharField(max_length=500, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    suggested_at = models.DateTimeField(default=timezone.now)
    decided_by = person(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["suggested_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_known_standing_of_a_witness", condition=Q(standing__in=Standing.values)
            ),
            models.CheckConstraint(
                name="a_witness_decided_by_and_when",
                condition=Q(standing=Standing.SUGGESTED, decided_by=None, decided_at=None)
                | ~Q(standing=Standing.SUGGESTED) & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="who_is_heard_has_declared_interests",
                condition=~Q(standing=Standing.ACCEPTED)
                | ~Q(interests="") & ~Q(why="") & ~Q(speaks_for="") & ~Q(invited_by=""),
            ),
            models.CheckConstraint(
                name="nothing_is_kept_of_who_is_not_heard",
                condition=~Q(standing=Standing.REFUSED)
                | Q(name="", speaks_for="", interests="", why="", session=None) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as everyone may read it."""
        return self.name if self.named and self.name else f"Somebody who speaks for {self.speaks_for}"


class Evidence(Held):
    """Something that the jury read or was shown, in plain words, with where it comes from."""

    personal_data = {"added_by": "who added it; never shown", "removed_by": "who took it off; never shown"}
    kept_for = FOR_GOOD

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="evidence")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="evidence")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, null=True, related_name="evidence")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, null=True, related_name="evidence")
    summary = models.TextField(max_length=3000)
    source = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    licence = models.CharField(max_length=120)

    class Meta(Held.Meta):
        ordering = ["added_at", "pk"]


class Question(models.Model):
    """What the jury asked, without who of it asked."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="questions")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="questions")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, null=True, related_name="questions")
    words = models.TextField(max_length=1000)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def last_reply(self) -> Reply | None:
        """What was answered last, or None where nothing was."""
        return next(iter(self.replies.all()), None)


class Reply(models.Model):
    """A written answer to the jury; another one takes its place, and both can be read."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="replies")
    words = models.TextField(max_length=4000)
    given_by = models.CharField(max_length=200, help_text="a body or a part, such as the council's bus team")
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return f"reply to question {self.question_id}"
