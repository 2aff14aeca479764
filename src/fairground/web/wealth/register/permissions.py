"""Who may do what in a register: one table.

Rule 1: a role in a register counts in that register only. Rule 2: an office in the register's place makes an
officer of it, a moderator of the place a moderator of it. Rule 3: whoever is signed in may add to a published
register. Rule 4: nobody decides about what they sent themselves, nor twice about the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from fairground.web.accounts.models import ENGLAND, Role, RoleGrant
from fairground.web.wealth.register.models import Contribution, Keeper, Register, RegisterRole

ANYONE = "anyone"
OFFICES = {
    Role.OFFICER.value: "officer",
    Role.BOARD.value: "officer",
    Role.ADMINISTRATOR.value: "officer",
    Role.MODERATOR.value: "moderator",
}
SETS_UP = (Role.OFFICER.value, Role.BOARD.value, Role.ADMINISTRATOR.value)
COMMUNITY_SETS_UP = (*SETS_UP, Role.GROUP.value)


@dataclass(frozen=True)
class Deed:
    """Something that is done in a register: its words, and the roles that may."""

    name: str
    words: str
    roles: frozenset[str]


def _deed(name: str, words: str, roles: str) -> Deed:
    return Deed(name, words, frozenset(roles.split()))


DEEDS: tuple[Deed, ...] = (
    _deed("register.manage", "publish the register and give roles", "officer"),
    _deed("register.watch", "see the office of the register", "officer moderator"),
    _deed("list.take_in", "take in a list and undo it", "officer"),
    _deed("asset.change", "change an asset and its documents", "officer"),
    _deed("contribution.decide", "decide about what people add", "moderator officer"),
    _deed("contribution.send", "add to the register", ANYONE),
)
BY_NAME = {deed.name: deed for deed in DEEDS}


def holds(user: Any, register: Register) -> frozenset[str]:
    """Return the roles that `user` has in the register, with "anyone" for whoever is signed in."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    own = RegisterRole.objects.filter(register=register, user=user, revoked_at=None)
    held = RoleGrant.objects.filter(
        user=user, revoked_at=None, place_code__in=[register.place_code, ENGLAND], role__in=OFFICES
    )
    offices = {OFFICES[role] for role in held.values_list("role", flat=True)}
    return frozenset({ANYONE, *own.values_list("role", flat=True), *offices})


def may(user: Any, name: str, register: Register) -> bool:
    """Return whether `user` may do the deed `name` in this register."""
    deed = BY_NAME[name]
    if ANYONE in deed.roles and register.published_at is None:
        return False
    return bool(holds(user, register) & deed.roles)


def need(user: Any, name: str, register: Register) -> None:
    """Refuse whoever may not do the deed in this register."""
    if not may(user, name, register):
        raise PermissionDenied


def may_see(user: Any, register: Register) -> bool:
    """Return whether `user` may see the register: before it is published, only those who work on it."""
    return register.published_at is not None or bool(holds(user, register) - {ANYONE})


def may_create(user: Any, place_code: str, keeper: str) -> bool:
    """Return whether `user` may set up a register: offices of the place; groups for a community's list."""
    if not (user.is_authenticated and user.is_active):
        return False
    roles = COMMUNITY_SETS_UP if keeper == Keeper.COMMUNITY else SETS_UP
    return RoleGrant.objects.filter(
        user=user, revoked_at=None, place_code__in=[place_code, ENGLAND], role__in=roles
    ).exists()


def places_of_office(user: Any) -> list[str]:
    """Return the codes of the places where `user` may set up a register, in order."""
    if not (user.is_authenticated and user.is_active):
        return []
    held = RoleGrant.objects.filter(user=user, revoked_at=None, role__in=COMMUNITY_SETS_UP)
    return sorted(set(held.values_list("place_code", flat=True)))


def may_decide(user: Any, sent: Contribution) -> bool:
    """Return whether `user` may decide about a contribution: not about one of their own."""
    return sent.author_id != user.pk and may(user, "contribution.decide", sent.register)


def may_decide_appeal(user: Any, sent: Contribution) -> bool:
    """Return whether `user` may decide an appeal: somebody else than the author and than the first."""
    return may_decide(user, sent) and sent.decided_by_id != user.pk
