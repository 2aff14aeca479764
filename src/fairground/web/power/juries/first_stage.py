"""The first stage of a jury on the site: letters to parts of the place, and what the engine expects of them.

Each part has a name, how many addresses it has, of 100 letters how many bring a volunteer, and how many
grown-ups live at an address. Nothing else of the place is needed, and no address is kept.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, cast

from django.core.cache import cache

from fairground.errors import BadInput
from fairground.web.power.juries import bridge
from fairground.web.power.juries.models import Jury, Recruitment

MOST_PARTS, MOST_ADDRESSES, POOLS = 60, 2_000_000, 100
KEPT = 600  # seconds


@dataclass(frozen=True)
class Part:
    """A part of the place: how many letters go to it is worked out."""

    name: str
    addresses: int
    answering: float
    people: float


def read_parts(typed: str) -> list[Part]:
    """Return the parts that somebody typed, one on each line: name, addresses, answers of 100, grown-ups.

    Raises
    ------
    BadInput : names the line and what is wrong with it.
    """
    found: list[Part] = []
    for number, line in enumerate(typed.splitlines(), start=1):
        if line.strip():
            found.append(_part(line, number))
    names = [one.name.casefold() for one in found]
    twice = next((one.name for one in found if names.count(one.name.casefold()) > 1), None)
    if twice is not None:
        raise BadInput("This part of the place is there twice", "parts", twice, "each once")
    if len(found) > MOST_PARTS:
        raise BadInput("Too many parts", "parts", len(found), f"up to {MOST_PARTS}")
    return found


def _part(line: str, number: int) -> Part:
    cells = [cell.strip() for cell in line.replace(";", "\t").replace(",", "\t").split("\t")]
    what = f"Line {number}: write a name, the addresses, and of 100 letters how many bring a volunteer"
    example = "such as: Hanley, 9000, 2.5"
    if len(cells) not in (3, 4) or not cells[0]:
        raise BadInput(what, "parts", line.strip()[:80], example)
    try:
        addresses, answering = int(cells[1]), float(cells[2])
        people = float(cells[3]) if len(cells) == 4 else 1.0
    except ValueError:
        raise BadInput(what, "parts", line.strip()[:80], example) from None
    if not (1 <= addresses <= MOST_ADDRESSES and 0 < answering <= 100 and 0 < people <= 20):
        allowed = f"1 to {MOST_ADDRESSES:,} addresses, above 0 to 100 answers, up to 20 grown-ups"
        raise BadInput(what, "parts", line.strip()[:80], allowed)
    return Part(cells[0][:60], addresses, answering, people)


def write_parts(parts: list[Part]) -> str:
    """Return parts as somebody types them."""
    return "\n".join(f"{one.name}, {one.addresses}, {one.answering:g}, {one.people:g}" for one in parts)


def parts_of(plan: Recruitment) -> list[Part]:
    """Return the parts that a plan keeps."""
    return [Part(*one) for one in plan.parts]


def as_kept(parts: list[Part]) -> list[list[Any]]:
    """Return parts as a plan keeps them."""
    return [list(asdict(one).values()) for one in parts]


def expected_of(jury: Jury, plan: Recruitment) -> bridge.FirstStage | None:
    """Return what is to be expected of a plan's letters, kept for ten minutes; None where no parts are told.

    Raises
    ------
    BadInput : more letters than addresses; nothing says yet whom the jury must hold.
    """
    parts = parts_of(plan)
    if not parts or not plan.letters:
        return None
    facts = [jury.pk, jury.size, plan.letters, plan.way_to_share, plan.parts, bridge.targets_of(jury)]
    key = "jury-first-stage:" + sha256(repr(facts).encode()).hexdigest()[:40]
    found = cast("bridge.FirstStage | None", cache.get(key))
    if found is None:
        told = [(one.name, one.addresses, one.answering / 100, one.people) for one in parts]
        found = bridge.first_stage(jury, told, plan.letters, plan.way_to_share, pools=POOLS)
        cache.set(key, found, KEPT)
    return found
