"""A register that a body keeps, who works on it, and each list that was taken into it.

A list is never overwritten: an import is a set of rows with its file's digest. Undoing it hides its rows.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


def person(**more: Any) -> Any:
    """Return a field for somebody who did something; their row stays when they delete their account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


def by_and_when(name: str, by: str, at: str) -> models.CheckConstraint:
    """Return the rule that who and when are both known, or neither."""
    neither, both = Q(**{by: None, at: None}), Q(**{f"{by}__isnull": False, f"{at}__isnull": False})
    return models.CheckConstraint(name=name, condition=neither | both)


class Keeper(models.TextChoices):
    """Whose list a register is."""

    COUNCIL = "council", "A council or another public body"
    COMMUNITY = "community", "People of the place"


class Register(models.Model):
    """What one body owns in public, or what the people of a place have listed: a set of assets."""

    personal_data = {"created_by": "who set up the register"}
    kept_for = "For good: it is a public record."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=120)
    keeper = models.CharField(max_length=10, choices=Keeper.choices, default=Keeper.COUNCIL)
    place_code = models.CharField(max_length=9)
    summary = models.TextField(max_length=1000, blank=True)
    fictional = models.BooleanField(default=False)
    created_by = person()
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_register_in_england", condition=Q(place_code__regex=r"^E[0-9]{8}$")
            ),
            models.CheckConstraint(name="a_known_keeper", condition=Q(keeper__in=Keeper.values)),
        ]

    def __str__(self) -> str:
        return self.title


class RegisterRoleName(models.TextChoices):
    """What a person may be in one register; a role counts nowhere else."""

    OFFICER = "officer", "Officer: takes in lists and changes assets"
    MODERATOR = "moderator", "Moderator: checks what people add"


class RegisterRole(models.Model):
    """A role that a person holds in one register: who gave it and when, who took it back and when."""

    personal_data = {"user": "who holds the role", "granted_by": "who gave it", "revoked_by": "who took it"}
    kept_for = "As long as the accounts it joins; deleted accounts leave only opaque identifiers."

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="roles")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="register_roles"
    )
    role = models.CharField(max_length=20, choices=RegisterRoleName.choices)
    granted_by = person(null=True)
    granted_at = models.DateTimeField(default=timezone.now)
    revoked_by = person(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_current_register_role",
                fields=["register", "user", "role"],
                condition=Q(revoked_at=None),
            ),
            by_and_when("register_role_revoked_by_and_when", "revoked_by", "revoked_at"),
            models.CheckConstraint(
                name="a_known_register_role", condition=Q(role__in=RegisterRoleName.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.register_id}"


class Layout(models.Model):
    """Which heading of a layout holds which field, as an officer confirmed it; kept for the next list."""

    personal_data = {"confirmed_by": "who confirmed it"}
    kept_for = "As long as the register."

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="layouts")
    digest = models.CharField(max_length=64)
    columns: models.JSONField[Any, Any] = models.JSONField(default=dict)
    confirmed_by = person()
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_memory_of_a_layout", fields=["register", "digest"])]

    def __str__(self) -> str:
        return self.digest[:12]


class Stage(models.TextChoices):
    """Where an import is."""

    SENT = "sent", "Waits for its columns to be confirmed"
    ASKED = "asked", "Being taken in"
    DONE = "done", "Taken in"
    FAILED = "failed", "Could not be taken in"
    DROPPED = "dropped", "Not taken in"
    UNDONE = "undone", "Undone"


class ListImport(models.Model):
    """One list as it was sent: its digest, its columns, what was kept of it, and whether it was undone."""

    personal_data = {
        "sent_by": "who sent the list",
        "confirmed_by": "who confirmed its columns",
        "undone_by": "who undid it",
        "name": "what the person called the file",
    }
    kept_for = (
        "For good, as the source of its rows; the file itself is deleted once taken in, or after 30 days."
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="imports")
    name = models.CharField(max_length=200)
    ending = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    layout = models.CharField(max_length=64, blank=True)
    columns: models.JSONField[Any, Any] = models.JSONField(default=dict)
    whole = models.BooleanField(default=True)
    dated = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.SENT)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    quality: models.JSONField[Any, Any] = models.JSONField(default=dict)
    faults: models.JSONField[Any, Any] = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    sent_by = person()
    sent_at = models.DateTimeField(default=timezone.now)
    confirmed_by = person(null=True)
    confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    undone_by = person(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.CheckConstraint(name="a_known_stage", condition=Q(stage__in=Stage.values)),
            by_and_when("import_undone_by_and_when", "undone_by", "undone_at"),
            by_and_when("import_confirmed_by_and_when", "confirmed_by", "confirmed_at"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the file lies until it is taken in."""
        return folder() / f"{self.pk}{self.ending}"


def folder() -> Path:
    """Return the folder of the lists that wait; it may not exist."""
    return Path(settings.MEDIA_ROOT) / "lists"


def published(place_code: str = "") -> models.QuerySet[Register]:
    """Return the published registers, of one place where its code is given."""
    found = Register.objects.exclude(published_at=None)
    return found.filter(place_code=place_code) if place_code else found
