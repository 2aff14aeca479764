"""The Consumer Prices Index by financial year, from the months that the publisher gives."""

from fractions import Fraction

import pytest

from fairground.errors import BadInput
from fairground.sources import prices
from fairground.tables import rows


def level(year, basis="financial-year"):
    held = prices.read(basis).columns
    return dict(zip(held["financial_year"], held["index"], strict=True))[year]


def test_a_financial_year_is_the_exact_mean_of_april_to_march():
    """Worked by hand: the months of April 2016 to March 2017 in series D7BT add up to 1214.3."""
    assert level("2016/17") == Fraction("1214.3") / 12


def test_the_other_basis_takes_the_calendar_year_in_which_the_year_ends():
    assert level("2016/17", "calendar-year") == Fraction("103.4")


def test_the_mean_of_the_months_is_the_published_annual_index():
    """The publisher works from unrounded months, so the last figure may differ by one."""
    for row in rows("prices"):
        mean = sum(Fraction(row[month]) for month in prices.MONTHS) / 12
        assert abs(mean - Fraction(row["annual"])) < Fraction("0.1"), row["year"]


def test_the_base_year_is_one_hundred():
    year = next(row for row in rows("prices") if row["year"] == "2015")
    assert Fraction(year["annual"]) == 100


def test_every_spending_year_has_a_price_level_and_people_of_1_january():
    years = {row["financial_year"] for row in rows("spending")}
    assert years <= set(prices.read().columns["financial_year"])
    people = {int(row["year"]) for row in rows("populations") if row["series"] == "january"}
    assert {int(year[:4]) + 1 for year in years} <= people


def test_an_unknown_basis_is_refused():
    with pytest.raises(BadInput, match="calendar-year"):
        prices.read("lunar")
