"""What the pages of requests ask the engine: letters, last days, lists, the table, the estimate."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from fairground import places
from fairground.errors import BadInput, FairgroundError
from fairground.evidence import Answer, Source
from fairground.questions.wealth import disposals, known_sales, requests
from fairground.report.calendar_file import as_ics
from fairground.report.charts import Bar, bars
from fairground.report.numbers import count
from fairground.report.words import say, word
from fairground.sources import sold_lists
from fairground.sources.catalogue import source
from fairground.wealth.property import Asked, answer_by, standing
from fairground.web.wealth.requests.models import AnswerList, Campaign, CouncilRequest

OPEN = ("to-send", "sent", "acknowledged", "overdue")
MOST = 500  # councils of a campaign
CLASS = {"E06": "unitary", "E07": "district", "E08": "metropolitan", "E09": "london", "E10": "county"}


def known() -> Answer[Any]:
    """Return what is known of how much councils have sold."""
    return known_sales.known()


def known_charts(value: Any) -> dict[str, str]:
    """Return the counts a year as bars."""
    rows = [Bar(row.who, row.a_year, marked=at == 0) for at, row in enumerate(value.rows)]
    title = "How many were sold a year, by who counted"
    return {title: bars(rows, title=title, write=count)}


def place_code(typed: str) -> str:
    """Return the code of the place that somebody typed; England for everywhere."""
    return places.get(typed).code


def place_name(code: str) -> str:
    """Return the name of a place."""
    try:
        return places.get(code).name
    except FairgroundError:
        return code


def councils(typed: str, *, sent: date, first: str, last: str) -> list[tuple[str, str]]:
    """Return code and name of each council that somebody typed, one a line."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise BadInput("These are too many councils", "councils", len(lines), f"up to {MOST}")
    text = io.StringIO()
    csv.writer(text).writerows([["name"], *([line] for line in lines)])
    try:
        found = requests.asked(text.getvalue(), sent=sent, first=first, last=last)
    except BadInput as fault:
        field = {"first": "first_year", "last": "last_year", "start": "sent_on"}.get(fault.field, "councils")
        raise BadInput(fault.what, field, fault.value, fault.allowed) from fault
    return [(row.code, row.name) for row in found.value.rows]


def letter(request: CouncilRequest) -> str:
    """Return the letter to a council."""
    campaign = request.campaign
    step = requests.letter(
        request.name, first=campaign.first_year[:4], last="20" + campaign.last_year[5:],
        asker="[your name]", contact="[your email address]",
    )  # fmt: skip
    return say(step).strip()


def checked(request: CouncilRequest, **days: Any) -> None:
    """Refuse days and an outcome that cannot be.

    Raises
    ------
    BadInput : names the field of the form.
    """
    try:
        Asked(request.campaign.sent_on, days["acknowledged_on"], days["outcome"], days["ended_on"])
    except BadInput as fault:
        field = {"acknowledged": "acknowledged_on", "ended": "ended_on"}.get(fault.field, fault.field)
        raise BadInput(fault.what, field, fault.value, fault.allowed) from fault


def last_day(campaign: Campaign) -> date:
    """Return the last day on which each council may answer."""
    return answer_by(campaign.sent_on)


def stands(request: CouncilRequest, on: date) -> str:
    """Return where a request stands on a day."""
    asked = Asked(request.campaign.sent_on, request.acknowledged_on, request.outcome, request.ended_on)
    return standing(asked, on)


def table(campaign: Campaign, on: date) -> list[dict[str, Any]]:
    """Return one row for each council: its state in words, how late it is, how many it sold."""
    by = last_day(campaign)
    found = []
    for request in campaign.requests.prefetch_related("lists"):
        state, newest = stands(request, on), request.newest
        late = (on - by).days if state == "overdue" else 0
        found.append({
            "request": request, "state": state, "words": word(state), "late": late, "sold": sold(request),
            "code": word(newest.code) if newest else "",
        })  # fmt: skip
    return found


def sold(request: CouncilRequest) -> int | None:
    """Return how many assets a council sold, as it said or as its list has them; None where it is silent."""
    if request.said_number is not None:
        return request.said_number
    return len(request.newest.rows) if request.newest else None


def read(campaign: Campaign, content: bytes, name: str) -> dict[str, Any]:
    """Return what is kept of a list that a council sent.

    Raises
    ------
    DataProblem : it cannot be read.
    """
    found = sold_lists.read(content, name, first=campaign.first_year, last=campaign.last_year)
    return {
        "digest": hashlib.sha256(content).hexdigest(),
        "code": found.code,
        "rows": [asdict(one) for one in found.assets],
        "left_out": {**found.dropped, **found.struck},
        "faults": [[f.row, f.field, f.value, f.what, f.allowed] for f in found.faults[:50]],
    }


def public_csv(campaign: Campaign) -> str:
    """Return every asset of every answer as CSV."""
    public = []
    for request in campaign.requests.prefetch_related("lists"):
        newest = request.newest
        if newest is None:
            continue
        for row in newest.rows:
            held = {name: value for name, value in row.items() if name != "row"}
            public.append(requests.PublicAsset(request.code, request.name, **held, answer_code=newest.code))
    return requests.public_table(requests.Chased(campaign.sent_on, (), tuple(public)))


def estimate(campaign: Campaign, claim: float | None = None) -> Answer[Any]:
    """Return how many all councils of a campaign sold, from those that answered and the people of each.

    Raises
    ------
    BadInput : fewer than two answered.
    """
    every, told = [["code", "name", "class", "people"]], [["code", "sold", "quality"]]
    for request in campaign.requests.prefetch_related("lists"):
        every.append([request.code, request.name, CLASS[request.code[:3]], str(_people(request.code))])
        if (number := sold(request)) is not None:
            quality = _quality(request.newest)
            told.append([request.code, str(number), quality])
    if len(told) < 3:  # also where a caller did not ask whether they are enough
        raise BadInput("At least two councils must have answered", "claim", len(told) - 1, "two or more")
    answer = disposals.sold(_csv(every), _csv(told), claim=claim, draws=60)
    return replace(answer, sources=_sources(campaign))


def _sources(campaign: Campaign) -> tuple[Source, ...]:
    """Return the campaign itself, and who counted the people."""
    page = settings.SITE_ADDRESS + reverse("requests:campaign", args=[campaign.slug])
    made_up = "made up for the demo" if campaign.fictional else "as the councils answered"
    own = Source(
        "campaign", campaign.title, "the councils that answered", made_up, "as their owners say", page
    )
    return own, source("ons-mye-2024-06")


def claim_words(answer: Answer[Any]) -> list[str]:
    """Return what the answer says of a claimed total."""
    return [say(step) for step in answer.steps if step.code.startswith(("sold.claim", "sold.tipping"))]


def enough(campaign: Campaign) -> bool:
    """Return whether two councils of a campaign have told how many they sold in a way that counts."""
    told = [one for one in campaign.requests.prefetch_related("lists") if sold(one) is not None]
    return sum(_quality(one.newest) != "poor" for one in told) >= 2


def _quality(newest: AnswerList | None) -> str:
    return {"full": "full", "poor": "poor"}.get(newest.code, "partial") if newest else "partial"


def _people(code: str) -> int:
    place = places.known(code)
    return place.population or sum(child.population for child in places.children(code, kind="district"))


def _csv(lines: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()


def estimate_charts(value: Any) -> dict[str, str]:
    """Return the total by each way to count, with its range."""
    rows = [
        Bar(word(row.way), row.total, row.low, row.high, marked=row.way == disposals.BEST)
        for row in value.rows
        if (row.what_sold, row.known_figure) == (value.counted, value.known)
    ]
    title = "How many in all, by eight ways to count (the line is the range)"
    return {title: bars(rows, title=title, write=count)}


def dates(campaign: Campaign, on: date) -> str:
    """Return the last day of each council that has not answered as a calendar."""
    waiting = [row["request"].name for row in table(campaign, on) if row["state"] in OPEN]
    rule = "Freedom of Information Act 2000, section 10(1)"
    found = [(last_day(campaign), f"{name} must answer", rule) for name in waiting]
    return as_ics(found, name=campaign.title, written=campaign.sent_on)
