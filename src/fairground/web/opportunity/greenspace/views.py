"""The green-space pages: check one spot, see a whole place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from fairground.errors import FairgroundError
from fairground.web import answers
from fairground.web.opportunity import maps
from fairground.web.opportunity.actions import ask_for_check, keep
from fairground.web.opportunity.greenspace import bridge
from fairground.web.opportunity.greenspace.forms import CheckForm, CoverageForm, SendForm
from fairground.web.opportunity.models import SentFile


def check(request: HttpRequest) -> HttpResponse:
    """Check whether green space is near enough to one spot."""
    given = {**bridge.starting(), **request.GET.dict()}
    form = CheckForm(given) if "at" in given else CheckForm(initial=given)
    if request.GET.get("format") in answers.FILES:
        return answers.file(request, form, bridge.check, name="green-space")
    answer = answers.asked(form, bridge.check)
    scene = bridge.scene_of_spot(_place(form), answer) if answer else bridge.scene_of_place(_place(form))
    if request.GET.get("format") in maps.FILES:
        return maps.file(scene, request.GET["format"], name="green-space", note=bridge.note(_place(form)))
    facts = (
        {"map": maps.shown(request, scene, pin="id_at")} | bridge.about(_place(form)) | bridge.verdict(answer)
    )
    return _page(request, "greenspace/check.html", form, answer, facts)


def coverage(request: HttpRequest) -> HttpResponse:
    """Show how many homes of a place are near enough to green space."""
    form = CoverageForm({**bridge.starting(), **request.GET.dict()})
    if request.GET.get("format") in answers.FILES:
        return answers.file(request, form, bridge.coverage, name="green-space-coverage")
    answer, wanted = answers.asked(form, bridge.coverage), request.GET.get("format", "")
    if answer and wanted in maps.KINDS:
        return maps.rows(bridge.homes_file(**form.cleaned_data, format=wanted), maps.KINDS[wanted], wanted)
    scene = bridge.scene_of_homes(**form.cleaned_data) if answer else bridge.scene_of_place(_place(form))
    if wanted in maps.FILES:
        return maps.file(scene, wanted, name="homes", note=bridge.note(_place(form)))
    facts = {"map": maps.shown(request, scene, more=maps.KINDS)} | bridge.about(_place(form))
    facts |= bridge.shares(answer)
    return _page(request, "greenspace/coverage.html", form, answer, facts)


@login_required
def send(request: Any) -> HttpResponse:
    """Take a file of homes, or of a site, and ask for its check behind the page."""
    form = SendForm(request.POST or None, request.FILES or None, initial=bridge.starting())
    if request.method == "POST" and form.is_valid():
        sent = keep(form.cleaned_data["file"].chunks(), sent_by=request.user, **form.facts())
        try:
            bridge.looked_at(sent)
            return redirect("jobs:one", pk=ask_for_check(sent, by=request.user).pk)
        except FairgroundError as error:
            sent.path.unlink(missing_ok=True)
            form.add_error("file", str(error))
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "greenspace/send.html", {"form": form}, status=status)


@login_required
def result(request: Any, pk: UUID, kind: str) -> HttpResponse:
    """Give what was found of each home that I sent, as a file."""
    sent = get_object_or_404(SentFile, pk=pk, sent_by=request.user)
    path = sent.results / f"homes.{kind.rpartition('.')[2]}"
    if kind not in maps.KINDS or not path.is_file():
        raise Http404(kind)
    return maps.rows(path.read_bytes(), maps.KINDS[kind], kind)


def _place(form: Form) -> str:
    """Return the place that was chosen, or the first that the site holds."""
    chosen = form.cleaned_data.get("map") if form.is_bound and form.is_valid() else form.initial.get("map")
    return chosen or bridge.starting()["map"]


def _page(
    request: HttpRequest, template: str, form: Form, answer: Any, facts: dict[str, Any]
) -> HttpResponse:
    facts |= {"form": form} | (answers.shape(request, answer) if answer else {})
    return render(request, template, facts, status=400 if form.is_bound and form.errors else 200)
