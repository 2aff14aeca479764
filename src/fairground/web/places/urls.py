"""Addresses of the place pages."""

from django.urls import path

from fairground.web.places import views

app_name = "places"
urlpatterns = [
    path("", views.find, name="find"),
    path("<slug:slug>/", views.place, name="place"),
]
