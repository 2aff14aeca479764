"""Turns a chart of a page into a drawing by itself: with colours of its own, its caption and its sources.

In a page the site's style sheet colours a chart, light or dark; a saved file has no style sheet, so each
shape is given the light colours as attributes (Scalable Vector Graphics 1.1, section 11).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
INK, QUIET, PAPER, TEAL, CORAL, PINE = "#1b2a2f", "#50605f", "#fffdf8", "#1c7a70", "#b93f1b", "#12403c"
EDGE, LINE, SMALL = 16.0, 21.0, 17.0  # units: the margin, a line of the caption, a line of a source
CAPTION_WIDTH, SOURCE_WIDTH = 52, 66  # letters on a line

Look = dict[str, str]


def _words(size: float, fill: str = INK, weight: str = "400") -> Look:
    return {"font-size": f"{size:g}", "fill": fill, "font-weight": weight}


# The look of each class, as the style sheet has it in the light.
LOOKS: dict[str, Look] = {
    "fg-chart__name": _words(15),
    "fg-chart__value": _words(15, weight="700"),
    "fg-chart__mark": _words(14, QUIET),
    "fg-chart__key": _words(14),
    "fg-chart__square-text": _words(14),
    "fg-chart__tile-text": _words(12.5),
    "fg-chart__tile-figure": _words(17, weight="700"),
    "fg-chart__tile-text--light": {"fill": PAPER},
    "fg-chart__bar": {"fill": TEAL},
    "fg-chart__bar--marked": {"fill": CORAL},
    "fg-chart__track": {"fill": "#ece6d8"},
    "fg-chart__worst": {"fill": "#e9c9bb"},
    "fg-chart__band": {"fill": "#8fc3bb", "stroke": PINE},
    "fg-chart__dot": {"fill": CORAL, "stroke": "#ffffff", "stroke-width": "2"},
    "fg-chart__limit": {"stroke": INK, "stroke-width": "2"},
    "fg-chart__grid": {"stroke": "#d9d2c1", "stroke-width": "1"},
    "fg-chart__line": {"fill": "none", "stroke": PINE, "stroke-width": "3"},
    "fg-chart__border": {"stroke": CORAL, "stroke-width": "2.5"},
    "fg-chart__tile": {"stroke": PINE},
    "fg-chart__tile--1": {"fill": "#f4f1e4"},
    "fg-chart__tile--2": {"fill": "#cfe3da"},
    "fg-chart__tile--3": {"fill": "#9cc9bf"},
    "fg-chart__tile--4": {"fill": TEAL},
    "fg-chart__tile--5": {"fill": PINE},
}


def alone(svg: str, *, caption: str, sources: Sequence[str]) -> str:
    """Return a chart as a drawing that can be saved and printed by itself.

    Parameters
    ----------
    svg : a chart of this package. caption : what it shows. sources : where its numbers come from, one a line.

    Returns
    -------
    str : SVG with its caption above, its sources below, and no need of a style sheet.
    """
    ET.register_namespace("", SVG)
    chart = ET.fromstring(svg)
    _, _, width, height = map(float, chart.get("viewBox", "0 0 1 1").split())
    above = textwrap.wrap(caption, CAPTION_WIDTH)
    below = [line for source in sources for line in textwrap.wrap(source, SOURCE_WIDTH)]
    top, wide = EDGE + LINE * len(above), width + 2 * EDGE
    tall = top + height + EDGE * 2 + SMALL * len(below)
    told = {name: chart.get(name, "") for name in ("role", "aria-labelledby")}
    sheet = ET.Element(f"{{{SVG}}}svg", {"viewBox": f"0 0 {wide:g} {tall:g}", "width": f"{wide:g}", **told})
    sheet.set("font-family", "Atkinson Hyperlegible Next, system-ui, sans-serif")
    held = [part for part in chart if part.tag in (f"{{{SVG}}}title", f"{{{SVG}}}desc")]
    sheet.extend(held)
    paper = {"x": "0", "y": "0", "width": f"{wide:g}", "height": f"{tall:g}", "fill": PAPER}
    ET.SubElement(sheet, f"{{{SVG}}}rect", paper)
    _lines(sheet, above, first=EDGE + 14, step=LINE, look=_words(16, weight="700"))
    moved = ET.SubElement(sheet, f"{{{SVG}}}g", {"transform": f"translate({EDGE:g} {top:g})"})
    moved.extend(_dressed(part) for part in chart if part not in held)
    _lines(sheet, below, first=top + height + EDGE + 12, step=SMALL, look=_words(12, QUIET))
    return ET.tostring(sheet, encoding="unicode")


def _dressed(part: ET.Element) -> ET.Element:
    """Return a shape with the look of its classes; a look that it carries already stays."""
    looks = [LOOKS[name] for name in part.get("class", "").split() if name in LOOKS]
    for look in reversed(looks):
        for name, value in look.items():
            part.attrib.setdefault(name, value)
    part.attrib.pop("class", None)
    for inner in part:
        _dressed(inner)
    return part


def _lines(sheet: ET.Element, words: Iterable[str], *, first: float, step: float, look: Look) -> None:
    for number, line in enumerate(words):
        at = {"x": f"{EDGE:g}", "y": f"{first + number * step:g}", **look}
        ET.SubElement(sheet, f"{{{SVG}}}text", at).text = line
