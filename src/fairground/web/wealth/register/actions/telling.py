"""Those who follow something are told behind the page, once for all that changed since the last letter."""

from __future__ import annotations

from django.db import transaction

from fairground.web.jobs.actions import ask
from fairground.web.jobs.models import Job, State
from fairground.web.wealth.register.models import Follow


def tell_followers() -> None:
    """Ask for the letters once the change is kept, unless they are asked for or nobody follows."""
    transaction.on_commit(_ask)


def _ask() -> None:
    waiting = Job.objects.filter(kind="follow", state=State.WAITING).exists()
    if not waiting and Follow.objects.exclude(confirmed_at=None).exists():
        ask("follow", by=None)
