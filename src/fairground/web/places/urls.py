"""The addresses of the place pages, under /places/.

A place's address holds its slug, as in /places/stoke-on-trent/.
"""

from django.urls import path

from fairground.web.places import views

app_name = "places"
urlpatterns = [path("", views.search, name="search"), path("<slug:slug>/", views.one, name="one")]
