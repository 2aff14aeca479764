"""The app of the requests, as Django knows it."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Campaigns, the request to each council, and what each answered."""

    name = "fairground.web.wealth.requests"
    label = "requests"
