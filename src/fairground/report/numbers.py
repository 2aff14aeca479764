"""How numbers are written for people: pounds, percentages, counts, years.

Follows the GOV.UK style guide: £1,000; £8.6 billion; 43.9%; a true minus sign; no trailing zeros
where they say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any


def _decimal(value: Any) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def rounded(value: Any, places: int) -> str:
    """Return a number with that many decimal places, thousands separated, halves away from zero."""
    with localcontext(prec=400):  # the longest float has 309 digits before its point
        shown = _decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{shown if shown else abs(shown):,}".replace("-", "−")


def count(value: Any) -> str:
    """Return a whole number: 57,106,398."""
    return rounded(value, 0)


def number(value: Any) -> str:
    """Return a number with as many places as its size deserves: 0.0420, 6.72, 35.3, 25,425."""
    size = abs(_decimal(value))
    places = 4 if size < 1 else 2 if size < 10 else 1 if size < 1000 else 0
    return "0" if size == 0 else rounded(value, places)


def percent(value: Any) -> str:
    """Return a share as a percentage: 0.439 is 43.9%."""
    return rounded(_decimal(value) * 100, 1) + "%"


def tiny(value: Any) -> str:
    """Return the most that shares differ by, in percentage points: 0.0018 is 0.18; never below 0.0001."""
    points = max(_decimal(value) * 100, Decimal("0.0001"))
    return f"{rounded(points, 2 if points >= Decimal('0.01') else 4)} percentage points"


def pounds(value: Any) -> str:
    """Return pounds in words people use: £8.6 billion, £56 million, £35,361, £1.50."""
    amount = _decimal(value)
    sign, size = ("−" if amount < 0 else ""), abs(amount)
    for unit, word in ((Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million")):
        if size >= unit:
            return f"{sign}£{_trimmed(size / unit)}{word}"
    whole = size == size.to_integral_value() or size >= 1000
    return f"{sign}£{rounded(size, 0 if whole else 2)}"


def pence(value: Any) -> str:
    """Return an amount held in whole pence, to the penny: 5600000000 is £56,000,000.00."""
    amount = _decimal(value)
    return ("−" if amount < 0 else "") + "£" + rounded(abs(amount) / 100, 2)


def amount(value: Any) -> str:
    """Return money of any currency: 995,079 if it is whole, else 151.84."""
    exact = _decimal(value)
    return rounded(exact, 0 if exact == exact.to_integral_value() else 2)


def money(value: Any, currency: str) -> str:
    """Return an exact sum with its currency: £30,504.90 in GBP (or pounds), 995,079 PLN in others.

    >>> money(6000, "GBP"), money(6000, "PLN")
    ('£6,000', '6,000 PLN')
    """
    return f"£{amount(value)}" if currency in ("GBP", "pounds") else f"{amount(value)} {currency}"


def signed_pounds(value: Any) -> str:
    """Return pounds with their sign: +£55, −£9."""
    return ("+" if _decimal(value) >= 0 else "") + pounds(value)


def _trimmed(value: Decimal) -> str:
    text = rounded(value, 2 if value < 100 else 1)
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: Any) -> str:
    """Return a date as people write it: 2 September 2026; words stay as they are."""
    return value if isinstance(value, str) else f"{value.day} {value:%B %Y}"


def map_name(value: Any) -> str:
    """Return the name of a flat map in words, for what PROJ calls it."""
    centre = re.search(r"\+lat_0=(-?[\d.]+) \+lon_0=(-?[\d.]+)", value)
    if centre:
        latitude, longitude = map(float, centre.groups())
        return (
            "a flat map drawn about the place (transverse Mercator about latitude "
            f"{rounded(latitude, 4)}, longitude {rounded(longitude, 4)})"
        )
    return {"EPSG:27700": "the British National Grid (EPSG:27700)"}.get(value, f"the map {value}")


FORMATS: dict[str, Callable[[Any], str]] = {
    "day": day,
    "map_name": map_name,
    "count": count,
    "number": number,
    "percent": percent,
    "tiny": tiny,
    "pounds": pounds,
    "pence": pence,
    "signed_pounds": signed_pounds,
    "amount": amount,
    "one": lambda value: rounded(value, 1),
    "two": lambda value: rounded(value, 2),
    "three": lambda value: rounded(value, 3),
    "cap": lambda value: str(value)[:1].upper() + str(value)[1:],  # words at the head of a sentence
    "degrees": lambda value: f"{_decimal(value):.5f}",  # of latitude: to a metre
}
