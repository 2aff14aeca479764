"""The app of the budgeting pages, as Django knows it."""

from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    """Budgeting pages."""

    name = "fairground.web.power.budgeting"
    label = "budgeting"

    def ready(self) -> None:
        """Add a person's ideas to the export of their account."""
        from fairground.web.accounts import actions
        from fairground.web.power.budgeting.actions.ideas import ideas_of

        actions.PARTS["ideas"] = ideas_of
