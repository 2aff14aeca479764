"""Which row of a new list is which asset of the register: by number, by UPRN, else by name and address.

*Rule 1* A body's own number that stands once in the list and once in the register. *Rule 2* That number with
the same name, where one number covers several things. *Rule 3* A UPRN that stands once in each. *Rule 4* The
same name at the same address. An asset is taken once. What no rule joins is new. Likeness that is not
sameness is for `wealth.property.linkage` and a person, not for an import.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

Facts = Mapping[str, Any]
Key = Callable[[Facts], Hashable | None]


def plain(text: str) -> str:
    """Return words without capitals, marks and spare spaces."""
    return re.sub(r"[^a-z0-9]+", " ", text.casefold()).strip()


def _number(facts: Facts) -> Hashable | None:
    return facts.get("council_id") or None


def _number_and_name(facts: Facts) -> Hashable | None:
    return (facts["council_id"], plain(facts["name"])) if facts.get("council_id") else None


def _uprn(facts: Facts) -> Hashable | None:
    return facts.get("uprn") or None


def _name_and_address(facts: Facts) -> Hashable | None:
    parts = ("address", "street_number", "street", "postcode")
    where = plain(" ".join(str(facts.get(part) or "") for part in parts))
    return (plain(facts["name"]), where)


KEYS: tuple[Key, ...] = (_number, _number_and_name, _uprn, _name_and_address)


def matched(rows: Sequence[Facts], held: Sequence[Facts]) -> list[int | None]:
    """Return for each row the position of its asset among those held, or None for a new one."""
    found: list[int | None] = [None] * len(rows)
    taken: set[int] = set()
    for key in KEYS:
        ours, theirs = [key(one) for one in held], [key(one) for one in rows]
        once, counts = Counter(ours), Counter(theirs)
        at = {value: n for n, value in enumerate(ours) if value is not None and once[value] == 1}
        for n, value in enumerate(theirs):
            spot = at.get(value)
            if found[n] is None and counts[value] == 1 and spot is not None and spot not in taken:
                found[n] = spot
                taken.add(spot)
    return found
