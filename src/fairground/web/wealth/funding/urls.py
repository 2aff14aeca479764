"""Addresses of the funding pages."""

from django.urls import path

from fairground.web.wealth.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.index, name="index"),
    path("counterfactual/", views.counterfactual, name="counterfactual"),
]
