"""A jury's draw from outside: whether it can be made at all, a draw made again, a lottery looked at.

Each answer is for somebody who does not take our word: the officer whose targets clash, the journalist who
has the published file, the auditor who has the council's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fairground.errors import Impossible
from fairground.evidence import Answer, Method, Source, Step
from fairground.power.juries import (
    RULES,
    Quotas,
    Repair,
    Target,
    clashing,
    gap_of,
    left_out,
    repairs,
    select,
    unreachable,
    verify,
)
from fairground.power.juries.ends import CLOSE
from fairground.power.juries.kinds import Kinds
from fairground.questions.power.jury_left_out import left_out_steps
from fairground.questions.power.jury_mending import Mending, changes, mendings, reached, sum_steps
from fairground.questions.power.lottery_file import LotteryFile, before_drawn, bound_step, chosen_step
from fairground.questions.power.volunteers import PoolRead

__all__ = ["again", "check", "look"]

PROVEN = {rule.id for rule in RULES if rule.proven}
DRAWN = {rule.id for rule in RULES if rule.draws or rule.keeps}
BOUNDED = {rule.id for rule in RULES if rule.bounded}
NEAR = 1e-9  # by which a weight may differ when juries are drawn again
ROUNDED, BEFORE_THE_ROLL = 5, 20  # numbered juries by which anybody may be off their chance; in older files
COMPARED = {rule.id for rule in RULES if rule.compared}

DRAW = Method(
    "jury-draw-again",
    "The number that public values choose among numbered juries",
    "RFC 3797 (Eastlake 2004), Publicly Verifiable Nominations Committee Random Selection",
)
THROWN = Method(
    "jury-thrown-again",
    "The number that balls or dice give among numbered juries, each as likely as any other",
    "docs/explanation/juries.md, A draw in public",
)
POSSIBLE = Method(
    "jury-possible",
    "Whether any jury meets every target, by whole-number programming",
    "Chinneck (2008), Feasibility and Infeasibility in Optimization",
)
LOOK = Method(
    "jury-verify",
    "Every jury, target, household and chance counted again, and the bound worked out again",
    "Flanigan et al. (2021), Nature 596; weak duality of linear programs",
)


@dataclass(frozen=True)
class Possible:
    """Whether a jury can be drawn; if not, which targets clash and what would mend it."""

    possible: bool
    people: int
    size: int
    clash: tuple[Target, ...]
    rows: tuple[Mending, ...]
    unreachable: tuple[str, ...]


@dataclass(frozen=True)
class Again:
    """A draw made again."""

    number: int
    of: int
    panel: tuple[str, ...]
    public: bool
    seal: str
    agree: bool


@dataclass(frozen=True)
class Wrong:
    """Something in a lottery that does not agree."""

    what: str
    where: str
    found: str
    expected: str


@dataclass(frozen=True)
class Looked:
    """A lottery counted again; `rounding` is by how much a share of the numbers is off a chance at most."""

    agree: bool
    public: bool
    juries: int
    people: int
    lowest: float
    highest: float
    gap: float | None
    rows: tuple[Wrong, ...]
    seal: str
    rounding: float


def check(read: PoolRead, targets: Sequence[Target], target_source: Source, size: int) -> Answer[Possible]:
    """Answer whether a jury can be drawn from a pool; if not, which targets clash and what would mend it.

    Raises
    ------
    BadInput : pool and targets do not fit.
    """
    pool = read.pool
    try:
        quotas = Quotas(size, tuple(targets))
    except Impossible:
        none = Possible(False, len(pool.volunteers), size, (), (), ())
        steps = sum_steps(targets, size)
        return Answer(none, POSSIBLE, (*steps, *read.told), (read.source, target_source))
    clash = clashing(pool, quotas)
    mend = () if clash is None else repairs(pool, quotas)
    people = [reached(pool, quotas, repair) for repair in mend]
    ids = unreachable(pool, quotas) if clash is None else ()
    value = Possible(
        clash is None, len(pool.volunteers), size, clash or (), tuple(mendings(mend, people)), ids
    )
    bound = clash is not None and not mend and flexible(targets) and bool(repairs(pool, _unbound(quotas)))
    told = (*_possible_steps(value, mend, people, bound), *left_out_steps(pool, quotas, ids))
    if flexible(targets) and not bound:
        told = (*told, Step("juries.flex", {}))
    return Answer(value, POSSIBLE, (*told, *read.told), (read.source, target_source))


def flexible(targets: Sequence[Target]) -> bool:
    """Say whether any target has flexible bounds."""
    return any(t.floor is not None or t.ceiling is not None for t in targets)


def _unbound(quotas: Quotas) -> Quotas:
    """Return the same targets without flexible bounds."""
    return Quotas(quotas.size, tuple(Target(t.feature, t.value, t.low, t.high) for t in quotas.targets))


def _possible_steps(
    value: Possible, mend: Sequence[Repair], reached: Sequence[int], bound: bool
) -> tuple[Step, ...]:
    facts = {"size": value.size, "people": value.people}
    if value.possible:
        return (Step("juries.possible", facts),)
    named = "; ".join(f"{t.feature} {t.value} ({t.low} to {t.high})" for t in value.clash)
    steps = [Step("juries.impossible", facts)]
    if named:
        steps.append(Step("juries.clash", {"targets": named}))
    steps += [
        Step(
            "juries.repair",
            {
                "number": n,
                "people": repair.people,
                "changes": changes(repair),
                "reached": people,
                "all": value.people,
            },
        )
        for n, (repair, people) in enumerate(zip(mend, reached, strict=True), start=1)
    ]
    if bound:
        steps.append(Step("juries.flex.none", {}))
    elif not mend:
        few = value.people < value.size
        steps.append(Step("juries.too-few" if few else "juries.no-repair", facts))
    return tuple(steps)


def again(lottery: LotteryFile, source: Source) -> Answer[Again]:
    """Answer which jury the public values choose, from the published file alone."""
    drawn = lottery.drawn()
    same = not lottery.public or lottery.resealed() == lottery.seal
    value = Again(drawn.number, len(lottery.numbered), drawn.jury, lottery.public, lottery.seal, same)
    steps = [
        Step("juries.again", {"number": drawn.number, "juries": value.of}),
        Step("juries.panel", {"ids": ", ".join(drawn.jury)}),
        chosen_step(drawn.values, drawn.number, lottery.way),
        *_announced_steps(lottery),
        Step("juries.seal" if same else "juries.seal.broken", {"seal": lottery.seal}),
    ]
    method = DRAW if lottery.way == "values" else THROWN
    return Answer(value, method, tuple(steps), (source,))


def look(lottery: LotteryFile, source: Source) -> Answer[Looked]:
    """Answer whether a lottery is what it says: everything in the file is counted again."""
    value = _look_public(lottery) if lottery.public else _look_whole(lottery)
    facts = {"juries": value.juries, "people": value.people}
    steps = [Step("juries.agree" if value.agree else "juries.differ", facts)]
    steps.append(Step("juries.chances", {
        "lowest": value.lowest, "highest": value.highest, "equal": lottery.size / max(value.people, 1),
    }))  # fmt: skip
    if value.gap is not None and lottery.bound is not None:
        steps.append(bound_step(lottery.family, lottery.bound, value.gap))
    elif value.gap is not None:
        steps.append(Step("juries.proof", {"levels": len(lottery.levels), "gap": value.gap}))
    if lottery.family in COMPARED:
        steps.append(Step("juries.compared", {}))
    steps.append(_rounding_step(lottery))
    if lottery.roll is not None and value.agree:
        steps.append(Step("juries.roll", {"people": value.people}))
    if lottery.public and lottery.roll is not None and lottery.roll.targets is not None:
        told = "; ".join(
            f"{t.feature} {t.value}: {t.low}" + (f" to {t.high}" if t.high != t.low else "")
            for t in lottery.roll.targets
        )
        steps.append(Step("juries.roll.targets", {"targets": told}))
    if lottery.public:
        steps.append(Step("juries.public.limits", {}))
    elif lottery.family in DRAWN and value.agree:
        steps.append(Step("juries.drawn-again", {}))
    if value.agree:
        steps += [*_number_steps(lottery), *_announced_steps(lottery)]
        steps.append(Step("juries.seal", {"seal": value.seal}))
    return Answer(value, LOOK, tuple(steps), (source,))


def _announced_steps(lottery: LotteryFile) -> list[Step]:
    """Say from where the number was to come by the seal; that anything could be tried where it is silent."""
    said = lottery.roll.announced if lottery.roll else None
    if said is None or not said.values:
        return [Step("juries.unannounced", {"values": " / ".join(lottery.values)})] if lottery.number else []
    told = (*said.values, *([said.known_from] if said.known_from else []))
    return [Step("juries.announced", {"from": "; ".join(told)})]


def _number_steps(lottery: LotteryFile) -> list[Step]:
    """Return which jury was drawn, and how its number was chosen; or that nothing has chosen it yet."""
    if not lottery.number:
        return [Step("juries.not-drawn", {})]
    drawn = lottery.drawn()
    facts = {"number": drawn.number, "juries": len(lottery.numbered)}
    return [
        Step("juries.again", facts),
        Step("juries.panel", {"ids": ", ".join(drawn.jury)}),
        chosen_step(drawn.values, drawn.number, lottery.way),
    ]


def _look_whole(lottery: LotteryFile) -> Looked:
    assert lottery.pool is not None
    assert lottery.quotas is not None
    seen = verify(
        lottery.pool, lottery.quotas, lottery.juries, lottery.weights, lottery.chances, lottery.levels
    )
    wrong = [Wrong(f.what, f.where, f.found, f.expected) for f in seen.faults]
    if lottery.bent:
        wrong.append(Wrong("seal", "juries, pool or targets", "another seal", lottery.seal))
    wrong += _numbers_wrong(lottery)
    if lottery.family in DRAWN and not wrong:
        wrong += _drawn_otherwise(lottery)
    if lottery.family in PROVEN | BOUNDED - {"minimax"}:
        out = left_out(lottery.pool, lottery.quotas, lottery.chances)
        wrong += [Wrong("without", id, "0", "a chance: somebody just like them can sit") for id in out]
    gap = None if np.isnan(seen.gap) else max(seen.gap, 0.0)
    if gap is not None and gap > 1e-6 and lottery.family in PROVEN:
        wrong.append(Wrong("gap", "the proof", f"{gap:.2e}", "at most 0.000001"))
    if lottery.family in BOUNDED and not wrong:
        gap = _bounded(lottery)
        if gap is not None and gap > 2 * CLOSE[lottery.family]:
            most = f"at most {2 * CLOSE[lottery.family]:.7f}"
            wrong.append(Wrong("gap", "the bound", f"{gap:.2e}", most))
    if gap is None and lottery.family in PROVEN | BOUNDED and not wrong:
        wrong.append(Wrong("proof", "the lottery", "none", "a proof for each level"))
    return Looked(
        not wrong, False, seen.juries, len(lottery.chances), seen.lowest, seen.highest, gap, tuple(wrong),
        lottery.seal, max(_off(lottery).values()),
    )  # fmt: skip


def _bounded(lottery: LotteryFile) -> float | None:
    """Return by how much any lottery could be better, as the weights of this one prove; None without."""
    if lottery.bound is None or lottery.pool is None or lottery.quotas is None:
        return None
    chances = np.array([lottery.chances[person.id] for person in lottery.pool.volunteers])
    return gap_of(lottery.family, Kinds.of(lottery.pool, lottery.quotas), chances, lottery.bound)


def _drawn_otherwise(lottery: LotteryFile) -> list[Wrong]:
    """Draw the juries again from the pool alone: the same must come out, weights and chances too."""
    assert lottery.pool is not None
    assert lottery.quotas is not None
    again = select(lottery.pool, lottery.quotas, lottery.rule, juries=len(lottery.numbered))
    ids = [person.id for person in lottery.pool.volunteers]
    wrong = [
        Wrong("drawn", f"numbered jury {at}", ", ".join(jury), ", ".join(ids[n] for n in new))
        for at, (jury, new) in enumerate(
            zip(lottery.numbered, again.numbered(len(lottery.numbered)), strict=True), start=1
        )
        if set(jury) != {ids[n] for n in new}
    ]
    drawn = {frozenset(jury): weight for jury, weight in zip(lottery.juries, lottery.weights, strict=True)}
    named = [frozenset(ids[n] for n in jury) for jury in again.lottery.juries]
    for at, (jury, weight) in enumerate(zip(named, again.lottery.weights, strict=True), start=1):
        said = drawn.pop(jury, 0.0)
        if abs(said - weight) > NEAR:
            wrong.append(Wrong("drawn", f"jury {at}", f"{said:.9f}", f"{weight:.9f}"))
    wrong += [Wrong("drawn", "a jury", ", ".join(sorted(jury)), "a jury that was drawn") for jury in drawn]
    return wrong + _known_otherwise(lottery, before_drawn(lottery.pool, again))


def _known_otherwise(lottery: LotteryFile, again: Mapping[str, Mapping[str, Any]]) -> list[Wrong]:
    """Compare what a file says of everyone's chance before the draw: the chance, its error, its fraction."""
    said, none = lottery.before or {}, (float("nan"), float("nan"))
    wrong = [
        Wrong("before", id, " ± ".join(f"{n:.9f}" for n in said.get(id, none)), f"{share:.9f} ± {error:.9f}")
        for id, (share, error) in again["before"].items()
        if not np.allclose(said.get(id, none), (share, error), rtol=0, atol=1e-9)
    ]
    exact, ids = again["exactly"], {*again["exactly"], *lottery.exactly}
    return wrong + [
        Wrong("exactly", id, lottery.exactly.get(id, "none"), exact.get(id, "none"))
        for id in sorted(ids)
        if lottery.exactly.get(id) != exact.get(id)
    ]


def _look_public(lottery: LotteryFile) -> Looked:
    wrong = _numbers_wrong(lottery)
    seal = lottery.resealed()
    if seal != lottery.seal:
        wrong.append(Wrong("seal", "the numbered juries", seal, lottery.seal))
    if abs(sum(lottery.chances.values()) - lottery.size) > 1e-4:
        total = f"{sum(lottery.chances.values()):.6f}"
        wrong.append(Wrong("sum", "all chances", total, str(lottery.size)))
    spread = list(lottery.chances.values())
    return Looked(
        not wrong, True, len(lottery.numbered), len(spread), min(spread), max(spread), None, tuple(wrong),
        lottery.seal, max(_off(lottery).values()),
    )  # fmt: skip


def _off(lottery: LotteryFile) -> dict[str, float]:
    """Return by how much each person's share of the numbered juries is off their chance."""
    times = Counter(id for jury in lottery.numbered for id in jury)
    return {id: abs(times[id] / len(lottery.numbered) - chance) for id, chance in lottery.chances.items()}


def _rounding_step(lottery: LotteryFile) -> Step:
    """Say by how much anybody is off at most, and who, where it is more than rounding up or down needs."""
    off = _off(lottery)
    far = max(off, key=lambda id: off[id])
    more = off[far] >= 1 / len(lottery.numbered) + NEAR
    return Step("juries.numbers.off" if more else "juries.numbers", {"id": far, "most": off[far]})


def _numbers_wrong(lottery: LotteryFile) -> list[Wrong]:
    """Look at the numbered juries: their size, their people, and how often each sits beside their chance."""
    wrong, times = [], Counter[str]()
    for number, jury in enumerate(lottery.numbered, start=1):
        times.update(jury)
        if len(set(jury)) != lottery.size or len(jury) != lottery.size:
            wrong.append(Wrong("size", f"numbered jury {number}", str(len(set(jury))), str(lottery.size)))
    wrong += [
        Wrong("unknown", "the numbered juries", id, "somebody with a chance")
        for id in times
        if id not in lottery.chances
    ]
    most = (BEFORE_THE_ROLL if lottery.roll is None else ROUNDED) / len(lottery.numbered)
    for id, off in _off(lottery).items():
        share, chance = times[id] / len(lottery.numbered), lottery.chances[id]
        if off > most + NEAR:
            wrong.append(Wrong("numbers", id, f"{share:.4f}", f"{chance:.4f}, give or take {most:g}"))
    if lottery.pool is not None and lottery.quotas is not None:
        seen = verify(
            lottery.pool,
            lottery.quotas,
            lottery.numbered,
            [1 / len(lottery.numbered)] * len(lottery.numbered),
            {},
        )
        wrong += [
            Wrong(f.what, f"numbered {f.where}", f.found, f.expected)
            for f in seen.faults
            if f.what not in {"chance", "sum"}
        ]
    return wrong
