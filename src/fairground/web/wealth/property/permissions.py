"""Who may do what in the cases of a place: one table. A role in another place counts nothing here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from fairground.web.accounts.models import ENGLAND, Role, RoleGrant
from fairground.web.wealth.property.models import Case

EVERYONE, SIGNED_IN = "everyone", "signed-in"


@dataclass(frozen=True)
class Deed:
    """Something that is done in the cases of a place: its words, and the roles that may."""

    name: str
    words: str
    roles: frozenset[str]


def _deed(name: str, words: str, *roles: str) -> Deed:
    return Deed(name, words, frozenset(roles))


OFFICE = (Role.OFFICER.value, Role.ADMINISTRATOR.value)
DEEDS: tuple[Deed, ...] = (
    _deed("cases.read", "read a case that is published", EVERYONE),
    _deed("cases.say", "write to the council about a proposal", EVERYONE),
    _deed("cases.nominate", "nominate a building or land for a group", SIGNED_IN),
    _deed("cases.watch", "see cases and words that are not shown yet", *OFFICE, Role.MODERATOR.value),
    _deed("cases.check", "decide whether words are shown", *OFFICE, Role.MODERATOR.value),
    _deed("cases.open", "open a case", *OFFICE),
    _deed("cases.record", "record what happened, and correct it", *OFFICE),
    _deed("cases.write", "send letters and notices", *OFFICE),
    _deed("cases.respond", "answer what people wrote", *OFFICE),
    _deed("cases.close", "close a case and open it again", *OFFICE),
    _deed("cases.remind", "be reminded of dates", Role.OFFICER.value),
)
BY_NAME = {deed.name: deed for deed in DEEDS}


def may(user: Any, name: str, place_code: str) -> bool:
    """Return whether `user` may do the deed `name` in the cases of a place."""
    roles = BY_NAME[name].roles
    if EVERYONE in roles:
        return True
    if not (user.is_authenticated and user.is_active):
        return False
    if SIGNED_IN in roles:
        return True
    return RoleGrant.objects.filter(
        user=user, revoked_at=None, place_code__in=[place_code, ENGLAND], role__in=roles
    ).exists()


def need(user: Any, name: str, place_code: str) -> None:
    """Refuse whoever may not do the deed in the cases of a place."""
    if not may(user, name, place_code):
        raise PermissionDenied


def may_see(user: Any, case: Case) -> bool:
    """Return whether `user` may see a case: all once it is published, before that who sent or checks it."""
    if case.published_at is not None:
        return True
    mine = user.is_authenticated and case.opened_by_id == user.pk
    return mine or may(user, "cases.watch", case.place_code)


def places_of(user: Any, name: str) -> list[str]:
    """Return the codes of the places in whose cases `user` may do the deed by a role, in order."""
    if not (user.is_authenticated and user.is_active):
        return []
    held = RoleGrant.objects.filter(user=user, revoked_at=None, role__in=BY_NAME[name].roles)
    return sorted(set(held.values_list("place_code", flat=True)))
