"""The counterfactual from the bundled figures, with its caveats, and what is refused."""

import pytest

from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import funding
from fairground.report.words import headline, working


@pytest.mark.parametrize(
    ("first", "last", "expected"), [("2007/08", "2016/17", 60.1), ("2008/09", "2017/18", 63.8)]
)
def test_the_north_at_londons_transport_rate(first, last, expected):
    answer = funding.counterfactual("north", at="London", first=first, last=last)
    assert round(float(answer.value.chosen.extra) / 1e9, 1) == expected
    assert answer.value.low <= answer.value.chosen.extra <= answer.value.high
    assert Answer.from_json(answer.to_json()) == answer
    assert "more for transport" in headline(answer)
    assert any("Commuters" in line for line in working(answer))


@pytest.mark.parametrize(
    ("function", "expected"), [("transport", 24.3), ("transport-capital", 18.5), ("all-capital", 27.9)]
)
def test_the_yearly_cost_of_matching_london(function, expected):
    answer = funding.counterfactual("outside-london", first="2013/14", last="2017/18", function=function)
    assert round(float(answer.value.chosen.extra_per_year) / 1e9, 1) == expected


def test_london_at_the_norths_rate_would_have_had_less():
    answer = funding.counterfactual("London", at="North East", first="2007/08", last="2016/17")
    assert "less for transport" in headline(answer)


def test_what_the_figures_cannot_answer_is_refused():
    with pytest.raises(BadInput, match="1999/00 to 2017/18"):
        funding.counterfactual("north", first="2010/11", last="2019/20")
    with pytest.raises(BadInput, match="all-capital"):
        funding.counterfactual("north", first="2010/11", last="2011/12", function="magic")
    with pytest.raises(BadInput, match="one region"):
        funding.counterfactual("north", at="midlands", first="2010/11", last="2011/12")
    with pytest.raises(NotFound, match="Narnia"):
        funding.regions("Narnia")
