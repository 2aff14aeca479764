"""Units that stay the same over the years: a council with all that went into it, and its parts if divided.

Amounts of years before and after a reorganisation can be compared only over areas that did not change. Where
districts were merged, they and their successor are one unit. Where a county council was divided among several
successors, nobody can say which part of its amounts belongs to which, so those successors are one unit too.
"""

from __future__ import annotations

from collections.abc import Iterable

from fairground.places.changes import descendants, known

__all__ = ["stable"]


def stable(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the unit of each code: the codes in force now where it, and all joined with it, stood.

    Parameters
    ----------
    codes : GSS codes of any dates. Only divisions of these codes join successors.

    Raises
    ------
    NotFound : a code that no place has ever had; names its row.

    >>> from fairground import places
    >>> places.stable(["E07000026", "E07000028"])
    {'E07000026': ('E06000063',), 'E07000028': ('E06000063',)}
    >>> places.stable(["E10000006", "E07000026"])["E07000026"]
    ('E06000063', 'E06000064')
    """
    after = {code: descendants(known(code, row=row).code) for row, code in enumerate(codes, start=1)}
    unit: dict[str, frozenset[str]] = {}
    for found in after.values():
        joined = frozenset(found).union(*(unit.get(code, frozenset()) for code in found))
        unit |= dict.fromkeys(joined, joined)
    return {code: tuple(sorted(unit[found[0]])) for code, found in after.items()}
