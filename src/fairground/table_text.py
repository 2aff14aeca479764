"""How the text of a table is written: in which letters, and what stands between its cells.

British councils send UTF-8, what Excel calls Unicode text (UTF-16, with or without its mark) and what it
calls CSV (Windows-1252); cells are parted by commas, semicolons, tabs or bars. Every reader asks here, so
that no two of them understand one file in two ways.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter

__all__ = ["UTF16", "WINDOWS", "decoded", "separator", "wide"]

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WINDOWS = "Windows-1252"


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
