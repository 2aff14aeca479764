"""What an answer about neighbourhoods holds: people counted by need, class, area, tenth and age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairground.networks import bends, nearest, profile, snap
from fairground.opportunity.neighbourhoods import (
    NeedGap,
    Placed,
    Scores,
    best_place,
    group_gaps,
    need_gaps,
)
from fairground.opportunity.neighbourhoods.scoring import HALF, MET, NAMES
from fairground.questions.opportunity.near_survey import Survey, at_best, gathered
from fairground.questions.opportunity.near_units import Units
from fairground.sources.homes import LISTED, Block
from fairground.sources.neighbourhoods import Neighbourhoods as SmallAreas
from fairground.sources.tabular import Fault

__all__: list[str] = []

Floats = NDArray[np.float64]
CANDIDATES = 1_000  # junctions that are tried for a new place, spread evenly
OFF = "No street of the map is within 500 metres"


@dataclass(frozen=True)
class NeedRow:
    """One need: its limit, its places, the people for whom it is met, and the same by the way beside."""

    need: str
    name: str
    share: float | None
    beside_share: float | None
    beside_share_at_best: float | None
    met: float
    unmet: float
    unknown: float
    lifted: float
    minutes: float
    places: int
    come_from: str


@dataclass(frozen=True)
class ModeRow:
    """One way of travelling: its speed, how far the limit reaches, and how people fare."""

    mode: str
    half_share: float
    half_share_at_best: float
    half: float
    mean_needs_met: float
    mean_score: float
    mean_score_at_best: float
    limit_metres: float
    metres_per_minute: float


@dataclass(frozen=True)
class ClassRow:
    """One class: people in it, surely and at best, by the way asked for and by the way beside."""

    grade: str
    people: float
    share: float
    share_at_best: float
    beside_share: float
    beside_share_at_best: float


@dataclass(frozen=True)
class GroupRow:
    """People of one area, tenth of deprivation or age: with half of their needs, and by the way beside."""

    name: str
    people: float
    half: float
    share: float
    beside_share: float
    beside_share_at_best: float
    score: float


@dataclass(frozen=True)
class AreaRow(GroupRow):
    """The same of a small area, with its code."""

    code: str


@dataclass(frozen=True)
class Neighbourhoods:
    """How people fare: in all, by need, class, way of travelling, area, tenth and age; what would help.

    half_share : share of people with at least half of the needs met for sure. gap : how much lower it is by
    the way beside (wheelchair or pushchair, or walking where that was asked for), surely and at best.
    """

    mode: str
    beside: str
    preset: str
    preset_name: str
    units: str
    homes_from: str
    homes: int
    people: float
    needs: int
    mean_needs_met: float
    mean_score: float
    mean_score_at_best: float
    half_share: float
    half_share_at_best: float
    beside_half_share: float
    beside_half_share_at_best: float
    gap: float
    gap_at_least: float
    lift_need: str
    lift_name: str
    lifted: float
    place_latitude: float | None
    place_longitude: float | None
    place_people: float
    place_bound: float
    near_the_edge_of_data: int
    read: int
    left_out: int
    out: str
    rows: tuple[NeedRow, ...]
    modes: tuple[ModeRow, ...]
    classes: tuple[ClassRow, ...]
    neighbourhoods: tuple[AreaRow, ...]
    deciles: tuple[GroupRow, ...]
    ages: tuple[GroupRow, ...]
    rejected: tuple[Fault, ...]


@dataclass(eq=False)
class Tally:
    """What is kept of the blocks: where homes are, who lives there, and their scores."""

    survey: Survey
    homes: int = 0
    off: int = 0
    near_edge: int = 0
    x: list[Floats] = field(default_factory=list)
    y: list[Floats] = field(default_factory=list)
    people: list[Floats] = field(default_factory=list)
    decile: list[NDArray[np.int64]] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    parts: dict[str, list[Scores]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, block: Block, scores: Mapping[str, Scores]) -> None:
        """Keep the homes of a block."""
        self.homes += len(block)
        for name in ("x", "y", "people", "decile"):
            getattr(self, name).append(getattr(block, name))
        self.group += block.group
        for mode, one in scores.items():
            self.parts.setdefault(mode, []).append(_small(one))
        limit = self.survey.asked.minutes * profile(self.survey.modes[0]).metres_per_minute
        self.near_edge += int((self.survey.known.to_the_end(block.x, block.y) < limit).sum())

    def leave_out(self, kind: str, block: Block, on: NDArray[np.bool_]) -> None:
        """List the homes that no street of the map comes near; a hexagon of empty land is none."""
        if kind == "hexagons":
            return
        rows = np.flatnonzero(~on).tolist()
        self.off += len(rows)
        for row in rows[: LISTED - len(self.faults)]:
            self.faults.append(Fault(int(block.row[row]), "id", block.id[row], OFF, "homes on this map"))


def _small(scores: Scores) -> Scores:
    """Return the same scores in half the memory: a long list keeps those of every home."""
    short = {name: getattr(scores, name).astype(np.int16) for name in ("met", "may", "grade", "grade_if")}
    return replace(scores, **short)


def told(tally: Tally, listed: Units, small: SmallAreas | None, out: str) -> Neighbourhoods:
    """Return the answer's value of everything that was kept."""
    survey, asked = tally.survey, tally.survey.asked
    scores = {mode: gathered(tally.parts.pop(mode)) for mode in list(tally.parts)}  # never held twice
    own, beside = scores[survey.modes[0]], scores[survey.modes[1]]
    at = _areas(tally, small)
    people = _people(tally, small, at)
    gaps = need_gaps(asked, own, people)
    best = max(_that_can_be_built(survey, gaps), key=lambda gap: (gap.lifted, gap.unmet + gap.unknown))
    placed, where = _place(
        tally, own, people, asked.needs.index(next(n for n in asked.needs if n.id == best.need))
    )
    modes = tuple(_mode(survey, mode, one, people) for mode, one in scores.items())
    total = float(people.sum())
    return Neighbourhoods(
        mode=survey.modes[0],
        beside=survey.modes[1],
        preset=asked.id,
        preset_name=asked.name,
        units=listed.kind,
        homes_from=listed.listed.kind,
        homes=tally.homes,
        people=total,
        needs=len(asked.needs),
        **_heads(modes[0], modes[1]),
        lift_need=best.need,
        lift_name=best.name,
        lifted=best.lifted,
        **_spot(placed, *where),
        near_the_edge_of_data=tally.near_edge,
        read=listed.listed.read,
        left_out=listed.listed.read - tally.homes if listed.kind != "hexagons" else 0,
        out=Path(out).name,
        rows=_need_rows(survey, gaps, need_gaps(asked, beside, people), total),
        modes=modes,
        classes=_classes(own, beside, people),
        neighbourhoods=_area_rows(own, beside, people, tally, small),
        deciles=_tenths(own, beside, people, tally),
        ages=_ages(own, beside, people, small, at),
        rejected=tuple([*listed.listed.faults, *tally.faults][:LISTED]),
    )


def _that_can_be_built(survey: Survey, gaps: tuple[NeedGap, ...]) -> list[NeedGap]:
    """Return the needs that a new place could meet; without a timetable no stop is known to serve."""
    found = [gap for gap, how in zip(gaps, survey.found.come_from, strict=True) if how != "untimed"]
    return found or list(gaps)


def _spot(placed: Placed, latitude: float | None, longitude: float | None) -> dict[str, Any]:
    """Return where a new place would help most, whom it reaches, and the most that any could reach."""
    return {
        "place_latitude": latitude,
        "place_longitude": longitude,
        "place_people": placed.people,
        "place_bound": placed.bound,
    }


def _heads(own: ModeRow, beside: ModeRow) -> dict[str, float]:
    """Return the figures at the head: those of the way asked for, and how much less the other has."""
    return {
        "mean_needs_met": own.mean_needs_met,
        "mean_score": own.mean_score,
        "mean_score_at_best": own.mean_score_at_best,
        "half_share": own.half_share,
        "half_share_at_best": own.half_share_at_best,
        "beside_half_share": beside.half_share,
        "beside_half_share_at_best": beside.half_share_at_best,
        "gap": own.half_share - beside.half_share,
        "gap_at_least": own.half_share - beside.half_share_at_best,
    }


def _areas(tally: Tally, small: SmallAreas | None) -> NDArray[np.int64]:
    if small is None:
        return np.full(tally.homes, -1, np.int64)
    return small.of(np.concatenate(tally.x), np.concatenate(tally.y), tally.group)


def _people(tally: Tally, small: SmallAreas | None, at: NDArray[np.int64]) -> Floats:
    """Return the people in each home: as the list says, else an equal share of its area's people."""
    people = np.concatenate(tally.people)
    if small is None or (people != 1).any():
        return people
    homes = np.bincount(at[at >= 0], minlength=len(small))
    each = np.divide(small.people, homes, out=np.ones(len(small)), where=homes > 0)
    return np.where((at >= 0) & np.isfinite(each[at]), each[at], people)


def _group_rows(own: Scores, beside: Scores, people: Floats, groups: Sequence[str]) -> tuple[GroupRow, ...]:
    """Return how groups fare by the way asked for, the worst served first, and by the way beside."""
    other = {gap.group: gap.share for gap in group_gaps(beside, people, groups)}
    best = {gap.group: gap.share for gap in group_gaps(at_best(beside), people, groups)}
    return tuple(
        GroupRow(gap.group, gap.people, gap.half, gap.share, other[gap.group], best[gap.group], gap.score)
        for gap in group_gaps(own, people, groups)
    )


def _area_rows(
    own: Scores, beside: Scores, people: Floats, tally: Tally, small: SmallAreas | None
) -> tuple[AreaRow, ...]:
    """Return how small areas fare, by name where the file has names, the worst served first."""
    named = dict(zip(small.code, small.name, strict=True)) if small else {}
    rows = _group_rows(own, beside, people, tally.group)
    return tuple(
        AreaRow(**{**vars(row), "name": named.get(row.name, row.name)}, code=row.name) for row in rows
    )


def _tenths(own: Scores, beside: Scores, people: Floats, tally: Tally) -> tuple[GroupRow, ...]:
    """Return how the tenths of deprivation fare, the most deprived first."""
    told = [str(tenth) if tenth > 0 else "" for tenth in np.concatenate(tally.decile).tolist()]
    return tuple(sorted(_group_rows(own, beside, people, told), key=lambda row: int(row.name)))


def _ages(
    own: Scores, beside: Scores, people: Floats, small: SmallAreas | None, at: NDArray[np.int64]
) -> tuple[GroupRow, ...]:
    """Return how children and older people fare: each area's shares, spread evenly over its homes."""
    if small is None:
        return ()
    found: list[GroupRow] = []
    for name, number in (("under 16", small.young), ("65 and over", small.old)):
        share = np.divide(number, small.people, out=np.zeros(len(small)), where=small.people > 0)
        weight = np.where(at >= 0, np.nan_to_num(share)[at], 0.0) * people
        found += _group_rows(own, beside, weight, [name] * len(people)) if weight.any() else ()
    return tuple(found)


def _mode(survey: Survey, mode: str, scores: Scores, people: Floats) -> ModeRow:
    total = float(people.sum()) or 1.0
    speed = profile(mode).metres_per_minute
    half, may = (float(people[grade <= HALF].sum()) for grade in (scores.grade, scores.grade_if))
    met, sure, best = (float(people @ one) / total for one in (scores.met, scores.score, scores.score_if))
    limit = speed * survey.asked.minutes
    return ModeRow(mode, half / total, may / total, half, met, sure, best, limit, speed)


def _need_rows(
    survey: Survey, own: tuple[NeedGap, ...], beside: tuple[NeedGap, ...], total: float
) -> tuple[NeedRow, ...]:
    def share(number: float) -> float | None:
        return number / total if total else None

    return tuple(
        NeedRow(
            gap.need, gap.name, share(gap.met), share(other.met), share(other.met + other.unknown),
            gap.met, gap.unmet, gap.unknown, gap.lifted, gap.minutes, places.count, come_from,
        )
        for gap, other, places, come_from in zip(
            own, beside, survey.found.places, survey.found.come_from, strict=True
        )
    )  # fmt: skip


def _classes(own: Scores, beside: Scores, people: Floats) -> tuple[ClassRow, ...]:
    total = float(people.sum()) or 1.0
    found = []
    for row, name in enumerate(NAMES):
        sums = [
            float(people[grade == row].sum())
            for grade in (own.grade, own.grade_if, beside.grade, beside.grade_if)
        ]
        found.append(ClassRow(name, sums[0], *(one / total for one in sums)))
    return tuple(found)


def _place(
    tally: Tally, scores: Scores, people: Floats, column: int
) -> tuple[Placed, tuple[float | None, float | None]]:
    """Return the junction where a place for a need would bring most of those who lack it within the limit."""
    survey = tally.survey
    mode, need = survey.modes[0], survey.asked.needs[column]
    graph, limit = survey.graphs[mode], need.minutes * survey.per_minute(mode)
    lacking = np.flatnonzero(scores.state[:, column] != MET)
    x, y = np.concatenate(tally.x)[lacking], np.concatenate(tally.y)[lacking]
    homes = snap(graph, x, y)
    firsts = graph.bend_starts[:-1][graph.mainland]
    spots = bends(graph).rows(firsts[:: max(1, len(firsts) // CANDIDATES)])

    def within(candidate: int, rows: NDArray[np.int64]) -> Floats:
        cost = nearest(
            graph, homes.rows(rows), spots.rows(np.array([candidate])), limit=limit, unknown="bar"
        ).cost
        return np.isfinite(cost).astype(float)

    metres = need.minutes * profile(mode).metres_per_minute
    placed = best_place(x, y, people[lacking], spots.x, spots.y, metres=metres, within=within)
    if placed.row < 0:
        return placed, (None, None)
    longitude, latitude = graph.projection.degrees(spots.x[[placed.row]], spots.y[[placed.row]])
    return placed, (float(latitude[0]), float(longitude[0]))
