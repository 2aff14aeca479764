"""Who sits on a jury, and who sat and left, for lists that officers choose from: by seat and number.

Rule 1: of a jury that was drawn on this site, whoever said yes is a member, and stays on the list when they
leave; who was drawn for them has the same seat. Rule 2: of any other jury there are seats 1 to its size.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    """Somebody on a seat; `number` is that of the volunteer, `name` empty where it may not be seen."""

    seat: int
    number: int | None = None
    name: str = ""
    left: bool = False
    row: Seat | None = None

    @property
    def key(self) -> str:
        """What a form says for this member."""
        return str(self.row.pk) if self.row else str(self.seat)

    @property
    def words(self) -> str:
        """The member as officers read it."""
        who = f": volunteer {self.number}" if self.number else ""
        return f"Seat {self.seat}{who}{f', {self.name}' if self.name else ''}{' (left)' if self.left else ''}"


def members(jury: Jury, *, to: Any = None) -> tuple[Member, ...]:
    """Return a jury's members in order of seats; with names where the person `to` may open the pool."""
    if not standing(jury):
        return tuple(Member(seat) for seat in range(1, jury.size + 1))
    named = to is not None and not jury.erased_at and may(to, SEES, jury)
    rows = Seat.objects.filter(jury=jury, draw__voided_at=None).exclude(said_yes_at=None)
    rows = rows.select_related("volunteer__jury").order_by("place", "said_yes_at")
    return tuple(_member(row, named) for row in rows)


def _member(row: Seat, named: bool) -> Member:
    name = read(row.volunteer).name if named and row.volunteer.sealed else ""
    return Member(row.place or 0, row.volunteer.number, name, row.state != SeatState.ACCEPTED, row)


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
