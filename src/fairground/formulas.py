"""Cells that a spreadsheet would run as a formula, and how a table keeps it from doing so.

Whoever opens a table that others wrote into must not run what they wrote (CWE-1236, improper neutralization
of formula elements in a CSV file).
"""

from __future__ import annotations

from typing import Any

__all__ = ["STARTS", "guarded"]

STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: Any) -> Any:
    """Return a cell as it is, or led by an apostrophe where it is text that a spreadsheet would run.

    >>> from fairground.formulas import guarded
    >>> guarded("=1+1"), guarded("Hall"), guarded(-5)
    ("'=1+1", 'Hall', -5)
    """
    return "'" + cell if isinstance(cell, str) and cell.startswith(STARTS) else cell
