"""Addresses of the neighbourhood pages."""

from django.urls import path

from fairground.web.opportunity import sending
from fairground.web.opportunity.models import Question
from fairground.web.opportunity.neighbourhoods import views
from fairground.web.opportunity.neighbourhoods.forms import SendForm

app_name = "neighbourhoods"
urlpatterns = [
    path("", views.score, name="score"),
    path("check/", views.spot, name="spot"),
    path("homes/", sending.send, {"form_of": SendForm}, name="send"),
    path("homes/<uuid:pk>/<str:kind>/", sending.result, {"asks": Question.NEIGHBOURHOODS}, name="result"),
    path("compare/", views.compare, name="compare"),
]
