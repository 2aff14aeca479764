"""What a jury recommends: its report for everyone, and for its officers the way there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from fairground.report.document_file import MIME
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import may
from fairground.web.power.sittings import reports, standing
from fairground.web.power.sittings.actions import recommendations as acts
from fairground.web.power.sittings.actions.once import RUN
from fairground.web.power.sittings.forms import recommendations as forms
from fairground.web.power.sittings.forms.parts import WhyForm
from fairground.web.power.sittings.models import Recommendation, Report
from fairground.web.power.sittings.views.acting import acted, found, page, text_file, to


def report(request: Any, slug: str) -> HttpResponse:
    """Show the report as it was sealed, with what was answered and done; to officers also drafts."""
    jury = found(request, slug)
    made = standing.report_of(jury)
    if made is None:
        drafts = jury.recommendations.prefetch_related("wordings", "minorities").select_related("session")
        return page(request, "drafts", jury, drafts=drafts if may(request.user, RUN, jury) else ())
    today = timezone.localdate()
    told = reports.read(made)
    facts = {
        "report": made, "told": told, "stands": standing.stands(made, today), "sound": reports.whole(made),
        "corrections": made.corrections.all(), "tally": standing.tally(made, today),
        "letters": jury.decider_letters.all(), "today": today,
    }  # fmt: skip
    return page(request, "report", jury, **facts)


def one(request: Any, slug: str, number: int) -> HttpResponse:
    """Show one recommendation of a report: its vote, what a minority says, its answers, what was done."""
    jury = found(request, slug)
    made = _report(jury)
    listed = standing.stands(made, timezone.localdate())
    stand = next((row for row in listed if row.facts["number"] == number), None)
    if stand is None:
        raise Http404(number)
    return page(request, "recommendation", jury, report=made, one=stand, facts=stand.facts)


def file(request: Any, slug: str, kind: str) -> HttpResponse:
    """Give the report as it was sealed (json), as a table (csv) or as a document (odt)."""
    made = _report(found(request, slug))
    if kind == "json":
        return text_file(made.text, "application/json", f"{slug}.json")
    if kind == "csv":
        return text_file(reports.table(made), "text/csv; charset=utf-8", f"{slug}.csv")
    if kind != "odt":
        raise Http404(kind)
    response = HttpResponse(reports.document(made), content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="{slug}.odt"'
    return response


@login_required
def add(request: Any, slug: str) -> HttpResponse:
    """Write down a recommendation."""
    jury = found(request, slug, RUN)
    return acted(
        request, jury, forms.NewForm(request.POST or None),
        lambda got: acts.add_recommendation(jury, by=request.user, **got),
        then=to("report", slug),
        said="It is written down. Only officers see it until the report is published.",
        title="What the jury recommends", button="Write it down",
    )  # fmt: skip


@login_required
def reword(request: Any, slug: str, number: int) -> HttpResponse:
    """Give a recommendation other words."""
    jury, row = _row(request, slug, number)
    form = forms.RewordForm(request.POST or None, initial=forms.RewordForm.first(row))
    return acted(
        request, jury, form, lambda got: acts.reword(row, by=request.user, **got),
        then=to("report", slug), said="The words are changed. A vote on the old words no longer counts.",
        title=f"Other words for recommendation {number}", button="Change the words",
        lead="If it was voted on, the vote is taken back: people voted on other words.",
    )  # fmt: skip


@login_required
def vote(request: Any, slug: str, number: int) -> HttpResponse:
    """Write down a vote."""
    jury, row = _row(request, slug, number)
    now = {"session": row.session_id, "votes_for": row.votes_for, "against": row.against}
    form = forms.VoteForm(request.POST or None, jury=jury, initial=now | {"abstained": row.abstained})
    return acted(
        request, jury, form, lambda got: acts.vote(row, by=request.user, **got),
        then=to("report", slug), said="The vote is kept.",
        title=f"The vote on recommendation {number}", button="Keep the vote",
        lead="First write down who was at the session. There can be no more votes than members there.",
    )  # fmt: skip


@login_required
def minority(request: Any, slug: str, number: int) -> HttpResponse:
    """Attach what a minority says."""
    jury, row = _row(request, slug, number)
    return acted(
        request, jury, forms.MinorityForm(request.POST or None),
        lambda got: acts.add_minority(row, by=request.user, **got),
        then=to("report", slug), said="It is kept beside the recommendation.",
        title=f"Another view of recommendation {number}", button="Keep it",
    )  # fmt: skip


@login_required
def drop(request: Any, slug: str, number: int) -> HttpResponse:
    """Drop a recommendation before the report."""
    jury, row = _row(request, slug, number)
    return acted(
        request, jury, WhyForm(request.POST or None), lambda got: acts.drop(row, by=request.user, **got),
        then=to("report", slug), said="It is dropped. The report says so.",
        title=f"Drop recommendation {number}", button="Drop it",
    )  # fmt: skip


@login_required
def publish(request: Any, slug: str) -> HttpResponse:
    """Show the report as it will be; publish it once an officer has ticked that they read it."""
    jury = found(request, slug, RUN)
    if standing.report_of(jury) is not None:
        return redirect(to("report", slug))
    text = reports.text_of(jury)
    return acted(
        request, jury, forms.PublishForm(request.POST or None),
        lambda _: acts.publish_report(jury, by=request.user, seen=request.POST.get("seen", "")),
        then=to("report", slug), button="Publish it for good", title="Look at the report before it is public",
        said="The report is published and sealed. Nothing of it can change any more.",
        template="sittings/publish.html", told=reports.draft(text), seen=reports.digest(text),
    )  # fmt: skip


@login_required
def correct(request: Any, slug: str) -> HttpResponse:
    """Say what turned out to be wrong in the report."""
    jury = found(request, slug, RUN)
    made = _report(jury)
    return acted(
        request, jury, forms.CorrectionForm(request.POST or None),
        lambda got: acts.correct(made, by=request.user, **got),
        then=to("report", slug), said="The correction is added, with today’s day.",
        title="A correction of the report", button="Add it",
        lead="The report itself stays as it was sealed. Your words stand below it.",
    )  # fmt: skip


def _report(jury: Jury) -> Report:
    made = standing.report_of(jury)
    if made is None:
        raise Http404
    return made


def _row(request: Any, slug: str, number: int) -> tuple[Jury, Recommendation]:
    jury = found(request, slug, RUN)
    row = get_object_or_404(Recommendation, jury=jury, number=number)
    row.jury = jury
    return jury, row
