"""A map as a picture shows the same as the drawing, place by place."""

import io

import pytest
from PIL import Image

from fairground.report.charts import Mark, ground, png
from fairground.report.charts.picture import _lines

FRAME = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{}</svg>'


def picture(inner):
    return Image.open(io.BytesIO(png(FRAME.format(inner)))).convert("RGB")


def near(found, wanted):
    return all(abs(a - b) <= 12 for a, b in zip(found, wanted, strict=True))


def test_a_picture_has_two_pixels_to_a_unit_and_paper_where_nothing_is():
    empty = picture("")
    assert empty.size == (200, 200)
    assert empty.getpixel((100, 100)) == (255, 253, 248)


def test_a_hole_in_an_area_stays_paper():
    shown = picture('<path d="M10 10L90 10L90 90L10 90ZM40 40L60 40L60 60L40 60Z" fill="#ff0000"/>')
    assert near(shown.getpixel((50, 50)), (255, 0, 0))
    assert near(shown.getpixel((100, 100)), (255, 253, 248))


def test_a_dashed_line_has_gaps_where_its_dashes_end():
    shown = picture(
        '<path d="M0 50L100 50" fill="none" stroke="#0000ff" stroke-width="4" stroke-dasharray="10 10"/>'
    )
    blue = [near(shown.getpixel((2 * x, 100)), (0, 0, 255)) for x in (5, 15, 25, 35, 85, 95)]
    assert blue == [True, False, True, False, True, False]


def test_a_ring_is_open_in_its_middle_and_as_wide_as_its_radius():
    shown = picture(
        '<path d="M40 50a10 10 0 1 0 20 0a10 10 0 1 0-20 0" fill="none" stroke="#00ff00" stroke-width="2"/>'
    )
    for x, y in ((40, 50), (60, 50), (50, 40), (50, 60)):
        assert near(shown.getpixel((2 * x, 2 * y)), (0, 255, 0)), (x, y)
    assert near(shown.getpixel((100, 100)), (255, 253, 248))


@pytest.mark.parametrize(("sweep", "side"), [(0, 1), (1, -1)])
def test_an_arc_bends_to_the_side_that_its_sweep_says(sweep, side):
    (line,) = _lines(f"M0 0a10 10 0 0 {sweep} 20 0")
    assert max((y for _, y in line), key=abs) * side == pytest.approx(10, abs=0.1)


@pytest.mark.slow
def test_a_map_has_the_colours_of_its_layers_and_its_key():
    park = Mark("green", (((0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (0.0, 0.0)),))
    svg = ground([park, Mark("met", (((0.005, 0.005),),))], title="Town", told="A park.")
    shown = Image.open(io.BytesIO(png(svg))).convert("RGB")
    colours = {colour for _, colour in shown.getcolors(1_000_000)}
    assert (191, 224, 180) in colours
    assert any(near(colour, (28, 122, 112)) for colour in colours)
    assert png(svg) == png(svg)
