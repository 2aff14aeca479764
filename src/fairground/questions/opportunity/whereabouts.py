"""Where a site is, in the ways people say it: a point, a postcode, or a boundary drawn in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import BadInput, DataProblem, NotFound
from fairground.evidence import Source
from fairground.networks import Projection
from fairground.networks.projection import doubt
from fairground.questions.opportunity.ground import Ground, place
from fairground.sources import homes, postcodes
from fairground.sources.catalogue import source
from fairground.sources.shapes import own_source, read_shapes, refuse_crossing

__all__: list[str] = []

Floats = NDArray[np.float64]
MOST = 2_000  # corners of a boundary
POLYGONS = (3, 6)


@dataclass(frozen=True)
class Site:
    """One site, said in exactly one way: a point, the file of a boundary, or a postcode of a file.

    Raises
    ------
    BadInput : none, or more than one.
    """

    at: tuple[float, float] | None
    boundary: str | Path
    postcode: str
    postcodes: str | Path

    def __post_init__(self) -> None:
        if sum((self.at is not None, bool(str(self.boundary)), bool(self.postcode))) != 1:
            raise BadInput("Give one site", "at", allowed="one of a point, a boundary and a postcode")


def places_of(known: Ground, site: Site) -> tuple[Floats, Floats, tuple[Source, ...]]:
    """Return the places of a site in metres (one, or its corners and a point inside), and their source.

    Raises
    ------
    BadInput : the site is not on this map. DataProblem : a broken file. NotFound : no such postcode.
    """
    if site.at is not None:
        return (*place(known, *site.at), ())
    found = (
        of_postcode(site.postcode, Path(site.postcodes), known.projection)
        if site.postcode
        else corners(Path(site.boundary), known.projection)
    )
    x, y, cited = found
    longitude, latitude = known.projection.degrees(x[-1:], y[-1:])
    place(known, float(latitude[0]), float(longitude[0]))
    return x, y, (cited,)


def corners(path: Path, to: Projection) -> tuple[Floats, Floats, Source]:
    """Return the corners of a site's boundary and a point inside it, in metres.

    Raises
    ------
    DataProblem : the file holds no boundary, one that crosses itself, or one in another coordinate system.
    """
    shapes = []
    for layer in read_shapes(path, to):
        refuse_crossing(layer, path.name)
        shapes += [one for one in shapely.get_parts(layer.shapes) if shapely.get_type_id(one) in POLYGONS]
    if not shapes:
        raise DataProblem("The file holds no boundary", path.name, try_this="a polygon round the site")
    whole = shapely.union_all(np.array(shapes, object))
    places = np.unique(shapely.get_coordinates(whole), axis=0)
    if len(places) > MOST:
        raise BadInput("The boundary has too many corners", "boundary", len(places), f"{MOST} at most")
    inner = shapely.get_coordinates(shapely.point_on_surface(whole))
    both = np.concatenate([places, inner])
    return both[:, 0], both[:, 1], own_source(path, "Boundary of the site")


def of_postcode(text: str, path: Path, to: Projection) -> tuple[Floats, Floats, Source]:
    """Return where a postcode is, in metres, from a file of postcodes.

    The file is Code-Point Open (CSV or zip), or any CSV with a column of postcodes and one of places.

    Raises
    ------
    BadInput : no file was given. NotFound : the postcode is not in the file. DataProblem : no such file.
    """
    if not str(path) or str(path) == ".":
        raise BadInput("A postcode needs a file of postcodes", "postcodes", allowed="such as Code-Point Open")
    wanted = _tidy(text)
    if _is_code_point(path):
        read = postcodes.read(path)
        for at, one in enumerate(read.columns["postcode"]):
            if _tidy(one) == wanted:
                east, north = read.columns["easting"][at], read.columns["northing"][at]
                x, y = to.metres(np.array([float(east)]), np.array([float(north)]), crs=homes.GRID)
                return x, y, source("os-code-point-open")
    else:
        listed = homes.open_homes(path).by_postcode()
        for block in homes.blocks(listed):
            for at, one in enumerate(block.id):
                if _tidy(one) == wanted:
                    x, y = to.metres(block.x[[at]], block.y[[at]], crs=listed.crs)
                    return x, y, own_source(path, "Postcodes")
    raise NotFound("That postcode is not in the file", "postcode", text, file=path.name)


def doubt_of(path: Path) -> float:
    """Return the metres by which places in a file of postcodes may be off, for want of a table of shifts."""
    return doubt(homes.GRID if _is_code_point(path) else homes.open_homes(path).crs)


def _is_code_point(path: Path) -> bool:
    """Return whether a file is Code-Point Open as published: its zip, or one of its bare tables."""
    if path.suffix.casefold() == ".zip":
        return True
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            cells = stream.readline().replace('"', "").split(",")
    except OSError:
        return False
    first = cells[0].strip()
    return len(cells) == len(postcodes.FIELDS) and (
        first.casefold() == "pc" or postcodes.SHAPE.fullmatch(first.upper()) is not None
    )


def _tidy(text: str) -> str:
    return "".join(text.split()).upper()
