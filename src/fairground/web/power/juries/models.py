"""A jury, what its volunteers are asked, whom it must hold, its letters, and its sealed pool.

What a volunteer tells us stands sealed in one field (see sealing.py): nothing about a person can be read from
the database without the key of their jury, and when that key is destroyed nobody can read it any more.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fairground.web.participation.models import Round

WITH_THE_JURY = "As long as the jury: it is a public record of a public decision."
MOST_OF_A_LETTER = 5  # people of one address who may volunteer by one letter


class Jury(models.Model):
    """A citizens' jury: its question, who must answer it and by when, its size, its days.

    The round that it belongs to holds its name, its place, its officers and whether it is published.
    """

    personal_data: dict[str, str] = {}
    kept_for = WITH_THE_JURY

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="jury", primary_key=True)
    question = models.CharField(max_length=300)
    remit = models.TextField(max_length=4000)
    decider = models.CharField(max_length=200)
    answer_by = models.DateField()
    size = models.PositiveIntegerField()
    one_of_an_address = models.BooleanField(default=True)
    least_age = models.PositiveSmallIntegerField(default=16)
    letter_needed = models.BooleanField(default=False, help_text="only who got a letter can volunteer")
    registration_opens = models.DateTimeField()
    registration_closes = models.DateTimeField()
    erase_on = models.DateField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "juries"
        constraints = [
            models.CheckConstraint(name="a_jury_has_people", condition=Q(size__gte=1, size__lte=1000)),
            models.CheckConstraint(
                name="registration_closes_after_it_opens",
                condition=Q(registration_closes__gt=F("registration_opens")),
            ),
        ]

    def __str__(self) -> str:
        return self.round.title

    @property
    def last_day(self) -> date:
        """Return the last day on which people can volunteer: at midnight after it registration closes."""
        return timezone.localdate(self.registration_closes - timedelta(seconds=1))

    def registering(self, at: datetime | None = None) -> bool:
        """Say whether people can volunteer now: published, begun, not ended, not erased."""
        now = at or timezone.now()
        begun = self.registration_opens <= now < self.registration_closes
        return begun and self.round.published_at is not None and self.erased_at is None


class PoolKey(models.Model):
    """The key of one jury's pool, itself sealed with the key of the site; destroyed with the pool."""

    personal_data = {"wrapped": "opens what volunteers told us"}
    kept_for = "Until the jury's pool is erased."

    jury = models.OneToOneField(Jury, on_delete=models.CASCADE, related_name="key", primary_key=True)
    wrapped = models.TextField()

    def __str__(self) -> str:
        return f"key of {self.jury_id}"


class Feature(models.Model):
    """Something that volunteers are asked so that the jury looks like the place, such as their age."""

    personal_data: dict[str, str] = {}
    kept_for = WITH_THE_JURY

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="features")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    question = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="one_feature_of_a_name", fields=["jury", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class FeatureValue(models.Model):
    """One answer to such a question: its share of the place's people, and how many of the jury have it."""

    personal_data: dict[str, str] = {}
    kept_for = WITH_THE_JURY

    feature = models.ForeignKey(Feature, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    least = models.PositiveIntegerField()
    most = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="one_value_of_a_name", fields=["feature", "name"]),
            models.CheckConstraint(name="most_at_least_the_least", condition=Q(most__gte=F("least"))),
            models.CheckConstraint(
                name="a_share_of_people", condition=Q(share=None) | Q(share__gte=0, share__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Recruitment(models.Model):
    """How people are invited: how many letters, how many answers to expect, and what the letter says."""

    personal_data: dict[str, str] = {}
    kept_for = WITH_THE_JURY

    jury = models.OneToOneField(Jury, on_delete=models.CASCADE, related_name="recruitment", primary_key=True)
    letters = models.PositiveIntegerField(default=0)
    answering = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(3))
    words = models.TextField(max_length=3000, blank=True)
    sender = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    pay = models.CharField(max_length=300, blank=True, help_text="what members get for their time")
    parts: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="name, addresses, answering, people"
    )
    way_to_share = models.CharField(max_length=20, default="evened")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_percentage_of_letters", condition=Q(answering__gt=0, answering__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"recruitment of {self.jury_id}"


class Letter(models.Model):
    """A letter that was sent: its number, its area, and its code in a form that cannot be read back.

    The address that it went to is not kept.
    """

    personal_data: dict[str, str] = {}
    kept_for = "Until the jury's pool is erased."

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="letters")
    number = models.PositiveIntegerField()
    area = models.CharField(max_length=60, blank=True)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    times = models.PositiveSmallIntegerField(default=1, help_text="a second letter makes the first one void")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_letter_of_a_number", fields=["jury", "number"]),
            models.UniqueConstraint(name="one_letter_of_a_code", fields=["jury", "code_hash"]),
        ]

    def __str__(self) -> str:
        return f"letter {self.number}"


class Way(models.TextChoices):
    """How somebody volunteered."""

    ONLINE = "online", "Online"
    PHONE = "phone", "By phone"
    POST = "post", "By post"
    IN_PERSON = "in-person", "In person"


class TakenIn(models.Model):
    """A table of volunteers that an officer took in whole: by whom, when, how many; the file is not kept."""

    personal_data = {"by": "the officer who took it in"}
    kept_for = WITH_THE_JURY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="tables")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=64, help_text="of the form that was sent: twice is once")
    people = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(name="a_table_is_taken_in_once", fields=["jury", "key"])]

    def __str__(self) -> str:
        return f"{self.people} people taken in"


class Volunteer(models.Model):
    """Somebody who would sit on the jury: a number, and all that they told us, sealed.

    `sealed` is empty once they have withdrawn or the pool is erased; the number stays, so that no lottery
    changes its meaning.
    """

    personal_data = {
        "sealed": "name, address, ways to reach them, answers and needs, under the key of the jury",
        "code_hash": "lets the volunteer come back to their own page",
        "same_hash": "shows the same name at the same address again, without showing either",
        "entered_by": "the officer who wrote it down for them",
    }
    kept_for = "Until they withdraw, or the jury's pool is erased on its day."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="volunteers")
    number = models.PositiveIntegerField()
    sealed = models.TextField(blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    same_hash = models.CharField(max_length=64, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="volunteers")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    taken_in = models.ForeignKey(TakenIn, on_delete=models.PROTECT, null=True, related_name="volunteers")
    key = models.CharField(max_length=64, help_text="of the form that was sent: twice is once")
    registered_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    closed = models.PositiveIntegerField(default=0, help_text="how often they closed their page: ends passes")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_volunteer_of_a_number", fields=["jury", "number"]),
            models.UniqueConstraint(name="one_volunteer_of_a_form", fields=["jury", "key"]),
            models.UniqueConstraint(
                name="one_volunteer_of_a_code", fields=["jury", "code_hash"], condition=~Q(code_hash="")
            ),
            models.UniqueConstraint(
                name="nobody_volunteers_twice", fields=["jury", "same_hash"], condition=~Q(same_hash="")
            ),
            models.CheckConstraint(
                name="nothing_is_kept_of_who_withdrew",
                condition=Q(withdrawn_at=None) | Q(sealed="", code_hash="", same_hash=""),
            ),
            models.CheckConstraint(name="a_known_way_to_volunteer", condition=Q(way__in=Way.values)),
        ]

    def __str__(self) -> str:
        return f"volunteer {self.number}"


class PublishedPool(models.Model):
    """Who volunteered, as everybody may see it: made once after registration, small counts left out for good.

    It is made once, so that nobody can tell from two tables what one person answered who came in between.
    """

    personal_data = {"by": "the officer who published it"}
    kept_for = WITH_THE_JURY

    jury = models.OneToOneField(
        Jury, on_delete=models.CASCADE, related_name="published_pool", primary_key=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    people = models.PositiveIntegerField()
    counts: models.JSONField[Any, Any] = models.JSONField()

    def __str__(self) -> str:
        return f"{self.people} people who volunteered"


def published(place_code: str = "") -> models.QuerySet[Jury]:
    """Return the published juries, of one place where its code is given, the newest first."""
    juries = Jury.objects.exclude(round__published_at=None).select_related("round")
    juries = juries.order_by("-round__created_at")
    return juries.filter(round__place_code=place_code) if place_code else juries


def features_of(jury: Jury) -> list[Feature]:
    """Return what volunteers are asked, with the answers there are, in order."""
    found: list[Any] = list(jury.features.prefetch_related("values"))
    return found
