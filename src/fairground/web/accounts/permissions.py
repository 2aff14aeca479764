"""Who may do what, where: one table of named permissions.

A role in England (E92000001) counts in every place; roles are those of `models.Role`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fairground.web.accounts.models import ENGLAND, Role, RoleGrant


@dataclass(frozen=True)
class Permission:
    """A permission: its name, what it lets a person do, and the roles that have it."""

    name: str
    words: str
    roles: frozenset[str]


def _of(name: str, words: str, *roles: str) -> Permission:
    return Permission(name, words, frozenset(roles))


PERMISSIONS: tuple[Permission, ...] = (
    _of("roles.manage", "give and take roles", Role.ADMINISTRATOR),
    _of("roles.see", "see who holds a role", Role.ADMINISTRATOR, Role.MODERATOR, Role.BOARD),
    _of("awards.record", "record an award to the place", Role.OFFICER, Role.BOARD, Role.ADMINISTRATOR),
    _of("formulas.register", "register a formula in the place's name", Role.OFFICER, Role.BOARD),
    _of("requests.run", "ask councils what they sold", Role.OFFICER, Role.BOARD, Role.ADMINISTRATOR),
    _of("words.moderate", "hide words that break the rules", Role.MODERATOR, Role.ADMINISTRATOR),
    _of("words.write", "write in the place's name as a group", Role.GROUP, Role.OFFICER, Role.BOARD),
    _of("rounds.join", "take part", *(role.value for role in Role)),
)
BY_NAME = {permission.name: permission for permission in PERMISSIONS}


def may(user: Any, name: str, place_code: str) -> bool:
    """Return whether `user` has the permission `name` in the place with the code `place_code`."""
    permission = BY_NAME[name]
    if not (user.is_authenticated and user.is_active):
        return False
    return RoleGrant.objects.filter(
        user=user, revoked_at=None, place_code__in=[place_code, ENGLAND], role__in=permission.roles
    ).exists()


def places_managed(user: Any) -> list[str]:
    """Return the codes of the places whose roles `user` manages, in order."""
    held = RoleGrant.objects.filter(user=user, revoked_at=None, role__in=BY_NAME["roles.manage"].roles)
    return sorted(held.values_list("place_code", flat=True))
