"""Reads OS Open Roads (GeoPackage): Great Britain's roads, without footpaths.

Each road link becomes a way with the tags that the rules know. Where Ordnance Survey has no word for
something (a pavement, a surface, a gate), the tag is absent, and wheeling there is unknown. Reference:
Ordnance Survey, "OS Open Roads technical specification", https://docs.os.uk/os-downloads/products/networks/os-open-roads.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.evidence import Quality, Source
from fairground.networks.projection import NATIONAL_GRID, Projection
from fairground.networks.streetmap import Areas, Points, StreetMap
from fairground.networks.ways import TagColumn, Ways
from fairground.sources.streets import checksum

__all__ = ["read_open_roads"]

LAYER = "road_link"
COLUMNS = ("road_function", "form_of_way", "start_node", "end_node", "name_1", "trunk_road")
# What OS calls a road's function -> the tags that the rules know.
FUNCTIONS: dict[str, dict[str, str]] = {
    "Motorway": {"highway": "motorway"},
    "A Road": {"highway": "primary"},
    "B Road": {"highway": "secondary"},
    "Minor Road": {"highway": "tertiary"},
    "Local Road": {"highway": "residential"},
    "Local Access Road": {"highway": "service"},
    "Secondary Access Road": {"highway": "service"},
    "Restricted Local Access Road": {"highway": "service", "access": "private"},
}


def read_open_roads(path: Path | str) -> StreetMap:
    """Read a tile, or all, of OS Open Roads.

    Parameters
    ----------
    path : a GeoPackage with the layer "road_link".

    Returns
    -------
    StreetMap : ways in British National Grid metres; no points and no areas. Quality counts links left out.

    Raises
    ------
    DataProblem : the file is missing, is no such GeoPackage, lacks a column, or holds no road.
    """
    file = Path(path)
    digest, (columns, lines) = checksum(file), _links(file)
    known = np.array([one in FUNCTIONS for one in columns["road_function"]], dtype=bool)
    drawn = (shapely.get_type_id(lines) == 1) & (shapely.get_num_points(lines) > 1)
    kept = known & drawn
    if not kept.any():
        raise DataProblem(
            "The file holds no roads", file.name, field="road_function", allowed=", ".join(FUNCTIONS)
        )
    dropped = {
        "no such kind of road": int((~known).sum()),
        "not drawn as a line": int((known & ~drawn).sum()),
    }
    ways = _ways({name: column[kept] for name, column in columns.items()}, lines[kept])
    none = np.empty(0)
    return StreetMap(
        file.name,
        digest,
        "",
        ways,
        Points(np.empty(0, dtype=np.int64), none, none, {}),
        Areas((), np.empty(0, dtype=object), {}),
        _outline(ways),
        _source(file.name, digest),
        Quality(int(known.size), int(kept.sum()), {reason: n for reason, n in dropped.items() if n}),
    )


def _links(file: Path) -> tuple[dict[str, NDArray[Any]], NDArray[np.object_]]:
    import pyogrio  # only where such a file is read: it takes a second to load

    try:
        meta, _, shapes, data = pyogrio.raw.read(file, layer=LAYER, columns=list(COLUMNS), force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as fault:
        raise DataProblem(
            f"The file is no GeoPackage of OS Open Roads ({fault})", file.name, allowed=f"the layer '{LAYER}'"
        ) from fault
    columns = dict(zip(meta["fields"], data, strict=True))
    for name in COLUMNS[:4]:
        if name not in columns:
            raise DataProblem("A column is missing", file.name, field=name, allowed=", ".join(COLUMNS))
    if meta["crs"] != NATIONAL_GRID:
        raise DataProblem(
            "The map is in another coordinate system", file.name, value=meta["crs"], allowed=NATIONAL_GRID
        )
    return columns, np.asarray(shapely.from_wkb(shapes), dtype=object)


def _ways(columns: dict[str, NDArray[Any]], lines: NDArray[np.object_]) -> Ways:
    at, row = shapely.get_coordinates(lines, return_index=True)
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=lines.size))]).astype(np.int64)
    names = np.concatenate([columns["start_node"], columns["end_node"]]).astype(str)
    number = np.unique(names, return_inverse=True)[1].astype(np.int64)
    node = np.arange(at.shape[0], dtype=np.int64) + names.size  # bends meet nothing
    node[starts[:-1]], node[starts[1:] - 1] = number[: lines.size], number[lines.size :]
    return Ways(
        np.arange(1, lines.size + 1, dtype=np.int64),
        starts,
        node,
        at[:, 0].copy(),
        at[:, 1].copy(),
        _tags(columns),
        crs=NATIONAL_GRID,
    )


def _tags(columns: dict[str, NDArray[Any]]) -> dict[str, TagColumn]:
    rows = [dict(FUNCTIONS[one]) for one in columns["road_function"]]
    trunk = columns.get("trunk_road", np.zeros(len(rows), dtype=bool))
    for row, form, is_trunk in zip(rows, columns["form_of_way"], trunk, strict=True):
        if str(is_trunk).lower() in {"true", "1"} and row["highway"] == "primary":
            row["highway"] = "trunk"
        if form == "Roundabout":
            row["junction"] = "roundabout"
        elif form == "Guided Busway":
            row["highway"] = "bus_guideway"
    keys = ("highway", "access", "junction")
    found = {key: TagColumn.of(row.get(key, "") for row in rows) for key in keys}
    found["name"] = TagColumn.of(name or "" for name in columns.get("name_1", [""] * len(rows)))
    return found


def _outline(ways: Ways) -> Any:
    hull = shapely.convex_hull(shapely.multipoints(np.column_stack([ways.x, ways.y])))
    return shapely.transform(
        hull, lambda at: np.column_stack(Projection(NATIONAL_GRID).degrees(at[:, 0], at[:, 1]))
    )


def _source(name: str, digest: str) -> Source:
    return Source(
        id=f"os-open-roads:{digest[:12]}",
        title=f"OS Open Roads, {name}",
        publisher="Ordnance Survey",
        edition="undated",
        licence="OGL-UK-3.0",
        url="https://www.ordnancesurvey.co.uk/products/os-open-roads",
        note=f"Contains OS data © Crown copyright and database right. SHA-256 {digest}",
    )
