"""England's 296 districts as equal squares, about where they lie, each with the number of its fifth.

Equal squares keep small places as plain as large ones. The digit (1 is the fifth of districts with the lowest
figures, 5 that with the highest) says all that the shade says, so the map reads without colour; thick lines
part the regions. The layout is our own: `docs/explanation/places.md` says how it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairground.report.charts.canvas import Canvas

SIZE, GAP, FIFTHS = 22, 2, 5


@dataclass(frozen=True)
class Square:
    """One district: name, region, place on the grid (row, column from 1) and figure."""

    name: str
    region: str
    row: int
    column: int
    value: float


def districts(squares: Sequence[Square], *, title: str, write: Callable[[float], str]) -> str:
    """Return the map of the districts as SVG, with the range of each fifth beside it."""
    fifth = fifths([square.value for square in squares])
    ranges = _ranges(squares, fifth, write)
    rows, columns = max(s.row for s in squares), max(s.column for s in squares)
    canvas = Canvas(title, "; ".join(ranges), height=rows * SIZE + GAP, width=columns * SIZE + GAP)
    for square, number in zip(squares, fifth, strict=True):
        x, y = (square.column - 1) * SIZE, (square.row - 1) * SIZE
        told = f"{square.name}: {write(square.value)}"
        _square(canvas, x, y, number, told)
    _borders(canvas, squares)
    for line, told in enumerate(reversed(ranges)):
        number = int(told[0])
        _square(canvas, 0, 8 + line * (SIZE + 4), number, told)
        canvas.text(SIZE + 6, 24 + line * (SIZE + 4), told.partition(": ")[2], "fg-chart__key")
    return canvas.drawn()


def fifths(values: Sequence[float]) -> list[int]:
    """Return the fifth of each value, 1 to 5; equal values are in one fifth."""
    order = sorted(values)
    first = {value: at for at, value in reversed(list(enumerate(order)))}
    return [1 + FIFTHS * first[value] // len(order) for value in values]


def _ranges(squares: Sequence[Square], fifth: Sequence[int], write: Callable[[float], str]) -> list[str]:
    found = []
    for number in sorted(set(fifth)):
        values = [s.value for s, own in zip(squares, fifth, strict=True) if own == number]
        low, high = write(min(values)), write(max(values))
        found.append(f"{number}: {low}" + (f" to {high}" if high != low else ""))
    return found


def _square(canvas: Canvas, x: float, y: float, number: int, told: str) -> None:
    kind = " fg-chart__tile-text--light" if number >= 4 else ""
    canvas.rectangle(
        x + GAP, y + GAP, SIZE - GAP, SIZE - GAP, f"fg-chart__tile fg-chart__tile--{number}", told=told
    )
    middle = x + GAP + (SIZE - GAP) / 2
    canvas.text(middle, y + SIZE - 5, str(number), "fg-chart__square-text" + kind, anchor="middle")


def _borders(canvas: Canvas, squares: Sequence[Square]) -> None:
    held = {(s.row, s.column): s.region for s in squares}
    for (row, column), region in held.items():
        x, y, half = column * SIZE + GAP / 2, row * SIZE + GAP / 2, SIZE
        if held.get((row, column + 1), region) != region:
            canvas.line(x, y - half, x, y, "fg-chart__border")
        if held.get((row + 1, column), region) != region:
            canvas.line(x - half, y, x, y, "fg-chart__border")
