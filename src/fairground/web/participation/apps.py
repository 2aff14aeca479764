"""The app of rounds, phases and roles, as Django knows it."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Rounds, phases and roles."""

    name = "fairground.web.participation"
    label = "participation"
