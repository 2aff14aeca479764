"""A standing jury at its next rotation: who leaves, who is drawn, whether all who sat are like the place.

The jury stays, and its people change a part at a time. Those who come are drawn by leximin of past and
present chances, to targets under which the jury, and everyone who has ever sat on it, is as the place is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fairground.errors import BadInput, Impossible
from fairground.evidence import Answer, Method, Source, Step
from fairground.power.juries import (
    History,
    Pool,
    Quotas,
    Seats,
    Share,
    Target,
    leaving,
    let_out,
    plan,
    shares_of,
    targets_for,
)
from fairground.questions.power import juries
from fairground.questions.power.juries import Jury
from fairground.questions.power.jury_history import HistoryRead, history_after
from fairground.questions.power.volunteers import PoolRead

__all__ = ["rotate"]

ROTATE = Method(
    "jury-rotation",
    "Leximin of past and present chances, to targets that keep the jury and all who ever sat like the place",
    "Kalayci and Micha (2026), arXiv 2602.16194; Flanigan et al. (2021), Nature 596; Balinski and Young"
    " (1975), The quota method of apportionment",
)
AHEAD = 4  # rotations of equal size that are planned ahead
FELT = 1e-6


@dataclass(frozen=True)
class Standing:
    """One value: the jury as it was, who leaves and comes, and all who ever sat beside their share.

    Parameters
    ----------
    least, most : the target of those who are drawn. due : the share of all places so far. off_share : how
        many more sat than that.
    """

    feature: str
    value: str
    share: float
    leave: int
    stay: int
    least: int
    most: int
    drawn: int
    on_jury: int
    ever: int
    due: float
    off_share: float


@dataclass(frozen=True)
class SoFar:
    """All who had sat by one rotation, for one value: what a chart over time shows."""

    rotation: int
    feature: str
    value: str
    ever: int
    due: float
    off_share: float


@dataclass(frozen=True)
class Coming:
    """How many people of a value would come at a later rotation of the same size, if all goes to plan."""

    rotation: int
    feature: str
    value: str
    people: int


@dataclass(frozen=True)
class Rotation:
    """One rotation of a standing jury.

    Parameters
    ----------
    gone : left before their time. slack : by how many people more than a share rounded the targets had to let
        all who sat be off. farthest : how far any value is off, in people.
    """

    number: int
    size: int
    leaving: tuple[str, ...]
    gone: tuple[str, ...]
    staying: tuple[str, ...]
    drawn: tuple[str, ...]
    panel: tuple[str, ...]
    people: int
    slack: int
    farthest: float
    rows: tuple[Standing, ...]
    over_time: tuple[SoFar, ...]
    coming: tuple[Coming, ...]
    draw: Jury


@dataclass(frozen=True)
class RotationFiles:
    """The two files of the draw, and the history with this rotation."""

    council: str
    public: str
    history: str


@dataclass(frozen=True)
class _Change:
    """Who goes and who stays, and who may be drawn for the places."""

    leave: tuple[str, ...]
    gone: tuple[str, ...]
    stay: tuple[str, ...]
    places: int
    read: PoolRead
    left_out: Counter[str]


def rotate(
    history: HistoryRead, read: PoolRead, targets: Sequence[Target], target_source: Source, size: int, *,
    leave: int, cooling: int, gone: Sequence[str] = (), shares: Sequence[Share] = (), values: Sequence[str],
    secret: str, told: Callable[[float], None] | None = None,
) -> tuple[Answer[Rotation], RotationFiles]:  # fmt: skip
    """Hold the next rotation of a standing jury, and return the answer, the draw's files and the new history.

    Parameters
    ----------
    leave : how many leave because their term ends; nobody at the first rotation. cooling : how many rotations
        must go by before somebody who left may be drawn again. gone : ids of members who left early.
    shares : the share of each value among all who sit; empty for the middle of each target.

    Raises
    ------
    Impossible : the jury's targets cannot be met by anybody in the pool. BadInput : an id that is not on the
    jury, a number below nought, shares that do not fit the targets.
    """
    quotas, past = Quotas(size, tuple(targets)), history.history
    for name, number in (("leave", leave), ("cooling", cooling)):
        if number < 0:
            raise BadInput("This cannot be below nought", name, number, "0 or more")
    share = _shares(quotas, shares)
    change = _change(past, read, quotas, leave, cooling, tuple(gone), values)
    seats = _seats(past, change.stay)
    wanted, slack = _wanted(change, quotas, share, seats)
    drawn, files = juries.select(
        change.read, wanted, target_source, change.places, values=values, secret=secret, told=told
    )
    value = _rotation(past, change, quotas, share, seats, wanted, slack, drawn.value)
    steps = (*_steps(value, past, change), *drawn.steps[2:])
    people = {p.id: p.values for p in change.read.pool.volunteers}
    chances = drawn.value.probabilities
    text = history_after(past, (*change.leave, *change.gone), people, chances, drawn.value.panel)
    sources = (history.source, read.source, target_source)
    return Answer(value, ROTATE, steps, sources), RotationFiles(files.council, files.public, text)


def _shares(quotas: Quotas, given: Sequence[Share]) -> tuple[Share, ...]:
    if not given:
        return shares_of(quotas)
    wanted, have = {(t.feature, t.value) for t in quotas.targets}, {(s.feature, s.value) for s in given}
    if wanted != have:
        odd = sorted(wanted ^ have)[0]
        raise BadInput("Each value with a target needs a share, and no other", odd[0], odd[1])
    for feature in dict.fromkeys(share.feature for share in given):
        total = sum((share.part for share in given if share.feature == feature), Fraction(0))
        if abs(total - 1) > Fraction(1, 100):
            raise BadInput("The shares of a feature must add up to 1", feature, float(total), "0.99 to 1.01")
        given = [
            replace(share, part=share.part / total) if share.feature == feature else share for share in given
        ]
    return tuple(given)


def _change(
    past: History, read: PoolRead, quotas: Quotas, leave: int, cooling: int, gone: tuple[str, ...],
    values: Sequence[str],
) -> _Change:  # fmt: skip
    ended = leaving(past, leave if past.members else 0, values, gone)
    out = {*ended, *gone}
    stay = tuple(id for id in past.members if id not in out)
    places = quotas.size - len(stay)
    if places < 1:
        why = f"{len(stay)} stay on a jury of {quotas.size}"
        raise Impossible("No place is free", (why, "let somebody leave, or make the jury larger"))
    people, left_out = [], Counter[str]()
    resting, homes = past.resting(cooling) | out, _homes(read.pool, stay)
    for person in read.pool.volunteers:
        why = (
            "on the jury" if person.id in stay
            else "sat not long ago" if person.id in resting
            else "shares a home with somebody who stays" if person.household and person.household in homes
            else ""
        )  # fmt: skip
        if why:
            left_out[why] += 1
        else:
            people.append(replace(person, ahead=past.ahead.get(person.id, 0.0)))
    if not people:
        raise Impossible(
            "Nobody is left who could be drawn", tuple(f"{n} {why}" for why, n in left_out.items())
        )
    return _Change(
        ended, gone, stay, places, replace(read, pool=Pool(read.pool.features, tuple(people))), left_out
    )


def _homes(pool: Pool, stay: Sequence[str]) -> set[str]:
    on = set(stay)
    return {person.household for person in pool.volunteers if person.id in on and person.household}


def _seats(past: History, stay: Sequence[str]) -> Seats:
    def counted(turns: Iterator[tuple[str, ...]]) -> Counter[tuple[str, str]]:
        return Counter(name for values in turns for name in zip(past.features, values, strict=True))

    staying = counted(past.members[id].values for id in stay)
    return Seats(staying, counted(turn.values for turn in past.sat), len(past.sat))


def _wanted(
    change: _Change, quotas: Quotas, share: Sequence[Share], seats: Seats
) -> tuple[tuple[Target, ...], int]:
    """Return the narrowest targets for the places that people of the pool can meet, and how far let out."""
    narrow, wide = targets_for(quotas, share, seats, change.places)
    Quotas(change.places, wide)
    wanted = let_out(change.read.pool, change.places, narrow, wide) or wide  # then the draw says what clashes
    return wanted, max(max(n.low - w.low, w.high - n.high) for n, w in zip(narrow, wanted, strict=True))


def _rotation(
    past: History, change: _Change, quotas: Quotas, share: Sequence[Share], seats: Seats,
    wanted: Sequence[Target], slack: int, draw: Jury,
) -> Rotation:  # fmt: skip
    parts = {(one.feature, one.value): one.part for one in share}
    total = seats.total + change.places
    left = Counter(
        name for id in (*change.leave, *change.gone)
        for name in zip(past.features, past.members[id].values, strict=True)
    )  # fmt: skip
    rows = []
    for target, place in zip(wanted, draw.rows, strict=True):
        name = (target.feature, target.value)
        stay, ever, due = (
            seats.staying.get(name, 0),
            seats.ever.get(name, 0) + place.on_jury,
            parts[name] * total,
        )
        rows.append(Standing(
            *name, float(parts[name]), left[name], stay, target.low, target.high, place.on_jury,
            stay + place.on_jury, ever, float(due), float(ever - due),
        ))  # fmt: skip
    over = (
        *_before(past, share),
        *(SoFar(past.next, r.feature, r.value, r.ever, r.due, r.off_share) for r in rows),
    )
    return Rotation(
        past.next, quotas.size, change.leave, change.gone, change.stay, draw.panel,
        (*change.stay, *draw.panel), len(change.read.pool.volunteers), slack,
        max((abs(row.off_share) for row in rows), default=0.0), tuple(rows), over,
        tuple(_coming(past.next, share, len(change.leave))), draw,
    )  # fmt: skip


def _before(past: History, share: Sequence[Share]) -> Iterator[SoFar]:
    """Yield all who had sat by each earlier rotation."""
    for number in sorted({turn.rotation for turn in past.sat}):
        sat = [turn.values for turn in past.sat if turn.rotation <= number]
        for one in share:
            at = past.features.index(one.feature)
            ever, due = sum(values[at] == one.value for values in sat), one.part * len(sat)
            yield SoFar(number, one.feature, one.value, ever, float(due), float(ever - due))


def _coming(now: int, share: Sequence[Share], places: int) -> Iterator[Coming]:
    for feature in dict.fromkeys(one.feature for one in share):
        here = [one for one in share if one.feature == feature]
        numbers = plan([one.part for one in here], [places] * AHEAD) if places else ()
        for later, row in enumerate(numbers, start=now + 1):
            yield from (Coming(later, feature, one.value, int(n)) for one, n in zip(here, row, strict=True))


def _steps(value: Rotation, past: History, change: _Change) -> tuple[Step, ...]:
    steps = [
        Step("standing.rotated", {
            "number": value.number, "leave": len(value.leaving) + len(value.gone), "stay": len(value.staying),
            "drawn": len(value.drawn), "people": value.people,
        }),
        Step("standing.drawn", {"ids": ", ".join(value.drawn)}),
    ]  # fmt: skip
    if value.leaving:
        steps.append(Step("standing.leaving", {"ids": ", ".join(value.leaving)}))
    if value.gone:
        steps.append(Step("standing.gone", {"ids": ", ".join(value.gone)}))
    steps += [Step("standing.left-out", {"why": why, "people": n}) for why, n in change.left_out.items()]
    behind = [p.ahead for p in change.read.pool.volunteers if p.ahead < -FELT]
    if behind:
        steps.append(Step("standing.behind", {"people": len(behind), "most": -min(behind)}))
    nobody = [f"{place.feature} {place.value}" for place in value.draw.rows if not place.in_pool]
    if nobody:
        steps.append(Step("standing.nobody", {"values": ", ".join(nobody)}))
    farthest = max(value.rows, key=lambda row: abs(row.off_share))
    facts = {"people": len(past.sat) + len(value.drawn), "off": abs(farthest.off_share),
             "feature": farthest.feature, "value": farthest.value}  # fmt: skip
    steps.append(Step("standing.so-far", facts))
    steps.append(Step("standing.let-out" if value.slack else "standing.kept", {"people": value.slack}))
    return tuple(steps)
