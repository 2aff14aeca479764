"""Who sits on a citizens' jury: the draw, everyone's chance, and the two files that prove it.

Asks `power.juries` about a pool and its targets, and says in words what everyone's chance is and why nobody's
could be fairer.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Quality, Source, Step
from fairground.power.juries import (
    Pool,
    Quotas,
    Selection,
    Target,
    number_chosen,
    picked,
    to_replace,
    verify,
)
from fairground.power.juries import select as selected
from fairground.questions.power.jury_checks import flexible
from fairground.questions.power.jury_left_out import left_out_steps
from fairground.questions.power.lottery_file import (
    LotteryFile,
    bound_step,
    chosen_step,
    council_file,
    public_file,
    read_lottery,
)
from fairground.questions.power.volunteers import PoolRead

__all__ = ["replace", "select"]

NOBODY = 1e-12
FOLLOWING = 3  # how many sets of people who would be drawn next are told


@dataclass(frozen=True)
class Place:
    """One target, beside the pool and the jury that was drawn."""

    feature: str
    value: str
    least: int
    most: int
    in_pool: int
    on_jury: int


@dataclass(frozen=True)
class Before:
    """What is known of everyone's chance by a rule that is a way to draw, and of the juries that were drawn.

    Parameters
    ----------
    exact : the chances were counted; `error` is then 0, else the greatest standard error of any of them.
        draws : how many draws were begun. listed : how many juries were kept, the lottery; with `whole`
        they are all there are. alike : as how many juries, all equally likely, the lottery is random.
        possible : how many juries meet the targets, where they were counted. gap : by how much more random
        a lottery with the chances that are kept can be at most (in nats). walked : steps of the longest
        walk, where juries were found by walks. given : those that were drawn are too far from the chances,
        and the juries are those of the lottery that gave the chances.
    """

    exact: bool
    lowest: float
    highest: float
    error: float
    draws: int
    possible: str
    gap: float | None
    walked: int = 0
    listed: int = 0
    whole: bool = False
    alike: float = 0.0
    given: bool = False


@dataclass(frozen=True)
class Certificate:
    """What a lottery proves about itself.

    Parameters
    ----------
    gap : by how much the lowest chances could be higher at most, over all levels; for minimax, Goldilocks and
        Nash, by how much any lottery could be better; None where the rule has no such proof. rounding : the
        greatest difference between a chance in the lottery and among the numbered juries. seal : that of the
        numbered juries as both files hold them, empty where there are no files.
    """

    verified: bool
    juries: int
    lowest: float
    highest: float
    gap: float | None
    levels: int
    numbered: int
    rounding: float
    seal: str
    before: Before | None = None


@dataclass(frozen=True)
class Jury:
    """A jury that was drawn, everyone's chance, and the proof.

    Parameters
    ----------
    following : where people are replaced, who would be drawn next by the same values, in order.
    """

    rule: str
    size: int
    people: int
    kinds: int
    number: int
    panel: tuple[str, ...]
    rows: tuple[Place, ...]
    probabilities: dict[str, float]
    unreachable: tuple[str, ...]
    certificate: Certificate
    following: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Files:
    """The texts of the two files of a draw."""

    council: str
    public: str


def select(
    read: PoolRead,
    targets: Sequence[Target],
    target_source: Source,
    size: int,
    *,
    rule: str = "leximin",
    values: Sequence[str],
    secret: str,
    juries: int = 1000,
    way: str = "values",
    told: Callable[[float], None] | None = None,
) -> tuple[Answer[Jury], Files]:
    """Draw a jury, and return the answer and the two files of the draw.

    Parameters
    ----------
    values : public values that choose the number, in the order in which they were announced. secret : makes
        the codes; without it there is no public file and no seal. juries : how many numbered juries there
        are. way : values, or balls or dice that gave the number itself; `values` are then the throws.

    Raises
    ------
    Impossible : no jury meets the targets, or the rule's chances cannot be had. BadInput : pool and targets
        do not fit.
    """
    sources = (read.source, target_source)
    quotas = Quotas(size, tuple(targets))
    return _answer(read, quotas, sources, rule, tuple(values), secret, juries, told, way)


def replace(
    lottery: LotteryFile, source: Source, left: Sequence[str], declined: Sequence[str] = (), *,
    values: Sequence[str], secret: str, told: Callable[[float], None] | None = None,
) -> tuple[Answer[Jury], Files]:  # fmt: skip
    """Draw people for the places of those who left a jury, from the council's file of its draw.

    Parameters
    ----------
    left : ids of the jury who do not come. declined : ids of others who were asked and said no.

    Raises
    ------
    BadInput : a public file; an id that is not in the pool, or not on the jury. Impossible : the free places
    cannot be filled so that the whole jury meets its targets.
    """
    if lottery.pool is None or lottery.quotas is None:
        allowed = "the file that the council keeps (--out)"
        raise BadInput("A public file has nobody to draw from", "lottery", "public", allowed)
    rest, free = to_replace(lottery.pool, lottery.quotas, lottery.drawn().jury, left, declined)
    read = PoolRead(rest, source, Quality(len(lottery.pool.volunteers), len(rest.volunteers)), ())
    answer, files = _answer(
        read, free, (source,), lottery.rule, tuple(values), secret, len(lottery.numbered), told
    )
    following = _following(files.council, answer.value.panel)
    value = dataclasses.replace(answer.value, following=following)
    facts = {"sets": len(following), "ids": "; ".join(", ".join(panel) for panel in following)}
    steps = (*answer.steps, Step("juries.next", facts)) if following else answer.steps
    return dataclasses.replace(answer, value=value, steps=steps), files


def _following(council: str, panel: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the next people whom the same public values choose, in the order of RFC 3797, each set once."""
    drawn = read_lottery(council, "")
    order = picked(drawn.values, len(drawn.numbered), len(drawn.numbered))
    panels = dict.fromkeys(tuple(sorted(drawn.numbered[number - 1])) for number in order)
    panels.pop(tuple(sorted(panel)), None)
    return tuple(panels)[:FOLLOWING]


def _answer(
    read: PoolRead, quotas: Quotas, sources: tuple[Source, ...], rule: str, values: tuple[str, ...],
    secret: str, juries: int, told: Callable[[float], None] | None, way: str = "values",
) -> tuple[Answer[Jury], Files]:  # fmt: skip
    pool = read.pool
    number = number_chosen(way, values, max(juries, 1))
    chosen = selected(pool, quotas, rule, juries=juries, told=told)
    numbers = chosen.numbered(juries)
    ids = [person.id for person in pool.volunteers]
    named = [tuple(ids[at] for at in jury) for jury in numbers]
    files = Files(
        council_file(pool, quotas, chosen, named, values, secret, way),
        public_file(pool, quotas, chosen, named, values, secret, way) if secret else "",
    )
    seal = str(json.loads(files.public)["seal"]) if secret else ""
    value = _jury(pool, quotas, chosen, numbers, number, seal)
    method = Method(f"jury-{chosen.rule.family}", chosen.rule.name, chosen.rule.reference)
    return Answer(value, method, _steps(read, value, chosen, values, way, quotas), sources), files


def _jury(
    pool: Pool, quotas: Quotas, chosen: Selection, numbers: Sequence[Sequence[int]], number: int, seal: str
) -> Jury:
    ids = [person.id for person in pool.volunteers]
    chances = {id: float(chance) for id, chance in zip(ids, chosen.chances, strict=True)}
    juries = [[ids[at] for at in jury] for jury in chosen.lottery.juries]
    seen = verify(pool, quotas, juries, list(chosen.lottery.weights), chances, chosen.levels)
    if seen.faults:  # our own check refuses our own lottery: never hand it out
        fault = seen.faults[0]
        raise ArithmeticError(f"the lottery does not check: {fault.what} {fault.where} {fault.found}")
    times = np.zeros(len(ids))
    for jury in numbers:
        times[list(jury)] += 1
    panel = tuple(ids[at] for at in numbers[number - 1])
    certificate = Certificate(
        True, len(juries), seen.lowest, seen.highest, _gap(chosen, seen.gap),
        len(chosen.levels), len(numbers), float(np.abs(times / len(numbers) - chosen.chances).max()), seal,
        _before(chosen),
    )  # fmt: skip
    return Jury(
        chosen.rule.id, quotas.size, len(ids), len(chosen.kinds.units), number, panel,
        _places(pool, quotas, panel), chances,
        tuple(id for id, chance in chances.items() if chance <= NOBODY), certificate,
    )  # fmt: skip


def _gap(chosen: Selection, seen: float) -> float | None:
    found = seen if chosen.bound is None else chosen.gap
    return None if np.isnan(found) else max(found, 0.0)


def _before(chosen: Selection) -> Before | None:
    sample = chosen.sample
    if sample is None:
        return None
    possible = "" if sample.number is None else str(sample.number)
    return Before(
        bool(sample.exact), float(sample.expected.min()), float(sample.expected.max()),
        float(sample.error.max()), sample.tries, possible, sample.gap, sample.walked, len(sample.counts),
        sample.whole, _alike(chosen.mixture.weights), sample.given,
    )  # fmt: skip


def _alike(weights: NDArray[np.float64]) -> float:
    """Return how many juries, all equally likely, have the entropy of a lottery with these weights."""
    on = weights[weights > 0]
    return float(np.exp(-(on @ np.log(on))))


def _places(pool: Pool, quotas: Quotas, panel: Sequence[str]) -> tuple[Place, ...]:
    on, rows = set(panel), []
    for target in quotas.targets:
        at = pool.features.index(target.feature)
        having = [p.id for p in pool.volunteers if p.values[at] == target.value]
        rows.append(
            Place(
                target.feature,
                target.value,
                target.low,
                target.high,
                len(having),
                sum(i in on for i in having),
            )
        )
    return tuple(rows)


def _steps(
    read: PoolRead,
    value: Jury,
    chosen: Selection,
    values: Sequence[str],
    way: str,
    quotas: Quotas,
) -> tuple[Step, ...]:
    proof = value.certificate
    steps = [
        Step("juries.drawn", {"size": value.size, "people": value.people, "number": value.number}),
        Step("juries.panel", {"ids": ", ".join(value.panel)}),
        Step("juries.rule", {"rule": chosen.rule.name, "does": chosen.rule.does}),
        Step(
            "juries.chances",
            {"lowest": proof.lowest, "highest": proof.highest, "equal": value.size / value.people},
        ),
    ]
    if chosen.rule.compared:
        steps.insert(0, Step("juries.compared", {}))
    steps += left_out_steps(read.pool, quotas, value.unreachable, proven=chosen.rule.proven)
    if proof.before is not None:
        steps += _before_steps(proof.before, value, chosen)
    if chosen.bound is not None and proof.gap is not None:
        steps.append(bound_step(chosen.rule.family, chosen.bound, proof.gap))
    elif proof.gap is not None:
        steps.append(Step("juries.proof", {"levels": proof.levels, "gap": proof.gap}))
    steps.append(Step("juries.checked", {"juries": proof.juries}))
    if not chosen.rule.compared:
        steps.append(Step("juries.numbered", {"juries": proof.numbered, "most": proof.rounding}))
    steps.append(chosen_step(values, value.number, way))
    if proof.seal:
        steps.append(Step("juries.files.seal", {"seal": proof.seal}))
    return (*steps, *_read_steps(read, quotas.targets))


def _read_steps(read: PoolRead, targets: Sequence[Target]) -> list[Step]:
    """Say what was mended or left out of the pool, who shares an address, and what is not used."""
    steps = list(read.told) or [_home_step(read)]
    return [*steps, Step("juries.flex.unused", {})] if flexible(targets) else steps


def _before_steps(before: Before, value: Jury, chosen: Selection) -> list[Step]:
    """Say how juries were drawn or listed, and what everyone's chance is by the rule."""
    span = {"lowest": before.lowest, "highest": before.highest, "error": before.error}
    listed = {"juries": before.listed}
    code = (
        "juries.one-by-one"
        if chosen.rule.compared
        else "juries.every-one"
        if before.whole
        else "juries.listed"
    )
    steps = [Step(code, listed)]
    if before.draws > before.listed:
        steps.append(Step("juries.draws", {"draws": before.draws}))
    if before.walked:
        steps.append(Step("juries.walked", {"steps": before.walked}))
    if chosen.rule.keeps is None:
        steps.append(Step("juries.before.exact" if before.exact else "juries.before.estimated", span))
    else:
        steps += [Step("juries.given", {})] if before.given else []
        steps.append(Step("juries.as-random", {"juries": round(before.alike)}))
    if before.possible and not before.whole:
        steps.append(Step("juries.possible.count", {"number": _in_words(before.possible)}))
    if before.gap is not None:
        about = "juries.entropy.about" if before.walked else "juries.entropy"
        steps.append(Step(about, {"gap": f"{before.gap:.{2 if before.walked else 6}f}"}))
    return steps


def _in_words(number: str) -> str:
    """Return a whole number with commas, or the first figures of a long one and its power of ten."""
    return f"{int(number):,}" if len(number) <= 15 else f"{number[0]}.{number[1:3]} × 10^{len(number) - 1}"


def _home_step(read: PoolRead) -> Step:
    homes = Counter(p.household for p in read.pool.volunteers if p.household)
    shared = sum(n for n in homes.values() if n > 1)
    if not homes:
        return Step("juries.no-homes", {})
    return Step("juries.homes.known", {"people": shared})
