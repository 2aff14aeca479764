"""Registers jobs with Django.

See https://docs.djangoproject.com/en/5.2/ref/applications/.
"""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Names the app and the prefix of its tables."""

    name = "fairground.web.jobs"
    label = "jobs"
