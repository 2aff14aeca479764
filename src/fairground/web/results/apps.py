"""The app of results, as Django knows it."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Names the app and the prefix of its tables."""

    name = "fairground.web.results"
    label = "results"
