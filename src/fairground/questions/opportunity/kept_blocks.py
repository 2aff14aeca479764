"""Keeps what is found of each block of homes in a folder, so that work that was killed goes on from there.

A block is written whole or not at all. It is used again only where everything it depends on is the same: the
homes of the block, what was asked (in words), and the version of Fairground.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground import __version__
from fairground.errors import DataProblem
from fairground.sources.packed import pack, unpack

__all__: list[str] = []

Arrays = dict[str, NDArray[Any]]


@dataclass
class KeptBlocks:
    """The blocks that were worked out so far. about : words that name everything but the homes."""

    folder: Path
    about: str
    number: int = 0

    def block(
        self, homes: Sequence[NDArray[Any]], work: Callable[[], tuple[Arrays, dict[str, Any]]]
    ) -> tuple[Arrays, dict[str, Any]]:
        """Return arrays and notes about the next block: from the folder, else worked out and kept there.

        Raises
        ------
        DataProblem : the folder cannot be written to.
        """
        path, stamp = self.folder / f"{self.number:06}.arrow", self._stamp(homes)
        self.number += 1
        found = _opened(path, stamp)
        if found is None:
            arrays, notes = work()
            found = arrays, {**notes, "stamp": stamp}
            try:
                pack(path, *found)
            except OSError as fault:
                told = f"What was worked out cannot be kept ({fault.strerror})"
                raise DataProblem(told, str(self.folder)) from fault
        return found

    def _stamp(self, homes: Sequence[NDArray[Any]]) -> str:
        found = hashlib.sha256(f"{__version__} {self.about}".encode())
        for part in homes:
            found.update(np.ascontiguousarray(part).tobytes())
        return found.hexdigest()


def _opened(path: Path, stamp: str) -> tuple[Arrays, dict[str, Any]] | None:
    """Return a kept block; None where there is none, or it is of other homes or another question."""
    try:
        arrays, notes = unpack(path)
    except DataProblem:
        return None
    return (arrays, notes) if notes.get("stamp") == stamp else None
