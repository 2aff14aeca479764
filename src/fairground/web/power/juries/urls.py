"""The addresses of the pages of juries."""

from django.urls import path

from fairground.web.power.juries.views import juries, people

app_name = "juries"
urlpatterns = [
    path("", juries.index, name="index"),
    path("new/", juries.new, name="new"),
    path("<slug:slug>/", juries.one, name="jury"),
    path("<slug:slug>/office/", juries.office, name="office"),
    path("<slug:slug>/office/change/", juries.change, name="change"),
    path("<slug:slug>/office/publish/", juries.publish, name="publish"),
    path("<slug:slug>/office/people/", people.officers, name="people"),
    path("<slug:slug>/office/people/<int:pk>/remove/", people.remove, name="remove_officer"),
]
