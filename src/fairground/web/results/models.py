"""The outcome of a vote, kept whole: what residents were told, and the public bundle."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fairground.web.ballots.models import Paper


class Outcome(models.Model):
    """The answer of the count as it was given, and the bundle, which is public once somebody published it.

    `agreed` says whether both counters found the same winners; where they differ nothing is marked as chosen.
    """

    personal_data = {"counted_by": "who pressed the button", "published_by": "who published the ballots"}
    kept_for = "For good: it is the result of a public vote."

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="outcome")
    answer = models.TextField()
    bundle = models.TextField()
    agreed = models.BooleanField(default=True)
    counted_at = models.DateTimeField(default=timezone.now)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ballots_published_by_and_when",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"outcome of {self.paper_id}"
