"""How each recommendation of a published report stands: what was answered, what is late, what was done.

Rule 1: what the jury adopted must be answered by the day that the report names.
Rule 2: accepted, accepted in part and rejected are answers; "not decided yet" is none, whatever it promises.
Rule 3: what takes the place of an entry counts; the entry before can be read and does not count.
Rule 4: an answer that was not here by its day came late, whatever day of decision was written with it.
Rule 5: what was accepted is late once the day that was promised has passed, unless it is done or dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings import reports
from fairground.web.power.sittings.models import FollowUp, Kind, Report, Response, State

ANSWERED = (Kind.ACCEPTED, Kind.PARTLY, Kind.REJECTED)
PROMISED = (Kind.ACCEPTED, Kind.PARTLY)
OVER = (State.DONE, State.DROPPED)


@dataclass(frozen=True)
class Stand:
    """One recommendation as the report has it, its answers and what was done, in order.

    `came_late` is the day on which its first answer was put here, where that was after the day it was due.
    """

    facts: dict[str, Any]
    responses: tuple[Response, ...]
    follow_ups: tuple[FollowUp, ...]
    late: bool
    overdue: bool = False
    came_late: date | None = None

    @property
    def response(self) -> Response | None:
        """The answer that counts, or None."""
        return next((one for one in reversed(self.responses) if not _superseded(one)), None)

    @property
    def counting(self) -> list[FollowUp]:
        """What was done, without entries whose place others took."""
        return [one for one in self.follow_ups if not _superseded(one)]

    @property
    def done(self) -> str:
        """How far it is done by the last entry, or nothing where there is none."""
        return str(self.counting[-1].state) if self.counting else ""

    @property
    def votes(self) -> str:
        """The vote in words."""
        return reports.in_words(self.facts)

    @property
    def says(self) -> str:
        """What was answered, in words."""
        if self.response and (self.response.kind in ANSWERED or not self.late):
            return str(self.response.get_kind_display())
        return "No answer: late" if self.late else "No answer yet" if self.facts["adopted"] else "None needed"

    @property
    def did(self) -> str:
        """How far it is done, in words."""
        return State(self.done).label if self.done else "Nothing reported yet"


def stands(report: Report, today: date) -> list[Stand]:
    """Return how each recommendation of a report stands on a day, in their order."""
    rows = report.jury.recommendations.prefetch_related(
        "responses__superseded_by", "follow_ups__superseded_by"
    )
    by_number = {row.number: row for row in rows}
    found = []
    for facts in reports.read(report)["recommendations"]:
        row = by_number[facts["number"]]
        answers = tuple(row.responses.all())
        last = next((one for one in reversed(answers) if not _superseded(one)), None)
        waits = facts["adopted"] and (last is None or last.kind not in ANSWERED)
        late = bool(waits and today > report.answer_by)
        came = _came_late(answers, report) if facts["adopted"] else None
        stand = Stand(facts, answers, tuple(row.follow_ups.all()), late, came_late=came)
        found.append(replace(stand, overdue=_overdue(stand, today)))
    return found


def _came_late(answers: Sequence[Response], report: Report) -> date | None:
    days = [timezone.localdate(one.added_at) for one in answers if one.kind in ANSWERED]
    return min(days) if days and min(days) > report.answer_by else None


def _overdue(stand: Stand, today: date) -> bool:
    said = stand.response
    promised = said is not None and said.kind in PROMISED and said.by_when is not None
    return bool(promised and said and said.by_when and today > said.by_when and stand.done not in OVER)


def waiting(report: Report, today: date) -> list[Stand]:
    """Return what the jury adopted and nobody has answered."""
    return [
        one
        for one in stands(report, today)
        if one.facts["adopted"] and (one.response is None or one.response.kind not in ANSWERED)
    ]


@dataclass(frozen=True)
class Tally:
    """How many recommendations juries adopted, what was answered, and what was done."""

    asked: int = 0
    accepted: int = 0
    partly: int = 0
    rejected: int = 0
    unanswered: int = 0
    late: int = 0
    done: int = 0
    partly_done: int = 0
    not_done: int = 0
    dropped: int = 0
    unknown: int = 0
    overdue: int = 0
    came_late: int = 0

    def __add__(self, other: Tally) -> Tally:
        both = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)}
        return Tally(**both)


def tally(report: Report, today: date) -> Tally:
    """Return the numbers of one report: what was adopted, by answer, and by what was done."""
    adopted = [one for one in stands(report, today) if one.facts["adopted"]]
    said = [str(one.response.kind) if one.response else "" for one in adopted]
    did = [one.done for one in adopted]
    answered = {str(kind): said.count(str(kind)) for kind in ANSWERED}
    return Tally(
        asked=len(adopted), accepted=answered["accepted"], partly=answered["partly"],
        rejected=answered["rejected"], unanswered=len(adopted) - sum(answered.values()),
        late=sum(one.late for one in adopted), done=did.count("done"), partly_done=did.count("partly"),
        not_done=did.count("not"), dropped=did.count("dropped"), unknown=did.count(""),
        overdue=sum(one.overdue for one in adopted), came_late=sum(bool(one.came_late) for one in adopted),
    )  # fmt: skip


def reported(place_code: str = "") -> list[Report]:
    """Return the reports of published juries, of one place where its code is given, the newest first."""
    if "\0" in place_code:  # no place has one, and PostgreSQL fails at it
        return []
    rows = Report.objects.exclude(jury__round__published_at=None).select_related("jury__round")
    rows = rows.filter(jury__round__place_code=place_code) if place_code else rows
    return list(rows.order_by("-published_at"))


def report_of(jury: Jury) -> Report | None:
    """Return the published report of a jury, or None."""
    return Report.objects.filter(jury=jury).select_related("jury__round").first()


def _superseded(one: Any) -> bool:
    return hasattr(one, "superseded_by")
