"""The addresses of the pages of juries."""

from django.urls import path

from fairground.web.power.juries.views import juries

app_name = "juries"
urlpatterns = [
    path("", juries.index, name="index"),
    path("new/", juries.new, name="new"),
    path("<slug:slug>/", juries.one, name="jury"),
    path("<slug:slug>/office/", juries.office, name="office"),
    path("<slug:slug>/office/change/", juries.change, name="change"),
    path("<slug:slug>/office/publish/", juries.publish, name="publish"),
]
