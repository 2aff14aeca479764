"""Who the officers of a jury are: they alone open its pool, so they alone say who joins them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fairground.errors import BadInput
from fairground.web.accounts.models import User
from fairground.web.audit.actions import record
from fairground.web.participation import actions as rounds
from fairground.web.participation.models import RoundRole, RoundRoleName
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import need


def officers(jury: Jury) -> Any:
    """Return the roles of the officers of a jury, the longest first."""
    held = jury.round.roles.filter(revoked_at=None, role=RoundRoleName.OFFICER)
    return held.select_related("user").order_by("granted_at")


@transaction.atomic
def add_officer(jury: Jury, email: str, *, by: Any) -> RoundRole:
    """Make somebody with an account an officer of the jury, who may open its pool; twice changes nothing.

    Raises
    ------
    BadInput : nobody has an account with this address.
    """
    need(by, "jury.people", jury)
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        what = "Nobody has an account with this address. Ask them to sign in once"
        raise BadInput(what, "email", email)
    given, new = RoundRole.objects.get_or_create(
        round=jury.round, user=person, role=RoundRoleName.OFFICER, revoked_at=None,
        defaults={"granted_by": by},
    )  # fmt: skip
    if new:
        record("jury.officer.give", by=by, subject=str(jury.pk), user=str(person.pk))
        words = f"You are an officer of {jury.round.title}. You can see who volunteered."
        at = f"/power/juries/{jury.round.slug}/office/"
        rounds.tell(person, round=jury.round, subject="You are a jury officer", words=words, address=at)
    return given


@transaction.atomic
def remove_officer(given: RoundRole, *, by: Any) -> None:
    """Take the role of an officer back; twice changes nothing. A jury keeps its last officer."""
    need(by, "jury.people", Jury.objects.select_for_update(of=("self",)).get(pk=given.round_id))
    rounds.take_round_role(given, by=by)
