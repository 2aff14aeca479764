"""Addresses of the general pages."""

from django.urls import path

from fairground.web.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("wealth/", views.wealth, name="wealth"),
    path("power/", views.power, name="power"),
    path("about/", views.about, name="about"),
    path("data/", views.data, name="data"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
