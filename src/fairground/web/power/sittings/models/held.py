"""Something to read: a file that the site holds, or an address elsewhere; taken off only with a reason."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

WEB_ADDRESS = r"^https?://[^\s]+$"
FOR_GOOD = "For good: it is a public record of a public decision."


def person(**more: Any) -> Any:
    """Return a field that says who did something; never shown on a public page."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


def path_of(held: Any, name: str) -> str:
    """Return where a file is kept: a name of chance, so that nothing of the sender's name is left."""
    return f"sittings/{uuid.uuid4().hex}.{name.rpartition('.')[2]}"


class Held(models.Model):
    """A file or an address, or both; once it is taken off, the file is gone and the row says why."""

    title = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True)
    file = models.FileField(upload_to=path_of, blank=True)
    kind = models.CharField(max_length=5, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = person(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_at_a_web_address",
                condition=Q(address="") | Q(address__regex=WEB_ADDRESS),
            ),
            models.CheckConstraint(
                name="%(class)s_removed_by_when_and_why",
                condition=Q(removed_by=None, removed_at=None, removed_why="")
                | Q(removed_by__isnull=False, removed_at__isnull=False) & ~Q(removed_why=""),
            ),
            models.CheckConstraint(
                name="%(class)s_file_with_its_digest",
                condition=Q(file="", digest="", kind="") | ~Q(digest="") & ~Q(kind=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
