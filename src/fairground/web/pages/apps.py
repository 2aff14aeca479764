"""The app of the general pages, as Django knows it."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """General pages; no models."""

    name = "fairground.web.pages"
    label = "pages"
