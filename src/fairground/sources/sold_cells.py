"""Reads the cells of a council's answer about what it sold: days, years and pounds, in the words of councils.

A day gives its financial year; so does a month (March 2019), a quarter (Q3 2018/19) and a year such as
2018/19. A year alone (2018) can mean two financial years and is refused. "Nil" and "peppercorn" are nothing;
"withheld", "not held" and "see attached" tell nothing; "<5" hides a number and is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from fairground.sources.asset_cells import EUROPEAN, FIRST_DAY, SERIAL, SERIALS, TIMES
from fairground.sources.asset_columns import folded

__all__ = ["Day", "day", "nothing_sold", "pounds", "withheld"]

NOTHING = {"nil", "nominal", "peppercorn", "free", "gift", "nilvalue", "none", "zero", "nilconsideration",
           "forfree", "nocharge", "nocost", "noconsideration", "nilpremium"}  # fmt: skip
WITHHELD = {"", "na", "notknown", "unknown", "tbc", "notheld", "notavailable", "notapplicable", "datanotheld"}
SILENT = re.compile(
    r"\b(withheld|exempt(ion)?|confidential|redacted|not (held|recorded|disclosed|available|provided|known)"
    r"|no (record|information|data)|commercial(ly)?|sensitive|see (attached|above|below|note|link|website)"
    r"|attached|section \d+|s\.? ?(12|21|40|41|43)\b)",
    re.I,
)
NO_SALE = re.compile(
    r"(nil( return| response)?|none|no (assets|properties|property|land|buildings|disposals|sales)\b.*"
    r"|nothing (was |has been )?(sold|disposed).*|(there were )?no (such )?(sales|disposals)\b.*)\W*",
    re.I,
)
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
    "%d.%m.%y",
    "%A %d %B %Y",
)
MONTHS = ("%B %Y", "%b %Y", "%b-%y", "%b-%Y", "%B-%y", "%m/%Y", "%Y-%m", "%b %y")
ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.I)
TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$", re.ASCII)
YEAR = re.compile(
    r"(?:(?:fy|q[1-4]|quarter [1-4]|financial year)[\s,:]*(?:of )?)?(20\d\d)\s?(?:[-/–]|to)\s?(?:20)?(\d\d)",
    re.I | re.ASCII,
)
AMOUNT = re.compile(
    r"(?:gbp)?£?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(k|m|mn|bn|million|thousand|billion)?", re.I | re.ASCII
)
MOST = Decimal(10) ** 11


@dataclass(frozen=True, slots=True)
class Day:
    """A day where the cell has one, its financial year where it can be told, and if the cell is wrong."""

    day: str = ""
    financial_year: str = ""
    wrong: bool = False


def withheld(text: str) -> bool:
    """Say whether a cell only says that nothing is told.

    >>> withheld("Exempt, s.43"), withheld("n/a"), withheld("12 High Street")
    (True, True, False)
    """
    return folded(text) in WITHHELD or (SILENT.search(text) is not None and "£" not in text)


def nothing_sold(text: str) -> bool:
    """Say whether a row says, instead of an asset, that nothing was sold.

    >>> nothing_sold("No assets were sold in this period"), nothing_sold("None Such House")
    (True, False)
    """
    return NO_SALE.fullmatch(" ".join(text.split())) is not None


def day(text: str) -> Day:
    """Return what a cell says of when.

    >>> day("1st March 2019"), day("Q3 2018/19").financial_year, day("2018").wrong
    (Day(day='2019-03-01', financial_year='2018/19', wrong=False), '2018/19', True)
    """
    if withheld(text):
        return Day()
    year = YEAR.fullmatch(text.strip())
    if year:
        right = (int(year[1]) + 1) % 100 == int(year[2])
        return Day("", f"{year[1]}/{year[2]}") if right else Day(wrong=True)
    plain = ORDINAL.sub("", TIME.sub("", text.strip()))
    if (serial := SERIAL.fullmatch(plain)) and SERIALS[0] <= int(serial[1]) <= SERIALS[1]:
        found = FIRST_DAY + timedelta(days=int(serial[1]))
        return Day(found.isoformat(), _year_of(found))
    for shapes, whole in ((DATES, True), (MONTHS, False)):
        for found in _read(plain, shapes):
            return Day(found.isoformat() if whole else "", _year_of(found))
    return Day(wrong=True)


def _read(text: str, shapes: tuple[str, ...]) -> Iterator[date]:
    for shape in shapes:
        try:
            found = datetime.strptime(text, shape).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        if date(1980, 1, 1) <= found <= date(2100, 1, 1):
            yield found


def _year_of(found: date) -> str:
    start = found.year - (found.month < 4)
    return f"{start}/{(start + 1) % 100:02d}"


def pounds(text: str, *, thousands: bool = False) -> str | None:
    """Return an amount in pounds; empty where nothing is told, None where the cell is wrong.

    Parameters
    ----------
    thousands : the heading says that amounts are in thousands.

    >>> pounds("£1.2m"), pounds("120", thousands=True), pounds("peppercorn"), pounds("withheld"), pounds("<5")
    ('1200000', '120000', '0', '', None)
    """
    if folded(text) in NOTHING:
        return "0"
    plain = "".join(text.split())
    found = AMOUNT.fullmatch(plain)
    if not thousands and EUROPEAN.fullmatch(plain.casefold().removeprefix("gbp")):
        found = None
    if found is None or not (found[1] or (found[2] or "").strip(".")):
        return "" if withheld(text) else None
    value = Decimal((found[1] or "0").replace(",", "") + (found[2] or "").rstrip("."))
    value = value.scaleb(TIMES.get((found[3] or "").casefold(), 3 if thousands else 0))
    if value > MOST:
        return None
    return str(int(value)) if value == value.to_integral_value() else f"{value:.2f}"
