"""The app of the funding pages, as Django knows it."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Funding pages."""

    name = "fairground.web.wealth.funding"
    label = "funding"
