"""The app of merging lists, as Django knows it."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Two registers, the pairs of them that may be one asset, and what people answered."""

    name = "fairground.web.wealth.matching"
    label = "matching"
