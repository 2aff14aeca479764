"""What a street map holds, and what of it people can walk, wheel and cycle on.

Reads a map, keeps it for the next question, and says what was left out and why. Reference:
docs/explanation/networks.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fairground.errors import DataProblem
from fairground.evidence import Answer, Method, Quality, Step
from fairground.networks import StreetGraph, profiles
from fairground.networks.graph import islands
from fairground.sources.prepared import Prepared, prepare

__all__ = ["prepared"]

METHOD = Method(
    "streets-prepared",
    "Each way judged by the first rule that fits it, lengths along the globe, bends kept, junctions joined",
    "docs/explanation/networks.md; OpenStreetMap wiki; Karney (2013), Algorithms for geodesics",
)
SECONDS_A_MEGABYTE = 3.0  # of reading and building, on one processor core; measured on Newport and Porto


@dataclass(frozen=True)
class Network:
    """The streets of one way of travelling.

    `unknown_km`: of which the map says too little; `islands` and `islands_km`: cut off from the main network.
    """

    mode: str
    junctions: int
    bends: int
    km: float
    unknown_km: float
    islands: int
    islands_km: float
    ways_kept: int
    ways_left_out: int


@dataclass(frozen=True)
class LeftOut:
    """How many ways one rule left out of a network, could not judge, or cut at a barrier."""

    mode: str
    what: str
    rule: str
    ways: int


@dataclass(frozen=True)
class Streets:
    """A prepared map: where it is kept, what was read, a row for each way of travelling, and the rest."""

    file: str
    kept_in: str
    edition: str
    ways: int
    points: int
    areas: int
    rows: tuple[Network, ...]
    left_out: tuple[LeftOut, ...]


def estimate(path: Path) -> float:
    """Return about how many seconds a map will take, by its size.

    Raises
    ------
    DataProblem : the file cannot be read.
    """
    try:
        return path.stat().st_size / 1e6 * SECONDS_A_MEGABYTE
    except OSError as fault:
        raise DataProblem(f"The file cannot be read ({fault.strerror})", path.name) from fault


def prepared(
    path: Path, *, folder: Path | None = None, tell: Callable[[str], None] | None = None
) -> Answer[Streets]:
    """Read a street map, build its networks for walking, wheeling and cycling, and keep them.

    Parameters
    ----------
    path : an OpenStreetMap extract (`.osm.pbf`).
    folder : where to keep them if the map's own folder cannot be written to.
    tell : is told each stage as it begins: "read", "walk", "wheel", "cycle", "keep".

    Returns
    -------
    Answer of Streets : where they are kept, and what was kept, left out and unknown, by rule.

    Raises
    ------
    DataProblem : the map is missing, cut short or no extract; nothing is half-written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fairground.questions.opportunity.streets import prepared
    >>> from fairground.sources.town import write
    >>> with TemporaryDirectory() as folder:
    ...     made = write(Path(folder))
    ...     [row.mode for row in prepared(next(Path(folder).glob("*.osm.pbf"))).value.rows]
    ['walk', 'wheel', 'cycle']
    """
    made = prepare(path, folder=folder, tell=tell)
    rows = tuple(_network(made, mode) for mode in profiles())
    read = made.map
    value = Streets(
        Path(path).name,
        made.path,
        read.edition,
        read.ways.count,
        int(read.points.id.size),
        len(read.areas.id),
        rows,
        tuple(one for mode in profiles() for one in _left_out(mode, made.quality(mode))),
    )
    return Answer(value, METHOD, _steps(value, read.quality), (read.source,))


def _network(made: Prepared, mode: str) -> Network:
    graph, quality = made.graph(mode), made.quality(mode)
    cut_off, metres = _islands(graph)
    return Network(
        mode,
        graph.junctions,
        int(graph.bend_x.size),
        round(float(graph.length.sum()) / 1000, 1),
        round(float(graph.length[graph.unknown].sum()) / 1000, 1),
        cut_off,
        round(metres / 1000, 1),
        quality.kept,
        quality.read - quality.kept,
    )


def _islands(graph: StreetGraph) -> tuple[int, float]:
    """Return how many networks are cut off, and the metres of their streets."""
    _, member = islands(graph.junctions, graph.edge_from, graph.edge_to)
    off = ~graph.mainland
    return int(np.unique(member[graph.edge_from[off]]).size), float(graph.length[off].sum())


def _left_out(mode: str, quality: Quality) -> list[LeftOut]:
    rows = [LeftOut(mode, "left out", rule, ways) for rule, ways in quality.dropped.items()]
    for rule, ways in quality.mended.items():
        what, _, name = rule.partition(":")
        rows.append(LeftOut(mode, "not known" if name else "cut at a barrier", name or what, ways))
    return rows


def _steps(value: Streets, quality: Quality) -> tuple[Step, ...]:
    by = {row.mode: row for row in value.rows}
    facts = {"file": value.file, "walk": by["walk"].km, "wheel": by["wheel"].km, "cycle": by["cycle"].km}
    steps = [
        Step("streets.prepared", facts),
        Step("streets.read", {"ways": value.ways, "points": value.points, "areas": value.areas}),
        Step("streets.edition" if value.edition else "streets.undated", {"edition": value.edition}),
        Step("streets.wheel-unknown", {"unknown": by["wheel"].unknown_km, "km": by["wheel"].km}),
        Step("streets.islands", {"islands": by["walk"].islands, "km": by["walk"].islands_km}),
        Step("streets.kept-in", {"path": value.kept_in}),
    ]
    steps += [Step("streets.dropped", {"why": why, "count": n}) for why, n in quality.dropped.items()]
    steps += [Step("streets.mended", {"why": why, "count": n}) for why, n in quality.mended.items()]
    return tuple(steps)
