"""Charts drawn on the server as SVG: bars, ranges, lines, fans, maps of points, tiles, districts, the ground.

Each chart has a title and a text alternative, takes its colours and font from the page's style sheet, and
stands beside a table of the same figures. Decision record 0020 says why we draw them ourselves.
"""

from fairground.report.charts.alone import alone
from fairground.report.charts.bars import Bar, bars
from fairground.report.charts.chances import chances
from fairground.report.charts.districts import Square, districts
from fairground.report.charts.fan import Span, fan
from fairground.report.charts.ground import LAYERS, Mark, Sheet, ground, shapes, sheet
from fairground.report.charts.lines import lines
from fairground.report.charts.picture import png
from fairground.report.charts.points import Point, points
from fairground.report.charts.ranges import Range, ranges
from fairground.report.charts.tiles import Tile, tiles

__all__ = [
    "LAYERS",
    "Bar",
    "Mark",
    "Point",
    "Range",
    "Sheet",
    "Span",
    "Square",
    "Tile",
    "alone",
    "bars",
    "chances",
    "districts",
    "fan",
    "ground",
    "lines",
    "png",
    "points",
    "ranges",
    "shapes",
    "sheet",
    "tiles",
]
