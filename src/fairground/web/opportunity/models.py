"""A file that a person sent to be checked: homes in a list, or the boundary of one site.

The file itself lies in the data folder, under a name of ours; only its row knows what the person called it.
"""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone


class Purpose(models.TextChoices):
    """What a sent file holds."""

    HOMES = "homes", "Homes: a list of places (CSV or GeoJSON)"
    BOUNDARY = "boundary", "One site: its boundary (GeoJSON)"


class Question(models.TextChoices):
    """What a sent file is asked: the name of the app whose pages ask it."""

    GREENSPACE = "greenspace", "Is green space near enough?"
    NEIGHBOURHOODS = "neighbourhoods", "What does a day need, within reach?"


class SentFile(models.Model):
    """One file, who sent it, and what is to be asked of it."""

    personal_data = {
        "sent_by": "who sent the file, to show its result to them only",
        "name": "what the person called the file",
    }
    kept_for = "30 days after it was sent; the retention job deletes row and file."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.SlugField()
    asks = models.CharField(max_length=20, choices=Question.choices, default=Question.GREENSPACE)
    rule = models.CharField(max_length=40, help_text="By which rule, or by which definition.")
    mode = models.CharField(max_length=10, blank=True, help_text="How people travel, where that is asked.")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    name = models.CharField(max_length=200)
    ending = models.CharField(max_length=10)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    sent_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.purpose} for {self.place}"

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return folder() / f"{self.pk}{self.ending}"

    @property
    def paths(self) -> tuple[Path, ...]:
        """Everything that lies on the disk for this row."""
        return self.path, self.blocks, self.results

    @property
    def blocks(self) -> Path:
        """The folder in which a check keeps finished blocks, to go on where its worker was killed."""
        return folder() / f"{self.pk}.blocks"

    @property
    def results(self) -> Path:
        """The folder of what was found of each home, as files to take away."""
        return folder() / f"{self.pk}.results"


def folder() -> Path:
    """Return the folder of sent files; it may not exist."""
    return Path(settings.MEDIA_ROOT) / "sent"
