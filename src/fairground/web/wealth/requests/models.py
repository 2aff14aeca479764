"""A campaign that asks councils what they sold: the request to each council, and each list that was answered.

Of an answer only the rows are kept, already without the names of people; the file itself is not.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


def person(**more: Any) -> Any:
    """Return a field for somebody who did something; their row stays when they delete their account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Outcome(models.TextChoices):
    """What came of a request."""

    ANSWERED = "answered", "It answered"
    PARTIAL = "partial", "It answered in part"
    REFUSED = "refused", "It refused"


class Campaign(models.Model):
    """Requests to several councils for the same years, run by people with a role in one place."""

    personal_data = {"created_by": "who began the campaign"}
    kept_for = "For good: it is a public record."

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    place_code = models.CharField(max_length=9)
    first_year = models.CharField(max_length=7)
    last_year = models.CharField(max_length=7)
    sent_on = models.DateField()
    fictional = models.BooleanField(default=False)
    created_by = person()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_on", "slug"]
        constraints = [
            models.CheckConstraint(
                name="a_campaign_in_england", condition=Q(place_code__regex=r"^E[0-9]{8}$")
            ),
            models.CheckConstraint(
                name="campaign_years_in_order", condition=Q(first_year__lte=models.F("last_year"))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CouncilRequest(models.Model):
    """The request to one council: when it said that it has it, and what came of it and when."""

    personal_data: dict[str, str] = {}
    kept_for = "As long as the campaign."

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="requests")
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=120)
    acknowledged_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    said_number = models.PositiveIntegerField(null=True, blank=True)
    told_late_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_request_a_council", fields=["campaign", "code"]),
            models.CheckConstraint(
                name="outcome_and_its_day",
                condition=Q(outcome="", ended_on=None) | (~Q(outcome="") & Q(ended_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def newest(self) -> AnswerList | None:
        """The list that counts: the newest that was not taken back."""
        return next((one for one in self.lists.all() if one.taken_back_at is None), None)


class AnswerList(models.Model):
    """A list of sold assets that a council sent: its rows without names of people, and its code."""

    personal_data = {"added_by": "who added the list", "taken_back_by": "who took it back"}
    kept_for = "For good, as the source of the public table; the file itself is not kept."

    request = models.ForeignKey(CouncilRequest, on_delete=models.PROTECT, related_name="lists")
    digest = models.CharField(max_length=64)
    code = models.CharField(max_length=20)
    rows: models.JSONField[Any, Any] = models.JSONField(default=list)
    left_out: models.JSONField[Any, Any] = models.JSONField(default=dict)
    faults: models.JSONField[Any, Any] = models.JSONField(default=list)
    received_on = models.DateField()
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)
    taken_back_by = person(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="list_taken_back_by_and_when",
                condition=Q(taken_back_by=None, taken_back_at=None)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.digest[:12]
