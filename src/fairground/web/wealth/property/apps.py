"""The app of the property pages, as Django knows it."""

from django.apps import AppConfig


class PropertyConfig(AppConfig):
    """Property pages; no models: what a person types stays in the address, which nobody keeps."""

    name = "fairground.web.wealth.property"
    label = "property"
