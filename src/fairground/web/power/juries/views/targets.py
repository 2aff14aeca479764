"""Whom the jury must hold: edited row by row, filled from shares, checked against today's pool, saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.errors import FairgroundError
from fairground.web.answers import in_words, put_beside
from fairground.web.power.juries import bridge, next_step
from fairground.web.power.juries.actions import juries
from fairground.web.power.juries.models import Jury, features_of
from fairground.web.power.juries.permissions import may
from fairground.web.power.juries.target_forms import (
    QuestionsForm,
    Rows,
    TableForm,
    as_typed,
    asked,
    filled,
    first_rows,
    mended,
    targets,
)
from fairground.web.power.juries.views.acting import answered, found


@login_required
def edit(request: Any, slug: str) -> HttpResponse:
    """Edit the rows; buttons fill them from shares, add more, check them, save them."""
    jury = found(request, slug, "jury.manage")
    if request.method != "POST":
        return _rows(request, jury, Rows(initial=first_rows(jury)))
    rows, do = Rows(request.POST), request.POST.get("do", "check")
    if not rows.is_valid():
        return _rows(request, jury, rows, status=400)
    told = rows.rows()
    if do == "fill":
        return _rows(
            request,
            jury,
            Rows(initial=filled(told, jury.size)),
            said="Filled from the shares. Not saved yet.",
        )
    if do == "more":
        return _rows(request, jury, Rows(initial=as_typed(told)), said="Here are more rows. Not saved yet.")
    if do == "save":
        return _save(request, jury, rows)
    can = bridge.feasible(jury, targets(told, jury.size)) if may(request.user, "pool.open", jury) else None
    return _rows(request, jury, rows, can=can, problem=_sums(jury, told))


def _save(request: Any, jury: Jury, rows: Any) -> HttpResponse:
    try:
        juries.set_targets(jury, asked(rows.rows(), jury.size, features_of(jury)), by=request.user)
    except FairgroundError as fault:
        return _rows(request, jury, rows, problem=in_words(fault), status=400)
    messages.success(request, "The targets are saved.")
    if jury.volunteers.exists():  # whoever changes them again sees what that does
        return redirect("juries:targets", jury.round.slug)
    return redirect(next_step.address_of(request.user, jury))


@login_required
@require_POST
def mend(request: Any, slug: str) -> HttpResponse:
    """Take one of the ways to mend targets that clash; then show the pool again."""
    jury = found(request, slug, "jury.manage")
    try:
        told = mended(features_of(jury), request.POST.get("numbers", ""))
        juries.set_targets(jury, told, by=request.user)
    except FairgroundError as fault:
        messages.error(request, in_words(fault))
        return redirect("juries:pool", slug)
    mends = may(request.user, "pool.open", jury) and bridge.feasible(jury, bridge.targets_of(jury)).possible
    messages.success(request, f"The targets are changed.{' Now a jury can be drawn.' if mends else ''}")
    return redirect(
        next_step.address_of(request.user, jury) if mends else reverse("juries:pool", args=[slug])
    )


def _sums(jury: Jury, told: list[dict[str, Any]]) -> str:
    """Say what is wrong with targets that no jury of this size meets, whoever volunteers; or nothing."""
    try:
        bridge.quotas(jury.size, targets(told, jury.size))
    except FairgroundError as fault:
        return in_words(fault)
    return ""


def _rows(request: Any, jury: Jury, rows: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    facts = {"jury": jury, "round": jury.round, "rows": rows, "answered": jury.volunteers.exists()}
    facts["wrong"] = [
        (field.id_for_label, f"Row {number}, {field.label.lower()}: {line}")
        for number, form in enumerate(rows.forms, 1) if form.is_bound
        for field in form for line in field.errors
    ] + [("", line) for line in (rows.non_form_errors() if rows.is_bound else ())]  # fmt: skip
    return render(request, "juries/targets.html", facts | more, status=status)


@login_required
def table(request: Any, slug: str) -> HttpResponse:
    """Read targets from a table into the rows, to look at before they are saved."""
    jury = found(request, slug, "jury.manage")
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = bridge.rows_of(*form.content(), jury.size)
        except FairgroundError as fault:
            put_beside(form, fault)
        else:
            said = f"{len(rows)} rows are read. Look at them, then save."
            return _rows(request, jury, Rows(initial=rows), said=said)
    facts = {
        "jury": jury, "round": jury.round, "form": form, "files": True, "title": "Whom the jury must hold",
        "other": "Type the rows", "lead": "A table says how many of the jury must have given each answer.",
        "button": "Read it", "back": reverse("juries:targets", args=[slug]),
    }  # fmt: skip
    return render(request, "juries/form.html", facts, status=400 if form.errors else 200)


@login_required
def questions(request: Any, slug: str) -> HttpResponse:
    """Change how each feature is asked."""
    jury = found(request, slug, "jury.manage")
    features = features_of(jury)
    form = QuestionsForm(request.POST or None, features=features)
    return answered(
        request,
        form,
        lambda _: juries.set_targets(jury, form.anew(features), by=request.user),
        then=reverse("juries:targets", args=[slug]),
        said="The questions are saved.",
        title="How each question is asked",
        button="Save",
        jury=jury,
        round=jury.round,
    )
