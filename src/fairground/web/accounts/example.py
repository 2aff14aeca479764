"""The people of the demo: one for each role, in Stoke-on-Trent (E06000021).

Addresses end in example.org, which RFC 2606 keeps for examples.
"""

from __future__ import annotations

from fairground.web.accounts import actions
from fairground.web.accounts.models import Role

STOKE = "E06000021"
PEOPLE = (
    ("rosa@example.org", "Rosa", Role.RESIDENT),
    ("grace@example.org", "Grace", Role.GROUP),
    ("omar@example.org", "Omar", Role.OFFICER),
    ("bea@example.org", "Bea", Role.BOARD),
    ("mo@example.org", "Mo", Role.MODERATOR),
    ("ada@example.org", "Ada", Role.ADMINISTRATOR),
)


def load() -> list[tuple[str, str]]:
    """Make the people and their roles once; return each address with what the person is."""
    shown = []
    for email, name, role in PEOPLE:
        user = actions.enrol(email, by=None, name=name)
        actions.appoint(user, role, place_code=STOKE, by=None)
        shown.append((email, f"{role.label} of Stoke-on-Trent"))
    return shown
