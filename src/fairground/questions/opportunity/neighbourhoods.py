"""What does each home have within reach that a day needs; who is left out; what would help most?

Homes (or the points of the street network, or hexagons) are scored by one way of travelling, with wheelchairs
and pushchairs beside walking in every answer. A need is met, unmet or, where the map says too little,
unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from fairground.errors import BadInput, DataProblem
from fairground.evidence import Answer, Method, merged
from fairground.opportunity.neighbourhoods import Preset
from fairground.questions.opportunity.green_homes import BLOCK
from fairground.questions.opportunity.ground import ground
from fairground.questions.opportunity.kept_blocks import KeptBlocks
from fairground.questions.opportunity.near_places import definition, find
from fairground.questions.opportunity.near_steps import what_if, working
from fairground.questions.opportunity.near_survey import FURTHEST, MODES, Survey, blocks_of, judged, kept
from fairground.questions.opportunity.near_sweep import runner
from fairground.questions.opportunity.near_units import Units, in_areas, units
from fairground.questions.opportunity.near_value import Neighbourhoods, Tally, told
from fairground.sources.layers import ENDINGS, Writer, writer
from fairground.sources.neighbourhoods import Neighbourhoods as SmallAreas
from fairground.sources.neighbourhoods import read_neighbourhoods

__all__ = ["score"]

METHOD = Method(
    "neighbourhood-needs",
    "The exact way along streets from each home to the nearest place for each need, counted and weighed",
    "Dijkstra, Numerische Mathematik 1 (1959); TCPA, The 20-Minute Neighbourhood (2021)",
)


def score(
    streets: str | Path,
    *,
    mode: str = "walk",
    homes: str | Path = "",
    preset: str | Path | Preset = "there-and-back",
    units_of: str = "",
    areas: str | Path = "",
    timetable: str | Path = "",
    places: Mapping[str, str | Path] | None = None,
    also: Mapping[str, Sequence[tuple[float, float]]] | None = None,
    green: str | Path = "",
    out: str | Path | Sequence[str | Path] = "",
    furthest: float = FURTHEST,
    hexagon: float = 150.0,
    tile: float = 0.0,
    workers: int = 1,
    cluster: str = "",
    resume: str | Path = "",
    block: int = BLOCK,
    progress: Callable[[int], None] | None = None,
) -> Answer[Neighbourhoods]:
    """Score homes by what a day needs and what lies within reach.

    Parameters
    ----------
    streets : an OpenStreetMap extract (PBF). mode : "walk", "wheel" or "cycle"; wheel and walk stand beside.
    homes : a CSV or map file of homes; without it, the buildings of the map that look like homes.
    preset : the definition: an id such as "there-and-back", or one's own, made or in a TOML file.
    units_of : "homes", "nodes" or "hexagons"; empty: homes, or nodes where the map has no buildings.
    areas : small areas with people (CSV by code, or a map file). timetable : a GTFS zip.
    places : a file of places for a need, instead of the map's. green : a file of green spaces likewise.
    also : latitudes and longitudes of places for a need that do not stand yet, as if they stood; the
        working says what they change.
    out : a file to write, or several, a row for each home: .parquet, .gpkg, .geojson or .csv.
    furthest : minutes: how far to look for the nearest place. hexagon : metres, the side of a hexagon.
    tile : metres, the side of tiles to work out one by one (0: all at once); the numbers are the same.
    workers, cluster : processes of this machine, or the address of a Dask cluster, that work tiles out.
    resume : a folder to keep finished blocks of homes in: the same question asked again goes on from there.
    block : how many homes are worked out at a time. progress : is told how many homes are done.

    Returns
    -------
    Answer : counts and shares of people; a row for each need; groups; the need that would lift most people.

    Raises
    ------
    BadInput : an unknown mode, preset, unit or need. DataProblem : a file that is missing or broken.

    >>> from fairground.questions.opportunity.neighbourhoods import score
    >>> score("missing.osm.pbf", mode="fly")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    fairground.errors.BadInput: field 'mode': No such way of travelling. You gave 'fly'. Allowed: ...
    """
    outs = _checked(mode, out, tile, workers, cluster)
    asked, known = definition(preset), ground(streets, green)
    found = find(known, asked, timetable, places or {}, also)
    small = read_neighbourhoods(areas, known.projection) if str(areas) else None
    listed = units(known, units_of, homes, hexagon, block)
    with runner(workers, cluster) as run:
        survey = Survey(known, asked, found, _beside(mode), furthest, tile, run)
        tally = _scored(survey, listed, small, outs, blocks_of(resume, survey), progress)
        _refuse_none(tally.homes, Path(homes or streets).name)
    value = told(tally, listed, small, str(outs[0]) if outs else "")
    steps, areas_of = working(survey, value), (small.source,) if small else ()
    sources = merged(known.sources, (listed.listed.source,), found.sources, areas_of)
    if also:
        same: Any = {"mode": mode, "homes": homes, "units_of": units_of, "areas": areas, "places": places}
        same |= {"timetable": timetable, "green": green, "hexagon": hexagon, "furthest": furthest}
        without = score(streets, preset=asked, **same)
        steps = (steps[0], what_if(asked, also, without.value, value), *steps[1:])
    return Answer(value, METHOD, steps, sources)


def _refuse_none(homes: int, file: str) -> None:
    if not homes:
        raise DataProblem(
            "No home of this list is within 500 metres of a street of this map",
            file,
            try_this="the map of the same place; and latitude and longitude in the right order",
        )


def _beside(mode: str) -> tuple[str, ...]:
    """Return the ways of travelling to work out, the one asked for first; wheeling is always there."""
    return (mode, *(way for way in ("wheel", "walk") if way != mode))


def _checked(
    mode: str, out: str | Path | Sequence[str | Path], tile: float, workers: int, cluster: str
) -> tuple[Path, ...]:
    """Return the files to write; refuse at once what would only be found out after a long time."""
    some = (out,) if isinstance(out, (str, Path)) else tuple(out)
    outs = tuple(Path(one) for one in some if str(one))
    if mode not in MODES:
        raise BadInput("No such way of travelling", "mode", mode, ", ".join(MODES))
    for file in outs:
        if file.suffix.lower() not in ENDINGS:
            told = "The name's ending says which kind of file is written"
            raise BadInput(told, "out", str(file), ", ".join(ENDINGS))
    if not tile and (workers != 1 or cluster):
        raise BadInput("Several workers need tiles to share out", "tile", tile, "metres, such as 5000")
    return outs


def _scored(
    survey: Survey,
    listed: Units,
    small: SmallAreas | None,
    outs: Sequence[Path],
    finished: KeptBlocks | None,
    progress: Callable[[int], None] | None,
) -> Tally:
    """Score the homes block by block and write a row for each; a list without any home leaves no file."""
    tally = Tally(survey)
    with ExitStack() as stack:
        files: list[Writer] = []
        for block in in_areas(listed.blocks, small):
            on = survey.on_the_map(block)
            tally.leave_out(listed.kind, block, on)
            some = kept(block, on)
            if not len(some):
                continue
            found = judged(survey, some, finished)
            tally.add(some, {way: one.scores for way, one in found.items()})
            if outs:
                files = files or [stack.enter_context(writer(out)) for out in outs]
                rows = survey.rows(some, found, listed.side)
                for file in files:
                    file.add(rows)
            if progress is not None:
                progress(tally.homes)
    return tally
