"""Says what is told of each home as rows of a map file, block by block, so that a list of any length fits."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from fairground.sources.layers import Rows

__all__: list[str] = []

VERDICTS = np.array(["fail", "pass", "unknown"], object)  # 0, 1, and -1 from the end
MEASURES = {"edge": "straight_to_edge", "entrance": "straight_to_way_in", "kerb": "on_foot_from_street"}


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
