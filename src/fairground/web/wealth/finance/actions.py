"""What is done to plans: made, changed, undone, copied, shared, deleted. Each leaves an audit event.

The log says that something was done and to which plan, never what stands in it.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from fairground.errors import BadInput
from fairground.evidence import digest
from fairground.web.audit.actions import record
from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.finance.models import (
    CommunityPlan,
    MemberRole,
    PlanEdition,
    PlanInvitation,
    PlanMember,
)
from fairground.web.wealth.finance.permissions import need

MOST_PLANS, MOST_EDITIONS, MOST_MEMBERS, MOST_INVITATIONS = 50, 1000, 50, 20
VALID = timedelta(days=14)
MOST_A_DAY = 30  # so that nobody sends letters to strangers through the site


@transaction.atomic
def create_plan(
    *, by: Any, content: dict[str, Any], words: str, id: UUID | None = None, fictional: bool = False
) -> CommunityPlan:
    """Keep a new plan; whoever makes it is its editor."""
    if by is not None and PlanMember.objects.filter(user=by).count() >= MOST_PLANS:
        raise BadInput(f"You have {MOST_PLANS} plans already. Delete or leave one first.")
    more = {"id": id} if id else {}
    plan = CommunityPlan.objects.create(title=_title(content), content=content, fictional=fictional, **more)
    PlanEdition.objects.create(plan=plan, number=1, content=content, words=words, changed_by=by)
    if by is not None:
        PlanMember.objects.create(plan=plan, user=by, role=MemberRole.EDITOR, added_by=by)
    record("plan.create", by=by, subject=str(plan.pk))
    return plan


@transaction.atomic
def change_plan(plan: CommunityPlan, *, by: Any, content: dict[str, Any], words: str, seen: int) -> None:
    """Keep a new edition of a plan.

    Raises
    ------
    BadInput : somebody else changed it since the edition that was `seen`; or it has too many editions.
    """
    need(by, "plan.change", plan)
    if plan.number >= MOST_EDITIONS:
        raise BadInput("This plan has been changed too often to keep more. Copy it and go on with the copy.")
    changed = CommunityPlan.objects.filter(pk=plan.pk, number=seen).update(
        content=content, title=_title(content), number=seen + 1, changed_at=timezone.now()
    )
    if not changed:
        raise BadInput("Somebody else changed this plan while you were writing. Look at it, then try again.")
    PlanEdition.objects.create(plan=plan, number=seen + 1, content=content, words=words[:300], changed_by=by)
    PlanInvitation.objects.filter(plan=plan, expires_at__lt=timezone.now()).delete()
    record("plan.change", by=by, subject=str(plan.pk), edition=seen + 1)
    plan.refresh_from_db()


@transaction.atomic
def restore(plan: CommunityPlan, number: int, *, by: Any) -> None:
    """Make an earlier edition the newest again; nothing between is lost.

    Raises
    ------
    BadInput : there is no such edition.
    """
    need(by, "plan.change", plan)
    old = PlanEdition.objects.filter(plan=plan, number=number).first()
    if old is None:
        raise BadInput("The plan has no such edition", "edition", number, f"1 to {plan.number}")
    change_plan(plan, by=by, content=old.content, words=f"Went back to edition {number}", seen=plan.number)


@transaction.atomic
def copy_plan(plan: CommunityPlan, *, by: Any) -> CommunityPlan:
    """Make a plan of one's own from another; its members and history stay behind."""
    need(by, "plan.copy", plan)
    about = {**plan.content["about"], "name": f"Copy of {plan.title}"[:200]}
    made = create_plan(
        by=by, content={**plan.content, "about": about}, words=f"Copied from “{plan.title}”"[:300]
    )
    record("plan.copy", by=by, subject=str(plan.pk), copy=str(made.pk))
    return made


@transaction.atomic
def invite(plan: CommunityPlan, *, by: Any, role: str, email: str = "") -> str:
    """Return the secret of a new invitation, sent to an address where one is given; neither is kept."""
    need(by, "plan.share", plan)
    PlanInvitation.objects.filter(plan=plan, expires_at__lt=timezone.now()).delete()
    if plan.invitations.count() >= MOST_INVITATIONS:
        raise BadInput(
            f"{MOST_INVITATIONS} invitations are open. Wait until some are used, or take them back."
        )
    since = timezone.now() - timedelta(days=1)
    if AuditEvent.objects.filter(action="plan.invite", actor=str(by.pk), at__gt=since).count() >= MOST_A_DAY:
        raise BadInput(f"You have invited {MOST_A_DAY} times since yesterday. Go on tomorrow.")
    token = secrets.token_urlsafe(32)
    PlanInvitation.objects.create(
        plan=plan, role=MemberRole(role), digest=digest(token), made_by=by, expires_at=timezone.now() + VALID
    )
    record("plan.invite", by=by, subject=str(plan.pk), role=role)
    if email:
        text = (
            f"You are invited to a plan to buy a building: {plan.title}.\n\n"
            f"Open this address within 14 days and sign in: "
            f"{settings.SITE_ADDRESS}/wealth/finance/join/{token}/\n\n"
            "If you did not expect this, do nothing.\n"
        )
        transaction.on_commit(
            lambda: send_mail(
                "An invitation to a plan", text, settings.DEFAULT_FROM_EMAIL, [email], fail_silently=True
            )
        )
    return token


def invitation(token: str) -> PlanInvitation | None:
    """Return the open invitation that a secret belongs to."""
    held = PlanInvitation.objects.filter(digest=digest(token), expires_at__gte=timezone.now())
    return held.select_related("plan").first()


@transaction.atomic
def join(token: str, *, by: Any) -> CommunityPlan:
    """Join a plan by an invitation, which is used up; who is an editor already stays one.

    Raises
    ------
    BadInput : the invitation is used, taken back or too old; the plan has too many members.
    """
    found = invitation(token)
    if found is None or not PlanInvitation.objects.filter(pk=found.pk).delete()[0]:
        raise BadInput("This invitation is used, taken back or older than 14 days. Ask for a new one.")
    plan = found.plan
    if plan.members.count() >= MOST_MEMBERS:
        raise BadInput(f"This plan has {MOST_MEMBERS} members already.")
    held, new = PlanMember.objects.get_or_create(
        plan=plan, user=by, defaults={"role": found.role, "added_by": found.made_by}
    )
    if not new and found.role == MemberRole.EDITOR:
        PlanMember.objects.filter(pk=held.pk).update(role=MemberRole.EDITOR)
    record("plan.join", by=by, subject=str(plan.pk), role=found.role)
    return plan


@transaction.atomic
def take_back_invitations(plan: CommunityPlan, *, by: Any) -> int:
    """Take back every open invitation; return how many there were."""
    need(by, "plan.share", plan)
    gone, _ = plan.invitations.all().delete()
    record("plan.uninvite", by=by, subject=str(plan.pk), invitations=gone)
    return gone


@transaction.atomic
def set_role(member: PlanMember, role: str, *, by: Any) -> None:
    """Give a member another role, or take them out where the role is empty; a plan keeps an editor.

    Raises
    ------
    BadInput : it would leave the plan without an editor.
    """
    plan = CommunityPlan.objects.select_for_update().get(pk=member.plan_id)
    need(by, "plan.leave" if not role and member.user_id == by.pk else "plan.share", plan)
    others = plan.members.filter(role=MemberRole.EDITOR).exclude(pk=member.pk)
    if member.role == MemberRole.EDITOR and role != MemberRole.EDITOR and not others.exists():
        raise BadInput("This is the last editor of the plan. Make somebody else an editor first.")
    if role:
        PlanMember.objects.filter(pk=member.pk).update(role=MemberRole(role))
    else:
        member.delete()
    record("plan.role", by=by, subject=str(plan.pk), user=str(member.user_id), role=role or "none")


@transaction.atomic
def delete_plan(plan: CommunityPlan, *, by: Any) -> None:
    """Delete a plan with every edition, member and invitation; the log keeps only that it was done."""
    need(by, "plan.delete", plan)
    subject = str(plan.pk)
    plan.delete()
    record("plan.delete", by=by, subject=subject)


def _title(content: dict[str, Any]) -> str:
    return str(content["about"]["name"])[:200]
