"""Addresses of the funding pages."""

from django.urls import path

from fairground.web.wealth.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.index, name="index"),
    path("award/", views.award, name="award"),
    path("counterfactual/", views.counterfactual, name="counterfactual"),
    path("schemes/", views.schemes, name="schemes"),
    path("schemes/<slug:id>/", views.scheme, name="scheme"),
    path("formula/", views.formula, name="formula"),
    path("formula/sensitivity/", views.sensitivity, name="sensitivity"),
    path("formula/sensitivity/many/", views.ask_for_draws, name="ask_for_draws"),
    path("formula/explain/", views.explain, name="explain"),
    path("formula/path/", views.path, name="path"),
    path("formula/merger/", views.merger, name="merger"),
    path("formula/register/", views.register, name="register"),
    path("formula/<str:digest>/", views.registered, name="registered"),
]
