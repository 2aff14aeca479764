"""Who sat on a standing jury, from when to when, who leaves it next, and who may be drawn.

A standing jury stays, and its people change: at each rotation those who have sat longest leave and others
are drawn. Where only some of those who began together leave, a lot decides: leximin again, so that those who
leave are mixed as those who began were, and each has the same chance as nearly as can be. Whoever has left is
not drawn again for some rotations (cooling-off). Whoever waits in the pool keeps account of the chances that
they had: `ahead` says by how much these were more or less than equal ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from fairground.errors import BadInput, Impossible
from fairground.power.juries.draw import picked
from fairground.power.juries.pool import Pool, Quotas, Target, Volunteer
from fairground.power.juries.rounding import numbered
from fairground.power.juries.selection import select

__all__ = ["History", "Turn", "leaving"]

NUMBERED = 1000
PLACES = 6  # of a chance: people whose past differs by less are of one kind


@dataclass(frozen=True)
class Turn:
    """One person at one rotation: in the pool with a chance, drawn or not.

    Parameters
    ----------
    values : in the order of the history's features. left : the rotation from which on somebody who was drawn
        is no longer on the jury; None while they are.

    Raises
    ------
    BadInput : a rotation below 1, a chance outside 0 to 1, somebody who left before they came.
    """

    rotation: int
    person: str
    values: tuple[str, ...]
    chance: float
    drawn: bool
    left: int | None = None

    def __post_init__(self) -> None:
        if not self.person:
            raise BadInput("Each person of a history needs an id", "id", "")
        if self.rotation < 1:
            raise BadInput("Rotations are counted from 1", "rotation", self.rotation, "1 or more")
        if not 0 <= self.chance <= 1 + 1e-9:
            raise BadInput("A chance lies between 0 and 1", "chance", self.chance, "0 to 1")
        if self.left is not None and not self.drawn:
            raise BadInput("Only somebody who was drawn can leave", "left", self.left, "empty")
        if self.left is not None and self.left <= self.rotation:
            raise BadInput(
                "Nobody leaves before a later rotation", "left", self.left, f"{self.rotation + 1} or more"
            )


@dataclass(frozen=True)
class History:
    """Every rotation of a standing jury so far.

    Raises
    ------
    BadInput : a person twice at one rotation, or drawn while still on the jury.
    """

    features: tuple[str, ...]
    turns: tuple[Turn, ...]

    def __post_init__(self) -> None:
        until: dict[str, int | None] = {}
        twice = Counter((turn.rotation, turn.person) for turn in self.turns)
        for turn in sorted(self.turns, key=lambda turn: turn.rotation):
            if twice[turn.rotation, turn.person] > 1:
                raise BadInput(
                    "This person is there twice at one rotation", "id", turn.person, "once a rotation"
                )
            if turn.person in until:
                end = until[turn.person]
                if end is None or end > turn.rotation:
                    what = f"This person was still on the jury at rotation {turn.rotation}"
                    raise BadInput(what, "id", turn.person, "nobody on the jury is in the pool")
            if turn.drawn:
                until[turn.person] = turn.left

    @cached_property
    def next(self) -> int:
        """The number of the next rotation."""
        return max((turn.rotation for turn in self.turns), default=0) + 1

    @cached_property
    def members(self) -> dict[str, Turn]:
        """Who is on the jury now, those who have sat longest first."""
        on = [turn for turn in self.turns if turn.drawn and turn.left is None]
        return {turn.person: turn for turn in sorted(on, key=lambda turn: turn.rotation)}

    @cached_property
    def sat(self) -> tuple[Turn, ...]:
        """Every term that began, also of those who have left."""
        return tuple(turn for turn in self.turns if turn.drawn)

    def resting(self, cooling: int) -> frozenset[str]:
        """Return who has left and may not be drawn yet: not before `cooling` rotations have gone by."""
        left = {turn.person: turn.left for turn in self.sat if turn.left is not None}
        return frozenset(id for id, at in left.items() if self.next - at < cooling)

    @cached_property
    def ahead(self) -> dict[str, float]:
        """What each person's chances were beyond equal ones, since they last sat, to six places.

        An equal chance is the number of places over the number of people in the pool at that rotation. Over
        everyone in the pool of a rotation these differences add up to nought.
        """
        of_rotation: dict[int, list[float]] = defaultdict(list)
        for turn in self.turns:
            of_rotation[turn.rotation].append(turn.chance)
        equal = {number: sum(chances) / len(chances) for number, chances in of_rotation.items()}
        found: dict[str, float] = {}
        for turn in sorted(self.turns, key=lambda turn: turn.rotation):
            sum_so_far = found.get(turn.person, 0.0) + turn.chance - equal[turn.rotation]
            found[turn.person] = 0.0 if turn.drawn else sum_so_far
        return {id: round(value, PLACES) for id, value in found.items()}


def leaving(
    history: History, number: int, values: Sequence[str], gone: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the ids of `number` people whose terms end: those who have sat longest, by lot among equals.

    Parameters
    ----------
    values : public values that decide the lot. gone : ids of members who have left early; they are not
        counted.

    Raises
    ------
    BadInput : somebody has gone who was not on the jury. Impossible : more would leave than are there.

    >>> from fairground.power.juries.terms import History, Turn, leaving
    >>> first = [Turn(1, f"p{n}", (), 0.5, True) for n in range(4)]
    >>> later = [Turn(2, "p9", (), 0.5, True)]
    >>> leaving(History((), (*first, *later)), 2, ["9, 18, 26"])
    ('p0', 'p1')
    """
    stranger = next((id for id in gone if id not in history.members), None)
    if stranger is not None:
        raise BadInput("This person is not on the jury", "left", stranger, ", ".join(history.members))
    by_start: dict[int, list[str]] = defaultdict(list)
    for turn in history.members.values():
        if turn.person not in set(gone):
            by_start[turn.rotation].append(turn.person)
    on = sum(map(len, by_start.values()))
    if number > on:
        raise Impossible("So many cannot leave", (f"{number} would leave, and {on} are on the jury",))
    found: list[str] = []
    for start in sorted(by_start):
        together, free = sorted(by_start[start]), number - len(found)
        if free < len(together):
            lot = _lot(history, together, free, [*values, f"leaving {start}"]) if free else ()
            return (*found, *lot)
        found += together
    return tuple(found)


def _lot(history: History, together: Sequence[str], free: int, values: Sequence[str]) -> tuple[str, ...]:
    """Return `free` of those who began together, mixed as all of them are, as public values decide."""
    people = tuple(Volunteer(id, history.members[id].values) for id in together)
    pool = Pool(history.features, people)
    for slack in range(free + 1):
        quotas = Quotas(free, tuple(_mixed(pool, free, slack)))
        try:
            chosen = select(pool, quotas)
        except Impossible:
            continue
        numbers = numbered(chosen.kinds, chosen.mixture, NUMBERED)
        return tuple(sorted(together[at] for at in numbers[picked(values, NUMBERED)[0] - 1]))
    raise ArithmeticError("a lot without targets cannot be drawn, which cannot be")


def _mixed(pool: Pool, free: int, slack: int) -> Iterator[Target]:
    """Yield for each value its share of those who leave, rounded down and up, let out by `slack`."""
    for at, feature in enumerate(pool.features):
        for value, number in Counter(person.values[at] for person in pool.volunteers).items():
            low, rest = divmod(number * free, len(pool.volunteers))
            yield Target(feature, value, max(low - slack, 0), low + bool(rest) + slack)
