"""What the pages of a draw ask the engine: the lottery and its seal, the number, codes, chances, ways out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from fairground.evidence import Source
from fairground.power.budgeting.receipts import read_code, write_code
from fairground.power.juries import DRAW_WAYS, RULES, Pool, Quotas, Staying, Target, off, throws_of
from fairground.questions.power import jury_draws, jury_rolls
from fairground.questions.power.jury_alternates import step_in
from fairground.questions.power.lottery_file import read_lottery
from fairground.report import say, working
from fairground.report.charts.chances import band, chances
from fairground.web.answers import drawn
from fairground.web.power.juries import sealing
from fairground.web.power.juries.bridge import pool_read, quotas_of
from fairground.web.power.juries.models import Jury, Volunteer, features_of
from fairground.web.power.lots.models import GONE, Draw, Seat, standing

__all__ = [
    "Drawn",
    "chance_chart",
    "council",
    "lottery",
    "public_file",
    "rules",
    "same_values",
    "ways_out",
]

Targets = list[list[Any]]


def ways() -> list[tuple[str, str]]:
    """Return the ways in which a number can be chosen."""
    return [(one.id, one.name[0].upper() + one.name[1:]) for one in DRAW_WAYS]


def thrown(draw: Draw) -> int:
    """Return how many balls or dice make one throw of a draw; nought where public values choose."""
    return throws_of(draw.chosen_by, draw.juries)


def rules() -> list[tuple[str, str]]:
    """Return the rules that a draw on the site can follow: those that find chances first, then the juries."""
    return [(rule.id, f"{rule.name}: {rule.does}") for rule in RULES if not (rule.draws or rule.keeps)]


def targets_of(jury: Jury) -> Targets:
    """Return whom the jury must hold: as the last draw that counts had it, else as it is set now."""
    before = standing(jury)
    if before:
        return [list(one) for one in before[-1].targets]
    return [[t.feature, t.value, t.low, t.high] for t in quotas_of(jury).targets]


# What other apps know of draws before a jury's first: by number, what was more than an equal chance, or less.
PAST: list[Callable[[Jury], Mapping[str, float]]] = []
# What other apps know of a jury: whether its targets would tell what those are who sat on it before.
TELLS: list[Callable[[Jury], bool]] = []


def targets_shown(draw: Draw) -> bool:
    """Say whether everyone sees the targets of a draw; else they are sealed as a salted digest.

    Those of free places would tell what those are who left; those of a later rotation, what those are who
    sat before.
    """
    return draw.first and not any(tells(draw.jury) for tells in TELLS)


def lottery(draw: Draw, *, secret: str, told: Callable[[float], None]) -> jury_draws.Sealed:
    """Return the lottery of a draw that was asked for.

    Raises
    ------
    Impossible : no jury meets the targets; the pool is erased. BadInput : nobody has volunteered.
    """
    pool, quotas = _asked(draw.jury, _targets(draw.targets), draw.places, first=draw.first)
    if draw.first and draw.rule == "leximin":
        pool = _with_past(draw.jury, pool)
    return jury_draws.prepare(
        pool, quotas, secret=secret, rule=draw.rule, juries=draw.juries, announced=draw.announced,
        known_from=_moment(draw.known_from), way=draw.chosen_by, shown=targets_shown(draw), told=told,
    )  # fmt: skip


def _asked(jury: Jury, targets: Sequence[Target], places: int, *, first: bool) -> tuple[Pool, Quotas]:
    if first:
        return pool_read(jury).pool, Quotas(places, tuple(targets))
    base = _base(jury)
    seats = list(Seat.objects.filter(jury=jury).select_related("volunteer"))
    known = {person.id for person in base.volunteers}
    gone = jury.volunteers.exclude(withdrawn_at=None).values_list("number", flat=True)
    return jury_draws.free_places(
        base, targets, jury.size,
        drawn=[str(seat.volunteer.number) for seat in seats],
        left=[str(seat.volunteer.number) for seat in seats if seat.state in GONE],
        declined=known & {str(number) for number in gone},
    )  # fmt: skip


def _with_past(jury: Jury, pool: Pool) -> Pool:
    ahead = {number: by for past in PAST for number, by in past(jury).items()}
    return Pool(pool.features, tuple(replace(p, ahead=ahead.get(p.id, 0.0)) for p in pool.volunteers))


def _base(jury: Jury) -> Pool:
    """Return the pool of the jury's first draw that counts: later draws are from the same people."""
    first = standing(jury)[0]
    pool = read_lottery(council(Draw.objects.select_related("jury").get(pk=first.pk)), "the first draw").pool
    assert pool is not None  # the council's file has one
    return pool


def ways_out(jury: Jury, places: int) -> list[Any]:
    """Return ways to change targets so that the places can be filled, the least change first."""
    before = standing(jury)
    targets = _targets(targets_of(jury))
    pool, quotas = _asked(jury, targets, places, first=not before)
    return list(jury_draws.mendings(pool, quotas, targets))


@dataclass(frozen=True)
class Ready:
    """Who stands ready, by number, in their order; how good that is, in words without numbers of people."""

    numbers: tuple[int, ...]
    working: tuple[str, ...]


def stand_ready(draw: Draw, number: int, stays: float) -> Ready:
    """Return who should stand ready to step in on the jury of a first draw; the same draw gives the same.

    Raises
    ------
    Impossible : too few people could step in; the pool is erased.
    """
    held = read_lottery(council(draw), "the first draw")
    source = Source(f"draw-{draw.pk}", str(draw), "the jury's officers", "", "held by them", "")
    answer = step_in(held, (source,), number, Staying(stays))
    told = zip(answer.steps[1:], working(answer), strict=True)
    words = tuple(line for step, line in told if step.code != "juries.stays")  # said on the page
    return Ready(tuple(int(id) for id in answer.value.alternates), words)


def best_to_step_in(
    draw: Draw, targets: Targets, size: int, holds: Sequence[int], ready: Sequence[int]
) -> int | None:
    """Return who of those who stand ready leaves a jury nearest to its targets; the first of equal ones.

    Nobody steps in who shares a home with somebody on the jury. None where nobody can.
    """
    held = read_lottery(council(draw), "the first draw").pool
    assert held is not None  # the council's file has one
    homes = {p.household for p in held.volunteers if p.id in {str(n) for n in holds} and p.household}
    known = {p.id: p for p in held.volunteers}
    can = [n for n in ready if str(n) in known and known[str(n)].household not in homes]
    quotas, on = Quotas(size, tuple(_targets(targets))), [str(n) for n in holds]
    missed = [off(held, quotas, on, [str(n)], Staying(1.0), b"", 2).mean for n in can]
    return can[missed.index(min(missed))] if can else None


def as_kept(targets: Sequence[Target]) -> Targets:
    """Return targets as a draw keeps them."""
    return [[t.feature, t.value, t.low, t.high] for t in targets]


def _targets(kept: Targets) -> list[Target]:
    return [Target(str(f), str(v), int(low), int(high)) for f, v, low, high in kept]


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def proof_facts(sealed: jury_draws.Sealed, *, shown: bool) -> dict[str, Any]:
    """Return the proof of a lottery as JSON can hold it; the table of values only where it may be shown.

    Beside that of the first draw, the table of a later one would tell what those are who left the pool.
    """
    facts: dict[str, Any] = json.loads(json.dumps(asdict(sealed.proof)))
    facts["roll"] = jury_rolls.facts_of(read_lottery(sealed.public, "the public file"))
    return facts if shown else facts | {"rows": []}


def council(draw: Draw) -> str:
    """Return the council's file of a draw, with the public values where they are known.

    Raises
    ------
    Impossible : the pool is erased. DataProblem : it does not open.
    """
    text: str = sealing.unseal(draw.jury, draw.council, _about(draw))["lottery"]
    return jury_draws.with_values(text, draw.values) if draw.values else text


def seal_council(draw: Draw, text: str) -> str:
    """Return the council's file sealed with the key of the jury."""
    return sealing.seal(draw.jury, {"lottery": text}, _about(draw))


def _about(draw: Draw) -> str:
    return f"draw {draw.jury_id} {draw.pk}"


def public_file(draw: Draw) -> str:
    """Return the public file of a draw, with the public values where they are known."""
    return jury_draws.with_values(draw.public, draw.values) if draw.values else draw.public


def same_values(one: Sequence[str], other: Sequence[str], draw: Draw) -> bool:
    """Say whether two officers wrote down the same.

    Raises
    ------
    BadInput : a value without a letter or digit; a throw that cannot be, or that chooses no jury.
    """
    return jury_draws.same_values(one, other, draw.chosen_by, draw.juries)


class Drawn:
    """What public values draw from a sealed lottery: the number, the jury, their codes, what is shown."""

    def __init__(self, draw: Draw, values: Sequence[str]) -> None:
        text: str = sealing.unseal(draw.jury, draw.council, _about(draw))["lottery"]
        held = read_lottery(jury_draws.with_values(text, values), "the sealed lottery")
        shown = read_lottery(jury_draws.with_values(draw.public, values), "the public file")
        made, seen = held.drawn(), shown.drawn()
        if made.number != seen.number or shown.seal != draw.seal:  # never draw from what was not sealed
            raise ArithmeticError("the two files of the draw do not agree")
        self.chosen = made.number
        self.numbers = sorted(int(id) for id in made.jury)
        self.codes = list(seen.jury)
        self.on_jury = [list(row) for row in jury_draws.jury_shown(held)] if draw.first else []


def own(draw: Draw, person: Volunteer) -> tuple[str, float] | None:
    """Return somebody's code and chance in a draw, or None where they are not in its lottery."""
    text: str = sealing.unseal(draw.jury, draw.council, _about(draw))["lottery"]
    return jury_draws.own_line(text, str(person.number))


def own_record(draw: Draw, person: Volunteer) -> dict[str, Any] | None:
    """Return what shows somebody that they stand on the roll of a draw; None where they, or it, do not."""
    text: str = sealing.unseal(draw.jury, draw.council, _about(draw))["lottery"]
    return jury_rolls.own_proof(text, str(person.number))


def sealed_text(draw: Draw) -> str:
    """Return the text whose digest is the seal of a draw."""
    return read_lottery(draw.public, "the public file").sealed_text()


def by_hand(draw: Draw) -> jury_rolls.ByHand | None:
    """Return how the public values of a draw became its number; None before, and where balls or dice did."""
    return jury_rolls.by_hand(draw.values, draw.juries) if draw.values and not draw.way else None


def proof_words(facts: dict[str, Any]) -> list[str]:
    """Return in words what a sealed lottery proves about itself."""
    return [say(step) for step in jury_draws.proof_steps(facts)]


def chance_chart(bands: Sequence[dict[str, Any]]) -> str:
    """Return how many volunteers have which chance as a chart."""
    return drawn(chances([(one["low"], one["high"], one["people"]) for one in bands]))


def bands_told(bands: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return the same as a table: a chance in words, and how many volunteers have it."""
    return [(band(one["low"], one["high"]), int(one["people"])) for one in bands]


@dataclass(frozen=True)
class Row:
    """One value beside the place, the pool and the jury, as everyone may see it; None is left out."""

    feature: str
    value: str
    share: float | None
    in_pool: int | None
    pool_share: float | None
    chance: float | None
    least: int | None
    most: int | None
    on_jury: int | None


def table(draw: Draw) -> list[Row]:
    """Return the values of a first draw beside one another: the place, the pool, the targets and the jury."""
    shares = {(f.name, v.name): v.share for f in features_of(draw.jury) for v in f.values.all()}
    sits = {(feature, value): many for feature, value, many in draw.on_jury}
    people, tells = draw.proof["people"], not targets_shown(draw)
    rows = []
    for one in draw.proof["rows"]:
        key, many = (one["feature"], one["value"]), one["in_pool"]
        share = shares.get(key)
        chance, least, most = (None, None, None) if tells else (one["chance"], one["least"], one["most"])
        part = None if many is None else many / people
        of = None if share is None else float(share)
        rows.append(Row(*key, of, many, part, chance, least, most, sits.get(key)))
    return rows


def code_text(digest: str) -> str:
    """Return the first 128 bits of a digest as a code that people type."""
    return write_code(bytes.fromhex(digest[:32]))


def plain_code(typed: str) -> str:
    """Return a typed code without spaces and dashes.

    Raises
    ------
    BadInput : it is no code.
    """
    return read_code(typed)
