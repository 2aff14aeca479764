"""A pool of volunteers and its targets, from the spreadsheets that people send.

Commas or semicolons, a byte order mark, spaces at the ends, capitals, long dashes in “16–24”, an age band
that a spreadsheet took for a date, a row that is there twice: each is read as it was meant, and counted.
What cannot be meant (an id that two people have, a value without a target) is named by row and column, all
of it at once.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fairground import spreadsheets, typed
from fairground.errors import BadInput
from fairground.evidence import Quality, Source
from fairground.power.juries import Pool, Target, Volunteer, household

__all__ = ["PoolRead", "read_pool", "read_targets"]

IDS = (
    "id",
    "unique id",
    "person id",
    "nationbuilder id",
    "volunteer id",
    "registration id",
    "reference",
    "code",
)
ADDRESS = re.compile(r"(address|postcode|post code|street|house|town|city).*")
SHOWN = 12
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(NAMES, start=1)}


@dataclass(frozen=True)
class PoolRead:
    """A pool as it was read: the volunteers, where they came from, and what was mended or left out."""

    pool: Pool
    source: Source
    quality: Quality
    address_columns: tuple[str, ...]


def read_targets(file: Path | str) -> tuple[tuple[Target, ...], Source]:
    """Read targets: a table with the columns feature, value, min and max.

    Raises
    ------
    BadInput : a column is missing, a cell is empty or no whole number, a value twice.
    """
    rows, heads, name, digest = _table(file, "min", "max")
    at = {
        "feature": _one_of(heads, name, "feature", "category"),
        "value": _one_of(heads, name, "value", "name"),
        "min": _one_of(heads, name, "min", "minimum"),
        "max": _one_of(heads, name, "max", "maximum"),
    }
    found = []
    for number, cells in rows:
        cell = {field: cells[column].strip() for field, column in at.items()}
        for field in ("feature", "value"):
            if not cell[field]:
                raise BadInput("This cell is empty", field, "", "a value in every row", number, name)
        least, most = (_whole(cell[field], field, number, name) for field in ("min", "max"))
        try:
            found.append(Target(cell["feature"], cell["value"], least, most))
        except BadInput as fault:
            raise BadInput(fault.what, fault.field, fault.value, fault.allowed, number, name) from None
    if not found:
        raise BadInput("There are no targets", allowed="a row for each value of each feature", file=name)
    return tuple(found), _source(name, digest)


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
    rows, heads, name, digest = _table(file, *features)
    id_column = _one_of(heads, name, *IDS)
    columns = {feature: _one_of(heads, name, feature) for feature in features}
    told = set(columns.values()) | {id_column}
    address = [at for at, head in enumerate(heads) if ADDRESS.fullmatch(head) and at not in told]
    values = {f: {_alike(t.value): t.value for t in targets if t.feature == f} for f in features}
    reading = _Reading(name, features, columns, values, id_column, address if households else [])
    people = reading.people(rows, set(certain), set(barred))
    pool = Pool(features, tuple(people))
    quality = Quality(len(rows), len(people), dict(reading.dropped), dict(reading.mended))
    return PoolRead(pool, _source(name, digest), quality, tuple(heads[at] for at in address))


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
        self, rows: list[tuple[int, list[str]]], certain: set[str], barred: set[str]
    ) -> list[Volunteer]:
        """Return the volunteers of all rows.

        Raises
        ------
        BadInput : rows that cannot be used.
        """
        found: dict[str, tuple[int, list[str], Volunteer]] = {}
        for number, cells in rows:
            id = cells[self.id_column].strip()
            if not id:
                self.wrong.append(f"row {number} has no id")
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
            what = f"{len(self.wrong)} things must be mended: " + "; ".join(self.wrong[:SHOWN]) + more
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
        kept = known.get(_alike(text))
        if kept is not None:
            self.mended["written in another way"] += 1
            return kept
        as_band = next((known[band] for band in _bands(text) if band in known), None)
        if as_band is not None:
            self.mended["a band that was taken for a date"] += 1
            return as_band
        allowed = ", ".join(known.values())
        self.wrong.append(f"row {number}, {feature}: “{text.strip()}” is none of {allowed}")
        return None


def _alike(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[‐‑‒–—−]", "-", plain)
    return " ".join(re.sub(r"\s*-\s*", "-", plain).split())


def _bands(text: str) -> list[str]:
    """Return the bands that a spreadsheet could have taken for this date: 2026-11-10 was 10-11 or 11-10."""
    plain = _alike(text)
    whole = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?", plain)
    if whole:
        year, month, day = map(int, whole.groups())
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


def _table(file: Path | str, *columns: str) -> tuple[list[tuple[int, list[str]]], list[str], str, str]:
    path = Path(file)
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise BadInput(f"The file cannot be read ({fault.strerror})", "file", str(file)) from fault
    text, name = spreadsheets.text_of(content, path.name, *columns)
    lines = [(n, row) for n, row in enumerate(_cells(text, name), start=1)]
    full = [(number, row) for number, row in lines if any(cell.strip() for cell in row)]
    if len(full) < 2:
        raise BadInput("The table has no rows", allowed="headings and at least one row", file=name)
    heads = [_alike(cell).replace("_", " ") for cell in full[0][1]]
    for number, row in full[1:]:
        if len(row) > len(heads) and any(cell.strip() for cell in row[len(heads) :]):
            what = "This row has more cells than there are headings"
            raise BadInput(what, "cells", len(row), f"{len(heads)}", number, name)
    padded = [(number, (row + [""] * len(heads))[: len(heads)]) for number, row in full[1:]]
    return padded, heads, name, hashlib.sha256(content).hexdigest()


def _cells(text: str, name: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = max(",;\t|", key=first.count)
    read = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=sign)
    try:
        return list(read)
    except csv.Error as fault:
        raise BadInput(f"This is not well-formed CSV ({fault})", row=read.line_num, file=name) from None


def _one_of(heads: list[str], file: str, *names: str) -> int:
    for wanted in names:
        plain = _alike(wanted).replace("_", " ")
        times = heads.count(plain)
        if times > 1:
            raise BadInput("Two columns have one name", "heading", wanted, "each name once", file=file)
        if times:
            return heads.index(plain)
    have = ", ".join(head for head in heads if head)
    raise BadInput("The table has no such column", "column", names[0], f"one of {have}", file=file)


def _whole(cell: str, field: str, row: int, name: str) -> int:
    try:
        return typed.whole(cell, field)
    except BadInput as fault:
        raise BadInput(fault.what, field, cell, "0 or more, in digits", row, name) from None


def _source(name: str, digest: str) -> Source:
    return Source(digest[:16], name, "your own file", f"SHA-256 {digest}", "as its owner says", "")
