"""Addresses of the neighbourhood pages."""

from django.urls import path

from fairground.web.opportunity.neighbourhoods import views

app_name = "neighbourhoods"
urlpatterns = [
    path("", views.score, name="score"),
    path("check/", views.spot, name="spot"),
    path("homes/", views.send, name="send"),
    path("homes/<uuid:pk>/<str:kind>/", views.result, name="result"),
    path("compare/", views.compare, name="compare"),
]
