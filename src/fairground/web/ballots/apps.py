"""The app of voting, as Django knows it."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    """Names the app and the prefix of its tables."""

    name = "fairground.web.ballots"
    label = "ballots"
