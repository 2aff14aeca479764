"""Who sits on a jury, and who sat and left, for lists that officers choose from: by seat and number.

Rule 1: of a jury that was drawn on this site, whoever said yes is a member, and stays on the list when they
leave; who was drawn for them has the same seat. Rule 2: of any other jury there are seats 1 to its size.
Rule 3: whoever stays from an earlier rotation of a standing jury has a seat after those of this jury.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fairground.errors import BadInput
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.permissions import may
from fairground.web.power.juries.told import read
from fairground.web.power.lots.models import Seat, SeatState, standing

SEES = "pool.open"  # the deed that lets somebody see names


@dataclass(frozen=True)
class Member:
    """Somebody on a seat; `number` is that of the volunteer, `name` empty where it may not be seen.

    Parameters
    ----------
    since : the rotation at which somebody came who stays; nought for everybody else.
    """

    seat: int
    number: int | None = None
    name: str = ""
    left: bool = False
    row: Seat | None = None
    since: int = 0

    @property
    def key(self) -> str:
        """What a form says for this member."""
        return str(self.row.pk) if self.row else str(self.seat)

    @property
    def words(self) -> str:
        """The member as officers read it."""
        who = f": volunteer {self.number}" if self.number else ""
        who += f" of rotation {self.since}" if self.since else ""
        return f"Seat {self.seat}{who}{f', {self.name}' if self.name else ''}{' (left)' if self.left else ''}"


@dataclass(frozen=True)
class Stay:
    """A seat of an earlier rotation whose member stays; it comes `after` so many other seats."""

    row: Seat
    after: int = 0
    since: int = 0


# What other apps add: the seats of those who stay from earlier rotations; the later juries of a seat.
STAYS: list[Callable[[Jury], list[Stay]]] = []
LATER: list[Callable[[Seat], list[Jury]]] = []


def members(jury: Jury, *, to: Any = None) -> tuple[Member, ...]:
    """Return a jury's members in order of seats; with names where the person `to` may open the pool."""
    return (*_own(jury, to), *(_member(one, to) for more in STAYS for one in more(jury)))


def _own(jury: Jury, to: Any) -> tuple[Member, ...]:
    if not standing(jury):
        return tuple(Member(seat) for seat in range(1, jury.size + 1))
    rows = Seat.objects.filter(jury=jury, draw__voided_at=None).exclude(said_yes_at=None)
    rows = rows.select_related("volunteer__jury__round").order_by("place", "said_yes_at")
    named = _named(jury, to)
    return tuple(_member(Stay(row), to if named else None) for row in rows)


def _member(one: Stay, to: Any) -> Member:
    row, person = one.row, one.row.volunteer
    name = read(person).name if person.sealed and _named(person.jury, to) else ""
    seat, left = one.after + (row.place or 0), row.state != SeatState.ACCEPTED
    return Member(seat, person.number, name, left, row, one.since)


def _named(jury: Jury, to: Any) -> bool:
    return to is not None and not jury.erased_at and may(to, SEES, jury)


def seats(jury: Jury) -> int:
    """Return how many members a jury has when it is whole: those who stay included."""
    return jury.size + len({(one.after, one.row.place) for more in STAYS for one in more(jury)})


def sits_on(row: Seat) -> list[Jury]:
    """Return the juries on which somebody with a seat sits: their own, then those of later rotations."""
    return [row.jury, *(jury for more in LATER for jury in more(row))]


def chosen(jury: Jury, keys: Iterable[object]) -> list[Member]:
    """Return the members of the keys that a form sent, each once.

    Raises
    ------
    BadInput : somebody who is no member of this jury.
    """
    there = {one.key: one for one in members(jury)}
    wanted = dict.fromkeys(str(key) for key in keys)
    strange = [key for key in wanted if key not in there]
    if strange:
        seats = sorted({one.seat for one in there.values()})
        what = (
            f"{len(there)} members on seats {seats[0]} to {seats[-1]}" if seats else "nobody has said yes yet"
        )
        raise BadInput("Nobody of this jury is meant by that", "members", strange[0], what)
    return [there[key] for key in wanted]
