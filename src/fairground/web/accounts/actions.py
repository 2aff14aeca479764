"""What is done to accounts and roles; each act leaves an audit event in the same transaction.

Export and erasure answer articles 15, 17 and 20 of the UK GDPR.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fairground.web.accounts.models import ENGLAND, Role, RoleGrant, User
from fairground.web.accounts.permissions import may
from fairground.web.audit.actions import record
from fairground.web.audit.models import AuditEvent
from fairground.web.jobs.models import Job

# What other apps keep about a person: each adds its part of the export, and what it does on deletion.
PARTS: dict[str, Callable[[User], list[dict[str, Any]]]] = {}
FORGET: list[Callable[[User], object]] = []


@transaction.atomic
def enrol(email: str, *, by: User | None, name: str = "") -> User:
    """Return the user with this email address, made and marked as confirmed when new."""
    found = User.objects.filter(email=email.lower()).first()
    if found:
        return found
    user = User.objects.create_user(email, name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    record("account.enrol", by=by, subject=str(user.pk))
    return user


@transaction.atomic
def rename(user: User, name: str, *, by: User) -> None:
    """Change the name by which the site greets `user`; only they may."""
    if by.pk != user.pk:
        raise PermissionDenied
    user.name = name
    user.save(update_fields=["name"])
    record("account.rename", by=by, subject=str(user.pk))


@transaction.atomic
def appoint(user: User, role: str, *, place_code: str, by: User | None) -> RoleGrant:
    """Give a role without asking for a permission: only for the operator's command line."""
    Role(role)
    grant, new = RoleGrant.objects.get_or_create(
        user=user, role=role, place_code=place_code, revoked_at=None, defaults={"granted_by": by}
    )
    if new:
        record("role.grant", by=by, subject=str(user.pk), role=str(role), place=place_code, grant=grant.pk)
    return grant


def grant_role(user: User, role: str, *, place_code: str, by: User) -> RoleGrant:
    """Give `user` a role in a place; `by` must manage the roles of that place."""
    if not may(by, "roles.manage", place_code):
        raise PermissionDenied
    return appoint(user, role, place_code=place_code, by=by)


@transaction.atomic
def revoke_role(grant: RoleGrant, *, by: User) -> None:
    """Take a role back; `by` must manage the roles of the place. Taking it back twice changes nothing."""
    if not may(by, "roles.manage", grant.place_code):
        raise PermissionDenied
    _revoke(grant, by=by)


def _revoke(grant: RoleGrant, *, by: User) -> None:
    changed = RoleGrant.objects.filter(pk=grant.pk, revoked_at=None).update(
        revoked_by=by, revoked_at=timezone.now()
    )
    if changed:
        record("role.revoke", by=by, subject=str(grant.user_id), role=grant.role, place=grant.place_code)


def export_account(user: User, *, by: User) -> dict[str, Any]:
    """Return everything that the site keeps about `user`, as plain JSON values."""
    if by.pk != user.pk:
        raise PermissionDenied
    record("account.export", by=by, subject=str(user.pk))
    return {
        "account": {
            "id": str(user.pk),
            "email": user.email,
            "name": user.name,
            "joined_at": _iso(user.joined_at),
        },
        "roles": [
            {
                "role": grant.role,
                "place_code": grant.place_code,
                "granted_at": _iso(grant.granted_at),
                "revoked_at": _iso(grant.revoked_at),
            }
            for grant in user.grants.order_by("granted_at")
        ],
        "passkeys": [
            {"type": key.type, "created_at": _iso(key.created_at), "last_used_at": _iso(key.last_used_at)}
            for key in Authenticator.objects.filter(user=user)
        ],
        "jobs": [
            {"id": str(job.pk), "kind": job.kind, "arguments": job.arguments, "asked_at": _iso(job.asked_at)}
            for job in Job.objects.filter(asked_by=user)
        ],
        **{name: part(user) for name, part in PARTS.items()},
        "audit": [
            {"at": _iso(event.at), "action": event.action, "facts": event.facts}
            for event in AuditEvent.objects.filter(actor=str(user.pk))
        ],
    }


@transaction.atomic
def delete_account(user: User, *, by: User) -> None:
    """Erase who `user` was: email, name, passkeys, sessions. The row stays as a tombstone."""
    if by.pk != user.pk and not may(by, "roles.manage", ENGLAND):
        raise PermissionDenied
    for grant in user.grants.filter(revoked_at=None):
        _revoke(grant, by=by)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    Job.objects.filter(asked_by=user).update(asked_by=None)
    for forget in FORGET:
        forget(user)
    user.email, user.name = f"deleted-{user.pk}@invalid", ""
    user.is_active, user.deleted_at = False, timezone.now()
    user.set_unusable_password()  # a new random value, so that every open session ends
    user.save()
    record("account.delete", by=by, subject=str(user.pk))


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
