"""People chosen in advance to step in: so that a jury stays like the place although some do not come.

Each member stays with a chance that may differ by value: a chance that all have, times a factor for each of
the person's values. Whoever stays is short of some targets by some people, and of some places: that is how
far the jury is off. Alternates who are still there are called so that it is off by as little as can be. Those
alternates are chosen for whom this is little on average over many pictures of who leaves, drawn by chance; a
linear program finds them, and says how much better any others could do at most on these pictures. How good
they are is then measured on new pictures, which played no part in the choice.

Assos, Baharav, Flanigan and Procaccia (2025), Alternates, assemble!, EC'25, arXiv 2506.15716. There a miss is
divided by the target; here it is counted in people, and an empty place is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fairground.errors import BadInput, Impossible
from fairground.power.juries.chance import Stream
from fairground.power.juries.pool import Pool, Quotas
from fairground.power.juries.solver import INFINITE, Program

__all__ = ["Alternates", "Off", "Staying", "alternates", "off", "who_may_step_in"]

Floats = NDArray[np.float64]
STAY = 0.9  # of the people of a real assembly in 2024, about one in ten was expected to leave (see `Staying`)
PICTURES, MEASURED = 60, 1000
MOST = 12  # alternates, of which every choice is tried; beyond, a program of whole numbers finds the best
TRIED = 8  # alternates, up to which one is exchanged for another
WIDE = 3  # times as many groups as alternates are tried
FINE = 1 << 53


@dataclass(frozen=True)
class Staying:
    """How likely people are to stay: `everyone`, times a factor for each value that is named.

    The 0.9 of everyone is the mean, rounded, that the authors of arXiv 2506.15716 publish for the panel and
    pool of an assembly in Deschutes, Oregon, in 2024. Of the one jury in England whose organisers say it, 15
    of 18 stayed (Gloucestershire, January 2021, online). Both are in `standards.toml`.

    Raises
    ------
    BadInput : a chance below 0 or above 1.
    """

    everyone: float = STAY
    factors: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for where, share in ((("everyone", ""), self.everyone), *self.factors.items()):
            if not 0 <= share <= 1:
                name = " ".join(where).strip()
                raise BadInput(f"{name}: a chance to stay lies between 0 and 1", "stays", share, "0 to 1")

    def of(self, pool: Pool) -> Floats:
        """Return each volunteer's chance to stay.

        Raises
        ------
        BadInput : a factor for a value that nobody in the pool has.
        """
        have = {(f, v) for p in pool.volunteers for f, v in zip(pool.features, p.values, strict=True)}
        unknown = next((name for name in self.factors if name not in have), None)
        if unknown:
            raise BadInput("Nobody in the pool has this value", unknown[0], unknown[1], "a value of the pool")
        named = [list(zip(pool.features, p.values, strict=True)) for p in pool.volunteers]
        return np.array([self.everyone * prod(self.factors.get(name, 1.0) for name in of) for of in named])


@dataclass(frozen=True)
class Off:
    """How far a jury is off after some have left: targets missed, in people, and empty places.

    Parameters
    ----------
    mean : over the pictures. error : its standard error. whole : the share of pictures in which every target
        is met and no place is empty.
    """

    mean: float
    error: float
    whole: float
    pictures: int


@dataclass(frozen=True)
class Alternates:
    """Who was chosen, those first who are called most often; and how far from best they can be.

    Parameters
    ----------
    called : the share of pictures in which each is called. mean : how far the jury is off over the pictures
        that chose them. least : no other alternates could make that less than this.
    """

    ids: tuple[str, ...]
    called: tuple[float, ...]
    mean: float
    least: float


def who_may_step_in(pool: Pool, jury: Sequence[str], chance: Stream) -> tuple[int, ...]:
    """Return volunteers who are not on the jury and share no home with it: one of each home, by chance."""
    on = {person.id: person for person in pool.volunteers}
    unknown = next((id for id in jury if id not in on), None)
    if unknown is not None:
        raise BadInput("Nobody in the pool has this id", "id", unknown)
    homes = {on[id].household for id in jury if on[id].household}
    free: dict[str, list[int]] = {}
    for at, person in enumerate(pool.volunteers):
        if person.id not in set(jury) and person.household not in homes:
            free.setdefault(f"home {person.household}" if person.household else f"alone {at}", []).append(at)
    return tuple(sorted(of[chance.below(len(of))] for of in free.values()))


def _rows(pool: Pool, quotas: Quotas) -> tuple[Floats, Floats, Floats]:
    """Return for each volunteer a row of ones for the size and for each target that the person counts in."""
    where = {feature: at for at, feature in enumerate(pool.features)}
    rows = np.array([
        [1.0, *(float(p.values[where[t.feature]] == t.value) for t in quotas.targets)]
        for p in pool.volunteers
    ])  # fmt: skip
    low = np.array([quotas.size, *(t.low for t in quotas.targets)], float)
    high = np.array([quotas.size, *(t.high for t in quotas.targets)], float)
    return rows, low, high


def _stay(chances: Floats, number: int, chance: Stream) -> NDArray[np.bool_]:
    """Return pictures, shape (number, people): who stays in each."""
    lots = np.array([[chance.below(FINE) for _ in chances] for _ in range(number)], float) / FINE
    stays: NDArray[np.bool_] = lots.reshape(number, len(chances)) < chances
    return stays


def off(
    pool: Pool, quotas: Quotas, jury: Sequence[str], ids: Sequence[str], staying: Staying, seed: bytes,
    pictures: int = MEASURED,
) -> Off:  # fmt: skip
    """Return how far a jury is off on average after some have left and alternates were called.

    Parameters
    ----------
    ids : of the alternates; with none, nobody is called. seed : of the pictures.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer, Staying, off
    >>> pool = Pool(("f",), tuple(Volunteer(id, ("x",)) for id in "abc"))
    >>> two = Quotas(2, (Target("f", "x", 2, 2),))
    >>> off(pool, two, "ab", "", Staying(0.0), b"").mean, off(pool, two, "ab", "", Staying(1.0), b"").mean
    (4.0, 0.0)
    """
    at = {person.id: n for n, person in enumerate(pool.volunteers)}
    rows, low, high = _rows(pool, quotas)
    chances, chance = staying.of(pool), Stream(seed)
    members, others = [at[id] for id in jury], [at[id] for id in ids]
    held = _stay(chances[members], pictures, chance) @ rows[members]
    there = _stay(chances[others], pictures, chance)
    call = _Best(rows[others], low, high)
    found = np.array([call.least(have, here)[0] for have, here in zip(held, there, strict=True)])
    return Off(
        float(found.mean()),
        float(found.std(ddof=1) / np.sqrt(pictures)),
        float((found < 0.5).mean()),
        pictures,
    )


class _Best:
    """Which of the alternates who are there to call, so that the jury is off by as little as can be."""

    def __init__(self, rows: Floats, low: Floats, high: Floats) -> None:
        self.rows, self.low, self.high = rows, low, high
        number = len(rows) if len(rows) <= MOST else 0
        self.sets = (np.arange(1 << number)[:, None] >> np.arange(number) & 1).astype(bool)
        self.sums = self.sets @ rows[:number]

    def least(self, have: Floats, there: NDArray[np.bool_]) -> tuple[float, NDArray[np.bool_]]:
        """Return by how much the jury is off at least, and whom to call for it."""
        if len(self.rows) > MOST:
            return self._by_program(have, there)
        can = ~(self.sets & ~there).any(axis=1) & (have[0] + self.sums[:, 0] <= self.high[0])
        held = have + self.sums[can]
        missed = np.maximum(np.maximum(self.low - held, held - self.high), 0).sum(axis=1)
        best = int(missed.argmin())  # the first such set; of equal ones one with the fewest at the end
        return float(missed[best]), self.sets[can][best]

    def _by_program(self, have: Floats, there: NDArray[np.bool_]) -> tuple[float, NDArray[np.bool_]]:
        number, count = len(self.rows), len(self.low)
        matrix = np.vstack([
            np.hstack([self.rows.T, np.eye(count)]), np.hstack([self.rows.T, -np.eye(count)]),
        ])  # fmt: skip
        low = np.append(self.low - have, np.full(count, -INFINITE))
        high = np.append(np.full(count, INFINITE), self.high - have)
        high[0] = self.high[0] - have[0]
        most = np.append(there.astype(float), np.full(count, INFINITE))
        most[number] = self.low[0]
        program = Program(matrix, low, high, np.zeros(number + count), most, whole=True)
        program.within(0.0)
        program.costs(np.append(np.zeros(number), -np.ones(count)))
        found = program.solve()
        assert found is not None  # to call nobody is always allowed
        return -program.worth(), found[:number] > 0.5


def alternates(
    pool: Pool, quotas: Quotas, jury: Sequence[str], number: int, staying: Staying, seed: bytes,
    pictures: int = PICTURES,
) -> Alternates:  # fmt: skip
    """Choose alternates for whom a jury is off by little on average.

    Parameters
    ----------
    number : how many to choose. seed : of the pictures and of who is chosen among people alike. pictures :
        how many pictures of who leaves.

    Raises
    ------
    BadInput : an id that nobody has, a number below 1. Impossible : too few people could step in.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer, Staying, alternates
    >>> people = tuple(Volunteer(id, ("x" if id < "d" else "y",)) for id in "abcdef")
    >>> two = Quotas(2, (Target("f", "x", 2, 2), Target("f", "y", 0, 0)))
    >>> alternates(Pool(("f",), people), two, ["a", "b"], 1, Staying(0.5), b"seed").ids
    ('c',)
    """
    if number < 1:
        raise BadInput("At least one alternate must be asked for", "alternates", number, "1 or more")
    chance = Stream(seed)
    free = who_may_step_in(pool, jury, chance)
    if len(free) < number:
        raise Impossible("Too few people could step in", (f"{len(free)} could, and {number} are asked for",))
    at = {person.id: n for n, person in enumerate(pool.volunteers)}
    rows, low, high = _rows(pool, quotas)
    chances, members = staying.of(pool), [at[id] for id in jury]
    held = _stay(chances[members], pictures, chance) @ rows[members]
    groups = _alike(rows, chances, free, number)
    there = [_stay(chances[list(of[:number])], pictures, chance) for of in groups]
    taken, least = _chosen(held, low, high, [rows[of[0]] for of in groups], there, number)
    ids = [of[n] for of, many in zip(groups, taken, strict=True) for n in chance.some(many, len(of))]
    call = _Best(rows[ids], low, high)
    stay = np.hstack([t[:, :many] for t, many in zip(there, taken, strict=True)])
    best = [call.least(have, here) for have, here in zip(held, stay, strict=True)]
    called = np.mean([who for _, who in best], axis=0)
    order = sorted(range(len(ids)), key=lambda n: (-called[n], pool.volunteers[ids[n]].id))
    return Alternates(
        tuple(pool.volunteers[ids[n]].id for n in order), tuple(float(called[n]) for n in order),
        float(np.mean([missed for missed, _ in best])), least,
    )  # fmt: skip


def _alike(rows: Floats, chances: Floats, free: Sequence[int], number: int) -> list[tuple[int, ...]]:
    """Return those who could step in, people alike together."""
    found: dict[tuple[object, ...], list[int]] = {}
    for person in free:
        found.setdefault((*rows[person], chances[person]), []).append(person)
    return [tuple(of) for of in found.values()]


def _chosen(
    held: Floats, low: Floats, high: Floats, rows: Sequence[Floats], there: Sequence[NDArray[np.bool_]],
    number: int,
) -> tuple[list[int], float]:  # fmt: skip
    """Return how many alternates of each group to choose, and the least that any choice could come to.

    Where fractions of a person could be chosen, the program is quick; no choice is better than its answer.
    Whoever it takes most of is taken first; then one is exchanged for another for as long as that helps.
    """
    program, part = _program(held, low, high, rows, there, number)
    program.inside()
    found = program.solve()
    assert found is not None
    shares = np.array([of.sum() for of in np.split(found[: part[-1]], part[:-1])])
    room, taken, left = [t.shape[1] for t in there], [0] * len(rows), number
    order = np.argsort(-shares, kind="stable").tolist()
    for at in order:
        taken[at] = min(room[at], max(1, round(shares[at])), left)
        left -= taken[at]
    for at in order:
        taken[at], left = min(room[at], taken[at] + left), left - min(room[at] - taken[at], left)
    if number <= TRIED:
        pictures = _Pictures(held, low, high, rows, there)
        taken = pictures.exchanged(taken, order[: WIDE * number])
    return taken, max(-program.worth(), 0.0)


class _Pictures:
    """How far the jury is off on average over pictures, for one choice after another."""

    def __init__(
        self, held: Floats, low: Floats, high: Floats, rows: Sequence[Floats],
        there: Sequence[NDArray[np.bool_]],
    ) -> None:  # fmt: skip
        self.held, self.low, self.high, self.rows, self.there = held, low, high, rows, there

    def exchanged(self, taken: Sequence[int], among: Sequence[int]) -> list[int]:
        """Exchange one alternate for another of these groups, the best exchange first, while that helps."""
        best, mean = list(taken), np.inf
        while True:
            tried = []
            for out in [at for at, many in enumerate(best) if many]:
                rest = list(best)
                rest[out] -= 1
                for into in among:
                    if rest[into] < self.there[into].shape[1]:
                        tried.append((self._mean(rest, into), out, into))
            least, out, into = min(tried)
            if least >= mean - 1e-9:
                return best
            mean = least
            best[out] -= 1
            best[into] += 1

    def _mean(self, rest: Sequence[int], into: int) -> float:
        """Return the mean over all pictures with these alternates and one more."""
        ways = [(at, copy) for at, many in enumerate(rest) for copy in range(many)] + [(into, rest[into])]
        sets = (np.arange(1 << len(ways))[:, None] >> np.arange(len(ways)) & 1).astype(bool)
        sums = sets @ np.array([self.rows[at] for at, _ in ways])
        here = np.array([self.there[at][:, copy] for at, copy in ways]).T
        after = self.held[:, None, :] + sums[None, :, :]
        missed = np.maximum(np.maximum(self.low - after, after - self.high), 0).sum(axis=2)
        cannot = (sets[None, :, :] & ~here[:, None, :]).any(axis=2) | (after[:, :, 0] > self.high[0])
        return float(np.where(cannot, np.inf, missed).min(axis=1).mean())


def _program(
    held: Floats, low: Floats, high: Floats, rows: Sequence[Floats], there: Sequence[NDArray[np.bool_]],
    number: int,
) -> tuple[Program, NDArray[np.int64]]:  # fmt: skip
    """Return the program of choosing, and where the alternates of each group end among its numbers.

    Its numbers, of which fractions are let pass: whether the first, the second … of each group is chosen; for
    each picture how many of each group are called, no more than are chosen and there; and by how much each
    row is missed. Nobody is called to a place that is not there.
    """
    pictures, groups, count = len(held), len(rows), len(low)
    each, miss = sparse.csr_matrix(np.array(rows).T), np.ones(count)
    own = sparse.bmat([
        [each, sparse.diags(miss)], [each, sparse.diags(-np.append(0.0, miss[1:]))],
        [-sparse.identity(groups), None],
    ])  # fmt: skip
    alive = [sparse.block_diag([t[at][None, :].astype(float) for t in there]) for at in range(pictures)]
    chosen = alive[0].shape[1]
    none = sparse.csr_matrix((2 * count, chosen))
    left = sparse.vstack([part for one in alive for part in (none, one)])
    body = sparse.hstack([left, sparse.kron(sparse.identity(pictures), own)])
    last = sparse.csr_matrix(np.append(np.ones(chosen), np.zeros(pictures * (groups + count))))
    far = np.full((pictures, count), INFINITE)
    floor = np.hstack([low - held, -far, np.zeros((pictures, groups))]).ravel()
    top = np.hstack([far, high - held, np.full((pictures, groups), INFINITE)]).ravel()
    size = chosen + pictures * (groups + count)
    most = np.append(np.ones(chosen), np.full(size - chosen, INFINITE))
    program = Program(
        sparse.vstack([body, last]), np.append(floor, number), np.append(top, number), np.zeros(size), most
    )  # fmt: skip
    cost = np.tile(np.append(np.zeros(groups), np.full(count, -1 / pictures)), pictures)
    program.costs(np.append(np.zeros(chosen), cost))
    return program, np.cumsum([t.shape[1] for t in there])
