"""One line of a list of assets, and a list of them, as far as is needed to tell which lines mean the same.

An entry keeps the words of its list as they are; nothing here changes or joins them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from fairground.errors import BadInput

__all__ = ["Entry", "Listing"]


@dataclass(frozen=True)
class Entry:
    """An asset as one list tells of it: its id there, and whatever that list says.

    number : what its owner's catalogue calls it, such as an accession number; the same in every list that
    copies it.

    Raises
    ------
    BadInput : no id, nothing to compare, or a place that is none: both degrees or neither.

    >>> Entry("7", "Mill Lane Library", postcode="TN34 3AB").name
    'Mill Lane Library'
    """

    id: str
    name: str
    address: str = ""
    postcode: str = ""
    uprn: str = ""
    kind: str = ""
    longitude: float | None = None
    latitude: float | None = None
    number: str = ""

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise BadInput("An entry of a list needs an id", "id", self.id)
        placed = self.longitude is not None
        if not (self.name.strip() or self.address.strip() or self.postcode or self.uprn or placed):
            raise BadInput(
                "An entry says nothing to compare it by", "name", self.id, "a name, an address or a place"
            )
        if placed != (self.latitude is not None):
            raise BadInput(
                "A place needs a longitude and a latitude", "longitude", self.id, "both or neither"
            )
        if self.longitude is not None and self.latitude is not None:
            self._check("longitude", self.longitude, 180)
            self._check("latitude", self.latitude, 90)

    def _check(self, field: str, value: float, most: float) -> None:
        if not (math.isfinite(value) and abs(value) <= most):
            raise BadInput(f"A {field} is a number of degrees", field, value, f"-{most} to {most}")


@dataclass(frozen=True)
class Listing:
    """A list of assets with its name; its entries stand in the order of their ids, however they came.

    Raises
    ------
    BadInput : two entries with one id, or no entry.
    """

    name: str
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        if not self.entries:
            raise BadInput("A list to compare needs at least one entry", "list", self.name)
        ordered = tuple(sorted(self.entries, key=lambda entry: entry.id))
        for one, two in pairwise(ordered):
            if one.id == two.id:
                raise BadInput(f"Two entries of “{self.name}” have one id", "id", one.id, "each id once")
        object.__setattr__(self, "entries", ordered)

    @classmethod
    def of(cls, name: str, entries: Iterable[Entry]) -> Listing:
        """Return a list of the entries that are given."""
        return cls(name, tuple(entries))

    def __len__(self) -> int:
        return len(self.entries)
