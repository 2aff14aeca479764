"""The history of a standing jury as a table: a row for each person in the pool of each rotation.

The columns are rotation, id, a column for each feature, chance, drawn (yes or no) and left (the rotation from
which on the person was no longer on the jury). It holds no names and no addresses. Fairground writes it anew
at each rotation; a person may write it too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fairground.errors import BadInput
from fairground.evidence import Source
from fairground.power.juries import History, Target, Turn
from fairground.questions.power.people_tables import PeopleTable, alike

__all__ = ["HistoryRead", "history_after", "read_history"]

YES, NO = ("yes", "y", "1", "true", "drawn"), ("no", "n", "0", "false", "")


@dataclass(frozen=True)
class HistoryRead:
    """A history as it was read, and where it came from."""

    history: History
    source: Source


def read_history(file: Path | str, targets: Sequence[Target]) -> HistoryRead:
    """Read the history of a standing jury; an empty file, or headings alone, is one that has not begun.

    Raises
    ------
    BadInput : a column is missing, or a cell is not what it should be; names the row.
    """
    features = tuple(dict.fromkeys(target.feature for target in targets))
    table = PeopleTable.read(file, "rotation", "id", empty=True)
    if not table.rows:
        return HistoryRead(History(features, ()), table.source)
    known = {f: {alike(t.value): t.value for t in targets if t.feature == f} for f in features}
    at = {name: table.column(name) for name in ("rotation", "id", "chance", "drawn", "left", *features)}
    turns = tuple(_turn(table, number, cells, at, known) for number, cells in table.rows)
    try:
        return HistoryRead(History(features, turns), table.source)
    except BadInput as fault:
        raise BadInput(fault.what, fault.field, fault.value, fault.allowed, None, table.name) from None


def _turn(
    table: PeopleTable, number: int, cells: list[str], at: Mapping[str, int],
    known: Mapping[str, Mapping[str, str]],
) -> Turn:  # fmt: skip
    cell = {name: cells[column].strip() for name, column in at.items()}
    values = tuple(_value(table, number, feature, cell[feature], known[feature]) for feature in known)
    left = table.whole(cell["left"], "left", number) if cell["left"] else None
    rotation = table.whole(cell["rotation"], "rotation", number)
    chance, drawn = table.share(cell["chance"], "chance", number), _drawn(table, number, cell["drawn"])
    try:
        return Turn(rotation, cell["id"], values, chance, drawn, left)
    except BadInput as fault:
        raise BadInput(fault.what, fault.field, fault.value, fault.allowed, number, table.name) from None


def _value(table: PeopleTable, number: int, feature: str, text: str, known: Mapping[str, str]) -> str:
    found = known.get(alike(text))
    if found is None:
        what = "This value has no target"
        raise BadInput(what, feature, text, ", ".join(known.values()), number, table.name)
    return found


def _drawn(table: PeopleTable, number: int, text: str) -> bool:
    plain = alike(text)
    if plain not in (*YES, *NO):
        raise BadInput("Somebody was drawn or was not", "drawn", text, "yes or no", number, table.name)
    return plain in YES


def history_after(
    history: History, left: Sequence[str], people: Mapping[str, tuple[str, ...]],
    chances: Mapping[str, float], drawn: Sequence[str],
) -> str:  # fmt: skip
    """Return the history with one more rotation, as CSV text.

    Parameters
    ----------
    left : ids of members who are no longer on the jury. people : the values of everyone who could be drawn.
    chances : what each of them had. drawn : who came.
    """
    gone, came, now = set(left), set(drawn), history.next
    before = [
        replace(turn, left=now) if turn.drawn and turn.left is None and turn.person in gone else turn
        for turn in history.turns
    ]
    added = [Turn(now, id, values, chances[id], id in came) for id, values in people.items()]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["rotation", "id", *history.features, "chance", "drawn", "left"])
    for turn in (*before, *added):
        written = f"{min(max(turn.chance, 0.0), 1.0):.9f}".rstrip("0").rstrip(".")
        word = "yes" if turn.drawn else "no"
        writer.writerow([turn.rotation, turn.person, *turn.values, written, word, turn.left or ""])
    return out.getvalue()
