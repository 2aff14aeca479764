"""Which day's places a file uses: codes that were never in force together are refused, not guessed.

Reference: `docs/explanation/places.md`, on vintages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.sources.tabular import Fault

DISTRICTS = ("E06", "E07", "E08", "E09")


@cache
def now(code: str) -> str:
    """Return the code of the district that stands where this one stood, or "" if it was divided."""
    found = places.descendants(code)
    return found[0] if len(found) == 1 else ""


def faults(first_rows: Mapping[str, int], field: str) -> tuple[Fault, ...]:
    """Return what is wrong with the district codes of a file.

    Parameters
    ----------
    first_rows : each code, with the first row that has it. Codes of other areas are passed over.
    field : the column that holds the codes.
    """
    districts = {code: row for code, row in first_rows.items() if code[:3] in DISTRICTS}
    unknown = tuple(
        Fault(row, field, code, "No district has ever had this code", "a code in the register of places")
        for code, row in districts.items()
        if not _known(code)
    )
    if unknown or not districts:
        return unknown
    try:
        places.same_vintage(districts)
    except BadInput as mixed:
        row = min(row for code, row in districts.items() if code in str(mixed.value))
        return (Fault(row, field, str(mixed.value), mixed.what, mixed.allowed),)
    return ()


def _known(code: str) -> bool:
    try:
        places.known(code)
    except NotFound:
        return False
    return True
