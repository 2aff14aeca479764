"""What a round's page tells: its phases, what one can do now, how much money, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from fairground.web.participation.models import PhaseName, Round
from fairground.web.participation.permissions import may
from fairground.web.power.budgeting.models import SHOWN, Appeal, Project, Standing
from fairground.web.power.budgeting.permissions import frozen

NOW = {
    "ideas": "Everyone may send ideas.",
    "merging": "Ideas that are alike are brought together. Authors are told where theirs went.",
    "moderation": "Each idea is checked against the rules. A reason is always given; an author may appeal.",
    "feasibility": "The council works out what is possible and what it costs, and publishes its reasons.",
    "ballot": "People vote.",
    "count": "The votes are counted in public.",
    "delivery": "What was chosen is built. Follow the work on each project's page.",
}


@dataclass(frozen=True)
class Step:
    """A phase as the page shows it: its words, its days, and whether it is over, open or to come."""

    name: str
    label: str
    first: datetime
    last: datetime
    state: str
    now: str


def steps(round: Round, at: datetime | None = None) -> list[Step]:
    """Return the phases of a round in order."""
    now = at or timezone.now()
    made = []
    for name, phase in round.dated().items():
        state = "over" if phase.is_over(now) else "open" if phase.is_open(now) else "to come"
        last = phase.closes_at - timedelta(seconds=1)
        made.append(Step(name, PhaseName(name).label, phase.opens_at, last, state, NOW[name]))
    return made


def day_of(moment: datetime) -> str:
    """Return the day of a moment as the clock on the wall has it: in summer, an hour before UTC's.

    >>> from datetime import UTC
    >>> day_of(datetime(2027, 3, 29, 23, tzinfo=UTC))
    '30 March 2027'
    """
    return date_format(timezone.localtime(moment), "j F Y")


FIRST = ("ballot", "ideas", "delivery", "count")


def now_of(round: Round) -> str:
    """Return in a few words what goes on in a round: what residents can do, before what officers do."""
    found = steps(round)
    now = sorted((one for one in found if one.state == "open"), key=_weight)
    if now:
        return f"Now: {now[0].label.lower()}, until {day_of(now[0].last)}"
    later = [one for one in found if one.state == "to come"]
    if later:
        return f"From {day_of(later[0].first)}: {later[0].label.lower()}"
    return "Over" if found else "No dates yet"


def _weight(step: Step) -> int:
    return FIRST.index(step.name) if step.name in FIRST else len(FIRST)


def overview(round: Round, user: Any) -> dict[str, Any]:
    """Return what the page of a round needs."""
    pots = list(round.pots.all())
    total = sum(pot.amount_pence for pot in pots)
    counts = round.ideas.aggregate(ideas=Count("pk", filter=Q(standing__in=SHOWN)))
    return {
        "steps": steps(round),
        "pots": pots,
        "total": total,
        "share": share(round, total),
        "ideas": counts["ideas"],
        "projects": round.projects.exclude(published_at=None).count(),
        "won": round.projects.exclude(won_at=None).count(),
        "frozen": frozen(round),
        "may_write": may(user, "ideas.write", round),
        "ideas_open": round.is_open("ideas"),
        "ballot_open": round.is_open("ballot"),
        "watches": may(user, "round.watch", round),
    }


def share(round: Round, total: int) -> dict[str, Any] | None:
    """Return how the pots compare with one per cent of the council's budget, where that is known."""
    if not round.council_budget_pence:
        return None
    goal = round.council_budget_pence // 100
    return {
        "per_cent": 100 * total / round.council_budget_pence,
        "goal": goal,
        "reached": total >= goal,
        "missing": max(goal - total, 0),
        "source": round.council_budget_source,
    }


def waiting(round: Round) -> list[dict[str, Any]]:
    """Return what waits for whom, in the order of the way from idea to building."""
    appeals = Appeal.objects.filter(decided_at=None, ruling__idea__round=round).select_related("ruling__idea")
    ideas, projects = round.ideas, Project.objects.filter(round=round)
    lists = [
        ("Moderators", "Ideas to check", ideas.filter(standing=Standing.NEW), "idea"),
        ("Another moderator", "Appeals to decide", appeals, "appeal"),
        (
            "Assessors",
            "Ideas to take forward",
            ideas.filter(standing=Standing.ACCEPTED, project=None),
            "idea",
        ),
        ("Assessors", "Projects to work out", projects.filter(feasible=None), "assess"),
        (
            "Assessors",
            "Findings to publish",
            projects.filter(published_at=None).exclude(feasible=None),
            "project",
        ),
        (
            "Builders",
            "Chosen projects without milestones",
            projects.exclude(won_at=None).filter(milestones=None),
            "project",
        ),
    ]
    counted = [(who, what, rows, page, rows.count()) for who, what, rows, page in lists]
    return [
        {"who": who, "what": what, "number": number, "first": _first(rows, page, round)}
        for who, what, rows, page, number in counted
        if number
    ]


def _first(rows: Any, page: str, round: Round) -> list[tuple[str, str]]:
    return [(_title(row), reverse(f"budgeting:{page}", args=[round.slug, row.pk])) for row in rows[:5]]


def _title(row: Any) -> str:
    return str(row.ruling.idea.title if isinstance(row, Appeal) else row.title)


def standings(round: Round) -> list[tuple[str, int]]:
    """Return how many ideas stand how, in words."""
    return [(label, round.ideas.filter(standing=value).count()) for value, label in Standing.choices]
