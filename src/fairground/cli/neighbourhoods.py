"""The command that scores homes by what a day needs and what lies within reach."""

from __future__ import annotations

import sys
from typing import Any

import click

from fairground.cli.greenspace import latitude_longitude
from fairground.cli.shape import answer_command, write_text
from fairground.evidence import Answer


@answer_command(
    "score",
    example=(
        "fairground opportunity neighbourhoods score --streets town/town.osm.pbf --mode walk "
        "--out all.parquet",
        "fairground opportunity neighbourhoods score --streets town/town.osm.pbf --homes town/homes.csv "
        "--areas town/areas.csv --timetable town/buses.zip --tile 1000",
        "fairground opportunity neighbourhoods score --streets town/town.osm.pbf --homes town/homes.csv "
        "--also pharmacy=54.6155,1.9962 --also bank=54.6155,1.9962",
    ),
)
@click.option("--streets", required=True, help="An OpenStreetMap extract (.osm.pbf).")
@click.option("--mode", default="walk", show_default=True, help="walk, wheel or cycle.")
@click.option(
    "--homes", default="", help="A list of homes (CSV, GeoJSON, GeoPackage); else the map's buildings."
)
@click.option(
    "--preset",
    default="there-and-back",
    show_default=True,
    help="there-and-back, sustrans, scotland, one-way, or a TOML file.",
)
@click.option("--save-preset", default="", help="Write the definition to a TOML file, to change and pass on.")
@click.option("--units", "units_of", default="", help="homes, nodes or hexagons.")
@click.option(
    "--hexagon", type=float, default=150.0, show_default=True, help="Metres: the side of a hexagon."
)
@click.option(
    "--areas", default="", help="Small areas with people, tenths and ages (CSV by code, or a map file)."
)
@click.option("--timetable", default="", help="A GTFS zip: without it no stop is known to have a service.")
@click.option(
    "--places", multiple=True, help="need=FILE: places for a need from a file of your own; may be repeated."
)
@click.option(
    "--also",
    multiple=True,
    help="need=LAT,LON: as if a place stood there; may be repeated. Leave one out to undo it.",
)
@click.option(
    "--green", default="", help="Green spaces of a GeoPackage or GeoJSON file instead of the map's."
)
@click.option("--furthest", type=float, default=60.0, show_default=True, help="Minutes: how far to look.")
@click.option(
    "--tile", type=float, default=0.0, help="Metres: work out square tiles one by one; same numbers."
)
@click.option("--workers", type=int, default=1, show_default=True, help="Processes that share out the tiles.")
@click.option("--cluster", default="", help="The address of a Dask cluster that works the tiles out.")
@click.option(
    "--resume", default="", help="A folder to keep finished blocks in: asked again, it goes on there."
)
@click.option("--out", default="", help="Write a row for each home: .parquet, .gpkg, .geojson or .csv.")
def score(
    streets: str, places: tuple[str, ...], also: tuple[str, ...], save_preset: str, **options: Any
) -> Answer[Any]:
    """What each home has within reach that a day needs; who is left out; what would help most.

    A wheelchair's or pushchair's answer stands beside the walker's.
    """
    from fairground.questions.opportunity import neighbourhoods
    from fairground.questions.opportunity.near_places import definition, new_places, own_files

    def progress(done: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done:,} done", nl=False, err=True)

    if save_preset:
        write_text(save_preset, definition(options["preset"]).written())
    options |= {"places": own_files(places), "also": new_places(also), "progress": progress}
    return neighbourhoods.score(streets, **options)


@answer_command(
    "check",
    example=(
        "fairground opportunity neighbourhoods check --streets town/town.osm.pbf --at 54.62,2.0 "
        "--timetable town/buses.zip",
        "fairground opportunity neighbourhoods check --streets town/town.osm.pbf --postcode 'ZZ1 1AA' "
        "--postcodes town/postcodes.csv",
    ),
)
@click.option("--streets", required=True, help="An OpenStreetMap extract (.osm.pbf).")
@click.option("--at", default="", help="Latitude,longitude of the door.")
@click.option("--boundary", default="", help="GeoJSON or GeoPackage with the boundary of a site.")
@click.option("--postcode", default="", help="A postcode; needs --postcodes.")
@click.option("--postcodes", default="", help="A file of postcodes, such as Code-Point Open.")
@click.option("--preset", default="there-and-back", show_default=True, help="As for score.")
@click.option("--timetable", default="", help="A GTFS zip: without it no stop is known to have a service.")
@click.option("--green", default="", help="Green spaces of a GeoPackage or GeoJSON file instead.")
def check(streets: str, at: str, **options: Any) -> Answer[Any]:
    """How far the nearest place for each need is from one door, on foot beside on wheels."""
    from fairground.questions.opportunity import near_spot

    return near_spot.check(streets, at=latitude_longitude(at) if at else None, **options)


@answer_command(
    "within",
    example=(
        "fairground opportunity neighbourhoods within --streets town/town.osm.pbf --homes town/homes.csv",
        "fairground opportunity neighbourhoods within --streets town/town.osm.pbf --of town/postcodes.csv "
        "--units nodes --minutes 5 --out all.gpkg",
    ),
)
@click.option("--streets", required=True, help="An OpenStreetMap extract (.osm.pbf).")
@click.option("--homes", default="", help="A list of homes; else the map's buildings.")
@click.option("--of", default="", help="What is counted, such as jobs: a list; else the people of the homes.")
@click.option("--mode", default="walk", show_default=True, help="walk, wheel or cycle.")
@click.option("--minutes", type=float, default=10.0, show_default=True, help="Minutes one way.")
@click.option("--units", "units_of", default="", help="Origins: homes, nodes or hexagons.")
@click.option("--hexagon", type=float, default=150.0, help="Metres: the side of a hexagon.")
@click.option("--threads", type=click.IntRange(1, 256), default=1, help="Parts worked at the same time.")
@click.option("--out", default="", help="Write a row for each origin: .parquet, .gpkg, .geojson or .csv.")
def within(streets: str, homes: str, **options: Any) -> Answer[Any]:
    """How many people, or jobs, or anything in a list, lie within reach of each door."""
    from fairground.questions.opportunity import within as question

    return question.within(streets, homes, **options)
