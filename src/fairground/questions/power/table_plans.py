"""Who sits at which table in each round, so that a jury mixes: the plan, and how near it is to the best.

Asks `power.juries` for a plan, and says how many different pairs meet beside the most that any plan could
give, and whether every table is as mixed as the jury.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from fairground.evidence import Answer, Method, Source, Step
from fairground.power.juries import TablePlan, Tables, Wishes, met_before, seat
from fairground.questions.power.panels import PanelRead

__all__ = ["table_plan"]

METHOD = Method(
    "jury-tables",
    "Rows that turn from round to round, mended by tabu search: wishes, then even tables, then new meetings",
    "Dotú and Van Hentenryck (2005), Scheduling social golfers locally; Glover (1989), Tabu search; CSPLib,"
    " problem 10",
)
Held = tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True)
class Seated:
    """One person, and their table in each round (counted from 1)."""

    person: str
    table: tuple[int, ...] = field(metadata={"each": "round"})


@dataclass(frozen=True)
class Spread:
    """How many people with a value sit at one table, over all tables and rounds, beside its share of a table.

    Parameters
    ----------
    uneven : by how many people tables are off the share, rounded down and up, in all.
    """

    feature: str
    value: str
    people: int
    fewest: int
    most: int
    uneven: int


@dataclass(frozen=True)
class Meetings:
    """How many pairs share a table so many times."""

    times: int
    pairs: int


@dataclass(frozen=True)
class TableAnswer:
    """A table plan and what comes of it.

    Parameters
    ----------
    first : the number of the first round of this plan. pairs : different pairs that have met by its end, in
        rounds that were held too. most : a number that no plan can pass. by_chance : what seating by chance
        would give on average. off : by how many people tables are off the shares of values, in all.
    """

    people: int
    tables: int
    rounds: int
    first: int
    pairs: int
    most: int
    by_chance: float
    off: int
    rows: tuple[Seated, ...]
    spread: tuple[Spread, ...]
    meetings: tuple[Meetings, ...]


def table_plan(
    panel: PanelRead, sizes: Sequence[int], rounds: int, wishes: Wishes, *, held: Held = (),
    held_source: Source | None = None, seed: int = 0, effort: int | None = None,
    told: Callable[[float], None] | None = None,
) -> tuple[Answer[TableAnswer], TablePlan]:  # fmt: skip
    """Answer who sits where, and return the plan as well.

    Parameters
    ----------
    held : rounds that were held already, for each the ids at each table; who met there counts. effort : how
        many swaps are tried for each of three beginnings; None for a hundred a person.

    Raises
    ------
    BadInput : sizes or wishes that do not fit the people. Impossible : wishes that cannot be kept together.
    """
    met = met_before(panel.people, held) if held else None
    tables = Tables(panel.people, tuple(sizes), rounds, wishes, met)
    plan = seat(tables, seed, effort, told)
    value = _value(plan, len(held) + 1)
    sources = (panel.source, *([held_source] if held_source else []))
    return Answer(value, METHOD, tuple(_steps(value, plan)), sources), plan


def _value(plan: TablePlan, first: int) -> TableAnswer:
    tables = plan.tables
    people = tables.people.volunteers
    times = np.bincount(plan.meetings()[np.triu_indices(len(people), 1)])
    return TableAnswer(
        len(people), len(tables.sizes), tables.rounds, first, plan.pairs(), tables.most_pairs(),
        _by_chance(tables), plan.uneven(),
        tuple(Seated(p.id, tuple(int(t) + 1 for t in plan.seats[:, n])) for n, p in enumerate(people)),
        tuple(_spread(plan)), tuple(Meetings(n, int(pairs)) for n, pairs in enumerate(times)),
    )  # fmt: skip


def _by_chance(tables: Tables) -> float:
    """Return how many different pairs meet on average if everybody is seated by chance in each round."""
    number = len(tables.people.volunteers)
    every = math.comb(number, 2)
    share = sum(math.comb(size, 2) for size in tables.sizes) / max(every, 1)
    known = 0 if tables.met is None else int(np.triu(tables.met > 0, 1).sum())
    return known + (every - known) * (1 - (1 - share) ** tables.rounds)


def _spread(plan: TablePlan) -> Iterator[Spread]:
    sizes, people = np.array(plan.tables.sizes), len(plan.tables.people.volunteers)
    for (feature, value), counts in plan.counts().items():
        number = int(counts[0].sum())
        low, high = number * sizes // people, -(-number * sizes // people)
        off = int((np.maximum(low - counts, 0) + np.maximum(counts - high, 0)).sum())
        yield Spread(feature, value, number, int(counts.min()), int(counts.max()), off)


def _steps(value: TableAnswer, plan: TablePlan) -> Iterator[Step]:
    yield Step("tables.planned", {
        "people": value.people, "tables": value.tables, "rounds": value.rounds, "pairs": value.pairs,
    })  # fmt: skip
    if value.first > 1:
        yield Step("tables.held", {"rounds": value.first - 1})
    best = {"most": value.most, "share": value.pairs / value.most if value.most else 1.0}
    yield Step("tables.best" if value.pairs == value.most else "tables.bound", best)
    yield Step("tables.by-chance", {"pairs": value.by_chance})
    again = sum(one.pairs for one in value.meetings if one.times > 1)
    if again:
        yield Step("tables.again", {"pairs": again, "times": value.meetings[-1].times})
    else:
        yield Step("tables.never-twice", {"people": value.people})
    features = ", ".join(plan.tables.people.features)
    if not features:
        yield Step("tables.no-features", {})
    elif value.off:
        worst = max(value.spread, key=lambda one: one.uneven)
        yield Step("tables.uneven", {
            "off": value.off, "features": features, "feature": worst.feature, "value": worst.value,
        })  # fmt: skip
    else:
        yield Step("tables.even", {"features": features})
    wishes = plan.tables.wishes
    number = len(wishes.apart) + len(wishes.together) + len(wishes.fixed)
    if number:
        yield Step("tables.wishes", {"wishes": number})
