"""What the North would have received at London's rate, and laws that every such sum obeys."""

import csv
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible, NotFound
from fairground.wealth.funding.counterfactual import Record, Window, financial_year, mean_rate, shortfalls

NORTH = ("E12000001", "E12000002", "E12000003")
REST = tuple(f"E1200000{n}" for n in (1, 2, 3, 4, 5, 6, 8, 9))
LONDON = "E12000007"


def published(shared, column):
    """Return the shared file's spending as exact pounds, one record per area and year."""
    with (shared / "research/data/cra_transport_capital.csv").open(encoding="utf-8") as file:
        return [
            Record(
                row["area_code"],
                row["financial_year"],
                Fraction(row[column]) * 1_000_000,
                int(row["population"]),
            )
            for row in csv.DictReader(file)
            if row["area_code"].startswith("E12")
        ]


def billions(found, years=1):
    """Return the extra of all areas in billions of pounds a year, to one decimal place."""
    return round(float(sum(one.extra for one in found)) / years / 1e9, 1)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("first", "last", "expected"), [("2007/08", "2016/17", 60.1), ("2008/09", "2017/18", 63.8)]
)
def test_the_north_at_londons_transport_rate_in_cash(shared, first, last, expected):
    records = published(shared, "transport_total_gbp_m")
    assert billions(shortfalls(records, areas=NORTH, at=LONDON, window=Window(first, last))) == expected


@pytest.mark.shared
@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("transport_total_gbp_m", 24.3),
        ("transport_capital_gbp_m", 18.5),
        ("all_identifiable_capital_gbp_m", 27.9),
    ],
)
def test_the_yearly_cost_of_matching_london_in_the_other_eight_regions(shared, column, expected):
    window = Window("2013/14", "2017/18")
    found = shortfalls(published(shared, column), areas=REST, at=LONDON, window=window)
    assert billions(found, years=5) == expected


def made(spending, population):
    """Return three areas over three years from two 3 x 3 grids."""
    return [
        Record(code, financial_year(2007 + y), Fraction(spending[a][y]), population[a][y])
        for a, code in enumerate("ABC")
        for y in range(3)
    ]


def test_a_sum_done_by_hand():
    records = [Record("A", "2007/08", Fraction(100), 10), Record("B", "2007/08", Fraction(90), 3)]
    (found,) = shortfalls(records, areas=["A"], at="B", window=Window("2007/08", "2007/08"))
    assert (found.received, found.would_have, found.extra) == (100, 300, 200)


def test_real_terms_restate_each_year_in_the_last_years_prices():
    records = [
        Record(code, year, Fraction(pounds), 10)
        for code, pounds in (("A", 100), ("B", 200))
        for year in ("2007/08", "2008/09")
    ]
    prices = {"2007/08": Fraction(80), "2008/09": Fraction(100)}
    (found,) = shortfalls(records, areas=["A"], at="B", window=Window("2007/08", "2008/09"), deflators=prices)
    assert found.extra == 125 + 100


grids = st.lists(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), min_size=3, max_size=3)
people = st.lists(st.lists(st.integers(1, 10**7), min_size=3, max_size=3), min_size=3, max_size=3)


@given(grids, people)
def test_it_adds_up_over_areas_and_over_years(spending, population):
    records = made(spending, population)
    whole = shortfalls(records, areas=["A", "B"], at="C", window=Window("2007/08", "2009/10"))
    years = [financial_year(y) for y in (2007, 2008, 2009)]
    parts = [
        shortfalls(records, areas=[area], at="C", window=Window(year, year))[0].extra
        for area in "AB"
        for year in years
    ]
    assert sum(one.extra for one in whole) == sum(parts)


@given(grids, people, st.sampled_from(["contemporary", "2008/09"]))
def test_the_benchmark_at_its_own_rate_gets_nothing_more(spending, population, population_year):
    (found,) = shortfalls(
        made(spending, population),
        areas=["B"],
        at="B",
        window=Window("2007/08", "2009/10"),
        population_year=population_year,
    )
    assert found.extra == 0


@given(grids, people, st.fractions(min_value="1/100", max_value=100))
def test_the_base_of_the_price_index_does_not_matter(spending, population, scale):
    prices = {"2007/08": Fraction(80), "2008/09": Fraction(85), "2009/10": Fraction(90)}
    ask = {"areas": ["A"], "at": "B", "window": Window("2007/08", "2009/10")}
    records = made(spending, population)
    one = shortfalls(records, **ask, deflators=prices)
    assert one == shortfalls(records, **ask, deflators={y: p * scale for y, p in prices.items()})


def test_the_mean_rate_is_the_plain_mean_of_the_years_by_hand():
    records = [
        Record("A", "2007/08", Fraction(100), 10),
        Record("B", "2007/08", Fraction(50), 5),
        Record("A", "2008/09", Fraction(300), 10),
        Record("B", "2008/09", Fraction(100), 10),
    ]
    window = Window("2007/08", "2008/09")
    assert mean_rate(records, areas=["A", "B"], window=window) == (Fraction(150, 15) + Fraction(400, 20)) / 2
    prices = {"2007/08": Fraction(50), "2008/09": Fraction(100)}
    assert mean_rate(records, areas=["A"], window=window, deflators=prices) == (20 + 30) / 2


@given(grids, people)
def test_with_one_years_people_the_extra_is_the_gap_in_rates_times_people_and_years(spending, population):
    records, window = made(spending, population), Window("2007/08", "2009/10")
    fixed = {"window": window, "population_year": "2008/09"}
    own, other = (mean_rate(records, areas=[code], **fixed) for code in "AB")
    (found,) = shortfalls(records, areas=["A"], at="B", **fixed)
    assert found.extra == (other - own) * population[0][1] * 3


RECORDS = made([[1, 2, 3]] * 3, [[5, 5, 5]] * 3)


def test_a_year_outside_the_data_names_the_years_that_are_allowed():
    with pytest.raises(BadInput, match=r"2010/11.*2007/08 to 2009/10"):
        shortfalls(RECORDS, areas=["A"], at="B", window=Window("2007/08", "2010/11"))
    with pytest.raises(BadInput, match="2021/22"):
        shortfalls(
            RECORDS, areas=["A"], at="B", window=Window("2007/08", "2007/08"), population_year="2021/22"
        )


@pytest.mark.parametrize(
    ("first", "last"), [("2007", "2008"), ("2007/09", "2010/11"), ("2010/11", "2007/08")]
)
def test_a_window_that_is_not_one_is_refused(first, last):
    with pytest.raises(BadInput):
        Window(first, last)


def test_unknown_areas_missing_prices_and_doubled_areas_are_refused():
    window = Window("2007/08", "2008/09")
    with pytest.raises(NotFound, match="Z"):
        shortfalls(RECORDS, areas=["Z"], at="A", window=window)
    with pytest.raises(BadInput, match="each area once"):
        shortfalls(RECORDS, areas=["A", "A"], at="B", window=window)
    with pytest.raises(Impossible, match="2008/09"):
        shortfalls(RECORDS, areas=["A"], at="B", window=window, deflators={"2007/08": Fraction(1)})
    with pytest.raises(BadInput, match="population"):
        Record("A", "2007/08", Fraction(1), 0)
