"""The counterfactual from the bundled figures: each published sum, its caveats, and what is refused."""

from fractions import Fraction

import pytest

from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import funding
from fairground.questions.wealth.award import award
from fairground.report import as_text, parts
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


@pytest.mark.parametrize(
    ("words", "pounds", "years"),
    [
        ("£19.5 million over 10 years", 19_500_000, 10),
        ("£20m over ten years", 20_000_000, 10),
        ("£20m, spread over the next 10-year period", 20_000_000, 10),
        ("GBP 20 mn over a decade", 20_000_000, 10),
        ("£2m a year for 10 years", 20_000_000, 10),
        ("£1.95m p.a. over 10 yrs", 19_500_000, 10),
        ("20 million pounds", 20_000_000, 1),
        ("£19.525m", 19_525_000, 1),
        ("£750 thousand for 1 year", 750_000, 1),
        ("20,000,000", 20_000_000, 1),
    ],
)
def test_an_award_is_read_in_the_words_in_which_it_is_announced(words, pounds, years):
    value = award("Hartlepool", words).value
    assert (value.amount, value.years) == (pounds, years)
    assert value.per_head_per_year == Fraction(pounds, 93_861 * years)


@pytest.mark.parametrize(
    ("words", "years", "said"),
    [
        ("£2m a year", None, "amount.*needs its years.*'£2m a year'"),
        ("£20m over 10 years", 5, "years.*'5'. Allowed: 10"),
        ("£20m over 0 years", None, "years.*'0'. Allowed: 1 to 30"),
        ("£20m a year for 99 years", None, "years.*'99'. Allowed: 1 to 30"),
        ("about £20m over 10 years", None, "must be a number.*'about £20m over 10 years'"),
        ("£20m-£25m", None, "must be a number"),
        ("£20.000", None, "amount.*point may stand between thousands.*'20.000'|'£20.000'"),
        ("€20m over 10 years", None, "must be a number"),
        ("over 10 years", None, "must be a number"),
    ],
)
def test_an_award_in_words_that_may_mean_two_things_is_refused(words, years, said):
    with pytest.raises(BadInput, match=said):
        award("Hartlepool", words, years=years)


def test_years_beside_an_amount_a_year_make_the_whole_sum():
    assert award("Hartlepool", "£2m per year", years=10).value.amount == 20_000_000


@pytest.mark.parametrize(
    ("name", "place"),
    [("Rotherham MBC", "Rotherham"), ("Hull CC", "Kingston upon Hull"), ("LB Camden", "Camden")],
)
def test_a_council_is_known_by_the_letters_that_councils_use(name, place):
    assert award(name, 1_000_000).value.place == place


def test_what_an_answer_does_not_know_stands_under_its_own_heading_on_a_terminal_as_on_the_site():
    shown = as_text(award("Hartlepool", "£20m"))
    known, unknown = shown.split("What we do not know\n")
    assert "How we worked it out\n  1. £20 million shared by" in known
    assert unknown.startswith("  - What the money may be spent on")
    assert "Nobody publishes that by council." in unknown.partition("Method:")[0]
    assert "may be spent on" not in known
