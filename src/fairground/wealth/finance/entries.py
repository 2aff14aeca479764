"""What may be written in each entry of a plan: its unit, its range, and how it is read and written back.

Every record of a plan says this of each of its fields with `entry`. Files, forms and commands read entries
through `value_of` and write them through `text_of`, so that one rule holds everywhere. Money is whole pence,
a share is an exact fraction ("70%", 0.7 and "0.7" are the same), a month of the calendar is a date.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from fairground import typed
from fairground.errors import BadInput

LARGEST = 100_000_000  # pounds: larger than any building that a community buys
LONGEST = 200  # letters in a name
YES, NO, UNKNOWN = "yes", "no", "unknown"
UNSHOWN = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no document can hold these
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
MONTH = re.compile(  # 2027-04, 4/2027, April 2027 or Apr 2027
    r"(?P<y>\d{4})-(?P<m>\d{2})|(?P<m2>\d{1,2})/(?P<y2>\d{4})|(?P<name>[a-z]{3,9})\.? (?P<y3>\d{4})",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """What one field of a record holds.

    `unit` is pounds, share, number (whole), text, choice, month or season; `least` and `most` bound a number
    (in pounds, as a share, or as a count); `optional` says that nothing may be written there.
    """

    unit: str
    least: Fraction = Fraction(0)
    most: Fraction = Fraction(1)
    choices: tuple[str, ...] = ()
    optional: bool = False


def entry(
    unit: str,
    *,
    default: Any = MISSING,
    least: float = 0,
    most: float | None = None,
    choices: Iterable[str] = (),
) -> Any:
    """Return a dataclass field that holds an entry; without a default it must be given."""
    top = most if most is not None else {"pounds": LARGEST, "number": 1000}.get(unit, 1)
    held = Entry(
        unit, Fraction(str(least)), Fraction(str(top)), tuple(choices), default is None or default == ""
    )
    return dataclasses.field(default=default, metadata={"entry": held})


def entries(kind: type) -> tuple[tuple[Field[Any], Entry], ...]:
    """Return the fields of a record that a person fills in, each with its entry."""
    return tuple((one, one.metadata["entry"]) for one in dataclasses.fields(kind) if "entry" in one.metadata)


def value_of(held: Entry, raw: object, field: str) -> Any:
    """Return what a person wrote as the value that a record keeps.

    Raises
    ------
    BadInput : it is not of the entry's unit, or outside its range.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if held.optional:
            return "" if held.unit == "text" else None
        raise BadInput("This must be given", field, raw if raw is None else "", allowed(held))
    if isinstance(raw, bool) and held.unit != "choice":
        raise BadInput("This must not be yes or no", field, raw, allowed(held))
    return READERS[held.unit](held, raw, field)


def _pounds(held: Entry, raw: object, field: str) -> int:
    typed.refuse_thousands_from_abroad(raw, field)
    pence = _number(held, raw, field, read=typed.pounds) * 100
    if pence.denominator != 1:
        raise BadInput("Money is written in whole pence", field, raw, "such as 1234.50")
    return int(pence)


def _share(held: Entry, raw: object, field: str) -> Fraction:
    text = str(raw).strip()
    if not text.endswith("%"):
        return _plain_share(held, text, field)
    try:
        found = typed.exact(text[:-1], field) / 100
    except BadInput as fault:
        raise BadInput(fault.what, field, raw, allowed(held)) from None
    return _within(held, found, raw, field)


def _plain_share(held: Entry, text: str, field: str) -> Fraction:
    """Return a share written without its sign; 60 where 60% must be meant is refused with that question."""
    try:
        return _number(held, text, field)
    except BadInput:
        if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) and held.most < Fraction(text) <= held.most * 100:
            raise BadInput(f"Did you mean {text}%? Write the % too", field, text, allowed(held)) from None
        raise


def _count(held: Entry, raw: object, field: str) -> int:
    found = _number(held, raw, field)
    if found.denominator != 1:
        raise BadInput("This must be a whole number", field, raw, allowed(held))
    return int(found)


def _number(
    held: Entry, raw: object, field: str, *, read: Callable[[object, str], Fraction] = typed.exact
) -> Fraction:
    try:
        found = read(raw, field)
    except BadInput as fault:
        raise BadInput(fault.what, field, raw, allowed(held)) from None
    return _within(held, found, raw, field)


def _within(held: Entry, found: Fraction, raw: object, field: str) -> Fraction:
    if not held.least <= found <= held.most:
        raise BadInput("This number is out of range", field, raw, allowed(held))
    return found


def _text(held: Entry, raw: object, field: str) -> str:
    if isinstance(raw, dict | list):
        raise BadInput("This must be words", field, raw, allowed(held))
    text = " ".join(str(raw).split())
    if len(text) > int(held.most if held.most > 1 else LONGEST):
        raise BadInput("This text is too long", field, text, allowed(held))
    if UNSHOWN.search(text):
        raise BadInput("This text holds a character that cannot be shown", field, ascii(text), "plain text")
    return text


def _choice(held: Entry, raw: object, field: str) -> str:
    text = {True: YES, False: NO}[raw] if isinstance(raw, bool) else str(raw).strip()
    if text not in held.choices:
        raise BadInput("This is not one of the choices", field, raw, allowed(held))
    return text


def _month(held: Entry, raw: object, field: str) -> date:
    text = f"{raw.year:04d}-{raw.month:02d}" if isinstance(raw, date) else " ".join(str(raw).split())
    found = MONTH.fullmatch(text)
    year = int(found["y"] or found["y2"] or found["y3"]) if found else 0
    month = _month_number(found) if found else 0
    if not (1900 <= year <= 2200 and 1 <= month <= 12):
        raise BadInput("This must be a month", field, raw, allowed(held))
    return date(year, month, 1)


def _month_number(found: re.Match[str]) -> int:
    """Return the month of a match, 0 where no month is called so."""
    if not (name := (found["name"] or "").lower()):
        return int(found["m"] or found["m2"])
    return next((at for at, month in enumerate(MONTHS, 1) if month.startswith(name)), 0)


def _season(held: Entry, raw: object, field: str) -> tuple[Fraction, ...]:
    parts = list(raw) if isinstance(raw, list | tuple) else [one for one in str(raw).split() if one]
    if len(parts) != 12:
        raise BadInput("A season is twelve numbers, January first", field, raw, allowed(held))
    found = tuple(_number(held, part, field) for part in parts)
    if not sum(found):
        raise BadInput("One month at least must be above zero", field, raw, allowed(held))
    return found


READERS = {
    "pounds": _pounds,
    "share": _share,
    "number": _count,
    "text": _text,
    "choice": _choice,
    "month": _month,
    "season": _season,
}


def allowed(held: Entry) -> str:
    """Say in words what an entry may hold."""
    low, high = _plain(held.least), _plain(held.most)
    words = {
        "pounds": f"pounds from {_grouped(held.least)} to {_grouped(held.most)}",
        "share": f"a share from {_percent(held.least)} to {_percent(held.most)}, such as 25% or 0.25",
        "number": f"a whole number from {low} to {high}",
        "text": f"at most {int(held.most if held.most > 1 else LONGEST)} letters",
        "choice": ", ".join(held.choices),
        "month": "a year and a month, such as 2027-04 or April 2027",
        "season": "twelve numbers, such as 1 1 1 1 1 1 0.5 0.5 1 1 1 1",
    }
    return words[held.unit]


def text_of(held: Entry, value: Any) -> str:
    """Return a value as a person would write it; `value_of` reads it back the same."""
    if value is None:
        return ""
    if held.unit == "pounds":
        return _plain(Fraction(value, 100)) if value % 100 == 0 else f"{value // 100}.{value % 100:02d}"
    if held.unit == "share":
        return _percent(value)
    if held.unit == "month":
        return f"{value:%Y-%m}"
    if held.unit == "season":
        return " ".join(_plain(part) for part in value)
    return str(value)


def _percent(value: Fraction) -> str:
    return _plain(value * 100) + "%"


def _grouped(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else _plain(value)


def _plain(value: Fraction) -> str:
    """Write an exact number without a power of ten; every number that a person typed has an end."""
    if value.denominator == 1:
        return str(value.numerator)
    places = next(n for n in range(1, 80) if 10**n % value.denominator == 0)
    whole, part = divmod(abs(value.numerator) * 10**places // value.denominator, 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{places}d}"


def check(record: Any) -> None:
    """Refuse a record that holds what its entries do not allow.

    Raises
    ------
    BadInput : names the field, its value and what is allowed.
    """
    for one, held in entries(type(record)):
        value = getattr(record, one.name)
        if value is None and held.optional:
            continue
        if held.unit in EXACT:
            kinds, unit = EXACT[held.unit]
            if not isinstance(value, kinds) or isinstance(value, bool):
                raise BadInput("This is not kept in its unit", one.name, value, unit)
            _within(held, Fraction(value) / (100 if held.unit == "pounds" else 1), value, one.name)
        elif held.unit == "season":
            _season(held, [_plain(Fraction(part)) for part in value], one.name)
        else:
            value_of(held, value, one.name)


EXACT: dict[str, tuple[tuple[Any, ...], str]] = {
    "pounds": ((int,), "a whole number of pence"),
    "number": ((int,), "a whole number"),
    "share": ((int, Fraction), "an exact fraction, 0 for nothing and 1 for all"),
}
"""Entries whose kept value is a number, and what kind of number."""
