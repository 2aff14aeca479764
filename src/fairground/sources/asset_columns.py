"""Recognises the columns of a council's list of assets, by what they are called and by what is in them.

No two councils publish the same columns. A heading that is known gives a field; the cells can contradict it
(a column "Location" full of postcodes) or give a field that no heading gives. What was recognised, and why,
is shown to the person, who can say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fairground.errors import BadInput
from fairground.tables import toml

__all__ = ["Column", "fields", "folded", "known", "not_believed", "recognise", "surest_row"]

SAMPLE = 400
SURE = 0.9  # of the cells, where a field is given by content alone
CONTRADICTED = 0.2  # of the cells, below which a heading is not believed
FULL_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}", re.ASCII)
OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?", re.ASCII)
SECTOR = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d", re.ASCII)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
DEGREES = re.compile(
    r"([+-]?)(\d{1,3}(?:\.\d+)?)[°º]?(?:(\d{1,2}(?:\.\d+)?)['′](?:(\d{1,2}(?:\.\d+)?)(?:\"|'')?)?)?([NSEWnsew]?)",
    re.ASCII,
)
UNDER = " › "  # between a heading and the heading of a second row below it
BRACKETS = re.compile(r"[(\[]([^)\]]*)(?:[)\]]|$)")
THOUSANDS = re.compile(r"\(?(?:£\s?['’]?(?:000s?|k)\b|\bin thousands\b)\)?", re.I)
OF_WHAT = re.compile(r"(?:property|asset|site|building|land|premises)(?=.{2})")  # "Asset Tenure" is a tenure
ALSO = {"x": "longitude", "y": "latitude", "xcoord": "longitude", "ycoord": "latitude",
        "xcoordinate": "longitude", "ycoordinate": "latitude"}  # fmt: skip
LESS_SURE = 100  # how much less sure a part of a heading is than the whole
TENURES = ("freehold", "leasehold", "licen", "lease", "fh", "lh", "f/h", "l/h", "tenan", "peppercorn",
           "vacant", "rent", "own", "occupied", "let", "trust", "easement", "manage")  # fmt: skip
NONE = {
    "",
    "-",
    "--",
    "n/a",
    "na",
    "none",
    "null",
    "nan",
    "not known",
    "unknown",
    "tbc",
    "#n/a",
    "not applicable",
}


@dataclass(frozen=True)
class Column:
    """A column that was recognised: its field, its place and heading, and how it was recognised."""

    field: str
    at: int
    heading: str
    how: str


@cache
def fields() -> Mapping[str, str]:
    """Return each field and what it means."""
    return {name: entry["means"] for name, entry in _table().items()}


def _table() -> Mapping[str, Mapping[str, Any]]:
    return toml("fairground.sources", "asset_columns.toml")


@cache
def _names() -> Mapping[str, tuple[str, int]]:
    """Return, for each folded heading, its field and how sure it is (0 is the surest)."""
    found: dict[str, tuple[str, int]] = {}
    for field, entry in _table().items():
        for rank, name in enumerate(entry["names"]):
            found.setdefault(name, (field, rank))
    return found


def folded(heading: str) -> str:
    """Return a heading without capitals, spaces and marks.

    >>> folded("Unique Property Reference Number (UPRN)")
    'uniquepropertyreferencenumberuprn'
    """
    return re.sub(r"[^a-z0-9]+", "", heading.casefold())


def known(heading: str) -> list[tuple[str, int]]:
    """Return the fields that a heading may mean, the surest first, with how sure (0 is the surest).

    The whole of it comes first; then what stands in brackets, what stands outside them, of a heading in two
    rows the lower one, and what is left without "Asset" or "Property" before it.

    >>> known("Map reference (Easting)")
    [('easting', 101), ('grid_reference', 200)]
    """
    found: dict[str, int] = {}
    if not heading:
        return []
    plain = THOUSANDS.sub("", heading)
    lower = plain.rpartition(UNDER)[2]
    for cost, text in ((0, plain), (LESS_SURE // 2, lower)):
        within = [(LESS_SURE, one) for one in BRACKETS.findall(text)]
        for more, part in ((0, text), *within, (2 * LESS_SURE, BRACKETS.sub("", text))):
            if (name := folded(part)) in _names():
                field, rank = _names()[name]
                found.setdefault(field, rank + cost + more)
            elif (rest := OF_WHAT.sub("", name, count=1)) != name and rest in _names():
                field, rank = _names()[rest]
                found.setdefault(field, rank + cost + more + LESS_SURE)
            if name in ALSO:
                found.setdefault(ALSO[name], cost + more + LESS_SURE)
    return sorted(found.items(), key=lambda item: item[1])


def surest_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which row has the headings: that with most known names, two at least; None if none has."""
    scores = [len({found[0][0] for cell in row if (found := known(cell))}) for row in rows]
    best = max(range(len(rows)), key=lambda at: (scores[at], -at), default=None)
    return best if best is not None and scores[best] >= 2 else None


def recognise(
    headings: Sequence[str], rows: Sequence[Sequence[str]], told: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """Return the columns whose fields are known, each field once, in the order of the file.

    Parameters
    ----------
    headings : the row of headings. rows : the rows below it; the first few hundred are looked at.
    told : field to heading, where a person has said it; these come first. An empty heading: no column has it.

    Raises
    ------
    BadInput : `told` names a field that we do not know, or a heading that the file does not have.
    """
    said = told or {}
    none = {field for field, heading in said.items() if not heading}
    found = {field: _told(headings, field, heading) for field, heading in said.items() if heading}
    taken = {column.at for column in found.values()}
    cells = [[_cell(row, at) for row in rows[:SAMPLE]] for at in range(len(headings))]
    for _, at, field, how in sorted(_by_name(headings, cells)):
        if field not in found and field not in none and at not in taken:
            found[field] = Column(field, at, headings[at], how)
            taken.add(at)
    for field, share in ALONE.items():
        if field in found or field in none:
            continue
        shares = [(-share(cells[at]), at) for at in range(len(headings)) if at not in taken]
        best = min(shares, default=(0.0, 0))
        if -best[0] >= SURE:
            found[field] = Column(field, best[1], headings[best[1]], "by what is in it")
            taken.add(best[1])
    return tuple(sorted(found.values(), key=lambda column: column.at))


def _told(headings: Sequence[str], field: str, heading: str) -> Column:
    if field not in fields():
        raise BadInput("There is no such field of an asset", "column", field, ", ".join(fields()))
    at = next((n for n, one in enumerate(headings) if one.strip() == heading.strip()), None)
    if at is None:
        at = next((n for n, one in enumerate(headings) if folded(one) == folded(heading)), None)
    if at is None:
        raise BadInput("The file has no such column", "column", heading, ", ".join(headings))
    return Column(field, at, headings[at], "as you said")


def _by_name(
    headings: Sequence[str], cells: Sequence[Sequence[str]]
) -> list[tuple[tuple[int, float], int, str, str]]:
    """Return each heading that is known and whose cells do not contradict it, the surest first."""
    found = []
    for at, heading in enumerate(headings):
        filled = sum(map(bool, cells[at])) / max(1, len(cells[at]))
        found += [
            ((rank, -filled), at, field, "by its name")
            for field, rank in known(heading)
            if not _contradicted(cells[at], field)
        ]
    return found


def _contradicted(cells: Sequence[str], field: str) -> bool:
    fits = CONTENT.get(field)
    return fits is not None and any(cells) and _share(cells, fits) < CONTRADICTED


def not_believed(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return the columns whose heading is known but whose cells contradict it: place in the file, and field.

    >>> not_believed(["Name", "UPRN"], [["Old Library", "see map"], ["Town Hall", "1.0009E+10"]])
    {1: 'uprn'}
    """
    told = {}
    for at, heading in enumerate(headings):
        cells = [_cell(row, at) for row in rows[:SAMPLE]]
        may = [field for field, _ in known(heading)]
        if may and all(_contradicted(cells, field) for field in may):
            told[at] = may[0]
    return told


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    held = [cell for cell in cells if cell]
    return sum(map(fits, held)) / len(held) if held else 0.0


def _cell(row: Sequence[str], at: int) -> str:
    text = " ".join(row[at].split()) if at < len(row) else ""
    return "" if text.casefold() in NONE else text


def cleaned(text: str) -> str:
    """Return a cell on one line without spare spaces; empty where it only says that nothing is known."""
    return _cell((text,), 0)


def _between(low: float, high: float) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        plain = text.replace(",", "")
        return bool(NUMBER.fullmatch(plain)) and low <= float(plain) <= high

    return fits


def is_uprn(text: str) -> bool:
    """Say whether a cell can be a UPRN: up to twelve digits, and no small number."""
    plain = text.strip("'").replace(",", "").removesuffix(".0").lstrip("0")
    return plain.isascii() and plain.isdigit() and 5 <= len(plain) <= 12


def is_postcode(text: str) -> bool:
    """Say whether a cell is a postcode, or the first part of one (TN34, TN34 3)."""
    plain = " ".join(text.upper().split())
    return any(shape.fullmatch(plain) for shape in (FULL_POSTCODE, OUTWARD, SECTOR))


def in_degrees(text: str) -> float | None:
    """Return degrees as a number: 50.85, 50.85°N, 0.57 W, 50° 51' 12" N; None where it is none.

    >>> in_degrees("0° 34' 12\" W"), in_degrees("50.85 N"), in_degrees("Hall")
    (-0.57, 50.85, None)
    """
    found = DEGREES.fullmatch("".join(text.replace("’", "'").replace("”", '"').replace("″", '"').split()))
    if found is None:
        return None
    sign, whole, minutes, seconds, side = found.groups()
    value = float(whole) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    return round(-value if (sign == "-") != (side in ("S", "W", "s", "w")) else value, 8)


def _is_degrees(text: str, low: float, high: float) -> bool:
    value = in_degrees(text)
    return value is not None and low <= value <= high


CONTENT: dict[str, Callable[[str], bool]] = {
    "uprn": is_uprn,
    "postcode": is_postcode,
    "easting": _between(1_000, 700_000),
    "northing": _between(1_000, 1_300_000),
    "latitude": lambda text: _is_degrees(text, 49, 61.5),
    "longitude": lambda text: _is_degrees(text, -9, 2.5),
    "tenure": lambda text: text.casefold() in ("f", "l") or any(w in text.casefold() for w in TENURES),
    "address": lambda text: re.search(r"[^\W\d_]{2}", text) is not None,
}


def _all_postcodes(cells: Sequence[str]) -> float:
    """Return the share of postcodes; 0 where fewer than half are whole: A1, B2, C3 are no postcodes."""
    whole = _share(cells, lambda text: bool(FULL_POSTCODE.fullmatch(text.upper())))
    return _share(cells, is_postcode) if whole >= 0.5 else 0.0


IN_ONE_CELL = re.compile(
    r"[STNHO][A-HJ-Z] ?\d{3,5} ?\d{3,5}|(?:SRID=\d+;)?POINT ?\([-+]?[\d.]+ [-+]?[\d.]+\)"
    r"|[(\[]?-?\d{1,2}\.\d{2,}\s?[,; ]\s?-?\d{1,2}\.\d{2,}[)\]]?"
    r"|\D{0,4}\d{6}(?:\.\d+)?\s?[,;/ ]\D{0,4}\d{5,7}(?:\.\d+)?\)?",
    re.ASCII,
)
# What content alone can give. Short UPRNs are left out: they look like any other number.
ALONE: dict[str, Callable[[Sequence[str]], float]] = {
    "postcode": _all_postcodes,
    "grid_reference": lambda cells: _share(cells, lambda text: bool(IN_ONE_CELL.fullmatch(text.upper()))),
    "uprn": lambda cells: _share(cells, lambda text: len(text) >= 10 and is_uprn(text)),
}
