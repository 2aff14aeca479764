"""A group's plan to buy a building: its newest text, every earlier one, who may see it, and open invitations.

A plan is its group's own: nobody else sees it. What is kept is the text of its entries, never an answer.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

WITH_THE_PLAN = "Until an editor deletes the plan, or the last of its members deletes their account."


def _person(**more: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class MemberRole(models.TextChoices):
    """What a member of a group may do with its plan."""

    EDITOR = "editor", "Editor: may change and share the plan"
    READER = "reader", "Reader: may look at it and copy it"


class CommunityPlan(models.Model):
    """A plan as it reads now; `number` counts its editions, so that nobody writes over another."""

    personal_data: dict[str, str] = {}
    kept_for = WITH_THE_PLAN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    content: models.JSONField[Any, Any] = models.JSONField()
    number = models.PositiveIntegerField(default=1)
    fictional = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.title


class PlanEdition(models.Model):
    """The whole text of a plan after one change, with what was done in words, by whom and when."""

    personal_data = {"changed_by": "who made the change; shown to members of the plan only"}
    kept_for = WITH_THE_PLAN

    plan = models.ForeignKey(CommunityPlan, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    content: models.JSONField[Any, Any] = models.JSONField()
    words = models.CharField(max_length=300)
    changed_by = _person(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="one_edition_of_a_number", fields=["plan", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.words}"


class PlanMember(models.Model):
    """Somebody who may see a plan, or change it too."""

    personal_data = {"user": "who may see the plan", "added_by": "who asked them"}
    kept_for = WITH_THE_PLAN

    plan = models.ForeignKey(CommunityPlan, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    added_by = _person(null=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(name="one_membership_of_a_plan", fields=["plan", "user"]),
            models.CheckConstraint(name="a_known_role_in_a_plan", condition=Q(role__in=MemberRole.values)),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.plan_id}"


class PlanInvitation(models.Model):
    """A letter that lets whoever holds it join a plan once; only the digest of its secret is kept."""

    personal_data = {"made_by": "who invited; the address it went to is not kept"}
    kept_for = "14 days, or until it is used or taken back; the plan's next change clears old ones."

    plan = models.ForeignKey(CommunityPlan, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_by = _person(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(name="a_known_role_to_join_by", condition=Q(role__in=MemberRole.values)),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.plan_id}"
