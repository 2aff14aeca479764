"""Reads green spaces and their access points from a map file: OS Open Greenspace, or a file of one's own.

Ordnance Survey, OS Open Greenspace: a layer of sites (`function`, `distinctive_name_1`) and a layer of access
points that name their site (`ref_to_greenspace_site`). In a file of one's own, polygons are spaces (a column
`kind`, `function` or `site_type`, or OpenStreetMap's tags, says which kind; without any of them they are
taken for parks) and points are ways in. Spaces of a kind that nobody knows are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.evidence import Source
from fairground.networks import Projection
from fairground.opportunity.greenspace import Areas, kind_of
from fairground.opportunity.greenspace.kinds import ASKED_FOR, BY_DEFAULT, KEYS, ordnance_kind
from fairground.opportunity.greenspace.mapped import within_schools
from fairground.sources.shapes import Layer, own_source, read_shapes

__all__: list[str] = []

KIND_COLUMNS = ("kind", "function", "site_type", "type")
NAME_COLUMNS = ("distinctive_name_1", "distname1", "site_name", "name")
ACCESS_COLUMNS = ("access_type", "accesstype", "accesstyp")
FOR_VEHICLES = "motor vehicle"  # a way in that Ordnance Survey knows to be for vehicles only
SITE_COLUMNS = ("ref_to_greenspace_site", "refgssite", "site_id", "park")
ID_COLUMNS = ("id", "site_id", "gml_id")
POINTS, POLYGONS = (0, 4), (3, 6)  # GEOS type numbers: point and multipoint, polygon and multipolygon


@dataclass(frozen=True, eq=False)
class GreenFile:
    """Green areas of a file in metres, its ways in, and the area of each (-1 where the file does not say)."""

    name: str
    areas: Areas
    entrances: NDArray[np.object_]
    of: tuple[int, ...]
    mended: int
    dropped: Mapping[str, int]
    source: Source


def read_green(path: Path, *, to: Projection) -> GreenFile:
    """Return the green spaces of a file, laid on the flat map of the streets.

    Raises
    ------
    DataProblem : the file is missing, no map file, in another coordinate system than it says, or empty.
    """
    shapes, kinds, names, ids = [], [], [], []
    points, told, strange = [], [], ""
    dropped: Counter[str] = Counter()
    for layer in read_shapes(path, to):
        if layer.without:
            dropped["without a shape"] += len(layer.without)
        type_id = shapely.get_type_id(layer.shapes)
        kind, name, id = _kinds(layer), layer.first(NAME_COLUMNS), layer.first(ID_COLUMNS)
        refers, access = layer.first(SITE_COLUMNS), layer.first(ACCESS_COLUMNS)
        for at, shape in enumerate(layer.shapes):
            if type_id[at] in POINTS and access and access[at].strip().casefold() == FOR_VEHICLES:
                dropped["a way in for vehicles only"] += 1
            elif type_id[at] in POINTS:
                points.append(shapely.centroid(shape))
                told.append(refers[at] if refers else "")
            elif type_id[at] in POLYGONS and kind[at]:
                shapes.append(shape)
                kinds.append(kind[at])
                names.append(name[at] if name else "")
                ids.append(id[at] if id and id[at] else f"{layer.name} {layer.row[at]}")
            else:
                strange = strange or _told_kind(layer, at)
                dropped["a kind of space that is not known" if type_id[at] in POLYGONS else "a line"] += 1
    if not shapes:
        raise _without_green(path.name, strange)
    found, mended = _mended(shapes)
    areas = within_schools(Areas(found, tuple(kinds), tuple(names), tuple(ids)))
    place = {id: at for at, id in enumerate(ids)}
    return GreenFile(
        path.name,
        areas,
        np.array(points, object),
        tuple(place.get(one, -1) for one in told),
        mended,
        dict(dropped),
        own_source(path, "Green spaces"),
    )


def _mended(shapes: list[shapely.Geometry]) -> tuple[NDArray[np.object_], int]:
    found = np.empty(len(shapes), object)
    found[:] = shapes
    wrong = np.flatnonzero(~shapely.is_valid(found))
    found[wrong] = shapely.buffer(shapely.make_valid(found[wrong]), 0)
    return found, len(wrong)


def _kinds(layer: Layer) -> tuple[str, ...]:
    """Return the kind of each shape of a layer: by its column of kinds, by tags, or else "park"."""
    told = layer.first(KIND_COLUMNS)
    if told is not None:
        return tuple(ordnance_kind(text) or _own_kind(text) for text in told)
    tagged = [key for key in (*KEYS, "access", "foot", "garden:type", "name") if key in layer.columns]
    if any(key in KEYS for key in tagged):
        rows = range(len(layer.shapes))
        return tuple(
            kind_of({key: layer.columns[key][at] for key in tagged if layer.columns[key][at]}) for at in rows
        )
    return ("park",) * len(layer.shapes)


def _without_green(file: str, strange: str) -> DataProblem:
    """Return what to say of a file in which no area is of a kind that is known; strange : the first kind."""
    return DataProblem(
        "The file holds no green areas of a kind that is known", file, value=strange or None,
        allowed=f"{', '.join((*BY_DEFAULT, *ASKED_FOR))}, or the functions of OS Open Greenspace",
        try_this="polygons with a kind or function",
    )  # fmt: skip


def _told_kind(layer: Layer, at: int) -> str:
    """Return what the file says of the kind of one of its shapes."""
    told = layer.first(KIND_COLUMNS)
    return told[at] if told is not None else ""


def _own_kind(text: str) -> str:
    tidy = text.strip().casefold().replace("_", "-").replace(" ", "-")
    return tidy if tidy in BY_DEFAULT or tidy in ASKED_FOR else ""
