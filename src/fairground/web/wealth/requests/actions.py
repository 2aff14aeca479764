"""What is done to campaigns: begin one, record what a council did, add and take back an answer.

Each act asks for the permission, and leaves an audit event in the same transaction.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.accounts.permissions import may
from fairground.web.audit.actions import record
from fairground.web.wealth.requests.models import AnswerList, Campaign, CouncilRequest

RUN = "requests.run"


def need(user: Any, place_code: str) -> None:
    """Refuse whoever may not run the campaigns of a place."""
    if not may(user, RUN, place_code):
        raise PermissionDenied


@transaction.atomic
def begin(*, by: Any, councils: list[tuple[str, str]], **facts: Any) -> Campaign:
    """Begin a campaign with a request to each council.

    Raises
    ------
    BadInput : another campaign has its name, also one that was sent a moment ago.
    """
    need(by, facts["place_code"])
    try:
        with transaction.atomic():
            campaign = Campaign.objects.create(created_by=by, **facts)
    except IntegrityError as fault:
        raise BadInput("Another campaign has this name: choose another", "title", facts["title"]) from fault
    CouncilRequest.objects.bulk_create(
        CouncilRequest(campaign=campaign, code=code, name=name) for code, name in councils
    )
    record("requests.begin", by=by, subject=campaign.slug, councils=len(councils))
    return campaign


@transaction.atomic
def note(request: CouncilRequest, *, by: Any, acknowledged_on: date | None, outcome: str,
         ended_on: date | None, said_number: int | None) -> None:  # fmt: skip
    """Record what a council did with the request to it; what was recorded before is in the audit log."""
    need(by, request.campaign.place_code)
    held = CouncilRequest.objects.select_for_update().get(pk=request.pk)
    before = {"acknowledged_on": _iso(held.acknowledged_on), "outcome": held.outcome,
              "ended_on": _iso(held.ended_on), "said_number": held.said_number}  # fmt: skip
    held.acknowledged_on, held.outcome, held.ended_on = acknowledged_on, outcome, ended_on
    held.said_number = said_number
    held.save()
    after = {"acknowledged_on": _iso(acknowledged_on), "outcome": outcome, "ended_on": _iso(ended_on),
             "said_number": said_number}  # fmt: skip
    record("requests.note", by=by, subject=held.campaign.slug, council=held.code, before=before, after=after)


@transaction.atomic
def add_list(request: CouncilRequest, *, by: Any, **facts: Any) -> AnswerList:
    """Keep the rows of a list that a council sent; it takes the place of the one before."""
    need(by, request.campaign.place_code)
    held = CouncilRequest.objects.select_for_update().get(pk=request.pk)
    added = AnswerList.objects.create(request=held, added_by=by, **facts)
    held.outcome = "answered" if added.code == "full" else "partial"
    held.ended_on = added.received_on
    held.save()
    record("requests.list", by=by, subject=held.campaign.slug, council=held.code, digest=added.digest,
           rows=len(added.rows), code=added.code)  # fmt: skip
    return added


@transaction.atomic
def take_back(added: AnswerList, *, by: Any, because: str) -> None:
    """Take a list back with a reason; the one before it counts again."""
    need(by, added.request.campaign.place_code)
    changed = AnswerList.objects.filter(pk=added.pk, taken_back_at=None).update(
        taken_back_by=by, taken_back_at=timezone.now(), taken_back_because=because
    )
    if changed:
        slug = added.request.campaign.slug
        record("requests.take-back", by=by, subject=slug, council=added.request.code, digest=added.digest)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
