"""Registers accounts with Django.

See https://docs.djangoproject.com/en/5.2/ref/applications/.
"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fairground.web.accounts"
    label = "accounts"
