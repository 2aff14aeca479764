"""The command that sets two places side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairground.cli.greenspace import latitude_longitude
from fairground.cli.shape import answer_command
from fairground.errors import BadInput
from fairground.evidence import Answer


@answer_command(
    "compare",
    example=(
        "fairground opportunity compare --streets town/town.osm.pbf --streets town/town.osm.pbf "
        "--at 54.62,2.0 --at 54.618,2.001",
        "fairground opportunity compare --streets town/town.osm.pbf --streets town/town.osm.pbf",
    ),
)
@click.option(
    "--streets", multiple=True, required=True, help="An OpenStreetMap extract: twice, once for each place."
)
@click.option("--at", multiple=True, help="Latitude,longitude of a door: twice; without it, whole places.")
@click.option("--homes", multiple=True, help="A list of homes for each place; else the maps' buildings.")
@click.option("--timetable", multiple=True, help="A GTFS zip for each place.")
@click.option("--rule", "rule_id", default="ipprn", show_default=True, help="By which rule of green space.")
@click.option("--preset", default="there-and-back", show_default=True, help="By which definition of needs.")
def compare(
    streets: tuple[str, ...],
    at: tuple[str, ...],
    homes: tuple[str, ...],
    timetable: tuple[str, ...],
    rule_id: str,
    preset: str,
) -> Answer[Any]:
    """Two places side by side: green space, and what a day needs, on foot beside on wheels."""
    from fairground.questions.opportunity import compare as question

    for name, given in (("streets", streets), ("at", at), ("homes", homes), ("timetable", timetable)):
        if len(given) not in ((2,) if name == "streets" else (0, 2)):
            raise BadInput("Give it twice, once for each place", name, len(given), "2")
    spots, lists, buses = at or ("", ""), homes or ("", ""), timetable or ("", "")
    sides = [
        _side(file, spot, listed, bus, rule_id, preset)
        for file, spot, listed, bus in zip(streets, spots, lists, buses, strict=True)
    ]
    return question.compare(*sides)


def _side(streets: str, at: str, homes: str, timetable: str, rule_id: str, preset: str) -> Any:
    from fairground.questions.opportunity import compare as question
    from fairground.questions.opportunity import green_coverage, greenspace, near_spot, neighbourhoods

    if at:
        place = latitude_longitude(at)
        return question.Side(
            at.strip(),
            greenspace.check(streets, at=place, rule_id=rule_id),
            near_spot.check(streets, at=place, preset=preset, timetable=timetable),
        )
    return question.Side(
        Path(streets).name,
        green_coverage.coverage(streets, homes, rule_id=rule_id),
        neighbourhoods.score(streets, homes=homes, preset=preset, timetable=timetable),
    )
