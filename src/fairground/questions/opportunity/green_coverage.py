"""How many homes are near enough to green space: in all, by neighbourhood, by deprivation, by every measure.

Homes are read block by block, so that a list of any length fits; of each block only counts are kept, and the
homes that are furthest away. What is unknown is kept apart throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from fairground.errors import BadInput, DataProblem
from fairground.evidence import Answer, Method, Step, merged
from fairground.opportunity.greenspace import Tally
from fairground.questions.opportunity.green_choice import Suggestion, suggested
from fairground.questions.opportunity.green_count import Counter, Told
from fairground.questions.opportunity.green_homes import BLOCK, HomeList, homes_of, off_the_map
from fairground.questions.opportunity.green_places import Neighbourhoods, neighbourhoods
from fairground.questions.opportunity.green_shares import Coverage, Share, gradient_row, grouped, named, parts
from fairground.questions.opportunity.green_steps import about
from fairground.questions.opportunity.green_tiles import Run
from fairground.questions.opportunity.greenspace import LATEST, Asked
from fairground.questions.opportunity.ground import Ground, ground
from fairground.questions.opportunity.kept_blocks import KeptBlocks
from fairground.questions.opportunity.near_sweep import runner
from fairground.questions.opportunity.walking import FAR
from fairground.sources.catalogue import source
from fairground.sources.homes import Block

__all__ = ["coverage"]

METHOD = Method(
    "green-space-coverage",
    "Each home's exact walk to a way in, counted; shares by neighbourhood and tenth of deprivation",
    "As for one home; Kakwani, Wagstaff and van Doorslaer, Journal of Econometrics 77 (1997), for inequality",
)


def coverage(
    streets: str | Path,
    homes: str | Path = "",
    *,
    green: str | Path = "",
    rule_id: str = "ipprn",
    limit: float | None = None,
    min_hectares: float | None = None,
    include: Sequence[str] = (),
    on: date = LATEST,
    areas: str | Path = "",
    choose: int = 0,
    furthest: float = FAR,
    tile: float = 0.0,
    workers: int = 1,
    cluster: str = "",
    resume: str | Path = "",
    block: int = BLOCK,
    each: Callable[[Told, Ground], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Answer[Coverage]:
    """Answer how many homes are near enough to green space that everybody may enter.

    Parameters
    ----------
    streets : an OpenStreetMap extract (PBF).
    homes : a CSV with a row for each home (latitude and longitude, or easting and northing; columns for
        neighbourhood, decile and people are used where there are any), or a GeoJSON or GeoPackage file; the
        buildings of the street map where none is given. A file of postcodes stands for the people there.
    green, rule_id, limit, min_hectares, include, on : as for `check`.
    areas : a file of neighbourhoods with their tenth of deprivation: a CSV with the codes that the homes
        have, or a map file with polygons.
    choose : how many new entrances and new spaces to choose, 0 for none.
    furthest : metres beyond which nothing is looked for; at least the limit.
    tile : side in metres of square tiles that are worked out one by one, to the same numbers; 0: none.
    workers, cluster : how many processes share out the tiles, or the address of a Dask cluster that does.
    resume : a folder to keep finished blocks of homes in: the same question asked again goes on from there.
    block : how many homes are worked out at a time.
    each : is given what is told of the homes, block by block. progress : is given the homes done so far.

    Returns
    -------
    Answer : a Coverage; its rows are the shares by every way to measure.

    Raises
    ------
    BadInput : no such rule or kind. DataProblem : a file that is missing or broken, or not one usable home.
    """
    asked = Asked.of(rule_id, limit, min_hectares, include, on)
    known = ground(streets, green)
    counter = Counter(
        known, asked, _furthest(furthest, asked), choose > 0, _kept(resume, known, asked, furthest)
    )
    listed = homes_of(known, homes, block)
    placed = _placed(areas, known, listed[0], homes)
    with _runner(tile, workers, cluster) as run:
        _count(counter, listed, placed, run and (run, tile), each, progress)
    chosen, why = _choice(counter, choose)
    value = _coverage(counter, listed[0], chosen, in_groups=listed[0].grouped or placed is not None)
    value = named(value, placed.names if placed else {})
    steps = [_headline(value, asked), *why, *_steps(value, counter, listed[0], asked)]
    if placed is not None:
        steps.insert(1, _areas(placed, value, counter))
    if listed[0].kind == "postcodes":
        steps.insert(1, _weights(listed[0], placed, value))
    more = (listed[0].source, *((placed.source,) if placed else ()), source("ippr-parallel-lives-2023"))
    return Answer(value, METHOD, tuple(steps), merged(known.sources, more))


def _placed(areas: str | Path, known: Ground, listed: HomeList, homes: str | Path) -> Neighbourhoods | None:
    """Return the neighbourhoods of a file; people are shared out over postcodes where homes are those."""
    if not str(areas):
        return None
    placed = neighbourhoods(Path(areas), known.projection)
    if placed.people and listed.kind == "postcodes" and not listed.peopled:
        return placed.shared_out(homes_of(known, homes)[1])
    return placed


def _areas(placed: Neighbourhoods, value: Coverage, counter: Counter) -> Step:
    """Return where the neighbourhoods are from, and how many homes lie in one."""
    facts = {
        "file": placed.file,
        "homes": value.homes,
        "placed": counter.placed,
        "areas": len(placed.codes),
    }
    return Step("greenspace.areas", facts)


def _kept(folder: str | Path, known: Ground, asked: Asked, furthest: float) -> KeptBlocks | None:
    """Return where finished blocks are kept, named by the map, the green spaces and what was asked."""
    if not str(folder):
        return None
    about = (known.streets.digest, *(source.note for source in known.sources), asked, furthest)
    return KeptBlocks(Path(folder), repr(about))


def _furthest(metres: float, asked: Asked) -> float:
    if not asked.rule.metres <= metres <= FAR:
        told = f"{asked.rule.metres:g} (the limit) to {FAR:g}"
        raise BadInput("How far to look", "furthest", metres, told)
    return float(metres)


def _runner(tile: float, workers: int, cluster: str) -> AbstractContextManager[Run | None]:
    """Return what works tiles out; None where there are none.

    Raises
    ------
    BadInput : several processes or a cluster, and no tiles to share out among them.
    """
    if tile:
        return runner(workers, cluster)
    if workers != 1 or cluster:
        raise BadInput(
            "Only tiles are shared out", "tile", tile, "the side of a tile in metres, such as 5000"
        )
    return nullcontext(None)


def _count(
    counter: Counter,
    listed: tuple[HomeList, Iterator[Block]],
    placed: Neighbourhoods | None,
    tiled: tuple[Run, float] | None,
    each: Callable[[Told, Ground], None] | None,
    progress: Callable[[int], None] | None,
) -> None:
    """Count every block of homes.

    Raises
    ------
    DataProblem : not one home lies on the map.
    """
    for block in listed[1]:
        told = counter.add(placed.placed(block) if placed else block, listed[0], tiled)
        if each is not None and len(told.x):
            each(told, counter.known)
        if progress is not None:
            progress(counter.homes)
    title = listed[0].source.title
    if not counter.homes:
        raise off_the_map(listed[0])
    if not counter.people:
        raise DataProblem("Nobody lives in these homes", title, try_this="numbers of people above zero")


def _choice(counter: Counter, choose: int) -> tuple[tuple[Suggestion, ...], list[Step]]:
    if not choose:
        return (), []
    limit, least = counter.asked.rule.metres, counter.asked.rule.hectares
    return suggested(counter.known, counter.sites, counter.left, limit=limit, least=least, choose=choose)


def _coverage(
    counter: Counter, listed: HomeList, chosen: tuple[Suggestion, ...], *, in_groups: bool
) -> Coverage:
    rule = counter.asked.rule
    own = counter.all[rule.measure, rule.hectares].total
    wheels = counter.wheels.total
    tenths = counter.tenths.get((rule.measure, rule.hectares), Tally()).counts
    gradients = tuple(
        gradient_row(measure, least, {int(key): held for key, held in tally.counts.items() if int(key)})
        for (measure, least), tally in sorted(counter.tenths.items(), key=lambda item: item[0][1])
    )
    return Coverage(
        homes=counter.homes,
        people=counter.people,
        homes_from=listed.kind,
        passing=own.passing,
        failing=own.failing,
        unknown=own.unknown,
        share=own.share,
        share_at_most=own.share_at_most,
        wheel_passing=wheels.passing,
        wheel_unknown=wheels.unknown,
        near_the_edge_of_data=counter.near_edge,
        read=listed.read,
        left_out=sum(listed.dropped.values()),
        rows=tuple(
            Share(measure, least, *parts(tally.total))
            for (measure, least), tally in sorted(counter.all.items(), key=lambda item: item[0][1])
        ),
        neighbourhoods=grouped(counter.groups.counts) if in_groups else (),
        deciles=grouped({key: tenths[key] for key in sorted(tenths, key=int) if int(key)}, by_share=False),
        gradients=gradients,
        furthest=counter.furthest_homes,
        suggestions=chosen,
        rejected=tuple(listed.faults),
    )


def _headline(value: Coverage, asked: Asked) -> Step:
    facts = {
        "share": value.share,
        "most": value.share_at_most,
        "limit": asked.rule.metres,
        "homes": value.homes,
    }
    sure = value.unknown == 0
    return Step("greenspace.coverage.sure" if sure else "greenspace.coverage.unsure", facts)


def _weights(listed: HomeList, placed: Neighbourhoods | None, value: Coverage) -> Step:
    """Return by what postcodes are weighted: the people of their own file, of areas, or nothing."""
    if listed.peopled:
        return Step("greenspace.postcodes.own", {"people": value.people})
    if placed is not None and placed.each is not None:
        return Step("greenspace.postcodes.areas", {"people": value.people, "file": placed.file})
    return Step("greenspace.postcodes.alike")


def _steps(value: Coverage, counter: Counter, listed: HomeList, asked: Asked) -> list[Step]:
    kept = {"homes": value.homes, "read": listed.read, "left_out": value.left_out}
    wheels = {"share": value.wheel_passing / value.people, "unknown": value.wheel_unknown / value.people}
    steps = [Step(f"greenspace.homes.{listed.kind}", kept)]
    steps += [
        Step("greenspace.left-out", {"what": what, "count": count})
        for what, count in sorted(listed.dropped.items())
    ]
    if listed.doubt:
        steps.append(Step("greenspace.coverage.doubt", {"metres": listed.doubt, "count": counter.close}))
    steps.append(Step("greenspace.coverage.wheel", wheels))
    if value.near_the_edge_of_data:
        near = {"count": value.near_the_edge_of_data, "limit": asked.rule.metres}
        steps.append(Step("greenspace.coverage.edge-of-data", near))
    own = next(
        (r for r in value.gradients if (r.measure, r.hectares) == (asked.rule.measure, asked.rule.hectares)),
        None,
    )
    if own is not None and own.bounded_index is not None:
        facts = {"index": own.bounded_index, "low": own.bounded_index_least, "high": own.bounded_index_most}
        steps.append(Step("greenspace.coverage.gradient", facts))
    return [*steps, *about(counter.known, asked.include, asked.rule, counter.sites, counter.ways)]
