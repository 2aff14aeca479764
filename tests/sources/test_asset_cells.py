"""One cell of a list: places in one cell, days, amounts; what cannot be says what is allowed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fairground.sources.asset_cells import checked, spot


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("POINT (-1.0727 54.6170)", {"longitude": "-1.0727", "latitude": "54.617"}),
        ("SRID=4326;POINT(-1.0727 54.6170)", {"longitude": "-1.0727", "latitude": "54.617"}),
        ("54.6170, -1.0727", {"longitude": "-1.0727", "latitude": "54.617"}),
        ("[54.6170 -1.0727]", {"longitude": "-1.0727", "latitude": "54.617"}),
        ("460000, 525000", {"easting": "460000", "northing": "525000"}),
        ("TG 51409 13177", {"easting": "651409", "northing": "313177"}),
        ("NZ 600 250", {"easting": "460050", "northing": "525050"}),
        ("SV0000", {"easting": "500", "northing": "500"}),
        ("here", {}),
        ("1.0, 2.0", {}),
        ("POINT (100.5 0.5)", {}),
        ("TG 5140 131", {}),
    ],
)
def test_a_place_in_one_cell_is_a_point_a_pair_or_a_grid_reference(text, found):
    """TG 51409 13177 is the worked point of the Ordnance Survey's guide to coordinate systems."""
    assert spot(text) == found


@given(st.integers(0, 699_999), st.integers(0, 1_299_999))
@example(500_000, 1_000_000)  # the sixth great square, J, is all sea
def test_a_grid_reference_of_ten_figures_is_the_metre_that_it_was_made_from(east, north):
    letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
    e, n = east // 100_000, north // 100_000
    first = (19 - n) - (19 - n) % 5 + (e + 10) // 5
    second = (19 - n) * 5 % 25 + e % 5
    text = f"{letters[first]}{letters[second]} {east % 100_000:05d} {north % 100_000:05d}"
    assert spot(text) == {"easting": str(east), "northing": str(north)}


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("valued_on", "31/03/2025", "2025-03-31"),
        ("valued_on", "2025-03-31T00:00:00Z", "2025-03-31"),
        ("valued_on", "31 March 2025", "2025-03-31"),
        ("valued_on", "29/02/2024", "2024-02-29"),
        ("value", "£1,250,000", "1250000.00"),
        ("value", "0", "0.00"),
        ("running_cost", "12.5", "12.50"),
        ("value", "123456.789", "123456.79"),
        ("value", "£1.234m", "1234000.00"),
        ("northing", "5,012.50", "5012.50"),
    ],
)
def test_days_and_amounts_are_read_as_they_are_written_in_britain(field, cell, value):
    assert checked(field, "x", cell).value == value


def test_three_decimals_are_pounds_where_the_heading_says_thousands():
    assert checked("value", "Asset value £000", "45.125").value == "45125.00"


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("valued_on", "31/02/2025"),
        ("valued_on", "29/02/2025"),
        ("valued_on", "2025"),
        ("valued_on", "01/01/0001"),
        ("value", "-5"),
        ("value", "1e99"),
        ("value", "NaN"),
        ("value", "Infinity"),
        ("grid_reference", "ZZ 123 456"),
        ("easting", "9999999"),
        ("easting", "434.5"),  # kilometres
        ("northing", "1,206"),
        ("value", "£45.000"),  # forty-five thousand, as it is written abroad, or forty-five pounds?
        ("running_cost", "1.250"),
        ("latitude", "0"),
        ("uprn", "1E+11"),
    ],
)
def test_what_cannot_be_is_left_empty_with_what_is_allowed(field, cell):
    told = checked(field, "x", cell)
    assert (told.value, bool(told.wrong), bool(told.allowed)) == ("", True, True)


@given(st.text(max_size=40))
def test_no_text_breaks_the_check_of_any_field(text):
    for field in ("uprn", "postcode", "easting", "latitude", "grid_reference", "value", "valued_on", "kind"):
        checked(field, "Heading", text)
