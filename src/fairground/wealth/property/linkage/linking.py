"""Which entries of two lists mean the same asset, how surely, and why; and which pairs to ask about.

A council's list and a community's are compared pair by pair (`blocking`, `comparison`); people label a few
pairs; what they teach (`learning`) gives every pair a probability. Each entry of the second list is linked to
its likeliest partner, if that is likelier than not. A label always stands: what a person said is the same is
linked, what a person said is not, is not. Nothing is changed in either list: a link is a statement beside
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from fairground.errors import BadInput, NotFound
from fairground.wealth.property.linkage import blocking, comparison, learning, weights
from fairground.wealth.property.linkage.coding import Lists, coded
from fairground.wealth.property.linkage.entry import Listing
from fairground.wealth.property.linkage.whereabouts import whereabouts

__all__ = ["Label", "Link", "Linkage", "Pairs", "link", "prepare", "to_ask"]

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
UNSURE = 0.1  # from this chance on, the second-best pair of an entry may be asked about
BEFORE = (
    0.35  # how far weights without labels are trusted: fields that say one thing twice are not twice as sure
)
SCORES = 15.0
READ, FOUND, COMPARED = 60, 80, 85  # percent of `prepare`, measured on 20,000 and 4,000 entries


@dataclass(frozen=True)
class Label:
    """What a person said of a pair: its ids in the first and the second list, and if they are one.

    `same` is None where the person could not tell.
    """

    first: str
    second: str
    same: bool | None


@dataclass(frozen=True)
class Link:
    """Two entries that mean one asset: their ids, the probability, and the points of each field.

    points : field to log-odds, above what is usual among the pairs compared; above 0 speaks for the link.
    said : a person labelled this pair as the same.
    """

    first: str
    second: str
    probability: float
    points: Mapping[str, float]
    said: bool = False


@dataclass(frozen=True, eq=False)
class Pairs:
    """Two lists and the pairs of them that are worth comparing: rows, features, and scores without labels."""

    first: Listing
    second: Listing
    lists: Lists
    ones: Whole
    twos: Whole
    raw: Floats
    features: NDArray[np.float32]
    start: Floats

    def row(self, first: str, second: str) -> int:
        """Return the row of a pair, or -1 if no key brought the two together.

        Raises
        ------
        NotFound : a list has no entry of that id.
        """
        one, two = _at(self.first, first), _at(self.second, second)
        low, high = np.searchsorted(self.twos, [two, two + 1])
        at = int(low + np.searchsorted(self.ones[low:high], one))
        return at if at < high and self.ones[at] == one else -1


@dataclass(frozen=True, eq=False)
class Linkage:
    """The outcome: the links by the second list's order, and how many labels taught them.

    probability : of every pair of `pairs`, in its order. alone_first, alone_second : ids without a link.
    """

    pairs: Pairs
    links: tuple[Link, ...]
    labels: tuple[Label, ...]
    probability: Floats
    alone_first: tuple[str, ...]
    alone_second: tuple[str, ...]
    model: learning.Model | None
    beside: NDArray[np.float32]

    def points(self, first: str, second: str) -> dict[str, float]:
        """Return the points of each field of a pair; none if no key brought the two together."""
        row = self.pairs.row(first, second)
        return {} if row < 0 else _points(self.pairs, row, self.model, self.beside)


def prepare(
    first: Listing, second: Listing, *, report: Callable[[int], None] = lambda percent: None
) -> Pairs:
    """Return the pairs of two lists that are worth comparing, compared.

    Parameters
    ----------
    first, second : the lists. report : is told now and then what part of the work is done, in percent.

    >>> from fairground.wealth.property.linkage.entry import Entry
    >>> one = Listing.of("council", [Entry("1", "Mill Lane Library"), Entry("2", "Park Road Depot")])
    >>> len(prepare(one, Listing.of("people", [Entry("a", "library on Mill Ln")])).ones)
    1
    """
    lists = coded(first, second)
    report(READ)
    places = whereabouts(lists)
    ones, twos = blocking.candidates(lists, places)
    report(FOUND)
    raw = comparison.compared(lists, (ones, twos), places)
    report(COMPARED)
    levels = comparison.levels(raw)
    start = weights.learnt(levels).score(levels) if len(ones) else np.zeros(0)
    known = np.clip(start, -SCORES, SCORES).astype(np.float32)
    return Pairs(
        first, second, lists, ones, twos, raw, np.column_stack([comparison.features(raw), known]), start
    )


def link(
    pairs: Pairs, labels: Iterable[Label] = (), *, one_to_one: bool = False, surely: float = 0.5
) -> Linkage:
    """Return the links of two lists.

    Parameters
    ----------
    labels : what people said; of one pair, the last word counts.
    one_to_one : if an entry of the first list may have only one partner, because the second has no doubles.
    surely : the least probability of a link.

    Raises
    ------
    NotFound : a label names an entry that there is not. BadInput : `surely` is no probability.

    Notes
    -----
    Without labels the points are those that a person would give (`comparison.GUESS`), and no more than a
    guess.
    """
    if not 0 < surely < 1:
        raise BadInput("A probability lies between 0 and 1", "surely", surely, "such as 0.5 or 0.99")
    told = {(label.first, label.second): label for label in labels}
    rows = {key: pairs.row(*key) for key in told}
    model, beside, score = _learnt(pairs, told, rows)
    chance = np.asarray(1 / (1 + np.exp(-np.clip(score, -40, 40))))
    for key, row in rows.items():
        if row >= 0 and told[key].same is not None:
            chance[row] = 1.0 if told[key].same else 0.0
    chosen = _one_to_one(pairs, chance, surely) if one_to_one else _likeliest(pairs, chance, surely)
    links = [*_links(pairs, chosen, chance, model, beside, told), *_said_only(told, rows)]
    links.sort(key=lambda one: (one.second, one.first))
    has_first, has_second = {one.first for one in links}, {one.second for one in links}
    return Linkage(
        pairs, tuple(links), tuple(told.values()), chance,
        tuple(e.id for e in pairs.first.entries if e.id not in has_first),
        tuple(e.id for e in pairs.second.entries if e.id not in has_second),
        model, beside,
    )  # fmt: skip


def to_ask(linkage: Linkage, number: int, *, seed: int) -> tuple[tuple[str, str], ...]:
    """Return the pairs whose labels would teach most: those about which the links are least sure.

    Parameters
    ----------
    number : how many. seed : of the draw, in which a pair of chance p has the weight p (1 − p).

    Notes
    -----
    Uncertainty sampling (D. D. Lewis and W. A. Gale, SIGIR 1994), drawn and not the very nearest to a half,
    so that one kind of doubt does not fill the list. Before labels of both answers, pairs are taken evenly
    from the least to the most alike.
    """
    pairs, chance = linkage.pairs, linkage.probability
    if number < 1:
        raise BadInput("The number of pairs to ask about must be one or more", "number", number)
    asked = {pairs.row(label.first, label.second) for label in linkage.labels}
    best, second = _ranked(pairs.twos, chance)
    pool = np.concatenate([best, second[chance[second] > UNSURE]])
    pool = np.array([row for row in pool if row not in asked], np.int64)
    weight = chance[pool] * (1 - chance[pool]) + 1e-9
    draw = np.random.default_rng(seed).exponential(size=len(pool)) / weight
    rows = pool[np.argsort(draw, kind="stable")[:number]]
    return tuple(
        (pairs.first.entries[pairs.ones[r]].id, pairs.second.entries[pairs.twos[r]].id) for r in rows
    )


def _at(listing: Listing, id_: str) -> int:
    low, high = 0, len(listing.entries)
    while low < high:
        middle = (low + high) // 2
        if listing.entries[middle].id < id_:
            low = middle + 1
        else:
            high = middle
    if low == len(listing.entries) or listing.entries[low].id != id_:
        raise NotFound(f"The list “{listing.name}” has no entry of that id", "id", id_)
    return low


def _learnt(
    pairs: Pairs, told: Mapping[tuple[str, str], Label], rows: Mapping[tuple[str, str], int]
) -> tuple[learning.Model | None, NDArray[np.float32], Floats]:
    known = sorted(
        (rows[key], label.same) for key, label in told.items() if label.same is not None and rows[key] >= 0
    )
    if not len(pairs.ones):
        return None, np.zeros((0, 4), np.float32), np.zeros(0)
    labelled = np.array([row for row, _ in known], np.int64)
    same = np.array([one for _, one in known], np.bool_)
    return learning.learn(pairs.features, (pairs.ones, pairs.twos), labelled, same)


def _ranked(entry: Whole, score: Floats) -> tuple[Whole, Whole]:
    """Return the rows of the best pair of each entry, and of the second best where there is one."""
    order = np.lexsort((np.arange(len(score)), -score, entry))
    first = np.ones(len(order), np.bool_)
    first[1:] = entry[order][1:] != entry[order][:-1]
    second = np.zeros(len(order), np.bool_)
    second[1:] = first[:-1] & ~first[1:]
    return order[first], order[second]


def _likeliest(pairs: Pairs, chance: Floats, surely: float) -> Whole:
    best, _ = _ranked(pairs.twos, chance)
    return best[chance[best] >= surely]


def _one_to_one(pairs: Pairs, chance: Floats, surely: float) -> Whole:
    """Return pairs, no entry twice, as many as can be and then of the most log-odds, group by group."""
    rows = np.flatnonzero(chance >= surely)
    gain = np.log(np.clip(chance[rows], 1e-9, 1 - 1e-9) / np.clip(1 - chance[rows], 1e-9, 1)) + 50
    size = len(pairs.first) + len(pairs.second)
    ends = pairs.ones[rows], pairs.twos[rows] + len(pairs.first)
    _, group = connected_components(coo_array((np.ones(len(rows)), ends), shape=(size, size)), directed=False)
    chosen = []
    order = np.argsort(group[ends[0]], kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(group[ends[0]][order])) + 1):
        ones, one_at = np.unique(pairs.ones[rows[part]], return_inverse=True)
        twos, two_at = np.unique(pairs.twos[rows[part]], return_inverse=True)
        worth = np.zeros((len(ones), len(twos)))
        worth[one_at, two_at] = gain[part]
        at = np.full(worth.shape, -1)
        at[one_at, two_at] = rows[part]
        picked = at[linear_sum_assignment(worth, maximize=True)]
        chosen += picked[picked >= 0].tolist()
    return np.array(sorted(chosen), np.int64)


def _links(
    pairs: Pairs, chosen: Whole, chance: Floats, model: learning.Model | None, beside: NDArray[np.float32],
    told: Mapping[tuple[str, str], Label],
) -> list[Link]:  # fmt: skip
    out = []
    for row in chosen.tolist():
        key = pairs.first.entries[pairs.ones[row]].id, pairs.second.entries[pairs.twos[row]].id
        said = key in told and told[key].same is True
        out.append(Link(*key, float(chance[row]), _points(pairs, row, model, beside), said))
    return out


def _points(
    pairs: Pairs, row: int, model: learning.Model | None, beside: NDArray[np.float32]
) -> dict[str, float]:
    """Return the points of each field, above what is usual among the pairs compared."""
    points: dict[str, float] = {}
    if model is not None:
        parts = (np.concatenate([pairs.features[row], beside[row]]) - model.usual) * model.weight
        for field, part in zip((*comparison.FIELDS, *comparison.RIVALS), parts.tolist(), strict=True):
            points[field] = points.get(field, 0.0) + part
    return {field: round(value, 3) for field, value in points.items()}


def _said_only(told: Mapping[tuple[str, str], Label], rows: Mapping[tuple[str, str], int]) -> list[Link]:
    """Return what people said is the same although no key brought the two together."""
    return [Link(*key, 1.0, {}, True) for key, label in told.items() if label.same and rows[key] < 0]
