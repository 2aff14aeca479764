"""The addresses of merging lists, under /wealth/property/matching/."""

from django.urls import path

from fairground.web.wealth.matching import views

app_name = "matching"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:pk>/", views.one, name="merge"),
    path("<uuid:pk>/ask/", views.ask, name="ask"),
    path("<uuid:pk>/learn/", views.learn, name="learn"),
    path("<uuid:pk>/pairs/<int:pair>/", views.pair, name="pair"),
]
