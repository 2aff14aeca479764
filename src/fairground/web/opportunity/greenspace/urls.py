"""Addresses of the green-space pages."""

from django.urls import path

from fairground.web.opportunity import sending
from fairground.web.opportunity.greenspace import views
from fairground.web.opportunity.greenspace.forms import SendForm
from fairground.web.opportunity.models import Question

app_name = "greenspace"
urlpatterns = [
    path("", views.check, name="check"),
    path("coverage/", views.coverage, name="coverage"),
    path("homes/", sending.send, {"form_of": SendForm}, name="send"),
    path("homes/<uuid:pk>/<str:kind>/", sending.result, {"asks": Question.GREENSPACE}, name="result"),
]
