"""Addresses of the property pages."""

from django.urls import path

from fairground.web.wealth.property import views

app_name = "property"
urlpatterns = [
    path("", views.index, name="index"),
    path("case/", views.case, name="case"),
]
