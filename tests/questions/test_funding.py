"""The counterfactual from the bundled figures: each published sum, its caveats, and what is refused."""

from fractions import Fraction

import pytest

from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import funding
from fairground.report import parts
from fairground.report.words import headline, working

IPPR_2018, IPPR_2019 = ("2007/08", "2016/17"), ("2008/09", "2017/18")


def north(window, **ways):
    return funding.counterfactual("north", at="London", first=window[0], last=window[1], **ways)


def billions(pounds):
    return round(float(pounds) / 1e9, 1)


@pytest.mark.parametrize(("window", "expected"), [(IPPR_2018, 60.1), (IPPR_2019, 63.8)])
def test_the_north_at_londons_transport_rate(window, expected):
    answer = north(window)
    assert billions(answer.value.chosen.extra) == expected
    assert answer.value.low <= answer.value.chosen.extra <= answer.value.high
    assert Answer.from_json(answer.to_json()) == answer
    assert "more for transport" in headline(answer)
    assert any("Commuters" in line for line in working(answer))


@pytest.mark.parametrize(
    ("window", "prices", "expected", "london", "own"),
    [
        (IPPR_2018, "cash", 59.7, 680, 282),
        (IPPR_2018, "real-calendar", 64.8, 738, 306),
        (IPPR_2019, "cash", 63.3, 718, 299),
        (IPPR_2019, "real-calendar", 68.5, 778, 324),
    ],
)
def test_the_research_note_counted_the_people_of_1_january(window, prices, expected, london, own):
    """Source: the research note, section 2.2: four sums and eight rates, all met to the last figure."""
    value = north(window, prices=prices, people="january").value
    assert billions(value.chosen.extra) == expected
    assert (round(value.other_rate), round(value.own_rate)) == (london, own)


@pytest.mark.parametrize(("window", "expected"), [(IPPR_2018, 65.0), (IPPR_2019, 69.0)])
def test_in_the_prices_of_the_last_year_by_the_index_of_april_to_march(window, expected):
    assert billions(north(window, prices="real").value.chosen.extra) == expected


@pytest.mark.parametrize(
    ("function", "expected"), [("transport", 24.3), ("transport-capital", 18.5), ("all-capital", 27.9)]
)
def test_the_yearly_cost_of_matching_london(function, expected):
    answer = funding.counterfactual("outside-london", first="2013/14", last="2017/18", function=function)
    assert billions(answer.value.chosen.extra_per_year) == expected


def test_every_way_is_shown_once_and_the_range_is_theirs():
    value = north(IPPR_2018, function="transport-capital").value
    ways = {(row.function, row.prices, row.people) for row in value.rows}
    assert len(ways) == len(value.rows) == 3 * 3 * 4
    same = [row.extra for row in value.rows if row.function == "transport-capital"]
    assert (value.low, value.high) == (min(same), max(same))
    assert value.chosen in value.rows


def test_the_regions_add_up_to_the_whole():
    value = north(IPPR_2019, prices="real", people="2012/13").value
    assert sum((area.extra for area in value.areas), Fraction(0)) == value.chosen.extra
    assert parts(value) == ("areas",)
    assert value.chosen in value.rows


def test_london_at_the_norths_rate_would_have_had_less():
    answer = funding.counterfactual("London", at="North East", first="2007/08", last="2016/17")
    assert "less for transport" in headline(answer)


def test_what_the_figures_cannot_answer_is_refused():
    with pytest.raises(BadInput, match="1999/00 to 2017/18"):
        funding.counterfactual("north", first="2010/11", last="2019/20")
    with pytest.raises(BadInput, match="all-capital"):
        funding.counterfactual("north", first="2010/11", last="2011/12", function="magic")
    with pytest.raises(BadInput, match="real-calendar"):
        funding.counterfactual("north", first="2010/11", last="2011/12", prices="guineas")
    with pytest.raises(BadInput, match="1999/00 to 2017/18"):
        funding.counterfactual("north", first="2010/11", last="2011/12", people="2050/51")
    with pytest.raises(BadInput, match="one region"):
        funding.counterfactual("north", at="midlands", first="2010/11", last="2011/12")
    with pytest.raises(NotFound, match="Narnia"):
        funding.regions("Narnia")
