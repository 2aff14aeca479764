"""Keeps what is measured of each block of homes near green space, in the form of `kept_blocks`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground.opportunity.greenspace import Distances
from fairground.questions.opportunity.green_tiles import Measured
from fairground.questions.opportunity.kept_blocks import Arrays, KeptBlocks

__all__: list[str] = []

Floats = NDArray[np.float64]


def measured(kept: KeptBlocks, x: Floats, y: Floats, work: Callable[[], Measured]) -> Measured:
    """Return what is measured of the next block: kept before, or worked out now.

    Raises
    ------
    DataProblem : the folder cannot be written to.
    """
    return _whole(*kept.block((x, y), lambda: _flat(work())))


def _flat(found: Measured) -> tuple[Arrays, dict[str, Any]]:
    """Return what was measured as arrays by name, and the notes that put them together again."""
    arrays: Arrays = {"on": found.on, "sure": found.sure, "perhaps": found.perhaps}
    for n, one in enumerate(found.found.values()):
        for field in fields(one):
            held = getattr(one, field.name)
            if isinstance(held, dict):
                arrays |= {f"{n}.{field.name}.{measure}": array for measure, array in held.items()}
            elif isinstance(held, np.ndarray):
                arrays[f"{n}.{field.name}"] = held
    return arrays, {"sizes": [[least, one.hectares] for least, one in found.found.items()]}


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
