"""What the neighbourhood pages ask the engine, and what their map and files show."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from fairground.evidence import Answer
from fairground.opportunity.neighbourhoods import presets
from fairground.questions.opportunity import neighbourhoods
from fairground.report import headline
from fairground.report.charts import Bar, Mark, bars
from fairground.report.numbers import percent
from fairground.web.opportunity.greenspace.bridge import (
    Scene,
    about,
    cited,
    note,
    place,
    places,
    scene_of_place,
    whole,
)
from fairground.web.opportunity.ground_marks import Place
from fairground.web.opportunity.held import Held

__all__ = ["MODES", "about", "charts", "definitions", "map_file", "note", "places", "scene", "score"]

MODES = [("walk", "On foot"), ("wheel", "By wheelchair or pushchair"), ("cycle", "By bicycle")]
LAYERS = {
    "all needs": "much",
    "most needs": "much",
    "half the needs": "half",
    "some needs": "little",
    "few needs": "little",
}
KINDS = {
    "parquet": "application/vnd.apache.parquet",
    "gpkg": "application/geopackage+sqlite3",
    "homes.csv": "text/csv; charset=utf-8",
}


def definitions() -> list[tuple[str, str]]:
    """Return the definitions that travel with Fairground, as choices."""
    return [(preset.id, preset.name) for preset in presets()]


def starting() -> dict[str, str]:
    """Return what the form holds before anybody chose."""
    first = next(iter(places()), ("", ""))[0]
    return {"map": first, "mode": MODES[0][0], "preset": definitions()[0][0]}


def score(map: str, mode: str, preset: str) -> Answer[Any]:
    """Return what each home of a place has within reach, counted."""
    return _scored(place(map), mode, preset)[0]


def scene(map: str, mode: str, preset: str) -> Scene:
    """Return a whole place with each of its homes by what it has within reach, and where to build."""
    answer, homes = _scored(place(map), mode, preset)
    value, found = answer.value, [*whole(map), *homes]
    if value.place_latitude is not None:
        spot = (value.place_longitude, value.place_latitude)
        found.append(Mark("new", ((spot,),), value.lift_name))
    return Scene(found, (), "Each home, by what a day needs within reach", headline(answer))


def nothing(map: str) -> Scene:
    """Return the map of a place before anything is asked."""
    return scene_of_place(map)


def _scored(ground: Held, mode: str, preset: str) -> tuple[Answer[Any], list[Mark]]:
    files = (ground.streets, ground.homes, ground.buses, ground.areas)
    return _scored_once(ground, mode, preset, tuple(path.stat().st_mtime_ns for path in files if path))


@lru_cache(maxsize=8)
def _scored_once(
    ground: Held, mode: str, preset: str, _stamp: tuple[int, ...]
) -> tuple[Answer[Any], list[Mark]]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "homes.geojson"
        answer = _ask(ground, mode, preset, out)
        homes = json.loads(out.read_text("utf-8"))["features"]
    parts: dict[str, list[tuple[Place]]] = {}
    for home in homes:
        layer = LAYERS[home["properties"]["class"]]
        lon, lat = home["geometry"]["coordinates"][:2]
        parts.setdefault(layer, []).append(((round(lon, 6), round(lat, 6)),))
    return cited(answer, ground.slug), [Mark(layer, tuple(spots)) for layer, spots in parts.items()]


def _ask(ground: Held, mode: str, preset: str, out: Path) -> Answer[Any]:
    return neighbourhoods.score(
        ground.streets,
        mode=mode,
        preset=preset,
        homes=ground.homes or "",
        areas=ground.areas or "",
        timetable=ground.buses or "",
        units_of="homes",
        out=out,
    )


def map_file(map: str, mode: str, preset: str, format: str) -> bytes:
    """Return a row for each home as a GeoParquet, GeoPackage or CSV file."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"homes.{format.rpartition('.')[2]}"
        _ask(place(map), mode, preset, out)
        return out.read_bytes()


def charts(value: Any) -> dict[str, str]:
    """Draw the share of people for whom each need is met, and both ways of travelling side by side."""
    met = [Bar(row.name, row.share or 0.0) for row in value.rows]
    ways = [Bar(_mode(row.mode), row.half_share, marked=row.mode == value.mode) for row in value.modes]
    return {
        "People who have each need within reach": bars(
            met, title="Share of people for whom each need is met", write=percent
        ),
        "People with at least half of the needs": bars(
            ways, title="Share of people with half of the needs or more, for sure", write=percent
        ),
    }


def _mode(id: str) -> str:
    return dict(MODES).get(id, id)


def facts(answer: Answer[Any]) -> Sequence[tuple[str, str]]:
    """Return the figures at the head of the page as rows of name and figure."""
    value = answer.value
    rows = [
        (f"At least half of the needs, {_mode(value.mode).lower()}", percent(value.half_share)),
        (f"The same, {_mode(value.beside).lower()}, for sure", percent(value.beside_half_share)),
        (
            "The same, if everything the map is silent about is passable",
            percent(value.beside_half_share_at_best),
        ),
        ("The gap between the two", percent(value.gap)),
        ("Needs met, on average", f"{value.mean_needs_met:.1f} of {value.needs}"),
        ("The missing need that would lift most people", f"{value.lift_name} ({value.lifted:,.0f} people)"),
    ]
    return tuple(rows)
