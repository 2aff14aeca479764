"""Walks from jury to jury, one swap at a time: arrays in, arrays out, no words and no errors.

A walk is at a set of places to be called from. A step takes one of them out at random and offers another: any
place, or one that shares a value with it. Targets may be missed on the way, each person too many or too few
making a jury less likely by a factor; so every jury can be reached. The step is taken as often as Metropolis
et al. (1953) say, by which the walk stays in the long run at each set as often as its weight asks for. Those
seen when no target is missed are then juries, each as often as its weight. Chance is SplitMix64, as in
`measures.kernels`; only sums, products and comparisons are made, so every machine walks alike. The slow twin
is in `tests/power/juries/reference.py`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairground.measures.kernels import below, mixed, stream

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_S11 = np.uint64(11)
_UNIT = 1.0 / 9007199254740992.0


@njit(cache=True, inline="always")
def missed(held: int, low: int, high: int) -> int:
    """Return by how many people a row is missed."""
    if held < low:
        return low - held
    return held - high if held > high else 0


@njit(cache=True)
def sit_in_place(
    kind: int, held: Ints, low: Ints, high: Ints, begins: Ints, rows: Ints, few: Floats, many: Floats
) -> tuple[int, float]:
    """Let a person of a kind sit; return by how much more rows are missed, and how much likelier that is."""
    more, ratio = 0, 1.0
    for at in range(begins[kind], begins[kind + 1]):
        row = rows[at]
        if held[row] < low[row]:
            more, ratio = more - 1, ratio / few[row]
        elif held[row] >= high[row]:
            more, ratio = more + 1, ratio * many[row]
        held[row] += 1
    return more, ratio


@njit(cache=True)
def go_in_place(
    kind: int, held: Ints, low: Ints, high: Ints, begins: Ints, rows: Ints, few: Floats, many: Floats
) -> tuple[int, float]:
    """Let a person of a kind go; return by how much more rows are missed, and how much likelier that is."""
    more, ratio = 0, 1.0
    for at in range(begins[kind], begins[kind + 1]):
        row = rows[at]
        if held[row] > high[row]:
            more, ratio = more - 1, ratio / many[row]
        elif held[row] <= low[row]:
            more, ratio = more + 1, ratio * few[row]
        held[row] -= 1
    return more, ratio


@njit(cache=True)
def walk_in_place(
    seats: Ints, seated: Flags, held: Ints, off: int, fixed: int, steps: int, until_met: bool,
    state: np.uint64, kind_of: Ints, begins: Ints, rows: Ints, low: Ints, high: Ints, weight: Floats,
    few: Floats, many: Floats, shared: int, group_begins: Ints, groups: Ints,
) -> tuple[int, int, np.uint64]:  # fmt: skip
    """Walk so many steps; return by how much the rows are missed then, how many steps were taken, and chance.

    `fixed` seats at the front never change. `shared` is how many rows of each kind a place can be chosen by;
    `groups` are the places of each row. With `until_met` the walk ends when no row is missed.
    """
    places, free, taken = len(kind_of), len(seats) - fixed, 0
    for _ in range(steps):
        if until_met and off == 0:
            break
        state, at = below(state, np.uint64(free))
        seat = fixed + np.int64(at)
        old = seats[seat]
        kind = kind_of[old]
        state, coin = below(state, np.uint64(2 * max(shared, 1)))
        if np.int64(coin) < shared:
            row = rows[begins[kind] + np.int64(coin)]
            state, at = below(state, np.uint64(group_begins[row + 1] - group_begins[row]))
            new = groups[group_begins[row] + np.int64(at)]
        else:
            state, at = below(state, np.uint64(places))
            new = np.int64(at)
        if seated[new]:
            continue
        other = kind_of[new]
        less, out = go_in_place(kind, held, low, high, begins, rows, few, many)
        more, into = sit_in_place(other, held, low, high, begins, rows, few, many)
        ratio = weight[other] / weight[kind] * out * into
        state = state + _STEP
        if ratio < 1.0 and np.float64(mixed(state) >> _S11) * _UNIT >= ratio:
            for place in range(begins[other], begins[other + 1]):
                held[rows[place]] -= 1
            for place in range(begins[kind], begins[kind + 1]):
                held[rows[place]] += 1
            continue
        seats[seat], seated[old], seated[new] = new, False, True
        off += less + more
        taken += 1
    return off, taken, state


@njit(cache=True)
def start_in_place(
    seats: Ints, seated: Flags, held: Ints, fixed: int, state: np.uint64,
    kind_of: Ints, begins: Ints, rows: Ints, low: Ints, high: Ints,
) -> tuple[int, np.uint64]:  # fmt: skip
    """Fill the free seats with any places, each set equally likely; return by how much rows are missed."""
    seated[:] = False
    held[:] = 0
    for at in range(fixed):
        seated[seats[at]] = True
    at = fixed
    while at < len(seats):
        state, new = below(state, np.uint64(len(kind_of)))
        if not seated[np.int64(new)]:
            seats[at], seated[np.int64(new)] = np.int64(new), True
            at += 1
    for seat in seats:
        for at in range(begins[kind_of[seat]], begins[kind_of[seat] + 1]):
            held[rows[at]] += 1
    off = 0
    for row in range(len(low)):
        off += missed(held[row], low[row], high[row])
    return off, state


@njit(cache=True)
def start_each_in_place(
    seats: Ints, seated: Flags, held: Ints, off: Ints, states: NDArray[np.uint64], fixed: int,
    seed: np.uint64, kind_of: Ints, begins: Ints, rows: Ints, low: Ints, high: Ints,
) -> None:  # fmt: skip
    """Start many walks, each with a stream of chance of its own."""
    for walk in range(len(seats)):
        off[walk], states[walk] = start_in_place(
            seats[walk], seated[walk], held[walk], fixed, stream(seed, walk),
            kind_of, begins, rows, low, high,
        )  # fmt: skip


@njit(cache=True)
def walk_each_in_place(
    seats: Ints, seated: Flags, held: Ints, off: Ints, states: NDArray[np.uint64], going: Flags, fixed: int,
    steps: int, kind_of: Ints, begins: Ints, rows: Ints, low: Ints, high: Ints, weight: Floats, few: Floats,
    many: Floats, shared: int, group_begins: Ints, groups: Ints,
) -> int:  # fmt: skip
    """Let those walks that are going walk so many steps; return how many steps were taken in all."""
    taken = 0
    for walk in range(len(seats)):
        if going[walk]:
            off[walk], more, states[walk] = walk_in_place(
                seats[walk], seated[walk], held[walk], off[walk], fixed, steps, False, states[walk],
                kind_of, begins, rows, low, high, weight, few, many, shared, group_begins, groups,
            )  # fmt: skip
            taken += more
    return taken
