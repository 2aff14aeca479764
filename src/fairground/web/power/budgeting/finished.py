"""A made-up round of 2025 that is over: 3,000 made-up ballots, counted by the frozen rule, built since.

The ballots are drawn from one seed: each project is ticked by the share of a district that `finished.toml`
gives. They go into the log in one step instead of one by one, so that the demo starts in seconds.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import F
from django.utils import timezone

from fairground.web.ballots import bridge as ballots
from fairground.web.ballots.actions import Voter, cast_made_up, close, freeze_paper
from fairground.web.ballots.models import Paper
from fairground.web.participation import actions
from fairground.web.participation.models import Phase, Round
from fairground.web.power.budgeting.actions import delivery, pots, projects
from fairground.web.power.budgeting.models import Pot, Project
from fairground.web.power.budgeting.paper import specification
from fairground.web.results.actions import publish, settle

TOLD = tomllib.loads(files(__package__).joinpath("finished.toml").read_text("utf-8"))["project"]
TITLE = "Redcar Decides 2025"
SEED, VOTERS = 2025, 3000
DISTRICTS = {"Redcar": 34, "Marske": 13, "Saltburn": 12, "Guisborough": 17, "Eston": 24}
POSTCODES = {"TS10": "Redcar", "TS11": "Marske", "TS12": "Saltburn", "TS14": "Guisborough", "TS6": "Eston"}
COAST = ["Redcar", "Marske", "Saltburn"]
SPANS = {"feasibility": (-400, -330), "ballot": (-320, -299), "count": (-299, -297), "delivery": (-290, 120)}


def load(*, by: Any, place_code: str) -> Round:
    """Make the round: set up, voted on, counted, and on its way to being built."""
    round = actions.create_round(
        by=by,
        place_code=place_code,
        title=TITLE,
        fictional=True,
        summary="Last year’s round. People shared out £450,000. See what was chosen and how the work goes.",
        council_budget_pence=14_100_000_000,
        council_budget_source="A made-up figure for this example",
    )
    _dates(round, 360, by=by)
    inland = ["Guisborough", "Eston"]
    for name, amount, ceiling, districts in (
        ("Whole borough", 30_000_000, 22_000_000, [*COAST, *inland]),
        ("Coast", 15_000_000, 8_000_000, COAST),
    ):
        pots.add_pot(round, by=by, name=name, amount_pence=amount, ceiling_pence=ceiling, districts=districts)
    actions.publish_round(round, by=by)
    _projects(round, by=by)
    _dates(round, 310, by=by)
    _vote(round, by=by)
    _dates(round, 0, by=by)
    publish(outcome=settle(paper=Paper.objects.get(round=round), by=by), by=by)
    _work(round, by=by)
    return round


def _dates(round: Round, back: int, *, by: Any) -> None:
    """Date the phases as they looked so many days ago."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=back)
    if Paper.objects.filter(round=round).exists():
        away = F("opens_at") - timedelta(days=310), F("closes_at") - timedelta(days=310)
        Phase.objects.filter(round=round).update(opens_at=away[0], closes_at=away[1])
        round._prefetched_objects_cache = {}  # type: ignore[attr-defined]
        return
    days = {name: (start + timedelta(days=a), start + timedelta(days=b)) for name, (a, b) in SPANS.items()}
    actions.set_phases(round, days, by=by)


def _projects(round: Round, *, by: Any) -> None:
    named: dict[str, Pot] = {pot.name: pot for pot in round.pots.all()}
    for one in TOLD:
        point = {name: Decimal(one[name]) for name in ("latitude", "longitude") if name in one}
        project = projects.add_project(
            round,
            by=by,
            pot=named[one["pot"]],
            title=one["title"],
            summary=one["summary"],
            place_name=one["place"],
            id=uuid5(NAMESPACE_URL, f"fairground-example:{one['title']}"),
            **point,
        )
        reason = "The council may do this, the land is its own, and a supplier has given this price."
        projects.assess(project, by=by, feasible=True, cost_pence=one["pence"], reason=reason)
    projects.publish_findings(round, by=by)


def _vote(round: Round, *, by: Any) -> None:
    choices = {"type": "approval", "rule": "equal-shares", "ways": "postcode", "postcodes": POSTCODES}
    phase, away = round.dated()["ballot"], timedelta(days=310)
    paper = freeze_paper(
        round=Round.objects.get(pk=round.pk),
        specification=specification(round, choices),
        by=by,
        opens_at=phase.opens_at - away,
        closes_at=phase.closes_at - away,
    )
    _cast(paper, by=by)
    close(paper=paper, by=by)


def _cast(paper: Paper, *, by: Any) -> None:
    """Put every ballot into the log at once."""
    secret = bytes.fromhex(paper.secret.pseudonym_key)
    made = [
        (Voter(ballots.pseudonym(f"made-up:{n}", secret=secret), "postcode", district), marks)
        for n, (district, marks) in enumerate(_drawn(paper))
    ]
    cast_made_up(paper=paper, ballots=made, by=by)


def _drawn(paper: Paper) -> Iterator[tuple[str, ballots.AllMarks]]:
    """Draw each voter's district and ticks from the seed."""
    chance = random.Random(SEED)
    said = ballots.specification_of(paper)
    liked = {one["title"]: one["liked"] for one in TOLD}
    listed: dict[str, list[tuple[str, dict[str, int]]]] = {pot.id: [] for pot in said.pots}
    for one in sorted(said.projects, key=lambda one: one.title):
        listed[one.pot].append((one.id, liked[one.title]))
    for _ in range(VOTERS):
        district = chance.choices(list(DISTRICTS), weights=list(DISTRICTS.values()))[0]
        yield (
            district,
            {
                pot.id: ballots.Marks(
                    tuple(id for id, by in listed[pot.id] if chance.random() * 100 < by.get(district, 0))
                )
                for pot in said.pots_of(district)
            },
        )


def _work(round: Round, *, by: Any) -> None:
    """Tell how the work on the chosen projects went: one is finished, one is dearer than planned."""
    today = timezone.localdate()
    for number, project in enumerate(Project.objects.filter(round=round).exclude(won_at=None)):
        for words, ago in (("A firm is chosen", 250), ("The work begins", 180), ("It is open", 60)):
            step = delivery.add_milestone(project, by=by, words=words, due_on=today - timedelta(days=ago))
            if ago > 60 or number == 0:
                delivery.reach(step, by=by, done_on=today - timedelta(days=ago - 5))
        _pay(project, number, today, by=by)


def _pay(project: Project, number: int, today: date, *, by: Any) -> None:
    price, day = project.cost_pence or 0, today - timedelta(days=150)
    delivery.spend(
        project, by=by, amount_pence=price * 6 // 10, what="First payment to the firm", spent_on=day
    )
    if number == 0:
        delivery.spend(project, by=by, amount_pence=price * 38 // 100, what="Last payment", spent_on=today)
    if number == 1:
        why = "The ground was wetter than the survey said, so drains were needed."
        delivery.spend(
            project, by=by, amount_pence=price // 2, what="Drains", spent_on=today, over_reason=why
        )
