"""A merge of two registers, and the pairs of their assets that may be one.

Neither register is changed: a pair is a statement beside them, with its probability and why. An answer can be
taken back; the audit log keeps every answer.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fairground.web.wealth.register.models import Asset, Kind, Register
from fairground.web.wealth.register.models.registers import by_and_when, person


class Stage(models.TextChoices):
    """How far a merge is."""

    ASKED = "asked", "Being worked out"
    DONE = "done", "Worked out"
    FAILED = "failed", "Could not be worked out"


class Said(models.TextChoices):
    """What a person said of a pair."""

    NOTHING = "", "Nobody has looked"
    YES = "yes", "The same"
    NO = "no", "Not the same"
    UNSURE = "unsure", "Cannot tell"
    PART = "part", "The second is a part of the first"
    WHOLE = "whole", "The first is a part of the second"


PARTS = (Said.PART, Said.WHOLE)
APART = (Said.NO, *PARTS)


class Merge(models.Model):
    """Two registers that are compared: the council's and another."""

    personal_data = {"asked_by": "who asked for it"}
    kept_for = "For good: it says how two public lists were joined."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="merges")
    second = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="merged")
    only_district = models.CharField(max_length=9, blank=True)
    only_kind = models.CharField(max_length=10, choices=Kind.choices, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.ASKED)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    asked_by = person()
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_merge_of_two_registers",
                fields=["first", "second", "only_district", "only_kind"],
            ),
            models.CheckConstraint(
                name="a_known_kind_of_merge", condition=Q(only_kind__in=["", *Kind.values])
            ),
            models.CheckConstraint(name="two_different_registers", condition=~Q(first=F("second"))),
            models.CheckConstraint(name="a_known_stage_of_merge", condition=Q(stage__in=Stage.values)),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    def shown(self, register: Register) -> models.QuerySet[Asset]:
        """Return what is compared of one of the two registers: what is not hidden, and was asked for."""
        found = register.assets.filter(hidden_at=None)
        if self.only_district:
            found = found.filter(district_code=self.only_district)
        return found.filter(kind=self.only_kind) if self.only_kind else found


class Pair(models.Model):
    """Two assets that may be one: how likely, why, when it is asked about, and what a person said.

    `proposed` says which is likely a part of the other, `because` why; it stands when a person says so.
    """

    personal_data = {"said_by": "who answered; never shown"}
    kept_for = "As long as the merge."

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="pairs")
    first = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    probability = models.FloatField()
    suggested = models.BooleanField(default=False)
    points: models.JSONField[Any, Any] = models.JSONField(default=dict)
    proposed = models.CharField(max_length=10, choices=Said.choices, blank=True, default="")
    because: models.JSONField[Any, Any] = models.JSONField(default=list)
    turn = models.PositiveIntegerField(null=True)
    said = models.CharField(max_length=10, choices=Said.choices, blank=True, default=Said.NOTHING)
    said_by = person(null=True)
    said_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-probability", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_pair_of_two_assets", fields=["merge", "first", "second"]),
            models.CheckConstraint(name="a_known_answer", condition=Q(said__in=Said.values)),
            models.CheckConstraint(name="a_probability", condition=Q(probability__range=(0, 1))),
            models.CheckConstraint(name="a_part_proposed", condition=Q(proposed__in=["", *PARTS])),
            by_and_when("pair_said_by_and_when", "said_by", "said_at"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    @property
    def linked(self) -> bool:
        """Whether the two stand joined: a person said so, or the site suggests it and nobody said no."""
        return self.said == Said.YES or (self.said not in APART and self.suggested)


def joined() -> Q:
    """Return which pairs stand joined (`Pair.linked`)."""
    return Q(said=Said.YES) | (~Q(said__in=APART) & Q(suggested=True))


def seen() -> Q:
    """Return which pairs are of two assets that nobody has hidden since."""
    return Q(first__hidden_at=None, second__hidden_at=None)
