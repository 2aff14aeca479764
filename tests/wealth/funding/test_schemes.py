"""Real schemes, each against a figure that its publisher gives, and laws of sharing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible, NotFound
from fairground.wealth.funding import schemes

populations = st.lists(st.integers(1, 10**7), min_size=1, max_size=20)


def test_seventy_thirty_by_hand():
    # 70 of 100 by population (1 : 3), 30 equally: 17.5 + 15 and 52.5 + 15
    assert schemes.population_and_equal(100, [1, 3]) == (Fraction(65, 2), Fraction(135, 2))


@given(st.integers(0, 10**9), populations)
def test_seventy_thirty_spends_the_pot_and_gives_each_its_floor(pot, people):
    found = schemes.population_and_equal(pot, people)
    assert sum(found) == pot
    assert min(found) >= Fraction(3 * pot, 10 * len(people))
    ranked = [share for _, share in sorted(zip(people, found, strict=True))]
    assert ranked == sorted(ranked)


@given(st.integers(0, 10**9), populations)
def test_the_lump_sum_comes_first_and_the_pot_is_spent(rest, shares):
    found = schemes.lump_sum_then_shares(rest + 200_000 * len(shares), shares)
    assert sum(found) == rest + 200_000 * len(shares)
    assert min(found) >= 200_000


def test_lump_sums_beyond_the_pot_are_impossible():
    with pytest.raises(Impossible, match="lump sums"):
        schemes.lump_sum_then_shares(300_000, [1, 1])


def test_the_levelling_up_index_weights_its_parts_50_25_25():
    assert schemes.levelling_up_index(80, transport=40, regeneration=20) == 55


@given(st.integers(0, 1000))
def test_the_levelling_up_index_of_equal_parts_is_that_part(score):
    assert schemes.levelling_up_index(score, transport=score, regeneration=score) == score


def test_barnett_by_hand():
    found = schemes.barnett_increment(
        1_000_000,
        comparability=Fraction(3, 4),
        population_share=Fraction(1, 20),
        needs_factor=Fraction(105, 100),
    )
    assert found == 39_375


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_barnett_is_additive_and_a_cut_is_a_cut(one, two):
    rule = {"comparability": Fraction(1, 2), "population_share": Fraction(1, 10)}
    both = schemes.barnett_increment(one + two, **rule)
    assert both == schemes.barnett_increment(one, **rule) + schemes.barnett_increment(two, **rule)


def test_12_percent_of_570_million_is_the_published_68_million():
    assert round(schemes.mayoral_reserve(570_000_000) / 10**6) == 68


def test_each_scheme_has_a_reference_and_its_own_id():
    assert len({one.id for one in schemes.SCHEMES}) == len(schemes.SCHEMES)
    assert all(one.reference and callable(one.run) for one in schemes.SCHEMES)
    assert schemes.scheme("barnett").run is schemes.barnett_increment
    with pytest.raises(NotFound, match="barnett"):
        schemes.scheme("barnet")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: schemes.population_and_equal(-1, [1]),
        lambda: schemes.population_and_equal(1, []),
        lambda: schemes.population_and_equal(1, [0]),
        lambda: schemes.population_and_equal(1, [1], population_share=Fraction(2)),
        lambda: schemes.lump_sum_then_shares(1, [1], lump=-1),
        lambda: schemes.levelling_up_index(-1, transport=0, regeneration=0),
        lambda: schemes.mayoral_reserve(-1),
        lambda: schemes.mayoral_reserve(1, share=Fraction(2)),
        lambda: schemes.barnett_increment(1, comparability=Fraction(2), population_share=Fraction(1)),
        lambda: schemes.barnett_increment(1, comparability=Fraction(1), population_share=Fraction(0)),
        lambda: schemes.barnett_increment(
            1, comparability=Fraction(1), population_share=Fraction(1), needs_factor=Fraction(0)
        ),
    ],
)
def test_a_rule_refuses_what_it_cannot_share(ask):
    with pytest.raises(BadInput):
        ask()
