"""The app of the register, as Django knows it."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Lists of a body's assets, each asset with its history, and what people add."""

    name = "fairground.web.wealth.register"
    label = "register"

    def ready(self) -> None:
        """Say what is kept about a person, and how it is erased."""
        from fairground.web.accounts.actions import FORGET, PARTS
        from fairground.web.wealth.register.actions import contributions, following

        PARTS["contributions"] = contributions.sent_by
        PARTS["follows"] = following.follows_of
        FORGET.append(following.forget)
