"""A table plan: begun by a pattern that turns, then mended by swaps until none is left to make.

People are laid out in rows so that a row holds people alike, one for each table; from round to round each row
is turned by one table more than the row before it. Where the number of tables is a prime no smaller than a
table, nobody then meets anybody twice, and the tables are as mixed as the rows. From there the best swap of
two people is made again and again, though it be for the worse; a swap just made is not unmade for a while
(tabu search: Glover 1989; for golfers Dotú and Van Hentenryck 2005). What counts: wishes first, then how far
tables are off the shares of all values, then how often people meet again.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from fairground.errors import Impossible
from fairground.power.juries.tables import TablePlan, Tables

__all__ = ["seat"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
WISH = 1e6  # what a broken wish costs, in meetings again
# what a table that is one person off a share costs: little at first, so that all can move
EVEN = (3.0, 3.0, 8.0)
EFFORT = 100  # swaps for each person and beginning
TRIES = 3


def seat(
    tables: Tables, seed: int = 0, effort: int | None = None, told: Callable[[float], None] | None = None
) -> TablePlan:
    """Return a table plan that mixes people as well as was found.

    Parameters
    ----------
    seed : of every choice. effort : how many swaps are made for each of three beginnings; None for a hundred
        a person. told : is given the share that is done, again and again.

    Raises
    ------
    Impossible : no plan was found that keeps every wish; names those that the best one breaks.

    >>> from fairground.power.juries import Pool, Tables, Volunteer, seat
    >>> four = Pool(("side",), tuple(Volunteer(f"p{n}", ("ns"[n // 2],)) for n in range(4)))
    >>> seat(Tables(four, (2, 2), 2)).pairs()
    4
    """
    effort = EFFORT * len(tables.people.volunteers) if effort is None else effort
    best, least = None, np.inf
    for attempt in range(TRIES):
        search = _Search(tables, np.random.default_rng([seed, attempt]))
        for phase, even in enumerate(EVEN):
            search.weigh(even)
            for step in range(effort * phase // len(EVEN), effort * (phase + 1) // len(EVEN)):
                if search.best <= search.floor:
                    break
                search.step(step)
                if told and step % 100 == 0:
                    told((attempt + step / effort) / TRIES)
        if search.best < least:
            best, least = search.kept.copy(), search.best
        if least <= search.floor:
            break
    assert best is not None
    plan = TablePlan(tables, best)
    broken = plan.broken()
    if broken:
        raise Impossible("No plan was found that keeps every wish", broken[:12])
    return plan


class _Search:
    """One search: where everybody sits now, what it costs, and the best so far."""

    def __init__(self, tables: Tables, chance: np.random.Generator) -> None:
        self.tables, self.chance = tables, chance
        self.number, self.sizes = len(tables.people.volunteers), np.array(tables.sizes)
        self.values = _values(tables)
        self.wish, self.at_table = _wishes(tables)
        self.groups = tables.groups()
        self.seats = np.array([self._begun(turn) for turn in range(tables.rounds)])
        self.met = TablePlan(tables, self.seats).meetings().astype(float)
        self.tabu = np.zeros((tables.rounds, self.number, self.number), int)
        self.bounds = [_bounds(column, self.sizes) for column in self.values]
        self.floor, self.kept = _floor(tables), self.seats.copy()
        self.even, self.spent, self.best = 0.0, 0.0, 0.0

    def weigh(self, even: float) -> None:
        """Begin anew from the best so far, with another weight for tables that are off."""
        self.even, self.seats = even, self.kept.copy()
        self.met = TablePlan(self.tables, self.seats).meetings().astype(float)
        self.spent = self.best = self._cost()

    def _begun(self, turn: int) -> Counts:
        """Return a first seating of one round: fixed people, then groups, then rows that turn."""
        free, seats = self.sizes.copy(), np.full(self.number, -1)
        ids = [person.id for person in self.tables.people.volunteers]
        for number, id in enumerate(ids):
            if id in self.tables.wishes.fixed:
                seats[number] = self.tables.wishes.fixed[id] - 1
                free[seats[number]] -= 1
        for at, group in enumerate(sorted(self.groups, key=len, reverse=True)):
            rest = [number for number in group if seats[number] < 0]
            known = [seats[number] for number in group if seats[number] >= 0]
            turned = np.roll(np.arange(len(free)), at + turn)
            table = (
                known[0] if known else next((t for t in turned if free[t] >= len(rest)), int(free.argmax()))
            )
            for number in rest:
                table = table if free[table] else int(free.argmax())
                seats[number], free[table] = table, free[table] - 1
        order = self._rows()
        for place, number in enumerate(order[seats[order] < 0]):
            wanted = (place + turn * (place // len(free))) % len(free)
            table = next(t % len(free) for t in range(wanted, wanted + len(free)) if free[t % len(free)])
            seats[number], free[table] = table, free[table] - 1
        return seats

    def _rows(self) -> Counts:
        """Return people in an order that puts those who are alike side by side; the same in every round."""
        if not hasattr(self, "order"):
            keys = [self.chance.random(self.number), *reversed(self.values)]
            self.order = np.lexsort(keys)
        return self.order

    def _cost(self) -> float:
        again = (self.met * (self.met - 1) / 2)[np.triu_indices(self.number, 1)].sum()
        return float(again + sum(self._round(turn) for turn in range(len(self.seats))))

    def _round(self, turn: int) -> float:
        """Return what one round costs but for meetings: wishes, and tables that are off."""
        seats = self.seats[turn]
        same = seats[:, None] == seats[None, :]
        cost = (self.wish * same).sum() / 2 + self.at_table[np.arange(self.number), seats].sum()
        for column, (low, high) in zip(self.values, self.bounds, strict=True):
            cost += self.even * _off(_counts(column, seats, low), low, high).sum()
        return float(cost)

    def step(self, step: int) -> None:
        """Make the best swap of one round that was not just made; now and then move a whole group."""
        turn = step % len(self.seats)
        if self.groups and self.chance.random() < 0.2:
            return self._move_group(turn)
        gain = self._gains(turn)
        seats = self.seats[turn]
        gain[seats[:, None] == seats[None, :]] = np.inf
        gain[(self.tabu[turn] > step) & (gain + self.spent >= self.best - 1e-9)] = np.inf
        least = gain.min()
        if not np.isfinite(least):
            return None
        choices = np.argwhere(gain <= least + 1e-9)
        one, other = choices[self.chance.integers(len(choices))]
        self._swap(turn, one, other)
        self.spent += float(least)
        self.tabu[turn, one, other] = self.tabu[turn, other, one] = step + len(self.seats) * int(
            self.chance.integers(4, 11)
        )
        return self._keep()

    def _keep(self) -> None:
        if self.spent < self.best - 1e-9:
            self.best, self.kept = self.spent, self.seats.copy()

    def _gains(self, turn: int) -> Floats:
        """Return what the cost changes by if two people change places, shape (people, people)."""
        seats = self.seats[turn]
        sits = np.eye(len(self.sizes))[seats]
        pair = self.met - (seats[:, None] == seats[None, :]) + self.wish
        np.fill_diagonal(pair, 0)
        at = pair @ sits + self.at_table
        there = at[:, seats]  # what each costs at the table of each other
        moved = there - there.diagonal()[:, None]
        gain = moved + moved.T - 2 * pair
        for column, (low, high) in zip(self.values, self.bounds, strict=True):
            gain += self.even * _evened(column, seats, low, high)
        return np.asarray(gain)

    def _swap(self, turn: int, one: int, other: int) -> None:
        seats = self.seats[turn]
        for person, sign in ((one, -1), (other, -1)):
            self._count(seats, person, sign)
        seats[one], seats[other] = seats[other], seats[one]
        for person in (one, other):
            self._count(seats, person, 1)

    def _count(self, seats: Counts, person: int, sign: int) -> None:
        here = np.flatnonzero(seats == seats[person])
        here = here[here != person]
        self.met[person, here] += sign
        self.met[here, person] += sign

    def _move_group(self, turn: int) -> None:
        """Let a group change places with as many others of another table, if that costs no more."""
        group = list(self.groups[self.chance.integers(len(self.groups))])
        seats = self.seats[turn]
        tied = {number for others in self.groups for number in others}
        table = int(self.chance.integers(len(self.sizes)))
        there = [n for n in np.flatnonzero(seats == table) if n not in tied]
        if len(set(seats[group])) > 1 or seats[group[0]] == table or len(there) < len(group):
            return
        chosen = self.chance.choice(there, len(group), replace=False)
        before, met = seats.copy(), self.met.copy()
        for one, other in zip(group, chosen, strict=True):
            self._swap(turn, one, int(other))
        cost = self._cost()
        if cost > self.spent + 1e-9 and self.chance.random() > 0.05:
            self.seats[turn], self.met = before, met
            return
        self.spent = cost
        self._keep()


def _values(tables: Tables) -> list[Counts]:
    people = tables.people.volunteers
    columns = [[person.values[at] for person in people] for at in range(len(tables.people.features))]
    return [np.unique(column, return_inverse=True)[1] for column in columns]


def _wishes(tables: Tables) -> tuple[Floats, Floats]:
    ids = [person.id for person in tables.people.volunteers]
    at, wishes = {id: number for number, id in enumerate(ids)}, tables.wishes
    pair, table = np.zeros((len(ids), len(ids))), np.zeros((len(ids), len(tables.sizes)))
    for pairs, cost in ((wishes.apart, WISH), (tuple(wishes.together), -WISH)):
        for one, other in pairs:
            pair[at[one], at[other]] = pair[at[other], at[one]] = cost
    for id, number in wishes.fixed.items():
        table[at[id]] = WISH
        table[at[id], number - 1] = 0
    return pair, table


def _bounds(column: Counts, sizes: Counts) -> tuple[Counts, Counts]:
    """Return the fewest and most people of each value that each table should have, shape (tables, values)."""
    due = sizes[:, None] * np.bincount(column)[None, :]
    return due // len(column), -(-due // len(column))


def _counts(column: Counts, seats: Counts, low: Counts) -> Counts:
    tables, values = low.shape
    return np.bincount(seats * values + column, minlength=tables * values).reshape(tables, values)


def _off(counts: Counts, low: Counts, high: Counts) -> Floats:
    off = np.maximum(low - counts, 0) + np.maximum(counts - high, 0)
    return np.asarray(off * off, float)


def _evened(column: Counts, seats: Counts, low: Counts, high: Counts) -> Floats:
    """Return what tables are off by more if two people change places, shape (people, people)."""
    counts = _counts(column, seats, low)
    now = _off(counts, low, high)
    less, more = _off(counts - 1, low, high) - now, _off(counts + 1, low, high) - now
    gone = less[seats, column]  # one of mine leaves my table
    come = more[seats][:, column]  # one like you comes to my table
    change = gone[:, None] + come
    return np.where(column[:, None] == column[None, :], 0.0, change + change.T)


def _floor(tables: Tables) -> float:
    """Return a cost below which nothing lies: meetings again that cannot be avoided, all wishes kept."""
    groups = sum(len(group) > 1 for group in tables.groups())
    if groups or tables.met is not None:
        return -np.inf
    number, rounds = len(tables.people.volunteers), tables.rounds
    seats = rounds * sum(size * (size - 1) // 2 for size in tables.sizes)
    least, more = divmod(seats, number * (number - 1) // 2)
    every = (number * (number - 1) // 2 - more) * least * (least - 1) / 2 + more * least * (least + 1) / 2
    return float(every)
