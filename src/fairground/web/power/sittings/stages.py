"""The stages of a jury that its sittings make, for the jury's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.stages import AHEAD, NOW, PAST, Stage
from fairground.web.power.sittings import standing


def stages_of(jury: Jury) -> list[Stage]:
    """Return the stages from the first session on, as far as something is kept of them."""
    return _sessions(jury) + _report(jury)


def _sessions(jury: Jury) -> list[Stage]:
    held = [one for one in jury.sessions.all() if not one.called_off_at]
    if not held:
        return []
    first, last, now = held[0].starts_at, held[-1].ends_at, timezone.now()
    state = PAST if last <= now else NOW if first <= now else AHEAD
    days = f"{_day(first)} to {_day(last)}" if first.date() != last.date() else _day(first)
    words = f"{len(held)} session{'s' if len(held) != 1 else ''}, {days}"
    return [
        Stage("The jury meets", words, state, first, reverse("sittings:sessions", args=[jury.round.slug]))
    ]


def _report(jury: Jury) -> list[Stage]:
    """Return the report, its answers and what was done; what is to come where there is no report yet."""
    report, today = standing.report_of(jury), timezone.localdate()
    page = reverse("sittings:report", args=[jury.round.slug])
    if report is None:
        if not jury.sessions.exists():
            return []
        due = f"{jury.decider} answers by {jury.answer_by:%-d %B %Y}"
        return [
            Stage("The jury reports", "What it recommends, with each vote", AHEAD),
            Stage("Answers", due, AHEAD),
        ]
    tally = standing.tally(report, today)
    answered = tally.asked - tally.unanswered
    words = f"{answered} of {tally.asked} answered; due by {report.answer_by:%-d %B %Y}"
    late = f". Late: {tally.late}" if tally.late else ""
    did = f"Done: {tally.done}. Partly done: {tally.partly_done}. Not done: {tally.not_done + tally.dropped}"
    state = NOW if tally.unanswered else PAST
    over = PAST if tally.asked == tally.done + tally.dropped + tally.rejected else NOW
    done = Stage("What was done", did, over if answered else AHEAD, None, page)
    reported = f"{tally.asked} {'recommendation' if tally.asked == 1 else 'recommendations'}"
    return [
        Stage("The jury reports", reported, PAST, report.published_at, page),
        Stage("Answers", words + late, state, report.answer_by, page),
        done,
    ]


def _day(at: object) -> str:
    local = timezone.localtime(at)  # type: ignore[arg-type]
    return f"{local.day} {local:%B %Y}"
