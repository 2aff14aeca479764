"""A draw in two parts: a lottery sealed before anybody knows the number, and the number that comes later.

`select` draws at once. In public the two are days apart: the numbered juries are sealed and published first,
with the public values that will choose among them. What is written here can be drawn again and counted again
by the same commands as any other draw.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step
from fairground.power.juries import (
    Pool,
    Quotas,
    Repair,
    Selection,
    Target,
    code,
    draw_way,
    key,
    number_chosen,
    repairs,
    throws_of,
    to_replace,
    verify,
)
from fairground.power.juries import select as selected
from fairground.questions.power.draw_json import json_of
from fairground.questions.power.lottery_file import (
    LotteryFile,
    council_file,
    public_file,
    read_lottery,
)
from fairground.questions.power.roll import Announced
from fairground.questions.power.small_counts import LEAST, hidden
from fairground.questions.power.volunteers import PoolRead

__all__ = ["Band", "Proof", "Sealed", "ShownValue", "opened", "prepare", "seal"]

NOBODY = 1e-12
FELT = 1e-6  # a past chance that is less than equal by more than this is told
LIMITS = (0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.12, 0.15, 0.2, 0.3, 0.5, 0.75)


@dataclass(frozen=True)
class ShownValue:
    """One value beside the pool, as everyone may see it; None where a number would tell of too few people."""

    feature: str
    value: str
    least: int
    most: int
    in_pool: int | None
    chance: float | None


@dataclass(frozen=True)
class Band:
    """So many volunteers have a chance from `low` to `high`: five or more, where the pool has as many."""

    low: float
    high: float
    people: int


@dataclass(frozen=True)
class Proof:
    """What a sealed lottery proves about itself, with nothing about any one person.

    Parameters
    ----------
    behind : how many people had less than equal chances at draws before, where leximin counts them.
        most_behind : by how much at most.
    """

    rule: str
    name: str
    does: str
    reference: str
    places: int
    people: int
    kinds: int
    lowest: float
    highest: float
    gap: float | None
    levels: int
    juries: int
    numbered: int
    rounding: float
    unreachable: int
    bands: tuple[Band, ...]
    rows: tuple[ShownValue, ...]
    behind: int = 0
    most_behind: float = 0.0


@dataclass(frozen=True)
class Sealed:
    """The two files of a draw that is still to come, the seal of its numbered juries, and the proof."""

    council: str
    public: str
    seal: str
    proof: Proof


def prepare(
    pool: Pool, quotas: Quotas, *, secret: str, rule: str = "leximin", juries: int = 1000,
    announced: Sequence[str] = (), known_from: str = "", way: str = "values", shown: bool = True,
    told: Callable[[float], None] | None = None,
) -> Sealed:  # fmt: skip
    """Return a lottery over numbered juries, counted again and ready to be sealed, without the number.

    Parameters
    ----------
    announced, known_from : which public values will choose the number, and from when they can be known; both
        go into the files. way : values, or balls or dice that give the number itself; a part of the seal.
        shown : whether everyone sees the targets; else the public file has a salted digest of them. told : is
        given the share that is done.

    Raises
    ------
    Impossible : no jury meets the targets, or the rule's chances cannot be had. BadInput : pool and targets
        do not fit; nothing is announced; no such way.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer
    >>> from fairground.questions.power.jury_draws import prepare
    >>> pool = Pool(("age",), tuple(Volunteer(f"p{n}", ("young" if n < 2 else "old",)) for n in range(6)))
    >>> half = Quotas(2, (Target("age", "young", 1, 1), Target("age", "old", 1, 1)))
    >>> sealed = prepare(pool, half, secret="kept by the council", announced=["Saturday's lottery"])
    >>> sealed.proof.people, round(sealed.proof.lowest, 6), len(sealed.seal)
    (6, 0.25, 64)
    """
    if not announced or not all(one.strip() for one in announced):
        what = "Say which public values will choose the number"
        raise BadInput(what, "announced", ", ".join(announced), "such as a lottery's numbers of a later day")
    draw_way(way)
    chosen = selected(pool, quotas, rule, juries=juries, told=told)
    numbers = chosen.numbered(juries)
    ids = [person.id for person in pool.volunteers]
    named = [tuple(ids[at] for at in jury) for jury in numbers]
    proof = _proof(pool, quotas, chosen, numbers)
    said = Announced(tuple(announced), known_from, shown)
    council = council_file(pool, quotas, chosen, named, (), secret, way, said)
    public = public_file(pool, quotas, chosen, named, (), secret, way, said)
    return Sealed(council, public, str(json.loads(public)["seal"]), proof)


def seal(
    read: PoolRead, targets: Sequence[Target], target_source: Source, size: int, *, secret: str,
    announced: Sequence[str], rule: str = "leximin", juries: int = 1000, known_from: str = "",
    way: str = "values", told: Callable[[float], None] | None = None,
) -> tuple[Answer[Proof], Sealed]:  # fmt: skip
    """Return what a lottery proves about itself before its number is known, and its two files.

    Parameters
    ----------
    announced, known_from : which public values will choose the number, and from when they can be known.
    way : values, or balls or dice that give the number itself.

    Raises
    ------
    Impossible, BadInput : as in `prepare`.
    """
    made = prepare(
        read.pool, Quotas(size, tuple(targets)), secret=secret, rule=rule, juries=juries,
        announced=announced, known_from=known_from, way=way, told=told,
    )  # fmt: skip
    proof = made.proof
    first = {"juries": proof.numbered, "size": size, "people": proof.people}
    steps = [
        Step("juries.sealed", {**first, "announced": "; ".join(announced)}),
        *([Step(f"juries.way.{way}", _throwing(way, juries))] if way != "values" else []),
        Step("juries.sealed.seal", {"seal": made.seal}),
        *proof_steps(vars(proof)),
        *read.told,
    ]
    method = Method(f"jury-{proof.rule}", proof.name, proof.reference)
    return Answer(proof, method, tuple(steps), (read.source, target_source)), made


def _throwing(way: str, juries: int) -> dict[str, Any]:
    return {"throws": throws_of(way, juries), "juries": juries}


def proof_steps(facts: Mapping[str, Any]) -> list[Step]:
    """Return what a lottery proves about itself, as the steps of an answer; `facts` are a `Proof`'s."""
    told = {name: facts[name] for name in ("lowest", "highest")}
    steps = [
        Step("juries.rule", {"rule": facts["name"], "does": facts["does"]}),
        Step("juries.chances", {**told, "equal": facts["places"] / facts["people"]}),
    ]
    if facts.get("behind"):
        steps.append(_behind(facts["behind"], facts["most_behind"]))
    if facts["gap"] is not None:
        steps.append(Step("juries.proof", {"levels": facts["levels"], "gap": facts["gap"]}))
    steps.append(Step("juries.checked", {"juries": facts["juries"]}))
    steps.append(Step("juries.numbered", {"juries": facts["numbered"], "most": facts["rounding"]}))
    if facts["unreachable"]:
        few = facts["unreachable"] < LEAST
        steps.append(
            Step("lots.unreachable-few" if few else "lots.unreachable", {"people": facts["unreachable"]})
        )
    return steps


def _behind(people: int, most: float) -> Step:
    few = people < LEAST  # so few are not counted in public
    return Step("lots.behind-few") if few else Step("standing.behind", {"people": people, "most": most})


def free_places(
    pool: Pool, targets: Sequence[Target], size: int, *, drawn: Collection[str], left: Collection[str],
    declined: Collection[str] = (),
) -> tuple[Pool, Quotas]:  # fmt: skip
    """Return who may be drawn for the places of those who left, and whom these places need.

    Parameters
    ----------
    drawn : ids of all who were ever drawn for this jury. left : those of them who do not come. declined : ids
        of others who cannot be asked.

    Raises
    ------
    BadInput : nobody left, or somebody who was not drawn. Impossible : nobody is left to draw from.
    """
    return to_replace(pool, Quotas(size, tuple(targets)), sorted(drawn), sorted(left), sorted(declined))


@dataclass(frozen=True)
class WayOut:
    """One way to change the targets of a whole jury so that its free places can be filled, in words."""

    words: str
    people: int
    targets: tuple[Target, ...]


def mendings(pool: Pool, quotas: Quotas, whole: Sequence[Target]) -> tuple[WayOut, ...]:
    """Return up to three ways to change the targets of the whole jury, the least change first."""
    return tuple(_way_out(repair, whole) for repair in repairs(pool, quotas))


def with_values(text: str, values: Sequence[str]) -> str:
    """Return a file of a draw with what was read out in it: public values, or throws of balls or dice.

    Raises
    ------
    BadInput : a value without letters or digits; a throw that cannot be, or that chooses no jury.
    """
    held = json.loads(text)
    number_chosen(str(held.get("way", "values")), values, len(held["numbered"]))
    return _with(text, {"public_values": list(values)})


def opened(text: str, name: str, values: Sequence[str] = ()) -> LotteryFile:
    """Return a file of a draw, with the values that were read out where it is sealed and has none yet.

    Raises
    ------
    BadInput : it is no such file; it has values already; it has none, and none are given.
    """
    held = json_of(text, name)
    had = held.get("public_values") if isinstance(held, dict) else None
    if values and had:
        what = "This draw has its public values already; leave yours out to draw again"
        raise BadInput(what, "value", " / ".join(values), " / ".join(map(str, had)), file=name)
    return read_lottery(with_values(text, values) if values and had == [] else text, name)


def same_values(one: Sequence[str], other: Sequence[str], way: str = "values", juries: int = 1000) -> bool:
    """Say whether two people wrote down the same: order and commas within one public value do not matter.

    Of balls and dice the order does matter, and the number of every throw must be the same.

    >>> from fairground.questions.power.jury_draws import same_values
    >>> same_values(["9, 18, 26"], ["26 18 9"]), same_values(["9"], ["8"])
    (True, False)
    >>> same_values(["4 1 7"], ["417"], "balls"), same_values(["4 1 7"], ["7 1 4"], "balls")
    (True, False)
    """
    if not draw_way(way).faces:
        return key(one) == key(other)
    each = [number_chosen(way, values, juries) for values in (one, other)]
    plain = [[re.sub("[^0-9]", "", value) for value in values] for values in (one, other)]
    return each[0] == each[1] and plain[0] == plain[1]


def jury_shown(lottery: LotteryFile) -> tuple[tuple[str, str, int | None], ...]:
    """Return how many of a drawn jury have each value; None where that would tell of too few people."""
    assert lottery.pool is not None
    assert lottery.quotas is not None
    on = set(lottery.drawn().jury)
    people = [person for person in lottery.pool.volunteers if person.id in on]
    return tuple(_counted(lottery.pool, lottery.quotas, people))


def own_line(council: str, person: str) -> tuple[str, float] | None:
    """Return the code and chance of one person in the council's file; None where they are not in its pool."""
    held = json.loads(council)
    chances = {str(row[0]): float(row[4]) for row in held["people"]}
    return (code(str(held["secret"]), person), chances[person]) if person in chances else None


def _with(text: str, more: Mapping[str, object]) -> str:
    held = json.loads(text) | dict(more)
    indent = 1 if text.startswith("{\n") else None
    return json.dumps(held, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"


def _proof(pool: Pool, quotas: Quotas, chosen: Selection, numbers: Sequence[Sequence[int]]) -> Proof:
    ids = [person.id for person in pool.volunteers]
    chances = {id: float(chance) for id, chance in zip(ids, chosen.chances, strict=True)}
    juries = [[ids[at] for at in jury] for jury in chosen.lottery.juries]
    seen = verify(pool, quotas, juries, list(chosen.lottery.weights), chances, chosen.levels)
    if seen.faults:  # our own check refuses our own lottery: never seal it
        fault = seen.faults[0]
        raise ArithmeticError(f"the lottery does not check: {fault.what} {fault.where} {fault.found}")
    behind = [-person.ahead for person in pool.volunteers if person.ahead < -FELT]
    times = np.zeros(len(ids))
    for jury in numbers:
        times[list(jury)] += 1
    return Proof(
        chosen.rule.id, chosen.rule.name, chosen.rule.does, chosen.rule.reference,
        quotas.size, len(ids), len(chosen.kinds.units), seen.lowest, seen.highest,
        None if np.isnan(seen.gap) else max(seen.gap, 0.0), len(chosen.levels), len(juries), len(numbers),
        float(np.abs(times / len(numbers) - chosen.chances).max()),
        sum(chance <= NOBODY for chance in chances.values()), bands(list(chances.values())),
        tuple(_shown(pool, quotas, chances)), len(behind), max(behind, default=0.0),
    )  # fmt: skip


def bands(chances: Sequence[float], *, least: int = LEAST) -> tuple[Band, ...]:
    """Return everyone's chances in bands with round limits; a band of too few joins its neighbour."""
    ordered = sorted(round(chance, 6) for chance in chances)
    groups: list[list[float]] = [[]]
    for chance in ordered:
        over = groups[-1] and bisect_right(LIMITS, chance) > bisect_right(LIMITS, groups[-1][-1])
        if over and len(groups[-1]) >= least:
            groups.append([])
        groups[-1].append(chance)
    if len(groups) > 1 and len(groups[-1]) < least:
        groups[-2:] = [groups[-2] + groups[-1]]
    return tuple(Band(group[0], group[-1], len(group)) for group in groups)


def _shown(pool: Pool, quotas: Quotas, chances: dict[str, float]) -> list[ShownValue]:
    rows = []
    for target, (_, _, many) in zip(quotas.targets, _counted(pool, quotas, pool.volunteers), strict=True):
        at = pool.features.index(target.feature)
        having = [chances[p.id] for p in pool.volunteers if p.values[at] == target.value]
        mean = None if many is None or not having else round(sum(having) / len(having), 2)
        rows.append(ShownValue(target.feature, target.value, target.low, target.high, many, mean))
    return rows


def _counted(pool: Pool, quotas: Quotas, people: Sequence[object]) -> list[tuple[str, str, int | None]]:
    found: list[tuple[str, str, int | None]] = []
    for feature in dict.fromkeys(target.feature for target in quotas.targets):
        at = pool.features.index(feature)
        values = [target.value for target in quotas.targets if target.feature == feature]
        has = [p.values[at] for p in people]  # type: ignore[attr-defined]
        counts = hidden([has.count(value) for value in values])
        found += [(feature, value, many) for value, many in zip(values, counts, strict=True)]
    return found


def _way_out(repair: Repair, whole: Sequence[Target]) -> WayOut:
    moved = {(c.before.feature, c.before.value): c for c in repair.changes}
    targets, words = [], []
    for one in whole:
        change = moved.get((one.feature, one.value))
        if change is None:
            targets.append(one)
            continue
        low = one.low - (change.before.low - change.after.low)
        high = one.high + (change.after.high - change.before.high)
        targets.append(Target(one.feature, one.value, max(low, 0), high))
        words.append(f"{one.feature} {one.value}: {one.low} to {one.high} becomes {max(low, 0)} to {high}")
    return WayOut("; ".join(words), repair.people, tuple(targets))
