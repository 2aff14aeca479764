"""Writes the files of the made-up town into a folder: all of them, or none."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fairground import __version__
from fairground.errors import BadInput
from fairground.sources.town import buses, sheet, tables
from fairground.sources.town.bent import Bent
from fairground.sources.town.crossings import meeting
from fairground.sources.town.drawing import draw
from fairground.sources.town.houses import houses
from fairground.sources.town.plan import Plan, plan

FILES = {
    "town.osm.pbf": "the map, as OpenStreetMap writes it",
    "buses.zip": "the bus timetable (GTFS)",
    "homes.csv": "every home: number, place, address, postcode, small area",
    "homes.geojson": "the same homes as points",
    "postcodes.csv": "the middle of each postcode, in the columns of Code-Point Open",
    "areas.csv": "twelve small areas: homes, people, ages, tenth of deprivation",
    "areas.geojson": "their outlines",
    "parks.geojson": "green spaces: kind, size, how the way in is known",
    "entrances.geojson": "their mapped gates; one is locked",
    "application.geojson": "a planning application: its homes",
    "application_site.geojson": "its site",
    "ABOUT.txt": "what each file holds and what each fault in it is for",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file that was written."""

    name: str
    bytes: int
    holds: str


@dataclass(frozen=True, slots=True)
class Town:
    """What was written: where, from which seed, how much of it."""

    name: str
    folder: str
    seed: int
    rows: tuple[File, ...]
    homes: int
    people: int
    streets: int
    buses: int


def write(folder: Path, *, seed: int = 1) -> Town:
    """Write the made-up town into a folder; the same seed gives the same bytes.

    Parameters
    ----------
    folder : where to write; made if it is missing. Files of the same names are replaced.
    seed : a whole number that bends the ground, leaves gaps between houses and counts people.

    Returns
    -------
    Town : what was written.

    Raises
    ------
    BadInput : the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as part:
            town = _write(plan(), Path(part), folder, seed)
            for name in FILES:
                shutil.move(Path(part) / name, folder / name)
    except OSError as fault:
        raise BadInput(f"The folder cannot be written ({fault.strerror})", "folder", str(folder)) from fault
    return town


def _write(the: Plan, part: Path, folder: Path, seed: int) -> Town:
    bent = Bent(the.origin, (the.size[0] / 2, the.size[1] / 2), seed)
    lines = meeting(the.streets, the.spots)
    homes = houses(the, [(street.name, line) for street, line in lines if street.homes], seed)
    drawing = draw(the, lines, homes)
    sheet.write(drawing, bent.degrees(drawing.points), part / "town.osm.pbf", _generator())
    trips = buses.write(the, bent, part / "buses.zip")
    rows, count = tables.home_rows(the, bent, homes)
    areas = tables.area_rows(the, count, seed)
    site, planned = tables.application_shapes(the, bent)
    texts = {
        "homes.csv": tables.as_csv(rows),
        "homes.geojson": tables.home_shapes(the, rows),
        "postcodes.csv": tables.as_csv(tables.postcode_rows(the, bent, homes)),
        "areas.csv": tables.as_csv(areas),
        "areas.geojson": tables.area_shapes(the, bent, areas),
        "parks.geojson": tables.park_shapes(the, bent),
        "entrances.geojson": tables.entrance_shapes(the, bent),
        "application.geojson": planned,
        "application_site.geojson": site,
        "ABOUT.txt": _about(the, seed),
    }
    for name, text in texts.items():
        (part / name).write_bytes(text.encode("utf-8"))
    sizes = tuple(File(name, (part / name).stat().st_size, what) for name, what in FILES.items())
    people = sum(row[3] for row in areas[1:])
    return Town(the.name, str(folder), seed, sizes, len(rows) - 1, people, len(the.streets), trips)


def _generator() -> str:
    return f"Fairground {__version__} (a fictional town)"


def _about(the: Plan, seed: int) -> str:
    faults = (Path(__file__).parent / "faults.txt").read_text("utf-8")
    listed = "\n".join(f"  {name:<26} {what}" for name, what in FILES.items())
    return f"{the.name}\n{the.note}\nSeed {seed}.\n\nFiles\n{listed}\n\n{faults}"
