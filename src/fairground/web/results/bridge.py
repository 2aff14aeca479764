"""Between a closed vote and the engine: ballots in, the answer and the public bundle out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from fairground.evidence import Answer
from fairground.power.budgeting import bundle, specification
from fairground.questions.power.results import Outcome as Row
from fairground.questions.power.results import Result, result
from fairground.report import headline, say, working
from fairground.report.charts.bars import Bar, bars
from fairground.web.answers import drawn
from fairground.web.ballots.bridge import cast_ballots, counted_ballots, public_log, turnout
from fairground.web.ballots.models import Paper, Tier

__all__ = ["charts", "counted", "page_of", "read"]


def counted(paper: Paper) -> tuple[str, str, tuple[str, ...]]:
    """Return the answer of a closed vote, its bundle, and the winners, if both counters agree."""
    cast = cast_ballots(paper)
    votes: dict[str, Counter[str]] = {}
    for rows in counted_ballots(paper).values():
        for marks, number, tier in rows:
            for project in marks.projects:
                votes.setdefault(Tier(tier).label, Counter())[project] += number
    sizes = {Tier(tier).label: number for tier, number in turnout(paper).items()}
    answer = result(paper.specification, cast, tiers=votes, sizes=sizes)
    log = {name: value for name, value in public_log(paper).items() if name != "leaves"}
    whole = bundle(specification(paper.specification), cast, log=log)
    sure = all(pot.agree for pot in answer.value.pots)
    return answer.to_json(), whole, tuple(row.id for row in answer.value.rows if row.won and sure)


def read(text: str) -> Answer[Result]:
    """Return the answer that was kept."""
    return Answer.from_json(text)


@dataclass(frozen=True)
class PotPage:
    """One pot of the page: its projects with their words, its chart, its working, the rules beside it."""

    pot: Any
    rows: list[tuple[Row, list[str]]]
    chart: str
    working: list[str]
    others: list[Any]


def page_of(answer: Answer[Result]) -> dict[str, Any]:
    """Return what the page of a result shows."""
    value = answer.value
    pots = [
        PotPage(
            pot,
            [(row, [say(step) for step in row.steps]) for row in value.rows if row.pot == pot.id],
            charts(value, pot.id),
            [say(step) for step in pot.steps],
            [other for other in value.others if other.pot == pot.id],
        )
        for pot in value.pots
    ]
    return {
        "answer": answer,
        "result": value,
        "headline": headline(answer),
        "working": working(answer),
        "pots": pots,
        "tiers": _tiers(value),
    }


def charts(value: Result, pot: str) -> str:
    """Return the votes of a pot's projects as a chart, the winners marked."""
    rows = [row for row in value.rows if row.pot == pot]
    drawing = [Bar(row.title, float(row.votes), marked=row.won) for row in rows]
    title = "Votes for each project; those chosen are marked"
    return drawn(bars(drawing, title=title, write=lambda votes: f"{votes:,.0f}"))


def _tiers(value: Result) -> list[tuple[str, int, list[Any]]]:
    found: dict[str, tuple[str, int, list[Any]]] = {}
    for row in value.tiers:
        found.setdefault(row.tier, (row.tier, row.ballots, []))[2].append(row)
    return list(found.values())
