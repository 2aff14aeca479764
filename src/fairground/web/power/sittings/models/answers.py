"""What the body that decides answered to each recommendation, what was done, the letters, the reminders.

Nothing is changed or deleted: what is said anew takes the place of a row that can still be read.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.models.held import FOR_GOOD, WEB_ADDRESS, person
from fairground.web.power.sittings.models.recommendations import Recommendation


class Kind(models.TextChoices):
    """What a body says to a recommendation."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REJECTED = "rejected", "Rejected"
    NOT_YET = "not-yet", "Not decided yet"


class State(models.TextChoices):
    """How far what was asked for is done."""

    DONE = "done", "Done"
    PARTLY = "partly", "Partly done"
    NOT = "not", "Not done"
    DROPPED = "dropped", "Dropped"


class Entry(models.Model):
    """Something said on a day by a body; another entry may take its place, with why."""

    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    why = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_in_place_of_another_says_why", condition=Q(supersedes=None) | ~Q(why="")
            )
        ]


class Response(Entry):
    """What a body answered: whether it does it, why, what it will do and by when."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField(max_length=4000)
    will_do = models.TextField(max_length=3000, blank=True)
    by_when = models.DateField(null=True)
    given_by = models.CharField(max_length=200)
    decided_on = models.DateField()

    class Meta(Entry.Meta):
        ordering = ["added_at", "pk"]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(name="a_known_kind_of_response", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="a_response_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="who_accepts_says_what_will_be_done",
                condition=~Q(kind__in=[Kind.ACCEPTED, Kind.PARTLY])
                | ~Q(will_do="") & Q(by_when__isnull=False),
            ),
            models.CheckConstraint(
                name="who_has_not_decided_says_by_when",
                condition=~Q(kind=Kind.NOT_YET) | Q(by_when__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.decided_on:%Y-%m-%d}"


class FollowUp(Entry):
    """What was done about a recommendation, as it stood on a day."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="follow_ups")
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices)
    words = models.TextField(max_length=3000)
    address = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=200)

    class Meta(Entry.Meta):
        ordering = ["day", "added_at", "pk"]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                name="a_known_state_of_what_was_done", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="seen_at_a_web_address", condition=Q(address="") | Q(address__regex=WEB_ADDRESS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} on {self.day:%Y-%m-%d}"


class DeciderLetter(models.Model):
    """A letter to the body that decides, word for word as it was sent."""

    personal_data = {"sent_by": "who sent it; never shown"}
    kept_for = FOR_GOOD

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="decider_letters")
    about = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    words = models.TextField()
    sent_on = models.DateField()
    sent_by = person()
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return f"{self.subject}, {self.sent_on:%Y-%m-%d}"


class JuryReminder(models.Model):
    """An officer was reminded of a date, so many days before it; the row is what stops a second one."""

    personal_data = {"to": "who was reminded"}
    kept_for = "Until the account is deleted."

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="reminders")
    about = models.CharField(max_length=10)
    due = models.DateField()
    days = models.SmallIntegerField()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_officer_is_reminded_once", fields=["jury", "about", "due", "days", "to"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.days} days before {self.due:%Y-%m-%d}"
