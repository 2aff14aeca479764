"""Every recommendation of every jury as one line: what was promised, by when, and what came of it.

Each stands at exactly one of these: no answer yet, the answer is late, refused, promised, partly done, the
promise is late, done, dropped, or not adopted by the jury itself (which asks for nothing and is left out).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from fairground.web.places.templatetags.place_names import place_name
from fairground.web.power.sittings import standing
from fairground.web.power.sittings.models import FollowUp, Kind, Report, State
from fairground.web.power.sittings.standing import PROMISED, Stand

WORDS = {
    "late-answer": "Answer is late",
    "late": "Promised, and late",
    "promised": "Promised",
    "partly": "Partly done",
    "done": "Done",
    "waiting": "Waits for an answer",
    "refused": "Refused",
    "dropped": "Dropped",
}
LATE = ("late-answer", "late")
HEADS = (
    "place code", "place", "jury", "number", "what", "who decides", "answer due", "how it stands",
    "days late", "answer", "answered on", "put here on", "answered by", "reason", "what will be done",
    "promised by", "last word of", "last word", "source", "page", "seal of the report", "made up",
)  # fmt: skip


@dataclass(frozen=True)
class Promise:
    """One thing that a jury asked for: its report, how it stands, and by how many days somebody is late."""

    report: Report
    stand: Stand
    how: str
    days_late: int = 0

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return WORDS[self.how]

    @property
    def is_late(self) -> bool:
        """Say whether somebody had to do something by a day that has passed."""
        return self.how in LATE

    @property
    def last(self) -> FollowUp | None:
        """The last entry of what was done, or None."""
        return self.stand.counting[-1] if self.stand.counting else None

    @property
    def address(self) -> str:
        """The page of this recommendation."""
        return reverse(
            "sittings:recommendation", args=[self.report.jury.round.slug, self.stand.facts["number"]]
        )


def promises(reports: Iterable[Report], today: date) -> list[Promise]:
    """Return what juries asked for, as it stands on a day: late ones first, those longest late before all."""
    found = [
        _promise(report, stand, today)
        for report in reports
        for stand in standing.stands(report, today)
        if stand.facts["adopted"]
    ]
    order = list(WORDS)
    return sorted(found, key=lambda one: (order.index(one.how) if not one.is_late else -1, -one.days_late))


def _promise(report: Report, stand: Stand, today: date) -> Promise:
    said = stand.response
    if stand.late:
        return Promise(report, stand, "late-answer", (today - report.answer_by).days)
    if said is None or said.kind == Kind.NOT_YET:
        return Promise(report, stand, "waiting")
    if stand.done in (State.DONE, State.DROPPED):
        return Promise(report, stand, stand.done)
    if stand.overdue and said.by_when is not None:
        return Promise(report, stand, "late", (today - said.by_when).days)
    if stand.done == State.PARTLY:
        return Promise(report, stand, "partly")
    return Promise(report, stand, "promised" if said.kind in PROMISED else "refused")


def row(one: Promise, site: str) -> list[object]:
    """Return one line of the file that everyone can take along; `site` comes before each page's address."""
    jury, facts, said, last = one.report.jury, one.stand.facts, one.stand.response, one.last
    return [
        jury.round.place_code, place_name(jury.round.place_code), jury.round.title, facts["number"],
        facts["title"], jury.decider, one.report.answer_by, one.words, one.days_late or "",
        said.get_kind_display() if said else "", said.decided_on if said else "",
        timezone.localdate(said.added_at) if said else "",
        said.given_by if said else "", said.reason if said else "", said.will_do if said else "",
        said.by_when if said else "", last.day if last else "", last.words if last else "",
        last.address if last else "", site + one.address, one.report.digest,
        "yes" if jury.round.fictional else "no",
    ]  # fmt: skip
