"""Where the places for each need are: on the street map, in a timetable, or in a file of one's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground import typed
from fairground.errors import BadInput, DataProblem
from fairground.evidence import Source
from fairground.opportunity.greenspace import Sites, WaysIn
from fairground.opportunity.greenspace.mapped import paths
from fairground.opportunity.neighbourhoods import Places, Preset, places_of, preset, preset_of
from fairground.questions.opportunity.green_homes import homes_of
from fairground.questions.opportunity.ground import Ground, place
from fairground.sources.timetables import Timetable, read_timetable

__all__: list[str] = []

Floats = NDArray[np.float64]
BEYOND = 0.1  # degrees beyond the street map at which a stop still belongs to it


@dataclass(frozen=True, eq=False)
class Found:
    """The places for each need, where they are from, and the green spaces that count."""

    places: tuple[Places, ...]
    come_from: tuple[str, ...]
    sites: Sites
    ways: WaysIn
    sources: tuple[Source, ...]
    day: str


def definition(asked: str | Path | Preset) -> Preset:
    """Return a definition that travels with Fairground by its id, or a person's own: made or in a TOML file.

    Raises
    ------
    BadInput : there is none of that id, or the file does not hold one. DataProblem : it cannot be read.
    """
    if isinstance(asked, Preset):
        return asked
    text = str(asked)
    if not text.casefold().endswith(".toml"):
        return preset(text)
    try:
        return preset_of(tomllib.loads(Path(text).read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadInput(f"The file is no TOML ({fault})", "preset", text) from fault
    except OSError as fault:
        raise DataProblem(f"The file cannot be read ({fault.strerror})", text) from fault


def find(
    known: Ground,
    asked: Preset,
    timetable: str | Path,
    own: Mapping[str, str | Path],
    also: Mapping[str, Sequence[tuple[float, float]]] | None = None,
) -> Found:
    """Return the places for each need of a definition; `also` holds places that do not stand yet.

    Raises
    ------
    BadInput : a file or a place for a need that is not asked for, or a place that is not on the map.
    DataProblem : a file that is missing or broken.
    """
    ids, new = [need.id for need in asked.needs], also or {}
    for field, given in (("places", own), ("also", new)):
        for id in given:
            if id not in ids:
                raise BadInput("No such need is asked for", field, id, ", ".join(ids))
    sites, ways = known.sites()
    pieces = paths(known.streets, known.walk)
    sources: list[Source] = []
    places, come_from, day = [], [], ""
    for need in asked.needs:
        if need.id in own:
            found, source = _own(known, own[need.id])
            sources.append(source)
            come_from.append("file")
        elif need.of == "green":
            found = Places(
                ways.x[ways.first], ways.y[ways.first], np.ones(int(ways.first.sum()), bool), len(sites)
            )
            come_from.append("green")
        elif need.of == "timetable" and str(timetable):
            found, source, day = _stops(known, timetable, need.departures)
            sources.append(source)
            come_from.append("timetable")
        else:
            found = places_of(known.streets, need, known.projection, paths=pieces)
            come_from.append("untimed" if need.of == "timetable" else "map")
        places.append(_with(known, found, new.get(need.id, ())))
    return Found(tuple(places), tuple(come_from), sites, ways, tuple(sources), day)


def _with(known: Ground, found: Places, new: Sequence[tuple[float, float]]) -> Places:
    """Return places with further ones at some latitudes and longitudes, as if they stood there."""
    if not new:
        return found
    try:
        spots = [place(known, *at) for at in new]
    except BadInput as off:
        raise replace(off, field="also") from off
    x, y = (np.concatenate([getattr(found, axis), *(one[n] for one in spots)]) for n, axis in enumerate("xy"))
    sure = np.concatenate([found.sure, np.ones(len(new), bool)])
    wheels = found.no_wheels
    if len(wheels):
        wheels = np.concatenate([wheels, np.zeros(len(new), bool)])
    return replace(found, x=x, y=y, sure=sure, count=found.count + len(new), no_wheels=wheels)


def new_places(texts: Sequence[str]) -> dict[str, list[tuple[float, float]]]:
    """Return places that do not stand yet, typed as "need=latitude,longitude".

    Raises
    ------
    BadInput : one of them is not typed so.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    for text in texts:
        id, sign, at = text.partition("=")
        parts = at.replace(",", " ").split()
        if not (sign and id.strip() and len(parts) == 2):
            told = "A place that does not stand yet is given as need=latitude,longitude"
            raise BadInput(told, "also", text, "pharmacy=54.618,2.001")
        latitude, longitude = (float(typed.exact(part, "also")) for part in parts)
        found.setdefault(id.strip(), []).append((latitude, longitude))
    return found


def _own(known: Ground, path: str | Path) -> tuple[Places, Source]:
    listed, blocks = homes_of(known, path)
    held = list(blocks)
    x, y = (np.concatenate([getattr(block, axis) for block in held]) for axis in "xy")
    return Places(x, y, np.ones(len(x), bool), len(x)), listed.source


def _stops(known: Ground, path: str | Path, least: int) -> tuple[Places, Source, str]:
    """Return the stops with at least so many departures on the timetable's busiest weekday."""
    held = read_timetable(path)
    _check_same_place(known, held)
    on = held.departures >= least
    x, y = known.projection.metres(held.longitude[on], held.latitude[on])
    return Places(x, y, np.ones(len(x), bool), len(x)), held.source, held.day.isoformat()


def _check_same_place(known: Ground, held: Timetable) -> None:
    """Refuse a timetable of another part of the world: by it, every home would have no bus."""
    if not len(held.id):
        return
    west, south, east, north = (float(side) for side in shapely.bounds(known.streets.outline))
    lon, lat = (held.longitude.min(), held.longitude.max()), (held.latitude.min(), held.latitude.max())
    if lon[0] > east + BEYOND or lon[1] < west - BEYOND or lat[0] > north + BEYOND or lat[1] < south - BEYOND:
        raise BadInput(
            "This timetable is of another place than the street map",
            "timetable",
            f"stops from latitude {lat[0]:.2f} to {lat[1]:.2f}, longitude {lon[0]:.2f} to {lon[1]:.2f}",
            f"stops near latitude {south:.2f} to {north:.2f}, longitude {west:.2f} to {east:.2f}",
            file=held.name,
        )


def straight(known: Ground, shapes: NDArray[np.object_], x: Floats, y: Floats) -> Floats:
    """Return the straight metres from each home to the nearest of some shapes; 0 inside, inf for no shape."""
    if not len(shapes) or not len(x):
        return np.full(len(x), np.inf)
    points = shapely.points(x, y)
    row, near = shapely.STRtree(shapes).query_nearest(points, all_matches=False)
    lines = shapely.shortest_line(points[row], shapes[near])
    one, other = shapely.get_point(lines, 0), shapely.get_point(lines, -1)
    found = np.full(len(x), np.inf)
    found[row] = known.line(
        shapely.get_x(one), shapely.get_y(one), shapely.get_x(other), shapely.get_y(other)
    )
    return found


def shut(ways: WaysIn) -> NDArray[np.bool_]:
    """Return which green spaces have no way in that anybody mapped."""
    return np.array([found == "unknown" for found in ways.found], bool)


def own_files(texts: Sequence[str]) -> dict[str, str]:
    """Return the files that were typed as "need=file".

    Raises
    ------
    BadInput : one of them has no equals sign, or a need is named twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        id, sign, file = text.partition("=")
        if not (sign and id.strip() and file.strip()) or id.strip() in found:
            raise BadInput(
                "A file of places is given as need=file, once for each need", "places", text, "food=shops.csv"
            )
        found[id.strip()] = file.strip()
    return found
