"""The pages of requests: what is known, campaigns, where each council stands, its letter, the estimate."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web import answers
from fairground.web.accounts.permissions import may
from fairground.web.wealth.requests import actions, bridge, feeds
from fairground.web.wealth.requests.forms import BackForm, CampaignForm, ClaimForm, ListForm, NoteForm
from fairground.web.wealth.requests.models import AnswerList, Campaign, CouncilRequest


def known(request: Any) -> HttpResponse:
    """Say how much has been sold: what is known and what is not."""
    answer = bridge.known()
    if request.GET.get("format") in answers.FILES:
        return answers.download(answer, request.GET["format"], name="sold")
    charts = bridge.known_charts(answer.value)
    if request.GET.get("format") in answers.CHARTS:
        return answers.chart_file(request, charts, answer)
    shown = answers.shape(request, answer) | {"charts": answers.drawings(request, charts)}
    return render(request, "requests/known.html", shown | {"campaigns": Campaign.objects.all()[:5]})


def index(request: Any) -> HttpResponse:
    """List the campaigns."""
    return render(request, "requests/index.html", {"campaigns": Campaign.objects.all()})


@login_required
def new(request: Any) -> HttpResponse:
    """Begin a campaign."""
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            campaign = actions.begin(by=request.user, **form.facts())
        except BadInput as fault:
            answers.put_beside(form, fault)
        else:
            return redirect("requests:campaign", slug=campaign.slug)
    return render(request, "requests/form.html", {"form": form, "title": "Ask councils what they sold",
                  "button": "Begin"}, status=400 if form.errors else 200)  # fmt: skip


def one(request: Any, slug: str) -> HttpResponse:
    """Show a campaign: every council, where it stands, and who is late."""
    campaign = get_object_or_404(Campaign, slug=slug)
    rows = bridge.table(campaign, timezone.localdate())
    told = [row for row in rows if row["sold"] is not None]
    facts = {
        "campaign": campaign,
        "rows": rows,
        "late": [row for row in rows if row["state"] == "overdue"],
        "answered": len(told),
        "sold": sum(row["sold"] for row in told),
        "last_day": bridge.last_day(campaign),
        "runs": may(request.user, actions.RUN, campaign.place_code),
    }
    return render(request, "requests/campaign.html", facts)


def estimate(request: Any, slug: str) -> HttpResponse:
    """Show how many all councils of a campaign sold, with its range."""
    campaign = get_object_or_404(Campaign, slug=slug)
    if not bridge.enough(campaign):
        return render(request, "requests/estimate.html", {"campaign": campaign, "few": True})
    form = ClaimForm(request.GET if "claim" in request.GET else {"claim": ""})

    said: list[str] = []

    def ask(claim: float | None) -> Any:
        answer = bridge.estimate(campaign, claim)
        said.extend(bridge.claim_words(answer))
        return answer

    facts = {"campaign": campaign, "said": said}
    return answers.page(request, "requests/estimate.html", form, ask, charts=bridge.estimate_charts, **facts)


def letter(request: Any, slug: str, code: str) -> HttpResponse:
    """Show the letter to a council, to copy or print."""
    found = _request(slug, code)
    return render(request, "requests/letter.html", {"one": found, "text": bridge.letter(found)})


@login_required
def council(request: Any, slug: str, code: str) -> HttpResponse:
    """Record what a council did."""
    found = _request(slug, code)
    actions.need(request.user, found.campaign.place_code)
    held = {name: getattr(found, name) for name in ("acknowledged_on", "outcome", "ended_on", "said_number")}
    form = NoteForm(request.POST or None, initial=held, request=found)
    if request.method == "POST" and form.is_valid():
        actions.note(found, by=request.user, **form.cleaned_data)
        return redirect("requests:campaign", slug=slug)
    facts = {"form": form, "one": found, "lists": found.lists.all()}
    return render(request, "requests/council.html", facts, status=400 if form.errors else 200)


@login_required
def add_list(request: Any, slug: str, code: str) -> HttpResponse:
    """Add the list that a council sent."""
    found = _request(slug, code)
    actions.need(request.user, found.campaign.place_code)
    form = ListForm(request.POST or None, request.FILES or None, campaign=found.campaign)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        actions.add_list(found, by=request.user, received_on=got["received_on"], **got["read"])
        return redirect("requests:council", slug=slug, code=code)
    facts = {
        "form": form,
        "one": found,
        "title": f"A list from {found.name}",
        "button": "Add it",
        "file": True,
    }
    return render(request, "requests/form.html", facts, status=400 if form.errors else 200)


@login_required
def take_back(request: Any, slug: str, code: str, pk: int) -> HttpResponse:
    """Take a list back, with a reason."""
    found = get_object_or_404(AnswerList, pk=pk, request=_request(slug, code))
    actions.need(request.user, found.request.campaign.place_code)
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.take_back(found, by=request.user, because=form.cleaned_data["because"])
        return redirect("requests:council", slug=slug, code=code)
    facts = {"form": form, "one": found.request, "title": "Take back this list", "button": "Take it back"}
    return render(request, "requests/form.html", facts, status=400 if form.errors else 200)


def public(request: Any, slug: str) -> HttpResponse:
    """Give every asset of every answer as CSV."""
    text = bridge.public_csv(get_object_or_404(Campaign, slug=slug))
    return feeds.file(text, "text/csv; charset=utf-8", f"{slug}-assets.csv")


def dates(request: Any, slug: str) -> HttpResponse:
    """Give the last days as a calendar."""
    text = bridge.dates(get_object_or_404(Campaign, slug=slug), timezone.localdate())
    return feeds.file(text, "text/calendar; charset=utf-8", "dates.ics")


def news(request: Any, slug: str) -> HttpResponse:
    """Give what councils answered, and who is late, as an Atom feed."""
    campaign = get_object_or_404(Campaign, slug=slug)
    return feeds.file(feeds.news(campaign, timezone.localdate()), "application/atom+xml; charset=utf-8")


def _request(slug: str, code: str) -> CouncilRequest:
    found: CouncilRequest = get_object_or_404(
        CouncilRequest.objects.select_related("campaign"), campaign__slug=slug, code=code
    )
    return found
