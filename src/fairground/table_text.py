"""How the text of a table is written: in which letters, and what stands between its cells.

British councils send UTF-8, what Excel calls Unicode text (UTF-16, with or without its mark) and what it
calls CSV (Windows-1252); cells are parted by commas, semicolons, tabs or bars. Every reader asks here, so
that no two of them understand one file in two ways.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from itertools import islice
from typing import Any

from fairground.errors import BadInput, DataProblem

__all__ = ["UTF16", "WINDOWS", "decoded", "listed", "separator", "wide"]

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WINDOWS = "Windows-1252"
MOST_ROWS = 1_048_576  # as a spreadsheet has


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a table, and what it was taken to be written in: UTF-8, UTF-16 or Windows-1252.

    Bytes that are none of the letters of UTF-16 or Windows-1252 become “\ufffd”, and nothing else does.

    >>> from fairground.table_text import decoded
    >>> decoded("Café".encode()), decoded("Café".encode("cp1252"))
    (('Café', 'UTF-8'), ('Café', 'Windows-1252'))
    """
    if code := wide(content):
        return content.decode(code, "replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:  # as Excel saves "CSV" in Britain
        return content.decode("cp1252", "replace"), WINDOWS


def wide(content: bytes) -> str:
    """Return which UTF-16 a text is in, or nothing.

    Without its mark, nearly every second byte of such a text is zero, and no other.
    """
    if content.startswith(UTF16):
        return "utf-16"
    start = content[:4096]
    odd, even = start[1::2], start[::2]
    for name, zero, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if len(zero) > 8 and zero.count(0) > 0.9 * len(zero) and not other.count(0):
            return name
    return ""


def listed(read: Any, wrong: type[BadInput] | type[DataProblem], file: str) -> list[Any]:
    """Return all rows of a reader of CSV; `wrong` is the kind of error that the caller raises.

    Parameters
    ----------
    read : a `csv.reader` or a `csv.DictReader`. file : its name.

    Raises
    ------
    BadInput, DataProblem : the text is no CSV from a row on, or has more rows than a spreadsheet can.
    """
    empty: list[str] = []  # one for all: a file may be millions of line breaks
    try:
        found = [row or empty for row in islice(read, MOST_ROWS + 1)]
    except csv.Error as fault:
        what = f"This is not well-formed CSV ({fault})"
        raise wrong(what, row=read.line_num, file=file, allowed="cells with commas between them") from None
    if len(found) > MOST_ROWS:
        raise wrong(
            "The file has too many rows", row=MOST_ROWS + 1, file=file, allowed=f"up to {MOST_ROWS:,}"
        )
    return found


def separator(text: str) -> str:
    """Return what stands between the cells of a text: of , ; tab and | what cuts its rows most alike.

    Of a table that surely begins with its headings, give that line alone: it has no commas of an address.

    >>> from fairground.table_text import separator
    >>> separator("Sales of 2019, by site\\nSite;Price;Date\\nHall;5,000;May\\n")
    ';'
    """
    return max(",;\t|", key=lambda mark: _steadiness(text, mark))


def _steadiness(text: str, mark: str) -> tuple[int, int]:
    """Return how many of the first rows have the commonest number of cells above one, and that number."""
    lines = text[:20_000].splitlines()[:60]
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
    if not widths:
        return 0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count, width
