"""A standing jury, its rotations, and who sat, known only by a hash under a key of the standing jury.

Each rotation has a jury of its own for the people who come: its own pool, its own key, its own draw.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fairground.web.power.juries.models import WITH_THE_JURY, Jury
from fairground.web.power.lots.models import Seat

UNTIL_IT_ENDS = "Until the standing jury ends."


class StandingJury(models.Model):
    """A jury that stays while its people change: its place, its size, how many leave each time.

    `targets` are those of the whole jury: feature, value, least, most, share of the place. Everyone sees it
    once one of its juries is published.
    """

    personal_data = {"created_by": "the officer who set it up"}
    kept_for = WITH_THE_JURY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=2000)
    place_code = models.CharField(max_length=9)
    size = models.PositiveIntegerField()
    leave = models.PositiveIntegerField(help_text="how many leave at each rotation")
    cooling = models.PositiveSmallIntegerField(help_text="rotations before who left may be drawn again")
    targets: models.JSONField[Any, Any] = models.JSONField()
    fictional = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "standing juries"
        constraints = [
            models.CheckConstraint(
                name="no_more_leave_than_sit", condition=Q(leave__gte=1, leave__lte=F("size"))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StandingKey(models.Model):
    """The key under which people are hashed, sealed with the key of the site; destroyed at the end."""

    personal_data = {"wrapped": "shows whether somebody sat before"}
    kept_for = UNTIL_IT_ENDS

    standing = models.OneToOneField(
        StandingJury, on_delete=models.CASCADE, related_name="key", primary_key=True
    )
    wrapped = models.TextField()

    def __str__(self) -> str:
        return f"key of {self.standing_id}"


class Rotation(models.Model):
    """One rotation: the jury whose people come, how many leave and stay, and whom it brought, as counts.

    `drawn` are the people as first drawn, `came` those who said yes: feature, value, people. Only what the
    page works out from `drawn` is shown, and no number that tells of fewer than five people. `room` says how
    many of each value those who come may be at least and at most, given who stays. `stay` are the seats of
    earlier rotations whose members stayed when this one was set up.
    """

    personal_data = {"stay": "who of earlier rotations stays, by seat and the number of a volunteer"}
    kept_for = WITH_THE_JURY

    standing = models.ForeignKey(StandingJury, on_delete=models.PROTECT, related_name="rotations")
    number = models.PositiveSmallIntegerField()
    jury = models.OneToOneField(Jury, on_delete=models.PROTECT, related_name="rotation")
    leaving = models.PositiveIntegerField(default=0)
    staying = models.PositiveIntegerField(default=0)
    began_on = models.DateField(null=True)
    drawn: models.JSONField[Any, Any] = models.JSONField(default=list)
    came: models.JSONField[Any, Any] = models.JSONField(default=list)
    room: models.JSONField[Any, Any] = models.JSONField(default=list)
    stay = models.ManyToManyField(Seat, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_rotation_of_a_number", fields=["standing", "number"]),
            models.UniqueConstraint(
                name="one_rotation_at_a_time", fields=["standing"], condition=Q(began_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"rotation {self.number}"


class Sitting(models.Model):
    """Somebody who came at a rotation, as a hash, and the rotation from which they sit no longer."""

    personal_data = {
        "person_hash": "shows the same name at the same address again, without showing either",
        "home_hash": "shows the same address again, so that at most one person of a home sits",
    }
    kept_for = UNTIL_IT_ENDS

    rotation = models.ForeignKey(Rotation, on_delete=models.CASCADE, related_name="sittings")
    person_hash = models.CharField(max_length=64)
    home_hash = models.CharField(max_length=64, blank=True)
    left = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_sitting_of_a_person", fields=["rotation", "person_hash"]),
        ]

    def __str__(self) -> str:
        return f"somebody of {self.rotation_id}"


class Known(models.Model):
    """Another way to know somebody again who sat: their name with their email, or with their phone number."""

    personal_data = {"person_hash": "shows the same name with the same email or phone again"}
    kept_for = UNTIL_IT_ENDS

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="known")
    person_hash = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return f"another way to know {self.sitting}"


def published(place_code: str = "") -> models.QuerySet[StandingJury]:
    """Return the standing juries of which one rotation at least is published, of one place where given."""
    shown = Rotation.objects.filter(standing=models.OuterRef("pk"), jury__round__published_at__isnull=False)
    rows = StandingJury.objects.filter(models.Exists(shown))
    return rows.filter(place_code=place_code) if place_code else rows


def last_of(standing: StandingJury) -> Rotation:
    """Return the last rotation of a standing jury."""
    return Rotation.objects.filter(standing=standing).select_related("jury__round").order_by("-number")[0]
