"""Who may do what with a plan: one table. A plan is its members' own; no office of a council opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from fairground.web.wealth.finance.models import CommunityPlan, MemberRole, PlanMember

EVERYONE, SIGNED_IN = "everyone", "signed-in"
EDITOR, READER = MemberRole.EDITOR.value, MemberRole.READER.value


@dataclass(frozen=True)
class Deed:
    """Something that is done with a plan: its words, the roles that may, and who may where it is made up."""

    name: str
    words: str
    roles: frozenset[str]
    made_up: str = ""


DEEDS: tuple[Deed, ...] = (
    Deed("plan.read", "look at the plan, its answer and its files", frozenset({EDITOR, READER}), EVERYONE),
    Deed("plan.copy", "make a plan of one's own from it", frozenset({EDITOR, READER}), SIGNED_IN),
    Deed("plan.history", "see who changed what", frozenset({EDITOR, READER})),
    Deed("plan.leave", "leave the group of the plan", frozenset({EDITOR, READER})),
    Deed("plan.change", "change the plan, undo changes", frozenset({EDITOR})),
    Deed("plan.share", "invite people, change their roles", frozenset({EDITOR})),
    Deed("plan.delete", "delete the plan for good", frozenset({EDITOR})),
)
BY_NAME = {deed.name: deed for deed in DEEDS}


def role_of(user: Any, plan: CommunityPlan) -> str:
    """Return the role of `user` in a plan, or nothing."""
    if not (user.is_authenticated and user.is_active):
        return ""
    held = PlanMember.objects.filter(plan=plan, user=user).first()
    return held.role if held else ""


def may(user: Any, name: str, plan: CommunityPlan) -> bool:
    """Return whether `user` may do the deed `name` with a plan."""
    deed = BY_NAME[name]
    if plan.fictional and deed.made_up == EVERYONE:
        return True
    if plan.fictional and deed.made_up == SIGNED_IN and user.is_authenticated and user.is_active:
        return True
    return role_of(user, plan) in deed.roles


def need(user: Any, name: str, plan: CommunityPlan) -> None:
    """Refuse whoever may not do the deed; a stranger is not told that the plan is there."""
    if may(user, name, plan):
        return
    if may(user, "plan.read", plan):
        raise PermissionDenied
    raise Http404
