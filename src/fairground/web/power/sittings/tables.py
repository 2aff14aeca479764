"""A table as CSV that no spreadsheet runs: what it would take for a formula gets an apostrophe before it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from fairground.formulas import STARTS

FORMULA = (*STARTS, "\n")  # also after spaces


def as_csv(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return a table as text, with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(heads)
    write.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    guarded = isinstance(value, str) and text.lstrip(" ").startswith(FORMULA)
    return f"'{text}" if guarded else text
