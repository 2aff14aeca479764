"""Charts: what is written in them never runs into anything else."""

from xml.etree import ElementTree as ET

from fairground.report.charts import Range, ranges

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
