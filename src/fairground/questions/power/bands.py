"""What people write in place of a band of ages: a date that a spreadsheet made of it, or the age itself.

A spreadsheet takes 10-11 for a date, and writes it 2026-11-10, 10/11/2026 or 10-Nov. Somebody who is 33 is in
the band 30-44, if the targets have one such band and no other that 33 lies in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fairground.questions.power.people_tables import alike

__all__: list[str] = []  # what the reader of pools asks; no question of its own

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(NAMES, start=1)}
OLDEST = 130
YEARS = r"(?: ?(?:years?|yrs?)(?: old)?)?"
BAND = re.compile(rf"(?:ages?d? )?(\d{{1,3}})-(\d{{1,3}}){YEARS}")
OVER = re.compile(
    rf"(?:ages?d? )?(\d{{1,3}}){YEARS} ?(?:\+|and over|or over|and above|plus|or older|and older)"
)
UNDER = re.compile(r"(?:under|below|less than) (\d{1,3})")


def band_of_age(text: str, bands: Iterable[str]) -> str | None:
    """Return the one band of these, as they are made alike, in which an age lies; None where none or many do.

    >>> from fairground.questions.power.bands import band_of_age
    >>> band_of_age("33", ["16-29", "30-44", "45+"]), band_of_age("15", ["16-29", "30-44"])
    ('30-44', None)
    """
    plain = alike(text).removesuffix(".0")
    if not re.fullmatch(r"\d{1,3}", plain, re.ASCII) or int(plain) > OLDEST:
        return None
    around = [band for band in bands if (span := _span(band)) and span[0] <= int(plain) <= span[1]]
    return around[0] if len(around) == 1 else None


def _span(band: str) -> tuple[int, int] | None:
    if found := BAND.fullmatch(band):
        return int(found[1]), int(found[2])
    if found := OVER.fullmatch(band):
        return int(found[1]), OLDEST
    found = UNDER.fullmatch(band)
    return (0, int(found[1]) - 1) if found else None


def same_band(text: str, bands: Iterable[str]) -> str | None:
    """Return the one band of these, as they are made alike, that holds the same ages as a text.

    >>> from fairground.questions.power.bands import same_band
    >>> same_band("65 and over", ["45-64", "65+"]), same_band("60 and over", ["45-64", "65+"])
    ('65+', None)
    """
    span = _span(alike(text))
    those = [band for band in bands if span and _span(band) == span]
    return those[0] if len(those) == 1 else None


def bands_of_date(text: str) -> list[str]:
    """Return the bands that a spreadsheet could have taken for this date: 2026-11-10 was 10-11 or 11-10.

    British spreadsheets write it 10/11/2026 or 10-Nov.

    >>> from fairground.questions.power.bands import bands_of_date
    >>> bands_of_date("10-Nov")
    ['10-11', '11-10']
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
