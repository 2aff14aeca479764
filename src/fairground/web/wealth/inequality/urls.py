"""Addresses of the inequality pages."""

from django.urls import path

from fairground.web.wealth.inequality import views

app_name = "inequality"
urlpatterns = [
    path("", views.index, name="index"),
    path("gap/", views.gap, name="gap"),
    path("decompose/", views.decompose, name="decompose"),
    path("claims/", views.claims, name="claims"),
    path("claims/<slug:id>/", views.claim, name="claim"),
]
