"""What the pages of juries ask the engine: pools and targets as it knows them, codes, who is who."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any, cast

from fairground.errors import BadInput, FairgroundError
from fairground.evidence import Quality, Source
from fairground.power.budgeting.receipts import read_code, write_code
from fairground.power.juries import (
    WAYS,
    Homes,
    Pool,
    Quotas,
    Share,
    Target,
    Volunteer,
    address_of,
    homes,
)
from fairground.questions.power.addresses import AddressesRead, RatesRead
from fairground.questions.power.first_stage import expect
from fairground.questions.power.jury_checks import Possible, check
from fairground.questions.power.people_tables import PeopleTable
from fairground.questions.power.small_counts import LEAST, hidden
from fairground.questions.power.volunteers import PoolRead, read_shares, read_targets
from fairground.report import headline, say, working
from fairground.web.passing import as_file
from fairground.web.power.juries import sealing
from fairground.web.power.juries.models import Jury, features_of
from fairground.web.power.juries.told import Told, read_all

__all__ = [
    "LEAST",
    "Feasible",
    "FirstStage",
    "Mend",
    "addresses_of",
    "feasible",
    "first_stage",
    "hidden",
    "home",
    "letter_ways",
    "lodging",
    "new_code",
    "pool_read",
    "quotas",
    "quotas_of",
    "read_code",
    "rows_of",
    "same_person",
    "targets_of",
    "write_code",
]


@dataclass(frozen=True)
class Mend:
    """One way to mend targets that clash: in words, how many could then be drawn, and the numbers as JSON."""

    words: str
    reached: int
    numbers: str


@dataclass(frozen=True)
class Feasible:
    """Whether a jury can be drawn from a pool, in words; whom it cannot hold; what would mend it."""

    possible: bool
    headline: str
    lines: tuple[str, ...] = ()
    mends: tuple[Mend, ...] = ()
    people: int = 0


def new_code() -> str:
    """Return a new code of 128 random bits, as people type it."""
    return write_code(secrets.token_bytes(16))


def home(address: str, postcode: str) -> str:
    """Return an address made alike, one text for one home; nothing where there is no address."""
    return address_of(address, postcode).text if address.strip() else ""


def lodging(people: Sequence[tuple[Any, Told]]) -> Homes:
    """Return who of these people live together, and who could, by their addresses."""
    return homes([address_of(told.address, told.postcode) for _, told in people])


def same_person(name: str, address: str, postcode: str, email: str) -> str:
    """Return a name with its address (its email where there is none) made alike: one text for one person."""
    where = home(address, postcode) or email.strip().casefold()
    return "\n".join((" ".join(name.casefold().split()), where))


def quotas(size: int, targets: Sequence[tuple[str, str, int, int]]) -> Quotas:
    """Return targets as the engine knows them.

    Raises
    ------
    BadInput, Impossible : targets that no jury of this size meets.
    """
    return Quotas(size, tuple(Target(*one) for one in targets))


def quotas_of(jury: Jury) -> Quotas:
    """Return whom a jury must hold."""
    return quotas(jury.size, targets_of(jury))


def rows_of(content: bytes, name: str, size: int) -> list[dict[str, Any]]:
    """Return the rows of a table of targets, as the form shows them.

    Parameters
    ----------
    size : how many people sit on the jury, where targets are shares of it.

    Raises
    ------
    BadInput : a column is missing, a cell is empty or no whole number; names the row.
    """
    with as_file(content, name) as file:
        read, _ = read_targets(file, size)
        shares = {(one.feature, one.value): one.part for one in read_shares(file)}
    return [
        {
            "feature": one.feature, "value": one.value, "least": str(one.low), "most": str(one.high),
            "share": _percent(shares.get((one.feature, one.value))),
        }
        for one in read
    ]  # fmt: skip


@dataclass(frozen=True)
class FirstStage:
    """What letters to the parts of a place bring, in words, by value and by part."""

    headline: str
    working: tuple[str, ...]
    values: tuple[Any, ...]
    parts: tuple[Any, ...]
    method: str


THEIRS = "what the officers of this jury expect"


def letter_ways() -> list[tuple[str, str]]:
    """Return the ways to share letters out."""
    return [(one.id, f"{one.name}: {one.does}") for one in WAYS]


def first_stage(
    jury: Jury, parts: Sequence[tuple[str, int, float, float]], letters: int, way: str, *, pools: int
) -> FirstStage:
    """Return what so many letters to the parts of a place bring: the pool, and everyone's whole chance.

    Parameters
    ----------
    parts : name, addresses, letters that bring a volunteer (0 to 1), grown-ups at an address.

    Raises
    ------
    BadInput : more letters than addresses; no targets.
    """
    source = Source(
        f"letters-{jury.pk}", jury.round.title, "what its officers expect", "", "by its officers", ""
    )
    strata = {(name,): range(many) for name, many, _, _ in parts}
    read = AddressesRead(cast("Any", None), ("part",), cast("Any", strata), 0, (source,))
    told = RatesRead({(name,): (rate, people, {}) for name, _, rate, people in parts}, (THEIRS,), source)
    targets = tuple(Target(*one) for one in targets_of(jury))
    if not targets:
        raise BadInput("Say first whom the jury must hold: at least one feature, such as age.")
    answer = expect(
        read, told, targets, source, jury.size, number=letters, way=way, shares=_shares(jury), pools=pools
    )
    sent = {name: many for name, many, _, _ in parts}
    rows = tuple(
        {"row": row, "letters": round(row.letter_chance * sent[row.part_of_place])}
        for row in answer.value.strata
    )
    return FirstStage(headline(answer), working(answer), answer.value.rows, rows, answer.method.reference)


def _shares(jury: Jury) -> tuple[Share, ...]:
    """Return each value's share of the place, where every value of every feature has one."""
    found = [(f.name, v.name, v.share) for f in features_of(jury) for v in f.values.all()]
    if any(share is None for _, _, share in found):
        return ()
    totals = {f: sum(Fraction(s or 0) for g, _, s in found if g == f) for f, _, _ in found}
    if not all(totals.values()):
        return ()
    return tuple(Share(f, v, Fraction(s or 0) / totals[f]) for f, v, s in found)


def addresses_of(content: bytes, name: str) -> list[tuple[str, str, int | None]]:
    """Return the addresses of a list, each with its area and the number of its first letter, where given.

    Raises
    ------
    BadInput : there is no column of addresses, an address is empty, a number is none; names the row.
    """
    with as_file(content, name) as file:
        table = PeopleTable.read(file, "address")
    at = {head: table.column(head) for head in ("address", "area", "letter") if table.has(head)}
    if "address" not in at:
        table.column("address")
    found = []
    for number, cells in table.rows:
        told = {head: cells[where].strip() for head, where in at.items()}
        if not told["address"] or len(told["address"]) > 300:
            allowed = "up to 300 letters"
            raise BadInput(
                "A letter needs an address", "address", told["address"][:60], allowed, number, table.name
            )
        letter = table.whole(told["letter"], "letter", number) if told.get("letter") else None
        found.append((told["address"], told.get("area", "")[:60], letter))
    return found


def _percent(share: Fraction | None) -> str:
    return "" if share is None else f"{float(share) * 100:.4f}".rstrip("0").rstrip(".")


# What other apps leave out of a jury's draw: each gives what says so of one person, or None.
LEFT_OUT: list[Callable[[Jury], Callable[[Told], bool] | None]] = []


def targets_of(jury: Jury) -> list[tuple[str, str, int, int]]:
    """Return the targets of a jury: feature, value, least and most."""
    return [(f.name, v.name, v.least, v.most) for f in features_of(jury) for v in f.values.all()]


def feasible(jury: Jury, targets: Sequence[tuple[str, str, int, int]]) -> Feasible:
    """Say whether a jury of this size can be drawn today from its pool under these targets, and if not, why.

    The answer is kept for ten minutes for the same pool and the same targets, sealed with the jury's key: it
    names by number who is on no jury, and with that what they answered.
    """
    last = jury.volunteers.order_by("-changed_at").values_list("changed_at", flat=True).first()
    state = [jury.pk, jury.size, jury.one_of_an_address, jury.volunteers.exclude(sealed="").count(), last]
    key = "jury-feasible:" + sha256(repr([*map(str, state), *targets]).encode()).hexdigest()[:40]
    try:
        found = sealing.remembered(jury, key, lambda: asdict(_feasible(jury, targets)), seconds=600)
    except FairgroundError as fault:
        return Feasible(False, str(fault))
    mends = tuple(Mend(**one) for one in found["mends"])
    return Feasible(**{**found, "lines": tuple(found["lines"]), "mends": mends})


def _feasible(jury: Jury, targets: Sequence[tuple[str, str, int, int]]) -> Feasible:
    try:
        read = pool_read(jury)
        asked = tuple(Target(*one) for one in targets)
        answer = check(read, asked, read.source, jury.size)
    except BadInput as fault:
        return Feasible(False, f"{fault.what}.")
    except FairgroundError as fault:
        return Feasible(False, str(fault))
    value: Possible = answer.value
    told = [say(step) for step in answer.steps]
    mends = tuple(_mend(value, n) for n in dict.fromkeys(r.repair for r in value.rows))
    lines = tuple(
        line for step, line in zip(answer.steps[1:], told[1:], strict=True) if "repair" not in step.code
    )
    return Feasible(value.possible, told[0], lines, mends, value.people)


def _mend(value: Possible, number: int) -> Mend:
    """Return one way to mend the targets, with how many volunteers it brings within reach."""
    rows = [row for row in value.rows if row.repair == number]
    told = "; ".join(
        f"{row.feature}, {row.value}: {row.least_instead} to {row.most_instead}, "
        f"instead of {row.least} to {row.most}"
        for row in rows
    )
    numbers = [[row.feature, row.value, row.least_instead, row.most_instead] for row in rows]
    return Mend(told, rows[0].reached, json.dumps(numbers))


def pool_read(jury: Jury) -> PoolRead:
    """Return a jury's pool as the engine knows it: numbers, answers and households; no names.

    Raises
    ------
    BadInput : nobody has volunteered. Impossible : the pool is erased.
    """
    names = tuple(feature.name for feature in features_of(jury))
    out = [leave for more in LEFT_OUT if (leave := more(jury)) is not None]
    people, shares = [], 0
    for one, told in read_all(jury):
        if any(leave(told) for leave in out):
            shares += 1
            continue
        people.append((one, told))
    at_home = lodging(people).names if jury.one_of_an_address else ("",) * len(people)
    pool = Pool(
        names,
        tuple(
            Volunteer(str(one.number), tuple(told.values[name] for name in names), where)
            for (one, told), where in zip(people, at_home, strict=True)
        ),
    )
    held = "held by the jury's officers"
    source = Source(f"jury-{jury.pk}", jury.round.title, "who volunteered for this jury", "", held, "")
    left = jury.volunteers.filter(sealed="").count()
    dropped = {"withdrew": left, "share a home with somebody who sits": shares}
    dropped = {why: many for why, many in dropped.items() if many}
    return PoolRead(pool, source, Quality(len(people) + left + shares, len(people), dropped), ())
