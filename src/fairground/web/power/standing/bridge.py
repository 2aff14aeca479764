"""What standing juries ask the engine: who leaves, whom those who come must be, and the numbers to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

from fairground.power.juries import (
    History,
    Quotas,
    Seats,
    Share,
    Turn,
    leaving,
    shares_of,
    targets_for,
)
from fairground.power.juries import Target as Target
from fairground.questions.power.lottery_file import read_lottery
from fairground.questions.power.small_counts import LEAST
from fairground.report.charts.bars import Bar, bars
from fairground.web.answers import drawn as as_drawing
from fairground.web.power.juries.models import Jury, Volunteer
from fairground.web.power.lots.bridge import council
from fairground.web.power.lots.models import Draw, standing
from fairground.web.power.standing import sums
from fairground.web.power.standing.members import Member

Counts = list[list[Any]]


def features_of(targets: Counts) -> list[str]:
    """Return the features of kept targets, in order."""
    return list(dict.fromkeys(str(one[0]) for one in targets))


def counted(features: Sequence[str], people: Iterable[Sequence[str]]) -> Counts:
    """Return how many people have each value."""
    found = Counter(pair for values in people for pair in zip(features, values, strict=True))
    return [[feature, value, many] for (feature, value), many in sorted(found.items())]


def first_drawn(jury: Jury, features: Sequence[str]) -> Counts:
    """Return how many of those whom the first draw drew have each value, whoever came in the end."""
    first = standing(jury)[0]
    held = read_lottery(council(Draw.objects.select_related("jury").get(pk=first.pk)), "the first draw")
    pool, ids = held.pool, set(held.drawn().jury)
    assert pool is not None  # the council's file has one
    at = [pool.features.index(name) for name in features]
    return counted(features, ([p.values[n] for n in at] for p in pool.volunteers if p.id in ids))


def chances_in(draw: Draw) -> list[tuple[str, float, bool]]:
    """Return everybody of a draw by number, with their chance and whether they were drawn."""
    held = read_lottery(council(draw), str(draw))
    on = set(held.drawn().jury)
    return [(number, chance, number in on) for number, chance in held.chances.items()]


def ahead(draws: Sequence[Sequence[tuple[str, float, bool]]]) -> dict[str, float]:
    """Return by how much draws, in order, gave each person more than equal chances since they were drawn."""
    turns = (
        Turn(number, who, (), min(max(chance, 0.0), 1.0), on, number + 1 if on else None)
        for number, rows in enumerate(draws, start=1)
        for who, chance, on in rows
    )
    return History((), tuple(turns)).ahead


def own_ahead(draw: Draw, person: Volunteer) -> float:
    """Return by how much earlier draws gave somebody more than equal chances, as a sealed lottery has it."""
    pool = read_lottery(council(draw), str(draw)).pool
    assert pool is not None  # the council's file has one
    return next((one.ahead for one in pool.volunteers if one.id == str(person.number)), 0.0)


def leavers(members: Sequence[Member], features: Sequence[str], number: int, jury: Jury) -> set[str]:
    """Return the hashes of those whose terms end: who sat longest, by lot among those who came together.

    The lot is the public values of the jury's last draw, which nobody could know before it was sealed.
    """
    turns = tuple(Turn(one.rotation, one.person, one.values, 1.0, True) for one in members)
    values = [str(value) for value in standing(jury)[-1].values]
    return set(leaving(History(tuple(features), turns), number, values))


def next_targets(
    kept: Counts, size: int, stay: Sequence[Member], came: Sequence[Counts]
) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Return whom those who come must be, so that the jury and all who ever sat are like the place.

    The second of both is how far officers may change it: beyond, the whole jury would miss its own targets.

    Raises
    ------
    Impossible : those who stay are too many of one value for the jury's targets.
    """
    quotas = Quotas(size, tuple(Target(f, v, low, high) for f, v, low, high, _ in kept))
    names = features_of(kept)
    staying = {(f, v): n for f, v, n in counted(names, (one.values for one in stay))}
    ever = Counter({(f, v): 0 for f, v, *_ in kept})
    for rows in came:
        ever.update({(f, v): n for f, v, n in rows})
    total = sum(n for (feature, _), n in ever.items() if feature == names[0])
    seats = Seats(staying, ever, total)
    return targets_for(quotas, _shares(kept, quotas), seats, size - len(stay))


def _shares(kept: Counts, quotas: Quotas) -> tuple[Share, ...]:
    """Return each value's share of the place, or the middle of its target where a feature has none."""
    middle = {(one.feature, one.value): one for one in shares_of(quotas)}
    total: dict[str, Fraction] = {}
    known: dict[str, bool] = {}
    for feature, _, _, _, share in kept:
        total[feature] = total.get(feature, Fraction(0)) + Fraction(share or 0)
        known[feature] = known.get(feature, True) and share is not None
    return tuple(
        Share(f, v, Fraction(share) / total[f]) if known[f] and total[f] else middle[f, v]
        for f, v, _, _, share in kept
    )


@dataclass(frozen=True)
class Ever:
    """One value: its share of the place, and how many of all drawn by each rotation have it, where shown."""

    feature: str
    value: str
    share: float
    after: tuple[int | None, ...]
    of: tuple[int, ...]

    @property
    def told(self) -> list[tuple[int | None, int, float]]:
        """How many, of how many, and the part, after each rotation."""
        pairs = zip(self.after, self.of, strict=True)
        return [(many, of, (many or 0) / of if of else 0.0) for many, of in pairs]

    @property
    def last(self) -> int:
        """The last rotation that shows it, from 1; nought where none does."""
        return max((at for at, many in enumerate(self.after, start=1) if many is not None), default=0)

    @property
    def part(self) -> float | None:
        """The part of all drawn, by the last rotation that shows it."""
        shown = [many / of for many, of in zip(self.after, self.of, strict=True) if many is not None and of]
        return shown[-1] if shown else None


def ever(kept: Counts, size: int, drawn: Sequence[Counts]) -> list[Ever]:
    """Return all who were ever drawn, by rotation; no number, also beside the draws, tells of under five."""
    quotas = Quotas(size, tuple(Target(f, v, low, high) for f, v, low, high, _ in kept))
    shares = {(one.feature, one.value): float(one.part) for one in _shares(kept, quotas)}
    found, of = [], tuple(accumulate(_people(rows, features_of(kept)[0]) for rows in drawn))
    for feature in features_of(kept):
        values = [v for f, v, *_ in kept if f == feature]
        by = [
            [{v: n for f, v, n in rows if f == feature}.get(value, 0) for value in values] for rows in drawn
        ]
        shown = sums.shown(by)
        for at, value in enumerate(values):
            after = tuple(row[at] for row in shown)
            found.append(Ever(feature, value, shares[feature, value], after, of))
    return found


def _people(rows: Counts, feature: str) -> int:
    return sum(n for f, _, n in rows if f == feature)


@dataclass(frozen=True)
class Off:
    """How far all drawn by a rotation are off the place, as far as their numbers are shown."""

    number: int
    values: int
    mean: float
    most: float
    name: str


def off_the_place(rows: Sequence[Ever], numbers: Sequence[int]) -> list[Off]:
    """Return for each rotation how far what is shown is off the place: on average, and at most."""
    found = []
    for at, number in enumerate(numbers):
        gaps = [
            (abs(row.told[at][2] - row.share), f"{row.feature}: {row.value}")
            for row in rows if row.after[at] is not None
        ]  # fmt: skip
        if gaps:
            most, name = max(gaps)
            found.append(Off(number, len(gaps), sum(gap for gap, _ in gaps) / len(gaps), most, name))
    return found


@dataclass(frozen=True)
class Spread:
    """The chances of one rotation: the lowest, an equal one, the highest, and how many were behind before."""

    number: int
    people: int
    places: int
    lowest: float
    highest: float
    behind: int

    @property
    def equal(self) -> float:
        """What everybody's chance would be if all were equal."""
        return self.places / self.people

    @property
    def few_behind(self) -> bool:
        """Say whether so few were behind that their number is not told."""
        return 0 < self.behind < LEAST


def spreads(juries: Iterable[tuple[int, Jury]]) -> list[Spread]:
    """Return the chances of each rotation's first draw that counts, as its public lottery says."""
    drawn = [(number, standing(jury)) for number, jury in juries]
    return [
        Spread(
            number, draws[0].proof["people"], draws[0].places, draws[0].proof["lowest"],
            draws[0].proof["highest"], draws[0].proof.get("behind", 0),
        )
        for number, draws in drawn if draws
    ]  # fmt: skip


def chance_chart(rows: Sequence[Spread]) -> str:
    """Return an equal chance at each rotation as a bar, with the lowest and the highest as a thin line."""
    told = [
        Bar(
            f"Rotation {row.number}: equal {row.equal:.1%}, from {row.lowest:.1%} to {row.highest:.1%}",
            100 * row.equal, 100 * row.lowest, 100 * row.highest, marked=True,
        )
        for row in rows
    ]  # fmt: skip
    title = "An equal chance at each rotation, and the lowest and highest of all chances"
    return as_drawing(bars(told, title=title, write=lambda _: "")) if told else ""


def chart(rows: Sequence[Ever]) -> str:
    """Return all who were drawn beside the place, as bars."""
    told = []
    for row in rows:
        if row.part is not None:
            name = f"{row.feature}, {row.value}: drawn by rotation {row.last}"
            told.append(Bar(name, 100 * row.part, marked=True))
            told.append(Bar("The place", 100 * row.share))
    title = "Everyone drawn so far, beside the place"
    return as_drawing(bars(told, title=title, write=lambda n: f"{n:.0f}%")) if told else ""
