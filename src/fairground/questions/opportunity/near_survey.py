"""Works out, block by block, how far each home is from each need by each way of travelling, and its score."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.networks import Snapped, StreetGraph, Tiling, build_graph, profile, snap
from fairground.opportunity.neighbourhoods import Preset, Scores, joined, reach, score, tiles
from fairground.opportunity.neighbourhoods.reach import Joined
from fairground.opportunity.neighbourhoods.scoring import MET, NAMES, SAID, UNKNOWN
from fairground.questions.opportunity.ground import Ground
from fairground.questions.opportunity.kept_blocks import Arrays, KeptBlocks
from fairground.questions.opportunity.near_places import Found, shut, straight
from fairground.questions.opportunity.near_sweep import Found as Distances
from fairground.questions.opportunity.near_sweep import Runner, here
from fairground.questions.opportunity.near_units import outline_of
from fairground.questions.opportunity.walking import SAME
from fairground.sources.homes import Block
from fairground.sources.layers import Rows

__all__: list[str] = []

Floats = NDArray[np.float64]
Columns = dict[str, NDArray[np.generic]]
MODES = ("walk", "wheel", "cycle")
LEAST_SIDE, MOST_SIDE = 100.0, 1_000_000.0  # metres of a tile
FURTHEST = 60.0  # minutes: how far is looked for the nearest place


@dataclass(frozen=True, eq=False)
class Judged:
    """Of one way of travelling: how far homes are from each need, surely and at best, and their scores."""

    sure: Floats
    perhaps: Floats
    scores: Scores

    def rows(self, chosen: NDArray[np.int64]) -> Judged:
        """Return some of the homes."""
        return Judged(self.sure[chosen], self.perhaps[chosen], self.scores.rows(chosen))


@dataclass(eq=False)
class Survey:
    """Everything that is the same for each block of homes.

    side : metres of a tile, 0 for the whole network at once. run : what works the tiles out.
    """

    known: Ground
    asked: Preset
    found: Found
    modes: tuple[str, ...]
    furthest: float = FURTHEST
    side: float = 0.0
    run: Runner = here

    def __post_init__(self) -> None:
        if self.side and not LEAST_SIDE <= self.side <= MOST_SIDE:
            raise BadInput(
                "The side of a tile is in metres", "tile", self.side, f"{LEAST_SIDE:g} to {MOST_SIDE:g}"
            )
        most = max(need.minutes for need in self.asked.needs)
        if not 2 * most <= self.furthest <= 240:
            raise BadInput(
                "How far to look is in minutes",
                "furthest",
                self.furthest,
                f"{2 * most:g} (twice the limit) to 240",
            )
        self.graphs = {mode: self._graph(mode) for mode in self.modes}
        self.tilings = {mode: Tiling(graph) for mode, graph in self.graphs.items()}
        self.doors = {mode: self._doors(mode) for mode in self.modes}
        self.shut = self.found.sites.shapes[shut(self.found.ways)]

    def _graph(self, mode: str) -> StreetGraph:
        if mode == "cycle":
            return build_graph(self.known.streets.ways, profile("cycle"), unit="minutes")[0]
        return self.known.wheel if mode == "wheel" else self.known.walk

    def _doors(self, mode: str) -> tuple[Joined, ...]:
        """Return the doors of each need on the streets; by wheel only those that a wheel comes to."""
        doors = joined(self.graphs[mode], self.found.places)
        if mode != "wheel":
            return doors
        return tuple(self._by_wheel(at, points, sure) for at, (points, sure) in enumerate(doors))

    def _by_wheel(self, column: int, points: Snapped, sure: NDArray[np.bool_]) -> Joined:
        """Return the doors without those to which a wheel would have to leap over steps or a stile.

        A door that lies on a path, and every way into a green space, is reached along the street on which
        people walk to it. What lies beside the streets is reached from the nearest street fit for wheels.
        What the map says no wheelchair can enter is not reached at all.
        """
        place, footing = self.found.places[column], self.known.footing
        if not points.count:
            return points, sure
        walked = snap(self.known.walk, place.x, place.y, islands=True)
        off = points.gap > walked.gap + SAME
        if column not in self.greens:
            off &= walked.gap <= SAME
        if len(place.no_wheels):
            off |= place.no_wheels
        if footing.stop.n:
            off |= footing.stop.query(np.column_stack([place.x, place.y]))[0] <= SAME
        return points.rows(~off), sure[~off]

    @cached_property
    def greens(self) -> tuple[int, ...]:
        """The columns of needs that are green space on the map."""
        return tuple(at for at, one in enumerate(self.found.come_from) if one == "green")

    def per_minute(self, mode: str) -> float:
        """What a minute is in the unit of a mode's distances."""
        return 1.0 if self.graphs[mode].unit == "minutes" else profile(mode).metres_per_minute

    def on_the_map(self, block: Block) -> NDArray[np.bool_]:
        """Return which homes have a street nearby that people can walk on."""
        return snap(self.known.walk, block.x, block.y).edge >= 0

    def judge(self, block: Block) -> dict[str, Judged]:
        """Return what is found of some homes, by way of travelling."""
        inside = straight(self.known, self.found.sites.shapes, block.x, block.y) == 0
        hidden = straight(self.known, self.shut, block.x, block.y)
        found = {}
        for mode, graph in self.graphs.items():
            homes, unit = snap(graph, block.x, block.y), self.per_minute(mode)
            sure, perhaps = self._reach(mode, homes)
            for column in self.greens:
                sure[inside, column] = 0.0
                as_cost = hidden * unit / profile(mode).metres_per_minute
                perhaps[:, column] = np.minimum(np.minimum(perhaps[:, column], sure[:, column]), as_cost)
            found[mode] = Judged(sure, perhaps, score(self.asked, sure, perhaps, per_minute=unit))
        return found

    def _reach(self, mode: str, homes: Snapped) -> Distances:
        """Return how far homes are from each need, undivided or tile by tile: the same numbers."""
        graph, doors, limit = self.graphs[mode], self.doors[mode], self.furthest * self.per_minute(mode)
        if not self.side:
            return reach(graph, homes, doors, limit=limit)
        sure, perhaps = (np.full((homes.count, len(doors)), np.inf) for _ in range(2))
        metres = self.furthest * profile(mode).metres_per_minute
        parts = tiles(self.tilings[mode], homes, doors, limit=limit, metres=metres, side=self.side)
        for rows, found in self.run(parts):
            sure[rows], perhaps[rows] = found
        return sure, perhaps

    def rows(self, block: Block, judged: Mapping[str, Judged], side: float) -> Rows:
        """Return the rows of a file: who, then the first way of travelling, then the others by name."""
        end = self.known.to_the_end(block.x, block.y)
        limit = self.asked.minutes * profile(self.modes[0]).metres_per_minute
        columns: Columns = {
            "id": np.array(block.id, object),
            "neighbourhood": np.array(block.group, object),
            "edge_of_data": end < limit,
        }
        for number, mode in enumerate(self.modes):
            columns |= self._columns(mode, judged[mode], "" if number == 0 else f"{mode}_")
        return Rows(outline_of(block.x, block.y, self.known, side), columns)

    def _columns(self, mode: str, judged: Judged, lead: str) -> Columns:
        scores, unit = judged.scores, self.per_minute(mode)
        words, grades = np.array([SAID[0], SAID[1], SAID[-1]], object), np.array(NAMES, object)
        found: Columns = {
            f"{lead}needs_met": scores.met.astype(np.int64),
            f"{lead}needs_met_at_best": scores.may.astype(np.int64),
            f"{lead}score": scores.score,
            f"{lead}score_at_best": scores.score_if,
            f"{lead}class": grades[scores.grade],
            f"{lead}class_at_best": grades[scores.grade_if],
        }
        for column, need in enumerate(self.asked.needs):
            found[f"{lead}{need.id}"] = words[scores.state[:, column]]
            found[f"{lead}{need.id}_minutes"] = judged.sure[:, column] / unit
            if self.graphs[mode].unit == "metres":
                found[f"{lead}{need.id}_metres"] = judged.sure[:, column]
            found[f"{lead}{need.id}_minutes_at_best"] = judged.perhaps[:, column] / unit
        return found


def judged(survey: Survey, block: Block, blocks: KeptBlocks | None) -> dict[str, Judged]:
    """Return what is found of the next block of homes: kept in a folder before, or worked out now.

    Raises
    ------
    DataProblem : the folder cannot be written to.
    """
    if blocks is None:
        return survey.judge(block)
    names, shape = ("sure", "perhaps"), (len(block), len(survey.asked.needs))

    def work() -> tuple[Arrays, dict[str, object]]:
        found = survey.judge(block)
        return {f"{mode}.{name}": getattr(found[mode], name) for mode in survey.modes for name in names}, {}

    arrays, _ = blocks.block((block.x, block.y), work)
    told = {}
    for mode in survey.modes:
        sure, perhaps = (arrays[f"{mode}.{name}"].reshape(shape) for name in names)
        told[mode] = Judged(
            sure, perhaps, score(survey.asked, sure, perhaps, per_minute=survey.per_minute(mode))
        )
    return told


def blocks_of(folder: str | Path, survey: Survey) -> KeptBlocks | None:
    """Return where finished blocks are kept, named by the map, all places for needs and what was asked."""
    if not str(folder):
        return None
    parts = ("x", "y", "sure", "no_wheels")
    places = [[getattr(one, part).tobytes() for part in parts] for one in survey.found.places]
    seen = hashlib.sha256(repr(places).encode()).hexdigest()
    notes = tuple(source.note for source in survey.known.sources)
    about = (survey.known.streets.digest, notes, seen, survey.asked.written(), survey.modes, survey.furthest)
    return KeptBlocks(Path(folder), repr(about))


def kept(block: Block, rows: NDArray[np.bool_]) -> Block:
    """Return some homes of a block."""
    at = np.flatnonzero(rows).tolist()
    return Block(
        block.row[rows],
        tuple(block.id[n] for n in at),
        block.x[rows],
        block.y[rows],
        tuple(block.group[n] for n in at),
        block.decile[rows],
        block.people[rows],
    )


def gathered(parts: Sequence[Scores]) -> Scores:
    """Return the scores of several blocks as one."""
    names = ("state", "met", "may", "score", "score_if", "grade", "grade_if")
    return Scores(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def at_best(scores: Scores) -> Scores:
    """Return the same scores as if every unknown place and street proved good."""
    state = np.where(scores.state == UNKNOWN, MET, scores.state).astype(np.int8)
    return replace(scores, state=state, met=scores.may, score=scores.score_if, grade=scores.grade_if)
