"""Who sits at which table in each round: what a table plan must keep to, and how good it is.

At every table each value should be its share, rounded down or up, in every round; and over all rounds as many
different pairs as possible should meet. How many pairs can meet at most follows by counting. Where nobody
meets anybody twice, this is the social golfer problem (Harvey 1999, problem 10 of CSPLib).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput, Impossible
from fairground.power.juries.pool import Pool

__all__ = ["TablePlan", "Tables", "Wishes", "even_tables", "met_before"]

Counts = NDArray[np.int64]
MOST = 500  # people at tables


def even_tables(people: int, tables: int) -> tuple[int, ...]:
    """Return the sizes of tables that are as equal as can be.

    Raises
    ------
    BadInput : no table, or more tables than people.

    >>> from fairground.power.juries import even_tables
    >>> even_tables(23, 4)
    (6, 6, 6, 5)
    """
    if not 1 <= tables <= people:
        raise BadInput("Each table needs somebody", "tables", tables, f"1 to {people}")
    least, more = divmod(people, tables)
    return tuple(least + (at < more) for at in range(tables))


@dataclass(frozen=True)
class Wishes:
    """Who must not share a table, who must, and who must sit at which table (counted from 1).

    Raises
    ------
    BadInput : somebody with themselves.
    """

    apart: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    fixed: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        same = next((one for one, other in (*self.apart, *self.together) if one == other), None)
        if same is not None:
            raise BadInput("A wish names two people", "id", same, "two different ids")


@dataclass(frozen=True, eq=False)
class Tables:
    """People, tables of given sizes, rounds, wishes, and who has met before.

    Parameters
    ----------
    met : shape (people, people), how often two have met in rounds that were held; None for never.

    Raises
    ------
    BadInput : sizes that do not add up to the people, no round, a wish for somebody unknown or for a table
        that is not there. Impossible : wishes that contradict one another; names them.
    """

    people: Pool
    sizes: tuple[int, ...]
    rounds: int
    wishes: Wishes = Wishes()
    met: Counts | None = None

    def __post_init__(self) -> None:
        number = len(self.people.volunteers)
        if number > MOST:
            raise BadInput("So many people cannot be seated", "people", number, f"up to {MOST}")
        if not self.sizes or min(self.sizes) < 1 or sum(self.sizes) != number:
            shown = ", ".join(map(str, self.sizes))
            raise BadInput("The tables must hold everybody", "sizes", shown, f"sizes that add up to {number}")
        if not 1 <= self.rounds <= 100:
            raise BadInput("There must be a round", "rounds", self.rounds, "1 to 100")
        ids = {person.id for person in self.people.volunteers}
        named = [id for pair in (*self.wishes.apart, *self.wishes.together) for id in pair]
        stranger = next((id for id in (*named, *self.wishes.fixed) if id not in ids), None)
        if stranger is not None:
            raise BadInput("Nobody who is seated has this id", "id", stranger)
        for id, table in self.wishes.fixed.items():
            if not 1 <= table <= len(self.sizes):
                raise BadInput(f"{id} cannot sit at this table", "table", table, f"1 to {len(self.sizes)}")
        clash = tuple(self._clashes())
        if clash:
            raise Impossible("These wishes cannot be kept together", clash)

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Return the groups of people who must share a table, as numbers of people."""
        at = {person.id: number for number, person in enumerate(self.people.volunteers)}
        group = {number: {number} for number in at.values()}
        for one, other in self.wishes.together:
            joined = group[at[one]] | group[at[other]]
            for number in joined:
                group[number] = joined
        return tuple(sorted({tuple(sorted(g)) for g in group.values() if len(g) > 1}))

    def _clashes(self) -> Iterator[str]:
        ids = [person.id for person in self.people.volunteers]
        fixed = self.wishes.fixed
        for group in self.groups():
            names = {ids[number] for number in group}
            told = ", ".join(sorted(names))
            if len(group) > max(self.sizes):
                yield f"{told} must share a table, and the largest has {max(self.sizes)} seats"
            if len({fixed[id] for id in names if id in fixed}) > 1:
                yield f"{told} must share a table, and are to sit at different ones"
            for one, other in self.wishes.apart:
                if {one, other} <= names:
                    yield f"{one} and {other} must not share a table, and must"
        for one, other in self.wishes.apart:
            if one in fixed and fixed[one] == fixed.get(other):
                yield f"{one} and {other} must not share a table, and both are to sit at table {fixed[one]}"
        for table, size in enumerate(self.sizes, start=1):
            here = sorted(id for id, wanted in fixed.items() if wanted == table)
            if len(here) > size:
                told = ", ".join(here)
                yield f"{len(here)} people are to sit at table {table}, which has {size} seats: {told}"

    def most_pairs(self) -> int:
        """Return a number of different pairs that no plan can pass, by counting.

        The least of: all pairs but those kept apart; the pairs before, and as many as sit together in all
        rounds, less those that must meet again; and half the sum of how many each person can meet. Where a
        table has more seats than there are tables, some who sit there sat together in any other round.
        """
        number, rounds = len(self.people.volunteers), self.rounds
        met = np.zeros((number, number), int) if self.met is None else self.met
        before = int(np.triu(met > 0, 1).sum())
        apart = {frozenset(pair) for pair in self.wishes.apart}
        at = {person.id: n for n, person in enumerate(self.people.volunteers)}
        kept = sum(not met[at[one], at[other]] for one, other in map(tuple, apart))
        groups = [pair for group in self.groups() for pair in combinations(group, 2)]
        old = sum(bool(met[pair]) for pair in groups)
        again = len(groups) * (rounds - 1) + old
        crowded = (rounds - 1) * sum(_shared(size, len(self.sizes)) for size in self.sizes)
        seats = rounds * sum(math.comb(size, 2) for size in self.sizes)
        barred = np.zeros(number, int)
        for pair in apart:
            barred[[at[id] for id in pair if not met[tuple(at[i] for i in pair)]]] += 1
        each = np.minimum(number - 1 - barred, (met > 0).sum(axis=1) + rounds * (max(self.sizes) - 1))
        return min(math.comb(number, 2) - kept, before + seats - max(again, crowded), int(each.sum()) // 2)


def _shared(size: int, tables: int) -> int:
    """Return how many pairs of a table at least sat together in another round: its seats, over all tables."""
    least, more = divmod(size, tables)
    return more * math.comb(least + 1, 2) + (tables - more) * math.comb(least, 2)


@dataclass(frozen=True, eq=False)
class TablePlan:
    """Where everybody sits, and what comes of it.

    Parameters
    ----------
    seats : shape (rounds, people), the table of each person in each round, from 0.
    """

    tables: Tables
    seats: Counts

    def meetings(self) -> Counts:
        """Return how often each two share a table, those before included; shape (people, people)."""
        number = len(self.tables.people.volunteers)
        found = np.zeros((number, number), int) if self.tables.met is None else self.tables.met.copy()
        for row in self.seats:
            found += row[:, None] == row[None, :]
        np.fill_diagonal(found, 0)
        return found

    def pairs(self) -> int:
        """Return how many different pairs have met."""
        return int(np.triu(self.meetings() > 0, 1).sum())

    def counts(self) -> dict[tuple[str, str], Counts]:
        """Return for each value how many people with it sit at each table, shape (rounds, tables)."""
        pool, number = self.tables.people, len(self.tables.sizes)
        found = {}
        for at, feature in enumerate(pool.features):
            column = [person.values[at] for person in pool.volunteers]
            for value in dict.fromkeys(column):
                has = np.array([one == value for one in column])
                rows = [np.bincount(row[has], minlength=number) for row in self.seats]
                found[feature, value] = np.array(rows)
        return found

    def uneven(self) -> int:
        """Return by how many people tables are off the shares of all values, rounded down and up, in all."""
        sizes, people = np.array(self.tables.sizes), len(self.tables.people.volunteers)
        off = 0
        for counts in self.counts().values():
            due = counts[0].sum() * sizes
            low, high = due // people, -(-due // people)
            off += int((np.maximum(low - counts, 0) + np.maximum(counts - high, 0)).sum())
        return off

    def broken(self) -> tuple[str, ...]:
        """Return the wishes that are not kept, in words, with the round."""
        ids = [person.id for person in self.tables.people.volunteers]
        at, wishes = {id: number for number, id in enumerate(ids)}, self.tables.wishes
        found = []
        for number, row in enumerate(self.seats, start=1):
            found += [
                f"round {number}: {a} and {b} share a table"
                for a, b in wishes.apart
                if row[at[a]] == row[at[b]]
            ]
            found += [
                f"round {number}: {a} and {b} do not share a table"
                for a, b in wishes.together if row[at[a]] != row[at[b]]
            ]  # fmt: skip
            found += [
                f"round {number}: {id} is not at table {table}"
                for id, table in wishes.fixed.items() if row[at[id]] != table - 1
            ]  # fmt: skip
        return tuple(found)


def met_before(people: Pool, held: Sequence[Sequence[Sequence[str]]]) -> Counts:
    """Return how often each two people met in rounds that were held; others are passed over."""
    at = {person.id: number for number, person in enumerate(people.volunteers)}
    found = np.zeros((len(at), len(at)), int)
    for tables in held:
        for table in tables:
            here = [at[id] for id in table if id in at]
            found[np.ix_(here, here)] += 1
    np.fill_diagonal(found, 0)
    return found
