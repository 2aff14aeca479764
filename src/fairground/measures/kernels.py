"""The arithmetic that must be fast: shuffles, resamples and pair sums, with no words and no errors.

Chance comes from SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
2014), written out here so that a seed gives the same answer on every machine and with every version of NumPy.
Draws below n are made without bias as in Lemire, "Fast random integer generation in an interval", ACM
TOMACS 29(1), 2019. Each resample has a stream of its own, so the first hundred of a thousand are the hundred.
Pair sums go through values in rising order with running totals, so that n squared pairs cost n steps. Every
function has a slow plain twin in `tests/measures/reference.py`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S32, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32), np.uint64(11)
_LOW = np.uint64(0xFFFFFFFF)
_TWO_32 = np.uint64(1 << 32)


@njit(cache=True)
def mixed(state: np.uint64) -> np.uint64:
    """Return 64 well-stirred bits."""
    z = (state ^ (state >> _S30)) * _MIX_1
    z = (z ^ (z >> _S27)) * _MIX_2
    return z ^ (z >> _S31)


@njit(cache=True)
def stream(seed: np.uint64, number: int) -> np.uint64:
    """Return the first state of a numbered stream of a seed."""
    return mixed(mixed(seed + _STEP) ^ mixed(np.uint64(number) + _STEP))


@njit(cache=True)
def below(state: np.uint64, n: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Return the next state and a whole number from 0 up to n - 1, each equally likely; n under 2^32."""
    state = state + _STEP
    product = (mixed(state) >> _S32) * n
    if (product & _LOW) < n:
        least = (_TWO_32 - n) % n
        while (product & _LOW) < least:
            state = state + _STEP
            product = (mixed(state) >> _S32) * n
    return state, product >> _S32


@njit(cache=True, inline="always")
def picked(state: np.uint64, i: int, n: int) -> tuple[np.uint64, np.int64]:
    """Return which of the places i to n - 1 a fair shuffle (Fisher and Yates) swaps with place i."""
    state, step = below(state, np.uint64(n - i))
    return state, i + np.int64(step)


@njit(cache=True)
def uniforms(n: int, seed: np.uint64, number: int) -> Floats:
    """Return n numbers strictly between 0 and 1."""
    out = np.empty(n)
    state = stream(seed, number)
    for i in range(n):
        state = state + _STEP
        out[i] = (float(mixed(state) >> _S11) + 0.5) / 9007199254740992.0
    return out


@njit(cache=True)
def shuffled_sums(
    labels: Labels, people: Floats, amounts: Floats, count: int, times: int, seed: np.uint64
) -> Floats:
    """Shuffle the labels `times` over; return each group's sums of people and amounts, (times, 2, count)."""
    n = labels.size
    held = labels.copy()
    out = np.zeros((times, 2, count))
    for k in range(times):
        state = stream(seed, k)
        for i in range(n):
            state, j = picked(state, i, n)
            group = held[j]
            held[j] = held[i]
            held[i] = group
            out[k, 0, group] += people[i]
            out[k, 1, group] += amounts[i]
    return out


@njit(cache=True)
def drawn(rows: Labels, starts: Labels, counts: Labels, seed: np.uint64, number: int) -> None:
    """Fill `counts` with how often each row is drawn, drawing as many from each stratum as it holds.

    Draws come in twos, from the upper and the lower half of the same 64 bits; a half that would lean is drawn
    again. A single stratum is its rows in order, so `rows` is not looked up.
    """
    counts[:] = 0
    state = stream(seed, number)
    single = starts.size == 2
    for stratum in range(starts.size - 1):
        first = np.uint64(starts[stratum])
        size = np.uint64(starts[stratum + 1]) - first
        if size == 0:
            continue
        least = (_TWO_32 - size) % size
        for _ in range(size >> np.uint64(1)):
            state = state + _STEP
            bits = mixed(state)
            one, two = (bits >> _S32) * size, (bits & _LOW) * size
            at, to = one >> _S32, two >> _S32
            if (one & _LOW) < least:
                state, at = below(state, size)
            if (two & _LOW) < least:
                state, to = below(state, size)
            if single:
                counts[at] += 1
                counts[to] += 1
            else:
                counts[rows[first + at]] += 1
                counts[rows[first + to]] += 1
        if size & np.uint64(1):
            state, at = below(state, size)
            counts[rows[first + at]] += 1


@njit(cache=True)
def resampled_gini(
    rows: Labels, starts: Labels, weights: Floats, away: Floats, times: int, seed: np.uint64
) -> Floats:
    """Return the Gini of each resample (NaN where its mean is 0); `away` is y/mean - 1 in rising order."""
    out = np.empty(times)
    counts = np.zeros(weights.size, np.int32)
    for k in range(times):
        drawn(rows, starts, counts, seed, k)
        whole, first, pairs = 0.0, 0.0, 0.0
        for i in range(counts.size):
            people = counts[i] * weights[i]
            amount = people * away[i]
            pairs += amount * (2.0 * whole + people)
            whole += people
            first += amount
        mean = whole + first
        out[k] = max(0.0, (pairs - first * whole) / (whole * mean)) if mean > 0.0 else np.nan
    return out


@njit(cache=True)
def block_pairs(labels: Labels, p: Floats, r: Floats, count: int) -> float:
    """Return the sum of p_i p_j |r_i - r_j| over pairs i < j of one label; r in rising order."""
    people, amount, total = np.zeros(count), np.zeros(count), 0.0
    for i in range(labels.size):
        g = labels[i]
        total += p[i] * (r[i] * people[g] - amount[g])
        people[g] += p[i]
        amount[g] += p[i] * r[i]
    return total


@njit(cache=True)
def shuffled_block_pairs(
    labels: Labels, p: Floats, r: Floats, count: int, times: int, seed: np.uint64
) -> Floats:
    """Shuffle the labels `times` over; return (times, 2): `block_pairs`, and the sum of p_i p_j alone."""
    n = labels.size
    held = labels.copy()
    out = np.zeros((times, 2))
    people, amount = np.empty(count), np.empty(count)
    for k in range(times):
        state = stream(seed, k)
        people[:] = 0.0
        amount[:] = 0.0
        total, pairs = 0.0, 0.0
        for i in range(n):
            state, j = picked(state, i, n)
            g = held[j]
            held[j] = held[i]
            held[i] = g
            total += p[i] * (r[i] * people[g] - amount[g])
            pairs += p[i] * people[g]
            people[g] += p[i]
            amount[g] += p[i] * r[i]
        out[k, 0], out[k, 1] = total, pairs
    return out


@njit(cache=True)
def edge_pairs(starts: Labels, ends: Labels, p: Floats, r: Floats) -> tuple[float, float]:
    """Return half the sums of p_i p_j |r_i - r_j| and of p_i p_j over edges from i to j."""
    total, pairs = 0.0, 0.0
    for i in range(starts.size - 1):
        here, people = 0.0, 0.0
        for e in range(starts[i], starts[i + 1]):
            j = ends[e]
            here += p[j] * abs(r[i] - r[j])
            people += p[j]
        total += p[i] * here
        pairs += p[i] * people
    return total / 2.0, pairs / 2.0


@njit(cache=True)
def shuffled_edge_pairs(
    starts: Labels, ends: Labels, p: Floats, r: Floats, times: int, seed: np.uint64
) -> Floats:
    """Move the places about `times` over, each with its people; return (times, 2) of `edge_pairs`."""
    n = p.size
    people, values = p.copy(), r.copy()
    out = np.empty((times, 2))
    for k in range(times):
        state = stream(seed, k)
        for i in range(n):
            state, j = picked(state, i, n)
            people[i], people[j] = people[j], people[i]
            values[i], values[j] = values[j], values[i]
        out[k, 0], out[k, 1] = edge_pairs(starts, ends, people, values)
    return out


@njit(cache=True)
def overlapping_pairs(labels: Labels, p: Floats, r: Floats, means: Floats) -> float:
    """Return the overlap of groups: pairs in which the one of the poorer group has more, counted twice.

    Sum of p_i p_j (|r_i - r_j| - (the part that the groups' means explain)), r in rising order.
    """
    count = means.size
    people, amount, total = np.zeros(count), np.zeros(count), 0.0
    for i in range(labels.size):
        g = labels[i]
        for h in range(count):
            if h != g and means[h] >= means[g]:
                share = 2.0 if means[h] > means[g] else 1.0
                total += share * p[i] * (r[i] * people[h] - amount[h])
        people[g] += p[i]
        amount[g] += p[i] * r[i]
    return total
