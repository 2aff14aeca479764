"""Who sits at which table in each session, asked of the engine: members by number; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from fairground.errors import Impossible
from fairground.evidence import Source
from fairground.power.juries import Pool, Volunteer, Wishes, even_tables
from fairground.questions.power.panels import PanelRead
from fairground.questions.power.table_plans import table_plan
from fairground.report import headline, working
from fairground.web.power.juries.models import Jury, features_of
from fairground.web.power.juries.told import read
from fairground.web.power.lots.models import Seat, SeatState


@dataclass(frozen=True)
class Plan:
    """A table plan: what it is worth in words, and for each session its tables with who sits there."""

    headline: str
    working: tuple[str, ...]
    sessions: tuple[tuple[tuple[str, ...], ...], ...]


def plan(jury: Jury, *, tables: int, sessions: int, names: bool, apart: str = "") -> Plan:
    """Return a plan for those who said yes; the same jury and numbers give the same plan.

    Parameters
    ----------
    names : write names; else each member is a number. apart : pairs of numbers that must not share a table,
        one pair on each line.

    Raises
    ------
    BadInput : more tables than people, a wish about somebody who is not on the jury. Impossible : nobody has
        said yes, wishes that cannot be kept, or the pool is erased.
    """
    told = {str(seat.volunteer.number): read(seat.volunteer) for seat in _members(jury)}
    if not told:
        raise Impossible("Nobody has said yes yet, so there is nobody to seat.")
    features = tuple(feature.name for feature in features_of(jury))
    people = Pool(
        features, tuple(Volunteer(n, tuple(one.values[f] for f in features)) for n, one in told.items())
    )
    source = Source(
        f"jury-{jury.pk}", jury.round.title, "who said yes", "", "held by the jury's officers", ""
    )
    called = {number: f"{number}: {one.name}" if names else number for number, one in told.items()}
    wishes = Wishes(apart=tuple(_pair(line) for line in apart.splitlines() if line.strip()))
    answer, _ = table_plan(
        PanelRead(people, called, source), even_tables(len(told), tables), sessions, wishes
    )
    seated: list[list[list[str]]] = [[[] for _ in range(tables)] for _ in range(sessions)]
    for one in answer.value.rows:
        for session, table in enumerate(one.table):
            seated[session][table - 1].append(called[one.person])
    rounds = tuple(tuple(tuple(table) for table in session) for session in seated)
    return Plan(headline(answer), working(answer), rounds)


def _members(jury: Jury) -> list[Seat]:
    if jury.erased_at:
        raise Impossible("This jury's pool is erased. Nobody can be seated any more.")
    seats = Seat.objects.filter(jury=jury, state=SeatState.ACCEPTED, draw__voided_at=None)
    return list(seats.select_related("volunteer__jury"))


def _pair(line: str) -> tuple[str, str]:
    parts = line.replace(",", " ").split()
    if len(parts) != 2:
        raise Impossible(f"“{line.strip()[:40]}” is not a pair: write two numbers, such as 12 40.")
    return parts[0], parts[1]
