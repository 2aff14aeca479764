"""The app of the property pages, as Django knows it."""

from django.apps import AppConfig


class PropertyConfig(AppConfig):
    """Property pages: cases in an address, which nobody keeps, and cases that the site keeps."""

    name = "fairground.web.wealth.property"
    label = "property"

    def ready(self) -> None:
        """Add the nominations that a person sent to their export, and erase what they were reminded of."""
        from fairground.web.accounts import actions
        from fairground.web.wealth.property.actions.retention import forget, kept_about

        actions.PARTS["nominations"] = kept_about
        actions.FORGET.append(forget)
