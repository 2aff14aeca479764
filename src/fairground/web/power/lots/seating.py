"""Who sits at which table in each session, asked of the engine: members by number; nothing is kept.

At a later rotation of a standing jury those who stay sit with those who came.
"""

from __future__ import annotations

from collections.abc import Callable
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

# What other apps add: who stays from earlier rotations, each by what a plan calls them.
STAY: list[Callable[[Jury], list[tuple[str, Seat]]]] = []


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
    told = {number: read(seat.volunteer) for number, seat in _members(jury)}
    if not told:
        raise Impossible("Nobody has said yes yet, so there is nobody to seat.")
    features = tuple(feature.name for feature in features_of(jury))
    if not all(set(features) <= set(one.values) for one in told.values()):
        raise Impossible("Those who stay from an earlier rotation were asked other questions.")
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


def seats(jury: Jury) -> int:
    """Return how many members a jury has when it is whole: those who stay included."""
    return jury.size + sum(len(more(jury)) for more in STAY)


def _members(jury: Jury) -> list[tuple[str, Seat]]:
    """Return who sits, by number: those who came, then those who stay from earlier rotations."""
    seats = Seat.objects.filter(jury=jury, state=SeatState.ACCEPTED, draw__voided_at=None)
    own = [(str(seat.volunteer.number), seat) for seat in seats.select_related("volunteer__jury")]
    every = [*own, *(one for more in STAY for one in more(jury))]
    if jury.erased_at or any(seat.volunteer.jury.erased_at for _, seat in every):
        raise Impossible("This jury's pool is erased. Nobody can be seated any more.")
    return every


def _pair(line: str) -> tuple[str, str]:
    parts = line.replace(",", " ").split()
    if len(parts) != 2:
        raise Impossible(f"“{line.strip()[:40]}” is not a pair: write two numbers, such as 12 40.")
    return parts[0], parts[1]
