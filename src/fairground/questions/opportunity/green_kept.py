"""Keeps what is measured of each block of homes in a folder, so that work that was killed goes on from there.

A block is written whole or not at all. It is used again only where everything it depends on is the same: the
homes of the block, the street map, the green spaces, what was asked, and the version of Fairground.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground import __version__
from fairground.errors import DataProblem
from fairground.opportunity.greenspace import Distances
from fairground.questions.opportunity.green_tiles import Measured
from fairground.sources.packed import pack, unpack

__all__: list[str] = []

Floats = NDArray[np.float64]


@dataclass
class Kept:
    """The blocks that were measured so far. about : words that name everything but the homes."""

    folder: Path
    about: str
    number: int = 0

    def measured(self, x: Floats, y: Floats, work: Callable[[], Measured]) -> Measured:
        """Return what is measured of the next block: from the folder, else by working it out and keeping it.

        Raises
        ------
        DataProblem : the folder cannot be written to.
        """
        path = self.folder / f"{self.number:06}.arrow"
        self.number += 1
        stamp = self._stamp(x, y)
        found = _opened(path, stamp)
        if found is None:
            found = work()
            try:
                pack(path, *_flat(found, stamp))
            except OSError as fault:
                told = f"What was worked out cannot be kept ({fault.strerror})"
                raise DataProblem(told, str(self.folder)) from fault
        return found

    def _stamp(self, x: Floats, y: Floats) -> str:
        found = hashlib.sha256(f"{__version__} {self.about}".encode())
        for part in (x, y):
            found.update(np.ascontiguousarray(part).tobytes())
        return found.hexdigest()


def _opened(path: Path, stamp: str) -> Measured | None:
    """Return a kept block; None where there is none, or it is of other homes or another question."""
    try:
        arrays, notes = unpack(path)
    except DataProblem:
        return None
    return _whole(arrays, notes) if notes.get("stamp") == stamp else None


def _flat(found: Measured, stamp: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return what was measured as arrays by name, and the notes that put them together again."""
    arrays: dict[str, NDArray[Any]] = {"on": found.on, "sure": found.sure, "perhaps": found.perhaps}
    for n, one in enumerate(found.found.values()):
        for field in fields(one):
            held = getattr(one, field.name)
            if isinstance(held, dict):
                arrays |= {f"{n}.{field.name}.{measure}": array for measure, array in held.items()}
            elif isinstance(held, np.ndarray):
                arrays[f"{n}.{field.name}"] = held
    notes = {"stamp": stamp, "sizes": [[least, one.hectares] for least, one in found.found.items()]}
    return arrays, notes


def _whole(arrays: dict[str, Any], notes: dict[str, Any]) -> Measured:
    found = {}
    for n, (least, hectares) in enumerate(notes["sizes"]):
        own = {name.partition(".")[2]: held for name, held in arrays.items() if name.startswith(f"{n}.")}
        found[least] = Distances(
            hectares,
            _named(own, "metres"),
            _named(own, "site"),
            _named(own, "way_in"),
            own["hidden"],
            own["hidden_site"],
            own["door"],
            own["inside"].astype(bool),
        )
    return Measured(arrays["on"], found, arrays["sure"], arrays["perhaps"])


def _named(own: dict[str, Any], field: str) -> dict[str, Any]:
    lead = f"{field}."
    return {name.removeprefix(lead): held for name, held in own.items() if name.startswith(lead)}
