"""Checks one cell of a list of assets: what it says in plain form, or what is wrong and what is allowed.

Dates are written as in Britain (31/12/2025, 31 December 2025) or by ISO 8601; amounts are in pounds. A place
in one cell is a point (POINT(-1.2 54.6), as planning.data.gov.uk has it), a latitude and a longitude, or a
grid reference of Ordnance Survey's National Grid (two letters and an even number of digits).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from fairground.sources import asset_columns as columns_of

__all__ = ["Cell", "checked", "spot"]

BOUNDS = {"easting": (0, 700_000), "northing": (0, 1_300_000), "latitude": (49, 61.5), "longitude": (-9, 2.5)}
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y",
        "%d-%b-%y", "%Y/%m/%d", "%Y%m%d")  # fmt: skip
YEARS = (1800, 2200)
MOST = Decimal(10) ** 12  # pounds
TIME = re.compile(r"[T ]\d{2}:\d{2}.*$", re.ASCII)
POINT = re.compile(r"(?:SRID=\d+;)?POINT ?\(([-+]?[\d.]+) +([-+]?[\d.]+)\)", re.I | re.ASCII)
PAIR = re.compile(r"[(\[]?([-+]?\d+\.\d+)[,; ]+([-+]?\d+\.\d+)[)\]]?", re.ASCII)
METRES = re.compile(r"[(\[]?(\d{5,7})(?:\.\d+)?[,; ]+(\d{5,7})(?:\.\d+)?[)\]]?", re.ASCII)
SQUARE = re.compile(r"([HJNOST])([A-HJ-Z])(\d{4,10})", re.ASCII)
LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # the grid leaves out I


@dataclass(frozen=True)
class Cell:
    """What a cell says, or, where `wrong` is not empty, what is wrong and what is allowed."""

    value: str = ""
    wrong: str = ""
    allowed: str = ""


def checked(field: str, heading: str, cell: str) -> Cell:
    """Return what a cell says of a field; a field without a check says what it says."""
    if field in CHECKS:
        return CHECKS[field](cell)
    if field in BOUNDS:
        return _number(field, cell)
    if field == "kind" and columns_of.folded(heading) == "landonly":
        return Cell("land only" if cell.casefold() in ("yes", "true", "y") else "land and building")
    return Cell(cell)


def spot(text: str) -> dict[str, str]:
    """Return the place that one cell gives: longitude and latitude, or easting and northing; or nothing."""
    if found := POINT.fullmatch(text) or PAIR.fullmatch(text):
        first, second = map(float, found.groups())
        for lon, lat in ((first, second), (second, first)):
            if _inside("longitude", lon) and _inside("latitude", lat):
                return {"longitude": str(lon), "latitude": str(lat)}
        return {}
    if (found := METRES.fullmatch(text)) and all(
        map(_inside, ("easting", "northing"), map(float, found.groups()))
    ):
        return dict(zip(("easting", "northing"), found.groups(), strict=True))
    return _square(text)


def _square(text: str) -> dict[str, str]:
    """Return the middle of the square that a grid reference names."""
    found = SQUARE.fullmatch("".join(text.upper().split()))
    if found is None or len(found[3]) % 2:
        return {}
    first, second = LETTERS.index(found[1]), LETTERS.index(found[2])
    east = ((first - 2) % 5) * 5 + second % 5
    north = 19 - first // 5 * 5 - second // 5
    half = len(found[3]) // 2
    side = 10 ** (5 - half)
    x, y = (int(part) * side + side // 2 for part in (found[3][:half], found[3][half:]))
    easting, northing = east * 100_000 + x, north * 100_000 + y
    if not (_inside("easting", easting) and _inside("northing", northing)):
        return {}
    return {"easting": str(easting), "northing": str(northing)}


def _inside(field: str, value: float) -> bool:
    low, high = BOUNDS[field]
    return low <= value <= high


def _uprn(cell: str) -> Cell:
    plain = cell.removesuffix(".0").replace(" ", "").lstrip("0")
    if plain.isascii() and plain.isdigit() and len(plain) <= 12:
        return Cell(plain)
    return Cell("", "This is not a UPRN", "1 to 12 digits")


def _postcode(cell: str) -> Cell:
    plain = "".join(cell.upper().split())
    if columns_of.FULL_POSTCODE.fullmatch(plain):
        return Cell(f"{plain[:-3]} {plain[-3:]}")
    if columns_of.OUTWARD.fullmatch(plain):
        return Cell(plain)
    return Cell("", "This is not a postcode", "such as GL50 1DY or GL50")


def _number(field: str, cell: str) -> Cell:
    plain = cell.replace(",", "").rstrip("mM°")
    number = float(plain) if columns_of.NUMBER.fullmatch(plain) else None
    if number and _inside(field, number):
        return Cell(plain)
    low, high = BOUNDS[field]
    what = "No place is given" if number == 0 else "This is no place in Great Britain"
    return Cell("", what, f"{low:,} to {high:,}")


def _day(cell: str) -> Cell:
    plain = TIME.sub("", cell.strip())
    for shape in DAYS:
        try:
            found = date(*time.strptime(plain, shape)[:3])
        except ValueError:
            continue
        if YEARS[0] <= found.year <= YEARS[1]:
            return Cell(found.isoformat())
    return Cell("", "There is no such day", "a day such as 31/12/2025 or 2025-12-31")


def _pounds(cell: str) -> Cell:
    plain = cell.replace("£", "").replace(",", "").replace(" ", "")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    if amount.is_finite() and 0 <= amount <= MOST:
        return Cell(f"{amount:.2f}")
    return Cell("", "This is not an amount in pounds", "0 or more, such as 125,000 or £125,000.00")


def _place(cell: str) -> Cell:
    if spot(cell):
        return Cell(cell)
    allowed = "a point, a latitude and longitude, or a grid reference such as SJ 8812 4567"
    return Cell("", "This is no place in Great Britain", allowed)


CHECKS: Mapping[str, Callable[[str], Cell]] = {
    "uprn": _uprn,
    "postcode": _postcode,
    "grid_reference": _place,
    "value": _pounds,
    "running_cost": _pounds,
    **dict.fromkeys(("valued_on", "nominated_on", "decided_on", "listed_until", "sold_on"), _day),
}
