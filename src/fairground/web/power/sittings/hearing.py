"""Who was heard in which session, by side: a table that shows a side nobody spoke for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fairground.web.power.juries.models import Jury
from fairground.web.power.sittings.models import Session, Side, Standing


@dataclass(frozen=True)
class Row:
    """One side, how many spoke for it in each session, how many have no session yet, and how many in all."""

    side: Side
    cells: tuple[tuple[Session, int], ...]
    later: int

    @property
    def total(self) -> int:
        """How many are heard for this side."""
        return sum(number for _, number in self.cells) + self.later


def balance(jury: Jury) -> tuple[list[Session], list[Row]]:
    """Return the sessions in which somebody is heard, and a row for each side."""
    heard = list(jury.witnesses.filter(standing=Standing.ACCEPTED))
    there = {one.session_id for one in heard}
    sessions = [one for one in jury.sessions.filter(called_off_at=None) if one.pk in there]
    rows = [
        _row(side, sessions, [one for one in heard if one.side_id == side.pk]) for side in jury.sides.all()
    ]
    return sessions, rows


def _row(side: Side, sessions: list[Session], heard: list[Any]) -> Row:
    cells = tuple((one, sum(1 for who in heard if who.session_id == one.pk)) for one in sessions)
    return Row(side, cells, len(heard) - sum(number for _, number in cells))


def unheard(rows: list[Row]) -> list[str]:
    """Return the sides for which nobody is heard."""
    return [row.side.name for row in rows if row.total == 0]
