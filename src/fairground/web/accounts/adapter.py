"""Where allauth asks us: nothing but an email address is taken when someone joins.

https://docs.allauth.org/en/latest/account/adapter.html.
"""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from fairground.web.accounts.models import User


def shown(user: User) -> str:
    """Return what someone is called on the pages that they alone see, and beside their passkey."""
    return user.email


class AccountAdapter(DefaultAccountAdapter):
    """Keeps addresses in lower case, so that one person has one account."""

    def clean_email(self, email: str) -> str:
        """Return the address in lower case."""
        return str(super().clean_email(email)).lower()

    def is_open_for_signup(self, request: HttpRequest | None) -> bool:
        """Anyone may join."""
        return True
