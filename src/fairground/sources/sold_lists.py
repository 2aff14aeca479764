"""Reads what a council answered when it was asked what it sold: one row an asset, in any usual layout.

Names of people are never kept: the name of a buyer stays only where it is plainly an organisation's; email
addresses and telephone numbers are struck out of every cell. A cell that cannot be what its column holds is
left empty and listed. How complete an answer is, is said as one of the codes that reporters of such answers
use: full, partial (no price, no place, neither), poor.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache

from fairground import typed
from fairground.errors import BadInput, DataProblem
from fairground.sources.asset_columns import folded
from fairground.sources.tabular import UTF16, Fault
from fairground.spreadsheets import is_spreadsheet, tables_of
from fairground.tables import toml

__all__ = ["CODES", "SoldAsset", "SoldList", "read"]

CODES = ("full", "partial-no-price", "partial-no-place", "partial-neither", "poor")
DEPTH = 40
LARGEST = 20_000_000  # bytes
MOST_ROWS = 50_000
LONGEST = 300  # letters of a cell
ENOUGH = 0.9  # the share of rows that must have a price, or a place, for an answer to be full
LISTED = 200
NOTHING = {"nil", "nominal", "peppercorn", "free", "gift", "nilvalue", "none", "zero"}
WITHHELD = {"", "na", "notknown", "unknown", "withheld", "confidential", "commerciallysensitive", "exempt",
            "redacted", "tbc", "notheld", "notavailable", "notapplicable"}  # fmt: skip
DATES = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d/%m/%y",
    "%d-%b-%y",
    "%d-%b-%Y",
)
YEAR = re.compile(r"(?:fy\s*)?(20\d\d)\s?[-/]\s?(?:20)?(\d\d)", re.I | re.ASCII)
EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
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
    best: tuple[int, int, list[list[str]], dict[str, int]] | None = None
    for rows in _tables(content, file):
        for at, line in enumerate(rows[:DEPTH]):
            places = _places(line)
            if len(places) >= 2 and (best is None or len(places) > best[0]):
                best = len(places), at, rows, places
    if best is None:
        raise DataProblem(
            "No row of this file has headings that we know", file,
            allowed="at least two columns such as asset, address, date of sale, price",
        )  # fmt: skip
    found = SoldList(file)
    _, at, rows, places = best
    found.assets = tuple(_assets(found, rows, at, places, first, last))
    found.code = _code(found.assets)
    return found


def _tables(content: bytes, file: str) -> list[list[list[str]]]:
    if is_spreadsheet(content):
        return [rows for _, rows in tables_of(content, file)]
    if content.startswith(UTF16):
        return [_csv(content.decode("utf-16", "replace"), file)]
    try:
        return [_csv(content.decode("utf-8-sig"), file)]
    except UnicodeDecodeError:
        return [_csv(content.decode("cp1252", "replace"), file)]


def _csv(text: str, file: str) -> list[list[str]]:
    top = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=top.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as fault:
        raise DataProblem(f"This is not well-formed CSV ({fault})", file) from fault


@cache
def _names() -> Mapping[str, str]:
    found = toml("fairground.sources", "sold_lists.toml").items()
    return {name: field for field, names in found for name in names}


def _places(line: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(line):
        known = _names().get(folded(cell)) or _names().get(folded(cell.partition("(")[0]))
        if known:
            found.setdefault(known, at)
    return found


def _assets(
    found: SoldList, rows: list[list[str]], at: int, places: Mapping[str, int], first: str, last: str
) -> list[SoldAsset]:
    kept = []
    for number, line in enumerate(rows[at + 1 :], start=at + 2):
        said = {name: " ".join(line[place].split()) for name, place in places.items() if place < len(line)}
        if not any(said.values()):
            continue
        found.read += 1
        if found.read > MOST_ROWS:
            raise DataProblem(
                "The file has too many rows", found.file, number, allowed=f"up to {MOST_ROWS:,}"
            )
        asset = _asset(found, number, said)
        why = _left_out(asset, first, last)
        if why:
            found.dropped[why] += 1
        else:
            kept.append(asset)
    return kept


def _left_out(asset: SoldAsset, first: str, last: str) -> str:
    said = folded(asset.asset or asset.address)
    if said.startswith(("total", "grandtotal", "subtotal")):
        return "a total of other rows"
    if not (asset.asset or asset.address or asset.postcode or asset.uprn):
        return "says neither what nor where it was"
    if asset.financial_year and (
        (first and asset.financial_year < first) or (last and asset.financial_year > last)
    ):
        return "sold in another year than was asked for"
    return ""


def _asset(found: SoldList, number: int, said: Mapping[str, str]) -> SoldAsset:
    day, year = _day(found, number, said.get("date", ""))
    kind, buyer = _buyer(found, said.get("buyer", ""), said.get("buyer_kind", ""))
    plain = {name: _struck(found, said.get(name, "")) for name in ("asset", "kind", "address", "way")}
    return SoldAsset(
        number, plain["asset"], plain["kind"], plain["address"],
        _like(found, number, "postcode", said.get("postcode", ""), POSTCODE, "such as TS10 1AA"),
        _like(found, number, "uprn", said.get("uprn", "").removesuffix(".0"), UPRN, "1 to 12 digits"),
        day, year, plain["way"], _pounds(found, number, "price", said.get("price", "")),
        _pounds(found, number, "valuation", said.get("valuation", "")), kind, buyer,
    )  # fmt: skip


def _struck(found: SoldList, text: str) -> str:
    """Return a cell without email addresses, telephone numbers and titled names, no longer than a line."""
    for pattern, what in STRUCK:
        text, times = pattern.subn("[left out]", text)
        if times:
            found.struck[what] += times
    return text[:LONGEST]


def _buyer(found: SoldList, name: str, told: str) -> tuple[str, str]:
    """Return what kind of buyer it was, and the name where it is plainly an organisation's."""
    if folded(name) in WITHHELD:
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


def _day(found: SoldList, number: int, text: str) -> tuple[str, str]:
    """Return the day and its financial year; a cell may hold the year alone."""
    if folded(text) in WITHHELD:
        return "", ""
    year = YEAR.fullmatch(text)
    if year and (int(year[1]) + 1) % 100 == int(year[2]):
        return "", f"{year[1]}/{year[2]}"
    plain = text.split(" 00:00")[0]
    for pattern in DATES:
        try:
            day = datetime.strptime(plain, pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        if date(1980, 1, 1) <= day <= date(2100, 1, 1):
            start = day.year - (day.month < 4)
            return day.isoformat(), f"{start}/{(start + 1) % 100:02d}"
    _fault(found, number, "date", text, "This is no day", "such as 31/03/2019 or 2018/19")
    return "", ""


def _pounds(found: SoldList, number: int, name: str, text: str) -> str:
    plain = folded(text)
    if plain in WITHHELD and not any(letter.isdigit() for letter in text):
        return ""
    if plain in NOTHING:
        return "0"
    try:
        value = typed.exact(text.replace(" ", ""), name, least=0, most=10**11)
    except BadInput as fault:
        _fault(found, number, name, text, fault.what, fault.allowed)
        return ""
    return str(int(value)) if value.denominator == 1 else f"{float(value):.2f}"


def _like(found: SoldList, number: int, name: str, text: str, pattern: re.Pattern[str], allowed: str) -> str:
    if folded(text) in WITHHELD or pattern.fullmatch(text):
        return text.upper() if pattern.fullmatch(text) else ""
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
