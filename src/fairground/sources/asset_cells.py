"""Checks one cell of a list of assets: what it says in plain form, or what is wrong and what is allowed.

Dates are written as in Britain (31/12/2025, 31 December 2025), by ISO 8601, or as the number of days that a
spreadsheet keeps (45016). Amounts are in pounds, also as £1.2m or £750k, or in thousands where the heading
says so. A place in one cell is a point (POINT(-1.2 54.6), as planning.data.gov.uk has it), a latitude and a
longitude (ISO 6709 too), an easting and a northing, or a grid reference of Ordnance Survey's National Grid
(two letters and an even number of digits).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fairground.sources import asset_columns as columns_of

__all__ = ["Cell", "checked", "spot"]

BOUNDS = {"easting": (0, 700_000), "northing": (0, 1_300_000), "latitude": (49, 61.5), "longitude": (-9, 2.5)}
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y",
        "%d-%b-%y", "%Y/%m/%d", "%Y%m%d")  # fmt: skip
LAND = (
    5_000  # metres: south and west of it the National Grid is all sea, so a smaller number is in kilometres
)
YEARS = (1800, 2200)
MOST = Decimal(10) ** 12  # pounds
TIME = re.compile(r"[T ]\d{2}:\d{2}.*$", re.ASCII)
POINT = re.compile(r"(?:SRID=\d+;)?POINT ?\(([-+]?[\d.]+) +([-+]?[\d.]+)\)", re.I | re.ASCII)
PAIR = re.compile(r"[(\[]?([-+]?\d+\.\d+)[,; ]+([-+]?\d+\.\d+)[)\]]?", re.ASCII)
METRES = re.compile(
    r"[(\[]?(?:E|X|EASTINGS?)?[:= ]*(\d{4,6})(?:\.\d+)?(?:mE)?[,;/ ]+"
    r"(?:N|Y|NORTHINGS?)?[:= ]*(\d{4,7})(?:\.\d+)?(?:mN)?[)\]]?",
    re.I | re.ASCII,
)
STANDARD = re.compile(r"([-+]\d{2}(?:\.\d+)?)([-+]\d{3}(?:\.\d+)?)(?:CRSWGS_84)?/?", re.ASCII)  # ISO 6709
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
FIRST_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet
SERIALS = (10_000, 73_050)  # 18 May 1927 to the end of 2099
AMOUNT = re.compile(
    r"£?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(k|m|mn|bn|million|thousand|billion)?", re.I | re.ASCII
)
EUROPEAN = re.compile(r"£?\d{1,3}\.\d{3}", re.ASCII)  # 45.000 may be 45,000 written as abroad: never guessed
TIMES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
NOTHING = ("nil", "£nil", "nilvalue")
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
    if field in MONEY:
        return _pounds(cell, 3 if columns_of.THOUSANDS.search(heading) else 0)
    if field in CHECKS:
        return CHECKS[field](cell)
    if field in BOUNDS:
        return _number(field, cell)
    if field == "kind" and columns_of.folded(heading) == "landonly":
        return Cell("land only" if cell.casefold() in ("yes", "true", "y") else "land and building")
    return Cell(cell)


def spot(text: str) -> dict[str, str]:
    """Return the place that one cell gives: longitude and latitude, or easting and northing; or nothing."""
    if found := POINT.fullmatch(text) or PAIR.fullmatch(text) or STANDARD.fullmatch(text):
        first, second = map(float, found.groups())
        for lon, lat in ((first, second), (second, first)):
            if _inside("longitude", lon) and _inside("latitude", lat):
                return {"longitude": str(lon), "latitude": str(lat)}
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
    plain = re.sub(r"[ ,']", "", cell).removesuffix(".0").lstrip("0")
    if plain.isascii() and plain.isdigit() and len(plain) <= 12:
        return Cell(plain)
    return Cell("", "This is not a UPRN", "1 to 12 digits")


def _postcode(cell: str) -> Cell:
    plain = "".join(cell.upper().strip(" .,").split())
    if columns_of.FULL_POSTCODE.fullmatch(plain):
        return Cell(f"{plain[:-3]} {plain[-3:]}")
    if columns_of.OUTWARD.fullmatch(plain):
        return Cell(plain)
    if columns_of.SECTOR.fullmatch(spaced := " ".join(cell.upper().split())):
        return Cell(spaced)
    return Cell("", "This is not a postcode", "such as GL50 1DY, GL50 1 or GL50")


def _number(field: str, cell: str) -> Cell:
    plain = cell.replace(",", "").rstrip("mM°")
    if field in ("latitude", "longitude") and not columns_of.NUMBER.fullmatch(plain):
        plain = "" if (found := columns_of.in_degrees(cell)) is None else str(found)
    number = float(plain) if columns_of.NUMBER.fullmatch(plain) else None
    low, high = BOUNDS[field]
    low = low or LAND
    if number and low <= number <= high:
        return Cell(plain)
    what = "No place is given" if number == 0 else "This is no place in Great Britain"
    return Cell("", what, f"{low:,} to {high:,}")


def _day(cell: str) -> Cell:
    plain = TIME.sub("", cell.strip())
    if (serial := SERIAL.fullmatch(plain)) and SERIALS[0] <= int(serial[1]) <= SERIALS[1]:
        return Cell((FIRST_DAY + timedelta(days=int(serial[1]))).isoformat())
    for shape in DAYS:
        try:
            found = date(*time.strptime(plain, shape)[:3])
        except ValueError:
            continue
        if YEARS[0] <= found.year <= YEARS[1]:
            return Cell(found.isoformat())
    return Cell("", "There is no such day", "a day such as 31/12/2025 or 2025-12-31")


def _pounds(cell: str, power: int) -> Cell:
    """Return an amount; `power` is 3 where the heading says that amounts are in thousands."""
    plain = cell.replace(" ", "").casefold()
    found = AMOUNT.fullmatch("0" if plain in NOTHING else plain)
    if found and not power and EUROPEAN.fullmatch(plain):
        found = None
    if found and (found[1] or (found[2] or "").strip(".")):
        amount = Decimal((found[1] or "0").replace(",", "") + (found[2] or "").rstrip("."))
        amount = amount.scaleb(TIMES.get(found[3] or "", power))
        if amount <= MOST:
            return Cell(f"{amount:.2f}")
    return Cell(
        "", "This is not an amount in pounds", "0 or more, such as 125,000, £125,000.00, £1.2m or £750k"
    )


def _place(cell: str) -> Cell:
    if spot(cell):
        return Cell(cell)
    allowed = "a point, a latitude and longitude, or a grid reference such as SJ 8812 4567"
    return Cell("", "This is no place in Great Britain", allowed)


MONEY = ("value", "running_cost")
CHECKS: Mapping[str, Callable[[str], Cell]] = {
    "uprn": _uprn,
    "postcode": _postcode,
    "grid_reference": _place,
    **dict.fromkeys(("valued_on", "nominated_on", "decided_on", "listed_until", "sold_on"), _day),
}
