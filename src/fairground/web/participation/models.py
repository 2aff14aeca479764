"""A round, its dated phases, the roles that people hold in it, and what each person was told.

Phases follow the process that Participatory Budgeting Works describes
(https://pbnetwork.org.uk/): ideas first, then a vote, then the work itself.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Kind(models.TextChoices):
    """What a round is for."""

    BUDGET = "budget", "People decide how money is spent"
    JURY = "jury", "A jury drawn by lot"
    CONVERSATION = "conversation", "A conversation"


class PhaseName(models.TextChoices):
    """The phases of a budget, in the order in which they come; a round may leave any of them out."""

    IDEAS = "ideas", "Send ideas"
    MERGING = "merging", "Bring ideas together"
    MODERATION = "moderation", "Check ideas against the rules"
    FEASIBILITY = "feasibility", "Work out what is possible and what it costs"
    BALLOT = "ballot", "Vote"
    COUNT = "count", "Count"
    DELIVERY = "delivery", "Build it"


ORDER: tuple[str, ...] = tuple(PhaseName.values)
BEFORE = "before"


class RoundRoleName(models.TextChoices):
    """What a person may be in one round; a role counts nowhere else."""

    OFFICER = "officer", "Officer: runs the round"
    MODERATOR = "moderator", "Moderator: checks ideas against the rules"
    ASSESSOR = "assessor", "Assessor: works out what is possible and what it costs"
    BUILDER = "builder", "Builder: tells how the work goes"


class Round(models.Model):
    """One round in one place, from the first idea to the finished work."""

    personal_data = {"created_by": "who set up the round"}
    kept_for = "For good: it is a public record of a public decision."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.BUDGET)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=2000)
    place_code = models.CharField(max_length=9)
    council_budget_pence = models.PositiveBigIntegerField(null=True, blank=True)
    council_budget_source = models.CharField(max_length=300, blank=True)
    fictional = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="a_round_in_england", condition=Q(place_code__regex=r"^E[0-9]{8}$")),
            models.CheckConstraint(name="a_known_kind_of_round", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="a_council_budget_with_its_source",
                condition=Q(council_budget_pence=None)
                | (Q(council_budget_pence__gt=0) & ~Q(council_budget_source="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def dated(self) -> dict[str, Phase]:
        """Return the phases that have dates, by name, in the order in which they come."""
        found = {phase.name: phase for phase in self.phases.all()}
        return {name: found[name] for name in ORDER if name in found}

    def stage(self, at: datetime | None = None) -> str:
        """Return the last phase that has begun, or "before" where none has."""
        now = at or timezone.now()
        begun = [name for name, phase in self.dated().items() if phase.opens_at <= now]
        return begun[-1] if begun else BEFORE

    def is_open(self, name: str, at: datetime | None = None) -> bool:
        """Say whether the phase has begun and not ended."""
        phase = self.dated().get(name)
        return phase is not None and phase.is_open(at)


class Phase(models.Model):
    """A phase of a round with its dates; a phase that is not here does not take place."""

    personal_data: dict[str, str] = {}
    kept_for = "As long as the round."

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(max_length=20, choices=PhaseName.choices)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        ordering = ["opens_at"]
        constraints = [
            models.UniqueConstraint(name="one_phase_of_a_name", fields=["round", "name"]),
            models.CheckConstraint(
                name="a_phase_ends_after_it_begins", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(name="a_known_phase", condition=Q(name__in=PhaseName.values)),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.opens_at:%Y-%m-%d} to {self.closes_at:%Y-%m-%d}"

    def is_open(self, at: datetime | None = None) -> bool:
        """Say whether the phase has begun and not ended."""
        return self.opens_at <= (at or timezone.now()) < self.closes_at

    def is_over(self, at: datetime | None = None) -> bool:
        """Say whether the phase has ended."""
        return self.closes_at <= (at or timezone.now())


class RoundRole(models.Model):
    """A role that a person holds in one round, by whom given and when; and taken back, by whom and when."""

    personal_data = {"user": "who holds the role", "granted_by": "who gave it", "revoked_by": "who took it"}
    kept_for = "As long as the accounts it joins; deleted accounts leave only opaque identifiers."

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="roles")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="round_roles")
    role = models.CharField(max_length=20, choices=RoundRoleName.choices)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    granted_at = models.DateTimeField(default=timezone.now)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_current_round_role", fields=["round", "user", "role"], condition=Q(revoked_at=None)
            ),
            models.CheckConstraint(
                name="round_role_revoked_by_and_when",
                condition=Q(revoked_by=None, revoked_at=None)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
            ),
            models.CheckConstraint(name="a_known_round_role", condition=Q(role__in=RoundRoleName.values)),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.round_id}"


class Notice(models.Model):
    """What a person was told about a round: by email, and here on a page of their own."""

    personal_data = {"user": "who was told"}
    kept_for = "Until the person deletes the account."

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=150)
    words = models.TextField()
    address = models.CharField(max_length=200)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-told_at"]

    def __str__(self) -> str:
        return self.subject


def current_roles(round: Round, user: Any) -> frozenset[str]:
    """Return the roles that `user` holds in this round today."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    return frozenset(
        RoundRole.objects.filter(round=round, user=user, revoked_at=None).values_list("role", flat=True)
    )


def published(place_code: str = "", kind: str = Kind.BUDGET) -> models.QuerySet[Round]:
    """Return the published rounds of a kind, of one place where its code is given, the newest first."""
    rounds = Round.objects.exclude(published_at=None).filter(kind=kind)
    return rounds.filter(place_code=place_code) if place_code else rounds
