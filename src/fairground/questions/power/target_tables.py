"""Whom a jury must hold, from the tables that people send: least and most of each value, a number, a share.

The headings of other tools are known: feature, category or characteristic; value, name or option; min and
max, lower and upper, at least and at most. Where the category has features, as in published pools, the
feature is the value. An empty feature is that of the row above; totals and rows of words are left out, and
the answer says so. Criteria in JSON (a feature, its values, so many of each) are read as well.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from fairground import typed
from fairground.errors import BadInput
from fairground.evidence import Source, Step
from fairground.power.juries import Share, Target
from fairground.questions.power.people_tables import PeopleTable, alike

__all__ = ["Targets", "read_shares", "read_targets"]

FEATURE = (
    "feature", "category", "characteristic", "criterion", "criteria", "stratum", "strata", "attribute",
    "variable", "demographic", "question", "field", "cat",
)  # fmt: skip
VALUE = (
    "value", "name", "option", "answer", "bucket", "level", "group", "sub category", "subcategory",
    "substratum", "band", "feature value", "category value",
)  # fmt: skip
MIN = (
    "min", "minimum", "lower", "least", "at least", "lower bound", "lower limit", "lower quota", "min quota",
    "minimum quota", "quota min", "min number", "minimum number", "min people", "minimum people", "min seats",
    "min target", "minimum target", "target min", "low", "from",
)  # fmt: skip
MAX = (
    "max", "maximum", "upper", "most", "at most", "upper bound", "upper limit", "upper quota", "max quota",
    "maximum quota", "quota max", "max number", "maximum number", "max people", "maximum people", "max seats",
    "max target", "maximum target", "target max", "high", "to",
)  # fmt: skip
NUMBER = (
    "target", "targets", "quota", "seats", "places", "number", "number of people", "people", "count",
    "target number", "number wanted", "needed",
)  # fmt: skip
SHARE = (
    "share", "percentage", "percent", "%", "pct", "target %", "% target", "target percentage", "population %",
    "% of population", "share of population", "population share", "target share", "max quota percentage",
)  # fmt: skip
FLEXIBLE = ("min_flex", "max_flex")
TOTALS = {"total", "totals", "sum", "subtotal", "sub-total", "sub total", "grand total", "all people"}
RANGE = re.compile(r"(\d+) ?- ?(\d+)")
NEAR = Fraction(1, 10)  # how far the shares of a feature may be from the whole


class Targets(tuple[Target, ...]):
    """Targets as they were read, with what was mended or left out of the table, as steps of an answer."""

    told: tuple[Step, ...] = ()


@dataclass(frozen=True)
class _Row:
    """A row that is a target: where it stands, its feature and value, what it says of least and most."""

    number: int
    feature: str
    value: str
    least: str
    most: str
    cells: Sequence[str]


def read_targets(file: Path | str, size: int = 0) -> tuple[Targets, Source]:
    """Read targets: a table with the columns feature, value, min and max; perhaps min_flex and max_flex.

    Parameters
    ----------
    size : how many people sit on the jury; needed only where targets are shares of it.

    Raises
    ------
    BadInput : a column is missing, a cell is empty or no whole number, a value twice; shares without a size.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fairground.questions.power.target_tables import read_targets
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "targets.csv"
    ...     _ = file.write_text("Category,Name,Percentage,,age,16-29,30%,,30+,70%".replace(",,", chr(10)))
    ...     [(one.feature, one.value, one.low, one.high) for one in read_targets(file, 24)[0]]
    [('age', '16-29', 7, 8), ('age', '30+', 16, 17)]
    """
    table = _table(file)
    reading = _Reading(table)
    rows = list(reading.rows())
    if not rows:
        raise BadInput(
            "There are no targets", allowed="a row for each value of each feature", file=table.name
        )
    whole = _shares_of(rows, reading.columns, table)
    if whole and not size:
        what = "These targets are shares, and how many people sit on the jury is not known here"
        raise BadInput(what, "min", rows[0].least, "whole numbers of people", rows[0].number, table.name)
    found = Targets(_target(table, row, whole, size) for row in rows)
    steps = reading.steps()
    if whole:
        steps.append(Step("juries.targets.shares", {"size": size}))
    found.told = tuple(steps)
    return found, table.source


def read_shares(file: Path | str) -> tuple[Share, ...]:
    """Read the column `share` of a table of targets: 0.25, 1/4 or 25%; empty where there is none.

    Raises
    ------
    BadInput : a share that is none, a value twice; names the row.
    """
    table = _table(file)
    if not table.has("share"):
        return ()
    at = table.column("share")
    return tuple(
        Share(
            row.feature,
            row.value,
            Fraction(table.share(row.cells[at], "share", row.number)).limit_denominator(10**6),
        )
        for row in _Reading(table).rows()
    )


def _table(file: Path | str) -> PeopleTable:
    """Return a table that has least and most; else one with a number or a share for each value."""
    if Path(file).suffix.casefold() == ".json":
        return _criteria(Path(file))
    try:
        return PeopleTable.read(file, MIN, MAX)
    except BadInput as fault:
        for columns in (NUMBER, SHARE):
            try:
                table = PeopleTable.read(file, (*VALUE, "feature"), columns)
            except BadInput:
                continue
            if table.has(*columns) and table.has(*VALUE, "feature"):
                return table
        raise fault from None


def _criteria(path: Path) -> PeopleTable:
    """Return criteria in JSON as a table: {"gender": {"values": {"man": 35, "woman": 35}}}.

    Raises
    ------
    BadInput : it cannot be read, or is of another shape.
    """
    try:
        content = path.read_bytes()
        held = json.loads(content.decode("utf-8-sig"))
    except OSError as fault:
        raise BadInput(f"The file cannot be read ({fault.strerror})", "file", str(path)) from fault
    except (ValueError, RecursionError):
        raise BadInput("This is no JSON that can be read", file=path.name) from None
    try:
        given = [(f, v, n) for f, told in held.items() for v, n in told.get("values", told).items()]
    except AttributeError:
        allowed = 'features with values, such as {"age": {"values": {"16-29": 6, "30+": 18}}}'
        raise BadInput("These are no criteria of a jury", allowed=allowed, file=path.name) from None
    rows = tuple((n, [f, v, *_least_most(many)]) for n, (f, v, many) in enumerate(given, start=1))
    if not rows:
        raise BadInput("There are no targets", allowed="values of each feature", file=path.name)
    heads = ("feature", "value", "min", "max")
    return PeopleTable(path.name, hashlib.sha256(content).hexdigest(), heads, rows)


def _least_most(many: Any) -> list[str]:
    if isinstance(many, dict):
        return [str(many.get(name, "")) for name in ("min", "max")]
    if isinstance(many, list) and len(many) == 2:
        return [str(one) for one in many]
    return [str(many)] * 2


class _Reading:
    """One reading of a table of targets: which rows are targets, and what the others are."""

    def __init__(self, table: PeopleTable) -> None:
        self.table = table
        self.features, self.seen = dict[str, str](), dict[tuple[str, str], int]()
        self.left, self.above = Counter[str](), 0
        self.number = not table.has(*MIN) and table.has(*NUMBER)
        self.ranges = 0
        value_is_feature = not table.has(*VALUE) and table.has("feature") and table.has(*FEATURE[1:])
        self.columns = {
            "feature": table.column(*(FEATURE[1:] if value_is_feature else FEATURE)),
            "value": table.column(*(("feature",) if value_is_feature else VALUE)),
        }
        if table.has(*MIN) or table.has(*MAX) or not table.has(*NUMBER, *SHARE):
            self.columns |= {"min": table.column(*MIN), "max": table.column(*MAX)}
        else:
            self.columns |= dict.fromkeys(("min", "max"), table.column(*(NUMBER if self.number else SHARE)))

    def rows(self) -> Iterator[_Row]:
        """Yield the rows that are targets.

        Raises
        ------
        BadInput : a cell is empty, a value has two targets.
        """
        before = ""
        for number, cells in self.table.rows:
            cell = {field: cells[at].strip() for field, at in self.columns.items()}
            if self._is_none(cell):
                continue
            if not cell["feature"] and before and cell["value"]:
                self.above += 1
                cell["feature"] = before
            for field in ("feature", "value"):
                if not cell[field]:
                    allowed = "a value in every row"
                    raise BadInput("This cell is empty", field, "", allowed, number, self.table.name)
            before = self._known(cell["feature"], cell["value"], number)
            yield _Row(number, before, cell["value"], *self._bounds(cell), cells)

    def _is_none(self, cell: dict[str, str]) -> bool:
        """Say whether a row is a total, or has words without numbers, and count it."""
        total = alike(cell["value"]) in TOTALS or (not cell["value"] and alike(cell["feature"]) in TOTALS)
        words = not (cell["min"] or cell["max"]) and not (cell["feature"] and cell["value"])
        if total or words:
            self.left["a total" if total else "words without numbers"] += 1
        return total or words

    def _bounds(self, cell: dict[str, str]) -> tuple[str, str]:
        both = RANGE.fullmatch(alike(cell["min"])) if cell["min"] == cell["max"] else None
        self.ranges += both is not None
        return (both[1], both[2]) if both else (cell["min"], cell["max"])

    def _known(self, feature: str, value: str, row: int) -> str:
        """Return a feature as it was first written; Woman, woman and WOMAN are one.

        Raises
        ------
        BadInput : the value has a target in a row before.
        """
        first = self.seen.setdefault((alike(feature), alike(value)), row)
        if first != row:
            what, told = f"This value has two targets; the other is in row {first}", f"{feature} {value}"
            raise BadInput(what, "value", told, "one target for each value", row, self.table.name)
        return self.features.setdefault(alike(feature), feature)

    def steps(self) -> list[Step]:
        """Say what was left out or mended."""
        steps = [Step("juries.targets.left", {"rows": n, "why": why}) for why, n in self.left.items()]
        if self.above:
            steps.append(Step("juries.targets.above", {"rows": self.above}))
        one = self.number and not self.ranges
        return [*steps, Step("juries.targets.number", {})] if one else steps


def _shares_of(rows: Sequence[_Row], columns: dict[str, int], table: PeopleTable) -> Fraction | None:
    """Return what the whole is, 1 or 100, where targets are shares; None where they are people.

    Raises
    ------
    BadInput : the shares of a feature do not add up to the whole.
    """
    cells = [cell for row in rows for cell in (row.least, row.most)]
    named = table.heads[columns["min"]] in SHARE
    if not named and not any(cell.endswith("%") for cell in cells) and not _parts(cells):
        return None
    if not named:
        return Fraction(1)
    sums: dict[str, Fraction] = {}
    for row in rows:
        sums[row.feature] = sums.get(row.feature, Fraction(0)) + _amount(row.least, "share", row, table)
    whole = Fraction(100) if max(sums.values()) > 2 else Fraction(1)
    for feature, total in sums.items():
        if abs(total / whole - 1) > NEAR:
            what = f"The shares of {feature} do not add up to the whole"
            raise BadInput(what, "share", f"{float(total):g}", "100% in all, or 1", file=table.name)
    return whole


def _parts(cells: Sequence[str]) -> bool:
    """Say whether all cells are parts of one, and some are no whole numbers: a spreadsheet's 25% is 0.25."""
    try:
        found = [typed.exact(cell, "share") for cell in cells if cell]
    except BadInput:
        return False
    return all(0 <= one <= 1 for one in found) and any(one.denominator != 1 for one in found)


def _amount(cell: str, field: str, row: _Row, table: PeopleTable) -> Fraction:
    try:
        return typed.exact(cell.rstrip("% "), field, least=0, most=100)
    except BadInput as fault:
        raise BadInput(fault.what, field, cell, "such as 25%", row.number, table.name) from None


def _part(cell: str, field: str, row: _Row, table: PeopleTable, whole: Fraction) -> Fraction:
    """Return a share as a part of one.

    Raises
    ------
    BadInput : it is none, or more than the whole.
    """
    found = _amount(cell, field, row, table) / (100 if cell.endswith("%") else whole)
    if found > 1:
        what = "The other targets are shares, and this is none"
        raise BadInput(what, field, cell, "such as 25%", row.number, table.name)
    return found


def _target(table: PeopleTable, row: _Row, whole: Fraction | None, size: int) -> Target:
    if whole is None:
        bounds = [
            table.whole(cell, name, row.number) for cell, name in ((row.least, "min"), (row.most, "max"))
        ]
    else:
        least = _part(row.least, "min", row, table, whole)
        bounds = [math.floor(least * size), math.ceil(_part(row.most, "max", row, table, whole) * size)]
    flex = [_flexible(table, name, row, bounds[1]) for name in FLEXIBLE]
    try:
        return Target(row.feature, row.value, bounds[0], bounds[1], *flex)
    except BadInput as fault:
        raise BadInput(fault.what, fault.field, fault.value, fault.allowed, row.number, table.name) from None


def _flexible(table: PeopleTable, column: str, row: _Row, most: int) -> int | None:
    """Return a flexible bound; None without the column, where the cell is empty or -1, or the most nought."""
    if not table.has(column):
        return None
    cell = row.cells[table.column(column)].strip()
    if cell in ("", "-1") or (column == "max_flex" and cell == "0" and most):
        return None
    return table.whole(cell, column, row.number)
