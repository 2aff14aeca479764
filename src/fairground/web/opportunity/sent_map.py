"""Draws each home of a list that somebody sent, by what was found of it, on the streets about it.

The dots are read from the finished file of results, and kept to so many that a map can show: beyond that,
homes that lie close together are one dot. The map lies beside the results, for their sender only.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fairground.report.charts import Mark, ground
from fairground.web.opportunity import ground_marks, held
from fairground.web.opportunity.ground_marks import Place

FILE = "homes.svg"
TITLE = "Each home of the list"
SAID = {
    "greenspace": "A dot is a home that passes, a cross one that fails, a ring one that nobody can tell.",
    "neighbourhoods": (
        "A dot is a home with most needs in reach, a ring one with half of them, a cross one with fewer."
    ),
}
MOST = 20_000  # dots
FINEST, COARSEST = 6, 2  # digits of a degree


def draw(sent: Any, column: str, layers: Mapping[str, str], told: str) -> None:
    """Draw what was found of a sent list, and keep it beside the results.

    Parameters
    ----------
    sent : the row of the list. column : of the results, that says what was found of a home.
    layers : the layer of the map for each word of that column. told : what the map says, in words.
    """
    homes = [Mark(layer, parts) for layer, parts in dots(sent.results / "homes.csv", column, layers).items()]
    if not homes:
        return
    known = ground_marks.known(held.place(sent.place).streets)
    corners = ground_marks.frame(homes)
    there = ground_marks.marks(known, ground_marks.around(corners))
    svg = ground([*there, *homes], title=TITLE, told=told, within=_shown(corners))
    part = sent.results / f".{FILE}.part"
    part.write_text(svg, "utf-8")
    part.replace(sent.results / FILE)


def dots(path: Path, column: str, layers: Mapping[str, str]) -> dict[str, tuple[tuple[Place], ...]]:
    """Return the places of homes by layer: as they are, or rounded until they are few enough to be drawn."""
    digits, found = FINEST, dict[tuple[str, Place], None]()
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            at = (round(float(row["longitude"]), digits), round(float(row["latitude"]), digits))
            found[layers[row[column]], at] = None
            while len(found) > MOST and digits > COARSEST:
                digits -= 1
                found = dict.fromkeys(
                    (layer, (round(lon, digits), round(lat, digits))) for layer, (lon, lat) in found
                )
    held = {layer: tuple((at,) for one, at in found if one == layer) for layer in layers.values()}
    return {layer: places for layer, places in held.items() if places}


def _shown(corners: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the corners of what the map shows: the homes with the streets about them."""
    west, south, east, north = ground_marks.around(corners)
    return (west, south), (east, north)
