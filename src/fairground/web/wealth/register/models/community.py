"""What people add: corrections, knowledge, photographs, nominations; and who follows what.

What people say never replaces what a list says: it stands beside it once somebody has checked it.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fairground.web.wealth.register.models.assets import Asset
from fairground.web.wealth.register.models.registers import Register, by_and_when, person


class ContributionKind(models.TextChoices):
    """What somebody adds."""

    CORRECTION = "correction", "Something is wrong"
    KNOWLEDGE = "knowledge", "Something that people know"
    PHOTO = "photo", "A photograph"
    NOMINATION = "nomination", "This matters to us"
    MISSING = "missing", "Something that is not on the register"


class Standing(models.TextChoices):
    """What has become of a contribution."""

    WAITING = "waiting", "Waits for a check"
    ACCEPTED = "accepted", "Shown"
    REFUSED = "refused", "Not shown"
    WITHDRAWN = "withdrawn", "Taken back"


class Contribution(models.Model):
    """One thing that somebody added, what was decided about it and why, and an appeal where there was one."""

    personal_data = {
        "author": "who sent it; never shown",
        "words": "what they wrote may name people; checked before it is shown",
        "decided_by": "who decided",
        "appeal_words": "what the author wrote",
        "appeal_by": "who decided the appeal",
    }
    kept_for = "For good, as part of the register; the author's account can be deleted."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="contributions")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="contributions")
    kind = models.CharField(max_length=12, choices=ContributionKind.choices)
    field = models.CharField(max_length=30, blank=True)
    value = models.CharField(max_length=300, blank=True)
    words = models.TextField(max_length=3000, blank=True)
    group = models.CharField(max_length=160, blank=True)
    where = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    author = person()
    sent_at = models.DateTimeField(default=timezone.now)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.WAITING)
    decided_by = person(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=1000, blank=True)
    appeal_words = models.TextField(max_length=2000, blank=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_granted = models.BooleanField(null=True)
    appeal_by = person(null=True)
    appeal_at = models.DateTimeField(null=True)
    appeal_reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_known_kind_of_contribution", condition=Q(kind__in=ContributionKind.values)
            ),
            models.CheckConstraint(
                name="a_contribution_is_about_an_asset", condition=~Q(asset=None) | Q(kind="missing")
            ),
            models.CheckConstraint(
                name="decided_by_when_and_why",
                condition=Q(decided_by=None, decided_at=None, standing__in=["waiting", "withdrawn"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="contribution_appeal_decided_by_when_and_why",
                condition=Q(appeal_by=None, appeal_at=None, appeal_granted=None)
                | Q(
                    appeal_by__isnull=False,
                    appeal_at__isnull=False,
                    appeal_granted__isnull=False,
                    appealed_at__isnull=False,
                )
                & ~Q(appeal_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.sent_at:%Y-%m-%d}"


class AssetPhoto(models.Model):
    """A photograph, with words for those who cannot see it; nothing else is left in the file."""

    personal_data = {"added_by": "who added it", "removed_by": "who took it off"}
    kept_for = (
        "As long as the register; the file of one that is taken off is deleted, of one refused after 30 days."
    )

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="photos")
    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, null=True, related_name="photo"
    )
    file = models.FileField(upload_to="assets/")
    description = models.CharField(max_length=200)
    shown = models.BooleanField(default=False)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = person(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [by_and_when("photo_removed_by_and_when", "removed_by", "removed_at")]

    def __str__(self) -> str:
        return self.description


class Follow(models.Model):
    """Somebody who wants to be told by email what changes: about one asset, one register, or one district."""

    personal_data = {"email": "where to send what changed; used for nothing else"}
    kept_for = "Until the person stops it; 7 days where it was never confirmed."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="follows")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, null=True, related_name="follows")
    district_code = models.CharField(max_length=9, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_follow_of_an_asset", fields=["email", "asset"], condition=Q(asset__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_follow_of_a_register",
                fields=["email", "register"],
                condition=Q(register__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_follow_of_a_district",
                fields=["email", "district_code"],
                condition=~Q(district_code=""),
            ),
            models.CheckConstraint(
                name="a_follow_is_of_one_thing",
                condition=Q(asset__isnull=False, register=None, district_code="")
                | Q(asset=None, register__isnull=False, district_code="")
                | Q(asset=None, register=None) & ~Q(district_code=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
