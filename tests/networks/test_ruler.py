"""A ruler measures on the flat map what geodesics measure on the globe."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.networks.projection import Projection, lengths
from fairground.networks.ruler import Ruler

NATIONAL = "EPSG:27700"
FARO = Projection.about(-7.9, 37.0).crs
UNIT = st.floats(0, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("crs", "box"),
    [
        (NATIONAL, (320_000, 180_000, 345_000, 199_000)),
        (NATIONAL, (600_000, 300_000, 655_000, 330_000)),
        (NATIONAL, (80_000, 900_000, 130_000, 960_000)),
        (FARO, (-20_000, -20_000, 20_000, 20_000)),
    ],
)
@settings(max_examples=60, deadline=None)
@given(at=st.tuples(UNIT, UNIT), turn=st.floats(0, 6.283), far=st.floats(0, 5_000))
def test_lines_are_as_long_as_along_the_globe_to_a_hundredth_of_a_millimetre_in_300_metres(
    crs, box, at, turn, far
):
    ruler = Ruler.over(crs, *box)
    assert ruler.net.size
    x = box[0] + at[0] * (box[2] - box[0])
    y = box[1] + at[1] * (box[3] - box[1])
    ends = [np.array([end]) for end in (x, y, x + far * np.cos(turn), y + far * np.sin(turn))]
    assert float(ruler(*ends)[0]) == pytest.approx(float(lengths(crs, *ends)[0]), rel=3e-8, abs=1e-6)


def test_a_line_that_is_long_or_leaves_the_box_is_measured_along_the_globe():
    ruler = Ruler.over(NATIONAL, 330_000, 180_000, 340_000, 190_000)
    ends = [np.array(end) for end in ([331e3, 500e3], [181e3, 400e3], [331e3, 500e3 + 20], [201e3, 400e3])]
    assert ruler(*ends).tolist() == lengths(NATIONAL, *ends).tolist()


def test_streets_on_a_flat_earth_are_measured_flat():
    ruler = Ruler.over("flat", 0, 0, 100, 100)
    assert ruler(*(np.array([end]) for end in (0.0, 0.0, 3.0, 4.0))).tolist() == [5.0]
