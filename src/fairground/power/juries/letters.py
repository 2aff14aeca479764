"""Which addresses get a letter: how many in each part of the place, and which, as public values decide.

Where few answer, few volunteer, and letters can make up for it. With the same part of addresses everywhere,
chances of a letter are equal. With letters in inverse proportion to answers, chances that an address is in
the pool are; Flanigan, Gölz, Gupta and Procaccia (2020), Neutralizing self-selection bias in sampling for
sortition, weigh volunteers so, and here the letters do it before anybody has answered. Or the fewest letters
are sought whose volunteers are so many times the targets.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput, Impossible, NotFound
from fairground.power.juries.draw import picked
from fairground.power.juries.pool import Target
from fairground.power.juries.solver import INFINITE, Program

__all__ = ["WAYS", "LetterWay", "Stratum", "chosen_addresses", "fewest_letters", "share_letters"]

Floats = NDArray[np.float64]
MOST = 65_536  # draws that RFC 3797 can tell apart
LEAST = 0.5  # of the mean chance of a letter, that every address keeps where letters are few


@dataclass(frozen=True)
class Stratum:
    """A part of the place: its addresses, how many letters bring a volunteer, and what volunteers are like.

    Parameters
    ----------
    rate : volunteers for each letter, 0 to 1. makeup : for each feature and value the share of volunteers
        with it. people : grown-ups at an address, on average.

    Raises
    ------
    BadInput : numbers that cannot be; shares of a feature that do not add up to 1.
    """

    name: tuple[str, ...]
    addresses: int
    rate: float
    makeup: Mapping[tuple[str, str], float] = field(default_factory=dict)
    people: float = 1.0

    def __post_init__(self) -> None:
        told = " ".join(self.name) or "The place"
        if self.addresses < 1:
            raise BadInput(f"{told} has no address", "addresses", self.addresses, "1 or more")
        if not 0 < self.rate <= 1:
            what = f"{told}: the letters that bring a volunteer are a share of all letters"
            raise BadInput(what, "rate", self.rate, "above 0, up to 1")
        if not self.people > 0:
            raise BadInput(f"{told}: somebody lives at an address", "people", self.people, "above 0")
        for feature in dict.fromkeys(feature for feature, _ in self.makeup):
            total = sum(part for (name, _), part in self.makeup.items() if name == feature)
            if abs(total - 1) > 0.01:
                what = f"{told}: the shares of volunteers must add up to 1"
                raise BadInput(what, feature, f"{total:g}", "0.99 to 1.01")


def _equal(strata: Sequence[Stratum], letters: int, _targets: Sequence[Target]) -> Floats:
    """Return the same part of the addresses everywhere."""
    return np.array([one.addresses for one in strata]) * letters / sum(one.addresses for one in strata)


def _evened(strata: Sequence[Stratum], letters: int, _targets: Sequence[Target]) -> Floats:
    """Return letters by which every address is as likely to be in the pool, as far as there are addresses."""
    room = np.array([one.addresses for one in strata], float)
    wanted = room / np.array([one.rate for one in strata])
    full = np.zeros(len(strata), bool)
    while True:
        left = letters - room[full].sum()
        share = np.where(full, room, wanted * left / max(wanted[~full].sum(), 1e-300))
        over = ~full & (share > room)
        if not over.any():
            return np.asarray(share)
        full |= over


def _to_targets(strata: Sequence[Stratum], letters: int, targets: Sequence[Target]) -> Floats:
    """Return letters by which the value that is shortest of volunteers has as many as can be.

    Of all such ways the one whose highest chance of a letter is lowest; and nobody's is below half the mean.
    """
    gives, wanted = _gives(strata, targets)
    room = np.array([one.addresses for one in strata], float)
    floor = LEAST * room * letters / room.sum()
    number, rows = len(strata), len(wanted)
    matrix = np.block([
        [gives, -wanted[:, None], np.zeros((rows, 1))],
        [np.ones((1, number)), np.zeros((1, 2))],
        [np.eye(number), np.zeros((number, 1)), -room[:, None]],
    ])  # fmt: skip
    low = np.concatenate([np.zeros(rows), [letters], np.full(number, -INFINITE)])
    high = np.concatenate([np.full(rows, INFINITE), [letters], np.zeros(number)])
    program = Program(matrix, low, high, np.append(floor, [0, 0]), np.append(room, [INFINITE, 1]))
    program.costs(np.concatenate([np.zeros(number), [1, 0]]))
    first = program.solve()
    if first is None:
        raise ArithmeticError("letters could not be shared, which cannot be")
    program.bound(number, first[number] * (1 - 1e-9), INFINITE)
    program.costs(np.concatenate([np.zeros(number + 1), [-1]]))
    second = program.solve()
    return np.asarray((first if second is None else second)[:number])


def fewest_letters(strata: Sequence[Stratum], targets: Sequence[Target], times: float) -> int:
    """Return the fewest letters by which so many times the middle of each target volunteer on average.

    No address has less than half the mean chance of a letter.

    Raises
    ------
    Impossible : not even letters to every address are enough; names the values.

    >>> from fairground.power.juries import Stratum, Target, fewest_letters
    >>> north = Stratum(("n",), 900, 0.1, {("side", "n"): 1.0})
    >>> towns = [north, Stratum(("s",), 100, 0.1, {("side", "s"): 1.0})]
    >>> fewest_letters(towns, [Target("side", "n", 2, 2), Target("side", "s", 2, 2)], 4)
    160
    """
    gives, wanted = _gives(strata, targets)
    room = np.array([one.addresses for one in strata], float)
    short = [
        f"{t.feature} {t.value}: {have:.1f} volunteers expected, and {times:g} times {need:g} wanted"
        for t, have, need in zip(_asked(targets), gives @ room, wanted, strict=True)
        if have < times * need - 1e-9
    ]  # fmt: skip
    if short:
        raise Impossible("Not even letters to every address bring so many volunteers", tuple(short))
    number = len(strata)
    matrix = np.vstack([gives, np.eye(number) - LEAST * np.outer(room, np.ones(number)) / room.sum()])
    low = np.append(times * wanted, np.zeros(number))
    program = Program(matrix, low, np.full(len(low), INFINITE), np.zeros(number), room)
    program.costs(-np.ones(number))
    found = program.solve()
    if found is None:
        raise Impossible("No letters bring so many volunteers", (f"{times:g} times the targets are wanted",))
    return math.ceil(float(found.sum()) - 1e-6)


def _asked(targets: Sequence[Target]) -> list[Target]:
    return [target for target in targets if target.low + target.high > 0]


def _gives(strata: Sequence[Stratum], targets: Sequence[Target]) -> tuple[Floats, Floats]:
    """Return volunteers of each wanted value for a letter to each stratum, and the middle of its target."""
    asked = _asked(targets)
    if not asked:
        raise BadInput("There are no targets to send letters for", allowed="a table of targets")
    names = [(target.feature, target.value) for target in asked]
    gives = np.array([[one.rate * one.makeup.get(name, 0.0) for one in strata] for name in names])
    return gives, np.array([(target.low + target.high) / 2 for target in asked])


@dataclass(frozen=True)
class LetterWay:
    """One way to share letters out: its name, what it does in words, and where it is from."""

    id: str
    name: str
    does: str
    reference: str
    run: Callable[[Sequence[Stratum], int, Sequence[Target]], Floats]


WAYS = (
    LetterWay(
        "equal", "Equal", "gives every address the same chance of a letter",
        "Proportional allocation (Neyman 1934, section III)", _equal,
    ),
    LetterWay(
        "evened", "Evened", "gives every address the same chance to be in the pool",
        "After Flanigan, Gölz, Gupta and Procaccia (2020), Neutralizing self-selection bias in sampling for"
        " sortition", _evened,
    ),
    LetterWay(
        "targets", "To targets", "has as many volunteers as can be of the value that is shortest of them",
        "A linear program of our own; the aim is that of a jury's targets", _to_targets,
    ),
)  # fmt: skip


def share_letters(
    strata: Sequence[Stratum], letters: int, way: str = "evened", targets: Sequence[Target] = ()
) -> tuple[int, ...]:
    """Return how many letters go to each stratum; they add up.

    Raises
    ------
    BadInput : fewer than one letter, more than addresses, no strata. NotFound : no such way.

    >>> from fairground.power.juries import Stratum, share_letters
    >>> share_letters([Stratum(("a",), 500, 0.01), Stratum(("b",), 500, 0.03)], 100)
    (75, 25)
    """
    total = sum(one.addresses for one in strata)
    if not strata or not 1 <= letters <= total:
        raise BadInput("There cannot be so many letters", "letters", letters, f"1 to {total:,} addresses")
    chosen = next((one for one in WAYS if one.id == way), None)
    if chosen is None:
        raise NotFound("There is no such way", "way", way, ", ".join(one.id for one in WAYS))
    exact = np.minimum(chosen.run(strata, letters, targets), [one.addresses for one in strata])
    whole = np.floor(exact + 1e-9)
    rest = np.array([one.addresses for one in strata]) - whole
    for at in np.argsort(whole - exact, kind="stable"):
        if whole.sum() < letters and rest[at]:
            whole[at] += 1
    while whole.sum() < letters:  # only where rounding met full strata
        whole[int(np.argmax(np.array([one.addresses for one in strata]) - whole))] += 1
    return tuple(int(n) for n in whole)


def chosen_addresses(
    number: int, letters: int, values: Sequence[str], name: Sequence[str] = ()
) -> tuple[int, ...]:
    """Return which of `number` addresses of a stratum get a letter (counted from 1), by RFC 3797.

    Parameters
    ----------
    values : public values. name : of the stratum, so that each has a lot of its own.

    Raises
    ------
    BadInput : more letters than addresses, or more than one draw can tell apart.

    >>> from fairground.power.juries import chosen_addresses
    >>> chosen_addresses(10, 3, ["9, 18, 26"], ("north",))
    (1, 3, 10)
    """
    if not 0 <= letters <= min(number, MOST):
        raise BadInput(
            "So many letters cannot be drawn here", "letters", letters, f"0 to {min(number, MOST):,}"
        )
    return tuple(sorted(picked([*values, " ".join(("letters", *name))], number, letters)))
