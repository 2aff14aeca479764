"""The addresses of the pages of standing juries."""

from django.urls import path

from fairground.web.power.standing.views import pages

app_name = "standing"
urlpatterns = [
    path("standing/", pages.index, name="index"),
    path("standing/<slug:slug>/", pages.one, name="one"),
    path("standing/<slug:slug>/next/", pages.following, name="next"),
    path("standing/<slug:slug>/begin/", pages.begin, name="begin"),
    path("standing/<slug:slug>/end/", pages.end, name="end"),
    path("<slug:slug>/office/standing/", pages.new, name="new"),
]
