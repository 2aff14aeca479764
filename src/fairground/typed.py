"""Numbers that a person typed: read exactly, in one way everywhere, and refused when they are endless.

A number is written with the digits 0 to 9. Thousands may have commas (56,000,000), pounds a £ sign, and a
point stands before the decimals. Digits of other scripts, underscores and words are refused, never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from fairground.errors import BadInput

TIMES = {  # how people end an amount of money
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "mn": 10**6,
    "mil": 10**6,
    "m": 10**6,
    "k": 10**3,
}
GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", re.ASCII)  # 180 000
AFTER_SIGN = re.compile(r"£\s+")
MOST_DIGITS = 30  # 1e-100000000 is short to type, and as an exact fraction fills the memory
NUMBER = re.compile(
    r"(?P<sign>[+-]?)£?(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?P<rest>(?:\.\d*)?)(?P<power>(?:[eE][+-]?\d{1,2})?)",
    re.ASCII,
)

ABROAD = re.compile(r"£?\d{1,3}\.\d{3}", re.ASCII)


def exact(
    text: object, field: str, *, least: int | None = None, most: int | None = None, allowed: str = ""
) -> Fraction:
    """Return the exact number that a person typed.

    Parameters
    ----------
    text : such as "0.7", "£56,000,000" or "8.6e9". field : what to call it when it is wrong.
    least, most : the range that is allowed; `allowed` says it in other words.

    Raises
    ------
    BadInput : text that is no number, one of more than 30 digits, or one outside the range.
    """
    allowed = allowed or bounds(least, most)
    found = NUMBER.fullmatch(str(text).strip())
    if not found or not any(digit.isdigit() for digit in found["whole"] + found["rest"]):
        raise BadInput("This must be a number", field, text, allowed)
    plain = found["sign"] + found["whole"].replace(",", "") + found["rest"] + found["power"]
    value = Decimal(plain)
    if len(plain) > 2 * MOST_DIGITS or abs(value.adjusted()) > MOST_DIGITS:
        raise BadInput("This number is out of range", field, text, allowed)
    if (least is not None and value < least) or (most is not None and value > most):
        raise BadInput("This number is out of range", field, text, allowed)
    return Fraction(value)


def refuse_thousands_from_abroad(text: object, field: str) -> None:
    """Refuse money such as £45.000: it may be 45,000, as some write it, and money has no third decimal.

    Raises
    ------
    BadInput : one to three digits, a point, and three more.
    """
    if ABROAD.fullmatch(str(text).strip()) and isinstance(text, str):
        what = "The point may stand between thousands, or before the pence"
        raise BadInput(
            what, field, text, "a comma between thousands and two digits of pence, such as 45,000.50"
        )


def pounds(
    text: object, field: str, *, least: int | None = None, most: int | None = None, allowed: str = ""
) -> Fraction:
    """Return the pounds that a person typed, in any way that people write money.

    Parameters
    ----------
    text : such as "£180,000.00", "£180k", "1.2m", "56 million" or "GBP 1.2bn".
    field, least, most, allowed : as in `exact`.

    Raises
    ------
    BadInput : as `exact`.

    >>> from fairground.typed import pounds
    >>> int(pounds("£180k", "cost")), int(pounds("1.2 million", "cost")), float(pounds("£ 1,250.50", "cost"))
    (180000, 1200000, 1250.5)
    """
    allowed = allowed or bounds(least, most) + ", such as 180,000, £180k or 1.2m"
    plain = GROUPED.sub(",", AFTER_SIGN.sub("£", str(text).strip().casefold()))
    plain = plain.removeprefix("gbp").removesuffix("gbp").removesuffix("pounds").strip()
    ending = next((one for one in TIMES if plain.endswith(one)), "")
    if not ending:
        refuse_thousands_from_abroad(text, field)
    try:
        found = exact(plain.removesuffix(ending), field) * TIMES.get(ending, 1)
    except BadInput as fault:
        raise BadInput(fault.what, field, text, allowed) from None
    if (least is not None and found < least) or (most is not None and found > most):
        raise BadInput("This number is out of range", field, text, allowed)
    return found


def part(text: object, field: str) -> Fraction:
    """Return a share from 0 to 1 that a person typed as 0.25 or as 1/4.

    Raises
    ------
    BadInput : text that is no such share.
    """
    top, slash, bottom = str(text).strip().partition("/")
    try:
        above = exact(top, field, least=0)
        below = exact(bottom, field, least=0) if slash else Fraction(1)
    except BadInput as fault:
        raise BadInput(fault.what, field, text, "a number from 0 to 1, or such as 1/3") from None
    if not below or above > below:
        raise BadInput("This number is out of range", field, text, "0 to 1, or such as 1/3")
    return above / below


def whole(text: object, field: str, *, least: int | None = None, most: int | None = None) -> int:
    """Return the whole number that a person typed.

    Raises
    ------
    BadInput : text that is no whole number, or one outside the range.
    """
    found = exact(text, field, least=least, most=most)
    if found.denominator != 1:
        raise BadInput("This must be a whole number", field, text, bounds(least, most))
    return int(found)


def bounds(least: int | None, most: int | None) -> str:
    """Say in words which numbers are allowed."""
    if least is None or most is None:
        return "a number" if least is None else f"a number, {least:,} or more"
    return f"a number from {least:,} to {most:,}"
