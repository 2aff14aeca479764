"""The pool as its officers see it: how it stands, who is in it by number, one person opened, a table."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fairground.errors import FairgroundError
from fairground.report.sheet_file import table_csv, table_ods
from fairground.web.answers import put_beside
from fairground.web.power.juries import bridge, browser, outcomes
from fairground.web.power.juries.actions import office, volunteers
from fairground.web.power.juries.actions.publishing import publish_pool
from fairground.web.power.juries.models import Jury, PublishedPool, Volunteer, features_of
from fairground.web.power.juries.next_step import next_of
from fairground.web.power.juries.office_forms import CSV, ExportForm, FindForm, SureForm
from fairground.web.power.juries.permissions import may
from fairground.web.power.juries.person_forms import PersonForm
from fairground.web.power.juries.pool_view import standing
from fairground.web.power.juries.views.acting import answered, found, pressed

A_PAGE = 100
KINDS = {CSV: "text/csv; charset=utf-8", "ods": "application/vnd.oasis.opendocument.spreadsheet"}


@login_required
def dashboard(request: Any, slug: str) -> HttpResponse:
    """Show how the pool stands against the place, and whether a jury can be drawn from it now."""
    jury = found(request, slug, "pool.open")
    if jury.erased_at:
        return _erased(request, jury)
    now = standing(jury)
    can = bridge.feasible(jury, bridge.targets_of(jury)) if now.people else None
    facts = {"now": now, "charts": now.charts() if now.people else [], "can": can, "waiting": now.days[:14]}
    facts["published"] = PublishedPool.objects.filter(jury=jury).first()
    facts["over"] = timezone.now() >= jury.registration_closes
    facts |= {"next": next_of(request.user, jury), "manages": may(request.user, "jury.manage", jury)}
    return browser.private(render(request, "juries/pool.html", facts | _facts(jury)))


@login_required
@require_POST
def publish(request: Any, slug: str) -> HttpResponse:
    """Publish who volunteered, once, with small counts left out."""
    jury = found(request, slug, "pool.open")
    then = reverse("juries:pool", args=[slug])
    said = "The table is published on the page of the jury."
    return pressed(request, lambda: publish_pool(jury, by=request.user), then=then, said=said)


@login_required
def people(request: Any, slug: str) -> HttpResponse:
    """Show who is in the pool, by number; find somebody by name."""
    jury = found(request, slug, "pool.open")
    form, numbers = FindForm(request.POST or None), None
    if jury.erased_at:
        return _erased(request, jury)
    if request.method == "POST" and form.is_valid():
        try:
            numbers = office.find(jury, form.cleaned_data["words"], by=request.user)
        except FairgroundError as fault:
            put_beside(form, fault)
    listed = jury.volunteers.select_related("letter")
    listed = listed.filter(number__in=numbers[:A_PAGE]) if numbers is not None else listed
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    facts = {"form": form, "page": page, "numbers": numbers} | _facts(jury)
    return browser.private(
        render(request, "juries/volunteers.html", facts, status=400 if form.errors else 200)
    )


@login_required
def person(request: Any, slug: str, number: int) -> HttpResponse:
    """Open one volunteer's record; that it was opened is written down."""
    jury, one = _person(request, slug, number)
    told = office.open_person(one, by=request.user)
    facts = {"person": one, "told": told, "outcomes": outcomes.outcomes_of(one)} | _facts(jury)
    return browser.private(render(request, "juries/person.html", facts))


@login_required
def change(request: Any, slug: str, number: int) -> HttpResponse:
    """Correct what somebody told, for them."""
    jury, one = _person(request, slug, number)
    first = (
        {} if request.method == "POST" else PersonForm.first(jury, office.open_person(one, by=request.user))
    )
    form = PersonForm(request.POST or None, jury=jury, initial=first)
    response = answered(
        request,
        form,
        lambda _: volunteers.change(one, form.told(), by=request.user),
        then=reverse("juries:person", args=[slug, number]),
        said="The change is kept.",
        title=f"Change volunteer {number}",
        button="Save",
        **_facts(jury),
    )
    return browser.private(response)


@login_required
def remove(request: Any, slug: str, number: int) -> HttpResponse:
    """Withdraw somebody who asked for it, after a second look."""
    jury, one = _person(request, slug, number)
    response = answered(
        request,
        SureForm(request.POST or None),
        lambda _: volunteers.withdraw(one, by=request.user),
        then=reverse("juries:volunteers", args=[slug]),
        said=f"Volunteer {number} has withdrawn. All that they told us is erased.",
        title=f"Withdraw volunteer {number}",
        lead="All that they told us is erased at once. It cannot be undone. Who gave an email is told.",
        button="Withdraw them",
        **_facts(jury) | {"back": reverse("juries:person", args=[slug, number])},
    )
    return browser.private(response)


@login_required
def renew(request: Any, slug: str, number: int) -> HttpResponse:
    """Give somebody whose code is lost a new one, and show it once."""
    jury, one = _person(request, slug, number)
    form = SureForm(request.POST or None)
    facts = _facts(jury) | {
        "form": form,
        "number": number,
        "back": reverse("juries:person", args=[slug, number]),
    }
    if request.method == "POST" and form.is_valid():
        code = volunteers.renew_code(one, by=request.user)
        return browser.private(render(request, "juries/new_code.html", facts | {"code": code}))
    facts |= {"title": f"A new code for volunteer {number}", "button": "Make a new code"}
    facts["lead"] = (
        "Ask for things that only they know, such as their answers. The old code then opens nothing."
    )
    return browser.private(render(request, "juries/form.html", facts, status=400 if form.errors else 200))


@login_required
def export(request: Any, slug: str) -> HttpResponse:
    """Send the pool as a table: without names unless there is a reason."""
    jury = found(request, slug, "pool.open")
    if jury.erased_at:
        return _erased(request, jury)
    form = ExportForm(request.POST or None, initial={"format": CSV, "names": "no"})
    if request.method == "POST" and form.is_valid():
        names, kind = form.cleaned_data["names"] == "yes", form.cleaned_data["format"]
        heads, rows = office.table(jury, by=request.user, names=names, reason=form.cleaned_data["reason"])
        content = table_csv(heads, rows) if kind == CSV else table_ods(heads, rows, title="Pool")
        response = HttpResponse(content, content_type=KINDS[kind])
        name = f"{'named-' if names else ''}pool-{jury.round.slug}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return browser.private(response)
    facts = {"form": form, "title": "Take the pool along as a table", "button": "Download"} | _facts(jury)
    facts["back"] = reverse("juries:pool", args=[slug])
    return render(request, "juries/form.html", facts, status=400 if form.errors else 200)


def _person(request: Any, slug: str, number: int) -> tuple[Jury, Volunteer]:
    jury = found(request, slug, "pool.open")
    one = get_object_or_404(jury.volunteers.exclude(sealed=""), number=number)
    one.jury = jury
    return jury, one


def _facts(jury: Jury) -> dict[str, Any]:
    return {"jury": jury, "round": jury.round, "features": features_of(jury)}


def _erased(request: Any, jury: Jury) -> HttpResponse:
    return render(request, "juries/erased.html", _facts(jury))
