"""When a period that law counts in days, weeks, months or working days ends: its last whole day.

Two ways to count. *After* a day, that day is not counted ("within 28 days of receiving it"). *Beginning with*
a day, that day is the first that counts ("six weeks beginning with the date"). A period of months ends on the
day of the same number in the last month (*Dodds v Walker* [1981] 1 WLR 1027, the corresponding date), and on
the last day of a month that has no such day. Working days leave out Saturdays, Sundays and bank holidays:
Banking and Financial Dealings Act 1971, Schedule 1, and the royal proclamations that moved or added days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from fairground.errors import BadInput
from fairground.tables import toml

__all__ = ["Length", "bank_holidays", "last_day"]

UNITS = ("days", "weeks", "months", "years", "working-days", "working-days-anywhere")
COUNTS = ("after", "beginning-with")
FIRST, LAST = 1995, 2100  # years whose bank holidays follow the Act and the proclamations that we hold
LONGEST = 200 * 366
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Length:
    """How long a period is and how it is counted.

    Parameters
    ----------
    number : how many units, 1 or more.
    unit : days, weeks, months, years, working-days (England), or working-days-anywhere (no day that is a
        bank holiday in any part of the United Kingdom: Freedom of Information Act 2000, section 10(6)).
    counts : "after" (the first day is not counted) or "beginning-with" (it is).

    Raises
    ------
    BadInput : a number below 1 or too long, or an unknown unit or way to count.
    """

    number: int
    unit: str
    counts: str = "after"

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise BadInput("A period has no such unit", "unit", self.unit, ", ".join(UNITS))
        if self.counts not in COUNTS:
            raise BadInput("A period is not counted so", "counts", self.counts, " or ".join(COUNTS))
        days = self.number * {"weeks": 7, "months": 31, "years": 366}.get(self.unit, 1)
        if self.number < 1 or days > LONGEST:
            raise BadInput(
                "A period cannot be this long", "number", self.number, "1 or more, at most 200 years"
            )


def last_day(start: date, length: Length) -> date:
    """Return the last whole day of a period.

    Parameters
    ----------
    start : the day of the event that starts it.
    length : how long it is, and whether the day of the event counts.

    Raises
    ------
    BadInput : the period ends after the years whose bank holidays are known, or after the year 9999.

    >>> last_day(date(2026, 1, 5), Length(6, "weeks", "beginning-with"))
    datetime.date(2026, 2, 15)
    >>> last_day(date(2025, 8, 31), Length(6, "months", "beginning-with"))
    datetime.date(2026, 2, 28)
    """
    try:
        if length.unit in ("days", "weeks"):
            days = length.number * (7 if length.unit == "weeks" else 1)
            return start + timedelta(days=days - (length.counts == "beginning-with"))
        if length.unit in ("months", "years"):
            months = length.number * (12 if length.unit == "years" else 1)
            return _months_on(start, months, length.counts)
    except (OverflowError, ValueError) as fault:
        raise BadInput("The period ends after the year 9999", "start", start) from fault
    return _working_days_on(start, length)


def _months_on(start: date, months: int, counts: str) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    if start.day > longest:
        return date(year, month + 1, longest)  # no such day: the month's last, however it is counted
    same = date(year, month + 1, start.day)
    return same if counts == "after" else same - DAY


def _working_days_on(start: date, length: Length) -> date:
    part = "anywhere" if length.unit == "working-days-anywhere" else "england-and-wales"
    day = start - DAY if length.counts == "beginning-with" else start
    left = length.number
    while left:
        day += DAY
        left -= is_working_day(day, part)
    return day


def is_working_day(day: date, part: str = "england-and-wales") -> bool:
    """Return whether a day is neither Saturday, Sunday nor a bank holiday in a part of the kingdom."""
    return day.weekday() < 5 and day not in bank_holidays(day.year, part)


@cache
def bank_holidays(year: int, part: str = "england-and-wales") -> frozenset[date]:
    """Return the bank holidays of a year, with Good Friday and Christmas Day.

    Parameters
    ----------
    year : 1995 to 2100; from 2027 on as the Act has them, before any proclamation to come.
    part : england-and-wales, scotland, northern-ireland, or anywhere (a holiday in any of the three).

    Raises
    ------
    BadInput : another year or part.

    >>> sorted(bank_holidays(2022))[-3:]
    [datetime.date(2022, 9, 19), datetime.date(2022, 12, 26), datetime.date(2022, 12, 27)]
    """
    if not FIRST <= year <= LAST:
        raise BadInput("We do not know the bank holidays of that year", "year", year, f"{FIRST} to {LAST}")
    parts = ("england-and-wales", "scotland", "northern-ireland")
    if part == "anywhere":
        return frozenset().union(*(bank_holidays(year, one) for one in parts))
    if part not in parts:
        raise BadInput("No such part", "part", part, ", ".join((*parts, "anywhere")))
    moved = _proclaimed(year, part)
    days = set(_fixed(year, part)) | {_weekday(year, *rule) for rule in MONDAYS[part]}
    easter = _easter(year)
    days.add(easter - 2 * DAY)
    if part != "scotland":
        days.add(easter + DAY)
    return frozenset((days - set(moved["gone"])) | set(moved["added"]))


# month, which Monday (-1: the last)
MONDAYS = {
    "england-and-wales": ((5, 1), (5, -1), (8, -1)),
    "scotland": ((5, 1), (5, -1), (8, 1)),
    "northern-ireland": ((5, 1), (5, -1), (8, -1)),
}
# days of the year that move to the next free weekday when they fall on a weekend
DATED = {
    "england-and-wales": (((1, 1),), ((12, 25), (12, 26))),
    "scotland": (((1, 1), (1, 2)), ((11, 30),), ((12, 25), (12, 26))),
    "northern-ireland": (((1, 1),), ((3, 17),), ((7, 12),), ((12, 25), (12, 26))),
}


def _fixed(year: int, part: str) -> list[date]:
    found: list[date] = []
    for run in DATED[part]:
        run_days = [date(year, *day) for day in run]
        if year < 2007 and part == "scotland" and run == ((11, 30),):
            continue  # St Andrew's Day Bank Holiday (Scotland) Act 2007
        kept = [day for day in run_days if day.weekday() < 5]
        for day in run_days:
            if day.weekday() >= 5:  # a substitute: the first weekday after it that is not taken
                put = day
                while put.weekday() >= 5 or put in kept:
                    put += DAY
                kept.append(put)
        found += kept
    return found


def _weekday(year: int, month: int, which: int) -> date:
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(-first.weekday()) % 7 + 7 * (which - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=last.weekday())


def _proclaimed(year: int, part: str) -> Mapping[str, list[date]]:
    found: dict[str, list[date]] = {"gone": [], "added": []}
    entries: list[dict[str, Any]] = toml("fairground.wealth.property", "bank_holidays.toml")["proclaimed"]
    for entry in entries:
        if part in entry["parts"]:
            for way in ("gone", "added"):
                found[way] += [day for day in entry.get(way, ()) if day.year == year]
    return found


def _easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
