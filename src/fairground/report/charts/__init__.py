"""Charts drawn as SVG on the server: bars with limits, lines over time, a tile map of the regions.

Text takes the page's font and colours, nothing is inline, and each chart carries a text alternative.
Why not a plotting library: docs/decisions/0020-charts-as-svg.md.
"""

from fairground.report.charts.bars import Bar, bars
from fairground.report.charts.lines import Line, lines
from fairground.report.charts.tiles import TILES, tiles

__all__ = ["TILES", "Bar", "Line", "bars", "lines", "tiles"]
