"""Between a closed vote and the engine: ballots in; the answer, the public bundle and `.pb` files out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fairground.evidence import Answer
from fairground.power.budgeting import bundle, specification
from fairground.questions.power.results import Outcome as Row
from fairground.questions.power.results import Result, result
from fairground.report import headline, say, working
from fairground.report.charts.bars import Bar, bars
from fairground.sources import pabulib
from fairground.web.answers import drawn
from fairground.web.ballots.bridge import Marks, cast_ballots, counted_ballots, public_log, turnout
from fairground.web.ballots.models import Paper, Tier

__all__ = ["agreed", "charts", "counted", "election_file", "page_of", "read"]


def counted(paper: Paper) -> tuple[str, str, tuple[str, ...] | None]:
    """Return the answer of a closed vote, its bundle, and the winners: None where the counters differ."""
    cast = cast_ballots(paper)
    votes: dict[str, Counter[str]] = {}
    for rows in counted_ballots(paper).values():
        for marks, number, tier in rows:
            for project in marks.projects:
                votes.setdefault(Tier(tier).label, Counter())[project] += number
    sizes = {Tier(tier).label: number for tier, number in turnout(paper).items()}
    answer = result(paper.specification, cast, tiers=votes, sizes=sizes)
    log = {name: value for name, value in public_log(paper).items() if name != "leaves"}
    log["ballots_signature"] = paper.head.ballots_signature
    whole = bundle(specification(paper.specification), cast, log=log)
    winners = tuple(row.id for row in answer.value.rows if row.won)
    return answer.to_json(), whole, winners if agreed(answer) else None


def agreed(answer: Answer[Result]) -> bool:
    """Return whether both counters found the same winners in every pot."""
    return all(pot.agree for pot in answer.value.pots)


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
        "agreed": agreed(answer),
        "pots": pots,
        "tiers": _tiers(value),
    }


def charts(value: Result, pot: str) -> str:
    """Return the votes of a pot's projects as a chart, the winners marked."""
    rows = [row for row in value.rows if row.pot == pot]
    sure = all(one.agree for one in value.pots)
    drawing = [Bar(row.title, float(row.votes), marked=row.won and sure) for row in rows]
    title = "Votes for each project; those chosen are marked"
    return drawn(bars(drawing, title=title, write=lambda votes: f"{votes:,.0f}"))


def _tiers(value: Result) -> list[tuple[str, int, list[Any]]]:
    found: dict[str, tuple[str, int, list[Any]]] = {}
    for row in value.tiers:
        found.setdefault(row.tier, (row.tier, row.ballots, []))[2].append(row)
    return list(found.values())


VOTES = {"approval": "approval", "k-approval": "approval", "points": "cumulative", "ranking": "ordinal"}


def election_file(paper: Paper, answer: Answer[Result], pot: str) -> str | None:
    """Return one pot of a counted vote as a Pabulib file, or None where there is no such pot.

    Costs are in pounds. Voters are numbered in the order of their marks, which says nothing about who they
    are; how a voter was known is left out, as it is of the bundle. A title that begins as a formula stays
    as it is, unlike in CSV: spreadsheets do not open `.pb` files by themselves, and it must be read back.
    """
    found = next((one for one in answer.value.pots if one.id == pot), None)
    if found is None:
        return None
    rows = [row for row in answer.value.rows if row.pot == pot]
    ballots: Counter[Marks] = Counter()
    for marks, number, _ in counted_ballots(paper)[pot]:
        ballots[marks] += number
    ordered = sorted(ballots.items(), key=lambda pair: (pair[0].projects, pair[0].points))
    voters = [marks for marks, number in ordered for _ in range(number)]
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\n")
    out.write("META\nkey;value\n")
    write.writerows(_meta(paper, found, len(rows), len(voters)).items())
    out.write("PROJECTS\n")
    write.writerow(["project_id", "cost", "votes", "name", "selected"])
    write.writerows([row.id, decimal(row.cost), row.votes, row.title, int(row.won)] for row in rows)
    pointed = paper.specification["ballot"]["type"] == "points"
    out.write("VOTES\n")
    write.writerow(["voter_id", "vote", *(["points"] if pointed else [])])
    for number, marks in enumerate(voters, 1):
        points = [",".join(map(str, marks.points))] if pointed else []
        write.writerow([number, ",".join(marks.projects), *points])
    return pabulib.write(pabulib.parse(out.getvalue(), name=f"{paper.round.slug}.pb"))


def _meta(paper: Paper, pot: Any, projects: int, votes: int) -> dict[str, Any]:
    ballot = paper.specification["ballot"]
    kind = VOTES[ballot["type"]]
    meta = {
        "description": f"{paper.specification['title']}: {pot.name}",
        "country": "United Kingdom",
        "unit": paper.round.place_code,
        "subunit": pot.name,
        "instance": str(paper.closes_at.year),
        "num_projects": projects,
        "num_votes": votes,
        "budget": decimal(pot.amount),
        "currency": paper.specification.get("currency", "GBP"),
        "vote_type": kind,
        "rule": _rule_name(paper.specification["rule"]),
        "date_begin": f"{paper.opens_at:%d.%m.%Y}",
        "date_end": f"{paper.closes_at:%d.%m.%Y}",
    }
    if ballot.get("max_projects"):
        meta["max_length"] = ballot["max_projects"]
    if kind == "cumulative":
        meta |= {"min_points": 0, "max_sum_points": ballot["points"]}
        meta |= {"max_points": ballot["max_points"]} if ballot.get("max_points") else {}
    return meta


def _rule_name(rule: dict[str, Any]) -> str:
    """Return a rule as Pabulib files name it, as far as they have a name for it."""
    method, completion = rule.get("method", "equal-shares"), rule.get("completion", "none")
    known = {"equal-shares": "equalshares"}.get(method, method)
    return known if completion == "none" else f"{known}/{completion}"


def decimal(amount: Fraction) -> str:
    """Return pounds without needless zeros, with two digits where there are pence."""
    return str(amount.numerator) if amount.denominator == 1 else f"{float(amount):.2f}"
