"""The pages about an account: see it, take its data away, delete it, and manage the roles of a place.

Each page finds with access, checks the form, acts, renders.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from fairground.web.accounts import actions
from fairground.web.accounts.forms import DeleteForm, NameForm, RoleForm
from fairground.web.accounts.models import ENGLAND, RoleGrant, User
from fairground.web.accounts.permissions import may, places_managed


@login_required
def mine(request: Any) -> HttpResponse:
    """Show my account and let me change my name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(request.user, form.cleaned_data["name"], by=request.user)
        messages.success(request, "Your name is saved.")
        return redirect("accounts:mine")
    grants = request.user.grants.filter(revoked_at=None).order_by("place_code", "role")
    facts = {"form": form, "grants": grants, "manages": places_managed(request.user)}
    return render(request, "accounts/mine.html", facts)


@login_required
@require_POST
def export(request: Any) -> HttpResponse:
    """Send me everything that is kept about me, as JSON."""
    answer = JsonResponse(
        actions.export_account(request.user, by=request.user), json_dumps_params={"indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="my-fairground-data.json"'
    return answer


@login_required
def delete(request: Any) -> HttpResponse:
    """Delete my account after I have typed the word."""
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.delete_account(request.user, by=request.user)
        logout(request)
        return redirect("accounts:deleted")
    return render(request, "accounts/delete.html", {"form": form})


def deleted(request: HttpRequest) -> HttpResponse:
    """Say that the account is deleted, and what stays."""
    return render(request, "accounts/deleted.html")


def no_passwords(request: HttpRequest, rest: str) -> HttpResponse:
    """Close the password pages that allauth brings: nobody has a password here."""
    raise Http404(rest)


@login_required
def roles(request: Any) -> HttpResponse:
    """Show the roles of the places I manage, and give one."""
    managed = places_managed(request.user)
    if not managed:
        raise PermissionDenied
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _give(request, form):
        messages.success(request, "The role is given.")
        return redirect("accounts:roles")
    grants = RoleGrant.objects.filter(revoked_at=None).select_related("user")
    if ENGLAND not in managed:
        grants = grants.filter(place_code__in=managed)
    return render(
        request, "accounts/roles.html", {"form": form, "grants": grants.order_by("place_code", "role")}
    )


def _give(request: Any, form: RoleForm) -> bool:
    if not may(request.user, "roles.manage", form.cleaned_data["place_code"]):
        raise PermissionDenied
    user = User.objects.filter(email=form.cleaned_data["email"], is_active=True).first()
    if user is None:
        form.add_error("email", "Nobody has an account with this address. Ask them to sign in once.")
        return False
    actions.grant_role(
        user, form.cleaned_data["role"], place_code=form.cleaned_data["place_code"], by=request.user
    )
    return True


@login_required
@require_POST
def revoke(request: Any, pk: int) -> HttpResponse:
    """Take a role back."""
    actions.revoke_role(get_object_or_404(RoleGrant, pk=pk), by=request.user)
    messages.success(request, "The role is taken back.")
    return redirect("accounts:roles")
