"""The loops of comparing two lists, compiled: who share rare words, who stand near, and how pairs differ.

Arrays in, arrays out. The first list is asked about each entry of the second. Each loop has a slow plain twin
in the tests. `coding` says what the arrays hold and `comparison` what the columns mean.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from fairground.wealth.property.linkage.coding import Coded, Words

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
UNSURE, AWAY, OTHER_KIND = (
    0.75,
    0.4,
    0.6,
)  # what is left of likeness: place not known, far away, no kind shared
SLIP = 0.85  # how much of a word's weight counts when it is found with one slip


@njit(cache=True)
def postings(words: Words, vocabulary: int) -> Words:
    """Return for each word the entries that have it."""
    start = np.zeros(vocabulary + 1, np.int64)
    for word in words.word:
        start[word + 1] += 1
    start = np.cumsum(start)
    fill, entry = start.copy(), np.empty(len(words.word), np.int64)
    for i in range(len(words.start) - 1):
        for k in range(words.start[i], words.start[i + 1]):
            entry[fill[words.word[k]]] = i
            fill[words.word[k]] += 1
    return Words(start, entry)


@njit(cache=True)
def lengths(words: Words, weight: Floats) -> Floats:
    """Return the length of each entry as a vector of its words' weights."""
    out = np.zeros(len(words.start) - 1)
    for i in range(len(out)):
        for k in range(words.start[i], words.start[i + 1]):
            out[i] += weight[words.word[k]] ** 2
    return np.sqrt(out)


@njit(cache=True)
def most_alike(
    second: Words, have: Words, near: Words, weight: Floats, length: Floats, where: Floats, there: Floats,
    kinds: Whole, wanted: Whole, most: int, commonest: int, far: float,
) -> tuple[Whole, Whole]:  # fmt: skip
    """Return pairs (entry of the first, entry of the second): for each of the second, the `most` most alike.

    Alike is the cosine of their clues' weights, halved where one is roughly known to stand `far` metres from
    the other (`where` and `there` are east, north and spread), and less by a quarter where that is not known.
    Clues that more than `commonest` entries have are passed over. Of equals, the earlier entry is taken.
    """
    score, touched = np.zeros(len(length)), np.empty(len(length), np.int64)
    ones, twos = (
        np.empty(most * (len(second.start) - 1), np.int64),
        np.empty(most * (len(second.start) - 1), np.int64),
    )
    total = 0
    for i in range(len(second.start) - 1):
        reached = 0
        for k in range(second.start[i], second.start[i + 1]):
            word = second.word[k]
            reached = _reach(word, 1.0, have, weight, commonest, score, touched, reached)
            if word >= len(near.start) - 1:
                continue
            for n in range(near.start[word], near.start[word + 1]):
                reached = _reach(near.word[n], SLIP, have, weight, commonest, score, touched, reached)
        for n in range(reached):
            j = touched[n]
            metres = np.hypot(where[j, 0] - there[i, 0], where[j, 1] - there[i, 1])
            score[j] *= (UNSURE if np.isnan(metres) else AWAY if metres > far else 1.0) / length[j]
            if kinds[j] & wanted[i] == 0:
                score[j] *= OTHER_KIND
        for _ in range(min(most, reached)):
            best = _best(score, touched[:reached])
            if best < 0:
                break
            ones[total], twos[total] = best, i
            total += 1
            score[best] = 0
        for n in range(reached):
            score[touched[n]] = 0
    return ones[:total], twos[:total]


@njit(cache=True)
def _best(score: Floats, among: Whole) -> int:
    """Return the entry with the highest score above nothing; of equals the earliest; -1 if there is none."""
    best = -1
    for j in among:
        if score[j] > 0 and (best < 0 or score[j] > score[best] or (score[j] == score[best] and j < best)):
            best = j
    return best


@njit(cache=True)
def _reach(
    word: int, share: float, have: Words, weight: Floats, commonest: int, score: Floats, touched: Whole,
    reached: int,
) -> int:  # fmt: skip
    if have.start[word + 1] - have.start[word] > commonest:
        return reached
    for k in range(have.start[word], have.start[word + 1]):
        j = have.word[k]
        if score[j] == 0:
            touched[reached] = j
            reached += 1
        score[j] += share * weight[word] ** 2 + 1e-12
    return reached


@njit(cache=True)
def standing_near(
    cell_start: Whole, in_cell: Whole, cells: Whole, first: Coded, second: Coded, reach: float, most: int
) -> tuple[Whole, Whole]:
    """Return pairs within `reach` metres: for each entry of the second, at most the `most` nearest.

    `cells` has for each entry of the second the nine cells around it (-1: none), as rows of `cell_start`.
    """
    ones, twos = np.empty(most * len(cells), np.int64), np.empty(most * len(cells), np.int64)
    who, how_far, total = np.empty(most + 1, np.int64), np.empty(most + 1), 0
    for i in range(len(cells)):
        kept = 0
        for c in cells[i]:
            if c < 0:
                continue
            for k in range(cell_start[c], cell_start[c + 1]):
                j = in_cell[k]
                metres = np.hypot(first.east[j] - second.east[i], first.north[j] - second.north[i])
                if metres > reach:
                    continue
                at = kept
                while at > 0 and (
                    how_far[at - 1] > metres or (how_far[at - 1] == metres and who[at - 1] > j)
                ):
                    who[at], how_far[at] = who[at - 1], how_far[at - 1]
                    at -= 1
                who[at], how_far[at] = j, metres
                kept = min(kept + 1, most)
        for k in range(kept):
            ones[total], twos[total] = who[k], i
            total += 1
    return ones[:total], twos[:total]


@njit(cache=True)
def _share(word: int, words: Words, i: int, near: Words) -> float:
    """Return how far an entry has a word: 1 if it has, less if with a slip, 0 if not."""
    found = 0.0
    for k in range(words.start[i], words.start[i + 1]):
        if words.word[k] == word:
            return 1.0
        for n in range(near.start[word], near.start[word + 1]):
            if near.word[n] == words.word[k]:
                found = SLIP
    return found


@njit(cache=True)
def _found(mine: Words, i: int, yours: Words, j: int, near: Words, weight: Floats) -> tuple[float, float]:
    """Return the weight of my words that you have, and of those that you have not."""
    has, lacks = 0.0, 0.0
    for k in range(mine.start[i], mine.start[i + 1]):
        word = mine.word[k]
        share = _share(word, yours, j, near)
        has += share * weight[word]
        lacks += (1 - share) * weight[word]
    return has, lacks


@njit(cache=True)
def _postcode(one: Whole, two: Whole) -> tuple[float, float]:
    """Return how many parts of two postcodes agree (-1: one is missing), and if the next part differs."""
    if one[0] < 0 or two[0] < 0:
        return -1.0, 0.0
    for part in range(4):
        if one[part] < 0 or two[part] < 0:
            return float(part), 0.0
        if one[part] != two[part]:
            return float(part), 1.0
    return 4.0, 0.0


@njit(cache=True)
def _bits(value: int) -> int:
    number = 0
    while value:
        value &= value - 1
        number += 1
    return number


@njit(cache=True)
def _numbers(mine: Words, i: int, yours: Words, j: int) -> float:
    """Return 1 if two entries share a number, -1 if both have numbers and share none, else 0."""
    if mine.start[i] == mine.start[i + 1] or yours.start[j] == yours.start[j + 1]:
        return 0.0
    for k in range(mine.start[i], mine.start[i + 1]):
        for n in range(yours.start[j], yours.start[j + 1]):
            if mine.word[k] == yours.word[n]:
                return 1.0
    return -1.0


@njit(cache=True)
def compare(
    ones: Whole, twos: Whole, first: Coded, second: Coded, near: Words, weight: Floats, where: Floats,
    there: Floats,
) -> Floats:  # fmt: skip
    """Return the comparison of each pair as `comparison.COLUMNS`: an array of pairs by columns."""
    out = np.empty((len(ones), 21))
    for p in range(len(ones)):
        a, b = ones[p], twos[p]
        out[p, 0], out[p, 1] = _found(first.name, a, second.text, b, near, weight)
        out[p, 2], out[p, 3] = _found(second.name, b, first.text, a, near, weight)
        out[p, 4], out[p, 5] = _found(first.name, a, second.name, b, near, weight)
        out[p, 6], out[p, 7] = _found(first.address, a, second.text, b, near, weight)
        out[p, 8], out[p, 9] = _found(second.address, b, first.text, a, near, weight)
        out[p, 10] = _numbers(first.number, a, second.number, b)
        out[p, 11] = _bits(first.kinds[a] & second.kinds[b])
        out[p, 12] = _bits(first.kinds[a] & ~second.kinds[b])
        out[p, 13] = _bits(second.kinds[b] & ~first.kinds[a])
        out[p, 14], out[p, 15] = _postcode(first.postcode[a], second.postcode[b])
        out[p, 16] = np.hypot(first.east[a] - second.east[b], first.north[a] - second.north[b])
        known = first.uprn[a] >= 0 and second.uprn[b] >= 0
        out[p, 17] = 0.0 if not known else 1.0 if first.uprn[a] == second.uprn[b] else -1.0
        out[p, 18] = _found(second.name, b, first.name, a, near, weight)[0]
        out[p, 19] = np.hypot(where[a, 0] - there[b, 0], where[a, 1] - there[b, 1])
        out[p, 20] = where[a, 2] + there[b, 2]
    return out


@njit(cache=True)
def best_rival(score: Floats, entry: Whole, alone: float) -> Floats:
    """Return for each pair the best score of another pair of the same entry, or its own less `alone`."""
    size = entry.max() + 1 if len(entry) else 0
    best, second = np.full(size, -np.inf), np.full(size, -np.inf)
    for p in range(len(entry)):
        e, s = entry[p], score[p]
        if s > best[e]:
            best[e], second[e] = s, best[e]
        elif s > second[e]:
            second[e] = s
    out = np.empty(len(entry))
    for p in range(len(entry)):
        rival = second[entry[p]] if score[p] == best[entry[p]] else best[entry[p]]
        out[p] = rival if rival > -np.inf else score[p] - alone
    return out
