"""The roll of a draw: who is in its pool and whom the jury must hold, sealed before the number is known.

For each person the roll has their code, their chance, and a digest of their record: their number, answers
and home. Each digest has a salt of its own, so that it tells nothing, and who is given their salt can show
that they stood in the pool with these answers. The seal of the draw is over the roll too: whoever is put in,
taken out or changed afterwards breaks it. Targets are on it in full, or as a salted digest where they would
tell what those are who left.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fairground.errors import BadInput
from fairground.power.juries import Pool, Quotas, Target, Volunteer, code
from fairground.questions.power.draw_json import texts_of

__all__ = ["Announced", "Roll", "roll_of"]

RECORD = "fairground-jury-record-1"


@dataclass(frozen=True)
class Announced:
    """What is said of a draw with its seal.

    Parameters
    ----------
    values, known_from : which public values will choose, and from when they can be known. shown : whether
        targets stand in the public file; else only a digest of them does.
    """

    values: tuple[str, ...] = ()
    known_from: str = ""
    shown: bool = True


@dataclass(frozen=True)
class Roll:
    """The roll of one draw: a digest of each person's record by code, and the targets or their digest."""

    records: Mapping[str, str]
    digest: str
    targets: tuple[Target, ...] | None
    announced: Announced

    def sealed(self, rule: str, size: int, chances: Mapping[str, float]) -> str:
        """Return as one text what the seal is over, beside the numbered juries; `chances` are by code."""
        lines = (
            f"{one} {chances.get(one, 0.0):.9f} {digest}" for one, digest in sorted(self.records.items())
        )
        return _text(
            {
                "announced": list(self.announced.values), "known_from": self.announced.known_from,
                "people": len(self.records), "pool": _digest("\n".join(lines)), "rule": rule, "size": size,
                "targets": self.digest,
            }
        )  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """Return the roll as the public file keeps it."""
        targets: dict[str, Any] = {"digest": self.digest}
        if self.targets is not None:
            targets["rows"] = _rows(self.targets)
        return {"targets": targets, "records": dict(sorted(self.records.items()))}


def roll_of(pool: Pool, quotas: Quotas, secret: str, announced: Announced | None = None) -> Roll:
    """Return the roll of a pool and its targets.

    >>> from fairground.power.juries import Pool, Quotas, Target, Volunteer
    >>> from fairground.questions.power.roll import roll_of
    >>> pool = Pool(("age",), (Volunteer("1", ("young",)), Volunteer("2", ("old",))))
    >>> roll = roll_of(pool, Quotas(1, (Target("age", "young", 0, 1),)), "kept by the council")
    >>> len(roll.records), [target.value for target in roll.targets]
    (2, ['young'])
    """
    said, homes = announced or Announced(), homes_of(pool)
    records = {
        code(secret, person.id): _digest(_salt(secret, person.id) + record(person, pool.features, homes))
        for person in pool.volunteers
    }
    plain = _text(_rows(quotas.targets))
    digest = _digest(plain if said.shown else _salt(secret, "") + plain)
    return Roll(records, digest, quotas.targets if said.shown else None, said)


def homes_of(pool: Pool) -> dict[str, int]:
    """Return each household with a number, in the order of the pool."""
    return {h: n for n, h in enumerate(dict.fromkeys(p.household for p in pool.volunteers if p.household), 1)}


def record(person: Volunteer, features: Sequence[str], homes: Mapping[str, int]) -> str:
    """Return all that a draw knows of somebody as one text: number, answers, home, and what else counts."""
    answers = [list(pair) for pair in zip(features, person.values, strict=True)]
    home = homes.get(person.household, 0)
    return _text([person.id, answers, home, int(person.certain), float(person.ahead) or 0.0])


def shown_in(held: Mapping[str, Any]) -> Roll:
    """Return the roll that a public file holds.

    Raises
    ------
    BadInput : its targets are not those of their digest, or the roll is of other people than the chances.
    """
    kept, rows = held["targets"], None
    if "rows" in kept:
        rows = tuple(Target(str(f), str(v), _whole(low), _whole(high)) for f, v, low, high in kept["rows"])
        if _digest(_text(_rows(rows))) != kept["digest"]:
            raise BadInput("The targets are not those of their digest", "targets", str(kept["digest"])[:64])
    records = {str(one): str(digest) for one, digest in held["records"].items()}
    if set(records) != set(held["chances"]):
        other = sorted(set(records) ^ set(held["chances"]))[0]
        raise BadInput("The roll is of other people than the chances", "records", other)
    said = Announced(
        texts_of(held, "announced") if "announced" in held else (),
        str(held.get("known_from", "")),
        rows is not None,
    )
    return Roll(records, str(kept["digest"]), rows, said)


def own_record(
    person: Volunteer, features: Sequence[str], homes: Mapping[str, int], secret: str
) -> dict[str, Any]:
    """Return what shows one person that they stand on the roll as they are.

    >>> from fairground.power.juries import Volunteer
    >>> from fairground.questions.power.roll import own_record
    >>> own = own_record(Volunteer("1", ("young",)), ("age",), {}, "kept by the council")
    >>> own["record"], len(own["salt"])
    ('["1",[["age","young"]],0,0,0.0]', 64)
    """
    told, salt = record(person, features, homes), _salt(secret, person.id)
    return {
        "format": RECORD, "code": code(secret, person.id), "record": told, "salt": salt,
        "digest": _digest(salt + told),
    }  # fmt: skip


def read_record(text: str, file: str) -> tuple[str, str, str]:
    """Return the code, the digest worked out anew, and the record in a file from a volunteer's own page.

    Raises
    ------
    BadInput : it is no such file.
    """
    what, allowed = "This is not a record from a volunteer's own page", f"a file of the format {RECORD}"
    try:
        held = json.loads(text)
        kept = [held[name] for name in ("format", "code", "salt", "record")]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise BadInput(what, "record", text[:40], allowed, file=file) from None
    if kept[0] != RECORD or not all(isinstance(one, str) for one in kept):
        raise BadInput(what, "format", kept[0], allowed, file=file)
    return kept[1], _digest(kept[2] + kept[3]), kept[3]


def _rows(targets: Sequence[Target]) -> list[list[Any]]:
    return [[one.feature, one.value, one.low, one.high] for one in targets]


def _salt(secret: str, person: str) -> str:
    return hmac.new(f"{secret} records".encode(), person.encode(), hashlib.sha256).hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _text(part: object) -> str:
    return json.dumps(part, ensure_ascii=True, allow_nan=False, separators=(",", ":"), sort_keys=True)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput("A target counts people", "targets", value, "a whole number")
    return value
