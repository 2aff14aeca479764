"""Reads what a council answered when it was asked what it sold: one row an asset, in any usual layout.

Names of people are never kept: the name of a buyer stays only where it is plainly an organisation's; email
addresses and telephone numbers are struck out of every cell. A cell that cannot be what its column holds is
left empty and listed. How complete an answer is, is said as one of the codes that reporters of such answers
use: full, partial (no price, no place, neither), poor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from fairground.errors import DataProblem
from fairground.sources import asset_columns, sold_cells
from fairground.sources.asset_columns import folded
from fairground.sources.asset_lists import AT_THE_END
from fairground.sources.asset_rows import need_few_columns
from fairground.sources.tabular import Fault, grid
from fairground.spreadsheets import is_spreadsheet, tables_of
from fairground.table_text import decoded
from fairground.tables import toml

__all__ = ["CODES", "SoldAsset", "SoldList", "read"]

CODES = ("full", "partial-no-price", "partial-no-place", "partial-neither", "poor")
DEPTH = 40
LARGEST = 20_000_000  # bytes
MOST_ROWS = 50_000
LONGEST = 300  # letters of a cell
ENOUGH = 0.9  # the share of rows that must have a price, or a place, for an answer to be full
LISTED = 200
TWICE = 0.1  # of the rows of a sheet that another has too, above which it repeats that sheet
ARTICLE = re.compile(r"^(the|an?)\s+", re.I)
TOTALS = ("total", "grandtotal", "subtotal", "overalltotal")
NONE_SOLD = "says that nothing was sold"
EMAIL = re.compile(r"(?<![^\s@<>,;])[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")  # each word is read once
PHONE = re.compile(r"(?<![\d.])(?:\+44\s?|0)\d(?:[\s-]?\d){8,9}(?![\d.])")
UPRN = re.compile(r"\d{1,12}", re.ASCII)
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?( ?\d[A-Z]{2})?", re.I | re.ASCII)
TITLED = re.compile(
    r"\b(?:[Mm]rs?|MRS?|[Mm]s|[Mm]iss|Mx|Dr|DR|Sir|Lady|Lord|Revd?)\b\.?(?:\s+(?:and|&)\s+\w+\.?)?"
    r"(?:\s+[A-Z][\w'’-]*){1,3}"
)
FAMILY = re.compile(r"\b(?:family|settlement|executors?|estate of|trading as|t/a)\b", re.I)
ORGANISED = re.compile(
    r"\b(ltd|limited|plc|llp|cic|cio|council|association|society|university|nhs|co-?operative|authority"
    r"|partnership|corporation|academy|foundation|trust|diocese|church of|homes england)\b",
    re.I,
)
STRUCK = (
    (EMAIL, "an email address"),
    (PHONE, "a telephone number"),
    (TITLED, "the name of a person with a title"),
)
COMMUNITY = re.compile(
    r"\b(community|parish|town council|cic|cio|charity|church|club|trust|association)\b", re.I
)
PUBLIC = re.compile(r"\b(council|nhs|authority|university|college|school|academy|homes england)\b", re.I)


@dataclass(frozen=True, slots=True)
class SoldAsset:
    """One asset that a council sold or gave away, as far as it said; no person's name is in it."""

    row: int
    asset: str
    kind: str
    address: str
    postcode: str
    uprn: str
    date: str
    financial_year: str
    way: str
    price: str
    valuation: str
    buyer_kind: str
    buyer: str


@dataclass
class SoldList:
    """An answer as it was read: its assets, its code, what was left out, each cell left empty."""

    file: str
    assets: tuple[SoldAsset, ...] = ()
    code: str = "poor"
    read: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


def read(content: bytes, file: str, *, first: str = "", last: str = "") -> SoldList:
    """Return what a council answered.

    Parameters
    ----------
    content : the bytes of CSV, .xlsx or .ods. file : its name.
    first, last : financial years such as 2010/11; sales outside them are left out and counted.

    Raises
    ------
    DataProblem : it cannot be read, is too large, or no row has headings that we know.
    """
    if len(content) > LARGEST or not content.strip():
        size = f"{len(content):,} bytes"
        raise DataProblem("The file is empty or too large", file, value=size, allowed="up to 20 MB")
    tables = [table for sheet, rows in _tables(content, file) if (table := _headed(sheet, rows, file))]
    if not tables:
        raise DataProblem(
            "No row of this file has headings that we know", file,
            allowed="at least two columns such as asset, address, date of sale, price",
            try_this="writing the number beside the council, if it gave a number only",
        )  # fmt: skip
    best = max(tables, key=lambda one: len(one.places))
    found = SoldList(file)
    kept = [asset for one in _together(best, tables) for asset in _assets(found, one, first, last)]
    found.assets = tuple(kept)
    found.code = "full" if not kept and found.dropped[NONE_SOLD] else _code(kept)
    return found


@dataclass(frozen=True, eq=False)
class _Table:
    """One sheet with headings: its name, its rows, where its headings are, and the column of each field."""

    sheet: str
    rows: list[list[str]]
    at: int
    places: Mapping[str, int]

    @property
    def below(self) -> set[tuple[str, ...]]:
        return set(map(tuple, self.rows[self.at + 1 :]))

    @property
    def headings(self) -> list[str]:
        return [folded(cell) for cell in self.rows[self.at] if cell.strip()]


def _headed(sheet: str, rows: list[list[str]], file: str) -> _Table | None:
    rows = need_few_columns(rows, file)
    found = [(len(_places(line)), -at) for at, line in enumerate(rows[:DEPTH])]
    size, at = max(found, default=(0, 0))
    return _Table(sheet, rows, -at, _places(rows[-at])) if size >= 2 else None


def _together(best: _Table, tables: Sequence[_Table]) -> list[_Table]:
    """Return the sheets that are one answer, in their order: the same headings, and no rows twice."""
    seen, found = best.below, {id(best)}
    for one in tables:
        below = one.below
        if one is not best and one.headings == best.headings and len(below & seen) <= TWICE * len(below):
            found.add(id(one))
            seen |= below
    return [one for one in tables if id(one) in found]


def _tables(content: bytes, file: str) -> list[tuple[str, list[list[str]]]]:
    if is_spreadsheet(content):
        return list(tables_of(content, file, hidden=False))
    return [("", grid(decoded(content)[0], file))]


@cache
def _names() -> Mapping[str, str]:
    found = toml("fairground.sources", "sold_lists.toml").items()
    return {name: field for field, names in found for name in names}


def _places(line: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(line):
        if known := _field(cell):
            found.setdefault(known, at)
    return found


def _field(heading: str) -> str:
    """Return the field of a heading: by its name, without what is in brackets, or by how it begins."""
    plain = asset_columns.THOUSANDS.sub("", heading)
    bare = ARTICLE.sub("", plain)
    names = [folded(name) for way in (plain, bare) for name in (way, way.partition("(")[0])]
    if told := next((_names()[name] for name in names if name in _names()), ""):
        return told
    begun = (
        field
        for name, field in _names().items()
        if name.endswith("*") and any(whole.startswith(name[:-1]) for whole in names)
    )
    return next(begun, "")


def _assets(found: SoldList, table: _Table, first: str, last: str) -> Iterator[SoldAsset]:
    heads = table.rows[table.at]
    for number, line in enumerate(table.rows[table.at + 1 :], start=table.at + 2):
        said = {
            name: " ".join(line[place].split()) for name, place in table.places.items() if place < len(line)
        }
        if not any(said.values()):
            continue
        found.read += 1
        if found.read > MOST_ROWS:
            raise DataProblem(
                "The file has too many rows", found.file, number, allowed=f"up to {MOST_ROWS:,}"
            )
        if why := _no_asset(line, said, heads):
            found.dropped[why] += 1
            continue
        asset = _asset(found, table, number, said)
        if why := _left_out(asset, first, last):
            found.dropped[why] += 1
        else:
            yield asset


def _no_asset(line: Sequence[str], said: Mapping[str, str], heads: Sequence[str]) -> str:
    """Return why a row is no asset: it repeats the headings, totals others, or says that none was sold."""
    if [folded(cell) for cell in line] == [folded(cell) for cell in heads]:
        return "the headings again"
    first = next(cell for cell in (" ".join(cell.split()) for cell in line) if cell)
    if any(said.get(name, first) not in ("", first) for name in ("address", "postcode", "uprn", "buyer")):
        return ""
    named = said.get("asset", "")
    if folded(first).startswith(TOTALS) or folded(named) in TOTALS:
        return "a total of other rows"
    return NONE_SOLD if any(map(sold_cells.nothing_sold, (first, named))) else ""


def _left_out(asset: SoldAsset, first: str, last: str) -> str:
    if not (asset.asset or asset.address or asset.postcode or asset.uprn):
        return "says neither what nor where it was"
    if asset.financial_year and (
        (first and asset.financial_year < first) or (last and asset.financial_year > last)
    ):
        return "sold in another year than was asked for"
    return ""


def _asset(found: SoldList, table: _Table, number: int, said: Mapping[str, str]) -> SoldAsset:
    day, year = _day(found, number, said.get("date", ""), said.get("year", ""))
    kind, buyer = _buyer(found, said.get("buyer", ""), said.get("buyer_kind", ""))
    plain = {name: _struck(found, said.get(name, "")) for name in ("asset", "kind", "address", "way")}
    return SoldAsset(
        number, plain["asset"], plain["kind"], plain["address"],
        _like(found, number, "postcode", _postcode(said), POSTCODE, "such as TS10 1AA"),
        _like(found, number, "uprn", said.get("uprn", "").removesuffix(".0"), UPRN, "1 to 12 digits"),
        day, year, plain["way"], _pounds(found, table, number, "price", said.get("price", "")),
        _pounds(found, table, number, "valuation", said.get("valuation", "")), kind, buyer,
    )  # fmt: skip


def _postcode(said: Mapping[str, str]) -> str:
    """Return the postcode of a row, or the one at the end of its address."""
    told = said.get("postcode", "")
    at_the_end = AT_THE_END.search(said.get("address", "")) if sold_cells.withheld(told) else None
    return " ".join(at_the_end.groups()) if at_the_end else told


def _struck(found: SoldList, text: str) -> str:
    """Return a cell without email addresses, telephone numbers and titled names, no longer than a line."""
    for pattern, what in STRUCK:
        text, times = pattern.subn("[left out]", text)
        if times:
            found.struck[what] += times
    return text[:LONGEST]


def _buyer(found: SoldList, name: str, told: str) -> tuple[str, str]:
    """Return what kind of buyer it was, and the name where it is plainly an organisation's."""
    if sold_cells.withheld(name):
        return _kind(told) if told else "", ""
    if not ORGANISED.search(name) or TITLED.search(name) or FAMILY.search(name):
        found.struck["the name of a buyer who may be a person"] += 1
        return _kind(told) if told else "person or not told", ""
    return _kind(told or name), _struck(found, name)


def _kind(text: str) -> str:
    if re.search(r"\b(individual|person|private|resident|tenant)\b", text, re.I):
        return "person or not told"
    if COMMUNITY.search(text):
        return "community"
    return "public body" if PUBLIC.search(text) else "organisation" if ORGANISED.search(text) else "not told"


def _day(found: SoldList, number: int, text: str, year: str) -> tuple[str, str]:
    """Return the day and its financial year; a cell may hold the year alone, or a second cell holds it."""
    told, other = sold_cells.day(text), sold_cells.day(year)
    if told.wrong:
        allowed = "such as 31/03/2019, March 2019 or 2018/19 (2018 alone can mean two financial years)"
        _fault(found, number, "date", text, "This is no day", allowed)
    if other.wrong:
        _fault(found, number, "year", year, "This is no financial year", "such as 2018/19")
    return told.day, told.financial_year or other.financial_year


def _pounds(found: SoldList, table: _Table, number: int, name: str, text: str) -> str:
    place = table.places.get(name)
    heading = table.rows[table.at][place] if place is not None else ""
    told = sold_cells.pounds(text, thousands=asset_columns.THOUSANDS.search(heading) is not None)
    if told is None:
        allowed = "0 to 100,000,000,000, such as £120,000, £1.2m, nil or withheld"
        _fault(found, number, name, text, "This is no amount in pounds", allowed)
    return told or ""


def _like(found: SoldList, number: int, name: str, text: str, pattern: re.Pattern[str], allowed: str) -> str:
    if pattern.fullmatch(text):
        return text.upper()
    if not sold_cells.withheld(text):
        _fault(found, number, name, text, "This cell does not have the right shape", allowed)
    return ""


def _fault(found: SoldList, number: int, name: str, text: str, what: str, allowed: str) -> None:
    if len(found.faults) < LISTED:
        found.faults.append(Fault(number, name, _shown(text), what, allowed))


def _shown(text: str) -> str:
    """Return a cell as a fault shows it: a wrong cell may hold anything, so nobody's address stays in it."""
    for pattern, _ in STRUCK:
        text = pattern.sub("[left out]", text)
    return text[:80]


def _code(assets: Sequence[SoldAsset]) -> str:
    """Return how complete an answer is."""
    if not assets:
        return "poor"
    priced = sum(bool(one.price) for one in assets) / len(assets)
    placed = sum(bool(one.postcode or one.uprn) for one in assets) / len(assets)
    dated = sum(bool(one.financial_year) for one in assets) / len(assets)
    if dated < 0.5:
        return "poor"
    if priced >= ENOUGH:
        return "full" if placed >= ENOUGH else "partial-no-place"
    return "partial-no-price" if placed >= ENOUGH else "partial-neither"
