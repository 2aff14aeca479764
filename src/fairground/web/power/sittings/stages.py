"""The stages of a jury that its sittings make, for the jury's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.stages import AHEAD, NOW, PAST, Beside, Stage
from fairground.web.power.sittings import standing
from fairground.web.power.sittings.actions.evidence import takes_suggestions


def stages_of(jury: Jury) -> list[Stage]:
    """Return the stages from the first session on, as far as something is kept of them."""
    return _sessions(jury) + _report(jury)


def _sessions(jury: Jury) -> list[Stage]:
    held = [one for one in jury.sessions.all() if not one.called_off_at]
    if not held:
        return [Stage("The jury meets", "No day is set yet", AHEAD)]
    first, last, now = held[0].starts_at, held[-1].ends_at, timezone.now()
    state = PAST if last <= now else NOW if first <= now else AHEAD
    days = f"{_day(first)} to {_day(last)}" if first.date() != last.date() else _day(first)
    words = f"{len(held)} session{'s' if len(held) != 1 else ''}, {days}"
    slug = jury.round.slug
    page = reverse("sittings:sessions", args=[slug])
    can = [] if state == PAST else [
        ("See the days, and put them in your calendar", page),
        *([("Suggest whom the jury should hear", reverse("sittings:suggest", args=[slug]))]
          if takes_suggestions(jury) else []),
    ]  # fmt: skip
    can += [("See who is heard, and read the evidence", reverse("sittings:hearing", args=[slug]))]
    can += [("See what members were paid", reverse("sittings:cost", args=[slug]))]
    return [Stage("The jury meets", words, state, first, page, tuple(can))]


def _report(jury: Jury) -> list[Stage]:
    """Return the report, its answers and what was done; what is to come where there is no report yet."""
    report, today = standing.report_of(jury), timezone.localdate()
    page = reverse("sittings:report", args=[jury.round.slug])
    if report is None:
        due = f"{jury.decider} decides, and must answer by {jury.answer_by:%-d %B %Y}"
        return [
            Stage("The jury reports", "What it recommends, with each vote", AHEAD),
            Stage("Answers", due, AHEAD),
            Stage("What was done", "Kept here for years, each thing with its day", AHEAD),
        ]
    tally = standing.tally(report, today)
    answered = tally.asked - tally.unanswered
    had = "had to" if today > report.answer_by else "must"
    words = (
        f"{answered} of {tally.asked} answered. {jury.decider} {had} answer by {report.answer_by:%-d %B %Y}"
    )
    late = f". Came late: {tally.came_late}" if tally.came_late else ""
    late += f". No answer, and late: {tally.late}" if tally.late else ""
    did = f"Done: {tally.done}. Partly done: {tally.partly_done}. Not done: {tally.not_done + tally.dropped}"
    state = NOW if tally.unanswered else PAST
    over = PAST if tally.asked == tally.done + tally.dropped + tally.rejected else NOW
    slug = jury.round.slug
    follow = (
        ("Read each recommendation with its answer", page),
        ("Follow the news (Atom)", reverse("sittings:news", args=[slug])),
    )
    did += f". Promises late: {tally.overdue}" if tally.overdue else ""
    things = (("See each thing: promised, done or late", reverse("sittings:things")),)
    done = Stage("What was done", did, over if answered else AHEAD, None, page, things, bool(tally.overdue))
    reported = f"{tally.asked} {'recommendation' if tally.asked == 1 else 'recommendations'}"
    return [
        Stage("The jury reports", reported, PAST, report.published_at, page),
        Stage("Answers", words + late, state, report.answer_by, page, follow, bool(tally.late)),
        done,
    ]


def earlier(jury: Jury) -> Beside | None:
    """Return what became of what other juries of the same place asked for, where one has reported."""
    place, today = jury.round.place_code, timezone.localdate()
    others = [one for one in standing.reported(place) if one.jury_id != jury.pk]
    total = sum((standing.tally(one, today) for one in others), standing.Tally())
    facts = {"juries": len(others), "place": place, "total": total}
    return Beside("sittings/earlier.html", facts) if others else None


def _day(at: object) -> str:
    local = timezone.localtime(at)  # type: ignore[arg-type]
    return f"{local.day} {local:%B %Y}"
