"""The addresses of the account pages, under /account/.

Sign-in itself is allauth's: /account/login/code/ and what follows.
"""

from django.urls import path

from fairground.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("export/", views.export, name="export"),
    path("delete/", views.delete, name="delete"),
    path("deleted/", views.deleted, name="deleted"),
    path("roles/", views.roles, name="roles"),
    path("roles/<int:pk>/revoke/", views.revoke, name="revoke"),
]
