"""The two files of a drawn jury: one for the council that holds the pool, one for everybody.

The council's file holds the pool without names or addresses, the targets, the whole lottery with its proof,
the numbered juries and the secret of the codes: whoever has it can count everything again. The public file
holds the numbered juries as codes, everyone's chance by code and the public values: whoever has it can draw
again. Neither can be made to say who a code is without the secret. Files of the first form, from before the
seal was over the roll too, are read as they were written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fairground.errors import BadInput
from fairground.evidence import Step
from fairground.power.juries import (
    Bound,
    Level,
    Pool,
    Quotas,
    Selection,
    Target,
    Volunteer,
    code,
    draw_way,
    number_chosen,
)
from fairground.power.juries.rules import rule
from fairground.questions.power.draw_json import json_of, texts_of
from fairground.questions.power.roll import Announced, Roll, homes_of, roll_of, shown_in

__all__ = ["Drawn", "LotteryFile", "council_file", "public_file", "read_lottery"]

MOST = 100_000  # people on a jury
LARGEST = 1e9  # of a chance, a weight or a price
COUNCIL, PUBLIC = "fairground-jury-lottery-2", "fairground-jury-draw-2"
FIRST = {"fairground-jury-lottery-1": COUNCIL, "fairground-jury-draw-1": PUBLIC}  # sealed without a roll


@dataclass(frozen=True)
class Drawn:
    """A draw: the public values or throws, the number that they choose, and the jury of that number."""

    values: tuple[str, ...]
    number: int
    jury: tuple[str, ...]


@dataclass(frozen=True)
class LotteryFile:
    """What a file of either kind holds; `pool`, `quotas` and the lottery are the council's alone.

    Parameters
    ----------
    number : that of the jury drawn; 0 where the lottery is sealed and nothing has chosen yet. before : where
        juries were drawn one by one, everyone's chance before they were, with its standard error. exactly :
        the same as fractions, where they were counted. bound : the weights that prove how good a lottery by
        minimax, Goldilocks or Nash is. way : how the number is chosen, as decided before. roll : who and
        which targets were sealed; none in a file from before there was one. bent : the council's file is not
        what was sealed.
    """

    public: bool
    rule: str
    size: int
    numbered: tuple[tuple[str, ...], ...]
    chances: Mapping[str, float]
    values: tuple[str, ...]
    number: int
    seal: str
    pool: Pool | None = None
    quotas: Quotas | None = None
    juries: tuple[tuple[str, ...], ...] = ()
    weights: tuple[float, ...] = ()
    levels: tuple[Level, ...] = ()
    before: Mapping[str, tuple[float, float]] | None = None
    exactly: Mapping[str, str] = field(default_factory=dict)
    bound: Bound | None = None
    way: str = "values"
    roll: Roll | None = None
    bent: bool = False

    @property
    def family(self) -> str:
        """The rule's id in the catalogue, whatever its weight."""
        return rule(self.rule).family

    def resealed(self) -> str:
        """Return the seal of what a public file holds, worked out anew."""
        return hashlib.sha256(self.sealed_text().encode()).hexdigest()

    def sealed_text(self) -> str:
        """Return the text whose digest is a public file's seal: in line 7 stands jury 7, by its codes."""
        also = self.roll.sealed(self.rule, self.size, self.chances) if self.roll else ""
        return sealed_text(self.numbered, self.way, also)

    def drawn(self) -> Drawn:
        """Draw again: the number that the public values or throws choose, and its jury.

        Raises
        ------
        BadInput : the lottery is sealed, and nothing has chosen yet; the file was changed after its seal.
        """
        if self.bent:
            what = "The numbered juries, the pool or the targets are not those of the seal"
            raise BadInput(what, "seal", self.seal, "a file as it was written")
        if not self.values:
            what = "This lottery is sealed: nothing has chosen its number yet"
            raise BadInput(what, "value", "", "add with --value what was read out, in the order announced")
        return Drawn(self.values, self.number, self.numbered[self.number - 1])


def chosen_step(values: Sequence[str], number: int, way: str) -> Step:
    """Return in which way which values, balls or dice chose the number of a jury, as a step of an answer."""
    code = "juries.values" if way == "values" else f"juries.thrown.{way}"
    return Step(code, {"values": " / ".join(values), "number": number})


def bound_step(family: str, bound: Bound, gap: float) -> Step:
    """Return by how much another lottery could be better at most, as a step of an answer."""
    weight = "" if bound.gamma == 1 else f"{bound.gamma:g} × "
    return Step(f"juries.bound.{family}", {"gap": f"{gap:.7f}", "weight": weight})


def seal_of(numbered: Sequence[Sequence[str]], way: str = "values", also: str = "") -> str:
    """Return the digest of the numbered juries, which is published before the number is known.

    That balls or dice choose is a part of the seal; where public values do, nothing is added. So is `also`,
    the text of the roll.
    """
    return hashlib.sha256(sealed_text(numbered, way, also).encode()).hexdigest()


def sealed_text(numbered: Sequence[Sequence[str]], way: str, also: str) -> str:
    """Return what a seal is the digest of: a line for each numbered jury, the way, and the roll."""
    text = "\n".join(" ".join(jury) for jury in numbered)
    text += "" if way == "values" else f"\nby {way}"
    return text + (f"\n{also}" if also else "")


def council_file(
    pool: Pool, quotas: Quotas, chosen: Selection, numbered: Sequence[Sequence[str]], values: Sequence[str],
    secret: str, way: str = "values", announced: Announced | None = None,
) -> str:  # fmt: skip
    """Return the council's file as text: the pool without names, the lottery, its proof, the secret."""
    ids = [person.id for person in pool.volunteers]
    homes, roll = homes_of(pool), roll_of(pool, quotas, secret, announced)
    chances = _by_code(pool, chosen, secret)
    held = {
        "format": COUNCIL,
        "rule": chosen.rule.id,
        "size": quotas.size,
        "secret": secret,
        "features": list(pool.features),
        "targets": [[t.feature, t.value, t.low, t.high] for t in quotas.targets],
        "people": [
            [p.id, list(p.values), homes.get(p.household, 0), int(p.certain), float(chance)]
            + ([float(p.ahead)] if p.ahead else [])
            for p, chance in zip(pool.volunteers, chosen.chances, strict=True)
        ],
        "juries": [
            [float(weight), list(jury)]
            for weight, jury in zip(chosen.lottery.weights, chosen.lottery.juries, strict=True)
        ],
        "levels": [
            [level.chance, list(level.settled), list(level.weights), list(level.prices), list(level.held)]
            for level in chosen.levels
        ],
        "numbered": _numbers(ids, numbered),
        "public_values": list(values),
        "seal": seal_of(coded(numbered, secret), way, roll.sealed(chosen.rule.id, quotas.size, chances)),
        **_announced(roll.announced),
        **({} if roll.announced.shown else {"targets_hidden": True}),
        **_way(way),
        **_note(chosen),
        **before_drawn(pool, chosen),
        **_bound(chosen),
    }
    return json.dumps(held, ensure_ascii=False, allow_nan=False) + "\n"


def _way(way: str) -> dict[str, str]:
    return {} if way == "values" else {"way": draw_way(way).id}


def _note(chosen: Selection) -> dict[str, str]:
    return {"note": "for comparison only"} if chosen.rule.compared else {}


def _bound(chosen: Selection) -> dict[str, Any]:
    if chosen.bound is None:
        return {}
    of = chosen.bound
    return {"bound": [list(of.above), list(of.below), of.at, of.gamma]}


def before_drawn(pool: Pool, chosen: Selection) -> dict[str, dict[str, Any]]:
    """Return what was known of everyone's chance before juries were drawn one by one, for the file."""
    sample = chosen.sample
    if sample is None:
        return {}
    each, error = chosen.kinds.each(sample.expected), chosen.kinds.each(sample.error)
    exact = dict(enumerate(sample.exact))
    kind_of = chosen.kinds.each(np.arange(len(chosen.kinds.units), dtype=float)).astype(int)
    fractions = {p.id: str(exact[k]) for p, k in zip(pool.volunteers, kind_of, strict=True) if exact}
    shares = zip(pool.volunteers, each, error, strict=True)
    return {"before": {p.id: [float(share), float(out)] for p, share, out in shares}, "exactly": fractions}


def _announced(said: Announced) -> dict[str, Any]:
    return {"announced": list(said.values), "known_from": said.known_from} if said.values else {}


def _by_code(pool: Pool, chosen: Selection, secret: str) -> dict[str, float]:
    shares = zip(pool.volunteers, chosen.chances, strict=True)
    return {code(secret, person.id): round(float(share), 9) for person, share in shares}


def public_file(
    pool: Pool, quotas: Quotas, chosen: Selection, numbered: Sequence[Sequence[str]], values: Sequence[str],
    secret: str, way: str = "values", announced: Announced | None = None,
) -> str:  # fmt: skip
    """Return the public file as text: codes in place of people, sorted so that their order says nothing."""
    juries, roll = coded(numbered, secret), roll_of(pool, quotas, secret, announced)
    chances = _by_code(pool, chosen, secret)
    held = {
        "format": PUBLIC,
        "rule": chosen.rule.id,
        "size": quotas.size,
        "chances": dict(sorted(chances.items())),
        **roll.kept(),
        "numbered": juries,
        "public_values": list(values),
        "seal": seal_of(juries, way, roll.sealed(chosen.rule.id, quotas.size, chances)),
        **_announced(roll.announced),
        **_way(way),
        **_note(chosen),
    }
    return json.dumps(held, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def coded(numbered: Sequence[Sequence[str]], secret: str) -> list[list[str]]:
    """Return the numbered juries as codes, sorted so that their order says nothing; a seal is over these."""
    return [sorted(code(secret, person) for person in jury) for jury in numbered]


def _numbers(ids: list[str], numbered: Sequence[Sequence[str]]) -> list[list[int]]:
    at = {id: n for n, id in enumerate(ids)}
    return [[at[person] for person in jury] for jury in numbered]


def read_lottery(text: str, file: str) -> LotteryFile:
    """Read a file of either kind.

    Raises
    ------
    BadInput : it is not such a file, or a part is missing or of another kind.
    """
    held = json_of(text, file)
    try:
        json.dumps(held, ensure_ascii=False).encode()  # halves of letters can be neither sealed nor shown
        form = str(held.get("format")) if isinstance(held, dict) else ""
        if FIRST.get(form, form) == COUNCIL:
            return _council(held, rolled=form == COUNCIL)
        if FIRST.get(form, form) == PUBLIC:
            return _public(held, rolled=form == PUBLIC)
    except BadInput as fault:
        raise BadInput(fault.what, fault.field, fault.value, fault.allowed, None, file) from None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError) as fault:
        raise BadInput(f"A part of the lottery is missing or broken ({fault!r})", file=file) from None
    what = "This is not a lottery that Fairground wrote"
    raise BadInput(what, "format", form, f"{COUNCIL} or {PUBLIC}", file=file)


def _public(held: dict[str, Any], *, rolled: bool) -> LotteryFile:
    numbered = tuple(tuple(map(str, jury)) for jury in held["numbered"])
    values = texts_of(held, "public_values")
    if not held["chances"]:
        raise BadInput("The lottery gives nobody a chance", "chances", "none", "at least one")
    return LotteryFile(
        True, rule(held["rule"]).id, _size(held["size"]), _some(numbered),
        {str(k): _share(v) for k, v in held["chances"].items()}, values,
        _number(held, values, numbered), str(held["seal"]), way=_way_of(held),
        roll=shown_in(held) if rolled else None,
    )  # fmt: skip


def _council(held: dict[str, Any], *, rolled: bool) -> LotteryFile:
    people = tuple(
        _volunteer(id, values, home, certain, *map(_share, ahead))
        for id, values, home, certain, _, *ahead in held["people"]
    )
    pool = Pool(tuple(map(str, held["features"])), people)
    targets = tuple(Target(str(f), str(v), _whole(low), _whole(high)) for f, v, low, high in held["targets"])
    quotas = Quotas(_size(held["size"]), targets)
    quotas.check(pool)
    ids, secret = [p.id for p in people], str(held["secret"])
    numbered = tuple(tuple(_at(ids, n) for n in jury) for jury in held["numbered"])
    values = texts_of(held, "public_values")
    chances = {str(id): _share(chance) for id, _, _, _, chance, *_ in held["people"]}
    roll = roll_of(pool, quotas, secret, _said(held)) if rolled else None
    by_code = {code(secret, id): chances[id] for id in ids}
    also = roll.sealed(str(held["rule"]), quotas.size, by_code) if roll else ""
    same = seal_of(coded(numbered, secret), _way_of(held), also) == held["seal"]
    if not rolled and not same:
        what = "The numbered juries are not those of the seal"
        raise BadInput(what, "numbered", allowed="as they were written")
    return LotteryFile(
        False, rule(held["rule"]).id, quotas.size, _some(numbered),
        chances, values, _number(held, values, numbered), str(held["seal"]), pool, quotas,
        tuple(tuple(_at(ids, n) for n in jury) for _, jury in held["juries"]),
        tuple(_share(weight) for weight, _ in held["juries"]), tuple(map(_level, held["levels"])),
        {str(id): (_share(share), _share(out)) for id, (share, out) in held["before"].items()}
        if "before" in held else None,
        {str(id): str(share) for id, share in held.get("exactly", {}).items()},
        _bound_of(held["bound"], rule(held["rule"]).gamma) if "bound" in held else None, _way_of(held), roll,
        not same,
    )  # fmt: skip


def _said(held: dict[str, Any]) -> Announced:
    values = texts_of(held, "announced") if "announced" in held else ()
    return Announced(values, str(held.get("known_from", "")), not held.get("targets_hidden", False))


def _way_of(held: dict[str, Any]) -> str:
    return draw_way(str(held.get("way", "values"))).id


def _number(held: dict[str, Any], values: tuple[str, ...], numbered: Sequence[object]) -> int:
    """Return the number that was chosen; 0 where nothing has chosen yet."""
    return number_chosen(_way_of(held), values, len(numbered)) if values else 0


def _volunteer(
    id: object, values: Sequence[object], home: object, certain: object, ahead: float = 0.0
) -> Volunteer:
    return Volunteer(str(id), tuple(map(str, values)), f"home {home}" if home else "", bool(certain), ahead)


def _at(ids: list[str], number: object) -> str:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < len(ids):
        raise BadInput("A jury names somebody who is not in the pool", "juries", number)
    return ids[number]


def _some(numbered: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    if not numbered:
        raise BadInput("The lottery has no numbered juries", "numbered", "none", "at least one")
    return numbered


def _size(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST:
        raise BadInput("A jury has so many people", "size", value, f"1 to {MOST:,}")
    return value


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST:
        raise BadInput("A chance must be a number", "chances", value, "0 to 1")
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput("This must be a whole number", "lottery", value)
    return value


def _bound_of(held: Sequence[Any], weight: float) -> Bound:
    above, below, at, gamma = held
    if gamma != weight:
        raise BadInput(
            "The bound weighs the low end in another way than the rule", "bound", gamma, f"{weight:g}"
        )
    return Bound(
        tuple((_whole(kind), _share(weight)) for kind, weight in above),
        tuple((_whole(kind), _share(weight)) for kind, weight in below), _share(at), float(weight),
    )  # fmt: skip


def _level(held: Sequence[Any]) -> Level:
    chance, settled, weights, prices, before = held
    return Level(
        _share(chance), tuple(map(_whole, settled)), tuple(map(_share, weights)),
        tuple((_whole(row), _share(price)) for row, price in prices),
        tuple((_whole(kind), _share(price)) for kind, price in before),
    )  # fmt: skip
