"""The app of the green-space pages, as Django knows it."""

from django.apps import AppConfig


class GreenspaceConfig(AppConfig):
    """Green-space pages."""

    name = "fairground.web.opportunity.greenspace"
    label = "greenspace"
