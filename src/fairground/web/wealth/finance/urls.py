"""Addresses of the finance pages."""

from django.urls import path

from fairground.web.wealth.finance import views

app_name = "finance"
ONE = "plans/<uuid:pk>/"
urlpatterns = [
    path("", views.index, name="index"),
    path("ready/", views.ready, name="ready"),
    path("new/", views.new, name="new"),
    path("send/", views.send, name="send"),
    path("join/<str:token>/", views.join, name="join"),
    path(ONE, views.plan, name="plan"),
    path(f"{ONE}answer/", views.results, name="results"),
    path(f"{ONE}funders/", views.funders, name="funders"),
    path(f"{ONE}compare/", views.compare, name="compare"),
    path(f"{ONE}plan.<str:format>", views.file, name="file"),
    path(f"{ONE}history/", views.history, name="history"),
    path(f"{ONE}history/<int:number>/restore/", views.restore, name="restore"),
    path(f"{ONE}copy/", views.copy, name="copy"),
    path(f"{ONE}people/", views.people, name="people"),
    path(f"{ONE}people/uninvite/", views.uninvite, name="uninvite"),
    path(f"{ONE}people/<int:member>/", views.set_role, name="set_role"),
    path(f"{ONE}delete/", views.delete, name="delete"),
    path(f"{ONE}steps/<slug:part>/", views.step, name="step"),
    path(f"{ONE}steps/<slug:part>/<int:line>/", views.step, name="line"),
    path(f"{ONE}steps/<slug:part>/<int:line>/remove/", views.remove, name="remove"),
]
