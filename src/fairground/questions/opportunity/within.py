"""How many people, or jobs, or anything in a list, lie within so many minutes of each door?

Counted exactly along the streets from every origin at once, by one way of travelling, with wheelchairs and
pushchairs beside it: over streets that are surely passable, and at best.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput, DataProblem
from fairground.evidence import Answer, Method, Step, merged
from fairground.networks import Snapped, StreetGraph, counts_within, profile, snap
from fairground.questions.opportunity.green_homes import HomeList, homes_of
from fairground.questions.opportunity.ground import Ground, ground
from fairground.questions.opportunity.near_survey import MODES
from fairground.questions.opportunity.near_units import outline_of, units
from fairground.sources.homes import Block
from fairground.sources.layers import ENDINGS, Rows, writer

__all__ = ["within"]

Floats = NDArray[np.float64]
LEAST_MINUTES, MOST_MINUTES = 1.0, 60.0
PARTS = {"least": 0.0, "lower_quarter": 0.25, "middle": 0.5, "upper_quarter": 0.75, "most": 1.0}
METHOD = Method(
    "within-reach",
    "Everything within the limit along the streets, added up exactly from each origin",
    "Dijkstra, Numerische Mathematik 1 (1959); Wachs and Kumagai, Socio-Economic Planning Sciences 7 (1973)",
)


@dataclass(frozen=True)
class WithinRow:
    """What origins have within reach by one way of travelling, for sure or at best: mean and quarters."""

    mode: str
    streets: str
    mean: float
    least: float
    lower_quarter: float
    middle: float
    upper_quarter: float
    most: float


@dataclass(frozen=True)
class Within:
    """Origins, what is counted (things and what they weigh together), the limit, and a row for each way."""

    mode: str
    minutes: float
    metres: float
    units: str
    origins: int
    things: int
    weight: float
    left_out: int
    rows: tuple[WithinRow, ...]


def within(
    streets: str | Path,
    homes: str | Path = "",
    *,
    of: str | Path = "",
    mode: str = "walk",
    minutes: float = 10.0,
    units_of: str = "",
    hexagon: float = 150.0,
    threads: int = 1,
    out: str | Path = "",
) -> Answer[Within]:
    """Count what lies within reach of each home, point of the streets, or hexagon.

    Parameters
    ----------
    streets : an OpenStreetMap extract (PBF). homes : a list of homes; without it, the map's buildings.
    of : a list of what is counted (CSV or map file), such as jobs: its column of people says how many each
        row stands for. Without it, the people of the homes themselves: how many neighbours are near.
    mode : "walk", "wheel" or "cycle"; wheel stands beside. minutes : one way, at the speed of that mode.
    units_of, hexagon : the origins, as for `neighbourhoods.score`. threads : parts worked at the same time.
    out : a file to write, a row for each origin: .parquet, .gpkg, .geojson or .csv.

    Returns
    -------
    Answer of Within : a row for each way of travelling, over sure streets and at best. Whoever lives exactly
        at the limit counts; a home counts its own people.

    Raises
    ------
    BadInput : an unknown mode or unit, minutes out of bounds. DataProblem : a file that is missing or broken,
        or nothing that lies on the map.

    >>> from fairground.questions.opportunity.within import within
    >>> within("missing.osm.pbf", minutes=500)
    Traceback (most recent call last):
    fairground.errors.BadInput: field 'minutes': Minutes one way. You gave '500'. Allowed: 1 to 60.
    """
    _check(mode, minutes, str(out))
    known = ground(streets)
    listed = units(known, units_of, homes, hexagon)
    origins, (targets, things) = _whole(listed.blocks), _targets(known, of or homes)
    found = {
        (way, said): _counted(known, way, (origins, targets), minutes, unknown, threads)
        for way in dict.fromkeys((mode, "wheel"))
        for said, unknown in (("surely passable", "bar"), ("at best", "pass"))
    }
    on = np.isfinite(found[mode, "at best"])
    if not on.any():
        raise DataProblem("No origin lies on this street map", Path(homes or streets).name)
    if str(out):
        _write(out, known, origins, found, listed.side)
    rows = tuple(_row(way, said, sums[on], origins.people[on]) for (way, said), sums in found.items())
    value = Within(
        mode, minutes, minutes * profile(mode).metres_per_minute, listed.kind, int(on.sum()), len(targets),
        float(targets.people.sum()), len(on) - int(on.sum()) + sum(listed.listed.unread.values()), rows,
    )  # fmt: skip
    sources = merged(known.sources, (listed.listed.source, things.source))
    counted = "file" if str(of) else "people" if things.peopled else "homes"
    return Answer(value, METHOD, _steps(value, counted, Path(of).name), sources)


def _check(mode: str, minutes: float, out: str) -> None:
    if mode not in MODES:
        raise BadInput("No such way of travelling", "mode", mode, ", ".join(MODES))
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise BadInput("Minutes one way", "minutes", minutes, f"{LEAST_MINUTES:g} to {MOST_MINUTES:g}")
    if out and Path(out).suffix.lower() not in ENDINGS:
        raise BadInput("The name's ending says which kind of file is written", "out", out, ", ".join(ENDINGS))


def _targets(known: Ground, path: str | Path) -> tuple[Block, HomeList]:
    listed, blocks = homes_of(known, path)
    return _whole(blocks), listed


def _whole(blocks: object) -> Block:
    """Return all blocks as one."""
    parts: list[Block] = list(blocks)  # type: ignore[call-overload]
    return Block(
        np.concatenate([part.row for part in parts]),
        tuple(id for part in parts for id in part.id),
        np.concatenate([part.x for part in parts]),
        np.concatenate([part.y for part in parts]),
        tuple(group for part in parts for group in part.group),
        np.concatenate([part.decile for part in parts]),
        np.concatenate([part.people for part in parts]),
    )


def _counted(
    known: Ground, mode: str, both: tuple[Block, Block], minutes: float, unknown: str, threads: int
) -> Floats:
    """Return what each origin has within reach; not a number where no street comes near it."""
    graph = known.prepared.graph(mode)
    origins, targets = (_snapped(graph, block) for block in both)
    limit = minutes * profile(mode).metres_per_minute
    found = counts_within(
        graph, origins, targets, limit=limit, weights=both[1].people, unknown=unknown, threads=threads
    )
    return np.where(origins.edge >= 0, found, np.nan if mode == "walk" else 0.0)


def _snapped(graph: StreetGraph, block: Block) -> Snapped:
    return snap(graph, block.x, block.y)


def _row(mode: str, said: str, sums: Floats, people: Floats) -> WithinRow:
    """Return the mean by people and the quarters by origins."""
    told = np.nan_to_num(sums)
    mean = float(np.average(told, weights=people)) if people.sum() > 0 else float(told.mean())
    quarters = np.quantile(told, list(PARTS.values()))
    return WithinRow(mode, said, mean, **dict(zip(PARTS, map(float, quarters), strict=True)))


def _write(
    out: str | Path, known: Ground, origins: Block, found: dict[tuple[str, str], Floats], side: float
) -> None:
    columns: dict[str, NDArray[np.generic]] = {"id": np.array(origins.id, object)}
    for (mode, said), sums in found.items():
        columns[f"{mode}_within" if said != "at best" else f"{mode}_within_at_best"] = np.nan_to_num(sums)
    with ExitStack() as stack:
        stack.enter_context(writer(out)).add(Rows(outline_of(origins.x, origins.y, known, side), columns))


def _steps(value: Within, counted: str, file: str) -> tuple[Step, ...]:
    rows = {(row.mode, row.streets): row for row in value.rows}
    facts = {
        "minutes": value.minutes,
        "mode": value.mode,
        "middle": rows[value.mode, "at best"].middle,
        "wheel": rows["wheel", "surely passable"].middle,
        "units": value.units,
        "origins": value.origins,
        "file": file,
    }
    limit = {"minutes": value.minutes, "metres": value.metres, "mode": value.mode}
    return (
        Step(f"within.answer.{counted}", facts),
        Step("within.limit", limit | {"speed": value.metres / value.minutes}),
        Step("within.counted", {"things": value.things, "weight": value.weight}),
        Step("within.unknown-streets"),
        *((Step("within.left-out", {"count": value.left_out}),) if value.left_out else ()),
    )
