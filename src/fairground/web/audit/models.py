"""The rows of the audit log: events in order, and the head of the chain that writers queue for.

The database itself refuses to change or delete an event: see migrations/0002_append_only.py.
"""

from __future__ import annotations

from typing import Any

from django.db import models


class AuditEvent(models.Model):
    """One thing that was done."""

    personal_data: dict[str, str] = {}
    kept_for = "For ever: it names people only by an opaque identifier, which means nothing once they leave."

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=100, db_index=True)
    subject = models.CharField(max_length=200, blank=True)
    facts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class ChainHead(models.Model):
    """The last event of the chain: one row, which each writer locks in turn."""

    personal_data: dict[str, str] = {}
    kept_for = "For ever: it is the end of the chain."

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"head at {self.sequence}"
