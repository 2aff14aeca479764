"""How many juries meet the targets: counted exactly, and any of them drawn, each as likely as its weight.

Volunteers are gone through in blocks of people who are alike in what is counted. A **state** is how many
of each value sit so far; from each state every number of the next block leads to another. Working backwards,
each state knows how many juries can still come of it. A draw then walks forwards, and takes each step as
often as juries lie behind it. All of this is in whole numbers, so no jury is likelier than it should be. A
value whose last block is done is checked and forgotten: so blocks of one value of a feature lie together.

De Azevedo and Gölz (2026), Maximally random sortition, arXiv 2604.02712, count in such a way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.kinds import Kinds

__all__ = ["Block", "Counting", "TooMany", "block_ways", "blocks_of", "by_feature", "counted", "kind_ways"]

STEPS = 1_000_000  # steps from state to state, beyond which memory and time are too much
Ints = NDArray[np.int64]


class TooMany(Exception):
    """More states than can be counted."""


@dataclass(frozen=True)
class Block:
    """Kinds that are alike in what is counted, and what choosing from them does.

    Parameters
    ----------
    kinds : numbers of the kinds. adds : for each choice how many people it adds to each counted row. ways :
        for each choice in how many ways it can be made, times their weight. mixed : the choices are nobody,
        or one person of each kind in turn; else they are 0, 1, 2 … people of any of the kinds.
    """

    kinds: tuple[int, ...]
    adds: tuple[dict[int, int], ...]
    ways: tuple[int, ...]
    mixed: bool = False


@dataclass(frozen=True, eq=False)
class Counting:
    """Every step from state to state, block by block.

    Parameters
    ----------
    steps : for each block the state that each step leaves, the one it leads to and the choice it is.
    states : how many states there are before each block, and after the last.
    """

    blocks: tuple[Block, ...]
    steps: tuple[tuple[Ints, Ints, Ints], ...]
    states: tuple[int, ...]

    def behind(self) -> list[list[int]]:
        """Return for each state how many juries can still come of it, in whole numbers."""
        found = [[1] * self.states[-1]]
        for at in range(len(self.blocks) - 1, -1, -1):
            of = self.blocks[at].ways
            here, after = [0] * self.states[at], found[-1]
            for source, target, choice in zip(*(part.tolist() for part in self.steps[at]), strict=True):
                here[source] += of[choice] * after[target]
            found.append(here)
        return found[::-1]

    def before(self) -> list[list[int]]:
        """Return for each state in how many ways it is reached, in whole numbers."""
        found = [[1] * self.states[0]]
        for at, block in enumerate(self.blocks):
            of = block.ways
            here, last = [0] * self.states[at + 1], found[-1]
            for source, target, choice in zip(*(part.tolist() for part in self.steps[at]), strict=True):
                here[target] += of[choice] * last[source]
            found.append(here)
        return found

    def takes(self, at: int) -> list[tuple[int, int]]:
        """Return for each choice of a block of single kinds whom it takes: (kind, how many)."""
        block = self.blocks[at]
        if block.mixed:
            return [(block.kinds[0], 0), *((kind, 1) for kind in block.kinds)]
        return [(block.kinds[0], n) for n in range(len(block.ways))]

    def seats(self, number: int) -> list[int]:
        """Return the seats of each kind in all juries together, in whole numbers, weights counted in."""
        found = [0] * number
        before, behind = self.before(), self.behind()
        for at, block in enumerate(self.blocks):
            takes, last, after = self.takes(at), before[at], behind[at + 1]
            for source, target, choice in zip(*(part.tolist() for part in self.steps[at]), strict=True):
                kind, people = takes[choice]
                if people:
                    found[kind] += people * block.ways[choice] * last[source] * after[target]
        return found


def by_feature(kinds: Kinds) -> list[list[int]]:
    """Return the rows of each feature's targets, the feature first that has most values."""
    found: dict[str, list[int]] = {}
    for row, name in enumerate(kinds.names):
        if name[0] == "target":
            found.setdefault(name[1], []).append(row)
    return sorted(found.values(), key=lambda rows: (-len(rows), -float(np.prod(kinds.high[rows] + 1.0))))


def blocks_of(
    kinds: Kinds, rows: Sequence[int], *, households: bool, weights: Sequence[int] | None = None
) -> list[Block]:
    """Return the blocks of a pool, so that people of one value of the first feature lie together.

    Parameters
    ----------
    rows : the rows of targets that are counted, feature by feature. households : each kind is a block of its
        own and mixed households are too; else kinds alike in what is counted are one block, and people of
        mixed households are counted as if they lived alone. weights : of a person of each kind.
    """
    weights = weights or [1] * len(kinds.units)
    mixed = [row for row, name in enumerate(kinds.names) if name[0] == "household"] if households else []
    apart = [tuple(map(int, np.flatnonzero(kinds.matrix[row]))) for row in mixed]
    seen = {kind for home in apart for kind in home}
    counts = {kind: tuple(row for row in rows if kinds.matrix[row, kind]) for kind in range(len(kinds.units))}
    found = [_household(kinds, home, counts, weights) for home in apart]
    alike: dict[tuple[object, ...], list[int]] = {}
    for kind in sorted(set(counts) - seen, key=lambda kind: counts[kind]):
        alike.setdefault((counts[kind], kind if households else -1), []).append(kind)
    for of in alike.values():
        ways = block_ways(kinds, of, weights)
        adds = tuple({0: n, **dict.fromkeys(counts[of[0]], n)} for n in range(len(ways)))
        found.append(Block(tuple(of), adds, tuple(ways)))
    return found


def _household(
    kinds: Kinds, home: tuple[int, ...], counts: dict[int, tuple[int, ...]], weights: Sequence[int]
) -> Block:
    """Return a mixed household as a block: nobody, or one person of one of its kinds."""
    must = [kind for kind in home if kinds.certain[kind]]
    ways = [0 if must else 1]
    adds: list[dict[int, int]] = [{}]
    for kind in home:
        ways.append(0 if must and kind not in must else int(kinds.people[kind]) * weights[kind])
        adds.append({0: 1, **dict.fromkeys(counts[kind], 1)})
    return Block(home, tuple(adds), tuple(ways), mixed=True)


def block_ways(kinds: Kinds, of: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return for 0, 1, 2 … people in how many ways they can be taken from these kinds, times their weight."""
    found = [1]
    for kind in of:
        found = _times(found, kind_ways(kinds, kind, weights[kind]), int(kinds.low[0]))
    return found


def kind_ways(kinds: Kinds, kind: int, weight: int) -> list[int]:
    """Return for 0, 1, 2 … people in how many ways they can be taken from one kind, times their weight."""
    homes = len(kinds.units[kind])
    each = len(kinds.units[kind][0]) * weight
    most = min(homes, int(kinds.low[0]))
    if kinds.certain[kind]:
        return [0] * homes + [each**homes]
    return [comb(homes, n) * each**n for n in range(most + 1)]


def _times(one: Sequence[int], other: Sequence[int], most: int) -> list[int]:
    found = [0] * min(len(one) + len(other) - 1, most + 1)
    for at, a in enumerate(one):
        for by, b in enumerate(other[: len(found) - at]):
            found[at + by] += a * b
    return found


class _Packed:
    """Numbers of people in rows, packed into one whole number, with a bit between them that sees a borrow."""

    def __init__(self, kinds: Kinds, rows: Sequence[int], blocks: Sequence[Block]) -> None:
        self.rows = [0, *rows]
        most = {row: sum(max(add.get(row, 0) for add in block.adds) for block in blocks) for row in self.rows}
        top = max(int(kinds.low[0]), int(kinds.low.max()), *most.values())
        self.width = top.bit_length() + 1
        self.guards = self.pack(dict.fromkeys(self.rows, 1 << (self.width - 1)))
        self.high = self.pack({row: min(int(kinds.high[row]), top) for row in self.rows}) | self.guards
        self.low = {row: int(kinds.low[row]) for row in self.rows}

    def pack(self, of_rows: dict[int, int]) -> int:
        return sum(of_rows.get(row, 0) << (at * self.width) for at, row in enumerate(self.rows))

    def ahead(self, blocks: Sequence[Block]) -> tuple[list[int], list[int]]:
        """Return for each block what must sit after it, and which rows are still kept, as packed numbers."""
        rest, need, keep = dict.fromkeys(self.rows, 0), [], []
        for block in reversed(blocks):
            last = {row for row in self.rows if not rest[row]}
            need.append(self.pack({row: max(self.low[row] - rest[row], 0) for row in self.rows}))
            keep.append(self.pack({r: (1 << self.width - 1) - 1 for r in self.rows if r not in last}))
            for row in self.rows:
                rest[row] += max(add.get(row, 0) for add in block.adds)
        return self._checked_once(need[::-1], keep[::-1]), keep[::-1]

    def _checked_once(self, need: list[int], keep: list[int]) -> list[int]:
        """Ask of a row that was forgotten nothing more: it was checked when it was."""
        everything = self.pack(dict.fromkeys(self.rows, (1 << self.width - 1) - 1))
        return [n & (keep[at - 1] if at else everything) for at, n in enumerate(need)]


def counted(kinds: Kinds, rows: Sequence[int], blocks: Sequence[Block], most: int = STEPS) -> Counting:
    """Return every state and step of these blocks, for juries that meet the targets of these rows.

    Raises
    ------
    TooMany : more than `most` steps.
    """
    packed = _Packed(kinds, rows, blocks)
    need, keep = packed.ahead(blocks)
    states, sizes, done = [0], [1], 0
    steps: list[tuple[Ints, Ints, Ints]] = []
    for at, block in enumerate(blocks):
        choices = [(packed.pack(add), n) for n, add in enumerate(block.adds) if block.ways[n]]
        layer = _layer(states, choices, packed, need[at], keep[at], most - done)
        steps.append(layer[0])
        done += len(layer[0][0])
        states = layer[1]
        sizes.append(len(states))
    return Counting(tuple(blocks), tuple(steps), tuple(sizes))


def _layer(
    states: list[int], choices: list[tuple[int, int]], packed: _Packed, need: int, keep: int, most: int
) -> tuple[tuple[Ints, Ints, Ints], list[int]]:
    """Return the steps of one block from these states, and the states that they lead to."""
    known: dict[int, int] = {}
    high, guards = packed.high, packed.guards
    sources, targets, taken = [], [], []
    for source, state in enumerate(states):
        for add, choice in choices:
            after = state + add
            if (high - after) & guards != guards or ((after | guards) - need) & guards != guards:
                continue
            sources.append(source)
            targets.append(known.setdefault(after & keep, len(known)))
            taken.append(choice)
        if len(sources) > most:
            raise TooMany
    found = (np.array(sources, np.int64), np.array(targets, np.int64), np.array(taken, np.int64))
    return found, list(known)
