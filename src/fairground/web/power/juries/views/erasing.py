"""An officer erases a pool before its day: on one page the reason, on a second what is lost, then it goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fairground.errors import FairgroundError
from fairground.web.answers import put_beside
from fairground.web.power.juries import browser
from fairground.web.power.juries.actions.erasure import erase
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.office_forms import EraseForm
from fairground.web.power.juries.views.acting import found


@login_required
def early(request: Any, slug: str) -> HttpResponse:
    """Ask why, then ask once more, then erase all that volunteers told us."""
    jury = found(request, slug, "pool.open")
    form = EraseForm(request.POST or None)
    if jury.erased_at or request.method != "POST" or not form.is_valid():
        return _page(request, jury, form)
    if not form.cleaned_data["sure"]:
        return _page(request, jury, form, why=form.cleaned_data["why"])
    try:
        erase(jury, by=request.user, why=form.cleaned_data["why"])
    except FairgroundError as fault:
        put_beside(form, fault)
        return _page(request, jury, form)
    messages.success(request, "All that volunteers told us is erased.")
    return redirect("juries:office", slug)


def _page(request: Any, jury: Jury, form: EraseForm, why: str = "") -> HttpResponse:
    facts = {"jury": jury, "round": jury.round, "form": form, "why": why}
    facts |= {"people": jury.volunteers.exclude(sealed="").count()}
    template = "juries/erased.html" if jury.erased_at else "juries/erase.html"
    status = 400 if form.is_bound and form.errors else 200
    return browser.private(render(request, template, facts, status=status))
