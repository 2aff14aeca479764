"""The addresses of the budgeting pages."""

from django.urls import path

from fairground.web.power.budgeting import views

app_name = "budgeting"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.round_page, name="round"),
]
