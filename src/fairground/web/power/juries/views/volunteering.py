"""Volunteering on the site: one question on each page, a last look, and the code to come back with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fairground.errors import BadInput, FairgroundError
from fairground.web.answers import in_words
from fairground.web.power.juries import browser, throttle
from fairground.web.power.juries.actions import volunteers
from fairground.web.power.juries.actions.letters import plan_of
from fairground.web.power.juries.bridge import new_code, read_code
from fairground.web.power.juries.models import Jury, Volunteer, features_of
from fairground.web.power.juries.person_forms import Step, form_of, steps, told_of
from fairground.web.power.juries.views.acting import found

DRAFT = browser.DRAFT


def start(request: Any, slug: str) -> HttpResponse:
    """Say what is asked, why, and when it is erased.

    The square of a letter holds its code behind a # of the address, which no browser sends: a script puts it
    into a form, so that it stands in no log. Without the script people type the code. A code that is right
    is not asked again.
    """
    jury = found(request, slug)
    if request.method == "POST" and jury.registering() and jury.letter_needed:
        return _brought(request, jury)
    facts = _facts(jury) | {"features": features_of(jury), "first": steps(jury)[0].slug}
    facts["plan"] = plan_of(jury)
    return render(request, "juries/volunteer.html", facts)


def _brought(request: Any, jury: Jury) -> HttpResponse:
    """Go on with the code that a square brought, or show it with what is wrong."""
    asked = steps(jury)[0]
    brought = {"code": request.POST.get("letter", "")[:40]}
    form = form_of(jury, asked, brought)
    if form.is_valid() and _lets_on(request, jury, asked, form):
        return _on(request, jury, asked, form.cleaned_data)
    shown = {"brought": brought["code"]}
    return browser.hold(redirect("juries:volunteer_step", jury.round.slug, asked.slug), jury, DRAFT, shown)


def step(request: Any, slug: str, step: str) -> HttpResponse:
    """Ask one question, and go on to the next."""
    jury = found(request, slug)
    asked = next((one for one in steps(jury) if one.slug == step), None)
    if asked is None:
        raise Http404(step)
    if not jury.registering():
        return redirect("juries:volunteer", slug)
    draft = browser.held(request, jury, DRAFT)
    before = _first_open(jury, draft, until=step)
    if before:
        return redirect("juries:volunteer_step", slug, before)
    first = {"code": draft.get("brought", "")} | draft
    form = form_of(jury, asked, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and _lets_on(request, jury, asked, form):
        return _on(request, jury, asked, draft | form.cleaned_data)
    return _asking(request, jury, asked, form)


def _asking(request: Any, jury: Jury, asked: Step, form: forms.Form) -> HttpResponse:
    every = [one.slug for one in steps(jury)]
    number = every.index(asked.slug)
    back = reverse("juries:volunteer_step", args=[jury.round.slug, every[number - 1]]) if number else ""
    facts = _facts(jury) | {
        "form": form, "step": asked, "number": number + 1, "of": len(every),
        "back": back or reverse("juries:volunteer", args=[jury.round.slug]),
        "single": form[next(iter(form.fields))] if asked.slug in ("letter", "needs") else None,
        "alone": (len(form.fields) == 1 and asked.slug[0] == "q") or asked.slug == "age",
    }  # fmt: skip
    status = 400 if form.errors else 200
    return browser.private(render(request, "juries/question.html", facts, status=status))


def _on(request: Any, jury: Jury, asked: Step, draft: dict[str, Any]) -> HttpResponse:
    """Keep the answer in the browser, and go on."""
    slug, every = jury.round.slug, [one.slug for one in steps(jury)]
    if draft.get("may") == "no":
        return browser.private(render(request, "juries/not_you.html", _facts(jury)))
    number = every.index(asked.slug) + 1
    if "change" in request.GET or number == len(every):
        then = redirect("juries:volunteer_check", slug)
    else:
        then = redirect("juries:volunteer_step", slug, every[number])
    return browser.hold(then, jury, DRAFT, draft)


def _lets_on(request: Any, jury: Jury, asked: Step, form: forms.Form) -> bool:
    """Say whether a letter's code is one that lets its holder volunteer; wrong guesses are counted."""
    if asked.slug != "letter":
        return True
    try:
        throttle.need_patience(request, jury, throttle.CODES)
        volunteers.letter_of(jury, form.cleaned_data["code"])
    except BadInput as fault:
        throttle.count(request, jury, throttle.CODES)
        form.add_error("code", f"{fault.what}.")
    return not form.errors


def _first_open(jury: Jury, draft: dict[str, Any], until: str = "") -> str:
    """Return the first question before this one that is not answered rightly yet, or nothing."""
    for one in steps(jury):
        if one.slug == until:
            return ""
        if not form_of(jury, one, draft).is_valid() or draft.get("may") == "no":
            return one.slug
    return ""


def check(request: Any, slug: str) -> HttpResponse:
    """Show all that was told once more; send it."""
    jury = found(request, slug)
    draft = browser.held(request, jury, DRAFT)
    missing = _first_open(jury, draft)
    if not jury.registering() or missing:
        then = reverse("juries:volunteer_step", args=[slug, missing]) if missing else ""
        return redirect(then if jury.registering() else reverse("juries:volunteer", args=[slug]))
    if request.method == "POST" and draft.get("key"):
        return _sent(request, jury, draft)
    return _last_look(request, jury, draft)


def _last_look(request: Any, jury: Jury, draft: dict[str, Any], problem: str = "") -> HttpResponse:
    facts = _facts(jury) | {"lines": _lines(jury, draft), "problem": problem}
    response = render(request, "juries/check.html", facts, status=409 if problem else 200)
    anew = draft | {"key": volunteers.new_key(), "own": read_code(new_code())}
    return browser.private(browser.hold(response, jury, DRAFT, anew))


def _sent(request: Any, jury: Jury, draft: dict[str, Any]) -> HttpResponse:
    """Put the person into the pool; a form whose answer got lost on the way may be sent again."""
    told = told_of(features_of(jury), draft)
    letter = draft["code"] if jury.letter_needed else ""
    try:
        for limit in (throttle.SENT, throttle.TWICE):
            throttle.need_patience(request, jury, limit)
        person, _ = volunteers.register(jury, told, key=draft["key"], letter_code=letter, code=draft["own"])
    except FairgroundError as fault:
        throttle.count(request, jury, throttle.TWICE)
        return _last_look(request, jury, draft, in_words(fault))
    throttle.count(request, jury, throttle.SENT)
    response = redirect("juries:volunteer_done", jury.round.slug)
    done = {"done": person.number, "own": draft["own"]}
    return browser.hold(response, jury, DRAFT, done)


def done(request: Any, slug: str) -> HttpResponse:
    """Show the code by which a volunteer comes back: here, and nowhere else ever again."""
    jury = found(request, slug)
    held = browser.held(request, jury, DRAFT)
    if _just_done(jury, held) is None:
        return redirect("juries:volunteer", slug)
    facts = _facts(jury) | {"code": held["own"], "number": held["done"]}
    return browser.private(render(request, "juries/done.html", facts))


@require_POST
def forget(request: Any, slug: str) -> HttpResponse:
    """Let this browser forget what was typed and shown; a copy of what it held shows no code any more."""
    jury = found(request, slug)
    for person in (_just_done(jury, browser.held(request, jury, DRAFT)), browser.person_of(request, jury)):
        if person is not None:
            volunteers.close(person)
    response = redirect("juries:jury", slug)
    return browser.let_go(browser.let_go(response, jury, DRAFT), jury, browser.PASS)


def _just_done(jury: Jury, held: dict[str, Any]) -> Volunteer | None:
    """Return who volunteered in this browser a moment ago, until they close that page."""
    if "done" not in held:
        return None
    return jury.volunteers.filter(number=held["done"], closed=0, withdrawn_at=None).first()


def _facts(jury: Jury) -> dict[str, Any]:
    facts = {"jury": jury, "round": jury.round, "open": jury.registering()}
    return facts | {"last_day": jury.last_day, "now": timezone.now()}


def _lines(jury: Jury, draft: dict[str, Any]) -> list[dict[str, str]]:
    """Return each question with its answer in words, and the page where it can be changed.

    What stands on one page is one line; what only lets people in, such as a letter's code, is left out.
    """
    told = told_of(features_of(jury), draft)
    reach = (told.name, told.address, told.postcode, told.email, told.phone)
    named = {"reach": ("You", "\n".join(filter(None, reach))), "needs": ("Help", told.needs or "None")}
    named |= {f"q{one.position}": (one.name, told.values[one.name]) for one in features_of(jury)}
    return [
        {"ask": named[one.slug][0], "answer": named[one.slug][1], "slug": one.slug}
        for one in steps(jury) if one.slug in named
    ]  # fmt: skip
