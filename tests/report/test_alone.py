"""A chart that is saved by itself keeps its colours, its words, its caption and its sources."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from fairground.report import charts
from fairground.report.charts import Bar, alone, bars, lines, png
from fairground.report.charts.alone import LOOKS

SHEET = Path(__file__).parents[2] / "src/fairground/web/static/fairground/fairground.css"
CAPTION = "People who have each need within reach, in a place with a name that is rather long"


def drawn():
    rows = [Bar("Food shop", 0.5, 0.4, 0.7), Bar("Library & <more>", 0.25, marked=True)]
    return bars(rows, title="Needs", write=lambda value: f"{value:.0%}")


def test_nothing_of_the_chart_is_lost_and_the_caption_and_sources_are_added():
    told = alone(drawn(), caption=CAPTION, sources=["A map. Its maker. Edition: 2026."])
    words = [part.text for part in ET.fromstring(told).iter() if part.tag.endswith("text")]
    assert " ".join(words[:2]) == CAPTION
    assert {"Food shop", "Library & <more>", "50%", "25%", "A map. Its maker. Edition: 2026."} <= set(words)
    assert len(words) == 7
    assert "class=" not in told


def test_colours_are_those_of_the_style_sheet_in_the_light():
    sheet = SHEET.read_text("utf-8")
    named = dict(
        re.findall(r"(--fg-[\w-]+): (#[0-9a-f]+)", sheet.split("@media (prefers-color-scheme: dark)")[0])
    )
    rules = {}
    for kind, rule in re.findall(r"\.(fg-chart__[\w-]+) \{([^}]*)\}", sheet):
        for name, variable in re.findall(r"(fill|stroke): var\((--fg-[\w-]+)\)", rule):
            rules.setdefault((kind, name), named[variable])
    assert len(rules) > 20
    full = {"#fff": "#ffffff"}
    for (kind, name), colour in rules.items():
        if name in LOOKS.get(kind, {}):
            assert LOOKS[kind][name] == full.get(colour, colour), (kind, name)


def test_every_class_of_a_chart_has_a_look():
    folder = Path(charts.__file__).parent
    used = {
        kind
        for path in folder.glob("*.py")
        if path.name != "alone.py"
        for kind in re.findall(r"fg-chart__[\w-]*[a-z0-9]", path.read_text("utf-8"))
    }
    assert used - {"fg-chart__tile--"} <= set(LOOKS) | {"fg-chart__tile"}


@pytest.mark.parametrize(
    "chart", [drawn(), lines([("1", 2.0), ("2", 5.0)], title="T", write=str)], ids=["bars", "lines"]
)
def test_the_picture_of_a_chart_has_its_size_and_its_colours(chart):
    told = alone(chart, caption="Needs", sources=["A map"])
    _, _, width, height = map(float, ET.fromstring(told).get("viewBox").split())
    shown = Image.open(io.BytesIO(png(told))).convert("RGB")
    assert shown.size == (round(width * 2), round(height * 2))
    colours = {colour for _, colour in shown.getcolors(1 << 24)}
    assert (0x1C, 0x7A, 0x70) in colours or (0x12, 0x40, 0x3C) in colours
