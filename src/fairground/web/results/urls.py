"""The addresses of a result, under that of its round."""

from django.urls import path

from fairground.web.results import views

app_name = "results"
urlpatterns = [
    path("<slug:slug>/result/", views.show, name="show"),
    path("<slug:slug>/result/count/", views.count, name="count"),
    path("<slug:slug>/result/publish/", views.publish, name="publish"),
    path("<slug:slug>/result/bundle.json", views.bundle, name="bundle"),
    path("<slug:slug>/result/pots/<str:pot>.pb", views.election, name="election"),
    path("<slug:slug>/result/result.csv", views.file, {"kind": "csv"}, name="csv"),
    path("<slug:slug>/result/result.json", views.file, {"kind": "json"}, name="json"),
]
