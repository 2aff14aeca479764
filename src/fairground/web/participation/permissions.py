"""Who may do what in a round, and in which phase: one table of role and phase.

Rule 1: a deed may be done in the stages that its row lists; the stage is the last phase that has begun.
Rule 2: a deed of residents needs its phase to be open: begun and not ended.
Rule 3: everybody else needs a role in this round, or an office in its place, which makes an officer of
all its rounds. A role in another round counts nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fairground.web.accounts.models import ENGLAND, Role, RoleGrant
from fairground.web.participation.models import BEFORE, ORDER, Round, RoundRole, current_roles

ANYONE = "anyone"
EARLY = (BEFORE, "ideas", "merging", "moderation", "feasibility")
ANY = (BEFORE, *ORDER)
OFFICES = frozenset({Role.OFFICER.value, Role.BOARD.value, Role.ADMINISTRATOR.value, Role.GROUP.value})


@dataclass(frozen=True)
class Deed:
    """Something that is done in a round: its words, the roles that may, and in which stages."""

    name: str
    words: str
    roles: frozenset[str]
    stages: frozenset[str]
    phase: str = ""


def _deed(name: str, words: str, roles: str, stages: tuple[str, ...], *, phase: str = "") -> Deed:
    return Deed(name, words, frozenset(roles.split()), frozenset(stages), phase)


DEEDS: tuple[Deed, ...] = (
    _deed("round.manage", "change the round, its dates and its roles", "officer", ANY),
    _deed("round.watch", "see the officers' page", "officer moderator assessor builder", ANY),
    _deed("pots.change", "change the pots", "officer", EARLY),
    _deed("ideas.write", "send an idea", ANYONE, EARLY[1:], phase="ideas"),
    _deed("ideas.withdraw", "take back an idea of one's own", ANYONE, EARLY),
    _deed("ideas.appeal", "appeal against a decision on one's own idea", ANYONE, EARLY),
    _deed("ideas.merge", "bring ideas together or take one apart", "officer moderator", EARLY[1:]),
    _deed("ideas.moderate", "decide whether an idea keeps the rules", "moderator officer", EARLY[1:]),
    _deed("projects.assess", "work out what is possible and what it costs", "assessor officer", EARLY),
    _deed("voting.open", "freeze the rules and open the vote", "officer", (*EARLY, "ballot")),
    _deed("ballot.cast", "vote", ANYONE, ("ballot", "count"), phase="ballot"),
    _deed("count.run", "count the votes", "officer", ("ballot", "count", "delivery")),
    _deed("delivery.report", "tell how the work goes", "builder officer", ("count", "delivery")),
)
BY_NAME = {deed.name: deed for deed in DEEDS}


def holds(user: Any, round: Round) -> frozenset[str]:
    """Return the roles that `user` has in the round, with "anyone" for whoever is signed in."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    return (
        current_roles(round, user) | {ANYONE} | ({"officer"} if _in_office(user, round.place_code) else set())
    )


def may(user: Any, name: str, round: Round, *, at: datetime | None = None) -> bool:
    """Return whether `user` may do the deed `name` in this round now (or at another moment)."""
    deed = BY_NAME[name]
    if round.stage(at) not in deed.stages or (deed.phase and not round.is_open(deed.phase, at)):
        return False
    if ANYONE in deed.roles and round.published_at is None:
        return False
    return bool(holds(user, round) & deed.roles)


def people_who_may(name: str, round: Round) -> frozenset[UUID]:
    """Return the keys of those who hold a role for the deed in this round, or an office in its place."""
    roles = BY_NAME[name].roles
    found = RoundRole.objects.filter(round=round, revoked_at=None, role__in=roles, user__is_active=True)
    people = set(found.values_list("user_id", flat=True))
    if "officer" in roles:
        held = RoleGrant.objects.filter(revoked_at=None, role__in=OFFICES, user__is_active=True)
        people |= set(held.filter(place_code=round.place_code).values_list("user_id", flat=True))
    return frozenset(people)


def may_create(user: Any, place_code: str) -> bool:
    """Return whether `user` may set up a round in a place: officers, boards, groups and administrators."""
    return _in_office(user, place_code)


def places_of_office(user: Any) -> list[str]:
    """Return the codes of the places where `user` may set up a round, in order."""
    if not (user.is_authenticated and user.is_active):
        return []
    held = RoleGrant.objects.filter(user=user, revoked_at=None, role__in=OFFICES)
    return sorted(set(held.values_list("place_code", flat=True)))


def may_see(user: Any, round: Round) -> bool:
    """Return whether `user` may see the round: before it is published, only those who work on it may."""
    return round.published_at is not None or bool(holds(user, round) - {ANYONE})


def _in_office(user: Any, place_code: str) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    return RoleGrant.objects.filter(
        user=user, revoked_at=None, place_code__in=[place_code, ENGLAND], role__in=OFFICES
    ).exists()
