"""Each real scheme's rule, worked from bundled figures: published sums, laws, and what is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground import places
from fairground.errors import BadInput, Impossible, NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import schemes
from fairground.report.words import headline, working
from fairground.wealth.funding.schemes import SCHEMES


def test_the_list_has_every_scheme_of_the_catalogue_and_each_can_be_worked():
    listed = schemes.schemes()
    assert [row.scheme for row in listed.value.rows] == [one.id for one in SCHEMES]
    for row in listed.value.rows:
        answer = schemes.scheme(row.scheme)
        assert Answer.from_json(answer.to_json()) == answer
        assert headline(answer).endswith(".")
        assert len(working(answer)) == 2


def test_12_percent_of_englands_570_million_is_the_published_68_million():
    """Source: UKSPF 2025-26 methodology note, 13 December 2024."""
    answer = schemes.scheme("shared-prosperity-reserve")
    assert round(answer.value.result / 10**6) == 68
    assert sum(row.amount for row in answer.value.rows[1:]) == answer.value.rows[0].amount


@pytest.mark.parametrize("level", ["regions", "districts"])
@given(pot=st.integers(1, 10**10))
def test_the_capability_grant_spends_the_pot_and_is_the_rule_for_each_place(level, pot):
    rows = schemes.scheme("capability-grant", amount=str(pot), level=level).value.rows
    people = places.get("E92000001").population
    assert sum(row.amount for row in rows) == pot
    for row in rows:
        by_hand = Fraction(7, 10) * pot * row.population / people + Fraction(3, 10) * pot / len(rows)
        assert row.amount == by_hand


def test_a_place_with_fewer_people_gets_more_for_each_person():
    rows = schemes.scheme("capability-grant", level="districts").value.rows
    assert [row.population for row in rows] == sorted(row.population for row in rows)


def test_the_lump_sum_of_wales_is_200_000_pounds_and_comes_first():
    rows = schemes.scheme("local-growth-wales", amount="1800000").value.rows
    assert {row.amount for row in rows} == {200_000}
    with pytest.raises(Impossible, match="lump sums"):
        schemes.scheme("local-growth-wales", amount="1799999")


def test_the_levelling_up_index_by_hand():
    answer = schemes.scheme("levelling-up-index", recovery="80", transport="40", regeneration="20")
    assert answer.value.result == 55
    assert [row.adds for row in answer.value.rows] == [40, 10, 5]


def test_barnett_follows_the_people_of_mid_2017():
    """By hand from the bundled estimates: 3,117,000-odd people in Wales, 55.6 million in England."""
    answer = schemes.scheme("barnett", amount="1,000,000", nation="wales", needs_factor="1.05")
    assert 55_000 < answer.value.result / Fraction("1.05") < 57_000
    assert "more than before" in headline(answer)
    cut = schemes.scheme("barnett", amount="-1000000", nation="Wales", needs_factor="1.05")
    assert cut.value.result == -answer.value.result
    assert "less than before" in headline(cut)


@pytest.mark.parametrize(
    ("id", "chosen", "field"),
    [
        ("capability-grant", {"amount": "-1"}, "amount"),
        ("capability-grant", {"amount": "lots"}, "amount"),
        ("capability-grant", {"amount": "1e400"}, "amount"),
        ("capability-grant", {"level": "parishes"}, "level"),
        ("capability-grant", {"nation": "Wales"}, "nation"),
        ("levelling-up-index", {"recovery": "101"}, "recovery"),
        ("barnett", {"comparability": "2"}, "comparability"),
        ("barnett", {"needs_factor": "0"}, ""),
        ("shared-prosperity-reserve", {"amount": "NaN"}, "amount"),
    ],
)
def test_a_number_that_a_rule_cannot_take_is_refused_by_field(id, chosen, field):
    with pytest.raises(BadInput) as caught:
        schemes.scheme(id, **chosen)
    assert field in caught.value.field


def test_an_unknown_scheme_or_nation_is_not_found():
    with pytest.raises(NotFound, match="barnett"):
        schemes.scheme("bidding")
    with pytest.raises(NotFound, match="Scotland"):
        schemes.scheme("barnett", nation="Cornwall")
