"""Who may do what with a jury: one table.

Rule 1: the officers of a jury hold that role in its round; nobody else opens its pool, whatever their office.
Rule 2: only they say who joins them: an office in the place lets nobody make themselves an officer of a pool.
Rule 3: an office in the place lets a person set up a jury and see what is not published, never a pool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from fairground.web.participation.models import RoundRoleName, current_roles
from fairground.web.participation.permissions import may as may_in_round
from fairground.web.participation.permissions import may_see
from fairground.web.power.juries.models import Jury


@dataclass(frozen=True)
class Deed:
    """Something that is done with a jury: its words, and whether an office in the place is enough."""

    name: str
    words: str
    office: bool = False


DEEDS: tuple[Deed, ...] = (
    Deed("jury.manage", "change the jury, its days and its targets", office=True),
    Deed("jury.people", "say who its officers are"),
    Deed("letters.send", "make the letters and their codes"),
    Deed("pool.open", "see who volunteered, write somebody down, take somebody out"),
    Deed("draw.run", "seal the lottery, draw, invite, replace"),
    Deed("sittings.run", "keep the sessions, the evidence, the recommendations and the answers", office=True),
    Deed("payments.keep", "keep what members are paid"),
)
BY_NAME = {deed.name: deed for deed in DEEDS}


def may(user: Any, name: str, jury: Jury) -> bool:
    """Return whether `user` may do the deed `name` with this jury."""
    if RoundRoleName.OFFICER in current_roles(jury.round, user):
        return True
    return BY_NAME[name].office and may_in_round(user, "round.manage", jury.round)


def deeds(user: Any, jury: Jury) -> frozenset[str]:
    """Return the names of all that `user` may do with this jury, asked once for a whole page."""
    if RoundRoleName.OFFICER in current_roles(jury.round, user):
        return frozenset(BY_NAME)
    office = may_in_round(user, "round.manage", jury.round)
    return frozenset(deed.name for deed in DEEDS if deed.office and office)


def need(user: Any, name: str, jury: Jury) -> None:
    """Refuse whoever may not do the deed; who may not even see the jury is not told that it is there."""
    if may(user, name, jury):
        return
    if may_see(user, jury.round):
        raise PermissionDenied
    raise Http404
