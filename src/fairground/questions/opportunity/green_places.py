"""In which neighbourhood each home lies, and in which tenth of deprivation: from a file of areas.

The file is a CSV (a column of area codes, as the homes have them, and one of deciles) or a map file with the
areas as polygons; then a home belongs to the polygon in which it lies. Where homes are postcodes and the file
says how many people live in each area, they are shared out evenly over the area's postcodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.evidence import Source
from fairground.networks import Projection
from fairground.questions.opportunity.green_homes import MAPS
from fairground.questions.own_table import OwnTable
from fairground.sources.homes import NUMBER, Block
from fairground.sources.shapes import own_source, read_shapes

__all__: list[str] = []

CODES = ("area", "lsoa21cd", "lsoa11cd", "lsoa_code", "lsoa", "area_code", "code", "neighbourhood", "group")
PEOPLE = ("people", "population", "residents", "all_people")
DECILES = ("imd_decile", "decile", "deprivation_decile", "imddecile")


@dataclass(frozen=True, eq=False)
class Neighbourhoods:
    """Areas with their deciles, by code and by name, and their shapes where the file has them."""

    file: str
    codes: tuple[str, ...]
    names: dict[str, str]
    deciles: dict[str, int]
    shapes: NDArray[np.object_]
    source: Source
    people: dict[str, float]
    each: dict[str, float] | None = None

    def shared_out(self, blocks: Iterable[Block]) -> Neighbourhoods:
        """Return the same areas with the people of each shared out over its homes, which are read for it."""
        count: Counter[str] = Counter()
        for block in blocks:
            count.update(self.placed(block).group)
        each = {code: self.people.get(code, 0.0) / homes for code, homes in count.items()}
        if not sum(each.values()):
            told = "Nobody lives in the areas in which the homes lie"
            raise DataProblem(told, self.file, try_this="areas with people, of the place where the homes are")
        return replace(self, each=each)

    def placed(self, block: Block) -> Block:
        """Return the homes of a block with their neighbourhood, tenth of deprivation and people."""
        group = self._lying_in(block) if len(self.shapes) else block.group
        told = np.array([self.deciles.get(code, 0) for code in group], np.int64)
        decile = np.where(told > 0, told, block.decile)
        people = block.people
        if self.each is not None:
            people = np.array([self.each.get(code, 0.0) for code in group])
        return Block(block.row, block.id, block.x, block.y, group, decile, people)

    def _lying_in(self, block: Block) -> tuple[str, ...]:
        home, area = shapely.STRtree(self.shapes).query(shapely.points(block.x, block.y), predicate="within")
        found = [""] * len(block)
        for at, one in zip(home[::-1].tolist(), area[::-1].tolist(), strict=True):
            found[at] = self.codes[one]
        return tuple(found)


def neighbourhoods(path: Path, to: Projection) -> Neighbourhoods:
    """Return the areas of a file.

    Raises
    ------
    DataProblem : the file has no column of codes. BadInput : it is no table that can be read.
    """
    if path.suffix.casefold() in MAPS:
        layer = read_shapes(path, to)[0]
        columns, shapes = dict(layer.columns), layer.shapes
    else:
        table = OwnTable.read(_text(path), path.name)
        cells = list(zip(*table.rows, strict=True))
        columns = {head.casefold(): column for head, column in zip(table.header, cells, strict=True)}
        shapes = np.empty(0, object)
    codes = next((columns[name] for name in CODES if name in columns), None)
    if codes is None:
        shown = ", ".join(list(columns)[:12])
        raise DataProblem(
            "The file has no column of area codes", path.name, 1, "", shown, allowed=", ".join(CODES)
        )
    told = next((columns[name] for name in DECILES if name in columns), ("",) * len(codes))
    deciles = {
        key: int(text)
        for keys in (columns.get("name", ()), codes)
        for key, text in zip(keys, told, strict=False)
        if _is_decile(text)
    }
    names = {code: name for code, name in zip(codes, columns.get("name", ()), strict=False) if name.strip()}
    living = next((columns[name] for name in PEOPLE if name in columns), ("",) * len(codes))
    people = {
        code: float(text)
        for code, text in zip(codes, living, strict=True)
        if NUMBER.fullmatch(text.strip()) and float(text) >= 0
    }
    cited = own_source(path, "Neighbourhoods")
    return Neighbourhoods(path.name, tuple(codes), names, deciles, shapes, cited, people)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise DataProblem(f"The file cannot be read ({fault})", path.name) from fault


def _is_decile(text: str) -> bool:
    return text.strip() in {str(number) for number in range(1, 11)}
