"""The app of rounds, phases and roles, as Django knows it."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Rounds, phases and roles."""

    name = "fairground.web.participation"
    label = "participation"

    def ready(self) -> None:
        """Add what rounds keep about a person to their export, and erase it with their account."""
        from fairground.web.accounts import actions
        from fairground.web.participation import about_me

        actions.PARTS |= {"notices": about_me.notices, "round_roles": about_me.round_roles}
        actions.FORGET.append(about_me.forget)
