"""The app of the pages about the ground, as Django knows it."""

from django.apps import AppConfig


class OpportunityConfig(AppConfig):
    """Pages about what people can reach."""

    name = "fairground.web.opportunity"
    label = "opportunity"

    def ready(self) -> None:
        """Say what is kept about a person, and how it is erased."""
        from fairground.web.accounts.actions import FORGET, PARTS
        from fairground.web.opportunity import actions

        PARTS["sent_files"] = actions.kept_about
        FORGET.append(actions.forget)
