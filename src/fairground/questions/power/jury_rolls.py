"""The roll of a draw looked at from outside: beside the council's file, or for one volunteer's own record.

Each answer is for somebody who does not take our word: the journalist who is shown the council's file, and
the volunteer who has the record that their own page gave them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step
from fairground.power.juries import Volunteer, key, picked
from fairground.questions.power.jury_checks import LOOK, Looked, Wrong, look
from fairground.questions.power.lottery_file import FIRST, LotteryFile
from fairground.questions.power.roll import own_record

__all__ = ["beside", "own"]

ROLL = Method(
    "jury-roll",
    "A salted digest of a record, looked for among those that the seal of a draw is over",
    "docs/decisions/0061-the-roll-of-a-draw.md; FIPS 180-4 (SHA-256)",
)


@dataclass(frozen=True)
class Own:
    """Whether one record stands on the roll of a draw; its chance, and whether it was drawn if any was."""

    agree: bool
    code: str
    chance: float | None
    drawn: bool | None
    record: str
    seal: str


def beside(public: LotteryFile, council: LotteryFile, sources: tuple[Source, Source]) -> Answer[Looked]:
    """Answer whether the council's file holds the very people and targets that were published, all counted.

    Raises
    ------
    BadInput : not a public file and then the council's file.
    """
    if not public.public or council.public:
        what = "Give the public file first, and the council's file beside it"
        raise BadInput(what, "council", "a public file" if council.public else "two of the council's")
    parts = (("the public file", look(public, sources[0])), ("the council's file", look(council, sources[1])))
    wrong = [
        Wrong(w.what, f"{name}: {w.where}", w.found, w.expected) for name, a in parts for w in a.value.rows
    ]
    if public.seal != council.seal:
        wrong.append(Wrong("seal", "the two files", council.seal, public.seal))
    if public.roll is None or council.roll is None:
        wrong.append(Wrong("roll", "the two files", "none", "a seal over pool and targets"))
    seen = parts[1][1].value
    value = replace(seen, agree=not wrong, rows=tuple(wrong))
    first = Step("juries.beside" if value.agree else "juries.beside.differ", {"people": seen.people})
    return Answer(value, LOOK, (first, *parts[1][1].steps), sources)


def own(public: LotteryFile, record: tuple[str, str, str], sources: tuple[Source, ...]) -> Answer[Own]:
    """Answer whether a volunteer's record, from their own page, stands on the roll of a public file.

    Raises
    ------
    BadInput : the council's file; a file from before there was a roll.
    """
    if not public.public or public.roll is None:
        what = "A record can be looked for only in a public file that has a roll"
        raise BadInput(what, "lottery", "none", "a public file of the format fairground-jury-draw-2")
    code, digest, told = record
    there = public.roll.records.get(code) == digest and public.resealed() == public.seal
    chosen = code in public.drawn().jury if public.number else None
    value = Own(there, code, public.chances.get(code), chosen, told, public.seal)
    steps = [Step("juries.own" if there else "juries.own.not", {"record": _in_words(told)})]
    if there:
        steps.append(Step("juries.own.code", {"code": code}))
        steps.append(Step("juries.own.chance", {"chance": public.chances[code], "seal": public.seal}))
        if chosen is not None:
            steps.append(Step("juries.own.drawn" if chosen else "juries.own.not-drawn", {}))
    return Answer(value, ROLL, tuple(steps), sources)


def _in_words(told: str) -> str:
    """Return a record as people read it; whatever else somebody wrote in its place as it is."""
    try:
        number, answers, home, *_ = json.loads(told)
        return "; ".join([f"number {number}", *(f"{f}: {v}" for f, v in answers), f"home {home}"])
    except (ValueError, TypeError):
        return told[:200]


def own_proof(council: str, person: str) -> dict[str, Any] | None:
    """Return what shows one person that the seal is over their record; None without a roll, or not on it."""
    held = json.loads(council)
    row = next((row for row in held["people"] if row[0] == person), None)
    if row is None or held["format"] in FIRST:
        return None
    id, values, home, certain, _, *ahead = row
    found = Volunteer(id, tuple(values), f"home {home}" if home else "", bool(certain), *ahead)
    return own_record(found, held["features"], {f"home {home}": home}, str(held["secret"]))


def facts_of(public: LotteryFile) -> dict[str, Any]:
    """Return what a seal is over beside the juries: people, digests and more; nothing without a roll.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer
    >>> from fairground.questions.power.jury_draws import prepare
    >>> from fairground.questions.power.jury_rolls import facts_of
    >>> from fairground.questions.power.lottery_file import read_lottery
    >>> pool = Pool(("age",), tuple(Volunteer(f"p{n}", ("old",)) for n in range(6)))
    >>> made = prepare(pool, Quotas(2, (Target("age", "old", 2, 2),)), secret="s", announced=["Lotto"])
    >>> sorted(facts_of(read_lottery(made.public, "draw.json")))
    ['announced', 'known_from', 'people', 'pool', 'rule', 'size', 'targets']
    """
    if public.roll is None:
        return {}
    found: dict[str, Any] = json.loads(public.roll.sealed(public.rule, public.size, public.chances))
    return found


@dataclass(frozen=True)
class ByHand:
    """How public values become a number, step by step: their key, its digest, what is left over."""

    key: str
    digest: str
    left_over: int
    number: int


def by_hand(values: Sequence[str], juries: int) -> ByHand:
    """Return each step by which RFC 3797 makes a number of public values, to be worked out by anybody.

    >>> from fairground.questions.power.jury_rolls import by_hand
    >>> found = by_hand(["9319", "2, 5, 12, 8, 10", "9, 18, 26, 34, 41, 45"], 25)
    >>> found.key, found.left_over, found.number
    ('9319./2.5.8.10.12./9.18.26.34.41.45./', 16, 17)
    """
    text = key(values)
    digest = hashlib.md5(b"\0\0" + text.encode() + b"\0\0", usedforsecurity=False).hexdigest()
    left = int(digest, 16) % juries
    if picked(values, juries) != (left + 1,):  # the steps must be those of the draw
        raise ArithmeticError("the steps of a draw do not give its number")
    return ByHand(text, digest, left, left + 1)
