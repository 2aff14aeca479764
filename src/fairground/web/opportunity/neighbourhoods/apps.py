"""The app of the neighbourhood pages, as Django knows it."""

from django.apps import AppConfig


class NeighbourhoodsConfig(AppConfig):
    """Neighbourhood pages."""

    name = "fairground.web.opportunity.neighbourhoods"
    label = "neighbourhoods"
