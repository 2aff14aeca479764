"""The homes that a question is asked of: a file of addresses, points or postcodes, else the map's buildings.

Every answer says which. Homes come in blocks on the flat map of the streets. A home that no street of the map
comes near is left out and listed, as are rows that cannot be read. Buildings: those of 25 to 1,500 square
metres whose tags do not say that they are something else than a home.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground import standards
from fairground.errors import DataProblem
from fairground.evidence import Source
from fairground.networks import StreetMap
from fairground.networks.projection import doubt
from fairground.opportunity.greenspace.mapped import flat
from fairground.opportunity.greenspace.rules import PACKAGE
from fairground.questions.opportunity.ground import Ground
from fairground.sources import homes as files
from fairground.sources.shapes import Layer, own_source, read_shapes, refuse_crossing
from fairground.sources.tabular import Fault

__all__: list[str] = []

Floats = NDArray[np.float64]
MAPS = (".geojson", ".json", ".gpkg", ".fgb", ".shp")
BLOCK = files.BLOCK
HOUSES = (
    "yes", "house", "houses", "residential", "detached", "semidetached_house", "semi", "terrace",
    "apartments", "flats", "flat", "bungalow", "cottage", "dormitory", "static_caravan", "farm", "mixed",
    "maisonette",
)  # fmt: skip
NOT_A_HOME = ("amenity", "shop", "office", "tourism", "leisure", "healthcare", "sport")
GROUP_COLUMNS = ("neighbourhood", "lsoa21cd", "lsoa_code", "lsoa", "area", "area_code", "ward_code", "group")
NO_SHAPE = "A feature has no shape, or one that is none"
LINE = "A feature is a line, which is no home"
TOGETHER = (4, 7)  # several points, or a collection: each part is a home
LINES = (1, 2, 5)
TRIED = 1_000  # homes of which it is seen whether they lie on the map the other way round
ID_COLUMNS = ("uprn", "id", "plot", "reference", "ref", "name")


@dataclass
class HomeList:
    """Which homes they are, where they are from, and what was left out of them so far.

    doubt : metres by which their places may be off, for want of a finer table of shifts.
    swapped : whether some of the first would lie on the map with latitude and longitude the other way round.
    """

    kind: str
    source: Source
    grouped: bool = False
    ranked: bool = False
    peopled: bool = False
    doubt: float = 0.0
    read: int = 0
    kept: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    off: dict[str, int] = field(default_factory=dict)
    unread_faults: list[Fault] = field(default_factory=list)
    off_faults: list[Fault] = field(default_factory=list)
    swapped: bool = False

    @property
    def dropped(self) -> dict[str, int]:
        """How many were left out, by reason."""
        return {**self.unread, **self.off}

    @property
    def faults(self) -> list[Fault]:
        """Return the first of those left out, by row."""
        return sorted([*self.unread_faults, *self.off_faults], key=lambda fault: fault.row)[: files.LISTED]


def homes_of(ground: Ground, path: str | Path, size: int = BLOCK) -> tuple[HomeList, Iterator[files.Block]]:
    """Return a list of homes and its blocks, in metres: from a file, or the buildings where no file is given.

    size : how many homes a block has at most.

    Raises
    ------
    DataProblem : the file is missing or does not say where homes are, or the map has no buildings.
    """
    if not str(path):
        listed = HomeList("buildings", ground.streets.source)
        return listed, _blocks(listed, *_buildings(ground.streets, ground), None, size=size)
    file = Path(path)
    if file.suffix.casefold() in MAPS:
        listed = HomeList("shapes", own_source(file, "Homes"))
        return listed, _seen(listed, ground, _of_shapes(listed, ground, file, size))
    opened = files.open_homes(file)
    kind = "postcodes" if opened.postcodes else "file"
    told = (opened.grouped, opened.ranked, opened.peopled, doubt(opened.crs))
    listed = HomeList(kind, own_source(file, "Homes"), *told)
    return listed, _seen(listed, ground, _of_table(listed, ground, opened, size))


def off_the_map(listed: HomeList) -> DataProblem:
    """Return what to say where not one home of a list lies on the map."""
    if not listed.kept and listed.unread_faults:
        first = listed.unread_faults[0]
        what = f"No home can be used. {first.what}"
        return DataProblem(what, listed.source.title, first.row, first.field, allowed=first.allowed)
    remedy = "a map of the place where the homes are"
    if listed.swapped:
        remedy = "swapping latitude and longitude: the other way round the homes lie on this map"
    return DataProblem("No home lies on this street map", listed.source.title, try_this=remedy)


def _seen(listed: HomeList, ground: Ground, blocks: Iterator[files.Block]) -> Iterator[files.Block]:
    """Yield the blocks; note of the first whether its homes would lie on the map the other way round."""
    west, south, east, north = shapely.bounds(ground.streets.outline)
    for number, block in enumerate(blocks):
        if not number:
            lon, lat = ground.projection.degrees(block.x[:TRIED], block.y[:TRIED])
            inside = (west <= lat) & (lat <= east) & (south <= lon) & (lon <= north)
            listed.swapped = bool(inside.any())
        yield block


def _of_table(listed: HomeList, ground: Ground, opened: files.Homes, size: int) -> Iterator[files.Block]:
    for block in files.blocks(opened, size):
        x, y = ground.projection.metres(block.x, block.y, crs=opened.crs)
        listed.read, listed.kept = opened.read, opened.kept
        listed.unread, listed.unread_faults = dict(opened.dropped), opened.faults
        yield files.Block(block.row, block.id, x, y, block.group, block.decile, block.people)
    listed.read, listed.kept = opened.read, opened.kept
    listed.unread, listed.unread_faults = dict(opened.dropped), opened.faults


def _of_shapes(listed: HomeList, ground: Ground, path: Path, size: int) -> Iterator[files.Block]:
    for layer in read_shapes(path, ground.projection):
        _without(listed, layer.without, NO_SHAPE)
        refuse_crossing(layer, path.name)
        layer = _one_by_one(listed, layer)
        if not len(layer.shapes):
            continue
        id, group = layer.first(ID_COLUMNS), layer.first(GROUP_COLUMNS)
        listed.grouped = listed.grouped or group is not None
        at = shapely.point_on_surface(layer.shapes)
        names = tuple(id[n] if id and id[n] else f"feature {row}" for n, row in enumerate(layer.row.tolist()))
        yield from _blocks(listed, names, at, layer, group, size=size)


def _one_by_one(listed: HomeList, layer: Layer) -> Layer:
    """Return the layer with parts of multipoints and collections as shapes of their own, without lines."""
    together = np.isin(shapely.get_type_id(layer.shapes), TOGETHER)
    parts, of = shapely.get_parts(layer.shapes[together], return_index=True)
    shapes = np.concatenate([layer.shapes[~together], parts])
    at = np.concatenate([np.flatnonzero(~together), np.flatnonzero(together)[of]])
    line = np.isin(shapely.get_type_id(shapes), LINES)
    _without(listed, tuple(layer.row[np.sort(at[line])].tolist()), LINE)
    order = np.argsort(at[~line], kind="stable")
    kept = at[~line][order]
    columns = {name: tuple(told[n] for n in kept.tolist()) for name, told in layer.columns.items()}
    return replace(layer, shapes=shapes[~line][order], row=layer.row[kept], columns=columns)


def _without(listed: HomeList, rows: tuple[int, ...], why: str) -> None:
    """Count and list the features that cannot be homes."""
    if not rows:
        return
    listed.read += len(rows)
    listed.unread[why] = listed.unread.get(why, 0) + len(rows)
    listed.unread_faults += [
        Fault(row, "geometry", "", why, "a point or a polygon whose rings close")
        for row in rows[: files.LISTED]
    ]


def _blocks(
    listed: HomeList,
    names: tuple[str, ...],
    at: NDArray[np.object_],
    layer: Layer | None,
    group: tuple[str, ...] | None = None,
    *,
    size: int,
) -> Iterator[files.Block]:
    for start in range(0, len(at), size):
        some = slice(start, start + size)
        count = len(at[some])
        listed.read += count
        listed.kept += count
        yield files.Block(
            layer.row[some] if layer is not None else np.arange(start + 1, start + count + 1),
            names[some],
            shapely.get_x(at[some]),
            shapely.get_y(at[some]),
            group[some] if group else ("",) * count,
            np.zeros(count, np.int64),
            np.ones(count),
        )


def _buildings(streets: StreetMap, ground: Ground) -> tuple[tuple[str, ...], NDArray[np.object_]]:
    """Return the buildings that are taken for homes: their numbers, and a point in each."""
    known = standards.read(PACKAGE)
    least, most = (float(known[f"homes-{end}-square-metres"].values[-1].value) for end in ("least", "most"))
    homes = streets.areas.matching({"building": HOUSES, **{key: ("",) for key in NOT_A_HOME}})
    rows = np.flatnonzero(homes)
    shapes, _ = flat(streets.areas.shape[rows], ground.projection)
    size = shapely.area(shapes)
    kept = np.flatnonzero((size >= least) & (size <= most))
    if not len(kept):
        raise DataProblem(
            "The street map has no buildings that could be homes",
            streets.name,
            try_this="a file of homes: --homes FILE.csv",
        )
    return tuple(streets.areas.id[int(row)] for row in rows[kept]), np.asarray(
        shapely.centroid(shapes[kept]), object
    )
