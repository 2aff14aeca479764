"""The app of the finance pages, as Django knows it."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    """Community plans: kept for a group, shown to its members only."""

    name = "fairground.web.wealth.finance"
    label = "finance"

    def ready(self) -> None:
        """Add our part to a person's export, and to what is erased with an account."""
        from fairground.web.accounts.actions import FORGET, PARTS
        from fairground.web.wealth.finance import about_me

        PARTS["community_plans"] = about_me.plans
        FORGET.append(about_me.forget)
