"""Cases that the site keeps: what happened, the letters that were sent, what people wrote, who was reminded.

Nothing is deleted: a correction is a new event that takes the place of the old one. A case keeps the text of
the procedure as it read when it was opened.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


def _person(**more: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Edition(models.Model):
    """A procedure as it read when a case was opened under it; known by the digest of its text."""

    personal_data: dict[str, str] = {}
    kept_for = "For good: it is the rule that cases were decided by."

    digest = models.CharField(max_length=64, primary_key=True)
    procedure = models.CharField(max_length=40)
    text = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.procedure} {self.digest[:8]}"


class OwnerKind(models.TextChoices):
    """Who owns the land: only bodies are named."""

    COUNCIL = "council", "The council"
    PUBLIC = "public", "Another public body"
    BODY = "body", "A company, charity or other body"
    PERSON = "person", "A private person"
    UNKNOWN = "unknown", "Not known"


class Case(models.Model):
    """One building, piece of land or request, followed through one procedure."""

    personal_data = {"opened_by": "who opened the case; never shown", "owner_name": "a body, never a person"}
    kept_for = "For good: it is a public record of a public decision."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cases")
    procedure = models.CharField(max_length=40, db_index=True)
    title = models.CharField(max_length=120)
    where = models.CharField(max_length=200, blank=True)
    about = models.TextField(max_length=3000, blank=True)
    place_code = models.CharField(max_length=9, db_index=True)
    asset = models.ForeignKey(
        "register.Asset", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    asset_reference = models.CharField(max_length=100, blank=True)
    owner_kind = models.CharField(max_length=10, choices=OwnerKind.choices, default=OwnerKind.UNKNOWN)
    owner_name = models.CharField(max_length=120, blank=True)
    lengths: models.JSONField[Any, Any] = models.JSONField(default=dict)
    supposed_from = models.DateField(null=True)
    fictional = models.BooleanField(default=False)
    opened_by = _person(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(name="a_case_in_england", condition=Q(place_code__regex=r"^E[0-9]{8}$")),
            models.CheckConstraint(
                name="a_private_owner_has_no_name",
                condition=Q(owner_name="") | ~Q(owner_kind__in=["person", "unknown"]),
            ),
            models.CheckConstraint(
                name="only_a_made_up_case_supposes_a_law",
                condition=Q(supposed_from=None) | Q(fictional=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def in_force(self) -> list[CaseEvent]:
        """Return the events that count, in the order in which they happened."""
        kept = list(self.events.all())
        replaced = {one.supersedes_id for one in kept if one.supersedes_id}
        return sorted(
            (one for one in kept if one.pk not in replaced and not one.takes_back),
            key=lambda one: (one.day, one.place),
        )

    @property
    def closing(self) -> Closing | None:
        """How the case was closed, or None where it is open."""
        return next((one for one in self.closings.all() if one.reopened_at is None), None)


class CaseEvent(models.Model):
    """What happened on a day, who wrote it down and from which document; it may take the place of another.

    `place` is its place among the events of one day; a correction takes that of the event it corrects.
    """

    personal_data = {"recorded_by": "who wrote it down; never shown"}
    kept_for = "For good, as part of the case."

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=40)
    day = models.DateField()
    note = models.TextField(max_length=3000, blank=True)
    document = models.CharField(max_length=300, blank=True)
    recorded_by = _person(null=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    place = models.PositiveIntegerField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    takes_back = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["day", "place", "pk"]
        constraints = [
            models.CheckConstraint(name="a_correction_says_why", condition=Q(supersedes=None) | ~Q(why="")),
            models.CheckConstraint(
                name="only_an_event_is_taken_back",
                condition=Q(takes_back=False) | Q(supersedes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.day:%Y-%m-%d}"


class Closing(models.Model):
    """A case was closed with its outcome and the reasons; and may have been opened again, with a reason."""

    personal_data = {"closed_by": "who closed it", "reopened_by": "who opened it again"}
    kept_for = "For good, as part of the case."

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    outcome = models.CharField(max_length=200)
    reasons = models.TextField(max_length=3000)
    closed_by = _person()
    closed_at = models.DateTimeField(default=timezone.now)
    reopened_by = _person(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-closed_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_closing_at_a_time", fields=["case"], condition=Q(reopened_at=None)
            ),
            models.CheckConstraint(name="an_outcome_and_reasons", condition=~Q(outcome="") & ~Q(reasons="")),
            models.CheckConstraint(
                name="reopened_by_when_and_why",
                condition=Q(reopened_by=None, reopened_at=None, reopened_why="")
                | Q(reopened_by__isnull=False, reopened_at__isnull=False) & ~Q(reopened_why=""),
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Letter(models.Model):
    """A letter or notice word for word as it was sent, to whom in the procedure, and on which day."""

    personal_data = {"sent_by": "who sent it", "taken_back_by": "who took the entry back"}
    kept_for = "For good, as part of the case. It is written to a part in the procedure, not to a name."

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="letters")
    to = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    words = models.TextField()
    sent_on = models.DateField()
    sent_by = _person()
    recorded_at = models.DateTimeField(default=timezone.now)
    taken_back_by = _person(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_letter_of_an_event_to_each",
                fields=["event", "to"],
                condition=Q(taken_back_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"to {self.to} on {self.sent_on:%Y-%m-%d}"


class Representation(models.Model):
    """What somebody wrote about a proposal: shown once it was checked, with the council's response."""

    personal_data = {
        "words": "what they wrote may name people; shown only as the last check has it",
        "signed": "how they wish to be named, if at all",
    }
    kept_for = "As checked: for good. As written: until a year after the check; then retention deletes it."

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="representations")
    event = models.OneToOneField(CaseEvent, on_delete=models.PROTECT, related_name="representation")
    words = models.TextField(max_length=5000)
    signed = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"representation {self.pk}"

    @property
    def last_check(self) -> Check | None:
        """The last check of its words, or None while it waits."""
        return next(iter(self.checks.all()), None)

    @property
    def last_response(self) -> Response | None:
        """The council's last response, or None where there is none."""
        return next(iter(self.responses.all()), None)


class Nomination(models.Model):
    """What a group said when it nominated; for the council also what it knows of owners."""

    personal_data = {
        "nominated_by": "who filled in the form; never shown",
        "known_owners": "names and addresses that the regulations ask for; only for officers",
    }
    kept_for = "For good, as part of the case; known_owners until the case closes: then retention deletes it."

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="nomination")
    group = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    members = models.PositiveIntegerField(default=0)
    connection = models.TextField(max_length=1500)
    use = models.CharField(max_length=10, choices=[("now", "Now"), ("past", "In the recent past")])
    boundaries = models.TextField(max_length=1500)
    why = models.TextField(max_length=5000)
    known_owners = models.TextField(max_length=1500, blank=True)
    nominated_by = _person()

    def __str__(self) -> str:
        return self.group

    @property
    def last_check(self) -> Check | None:
        """The last check of its words, or None while it waits."""
        return next(iter(self.checks.all()), None)


class Check(models.Model):
    """A decision whether words are shown, and how: whole, with parts left out, or not at all; with a reason.

    Checking again adds a row: the last one counts, so that a check can be undone.
    """

    personal_data = {"checked_by": "who checked it", "signed": "how the writer is named, as checked"}
    kept_for = "For good, as part of the case."

    representation = models.ForeignKey(
        Representation, on_delete=models.PROTECT, null=True, related_name="checks"
    )
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, null=True, related_name="checks")
    shown = models.BooleanField()
    words = models.TextField(max_length=5000, blank=True)
    signed = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    checked_by = _person()
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_check_of_one_thing",
                condition=Q(representation=None, nomination__isnull=False)
                | Q(representation__isnull=False, nomination=None),
            ),
            models.CheckConstraint(
                name="what_is_withheld_has_a_reason", condition=Q(shown=True) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return "shown" if self.shown else "withheld"


class Response(models.Model):
    """What the council says to a representation; saying it again adds a row, and the last one counts."""

    personal_data = {"given_by": "who wrote it"}
    kept_for = "For good, as part of the case."

    representation = models.ForeignKey(Representation, on_delete=models.PROTECT, related_name="responses")
    words = models.TextField(max_length=3000)
    given_by = _person()
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [models.CheckConstraint(name="a_response_has_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return f"response to {self.representation_id}"


class Mail(models.TextChoices):
    """How far an email is: a row that is being sent is never taken up again, so none is sent twice."""

    WAITING = "waiting", "To be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    PASSED = "passed", "No longer needed"


class Reminder(models.Model):
    """An officer is reminded of one date, so many days before it; the row is what stops a second one."""

    personal_data = {"to": "who was reminded"}
    kept_for = "Until the account is deleted."

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reminders")
    period = models.CharField(max_length=40)
    last_day = models.DateField()
    days = models.SmallIntegerField()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.SENT)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="never_reminded_twice", fields=["case", "period", "last_day", "days", "to"]
            ),
            models.CheckConstraint(name="a_known_state_of_mail", condition=models.Q(mail__in=Mail.values)),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.days} days before {self.last_day:%Y-%m-%d}"


def published(place_code: str = "", procedure: str = "") -> models.QuerySet[Case]:
    """Return the cases that everyone may see, of one place and one procedure where they are given."""
    cases = Case.objects.exclude(published_at=None)
    if place_code:
        cases = cases.filter(place_code=place_code)
    return cases.filter(procedure=procedure) if procedure else cases


def open_first(cases: models.QuerySet[Case]) -> models.QuerySet[Case]:
    """Return cases with those that are open before those that are closed, each the newest first."""
    closed = Closing.objects.filter(case=models.OuterRef("pk"), reopened_at=None)
    return cases.order_by(models.Exists(closed), "-opened_at", "pk")
