"""Formulas that were sealed before their results were computed, with the answer as people were shown it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class RegisteredFormula(models.Model):
    """A sealed formula: what was chosen, the digests of its inputs, and the answer that followed."""

    personal_data = {"registered_by": "who sealed the formula; emptied when the account is deleted"}
    kept_for = "For good: it is a public record of what was promised."

    digest = models.CharField(max_length=64, unique=True)
    choice: models.JSONField[Any, Any] = models.JSONField()
    registration: models.JSONField[Any, Any] = models.JSONField()
    answer = models.TextField()
    engine_version = models.CharField(max_length=20)
    registered_at = models.DateTimeField(default=timezone.now)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["-registered_at"]

    def __str__(self) -> str:
        return self.digest[:12]
