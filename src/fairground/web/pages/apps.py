"""The app of the general pages, as Django knows it."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """General pages; no models."""

    name = "fairground.web.pages"
    label = "pages"

    def ready(self) -> None:
        """Put Django's phrases on forms into plain words before any form is made."""
        from fairground.web.plain_words import speak_plainly

        speak_plainly()
