"""A nomination by a community group: one question on each page, a last look, and then the case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions.words import nominate
from fairground.web.wealth.property.models import Case
from fairground.web.wealth.property.nominate_forms import BY_SLUG, STEPS, SendForm
from fairground.web.wealth.property.of_register import asset
from fairground.web.wealth.property.of_register import told as about
from fairground.web.wealth.property.views.acting import answered

KEY = "nomination"


def start(request: Any) -> HttpResponse:
    """Say what a nomination is and who may send one."""
    facts = {"bodies": kept.nominators(), "steps": STEPS, "lengths": kept.lengths()}
    return render(request, "property/nominate.html", {**facts, "asset": asset(request.GET.get("asset", ""))})


@login_required
def step(request: Any, slug: str) -> HttpResponse:
    """Ask one question, and go on to the next."""
    if slug not in BY_SLUG:
        raise Http404(slug)
    if "asset" in request.GET:
        request.session[KEY] = {**_told(request), **about(request.GET["asset"])}
    told, missing = _told(request), _missing(_told(request), slug)
    if missing:
        return redirect("property:nominate_step", missing)
    form = BY_SLUG[slug].form(request.POST or None, told=told, initial=told)  # type: ignore[call-arg]
    if request.method == "POST" and form.is_valid():
        request.session[KEY] = {**told, **form.cleaned_data}
        return redirect(_next(request, slug))
    number = [one.slug for one in STEPS].index(slug)
    facts = {"form": form, "step": BY_SLUG[slug], "number": number + 1, "of": len(STEPS)}
    facts["back"] = (
        reverse("property:nominate_step", args=[STEPS[number - 1].slug])
        if number
        else reverse("property:nominate")
    )
    return render(request, "property/step.html", facts, status=400 if form.errors else 200)


def _next(request: Any, slug: str) -> str:
    """Return the address of the next question, or of the last look where all are answered."""
    number = [one.slug for one in STEPS].index(slug) + 1
    if "change" in request.GET or number == len(STEPS):
        return reverse("property:nominate_send")
    return reverse("property:nominate_step", args=[STEPS[number].slug])


def _told(request: Any) -> dict[str, Any]:
    held = request.session.get(KEY)
    return dict(held) if isinstance(held, dict) else {}


def _missing(told: dict[str, Any], slug: str = "") -> str:
    """Return the first question before this one that is not answered rightly yet, or nothing."""
    for one in STEPS:
        if one.slug == slug:
            return ""
        if not one.form(told, told=told).is_valid():  # type: ignore[call-arg]
            return one.slug
    return ""


@login_required
def send(request: Any) -> HttpResponse:
    """Show all that was told once more, and send it."""
    told = _told(request)
    missing = _missing(told)
    if missing:
        return redirect("property:nominate_step", missing)

    def do(facts: dict[str, Any]) -> Case:
        case = nominate(by=request.user, token=facts["token"], **_facts(told))
        request.session.pop(KEY, None)
        return case

    return answered(
        request,
        SendForm(request.POST or None),
        do,
        then=lambda case: reverse("property:kept", args=[case.pk]),
        back=reverse("property:nominate_step", args=[STEPS[-1].slug]),
        said="Your nomination has reached the council. The date by which it must decide is below.",
        template="property/last_look.html",
        lines=_lines(told),
        body=kept.nominator(told["kind"]),
    )


def _facts(told: dict[str, Any]) -> dict[str, Any]:
    """Return what was told as the action takes it."""
    code, _ = kept.place_of(told["place"])
    names = ("title", "where", "group", "kind", "connection", "use", "boundaries", "why", "known_owners")
    facts = {name: told.get(name, "") for name in names}
    held = about(told.get("asset", ""))  # only where the name and place are still those of the register
    same = held and all(held[name] == told[name] for name in ("title", "place"))
    facts["asset"] = asset(held["asset"]) if same else None
    return {**facts, "place_code": code, "members": told.get("members") or 0,
            "shares_surplus": told.get("surplus") == "yes"}  # fmt: skip


def _lines(told: dict[str, Any]) -> list[dict[str, str]]:
    """Return each question with its answer in words, and the page where it can be changed."""
    found = []
    for one in STEPS:
        form = one.form(told, told=told)  # type: ignore[call-arg]
        for name, field in form.fields.items():
            value = str(told.get(name) or "")
            if isinstance(field, forms.ChoiceField):
                value = str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
            found.append({"ask": str(field.label), "answer": value or "Nothing", "slug": one.slug})
    return found
