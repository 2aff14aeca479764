"""What members of a jury were paid, for their time, the way, care or else; and what everyone sees of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fairground.web.power.juries.models import WITH_THE_JURY, Jury
from fairground.web.power.lots.models import Seat
from fairground.web.power.sittings.models.held import person
from fairground.web.power.sittings.models.sessions import Session


class PaidFor(models.TextChoices):
    """What a payment is for."""

    GIFT = "gift", "Thanks for the day"
    HOURS = "hours", "Pay for hours"
    TRAVEL = "travel", "The way there and back"
    CARE = "care", "Care for children or others"
    OTHER = "other", "Something else"


TIME = (PaidFor.GIFT, PaidFor.HOURS)


class CostsShown(models.Model):
    """A step of what everyone sees: what was new then, of five members or more together (see costs.py)."""

    personal_data: dict[str, str] = {}
    kept_for = WITH_THE_JURY

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="costs_shown")
    at = models.DateTimeField(default=timezone.now)
    pence = models.BigIntegerField()
    kinds: models.JSONField[Any, Any] = models.JSONField()
    sessions: models.JSONField[Any, Any] = models.JSONField()
    members = models.PositiveIntegerField()
    times = models.PositiveIntegerField()
    enough = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "costs shown"
        constraints = [
            models.CheckConstraint(
                name="no_more_enough_than_times", condition=Q(enough__lte=models.F("times"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.pence} pence more of {self.jury_id}"


class Payment(models.Model):
    """One payment to a member, who keeps it when they leave; a wrong one is struck out, with why."""

    personal_data = {
        "seat": "a number; whose seat it is stands sealed with the jury's pool",
        "member": "which of those who had the seat, by the number of a volunteer",
        "reference": "may lead to a bank's record; only for officers",
        "added_by": "who wrote it down; never shown",
        "struck_by": "who struck it out; never shown",
    }
    kept_for = "For good, as accounts of public money; the reference goes when the jury's pool is erased."

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="payments")
    seat = models.PositiveIntegerField()
    member = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="payments")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="payments")
    kind = models.CharField(max_length=10, choices=PaidFor.choices)
    pence = models.PositiveBigIntegerField()
    minutes = models.PositiveIntegerField(null=True)
    paid_on = models.DateField()
    reference = models.CharField(max_length=60, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)
    struck_by = person(null=True)
    struck_at = models.DateTimeField(null=True)
    struck_why = models.CharField(max_length=300, blank=True)
    shown = models.ForeignKey(CostsShown, on_delete=models.PROTECT, null=True, related_name="+")
    struck_shown = models.ForeignKey(CostsShown, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["paid_on", "seat", "pk"]
        constraints = [
            models.CheckConstraint(name="a_payment_of_something", condition=Q(pence__gte=1, seat__gte=1)),
            models.CheckConstraint(name="a_known_kind_of_payment", condition=Q(kind__in=PaidFor.values)),
            models.CheckConstraint(
                name="hours_and_nothing_else_have_minutes",
                condition=Q(kind=PaidFor.HOURS, minutes__gte=1) | ~Q(kind=PaidFor.HOURS) & Q(minutes=None),
            ),
            models.CheckConstraint(
                name="thanks_are_for_a_session", condition=~Q(kind=PaidFor.GIFT) | Q(session__isnull=False)
            ),
            models.CheckConstraint(
                name="struck_by_when_and_why",
                condition=Q(struck_by=None, struck_at=None, struck_why="")
                | Q(struck_by__isnull=False, struck_at__isnull=False) & ~Q(struck_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pence} pence to seat {self.seat}"

    @property
    def volunteer(self) -> str:
        """Which volunteer was paid, by number, or nothing where only the seat is known."""
        if self.member is None:
            return ""
        before = " of an earlier rotation" if self.member.jury_id != self.jury_id else ""
        return f"{self.member.volunteer.number}{before}"
