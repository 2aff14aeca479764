"""Charts: what is written in them never runs into anything else."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from fairground.report.charts import Range, Square, districts, ranges
from fairground.report.charts.districts import fifths

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Productivity: value added per hour worked, by place of work, 2023"


def drawn(*rows):
    return ET.fromstring(ranges(rows, title="Where Stoke-on-Trent stands"))


def of(chart, kind):
    return [one for one in chart.iter() if one.get("class") == kind]


def test_a_long_name_is_wrapped_and_shares_no_line_with_its_rank():
    chart = drawn(Range(LONG, 292, 290, 294, 296), Range("Weekly pay", 2, 1, 3, 294))
    names, ranks = of(chart, "fg-chart__name"), of(chart, "fg-chart__value")
    assert " ".join(one.text for one in names) == f"{LONG} Weekly pay"
    assert max(len(one.text) for one in names) <= 40
    assert {one.get("y") for one in names} & {one.get("y") for one in ranks} == set()


def test_no_band_reaches_under_the_rank_written_beside_it():
    chart = drawn(Range("Weekly pay", 1, 1, 296, 296))
    start = 430 - 11 * len("1 of 296")
    for shape in chart.iter(SVG + "rect"):
        assert float(shape.get("x")) + float(shape.get("width")) <= start


def test_every_mark_lies_inside_the_paper():
    chart = drawn(*(Range(LONG, rank, 1, 9, 9) for rank in range(1, 10)))
    height = float(chart.get("viewBox").split()[-1])
    assert all(0 < float(one.get("y")) <= height for one in chart.iter(SVG + "text"))
    assert all(float(one.get("cy")) + float(one.get("r")) <= height for one in chart.iter(SVG + "circle"))


def test_the_map_of_districts_says_each_fifth_in_digits_and_each_place_in_words():
    squares = [
        Square(f"Place {i}", "North" if i < 5 else "South", 1 + i // 5, 1 + i % 5, 10.0 * i)
        for i in range(10)
    ]
    drawn = districts(squares, title="A map", write=lambda v: f"£{v:.0f}")
    assert [text for text in re.findall(r">([1-5])</text>", drawn)][:10] == list("1122334455")
    assert "<title>Place 7: £70</title>" in drawn
    assert "1: £0 to £10; 2: £20 to £30" in drawn
    assert drawn.count("fg-chart__border") == 5, "five squares of the North lie on five of the South"


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_fifths_rise_with_the_values_and_equal_values_share_one(values):
    found = dict(zip(values, fifths(values), strict=True))
    assert [found[value] for value in values] == fifths(values)
    ordered = [found[value] for value in sorted(values)]
    assert ordered == sorted(ordered)
    assert set(ordered) <= {1, 2, 3, 4, 5}
