"""A volunteer's own page, reached with their own code: how they stand, their data, and the way out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairground.errors import BadInput, FairgroundError
from fairground.web.power.juries import browser, outcomes, throttle
from fairground.web.power.juries.actions import volunteers
from fairground.web.power.juries.actions.letters import plan_of
from fairground.web.power.juries.models import Jury, Volunteer
from fairground.web.power.juries.person_forms import OwnCodeForm, PersonForm
from fairground.web.power.juries.told import read
from fairground.web.power.juries.views.acting import answered, found


def mine(request: Any, slug: str) -> HttpResponse:
    """Ask for the code of a volunteer, or show their page."""
    jury = found(request, slug)
    person = browser.person_of(request, jury)
    if person is None:
        return _ask_code(request, jury)
    facts = _facts(jury) | {
        "person": person, "told": read(person), "outcomes": outcomes.outcomes_of(person),
        "chance": outcomes.chance_of(person), "parts": outcomes.parts_of(person), "plan": plan_of(jury),
    }  # fmt: skip
    return browser.private(render(request, "juries/mine.html", facts))


def _ask_code(request: Any, jury: Jury) -> HttpResponse:
    form = OwnCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = _of_code(request, jury, form)
        if person is not None:
            return browser.give_pass(redirect("juries:mine", jury.round.slug), person)
    facts = _facts(jury) | {"form": form}
    return render(request, "juries/own_code.html", facts, status=400 if form.errors else 200)


def _of_code(request: Any, jury: Jury, form: Any) -> Volunteer | None:
    try:
        throttle.need_patience(request, jury, throttle.CODES)
    except BadInput as fault:
        form.add_error(None, f"{fault.what}.")
        return None
    person = volunteers.by_code(jury, form.cleaned_data["code"])
    if person is None:
        throttle.count(request, jury, throttle.CODES)
        form.add_error("code", "No volunteer of this jury has this code.")
    return person


def change(request: Any, slug: str) -> HttpResponse:
    """Let a volunteer correct what they told us."""
    jury = found(request, slug)
    person = browser.person_of(request, jury)
    if person is None:
        return redirect("juries:mine", slug)
    form = PersonForm(request.POST or None, jury=jury, initial=PersonForm.first(jury, read(person)))
    response = answered(
        request,
        form,
        lambda _: _changed(request, person, form),
        then=reverse("juries:mine", args=[slug]),
        said="Your change is kept.",
        title="Correct what you told us",
        button="Save",
        **_facts(jury),
    )
    return browser.private(response)


def _changed(request: Any, person: Volunteer, form: Any) -> None:
    """Keep a correction; what is refused is counted, or it would tell who else has volunteered."""
    throttle.need_patience(request, person.jury, throttle.TWICE)
    try:
        volunteers.change(person, form.told())
    except FairgroundError:
        throttle.count(request, person.jury, throttle.TWICE)
        raise


def data(request: Any, slug: str) -> HttpResponse:
    """Send a volunteer all that is kept about them, as a file."""
    jury = found(request, slug)
    person = browser.person_of(request, jury)
    if person is None:
        return redirect("juries:mine", slug)
    kept = {
        "jury": jury.round.title, "number": person.number, "way": person.get_way_display(),
        "registered": person.registered_at.isoformat(), "changed": person.changed_at.isoformat(),
        "letter": person.letter.number if person.letter else None, "erased_on": jury.erase_on.isoformat(),
        "told": asdict(read(person)), **outcomes.data_of(person),
    }  # fmt: skip
    response = JsonResponse(kept, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="what-the-jury-keeps-about-me.json"'
    return browser.private(response)


def withdraw(request: Any, slug: str) -> HttpResponse:
    """Ask once more, then take a volunteer out with all that they told us."""
    jury = found(request, slug)
    person = browser.person_of(request, jury)
    if person is None:
        return redirect("juries:mine", slug)
    if request.method != "POST":
        return browser.private(render(request, "juries/withdraw.html", _facts(jury)))
    volunteers.withdraw(person)
    response = render(request, "juries/withdrawn.html", _facts(jury))
    return browser.let_go(browser.let_go(response, jury, browser.PASS), jury, browser.DRAFT)


@require_POST
def leave(request: Any, slug: str) -> HttpResponse:
    """Close a volunteer's page: every pass to it ends, on this device and on any other."""
    jury = found(request, slug)
    person = browser.person_of(request, jury)
    if person is not None:
        volunteers.close(person)
    return browser.let_go(redirect("juries:jury", slug), jury, browser.PASS)


def _facts(jury: Jury) -> dict[str, Any]:
    return {"jury": jury, "round": jury.round}
