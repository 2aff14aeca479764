"""A frozen paper, the roll, the ballots and their log: who may vote is kept apart from what was voted.

No row about a ballot holds a time or a person. The database refuses to change a frozen paper or to change or
remove what is in the log: see triggers.py. Design after Belenios' separation of credentials from ballots
(Cortier, Gaudry and Glondu, 2019) and the logs of Certificate Transparency (RFC 9162).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fairground.web.participation.models import Round


class Tier(models.TextChoices):
    """How a voter was known."""

    LETTER = "letter", "By the code on a letter"
    ROLL = "roll", "By number and postcode on the roll"
    BOOTH = "booth", "By a paper ballot handed out"
    POSTCODE = "postcode", "By an account and a postcode"
    ACCOUNT = "account", "By an account"
    OPEN = "open", "Not at all: anyone"


class Paper(models.Model):
    """What is voted on, by what rule and when; frozen from the moment it is here."""

    personal_data = {"frozen_by": "who opened the vote"}
    kept_for = "For good: it is the record of a public vote."

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="paper")
    specification: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    public_key = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)
    size = models.PositiveIntegerField(null=True)
    root = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)
    secret_destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_vote_ends_later", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="closed_with_a_signed_root",
                condition=Q(closed_at=None, size=None, root="", signature="")
                | (Q(closed_at__isnull=False, size__isnull=False) & ~Q(root="") & ~Q(signature="")),
            ),
        ]

    def __str__(self) -> str:
        return f"paper {self.digest[:12]}"

    def state(self, at: datetime | None = None) -> str:
        """Return "early", "open" or "over"."""
        now = at or timezone.now()
        if self.closed_at or now >= self.closes_at:
            return "over"
        return "open" if now >= self.opens_at else "early"


class Secret(models.Model):
    """The keys of a paper: one hides voters and is destroyed after the count, one signs until the close."""

    personal_data = {"pseudonym_key": "with the roll it leads from a voter to a ballot"}
    kept_for = "Until it is destroyed after the count; the signing key until the close."

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="secret")
    pseudonym_key = models.CharField(max_length=64)
    signing_key = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return "secret"


class LogHead(models.Model):
    """The end of a paper's log: one row, for which whoever casts a ballot queues.

    `ballots_signature` is of the ballots that count; nobody sees it before the ballots are published.
    """

    personal_data: dict[str, str] = {}
    kept_for = "As long as the paper."

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="head")
    size = models.PositiveIntegerField(default=0)
    closed = models.BooleanField(default=False)
    ballots_signature = models.CharField(max_length=128, blank=True)

    def __str__(self) -> str:
        return f"{self.size} entries"


class RollEntry(models.Model):
    """Somebody who may vote, as the council's roll has them; nothing here says whether they did."""

    personal_data = {
        "number": "the voter's number on the roll",
        "name": "to write the letter",
        "address": "to send the letter",
        "postcode": "to know the voter by, with the number",
        "district": "which pots the voter may vote on",
    }
    kept_for = "Until the secret of the paper is destroyed; then the whole roll is deleted."

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="roll")
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    district = models.CharField(max_length=60, blank=True)
    old_enough = models.BooleanField(default=True)
    code_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_line_on_the_roll", fields=["paper", "number"]),
            models.UniqueConstraint(
                name="one_voter_of_a_code", fields=["paper", "code_hash"], condition=~Q(code_hash="")
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"


class Ballot(models.Model):
    """One voter's ballot under a pseudonym; which of its revisions is the last."""

    personal_data = {"pseudonym": "stands for the voter until the secret is destroyed"}
    kept_for = "For good: it is a vote. It has no time and no person."

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="ballots")
    pseudonym = models.CharField(max_length=64)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    district = models.CharField(max_length=60, blank=True)
    on_paper = models.BooleanField(default=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_ballot_a_voter", fields=["paper", "pseudonym"]),
            models.CheckConstraint(name="a_known_tier", condition=Q(tier__in=Tier.values)),
        ]

    def __str__(self) -> str:
        return f"ballot {self.pseudonym[:8]}"


class Revision(models.Model):
    """What a voter marked, once: an entry of the log. A changed vote is another revision."""

    personal_data: dict[str, str] = {}
    kept_for = "For good: it is an entry of the log."

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="revisions")
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    marks: models.JSONField[Any, Any] = models.JSONField()
    tier = models.CharField(max_length=10, choices=Tier.choices)
    district = models.CharField(max_length=60, blank=True)
    nonce = models.CharField(max_length=32)
    leaf = models.CharField(max_length=64)
    receipt = models.CharField(max_length=24)
    signature = models.CharField(max_length=128)
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="one_entry_at_a_position", fields=["paper", "position"]),
            models.UniqueConstraint(name="one_revision_of_a_number", fields=["ballot", "number"]),
            models.UniqueConstraint(name="one_cast_of_a_key", fields=["paper", "key"]),
            models.UniqueConstraint(name="one_entry_of_a_receipt", fields=["paper", "receipt"]),
        ]

    def __str__(self) -> str:
        return f"entry {self.position}"


class Slip(models.Model):
    """A printed ballot: its serial, its code in a form that cannot be read back, and who it was handed to.

    `number` is a line of the roll; whoever votes online and by this ballot has one pseudonym, so one ballot.
    """

    personal_data = {"number": "the voter on the roll to whom it was handed out"}
    kept_for = "Until the secret of the paper is destroyed."

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="slips")
    serial = models.PositiveIntegerField()
    code_hash = models.CharField(max_length=64)
    district = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_slip_of_a_serial", fields=["paper", "serial"]),
            models.UniqueConstraint(name="one_slip_of_a_code", fields=["paper", "code_hash"]),
        ]

    def __str__(self) -> str:
        return f"slip {self.serial}"


class Batch(models.Model):
    """Paper ballots that came together: how many envelopes were counted, and whether they are in the log.

    `set_aside` of the envelopes hold no ballot that can count; another person than says so accepts the batch.
    """

    personal_data = {
        "opened_by": "who counted the envelopes",
        "set_aside_by": "who set envelopes aside",
        "accepted_by": "who put them in the log",
    }
    kept_for = "For good: it is the record of the paper vote."

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(max_length=60)
    envelopes = models.PositiveIntegerField()
    set_aside = models.PositiveIntegerField(default=0)
    set_aside_reason = models.CharField(max_length=300, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    accepted_at = models.DateTimeField(null=True)
    report: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_batch_of_a_name", fields=["paper", "name"]),
            models.CheckConstraint(
                name="set_aside_by_and_why",
                condition=Q(set_aside=0, set_aside_reason="", set_aside_by=None)
                | (Q(set_aside__gt=0, set_aside_by__isnull=False) & ~Q(set_aside_reason="")),
            ),
            models.CheckConstraint(
                name="accepted_by_and_when",
                condition=Q(accepted_by=None, accepted_at=None)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Typing(models.Model):
    """A paper ballot as one person typed it; each ballot is typed twice, by two people."""

    personal_data = {"typed_by": "two people must have typed each ballot"}
    kept_for = "Until the secret of the paper is destroyed."

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="typings")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="typings")
    code_hash = models.CharField(max_length=64)
    code_end = models.CharField(max_length=4)
    turn = models.PositiveSmallIntegerField()
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marks: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="two_typings_of_a_slip", fields=["paper", "code_hash", "turn"]),
            models.UniqueConstraint(name="each_typing_by_another", fields=["paper", "code_hash", "typed_by"]),
            models.CheckConstraint(name="first_or_second_typing", condition=Q(turn__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return f"typing {self.turn} of {self.code_end}"
