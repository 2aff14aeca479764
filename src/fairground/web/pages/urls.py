"""The addresses of the first page and of the pages about the site.

They stand at the root.
"""

from django.urls import path

from fairground.web.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("data/", views.data, name="data"),
    *(path(f"{n}/", views.about, {"name": n}, name=n) for n in ("accessibility", "privacy", "cookies")),
]
