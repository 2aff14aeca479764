"""Addresses of the inequality pages."""

from django.urls import path

from fairground.web.wealth.inequality import views

app_name = "inequality"
urlpatterns = [
    path("", views.index, name="index"),
    path("gap/", views.gap, name="gap"),
    path("gap-over-time/", views.gap_over_time, name="gap-over-time"),
    path("decompose/", views.decompose, name="decompose"),
    path("over-time/", views.over_time, name="over-time"),
    path("convergence/", views.convergence, name="convergence"),
    path("standing/", views.standing, name="standing"),
    path("standing/<str:place>/", views.standing, name="standing-of"),
    path("indicators/", views.indicators, name="indicators"),
    path("claims/", views.claims, name="claims"),
    path("claims/<slug:id>/", views.claim, name="claim"),
]
