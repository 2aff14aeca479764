"""One piece of long work: what to do, who holds it until when, how far it is, what came of it.

The lease is the rule of Gray and Cheriton, "Leases", SOSP 1989; `attempts` is its fencing token.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class State(models.TextChoices):
    """Where a job is."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Job(models.Model):
    """One piece of long work."""

    personal_data = {"asked_by": "who asked for the work, to show it to them only"}
    kept_for = "30 days after it ends; the retention job deletes it."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=50)
    arguments: models.JSONField[Any, Any] = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=3)
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    progress = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    result: models.JSONField[Any, Any] = models.JSONField(null=True)
    problem = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="jobs_in_turn")]
        constraints = [
            models.CheckConstraint(name="progress_in_percent", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="running_has_a_lease",
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
