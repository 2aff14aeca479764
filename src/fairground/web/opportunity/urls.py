"""Addresses of the pages about the ground."""

from django.urls import path

from fairground.web.opportunity import views

app_name = "opportunity"
urlpatterns = [path("", views.index, name="index")]
