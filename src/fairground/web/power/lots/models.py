"""A draw, the public values as two officers wrote them down, and the seats that it filled.

A draw is sealed before its number can be known. From then on the database itself refuses to change or delete
it (see triggers.py). The council's file, which knows who a code is, stands sealed with the jury's key, and
goes with it.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fairground.web.jobs.models import Job
from fairground.web.jobs.models import State as JobState
from fairground.web.power.juries.models import WITH_THE_JURY, Jury, Volunteer

User = settings.AUTH_USER_MODEL


class Draw(models.Model):
    """One draw of a jury: its first, or one for the places of those who do not come.

    `public` is the file as it was sealed; the values are put into it when it is sent. `council` is empty
    before the draw is sealed, and again once the jury's pool is erased.
    """

    personal_data = {
        "council": "numbers, answers and codes of volunteers without names, under the key of the jury",
        "asked_by": "the officer who had the lottery made",
        "drawn_by": "the officer whose values, with a colleague's, made the draw",
        "voided_by": "the officer who called it off",
    }
    kept_for = WITH_THE_JURY

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField()
    first = models.BooleanField()
    places = models.PositiveIntegerField()
    rule = models.CharField(max_length=30)
    juries = models.PositiveIntegerField(default=1000)
    way = models.CharField(
        max_length=10, null=True, help_text="balls or dice; nothing where public values choose"
    )
    targets: models.JSONField[Any, Any] = models.JSONField()
    reason = models.TextField(max_length=1000, blank=True, help_text="why targets had to change, in public")
    announced: models.JSONField[Any, Any] = models.JSONField()
    known_from = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    problem = models.TextField(blank=True)

    seal = models.CharField(max_length=64, blank=True)
    public = models.TextField(blank=True)
    council = models.TextField(blank=True)
    proof: models.JSONField[Any, Any] = models.JSONField(default=dict)
    sealed_at = models.DateTimeField(null=True)

    values: models.JSONField[Any, Any] = models.JSONField(default=list)
    chosen = models.PositiveIntegerField(null=True)
    codes: models.JSONField[Any, Any] = models.JSONField(default=list)
    on_jury: models.JSONField[Any, Any] = models.JSONField(default=list)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    void_reason = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_draw_of_a_number", fields=["jury", "number"]),
            models.UniqueConstraint(
                name="one_draw_at_a_time", fields=["jury"], condition=Q(drawn_at=None, voided_at=None)
            ),
            models.CheckConstraint(
                name="sealed_whole_or_not_at_all",
                condition=Q(seal="", sealed_at=None, public="", council="")
                | (~Q(seal="") & ~Q(public="") & Q(sealed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="sealed_before_values_are_known",
                condition=Q(sealed_at=None) | Q(sealed_at__lt=F("known_from")),
            ),
            models.CheckConstraint(
                name="drawn_by_somebody_after_the_seal",
                condition=Q(drawn_at=None, drawn_by=None, chosen=None)
                | Q(
                    drawn_at__gte=F("known_from"),
                    drawn_by__isnull=False,
                    chosen__gte=1,
                    sealed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="void_with_a_reason",
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"draw {self.number}"

    @property
    def chosen_by(self) -> str:
        """What gives the number: values, balls or dice."""
        return self.way or "values"

    @property
    def state(self) -> str:
        """Where the draw is: being made, failed, sealed, drawn, archived or void."""
        if self.voided_at:
            return "void"
        if self.drawn_at:
            return "archived" if self.jury.erased_at else "drawn"
        if self.seal:
            return "sealed"
        ended = self.job is not None and self.job.state in (JobState.FAILED, JobState.CANCELLED)
        return "failed" if self.problem or ended else "making"


class Reading(models.Model):
    """The public values as one officer wrote them down; only added to: a slip and its mending both stay."""

    personal_data = {"by": "the officer who wrote the values down"}
    kept_for = WITH_THE_JURY

    role = models.CharField(max_length=200, null=True, help_text="what the officer was then, for everyone")
    one_browser = models.BooleanField(null=True, help_text="written in the browser of a colleague")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    values: models.JSONField[Any, Any] = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"values of {self.draw}"


class CallingOff(models.Model):
    """An officer asks to call a draw off, and says why; it is called off when a second officer agrees."""

    personal_data = {"by": "the officer who asked to call it off"}
    kept_for = WITH_THE_JURY

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="calling_off", primary_key=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=1000)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"calling off of {self.draw}"


class SeatState(models.TextChoices):
    """Where somebody who was drawn stands."""

    DRAWN = "drawn", "Drawn, not asked yet"
    INVITED = "invited", "Asked"
    ACCEPTED = "accepted", "Said yes"
    DECLINED = "declined", "Said no"
    NO_ANSWER = "no-answer", "Did not answer in time"
    WITHDRAWN = "withdrawn", "Said yes and left"


HOLDING = (SeatState.DRAWN, SeatState.INVITED, SeatState.ACCEPTED)
GONE = (SeatState.DECLINED, SeatState.NO_ANSWER, SeatState.WITHDRAWN)


class Seat(models.Model):
    """Somebody who was drawn, by their number, and what they answered.

    `place` is their seat from 1 to the size of the jury: who is drawn for somebody takes theirs.
    `said_yes_at` stays when they leave, so that what they are owed for their time can still be paid.
    """

    personal_data = {
        "volunteer": "who was drawn, by number; what they told us stays sealed",
        "code_hash": "lets them answer their invitation",
        "answered_by": "the officer who wrote the answer down for them",
    }
    kept_for = "As long as the jury; the code goes with the jury's pool."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="seats")
    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="seats")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="seats")
    state = models.CharField(max_length=10, choices=SeatState.choices, default=SeatState.DRAWN)
    code_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    place = models.PositiveIntegerField(null=True)
    said_yes_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["volunteer__number"]
        constraints = [
            models.UniqueConstraint(name="nobody_is_drawn_twice", fields=["jury", "volunteer"]),
            models.CheckConstraint(name="a_known_state_of_a_seat", condition=Q(state__in=SeatState.values)),
            models.UniqueConstraint(
                name="one_on_a_place_at_a_time", fields=["jury", "place"], condition=Q(state__in=HOLDING)
            ),
            models.CheckConstraint(name="places_count_from_one", condition=Q(place=None) | Q(place__gte=1)),
            models.CheckConstraint(
                name="an_invitation_has_a_day",
                condition=Q(invited_at=None, answer_by=None)
                | Q(invited_at__isnull=False, answer_by__isnull=False),
            ),
            models.CheckConstraint(
                name="only_who_is_gone_is_replaced", condition=Q(replaced_by=None) | Q(state__in=GONE)
            ),
        ]

    def __str__(self) -> str:
        return f"seat of volunteer {self.volunteer_id}"


class Standby(models.Model):
    """Those who stand ready to step in on a jury: chosen once, after a draw, by the engine, and explained."""

    personal_data = {"by": "the officer who had them chosen"}
    kept_for = WITH_THE_JURY

    jury = models.OneToOneField(Jury, on_delete=models.PROTECT, related_name="standby", primary_key=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="+")
    stays = models.FloatField(help_text="how likely everyone on the jury was taken to stay")
    words: models.JSONField[Any, Any] = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_chance_to_stay", condition=Q(stays__gte=0, stays__lte=1)),
        ]

    def __str__(self) -> str:
        return f"those who stand ready for {self.jury_id}"

    @property
    def of_hundred(self) -> str:
        """How many of 100 members are taken to stay."""
        return f"{100 * self.stays:g}"


class Alternate(models.Model):
    """Somebody who stands ready, in the order of how often they were called in the engine's pictures."""

    personal_data = {"volunteer": "who stands ready, by number; what they told us stays sealed"}
    kept_for = WITH_THE_JURY

    standby = models.ForeignKey(Standby, on_delete=models.CASCADE, related_name="people")
    volunteer = models.OneToOneField(Volunteer, on_delete=models.PROTECT, related_name="alternate")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="one_alternate_of_a_position", fields=["standby", "position"]),
        ]

    def __str__(self) -> str:
        return f"alternate {self.position}"


def draws_of(jury: Jury) -> list[Draw]:
    """Return the draws of a jury in order, without their files."""
    return list(
        Draw.objects.filter(jury=jury).select_related("job", "jury__round").defer("public", "council")
    )


def under_way(jury: Jury) -> models.QuerySet[Draw]:
    """Return the one draw that is asked for and neither drawn nor called off, or none."""
    return Draw.objects.filter(jury=jury, drawn_at=None, voided_at=None)


def standing(jury: Jury) -> list[Draw]:
    """Return the draws that count: drawn and not void."""
    return [draw for draw in draws_of(jury) if draw.drawn_at and not draw.voided_at]


def shown(jury: Jury) -> list[datetime]:
    """Return when the draws were asked for whose pages show who volunteered, called off or not."""
    draws = Draw.objects.filter(jury=jury).exclude(seal="").values_list("asked_at", "proof__rows")
    return [at for at, rows in draws if rows]
