"""Commands that ask whether green space is near enough."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from fairground import typed
from fairground.cli.shape import answer_command
from fairground.errors import BadInput
from fairground.evidence import Answer

STREETS = click.option("--streets", required=True, help="An OpenStreetMap extract (.osm.pbf).")
OPTIONS = (
    click.option("--rule", "rule_id", default="ipprn", help="ipprn, ags-doorstep, ags-local, defra-local, …"),
    click.option("--limit", type=float, default=None, help="Metres, instead of the rule's own."),
    click.option("--min-hectares", type=float, default=None, help="Smallest space that counts."),
    click.option("--include", default="", help="Kinds that count besides: golf,allotments,schools,…"),
    click.option("--green", default="", help="Green spaces of a GeoPackage or GeoJSON file instead."),
)


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every question about green space has."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@answer_command(
    "check",
    example=(
        "fairground opportunity greenspace check --streets town/town.osm.pbf --at 54.62,2.0",
        "fairground opportunity greenspace check --streets town/town.osm.pbf --at 54.62,2.0 --rule ags-local",
    ),
)
@STREETS
@click.option("--at", default="", help="Latitude,longitude of the site.")
@click.option("--boundary", default="", help="GeoJSON or GeoPackage with the boundary of the site.")
@click.option("--postcode", default="", help="A postcode; needs --postcodes.")
@click.option("--postcodes", default="", help="A file of postcodes, such as Code-Point Open.")
@shared
def check(streets: str, at: str, include: str, **options: Any) -> Answer[Any]:
    """Whether a site is near enough to green space, by the rule in force and by every other measure."""
    from fairground.questions.opportunity import greenspace

    place = latitude_longitude(at) if at else None
    return greenspace.check(streets, at=place, include=tuple(include.split(",")), **options)


@answer_command(
    "coverage",
    example=(
        "fairground opportunity greenspace coverage --streets town/town.osm.pbf --homes town/homes.csv",
        "fairground opportunity greenspace coverage --streets town/town.osm.pbf --homes town/homes.csv "
        "--areas town/areas.csv --choose 2 --out homes.parquet",
        "fairground opportunity greenspace coverage --streets town/town.osm.pbf --min-hectares 0.5",
    ),
)
@STREETS
@click.option(
    "--homes", default="", help="A CSV, GeoJSON or GeoPackage file of homes; else the map's buildings."
)
@click.option("--areas", default="", help="Neighbourhoods with their tenth of deprivation: CSV or map file.")
@click.option("--choose", type=int, default=0, help="How many new entrances, and new spaces, to choose.")
@click.option("--furthest", type=float, default=10_000.0, show_default=True, help="Metres: how far to look.")
@click.option(
    "--tile", type=float, default=0.0, help="Metres: work out square tiles one by one; same numbers."
)
@click.option("--workers", type=int, default=1, show_default=True, help="Processes that share out the tiles.")
@click.option("--cluster", default="", help="The address of a Dask cluster that works the tiles out.")
@click.option(
    "--resume", default="", help="A folder to keep finished blocks in: asked again, it goes on there."
)
@click.option("--out", default="", help="Write each home's answer: .parquet, .gpkg, .geojson or .csv.")
@shared
def coverage(streets: str, homes: str, include: str, out: str, **options: Any) -> Answer[Any]:
    """How many homes are near enough to green space: by every measure, by neighbourhood, by deprivation."""
    from fairground.questions.opportunity import green_coverage

    options |= {"include": tuple(include.split(",")), "progress": progress(sys.stderr.isatty())}
    if not out:
        return green_coverage.coverage(streets, homes, **options)
    from fairground.cli.home_rows import home_rows

    with home_rows(out) as each:
        return green_coverage.coverage(streets, homes, each=each, **options)


def progress(shown: bool) -> Callable[[int], None] | None:
    """Return what tells people at a terminal how far a long question has come."""
    return (lambda done: click.echo(f"{done:,} homes", err=True)) if shown else None


def latitude_longitude(text: str) -> tuple[float, float]:
    """Return the place that was typed as "latitude,longitude".

    Raises
    ------
    BadInput : it is not two numbers.
    """
    parts = text.split(",")
    if len(parts) != 2:
        raise BadInput("A place is two numbers", "at", text, "latitude,longitude, such as 51.588,-2.998")
    latitude, longitude = (float(typed.exact(part, "at")) for part in parts)
    return latitude, longitude
