"""The addresses of the pages about long work, under /jobs/.

Jobs are asked for by the pages that need them.
"""

from django.urls import path

from fairground.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:pk>/", views.one, name="one"),
    path("<uuid:pk>/cancel/", views.cancel, name="cancel"),
]
