"""The app of the place pages, as Django knows it."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Place pages; no models: the register of places travels with the engine."""

    name = "fairground.web.places"
    label = "places"
