"""What a standing jury would become: many rotations tried in advance, on a pool that renews itself.

Whoever is drawn is followed in the pool by somebody new with the same values, and so is a part of those who
wait, as people come and go. Each rotation is drawn as a real one would be; or as if there had been none
before, so that what is lost by that is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fairground.power.juries.pool import Pool, Quotas, Volunteer
from fairground.power.juries.selection import Selection, select
from fairground.power.juries.standing import Seats, Share, let_out, targets_for
from fairground.power.juries.terms import History, Turn, leaving

__all__ = ["Foreseen", "foresee"]


@dataclass(frozen=True, eq=False)
class Foreseen:
    """What came of many rotations.

    Parameters
    ----------
    off : shape (rotations, values), how many more of each value had sat by then than its share. slack : for
        each rotation how far its targets had to be let out. history : every turn.
    """

    off: NDArray[np.float64]
    slack: tuple[int, ...]
    history: History

    def behind(self) -> float:
        """Return how far the chances of whoever had the least lay behind equal ones, over all rotations."""
        sums: dict[str, float] = {}
        for number in range(1, self.history.next):
            turns = [turn for turn in self.history.turns if turn.rotation == number]
            equal = sum(turn.chance for turn in turns) / len(turns)
            for turn in turns:
                sums[turn.person] = sums.get(turn.person, 0.0) + turn.chance - equal
        return -min(sums.values())


def foresee(
    pool: Pool, quotas: Quotas, shares: Sequence[Share], *, leave: int, rotations: int, seed: int,
    renewed: float = 0.1, seats_count: bool = True, chances_count: bool = True,
) -> Foreseen:  # fmt: skip
    """Try many rotations in advance.

    Parameters
    ----------
    leave : how many leave at each rotation. renewed : the part of those who wait who are followed by somebody
        new. seed : of every lot.
    seats_count, chances_count : whether those who sat before, and the chances that people had before, count.
    """
    chance, past, off, slacks = np.random.default_rng(seed), History(pool.features, ()), [], []
    waiting = pool.volunteers
    for number in range(1, rotations + 1):
        ended = leaving(past, leave if past.members else 0, [str(seed), str(number)])
        stay = [id for id in past.members if id not in ended]
        places = quotas.size - len(stay)
        seats = _seats(past, stay)
        people = tuple(replace(p, ahead=past.ahead.get(p.id, 0.0) if chances_count else 0.0) for p in waiting)
        free = Pool(pool.features, people)
        before = seats if seats_count else replace(seats, ever={}, total=0)
        chosen, slack = _drawn(free, quotas, shares, before, places)
        jury = chosen.lottery.juries[chance.choice(len(chosen.lottery.weights), p=chosen.lottery.weights)]
        past = _after(past, ended, people, chosen, set(jury))
        slacks.append(slack)
        off.append(_off(past, shares))
        waiting = _renewed(people, set(jury), renewed, number, chance)
    return Foreseen(np.array(off), tuple(slacks), past)


def _seats(past: History, stay: Sequence[str]) -> Seats:
    on = Counter(n for id in stay for n in zip(past.features, past.members[id].values, strict=True))
    ever = Counter(n for turn in past.sat for n in zip(past.features, turn.values, strict=True))
    return Seats(on, ever, len(past.sat))


def _drawn(
    pool: Pool, quotas: Quotas, shares: Sequence[Share], seats: Seats, places: int
) -> tuple[Selection, int]:
    narrow, wide = targets_for(quotas, shares, seats, places)
    wanted = let_out(pool, places, narrow, wide) or wide
    by = max(max(n.low - w.low, w.high - n.high) for n, w in zip(narrow, wanted, strict=True))
    return select(pool, Quotas(places, wanted)), by


def _after(
    past: History, ended: Sequence[str], people: Sequence[Volunteer], chosen: Selection, jury: set[int]
) -> History:
    now, gone = past.next, set(ended)
    before = [
        replace(t, left=now) if t.drawn and t.left is None and t.person in gone else t for t in past.turns
    ]
    chances = np.clip(chosen.chances, 0, 1)
    turns = [Turn(now, p.id, p.values, float(chances[n]), n in jury) for n, p in enumerate(people)]
    return History(past.features, (*before, *turns))


def _off(past: History, shares: Sequence[Share]) -> list[float]:
    ever = Counter(n for turn in past.sat for n in zip(past.features, turn.values, strict=True))
    return [float(ever[s.feature, s.value] - s.part * len(past.sat)) for s in shares]


def _renewed(
    people: Sequence[Volunteer], jury: set[int], part: float, number: int, chance: np.random.Generator
) -> tuple[Volunteer, ...]:
    new = chance.random(len(people)) < part
    return tuple(
        replace(p, id=f"{p.id}/{number}", ahead=0.0) if n in jury or new[n] else p
        for n, p in enumerate(people)
    )
