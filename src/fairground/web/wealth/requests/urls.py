"""The addresses of the requests, under /wealth/property/requests/, and of what is known of sales."""

from django.urls import path

from fairground.web.wealth.requests import views

app_name = "requests"
urlpatterns = [
    path("sold/", views.known, name="known"),
    path("requests/", views.index, name="index"),
    path("requests/new/", views.new, name="new"),
    path("requests/<slug:slug>/", views.one, name="campaign"),
    path("requests/<slug:slug>/estimate/", views.estimate, name="estimate"),
    path("requests/<slug:slug>/table.csv", views.public, name="public"),
    path("requests/<slug:slug>/dates.ics", views.dates, name="dates"),
    path("requests/<slug:slug>/news.atom", views.news, name="news"),
    path("requests/<slug:slug>/<str:code>/letter/", views.letter, name="letter"),
    path("requests/<slug:slug>/<str:code>/", views.council, name="council"),
    path("requests/<slug:slug>/<str:code>/list/", views.add_list, name="list"),
    path("requests/<slug:slug>/<str:code>/list/<int:pk>/take-back/", views.take_back, name="take_back"),
]
