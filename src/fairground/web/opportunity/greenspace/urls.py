"""Addresses of the green-space pages."""

from django.urls import path

from fairground.web.opportunity.greenspace import views

app_name = "greenspace"
urlpatterns = [
    path("", views.check, name="check"),
    path("coverage/", views.coverage, name="coverage"),
    path("homes/", views.send, name="send"),
    path("homes/<uuid:pk>/<str:kind>/", views.result, name="result"),
]
