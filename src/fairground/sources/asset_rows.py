"""Says which rows of a council's table are its headings, and which rows below them are no assets.

*Rule 1* The headings are the row with the most known names; two rows where both together give more (a merged
"Address" above "Street" and "Postcode"). *Rule 2* Where a person named columns, it is the first row that has
one of them. *Rule 3* A row below is no asset where it repeats the headings, totals others, or has one cell
filled that reads like a note or a title. Each is listed with its row and words: nothing is left out unseen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fairground.errors import DataProblem
from fairground.sources import asset_columns as columns_of
from fairground.sources.asset_columns import UNDER, Column, folded

__all__ = ["Headings", "doubtful", "headings", "no_asset", "shouts"]

DEPTH = 40  # rows in which headings are looked for
SEEN = 1_000  # rows by which it is judged how a list writes its names
FEW = 3  # columns from which one filled cell alone is suspicious
LONGEST = 100  # letters of a heading that stands over others: it is written before each of them
WIDEST = 1_000  # columns: each heading is looked at closely
WORDY = 14  # words from which a lone cell is a note
TOTAL = re.compile(r"(grand|sub|overall)?[- ]?totals?\b", re.I)
NOTE = re.compile(
    r"\W*(notes?\b|sources?\s*:|please\b|published\b|(last )?updated\b|figures\b|contact\b|key\s*:"
    r"|copyright\b|©|produced by\b|prepared by\b|end of\b|this (list|data|information|register)\b"
    r"|for more\b|page \d)",
    re.I,
)
WHERE = ("address", "street", "postcode", "uprn", "easting", "latitude", "grid_reference", "value")


@dataclass(frozen=True)
class Headings:
    """The headings of a table: the first of their rows, the last of them (both from 0), and their words."""

    first: int
    last: int
    words: tuple[str, ...]


def headings(
    rows: Sequence[Sequence[str]], told: Mapping[str, str] | None = None, *, anyhow: bool = False
) -> Headings | None:
    """Return the headings of a table; None where no row has two that we know, and none was told.

    Parameters
    ----------
    told : field to heading, as a person named them. anyhow : where no heading is known, take the fullest of
        the first rows, so that a person can name its columns.

    >>> headings([["Assets"], ["Site", "Address", ""], ["", "Street", "Postcode"], ["Hall", "High St", "B1"]])
    Headings(first=1, last=2, words=('Site', 'Address › Street', 'Address › Postcode'))
    """
    top = rows[:DEPTH]
    named = _told(top, {folded(name) for name in told.values() if name}) if told else None
    if named is not None:
        return named
    at = columns_of.surest_row(top)
    if at is None:
        return _fullest(top) if anyhow else None
    alone = Headings(at, at, tuple(map(_line, rows[at])))
    pairs = [(one, one + 1) for one in (at - 1, at) if one >= 0 and one + 1 < len(top)]
    joined = [Headings(one, two, _joined(rows[one], rows[two])) for one, two in pairs]
    return max((alone, *joined), key=lambda one: (_known(one.words), one is alone))


def need_few_columns(rows: Sequence[list[str]], file: str) -> list[list[str]]:
    """Return the rows without what stands far to the right of all headings.

    Refuses a table in which a row that may have the headings is far too wide; empty cells do not count.

    Raises
    ------
    DataProblem : it is; says how wide.
    """
    far = next((row for row in rows[:DEPTH] if any(map(str.strip, row[WIDEST:]))), None)
    if far is not None:
        width = max(at for at, cell in enumerate(far, start=1) if cell.strip())
        allowed = f"up to {WIDEST:,} columns"
        raise DataProblem("The table is too wide", file, value=f"{width:,} columns", allowed=allowed)
    return [row[:WIDEST] if len(row) > WIDEST else row for row in rows]


def _fullest(rows: Sequence[Sequence[str]]) -> Headings | None:
    filled = [sum(map(bool, map(str.strip, row))) for row in rows]
    at = max(range(len(rows) - 1), key=lambda one: (filled[one], -one), default=None)
    if at is None or filled[at] < 2:
        return None
    return Headings(at, at, tuple(map(_line, rows[at])))


def _told(rows: Sequence[Sequence[str]], names: set[str]) -> Headings | None:
    """Return the first row, or two rows, that have the most of the headings that a person named."""
    found = [Headings(at, at, tuple(map(_line, row))) for at, row in enumerate(rows)]
    found += [
        Headings(at, at + 1, _joined(*rows[at : at + 2])) for at in range(len(rows) - 1) if len(rows) > 1
    ]
    best = max(found, key=lambda one: (_have(one, names), -one.last), default=None)
    return best if best is not None and _have(best, names) else None


def _have(one: Headings, names: set[str]) -> int:
    return len(names & set(map(folded, one.words)))


def _known(words: Sequence[str]) -> int:
    return len({known[0][0] for word in words if (known := columns_of.known(word))})


def _line(cell: str) -> str:
    return " ".join(cell.split())


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of two rows: a heading above stands over all below it, to the next one above."""
    words, over = [], ""
    for at in range(max(len(above), len(below))):
        top, low = (_line(row[at]) if at < len(row) else "" for row in (above, below))
        over = top[:LONGEST] or over
        words.append(f"{over}{UNDER}{low}" if low and over else low or top)
    return tuple(words)


def shouts(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> bool:
    """Say whether a list writes its names in capitals throughout, so that capitals mark no title."""
    at = [column.at for column in columns]
    full = [row for row in rows[:SEEN] if sum(bool(row[n].strip()) for n in at if n < len(row)) > 1]
    first = [cell for row in full if (cell := _first(row)).upper() != cell.lower()]
    return sum(map(str.isupper, first)) * 2 > len(first)


def _first(row: Sequence[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


def doubtful(row: Sequence[str], found: Headings) -> bool:
    """Say whether a row may be no asset, by its first filled cell and how many there are: most are clear."""
    held = [(at, cell) for at, cell in enumerate(row) if cell and not cell.isspace()]
    if len(held) < 2:
        return True
    at, first = held[0]
    word = found.words[at] if at < len(found.words) else ""
    return bool(TOTAL.match(first.lstrip())) or folded(word).endswith(folded(first))


def no_asset(
    row: Sequence[str], said: Mapping[str, str], found: Headings, columns: Sequence[Column], *, shouting: bool
) -> str:
    """Return why a row is no asset, or nothing where it may be one.

    Parameters
    ----------
    row : its cells. said : what was read of them. shouting : the list writes names in capitals throughout.
    """
    filled = [cell for cell in map(_line, row) if cell]
    if len(filled) > 1 and _repeats(row, found.words):
        return "The row repeats the headings"
    first = filled[0] if filled else ""
    if TOTAL.match(first) and not any(said.get(way) for way in WHERE if way != "value"):
        return "The row is a total of other rows"
    if len(filled) != 1 or len(columns) < FEW:
        return ""
    title = (first.isupper() and not shouting) or first.endswith(":")
    unnamed = not any(said.get(way) for way in ("name", "description", *WHERE))
    if title or NOTE.match(first) or len(first.split()) >= WORDY or (unnamed and " " in first):
        return "The row reads like a title or a note within the list"
    return ""


def _repeats(row: Sequence[str], words: Sequence[str]) -> bool:
    pairs = [(folded(cell), folded(word)) for cell, word in zip(row, words, strict=False) if cell.strip()]
    return bool(pairs) and all(cell and word.endswith(cell) for cell, word in pairs)
