"""A vote that is over and counted, to look at: the made-up projects of the example, sixty made-up ballots."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fairground.web.ballots import bridge
from fairground.web.ballots.actions import Voter, cast, freeze_paper
from fairground.web.ballots.example import PROJECTS, REDCAR, paper_facts
from fairground.web.ballots.models import Paper
from fairground.web.participation import actions as rounds
from fairground.web.participation.models import Round
from fairground.web.results.actions import count
from fairground.web.results.models import Outcome

TITLE = "Redcar decided: a vote that is over"


def load(*, by: Any) -> Outcome:
    """Make the example once; `by` must be an officer of Redcar and Cleveland."""
    found = Outcome.objects.filter(paper__round__title=TITLE).first()
    if found:
        return found
    summary = "A made-up vote that is over and counted: none of these projects is real."
    round = rounds.create_round(by=by, place_code=REDCAR, title=TITLE, summary=summary, fictional=True)
    now, day = timezone.now(), timedelta(days=1)
    dates = {"ballot": (now - 20 * day, now - 6 * day)}
    rounds.set_phases(round, dates, by=by)
    rounds.publish_round(Round.objects.get(pk=round.pk), by=by)
    facts = {**paper_facts(), "title": TITLE, "rule": {"method": "equal-shares", "completion": "add1"}}
    paper = freeze_paper(round=Round.objects.get(pk=round.pk), specification=facts, by=by)
    _ballots(paper, at=now - 10 * day)
    count(paper=paper, by=by)
    return Outcome.objects.get(paper=paper)


def _ballots(paper: Paper, *, at: Any) -> None:
    for n in range(60):
        ids = bridge.shuffled((row[0] for row in PROJECTS), seed=f"over {n}")[: 1 + n % 4]
        voter = Voter(bridge.pseudonym(f"over:{n}", secret=bytes(32)), "open")
        marks = {"town": bridge.Marks(tuple(sorted(ids)))}
        cast(paper=paper, voter=voter, marks=marks, key=f"over-{n}", at=at)
