"""What plans keep about a person: their part of the export, and what is erased with their account."""

from __future__ import annotations

from typing import Any

from fairground.web.wealth.finance.models import CommunityPlan, PlanEdition, PlanInvitation, PlanMember


def plans(user: Any) -> list[dict[str, Any]]:
    """Return the plans that the person is a member of, with their role and the plan's text."""
    held = PlanMember.objects.filter(user=user).select_related("plan")
    return [
        {
            "plan": str(one.plan_id),
            "title": one.plan.title,
            "role": one.role,
            "since": one.added_at.isoformat(),
            "content": one.plan.content,
        }
        for one in held
    ]


def forget(user: Any) -> None:
    """Take the person out of every plan; one with no member left is deleted, one with no editor handed on."""
    for held in PlanMember.objects.filter(user=user).select_related("plan"):
        held.delete()
        left = held.plan.members.all()
        if not left.exists():
            held.plan.delete()
        elif not left.filter(role="editor").exists():
            left.update(role="editor")
    PlanEdition.objects.filter(changed_by=user).update(changed_by=None)
    PlanInvitation.objects.filter(made_by=user).delete()
    PlanMember.objects.filter(added_by=user).update(added_by=None)
    CommunityPlan.objects.filter(members=None, fictional=False).delete()
