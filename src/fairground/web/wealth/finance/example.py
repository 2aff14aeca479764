"""A made-up plan for the demo: a hall in Hastings that does not exist, with a group of two."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from fairground.web.accounts.actions import enrol
from fairground.web.wealth.finance import actions, bridge
from fairground.web.wealth.finance.models import CommunityPlan

MADE_UP = uuid5(NAMESPACE_URL, "fairground-example:plan")
PRIVATE = uuid5(NAMESPACE_URL, "fairground-example:plan-of-a-group")


@transaction.atomic
def load() -> list[tuple[str, str]]:
    """Make the plans once; return who can sign in to change one."""
    if not CommunityPlan.objects.filter(pk=MADE_UP).exists():
        content = bridge.example()
        nina = enrol("nina@example.org", by=None, name="Nina")
        actions.create_plan(
            by=None, content=content, words="Made up for the demo", id=MADE_UP, fictional=True
        )
        about = {**content["about"], "name": "Net Loft Hall, with more debt (made up)"}
        more = {**content, "about": about, "grants": content["grants"][:1]}
        shared = actions.create_plan(by=nina, content=more, words="Made up for the demo", id=PRIVATE)
        ada = enrol("ada@example.org", by=None, name="Ada")
        actions.join(actions.invite(shared, by=nina, role="editor"), by=ada)
    return [("nina@example.org", "Editor of a community’s plan to buy a hall")]
