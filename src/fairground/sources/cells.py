"""Cuts a long table of plain rows into columns at once, without looking at it line by line.

Only where it is certain that every row has all its fields: a field in quotes, an empty line or a row with
another number of fields makes it give up, and the slow reader says what is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DIVIDER, LINE_END, COMMA, QUOTE = ord(";"), ord("\n"), ord(","), '"'
MOST, WORD, ROOM = 2**31 - 64, 8, 2**16
MASKS = np.array([(1 << 8 * n) - 1 for n in range(WORD + 1)], np.uint64)
ODD = np.uint64(0x9E3779B97F4A7C15)
Whole = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Gathered:
    """Ballots with the same marks together: group g marked `marks[starts[g]:starts[g + 1]]`, in order.

    `points` has one number for each mark, or is None where none were given. `repeated` ballots marked a
    project twice (it counts once), `empty` ones marked nothing.
    """

    starts: Whole
    marks: Whole
    voters: Whole
    points: Whole | None
    repeated: int
    empty: int


@dataclass(frozen=True)
class Cells:
    """The bytes of a table, and where each field ends: one row of `ends` for each row of the table."""

    data: bytes
    ends: npt.NDArray[np.int32]

    def bounds(self, place: int) -> tuple[Whole, Whole]:
        """Return where the fields of one column begin and end."""
        ends = self.ends[:, place].astype(np.int64)
        if place:
            return self.ends[:, place - 1].astype(np.int64) + 1, ends
        return np.concatenate((np.zeros(1, np.int64), self.ends[:-1, -1].astype(np.int64) + 1)), ends

    def column(self, place: int) -> list[bytes]:
        """Return the fields of one column, as bytes."""
        starts, ends = self.bounds(place)
        data = self.data
        return [data[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    def different(self, place: int) -> int:
        """Return how many different fields a column has."""
        starts, ends = self.bounds(place)
        if int((ends - starts).max(initial=0)) > WORD or b"\0" in self.data:
            return len(set(self.column(place)))
        return _different(words(self.data, starts, ends - starts)[0])

    def gathered(
        self, place: int, ids: Sequence[str], *, ordered: bool = False, points: int = -1
    ) -> Gathered | None:
        """Return the ballots of a column of marks; None where the slow reader has to look at one.

        That is: a mark that is not among `ids`, points that are no whole numbers or too many or too few, and,
        where the order or the points count, a ballot with a mark twice or with no points for any mark.

        Parameters
        ----------
        ordered : keep marks in the order in which they were written. points : the column of points, or -1.

        >>> found = cut("1;slide,park\\n2;park,slide\\n3;park,park\\n4;", 2).gathered(1, ("park", "slide"))
        >>> found.starts.tolist(), found.marks.tolist(), found.voters.tolist(), found.repeated, found.empty
        ([0, 2, 3, 3], [0, 1, 0], [2, 1, 1], 1, 1)
        """
        starts, ends = self.bounds(place)
        filled = ends > starts
        empty = len(starts) - int(filled.sum())
        tokens = _tokens(self.data, starts[filled], ends[filled])
        if b"\0" in self.data or len(ids) >= ROOM or not len(tokens[0]):
            return None
        known, owners = _known(self.data, *tokens[:2], ids), tokens[2]
        if known is None:
            return None
        if not ordered:
            return _grouped(*_sorted(known, owners), None, empty)
        if _different(owners * ROOM + known) < len(known):
            return None
        if points < 0 or not (bounds := self.bounds(points))[1].any() or (bounds[0] == bounds[1]).all():
            return _grouped(known, owners, 0, None, empty)
        worth = self._worth(bounds, filled, owners)
        if worth is None:
            return None
        kept = worth > 0
        if not kept.all() and _different(owners[kept]) < len(starts) - empty:
            return None
        return _grouped(known[kept], owners[kept], 0, worth[kept], empty)

    def _worth(self, bounds: tuple[Whole, Whole], filled: Flags, owners: Whole) -> Whole | None:
        """Return the points of each mark; None unless each ballot has one whole number for each mark."""
        starts, ends = bounds
        if ((ends > starts) != filled).any():
            return None
        begins, lengths, whose = _tokens(self.data, starts[filled], ends[filled])
        if len(whose) != len(owners) or (whose != owners).any():
            return None
        return _numbers(self.data, begins, lengths)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.ends)


def _different(numbers: npt.NDArray[np.generic]) -> int:
    """Return how many different numbers there are; sorting is faster than the table that NumPy makes."""
    ordered = numbers.copy()
    ordered.sort()
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + min(len(ordered), 1)


def words(data: bytes, starts: Whole, lengths: Whole) -> list[Codes]:
    """Return short stretches of bytes as whole numbers, eight bytes in each, the rest filled with zeros."""
    padded = np.frombuffer(data + bytes(WORD), np.uint8)
    view: Codes = np.ndarray((len(data) + 1,), "<u8", padded.data, 0, (1,))
    found = []
    for shift in range(0, max(int(lengths.max(initial=0)), 1), WORD):
        if shift:
            starts, lengths = np.minimum(starts + WORD, len(data)), np.maximum(lengths - WORD, 0)
        found.append(view.take(starts) & MASKS.take(np.minimum(lengths, WORD)))
    return found


def _tokens(data: bytes, starts: Whole, ends: Whole) -> tuple[Whole, Whole, Whole]:
    """Return where each mark begins, its length, and which ballot it is on; ballots are not empty."""
    commas = np.flatnonzero(np.frombuffer(data, np.uint8) == COMMA)
    first, last = np.searchsorted(commas, starts), np.searchsorted(commas, ends)
    counts = last - first + 1
    owners = np.repeat(np.arange(len(starts)), counts)
    stops = np.cumsum(counts)
    if len(commas) != len(owners) - len(starts):
        inside = np.zeros(len(commas) + 1, np.int64)
        np.add.at(inside, first, 1)
        np.add.at(inside, last, -1)
        commas = commas[np.cumsum(inside)[:-1] > 0]
    closing = np.zeros(len(owners), bool)
    closing[stops - 1] = True
    opening = np.concatenate((np.ones(min(len(owners), 1), bool), closing[:-1]))
    begins, finish = np.empty(len(owners), np.int64), np.empty(len(owners), np.int64)
    begins[opening], begins[~opening] = starts, commas + 1
    finish[closing], finish[~closing] = ends, commas
    return begins, finish - begins, owners


def _known(data: bytes, begins: Whole, lengths: Whole, ids: Sequence[str]) -> Whole | None:
    """Return the place of each mark among the ids, or None if one is not there; decided on every byte."""
    texts = [id.encode("utf-8", "surrogatepass") for id in ids]
    sizes = np.array([len(text) for text in texts], np.int64)
    if not len(ids) or int(lengths.max()) > int(sizes.max()) or b"\0" in b"".join(texts):
        return None
    listed = words(b"".join(texts), np.cumsum(sizes) - sizes, sizes)
    marked = words(data, begins, lengths)
    marked += [np.zeros(len(lengths), np.uint64)] * (len(listed) - len(marked))
    keys, codes = _mixed(listed), _mixed(marked)
    order = np.argsort(keys)
    found = order[np.minimum(np.searchsorted(keys, codes, sorter=order), len(ids) - 1)]
    same = all((one[found] == other).all() for one, other in zip(listed, marked, strict=True))
    return found.astype(np.int64) if same and _different(keys) == len(ids) else None


def _mixed(parts: list[Codes]) -> Codes:
    """Return one number for the numbers of a text."""
    total = parts[0].copy()
    for part in parts[1:]:
        total = (total ^ (total >> np.uint64(31))) * ODD + part
    return total


def _numbers(data: bytes, begins: Whole, lengths: Whole) -> Whole | None:
    """Return whole numbers of at most eight digits, or None if one is something else."""
    if int(lengths.max()) > WORD or int(lengths.min()) == 0:
        return None
    letters, found = np.frombuffer(data, np.uint8), np.zeros(len(begins), np.int64)
    for place in range(int(lengths.max())):
        here = np.flatnonzero(lengths > place)
        digits = letters[begins[here] + place] - np.uint8(ord("0"))
        if (digits > 9).any():
            return None
        found[here] = found[here] * 10 + digits
    return found


def _sorted(marks: Whole, owners: Whole) -> tuple[Whole, Whole, int]:
    """Return the marks of each ballot in order, each once, and how many ballots had one twice."""
    keys = owners * ROOM + marks
    if len(keys) > 1 and not (np.diff(keys) > 0).all():
        keys.sort()
    fresh = np.concatenate((np.ones(1, bool), np.diff(keys) > 0))
    repeated = 0 if fresh.all() else _different(keys[~fresh] // ROOM)
    keys = keys[fresh]
    return keys % ROOM, keys // ROOM, repeated


def _scattered(codes: Whole) -> Codes:
    """Return numbers that are far apart for whole numbers that are near each other."""
    values: Codes = (codes + 1).astype(np.uint64) * ODD
    found: Codes = (values ^ (values >> np.uint64(29))) * ODD
    return found


def _grouped(marks: Whole, owners: Whole, repeated: int, points: Whole | None, empty: int) -> Gathered | None:
    """Put ballots with the same marks together: a sum of numbers finds them, every mark confirms it."""
    counts = np.bincount(owners)
    starts = np.cumsum(counts) - counts
    steps = np.arange(len(marks)) - np.repeat(starts, counts)
    codes = marks + steps * ROOM
    values = _scattered(codes if points is None else codes ^ _scattered(points).view(np.int64))
    _, firsts, group = np.unique(np.add.reduceat(values, starts), return_index=True, return_inverse=True)
    twins = firsts[group]
    if (counts[twins] != counts).any():
        return None
    there = np.repeat(starts[twins], counts) + steps
    if any((each[there] != each).any() for each in (marks, points) if each is not None):
        return None
    order = np.argsort(firsts)
    chosen, voters = firsts[order], np.bincount(group)[order]
    kept = np.zeros(len(counts), bool)
    kept[chosen] = True
    lengths, extra = counts[chosen], np.zeros(1 if empty else 0, np.int64)
    bounds = np.cumsum(np.concatenate((np.zeros(1, np.int64), lengths, extra)))
    voters, kept = np.concatenate((voters, extra + empty)).astype(np.int64), np.repeat(kept, counts)
    return Gathered(bounds, marks[kept], voters, None if points is None else points[kept], repeated, empty)


def cut(body: str, width: int) -> Cells | None:
    """Return the cells of a table whose rows all have `width` plain fields, or None if that is not so.

    >>> cut("1;park\\n2;slide", 2).column(1)
    [b'park', b'slide']
    >>> cut("1;park\\n2", 2) is None
    True
    """
    if width < 2 or QUOTE in body or not body:
        return None
    data = body.encode("utf-8", "surrogatepass")
    letters = np.frombuffer(data, np.uint8)
    found = np.append(np.flatnonzero((letters == DIVIDER) | (letters == LINE_END)), len(data))
    if len(found) % width or len(data) > MOST:
        return None
    ends = found.reshape(-1, width).astype(np.int32)
    last = letters[ends.ravel()[:-1]] == LINE_END
    wanted = np.arange(1, len(found)) % width == 0
    return Cells(data, ends) if (last == wanted).all() else None
