"""Registers the audit log with Django.

See https://docs.djangoproject.com/en/5.2/ref/applications/.
"""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the app and the prefix of its tables."""

    name = "fairground.web.audit"
    label = "audit"
