"""What an award is worth, and what is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, NotFound
from fairground.wealth.funding.award import Award, amount, share_of_gap
from fairground.wealth.funding.similar import Candidate, mean_need, similar


def test_an_award_of_56_million_over_five_years_to_258_thousand_people():
    award = Award(Fraction(56_000_000), 5, 258_000)
    assert award.per_year == 11_200_000
    assert round(float(award.per_head_per_year), 2) == 43.41
    assert share_of_gap(award, own=Fraction(500), benchmark=Fraction(1000)) == award.per_head / 2500


@given(st.integers(1, 10**10), st.integers(1, 30), st.integers(1, 10**7), st.integers(1, 50))
def test_an_award_scales(pounds, years, population, times):
    once, more = (
        Award(Fraction(pounds), years, population),
        Award(Fraction(pounds * times), years, population),
    )
    assert more.per_head == once.per_head * times
    assert once.per_head_per_year * years == once.per_head
    assert once.pot_at_this_rate(population) == pounds


@given(st.integers(1, 10**9), st.integers(0, 1000), st.integers(1, 1000))
def test_the_share_of_a_gap_is_zero_based_and_exact(pounds, own, gap):
    award = Award(Fraction(pounds), 1, 1000)
    share = share_of_gap(award, own=Fraction(own), benchmark=Fraction(own + gap))
    assert share * gap == award.per_head_per_year
    assert share_of_gap(award, own=Fraction(own), benchmark=Fraction(own)) is None


@pytest.mark.parametrize("text", ["-1", "0", "NaN", "inf", "lots", ""])
def test_an_award_that_is_no_amount_is_refused(text):
    with pytest.raises(BadInput, match="award"):
        amount(text)


def test_an_award_may_be_written_with_commas_and_a_pound_sign():
    assert amount("£56,000,000") == amount(56_000_000) == 56_000_000
    assert amount("1.50") == Fraction(3, 2)


def test_years_and_people_must_be_above_zero():
    with pytest.raises(BadInput, match="year"):
        Award(Fraction(1), 0, 1)
    with pytest.raises(BadInput, match="population"):
        Award(Fraction(1), 1, 0)


PLACES = [Candidate(c, c, need, size) for c, need, size in [
    ("A", 30, 100_000), ("B", 31, 100_000), ("C", 10, 100_000), ("D", 30, 900_000),
]]  # fmt: skip


def test_the_nearest_place_is_alike_in_need_and_size():
    found = similar("A", PLACES, count=2)
    assert found[0].code == "B"
    assert len(found) == 2
    assert mean_need(found[:1]) == 31


@given(st.permutations(PLACES))
def test_the_order_of_the_places_does_not_change_the_neighbours(shuffled):
    assert [n.code for n in similar("A", shuffled)] == [n.code for n in similar("A", PLACES)]


@given(st.floats(0.1, 100), st.floats(-50, 50))
def test_the_scale_of_need_does_not_change_the_nearest(scale, shift):
    moved = [Candidate(p.code, p.name, p.need * scale + shift, p.population) for p in PLACES]
    assert similar("A", moved, count=1)[0].code == "B"


def test_unknown_places_and_needs_that_are_not_numbers_are_refused():
    with pytest.raises(NotFound):
        similar("Z", PLACES)
    with pytest.raises(BadInput):
        similar("A", PLACES, count=0)
    with pytest.raises(BadInput):
        Candidate("A", "A", float("nan"), 1)
