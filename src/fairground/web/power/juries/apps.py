"""The app of citizens' juries, as Django knows it."""

from django.apps import AppConfig


class JuriesConfig(AppConfig):
    """Juries, their targets, letters and sealed pools."""

    name = "fairground.web.power.juries"
    label = "juries"
