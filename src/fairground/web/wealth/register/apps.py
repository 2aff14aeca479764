"""The app of the register, as Django knows it."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Lists of a body's assets, each asset with its history, and what people add."""

    name = "fairground.web.wealth.register"
    label = "register"
