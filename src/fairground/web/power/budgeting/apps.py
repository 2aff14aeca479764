"""The app of the budgeting pages, as Django knows it."""

from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    """Budgeting pages."""

    name = "fairground.web.power.budgeting"
    label = "budgeting"
