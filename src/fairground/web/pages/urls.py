"""Addresses of the general pages."""

from django.urls import path

from fairground.web.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("data/", views.data, name="data"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
