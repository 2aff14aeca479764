"""Counts homes against green space block by block: what is kept does not grow with the number of homes.

Only where places for something new are to be chosen are the homes that do not pass kept: 24 bytes each.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from fairground.opportunity.greenspace import MEASURES, Tally, judge
from fairground.opportunity.greenspace.coverage import Keys
from fairground.questions.opportunity import green_kept
from fairground.questions.opportunity.green_choice import Left
from fairground.questions.opportunity.green_homes import HomeList
from fairground.questions.opportunity.green_rows import name
from fairground.questions.opportunity.green_shares import FarHome
from fairground.questions.opportunity.green_tiles import Measured, Run, measured, tiles, together
from fairground.questions.opportunity.greenspace import Asked
from fairground.questions.opportunity.ground import Ground
from fairground.questions.opportunity.kept_blocks import KeptBlocks
from fairground.sources.homes import LISTED, Block
from fairground.sources.tabular import Fault

__all__: list[str] = []

Floats = NDArray[np.float64]
WORST = 20


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
class Counter:
    """Everything that is counted while the blocks go by.

    furthest : metres beyond which nothing is looked for. keep : whether homes that do not pass are kept.
    kept : where what is measured is kept, to go on after work was killed.
    """

    known: Ground
    asked: Asked
    furthest: float
    keep: bool
    kept: KeptBlocks | None = None
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
    close: int = 0

    def __post_init__(self) -> None:
        self.sites, self.ways = self.known.sites(self.asked.include)
        self.footing = replace(self.known.footing, furthest=self.furthest)
        self.named = np.array([name(self.sites, at) for at in range(len(self.sites))] + [""], object)

    @property
    def furthest_homes(self) -> tuple[FarHome, ...]:
        """The homes that are furthest on foot from a way in, the furthest first."""
        return tuple(told for _, _, told in sorted(self.far, reverse=True))

    def add(self, block: Block, listed: HomeList, tiled: tuple[Run, float] | None) -> Told:
        """Count the homes of a block and return what is told of each; those off the streets are left out."""
        found = self._measured(block.x, block.y, tiled)
        self._list_the_others(block, found.on, listed)
        if len(found.on) < len(block):
            block = block.rows(found.on)
        rule, walked, ruled = (
            self.asked.rule,
            found.found[self.asked.least],
            found.found[self.asked.rule.hectares],
        )
        self._tally(block, found)
        verdict = ruled.verdicts(rule.measure, rule.metres)
        self.homes += len(block)
        self.people += float(block.people.sum())
        self.near_edge += int((self.known.to_the_end(block.x, block.y) < rule.metres).sum())
        self.placed += sum(map(bool, block.group))
        if listed.doubt:
            self.close += int((np.abs(ruled.metres[rule.measure] - rule.metres) <= listed.doubt).sum())
        if self.keep:
            self.left.add(block, ~(ruled.metres["door"] <= rule.metres))
        spaces = self.named[walked.site["door"]].tolist()
        self._keep_far(block, walked.metres["door"], spaces)
        reason = ruled.reasons(rule.measure, rule.metres)
        return Told(block, block.x, block.y, walked.metres["door"], verdict, reason, spaces, walked.metres)

    def _measured(self, x: Floats, y: Floats, tiled: tuple[Run, float] | None) -> Measured:
        place = (self.footing, self.sites, self.ways, x, y, self.asked.floors, self.asked.least)

        def work() -> Measured:
            if tiled is None:
                return measured(*place)
            run, side = tiled
            return together(run(tiles(*place, side=side)))

        return work() if self.kept is None else green_kept.measured(self.kept, x, y, work)

    def _tally(self, block: Block, found: Measured) -> None:
        """Count verdicts: of every measure and size, by tenth and neighbourhood, and by wheel."""
        one, rule = Keys.same(len(block)), self.asked.rule
        tenth = Keys.of(block.decile.astype(str).tolist()) if block.decile.any() else None
        for least, held in found.found.items():
            for measure in MEASURES:
                verdicts = held.verdicts(measure, rule.metres)
                self.all.setdefault((measure, least), Tally()).add(one, verdicts, block.people)
                if tenth is not None:
                    tenths = self.tenths.setdefault((measure, least), Tally())
                    tenths.add(tenth, verdicts, block.people)
        ruled, walked = found.found[rule.hectares], found.found[self.asked.least]
        verdicts = ruled.verdicts(rule.measure, rule.metres)
        self.groups.add(Keys.of(block.group), verdicts, block.people)
        hidden = np.minimum(found.perhaps, walked.hidden)
        self.wheels.add(one, judge(found.sure, rule.metres, hidden=hidden), block.people)

    def _list_the_others(self, block: Block, on: NDArray[np.int64], listed: HomeList) -> None:
        """List the homes of a block that no street comes near as left out."""
        off = np.delete(np.arange(len(block)), on)
        if not len(off):
            return
        what = "No street of the map is within 500 metres"
        listed.off[what] = listed.off.get(what, 0) + len(off)
        for at in off[: max(0, LISTED - len(listed.off_faults))].tolist():
            longitude, latitude = self.known.projection.degrees(block.x[[at]], block.y[[at]])
            where = f"{latitude[0]:.6f},{longitude[0]:.6f}"
            row = int(block.row[at])
            listed.off_faults.append(Fault(row, "place", where, what, "a place on the street map"))

    def _keep_far(self, block: Block, metres: Floats, spaces: list[str]) -> None:
        for at in np.argsort(-metres, kind="stable")[:WORST].tolist():
            far = float(metres[at])
            told = FarHome(block.id[at], far if np.isfinite(far) else None, spaces[at], block.group[at])
            heapq.heappush(self.far, (far, -int(block.row[at]), told))
            if len(self.far) > WORST:
                heapq.heappop(self.far)
