"""The letters of a jury: the plan and the words, making them, printing them once, and which were answered."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fairground.errors import FairgroundError
from fairground.report.sheet_file import table_csv
from fairground.web.answers import in_words, put_beside
from fairground.web.power.juries import bridge, browser
from fairground.web.power.juries.actions import letters as actions
from fairground.web.power.juries.first_stage import expected_of
from fairground.web.power.juries.letter_forms import AddressesForm, PartsForm, PlanForm
from fairground.web.power.juries.letters import Printed, address_of, expected, letter_words, needed, square
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.views.acting import answered, found

FOR_A_SEAT = 12  # volunteers for each seat that a plan should bring


@login_required
def overview(request: Any, slug: str) -> HttpResponse:
    """Show the plan, how many letters were made and answered, and make more."""
    jury = found(request, slug, "letters.send")
    form = AddressesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, jury, form)
        except FairgroundError as fault:
            put_beside(form, fault)
    plan, here = actions.plan_of(jury), Q(volunteers__withdrawn_at=None, volunteers__isnull=False)
    facts = {
        "jury": jury, "round": jury.round, "form": form, "plan": plan, "expected": expected(plan),
        "wanted": FOR_A_SEAT * jury.size, "needed": needed(FOR_A_SEAT * jury.size, plan.answering),
        "stage": _stage(jury, plan), "made": jury.letters.count(),
        "used": jury.letters.filter(here).distinct().count(),
        "areas": jury.letters.exclude(area="").values("area").order_by("area").annotate(
            made=Count("pk", distinct=True), used=Count("pk", filter=here, distinct=True)),
    }  # fmt: skip
    return render(request, "juries/letters.html", facts, status=400 if form.errors else 200)


def _stage(jury: Jury, plan: Any) -> Any:
    try:
        return expected_of(jury, plan)
    except FairgroundError:
        return None


def _made(request: Any, jury: Jury, form: Any) -> HttpResponse:
    """Make the letters and show them, once, to print."""
    file, number = form.cleaned_data["file"], form.cleaned_data["number"]
    to = bridge.addresses_of(file.read(), file.name[:80]) if file else [("", "", None)] * number
    made = actions.make_letters(jury, [actions.Addressed(*one) for one in to], by=request.user)
    plan = actions.plan_of(jury)
    pages = [
        Printed(
            letter.number, where[0], letter_words(jury, plan, where[0]), code, square(address_of(jury, code))
        )
        for (letter, code), where in zip(made, to, strict=True)
    ]
    facts = {"jury": jury, "round": jury.round, "pages": pages}
    return browser.private(render(request, "juries/print.html", facts))


@login_required
def plan(request: Any, slug: str) -> HttpResponse:
    """Change the plan and the words of the letter."""
    jury = found(request, slug, "letters.send")
    return answered(
        request,
        PlanForm(request.POST or None, initial=PlanForm.first(actions.plan_of(jury))),
        lambda facts: actions.set_plan(jury, by=request.user, **facts),
        then=reverse("juries:letters", args=[slug]),
        said="The plan is saved.",
        title="The letter and how many",
        button="Save",
        jury=jury,
        round=jury.round,
    )


@login_required
def parts(request: Any, slug: str) -> HttpResponse:
    """Say to which parts of the place letters go, and what pool and what chances to expect."""
    jury = found(request, slug, "letters.send")
    plan = actions.plan_of(jury)
    facts: dict[str, Any] = {
        "jury": jury,
        "round": jury.round,
        "back": reverse("juries:letters", args=[slug]),
    }
    try:
        facts["stage"] = expected_of(jury, plan)
    except FairgroundError as fault:
        facts["problem"] = in_words(fault)
    return answered(
        request, PartsForm(request.POST or None, initial=PartsForm.first(plan)),
        lambda got: actions.set_parts(jury, by=request.user, **got),
        then=reverse("juries:letters_parts", args=[slug]), said="The plan is saved.",
        template="juries/parts.html", **facts,
    )  # fmt: skip


@login_required
def table(request: Any, slug: str) -> HttpResponse:
    """Send which letters were answered, by number, so that second letters go only to the others."""
    jury = found(request, slug, "letters.send")
    used = Count("volunteers", filter=Q(volunteers__withdrawn_at=None))
    rows: list[list[str | int]] = [
        [one.number, one.area, one.made_at.date().isoformat(), one.times, one.used]
        for one in jury.letters.annotate(used=used)
    ]
    response = HttpResponse(
        table_csv(("letter", "area", "made", "times", "volunteers"), rows),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="letters-{slug}.csv"'
    return browser.private(response)
