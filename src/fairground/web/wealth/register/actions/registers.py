"""Registers are set up, published and given people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from fairground.errors import BadInput
from fairground.web.audit.actions import record
from fairground.web.wealth.register.models import Register, RegisterRole, RegisterRoleName
from fairground.web.wealth.register.permissions import may_create, need

RESERVED = {"new", "mine", "follow", "assets", "documents", "photos", "contributions"}


@transaction.atomic
def set_up(*, by: Any, title: str, body: str, place_code: str, keeper: str, summary: str = "",
           fictional: bool = False) -> Register:  # fmt: skip
    """Set up a register that nobody else sees yet; whoever sets it up is its officer."""
    if not may_create(by, place_code, keeper):
        raise PermissionDenied
    made = Register.objects.create(
        slug=_free_slug(title), title=title, body=body, keeper=keeper, place_code=place_code, summary=summary,
        fictional=fictional, created_by=by,
    )  # fmt: skip
    RegisterRole.objects.create(register=made, user=by, role=RegisterRoleName.OFFICER, granted_by=by)
    record("register.set_up", by=by, subject=str(made.pk), place=place_code, keeper=keeper)
    return made


@transaction.atomic
def publish(register: Register, *, by: Any) -> None:
    """Show the register to everyone; twice changes nothing."""
    need(by, "register.manage", register)
    if Register.objects.filter(pk=register.pk, published_at=None).update(published_at=timezone.now()):
        record("register.publish", by=by, subject=str(register.pk))
    register.refresh_from_db()


@transaction.atomic
def give_role(register: Register, user: Any, role: str, *, by: Any) -> RegisterRole:
    """Give a person a role in this register."""
    need(by, "register.manage", register)
    given, new = RegisterRole.objects.get_or_create(
        register=register,
        user=user,
        role=RegisterRoleName(role),
        revoked_at=None,
        defaults={"granted_by": by},
    )
    if new:
        record("register.role.give", by=by, subject=str(register.pk), user=str(user.pk), role=role)
    return given


@transaction.atomic
def take_role(given: RegisterRole, *, by: Any) -> None:
    """Take a role back; twice changes nothing. A register keeps its last officer."""
    need(by, "register.manage", given.register)
    officers = RegisterRole.objects.filter(
        register=given.register, role=RegisterRoleName.OFFICER, revoked_at=None
    )
    if given.role == RegisterRoleName.OFFICER and officers.count() == 1:
        raise BadInput("This is the last officer of the register. Make somebody else an officer first.")
    held = RegisterRole.objects.filter(pk=given.pk, revoked_at=None)
    if held.update(revoked_by=by, revoked_at=timezone.now()):
        facts = {"user": str(given.user_id), "role": given.role}
        record("register.role.take", by=by, subject=str(given.register_id), **facts)


def _free_slug(title: str) -> str:
    stem = slugify(title)[:70] or "register"
    taken = set(Register.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
    return next(
        slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
