"""How many homes are near enough to green space: in all, by neighbourhood, by deprivation, by every measure.

Homes are read block by block, so that a list of any length fits; of each block only counts are kept, and the
homes that are furthest away. What is unknown is kept apart throughout.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.evidence import Answer, Method, Step, merged
from fairground.opportunity.greenspace import MEASURES, Distances, Tally, distances, judge
from fairground.opportunity.greenspace.finding import walked_again
from fairground.questions.opportunity.green_choice import Left, Suggestion, suggested
from fairground.questions.opportunity.green_homes import HomeList, homes_of
from fairground.questions.opportunity.green_places import Neighbourhoods, neighbourhoods
from fairground.questions.opportunity.green_rows import name
from fairground.questions.opportunity.green_shares import (
    Coverage,
    FarHome,
    Share,
    gradient_row,
    grouped,
    named,
    parts,
)
from fairground.questions.opportunity.green_steps import about
from fairground.questions.opportunity.greenspace import LATEST, Asked
from fairground.questions.opportunity.ground import Ground, Walker, ground
from fairground.sources.catalogue import source
from fairground.sources.homes import LISTED, Block
from fairground.sources.tabular import Fault

__all__ = ["coverage"]

Floats = NDArray[np.float64]
WORST = 20
METHOD = Method(
    "green-space-coverage",
    "Each home's exact walk to a way in, counted; shares by neighbourhood and tenth of deprivation",
    "As for one home; Kakwani, Wagstaff and van Doorslaer, Journal of Econometrics 77 (1997), for inequality",
)


@dataclass(frozen=True, eq=False)
class Told:
    """What is told of the homes of one block: metres on foot, verdict, reason, and all measures."""

    block: Block
    x: Floats
    y: Floats
    metres: Floats
    verdict: NDArray[np.int8]
    reason: list[str]
    space: list[str]
    measures: dict[str, Floats]


@dataclass
class _Counter:
    """Everything that is counted while the blocks go by."""

    known: Ground
    asked: Asked
    homes: int = 0
    people: float = 0.0
    near_edge: int = 0
    all: dict[tuple[str, float], Tally] = field(default_factory=dict)
    tenths: dict[tuple[str, float], Tally] = field(default_factory=dict)
    groups: Tally = field(default_factory=Tally)
    wheels: Tally = field(default_factory=Tally)
    far: list[tuple[float, int, FarHome]] = field(default_factory=list)
    left: Left = field(default_factory=Left)
    placed: int = 0

    def __post_init__(self) -> None:
        self.sites, self.ways = self.known.sites(self.asked.include)

    def add(self, block: Block) -> Told:
        """Count the homes of a block and return what is told of each."""
        walker = Walker(self.known.walk, block.x, block.y)
        found = {least: self._found(block, walker, least) for least in self.asked.floors}
        rule, limit = self.asked.rule, self.asked.rule.metres
        for least, one in found.items():
            for measure in MEASURES:
                verdicts = one.verdicts(measure, limit)
                self.all.setdefault((measure, least), Tally()).add([""] * len(block), verdicts, block.people)
                if block.decile.any():
                    tenths = self.tenths.setdefault((measure, least), Tally())
                    tenths.add(block.decile.astype(str).tolist(), verdicts, block.people)
        ruled = found[rule.hectares]
        self.groups.add(block.group, ruled.verdicts(rule.measure, limit), block.people)
        self._on_wheels(block, found[self.asked.least])
        self.homes += len(block)
        self.people += float(block.people.sum())
        self.near_edge += int((self.known.to_the_end(block.x, block.y) < limit).sum())
        walked = found[self.asked.least]
        self.placed += sum(map(bool, block.group))
        self.left.add(block, ~(found[rule.hectares].metres["door"] <= limit))
        spaces = [name(self.sites, int(site)) for site in walked.site["door"]]
        self._keep_far(block, walked.metres["door"], spaces)
        verdict, reason = ruled.verdicts(rule.measure, limit), ruled.reasons(rule.measure, limit)
        return Told(block, block.x, block.y, walked.metres["door"], verdict, reason, spaces, walked.metres)

    def _found(self, block: Block, walker: Walker, least: float) -> Distances:
        return distances(
            self.sites, self.ways, block.x, block.y, walk=walker, line=self.known.line, hectares=least
        )

    def _on_wheels(self, block: Block, walked: Distances) -> None:
        limit = self.asked.rule.metres
        sure, perhaps = (
            walked_again(
                walked,
                self.ways,
                block.x,
                block.y,
                walk=self.known.wheeling(block.x, block.y, unknown),
                sites=self.sites,
            )
            for unknown in ("bar", "pass")
        )
        verdict = judge(sure, limit, hidden=np.minimum(perhaps, walked.hidden))
        self.wheels.add([""] * len(block), verdict, block.people)

    def _keep_far(self, block: Block, metres: Floats, spaces: list[str]) -> None:
        for at in np.argsort(-metres, kind="stable")[:WORST].tolist():
            far = float(metres[at])
            told = FarHome(block.id[at], block.group[at], far if np.isfinite(far) else None, spaces[at])
            heapq.heappush(self.far, (far, -int(block.row[at]), told))
            if len(self.far) > WORST:
                heapq.heappop(self.far)


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
    each: Callable[[Told, Ground], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Answer[Coverage]:
    """Answer how many homes are near enough to green space that everybody may enter.

    Parameters
    ----------
    streets : an OpenStreetMap extract (PBF).
    homes : a CSV with a row for each home (latitude and longitude, or easting and northing; columns for
        neighbourhood, decile and people are used where there are any), or a GeoJSON or GeoPackage file; the
        buildings of the street map where none is given.
    green, rule_id, limit, min_hectares, include, on : as for `check`.
    areas : a file of neighbourhoods with their tenth of deprivation: a CSV with the codes that the homes
        have, or a map file with polygons.
    choose : how many new entrances and new spaces to choose, 0 for none.
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
    counter, listed = _Counter(known, asked), homes_of(known, homes)
    placed = neighbourhoods(Path(areas), known.projection) if str(areas) else None
    _count(counter, listed, placed, each, progress)
    chosen, why = _choice(counter, choose)
    value = _coverage(counter, listed[0], chosen, in_groups=listed[0].grouped or placed is not None)
    value = named(value, placed.names if placed else {})
    steps = [_headline(value, asked), *why, *_steps(value, counter, listed[0], asked)]
    if placed is not None:
        facts = {
            "file": placed.file,
            "homes": value.homes,
            "placed": counter.placed,
            "areas": len(placed.codes),
        }
        steps.insert(1, Step("greenspace.areas", facts))
    more = (listed[0].source, *((placed.source,) if placed else ()), source("ippr-parallel-lives-2023"))
    return Answer(value, METHOD, tuple(steps), merged(known.sources, more))


def _count(
    counter: _Counter,
    listed: tuple[HomeList, Iterator[Block]],
    placed: Neighbourhoods | None,
    each: Callable[[Told, Ground], None] | None,
    progress: Callable[[int], None] | None,
) -> None:
    """Count every block of homes.

    Raises
    ------
    DataProblem : not one home lies on the map.
    """
    for block in listed[1]:
        near = _near_streets(counter.known, listed[0], placed.placed(block) if placed else block)
        if len(near):
            told = counter.add(near)
            if each is not None:
                each(told, counter.known)
        if progress is not None:
            progress(counter.homes)
    if not counter.homes:
        what = "No home lies on this street map"
        raise DataProblem(what, listed[0].source.title, try_this="a map of the place where the homes are")


def _choice(counter: _Counter, choose: int) -> tuple[tuple[Suggestion, ...], list[Step]]:
    if not choose:
        return (), []
    limit, least = counter.asked.rule.metres, counter.asked.rule.hectares
    return suggested(counter.known, counter.sites, counter.left, limit=limit, least=least, choose=choose)


def _near_streets(known: Ground, listed: HomeList, block: Block) -> Block:
    """Return the homes of a block that a street comes near; the others are listed as left out."""
    gap = Walker(known.walk, block.x, block.y).homes.gap
    off = np.flatnonzero(~np.isfinite(gap))
    if not len(off):
        return block
    what = "No street of the map is within 500 metres"
    listed.off[what] = listed.off.get(what, 0) + len(off)
    for at in off[: LISTED - len(listed.off_faults)].tolist():
        longitude, latitude = known.projection.degrees(block.x[[at]], block.y[[at]])
        where = f"{latitude[0]:.6f},{longitude[0]:.6f}"
        listed.off_faults.append(Fault(int(block.row[at]), "place", where, what, "a place on the street map"))
    kept = np.flatnonzero(np.isfinite(gap))
    return Block(
        block.row[kept],
        tuple(block.id[at] for at in kept),
        block.x[kept],
        block.y[kept],
        tuple(block.group[at] for at in kept),
        block.decile[kept],
        block.people[kept],
    )


def _coverage(
    counter: _Counter, listed: HomeList, chosen: tuple[Suggestion, ...], *, in_groups: bool
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
        furthest=tuple(told for _, _, told in sorted(counter.far, reverse=True)),
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


def _steps(value: Coverage, counter: _Counter, listed: HomeList, asked: Asked) -> list[Step]:
    kept = {"homes": value.homes, "read": listed.read, "left_out": value.left_out}
    wheels = {"share": value.wheel_passing / value.people, "unknown": value.wheel_unknown / value.people}
    steps = [Step(f"greenspace.homes.{listed.kind}", kept)]
    steps += [
        Step("greenspace.left-out", {"what": what, "count": count})
        for what, count in sorted(listed.dropped.items())
    ]
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
