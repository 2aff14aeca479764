"""A user, and a role that a user holds in a place from one day to another.

A custom user model: https://docs.djangoproject.com/en/5.2/topics/auth/customizing/.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

ENGLAND = "E92000001"


class Role(models.TextChoices):
    """What a person may be in a place."""

    RESIDENT = "resident", "Resident"
    GROUP = "group", "Member of a group"
    OFFICER = "officer", "Council officer"
    BOARD = "board", "Board member"
    MODERATOR = "moderator", "Moderator"
    ADMINISTRATOR = "administrator", "Administrator"


class UserManager(BaseUserManager["User"]):
    """Makes users from an email address alone."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new, saved user; without a password nobody can sign in by one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, known to the rest of the site by an opaque identifier."""

    personal_data = {"email": "to send the code that signs a person in", "name": "to greet them"}
    kept_for = "Until the person deletes the account; then the row stays without email or name."

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return str(self.pk)


class RoleGrant(models.Model):
    """A role given to a user in a place, by whom and when; and taken back, by whom and when."""

    personal_data = {"user": "who holds the role", "granted_by": "who gave it", "revoked_by": "who took it"}
    kept_for = "As long as the accounts it joins; deleted accounts leave only opaque identifiers."

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    place_code = models.CharField(max_length=9)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    granted_at = models.DateTimeField(default=timezone.now)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="revoked_by_and_when",
                condition=Q(revoked_by=None, revoked_at=None)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
            ),
            models.CheckConstraint(name="a_known_role", condition=Q(role__in=[r.value for r in Role])),
            models.CheckConstraint(name="a_gss_code", condition=Q(place_code__regex=r"^E[0-9]{8}$")),
            models.UniqueConstraint(
                name="one_current_grant", fields=["user", "role", "place_code"], condition=Q(revoked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.place_code}"
