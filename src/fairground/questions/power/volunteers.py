"""A pool of volunteers and its targets, from the spreadsheets that people send.

Commas or semicolons, a byte order mark, spaces at the ends, capitals, long dashes in “16–24”, an age band
that a spreadsheet took for a date, a row that is there twice: each is read as it was meant, and counted.
What cannot be meant (an id that two people have, a value without a target) is named by row and column, all
of it at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fairground.errors import BadInput
from fairground.evidence import Quality, Source
from fairground.power.juries import Pool, Share, Staying, Target, Volunteer, household
from fairground.questions.power.people_tables import PeopleTable, alike

__all__ = ["PoolRead", "read_pool", "read_shares", "read_staying", "read_targets"]

IDS = (
    "id",
    "unique id",
    "person id",
    "nationbuilder id",
    "volunteer id",
    "registration id",
    "respondent id",
    "reference",
    "reference number",
    "ref",
    "ref no",
    "code",
)
ADDRESS = re.compile(r"(address|postcode|post code|street|house|town|city).*")
NO_ID = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|\d{4}-\d\d-\d\d( 00:00:00)?|TRUE|FALSE")
SHOWN = 12
FLEXIBLE = ("min_flex", "max_flex")
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(NAMES, start=1)}


@dataclass(frozen=True)
class PoolRead:
    """A pool as it was read: the volunteers, where they came from, and what was mended or left out.

    Parameters
    ----------
    hidden : rows that nobody sees in the spreadsheet; they are read like any other.
    """

    pool: Pool
    source: Source
    quality: Quality
    address_columns: tuple[str, ...]
    hidden: int = 0


def read_targets(file: Path | str) -> tuple[tuple[Target, ...], Source]:
    """Read targets: a table with the columns feature, value, min and max; perhaps min_flex and max_flex.

    Raises
    ------
    BadInput : a column is missing, a cell is empty or no whole number, a value twice.
    """
    table = PeopleTable.read(file, "min", "max")
    at = {
        "feature": table.column("feature", "category"),
        "value": table.column("value", "name"),
        "min": table.column("min", "minimum"),
        "max": table.column("max", "maximum"),
    }
    found, name, known = [], table.name, _Known(table.name)
    for number, cells in table.rows:
        cell = {field: cells[column].strip() for field, column in at.items()}
        for field in ("feature", "value"):
            if not cell[field]:
                raise BadInput("This cell is empty", field, "", "a value in every row", number, name)
        feature = known.feature(cell["feature"], cell["value"], number)
        least, most = (table.whole(cell[field], field, number) for field in ("min", "max"))
        flex = [_flexible(table, name_, cells, number) for name_ in FLEXIBLE]
        try:
            found.append(Target(feature, cell["value"], least, most, *flex))
        except BadInput as fault:
            raise BadInput(fault.what, fault.field, fault.value, fault.allowed, number, name) from None
    if not found:
        raise BadInput("There are no targets", allowed="a row for each value of each feature", file=name)
    return tuple(found), table.source


def _flexible(table: PeopleTable, column: str, cells: Sequence[str], row: int) -> int | None:
    """Return a flexible bound; None without the column, and where the cell is empty or -1."""
    if not table.has(column):
        return None
    cell = cells[table.column(column)].strip()
    return None if cell in ("", "-1") else table.whole(cell, column, row)


def read_shares(file: Path | str) -> tuple[Share, ...]:
    """Read the column `share` of a table of targets: 0.25, 1/4 or 25%; empty where there is none.

    Raises
    ------
    BadInput : a share that is none, a value twice; names the row.
    """
    table = PeopleTable.read(file, "min", "max")
    if not table.has("share"):
        return ()
    feature, value = table.column("feature", "category"), table.column("value", "name")
    at, known = table.column("share"), _Known(table.name)
    return tuple(
        Share(
            known.feature(cells[feature].strip(), cells[value].strip(), number),
            cells[value].strip(),
            Fraction(table.share(cells[at], "share", number)).limit_denominator(10**6),
        )
        for number, cells in table.rows
    )


def read_pool(
    file: Path | str,
    targets: Sequence[Target],
    *,
    certain: Sequence[str] = (),
    barred: Sequence[str] = (),
    households: bool = True,
) -> PoolRead:
    """Read a pool of volunteers: a table with a column of ids and a column for each feature of the targets.

    Parameters
    ----------
    certain, barred : ids of people who must, or may not, be on the jury. households : at most one person of
        an
        address, where the table has columns of addresses.

    Raises
    ------
    BadInput : a column is missing; or rows that cannot be used, all of them named.
    """
    features = tuple(dict.fromkeys(target.feature for target in targets))
    table = PeopleTable.read(file, *features)
    heads, rows = table.heads, table.rows
    id_column = table.column(*IDS)
    columns = {feature: table.column(feature) for feature in features}
    told = set(columns.values()) | {id_column}
    address = [at for at, head in enumerate(heads) if ADDRESS.fullmatch(head) and at not in told]
    values = {f: {alike(t.value): t.value for t in targets if t.feature == f} for f in features}
    reading = _Reading(table.name, features, columns, values, id_column, address if households else [])
    people = reading.people(rows, set(certain), set(barred))
    pool = Pool(features, tuple(people))
    quality = Quality(len(rows), len(people), dict(reading.dropped), dict(reading.mended))
    return PoolRead(pool, table.source, quality, tuple(heads[at] for at in address), table.hidden)


def read_staying(file: Path | str, everyone: float, targets: Sequence[Target]) -> tuple[Staying, Source]:
    """Read how likely people are to stay: a table with the columns feature, value and stays.

    Parameters
    ----------
    everyone : the chance that all have; each row's `stays` is a factor of it for people with that value.

    Raises
    ------
    BadInput : a column is missing, a value without a target, twice, or no chance; named by row.
    """
    table = PeopleTable.read(file, "stays")
    at = {field: table.column(field) for field in ("feature", "value", "stays")}
    known = {(alike(t.feature), alike(t.value)): (t.feature, t.value) for t in targets}
    found: dict[tuple[str, str], float] = {}
    for number, cells in table.rows:
        feature, value, stays = (cells[at[field]].strip() for field in ("feature", "value", "stays"))
        named = known.get((alike(feature), alike(value)))
        if named is None or named in found:
            what = "This value has no target" if named is None else "This value is there twice"
            allowed = "; ".join(f"{f} {v}" for f, v in known.values())
            raise BadInput(what, "value", f"{feature} {value}", allowed, number, table.name)
        found[named] = table.share(stays, "stays", number)
    return Staying(everyone, found), table.source


class _Known:
    """The features and values of the rows before; Woman, woman and WOMAN are one."""

    def __init__(self, file: str) -> None:
        self.file, self.features = file, dict[str, str]()
        self.rows: dict[tuple[str, str], int] = {}

    def feature(self, feature: str, value: str, row: int) -> str:
        """Return a feature as it was first written.

        Raises
        ------
        BadInput : the value has a target in a row before.
        """
        first = self.rows.setdefault((alike(feature), alike(value)), row)
        if first != row:
            what = f"This value has two targets; the other is in row {first}"
            raise BadInput(what, "value", f"{feature} {value}", "one target for each value", row, self.file)
        return self.features.setdefault(alike(feature), feature)


class _Reading:
    """One reading of a table, with everything that was mended, left out or wrong."""

    def __init__(
        self, name: str, features: tuple[str, ...], columns: dict[str, int],
        values: dict[str, dict[str, str]], id_column: int, address: list[int],
    ) -> None:  # fmt: skip
        self.name, self.features, self.columns, self.values = name, features, columns, values
        self.id_column, self.address = id_column, address
        self.dropped, self.mended = Counter[str](), Counter[str]()
        self.wrong: list[str] = []

    def people(
        self, rows: Sequence[tuple[int, list[str]]], certain: set[str], barred: set[str]
    ) -> list[Volunteer]:
        """Return the volunteers of all rows.

        Raises
        ------
        BadInput : rows that cannot be used.
        """
        found: dict[str, tuple[int, list[str], Volunteer]] = {}
        for number, cells in rows:
            id = cells[self.id_column].strip()
            if not id or NO_ID.fullmatch(id):
                made = f", but “{id}”, which a spreadsheet made of something else" if id else ""
                self.wrong.append(f"row {number} has no id{made}")
                continue
            if id in found:
                self._again(id, number, cells, found)
                continue
            values = [self._value(feature, number, cells) for feature in self.features]
            at_home = household(*(cells[at] for at in self.address))
            person = Volunteer(id, tuple(v or "" for v in values), at_home, id in certain)
            found[id] = (number, cells, person)
        missing = sorted((certain | barred) - set(found))
        self.wrong += [f"nobody has the id {id}" for id in missing]
        if self.wrong:
            more = f"; and {len(self.wrong) - SHOWN} more" if len(self.wrong) > SHOWN else ""
            things = "1 thing" if len(self.wrong) == 1 else f"{len(self.wrong)} things"
            what = f"{things} must be mended: " + "; ".join(self.wrong[:SHOWN]) + more
            raise BadInput(what, file=self.name)
        self.dropped["may not be drawn"] += len(barred)
        self.dropped += Counter()
        return [person for id, (_, _, person) in found.items() if id not in barred]

    def _again(
        self, id: str, number: int, cells: list[str], found: dict[str, tuple[int, list[str], Volunteer]]
    ) -> None:
        first, before, _ = found[id]
        if [c.strip() for c in cells] == [c.strip() for c in before]:
            self.dropped["the same row again"] += 1
        else:
            self.wrong.append(f"rows {first} and {number} have the same id {id} and differ")

    def _value(self, feature: str, number: int, cells: list[str]) -> str | None:
        text, known = cells[self.columns[feature]], self.values[feature]
        if text in known.values():
            return text
        kept = known.get(alike(text))
        if kept is not None:
            self.mended["written in another way"] += 1
            return kept
        as_band = next((known[band] for band in _bands(text) if band in known), None)
        if as_band is not None:
            self.mended["a band that was taken for a date"] += 1
            return as_band
        allowed = ", ".join(known.values())
        is_ = f"“{text.strip()}” is none of" if text.strip() else "the cell is empty; it must be one of"
        self.wrong.append(f"row {number}, {feature}: {is_} {allowed}")
        return None


def _bands(text: str) -> list[str]:
    """Return the bands that a spreadsheet could have taken for this date: 2026-11-10 was 10-11 or 11-10.

    British spreadsheets write it 10/11/2026 or 10-Nov.
    """
    plain = alike(text)
    whole = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?", plain)
    if whole:
        year, month, day = map(int, whole.groups())
        return [f"{day}-{month}", f"{month}-{day}", f"{month}-{year % 100}"]
    slashes = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?: 00:00(?::00)?)?", plain)
    if slashes:
        day, month, year = map(int, slashes.groups())
        return [f"{day}-{month}", f"{month}-{day}", f"{month}-{year % 100}"]
    short = re.fullmatch(r"(\d{1,2})-([a-z]{3})", plain) or re.fullmatch(r"([a-z]{3})-(\d{2})", plain)
    if short:
        first, second = (MONTHS.get(part, part) for part in short.groups())
        return (
            [f"{int(first)}-{int(second)}", f"{int(second)}-{int(first)}"] if _numbers(first, second) else []
        )
    return []


def _numbers(*parts: object) -> bool:
    return all(isinstance(part, int) or str(part).isdigit() for part in parts)
