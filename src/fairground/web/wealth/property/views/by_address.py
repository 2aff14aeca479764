"""The property pages: which procedures there are, and where a case stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from fairground.errors import FairgroundError
from fairground.web import answers
from fairground.web.wealth.property import bridge
from fairground.web.wealth.property.forms import AddForm, CaseForm


def index(request: HttpRequest) -> HttpResponse:
    """Show the procedures."""
    answer = bridge.procedures()
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name="procedures")
    return render(request, "property/index.html", answers.shape(request, answer))


def case(request: HttpRequest) -> HttpResponse:
    """Show where a case stands, and take the next event of it."""
    form = CaseForm(request.GET if "procedure" in request.GET else None)
    if request.GET.get("format") in answers.FILES:
        return answers.file(request, form, bridge.case, name="case")
    answer = answers.asked(form, bridge.case)
    if answer is None:
        return render(request, "property/case.html", {"form": form}, status=400 if form.errors else 200)
    if request.GET.get("format") == "ics":
        return _calendar(bridge.calendar(answer))
    add = AddForm(request.GET if "add" in request.GET else None, may=answer.value.may_happen)
    if add.is_bound and add.is_valid() and (then := _added(form, add)):
        return redirect(f"{request.path}?{then}")
    shown = _shown(request, form, answer) | {"add": add}
    return render(request, "property/case.html", shown, status=400 if add.is_bound else 200)


def _added(form: CaseForm, add: AddForm) -> str:
    """Return the address of the case with one more event; where it is refused, say so on the form."""
    got = form.cleaned_data
    events = bridge.joined([*bridge.told(got["events"]), add.as_told()])
    try:
        bridge.case(got["procedure"], events, max(got["on"], add.cleaned_data["day"]), got["in_force_from"])
    except FairgroundError as fault:
        answers.put_beside(add, fault)
        return ""
    on = "" if add.cleaned_data["day"] <= got["on"] else add.cleaned_data["day"].isoformat()
    return _query(form, events, on or form.data.get("on", ""))


def _query(form: CaseForm, events: str, on: str) -> str:
    query = QueryDict(mutable=True)
    query["procedure"] = form.cleaned_data["procedure"]
    supposed = form.cleaned_data["in_force_from"]
    for name, value in (("events", events), ("on", on), ("in_force_from", supposed and supposed.isoformat())):
        if value:
            query[name] = value
    return query.urlencode()


def _shown(request: HttpRequest, form: CaseForm, answer: object) -> dict[str, object]:
    events, on = bridge.told(form.cleaned_data["events"]), form.data.get("on", "")
    query = _query(form, form.cleaned_data["events"], on)
    return {
        **answers.shape(request, answer),  # type: ignore[arg-type]
        "form": form,
        "timeline": bridge.timeline(answer),  # type: ignore[arg-type]
        "undo": _query(form, bridge.without_last(events), on) if events else "",
        "afresh": _query(form, "", ""),
        "calendar": f"?{query}&format=ics",
    }


def _calendar(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fairground-dates.ics"'
    return response
