"""The app of the inequality pages, as Django knows it."""

from django.apps import AppConfig


class InequalityConfig(AppConfig):
    """Inequality pages; no models."""

    name = "fairground.web.wealth.inequality"
    label = "inequality"
