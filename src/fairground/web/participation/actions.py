"""What is done to rounds: set up, published, dated, and given people; each act leaves an audit event.

`tell` writes to a person twice: by email, and on a page of their own.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.participation.models import Notice, Phase, PhaseName, Round, RoundRole, RoundRoleName
from fairground.web.participation.permissions import may, may_create

CHANGEABLE = ("title", "summary", "council_budget_pence", "council_budget_source")


@transaction.atomic
def create_round(
    *, by: Any, place_code: str, title: str, summary: str, kind: str = "budget", **more: Any
) -> Round:
    """Set up a round that nobody else sees yet; whoever sets it up is its officer."""
    if not may_create(by, place_code):
        raise PermissionDenied
    round = Round.objects.create(
        kind=kind,
        title=title,
        summary=summary,
        place_code=place_code,
        slug=free_slug(title),
        created_by=by,
        **more,
    )
    RoundRole.objects.create(round=round, user=by, role=RoundRoleName.OFFICER, granted_by=by)
    record("round.create", by=by, subject=str(round.pk), place=place_code, kind=kind)
    return round


@transaction.atomic
def change_round(round: Round, *, by: Any, **fields: Any) -> None:
    """Change the words of a round and the council's budget."""
    need(by, "round.manage", round)
    for name in CHANGEABLE:
        setattr(round, name, fields.get(name, getattr(round, name)))
    round.save(update_fields=list(CHANGEABLE))
    record(
        "round.change", by=by, subject=str(round.pk), **{name: getattr(round, name) for name in CHANGEABLE}
    )


@transaction.atomic
def publish_round(round: Round, *, by: Any) -> None:
    """Show the round to everyone; doing it twice changes nothing."""
    need(by, "round.manage", round)
    if not round.dated():
        raise BadInput(
            "This round has no phase with dates yet. Give at least one phase its dates, then publish."
        )
    if Round.objects.filter(pk=round.pk, published_at=None).update(published_at=timezone.now()):
        record("round.publish", by=by, subject=str(round.pk))
    round.refresh_from_db()


@transaction.atomic
def set_phases(round: Round, dates: dict[str, tuple[datetime, datetime]], *, by: Any) -> None:
    """Give the round these phases; a phase that is left out does not take place."""
    need(by, "round.manage", round)
    paper = getattr(Round.objects.get(pk=round.pk), "paper", None)
    if paper and dates.get("ballot") != (paper.opens_at, paper.closes_at):
        raise BadInput("The vote is frozen, and its days with it. The other phases can still move.")
    ends = [(PhaseName(name).label, *dates[name]) for name in PhaseName.values if name in dates]
    for label, opens, closes in ends:
        if closes <= opens:
            raise BadInput(f'"{label}" ends before it begins. The end must be later than the beginning.')
    for (earlier, begins, _), (later, opens, _) in pairwise(ends):
        if opens < begins:
            raise BadInput(f'"{later}" begins before "{earlier}". Phases begin in the order of this page.')
    round.phases.exclude(name__in=dates).delete()
    for name, (opens, closes) in dates.items():
        Phase.objects.update_or_create(
            round=round, name=name, defaults={"opens_at": opens, "closes_at": closes}
        )
    round._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    told = {name: [opens.isoformat(), closes.isoformat()] for name, (opens, closes) in dates.items()}
    record("round.phases", by=by, subject=str(round.pk), phases=told)


@transaction.atomic
def give_round_role(round: Round, user: Any, role: str, *, by: Any) -> RoundRole:
    """Give a person a role in this round."""
    need(by, "round.manage", round)
    given, new = RoundRole.objects.get_or_create(
        round=round, user=user, role=RoundRoleName(role), revoked_at=None, defaults={"granted_by": by}
    )
    if new:
        record("round.role.give", by=by, subject=str(round.pk), user=str(user.pk), role=role)
    return given


@transaction.atomic
def take_round_role(given: RoundRole, *, by: Any) -> None:
    """Take a role in a round back; twice changes nothing. A round keeps its last officer."""
    need(by, "round.manage", given.round)
    officers = RoundRole.objects.filter(round=given.round, role=RoundRoleName.OFFICER, revoked_at=None)
    if given.role == RoundRoleName.OFFICER and officers.count() == 1:
        raise BadInput("This is the last officer of the round. Make somebody else an officer first.")
    held = RoundRole.objects.filter(pk=given.pk, revoked_at=None)
    if held.update(revoked_by=by, revoked_at=timezone.now()):
        record(
            "round.role.take", by=by, subject=str(given.round_id), user=str(given.user_id), role=given.role
        )


def tell(user: Any, *, round: Round, subject: str, words: str, address: str) -> Notice:
    """Tell a person something: kept on their page now, sent by email once the change itself is kept."""
    subject = " ".join(subject.split())  # one line: nothing typed becomes a header of the email
    notice = Notice.objects.create(user=user, round=round, subject=subject, words=words, address=address)
    if user.is_active:
        text = f"{words}\n\nSee it on the site: {settings.SITE_ADDRESS}{address}\n"
        transaction.on_commit(
            lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email], fail_silently=True)
        )
    return notice


def need(user: Any, deed: str, round: Round) -> None:
    """Refuse whoever may not do the deed in this round now."""
    if not may(user, deed, round):
        raise PermissionDenied


def free_slug(title: str) -> str:
    """Return an address for a round that no other round has."""
    stem = slugify(title)[:70] or "round"
    taken = set(Round.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | {"new", "mine"}
    return next(
        slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
