"""The sessions of a jury: when, where, about what, who was there by seat, and what was handed out."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.lots.models import Seat
from fairground.web.power.sittings.models.held import FOR_GOOD, WEB_ADDRESS, Held, person


class Session(models.Model):
    """One meeting of a jury. `present` is how many members were there; it stays when seats are forgotten."""

    personal_data = {"added_by": "who wrote it down; never shown"}
    kept_for = FOR_GOOD

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=300)
    watch = models.CharField(max_length=500, blank=True)
    agenda = models.TextField(max_length=4000)
    access = models.TextField(max_length=2000, blank=True)
    present = models.PositiveIntegerField(null=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_why = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    added_by = person()
    added_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_at", "number"]
        constraints = [
            models.UniqueConstraint(name="one_session_of_a_number", fields=["jury", "number"]),
            models.CheckConstraint(
                name="a_session_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="watched_at_a_web_address", condition=Q(watch="") | Q(watch__regex=WEB_ADDRESS)
            ),
            models.CheckConstraint(
                name="called_off_with_a_reason",
                condition=Q(called_off_at=None, called_off_why="")
                | Q(called_off_at__isnull=False, present=None) & ~Q(called_off_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.number}: {self.title}"

    def state(self, at: datetime | None = None) -> str:
        """Return "called off", "past", "now" or "ahead"."""
        now = at or timezone.now()
        if self.called_off_at:
            return "called off"
        return "past" if self.ends_at <= now else "now" if self.starts_at <= now else "ahead"

    @property
    def minutes(self) -> int:
        """How long it lasts, in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Attendance(models.Model):
    """A seat whose member was at a session, and which of those who had the seat it was."""

    personal_data = {
        "seat": "a number; whose seat it is stands sealed with the jury's pool",
        "member": "which of those who had the seat, by the number of a volunteer",
    }
    kept_for = "Until the jury's pool is erased; how many were there stays."

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    seat = models.PositiveIntegerField()
    member = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="attendance")

    class Meta:
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(name="a_seat_is_there_once", fields=["session", "seat"]),
            models.CheckConstraint(name="seats_count_from_one", condition=Q(seat__gte=1)),
        ]

    def __str__(self) -> str:
        return f"seat {self.seat}"


class Material(Held):
    """Something handed out at a session: a paper, slides, a plan."""

    personal_data = {"added_by": "who added it; never shown", "removed_by": "who took it off; never shown"}
    kept_for = FOR_GOOD

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="materials")

    class Meta(Held.Meta):
        ordering = ["added_at", "pk"]
