"""Says what is told of each home as rows of a map file, block by block, so that a list of any length fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import numpy as np
import shapely

from fairground.sources.layers import Rows, writer

VERDICTS = np.array(["fail", "pass", "unknown"], object)  # 0, 1, and -1 from the end
MEASURES = {"edge": "straight_to_edge", "entrance": "straight_to_way_in", "kerb": "on_foot_from_street"}


@contextmanager
def home_rows(path: str) -> Iterator[Callable[[Any, Any], None]]:
    """Open a file of homes; call what it gives with what `coverage` tells of each block.

    Raises
    ------
    BadInput : a name with another ending, or a folder that cannot be written to.
    """
    wrote = 0
    with writer(path) as file:

        def each(told: Any, ground: Any) -> None:
            nonlocal wrote
            file.add(rows(told, ground))
            wrote += len(told.x)

        yield each
    click.echo(f"Wrote {wrote:,} homes to {path}", err=True)


def rows(told: Any, ground: Any) -> Rows:
    """Return what is told of the homes of a block as rows of a map file."""
    columns = {
        "home": np.array(told.block.id, object),
        "row": told.block.row,
        "neighbourhood": np.array(told.block.group, object),
        "metres": told.metres,
        "verdict": VERDICTS[told.verdict],
        "reason": np.array(told.reason, object),
        "space": np.array(told.space, object),
    }
    columns |= {name: told.measures[measure] for measure, name in MEASURES.items()}
    return Rows(shapely.points(*ground.projection.degrees(told.x, told.y)), columns)
