"""Who may pay, and what should be ready: the published rules of funders put to a community's plan.

The rules are data in `wealth.finance`, each with the date from which it holds and where it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fairground.evidence import Answer, Method, Source, Step
from fairground.questions.wealth.finance import own_plan
from fairground.wealth import finance as engine
from fairground.wealth.finance import Plan

__all__ = ["fitting", "ready"]


@dataclass(frozen=True)
class CheckRow:
    """What one rule of a funder says of the plan."""

    funder_name: str
    still_open: str
    rule_words: str
    finding: str
    written_in: str
    read_there: bool


@dataclass(frozen=True)
class FunderRow:
    """What a funder's rules say all together, with what the funder is."""

    funder_name: str
    still_open: str
    finding: str
    funder_from: date
    funder_to: date | None
    funder_note: str
    funder_url: str


@dataclass(frozen=True)
class Fitting:
    """Which funders a plan fits; `results` has one line for each funder."""

    rows: tuple[CheckRow, ...]
    results: tuple[FunderRow, ...]


def fitting(plan: Plan, ids: Sequence[str] = ()) -> Answer[Fitting]:
    """Answer which funders a plan fits: pass, pass with caveats or fail, rule by rule.

    Parameters
    ----------
    plan : the plan. ids : the funders to look at; all that we hold unless given.

    Raises
    ------
    NotFound : we hold no such funder.
    """
    chosen = [engine.funder(id) for id in ids] or list(engine.funders())
    matches = [engine.match(plan, one) for one in chosen]
    rows = tuple(
        CheckRow(
            m.funder.name,
            f"funder-{m.funder.status}",
            f.rule.words,
            f"rule-{f.result}",
            f.rule.reference,
            f.rule.verified,
        )
        for m in matches
        for f in m.findings
    )
    results = tuple(
        FunderRow(
            m.funder.name,
            f"funder-{m.funder.status}",
            f"rule-{m.result}",
            m.funder.start,
            m.funder.end,
            m.funder.note,
            m.funder.url,
        )
        for m in matches
    )
    steps = [Step("finance.fitting", {"funders": len(results), "plan": plan.about.name})]
    steps += [Step(f"finance.fits.{m.result}", {"funder": m.funder.name}) for m in matches]
    steps += [Step("finance.fits.closed", {"funder": m.funder.name}) for m in matches if m.funder.end]
    if not all(row.read_there for row in rows):
        steps.append(Step("finance.fits.unknown.unread", {}))
    method = Method(
        "funder-rules", "Each published rule of a funder put to the plan", "The rule beside each line"
    )
    return Answer(
        Fitting(rows, results), method, tuple(steps), (own_plan(plan), *map(_funder_source, matches))
    )


@dataclass(frozen=True)
class ReadyRow:
    """One thing to have ready."""

    ready_group: str
    ready_words: str
    written_in: str


@dataclass(frozen=True)
class Ready:
    """What a group needs before it buys."""

    rows: tuple[ReadyRow, ...]


def ready() -> Answer[Ready]:
    """Answer what a group needs before it buys a building: a list to go through together."""
    rows = tuple(ReadyRow(one.group, one.words, one.source) for one in engine.readiness())
    method = Method("readiness", "Our own words for what funders ask", "The source beside each line")
    match = engine.funder("cof-4")
    return Answer(
        Ready(rows),
        method,
        (Step("finance.ready", {"items": len(rows)}),),
        (Source(match.id, match.name, "UK government", "round 4, 2024", "OGL 3.0", match.url),),
    )


def _funder_source(match: engine.Match) -> Source:
    one = match.funder
    return Source(one.id, one.name, one.reference, f"from {one.start}", "free to read", one.url)
