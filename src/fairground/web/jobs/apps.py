"""Registers jobs with Django.

See https://docs.djangoproject.com/en/5.2/ref/applications/.
"""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "fairground.web.jobs"
    label = "jobs"
