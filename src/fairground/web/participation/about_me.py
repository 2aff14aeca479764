"""What rounds keep about a person: the part of their export, and what is erased with their account."""

from __future__ import annotations

from typing import Any

from fairground.web.participation.models import Notice, RoundRole


def notices(user: Any) -> list[dict[str, Any]]:
    """Return what the person was told."""
    told = Notice.objects.filter(user=user).order_by("told_at")
    return [
        {"at": one.told_at.isoformat(), "subject": one.subject, "words": one.words, "address": one.address}
        for one in told
    ]


def round_roles(user: Any) -> list[dict[str, Any]]:
    """Return the roles that the person holds or held in rounds."""
    return [
        {
            "round": str(one.round_id),
            "role": one.role,
            "granted_at": one.granted_at.isoformat(),
            "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
        }
        for one in RoundRole.objects.filter(user=user).order_by("granted_at")
    ]


def forget(user: Any) -> None:
    """Erase what the person was told."""
    Notice.objects.filter(user=user).delete()
