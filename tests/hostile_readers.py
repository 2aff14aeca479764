"""Every function that reads a file which a person sends or names, with headings and a row that it takes."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fairground.cli import property_match, shape
from fairground.cli.funding_formula import _sealed
from fairground.networks import Projection
from fairground.power.juries import Target
from fairground.questions import measures, own_table, vintages
from fairground.questions.opportunity import green_places, near_places, whereabouts
from fairground.questions.power import (
    addresses,
    bundles,
    elections,
    jury_draws,
    jury_history,
    lottery_file,
    panels,
    volunteers,
)
from fairground.questions.wealth import disposals, requests
from fairground.questions.wealth import property as cases
from fairground.sources import (
    asset_lists,
    council_finance,
    deprivation,
    homes,
    international,
    local_statistics,
    neighbourhoods,
    packed,
    postcode_spots,
    postcodes,
    prepared,
    regional_spending,
    shapes,
    sold_lists,
    streets,
    timetables,
)
from fairground.wealth.finance import plan_file

TO = Projection.about(-2.18, 53.0)
TARGETS = (Target("age", "60+", 1, 2),)
EXAMPLES = Path(shapes.__file__).parent / "examples"


@dataclass(frozen=True)
class HostileReader:
    """How a file is read, what it is called, and its headings with a row that can be read."""

    id: str
    read: Any
    heads: str = "code,name"
    row: str = "E01000001,City"
    ending: str = ".csv"


def _table(path: Path, *columns: str) -> tuple[str, str]:
    return shape.read_table(str(path), *columns)


def _text(path: Path) -> str:
    return shape.read_text(str(path))


def _homes(path: Path) -> None:
    for _ in homes.blocks(homes.open_homes(path)):
        pass


def _published(name: str, examine: Any) -> HostileReader:
    lines = (EXAMPLES / f"{name}.csv").read_text("latin-1").splitlines()
    return HostileReader(name, examine, *[line for line in lines if line.strip()][:2])


def _votes(path: Path) -> Any:
    return elections.read_tables("project_id,cost\npark,60\n", _table(path, "vote")[0], budget="100")


def _campaign(path: Path) -> Any:
    return requests.chased(_text(path), {}, on=date(2026, 5, 1))


ASSETS = "name,address,postcode,uprn,easting,northing,tenure"
ASSET = "Hall,1 High St,ST4 1HH,200001234,388000,345000,Freehold"
VOLUNTEER = ("id,age,address", "1,60+,1 High St")
READERS = (
    HostileReader("assets", lambda p: asset_lists.read(p, anyhow=True), ASSETS, ASSET),
    HostileReader(
        "sold", lambda p: sold_lists.read(p.read_bytes(), p.name), "Address,Postcode,Sale date,Sale price",
        "1 High St,ST4 1HH,2017-05-01,180000",
    ),
    HostileReader(
        "homes", _homes, "uprn,latitude,longitude,people,decile,neighbourhood", "1,53.0,-2.18,2,3,E01000001"
    ),
    HostileReader(
        "areas", lambda p: neighbourhoods.read_neighbourhoods(p, TO), "code,name,people,decile",
        "E01000001,City 1,1500,3",
    ),
    HostileReader(
        "areas of green space", lambda p: green_places.neighbourhoods(p, TO), "code,name,people,decile",
        "E01000001,City 1,1500,3",
    ),
    _published("council_finance", council_finance.examine),
    _published("regional_spending", regional_spending.examine),
    _published("local_statistics", local_statistics.examine),
    _published("deprivation", deprivation.examine),
    _published("postcodes", postcodes.examine),
    _published("international", international.examine),
    HostileReader(
        "postcodes to look up", lambda p: postcode_spots.find_postcodes(p, ["ST4 1HH"]),
        "Postcode,Quality,Eastings,Northings", "ST4 1HH,10,388000,345000",
    ),
    HostileReader(
        "UPRNs", lambda p: postcode_spots.find_uprns(p, ["1"]), "UPRN,X,Y,LATITUDE,LONGITUDE", "1,1,2,53,-2"
    ),
    HostileReader(
        "a postcode", lambda p: whereabouts.of_postcode("ST4 1HH", p, TO), "postcode,easting,northing",
        "ST4 1HH,388000,345000",
    ),
    HostileReader("map", lambda p: shapes.read_shapes(p, TO), ending=".geojson"),
    HostileReader("map as a package", lambda p: shapes.read_shapes(p, TO), ending=".gpkg"),
    HostileReader("streets", streets.read_osm, ending=".osm.pbf"),
    HostileReader("timetable", timetables.read_timetable, ending=".zip"),
    HostileReader("packed", packed.unpack, ending=".arrow"),
    HostileReader("prepared", lambda p: prepared.opened(p, keep=False), ending=".streets"),
    HostileReader("definition", lambda p: near_places.definition(str(p)), "[a]", "b = 1", ".toml"),
    HostileReader("pool", lambda p: volunteers.read_pool(p, TARGETS), *VOLUNTEER),
    HostileReader(
        "targets", volunteers.read_targets, "feature,value,min,max,min_flex,max_flex", "age,60+,1,2,0,3"
    ),
    HostileReader("shares", volunteers.read_shares, "feature,value,min,max,share", "age,60+,1,2,0.5"),
    HostileReader(
        "staying", lambda p: volunteers.read_staying(p, 0.8, TARGETS), "feature,value,stays", "age,60+,0.5"
    ),
    HostileReader(
        "addresses", lambda p: addresses.read_addresses(p, ("ward",)), "address,postcode,ward",
        "1 High St,ST4 1HH,North",
    ),
    HostileReader(
        "rates", lambda p: addresses.read_rates(p, ("ward",)), "ward,rate,source", "North,0.05,Newham"
    ),
    HostileReader("panel", panels.read_panel, *VOLUNTEER),
    HostileReader(
        "history", lambda p: jury_history.read_history(p, TARGETS), "rotation,id,age,chance,drawn,left",
        "1,1,60+,0.5,yes,",
    ),
    HostileReader("lottery", lambda p: lottery_file.read_lottery(_text(p), p.name), ending=".json"),
    HostileReader("sealed draw", lambda p: jury_draws.opened(_text(p), p.name, ("1",)), ending=".json"),
    HostileReader("bundle", lambda p: bundles.verify(_text(p)), ending=".json"),
    HostileReader("election", lambda p: elections.read(_text(p), name=p.name), "META", "key;value", ".pb"),
    HostileReader(
        "projects", lambda p: elections.read_tables(_table(p, "cost")[0], "vote\npark\n", budget="100"),
        "project_id,cost,name,rivals,district", "park,60,Park,,North",
    ),
    HostileReader("ballots", _votes, "voter_id,vote,points,district", "1,park,3,North"),
    HostileReader(
        "measures",
        lambda p: measures.of_table(
            _table(p, "wealth", "people")[0], name=p.name, columns=measures.Columns("wealth", "people")
        ),
        "name,people,wealth", "North,24000,12",
    ),
    HostileReader(
        "people by year", lambda p: own_table.OwnTable.read(*_table(p, "people")).floats("people"),
        "code,year,people", "E1,2020,5",
    ),
    HostileReader(
        "codes",
        lambda p: vintages.carried_over(_table(p, "code")[0], name=p.name, code="code", value="people"),
        "code,people", "E08000016,244600",
    ),
    HostileReader(
        "events", lambda p: cases.events_of(shape.read_records(str(p), "event", "date"), p.name),
        "event,date", "nominated,2026-01-01",
    ),
    HostileReader(
        "labels", lambda p: shape.read_records(str(p), *property_match.LABELS), "council,community,same",
        "1,2,yes",
    ),
    HostileReader(
        "answers", lambda p: disposals.read_answers(_table(p, "code")[0]), "code,assets,pounds,quality",
        "E08000016,12,1000,full",
    ),
    HostileReader("campaign", _campaign, "code,name,sent,outcome", "E08000016,Barnsley,2026-01-01,answered"),
    HostileReader("plan", lambda p: plan_file.read(_text(p), p.name), "[about]", 'name = "x"', ".toml"),
    HostileReader("registration", lambda p: _sealed(str(p)), ending=".json"),
)  # fmt: skip
