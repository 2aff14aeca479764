"""The sixteen laws of a fair formula (research note, section 2.4), each for any formula and any places."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fairground import places
from fairground.errors import BadInput, Impossible
from fairground.wealth.funding import (
    Areas,
    Column,
    Draws,
    Formula,
    Weighted,
    allocate,
    explain,
    path,
    register,
    replay,
    sensitivity,
)
from fairground.wealth.funding.catch_up import next_year
from fairground.wealth.funding.formula import bounds
from fairground.wealth.funding.merger import mergers
from fairground.wealth.funding.path import largest_move
from tests.wealth.funding.worlds import areas, paths, worlds

law = settings(deadline=None, max_examples=25)
ONE = Formula((Weighted("hardship", Fraction(1)),), 10**9)


def with_value(world, place, factor, *, column=0):
    """Return the places with one place's figure multiplied."""
    values = list(world.indicators[column].values)
    values[place] *= factor
    columns = list(world.indicators)
    columns[column] = Column(columns[column].id, tuple(values))
    return replace(world, indicators=tuple(columns))


@pytest.mark.slow
@law
@given(worlds())
def test_law_1_the_allocations_add_up_to_the_pot_to_the_penny_at_every_level(world):
    formula, where = world
    found = allocate(formula, where).pence
    assert sum(found) == formula.pot
    regions = {group: 0 for group in where.groups}
    for group, pence in zip(where.groups, found, strict=True):
        regions[group] += pence
    assert sum(regions.values()) == formula.pot


@pytest.mark.slow
@law
@given(paths())
def test_law_1_every_year_of_a_path_adds_up_to_its_pot_to_the_penny(world):
    formula, where = world
    for year in path(formula, where):
        assert sum(year.pence) == round(formula.pot * formula.uprating ** (year.number - 1))


@pytest.mark.slow
@law
@given(worlds())
def test_law_2_every_allocation_lies_between_its_floor_and_its_cap(world):
    formula, where = world
    low, high = bounds(formula, where)
    found = allocate(formula, where).pence
    assert all(a <= b <= c for a, b, c in zip(low, found, high, strict=True))


@law
@given(areas(), st.fractions(Fraction(101, 100), 3, max_denominator=100))
def test_law_2_floors_that_clash_are_named_with_their_places(where, floor):
    with pytest.raises(Impossible, match=r"floors add up to|more than the whole pot") as caught:
        allocate(replace(ONE, floor=floor), where)
    assert caught.value.clashes
    assert all(any(name in clash for name in (*where.names, "more places")) for clash in caught.value.clashes)


@law
@given(areas(), st.fractions(0, Fraction(99, 100), max_denominator=100))
def test_law_2_caps_that_clash_are_named_with_their_places(where, cap):
    assume(-(-cap.numerator * ONE.pot // cap.denominator) + len(where.codes) < ONE.pot)
    with pytest.raises(Impossible, match="caps add up to") as caught:
        allocate(replace(ONE, cap=cap), where)
    assert caught.value.clashes


@law
@given(areas())
def test_law_2_a_floor_above_a_place_s_own_cap_is_named(where):
    tight = replace(where, capacity=(0, *(ONE.pot,) * (len(where.codes) - 1)))
    assume(where.populations[0] * ONE.pot > 2 * sum(where.populations))
    with pytest.raises(Impossible, match="floor is above its cap") as caught:
        allocate(replace(ONE, floor=Fraction(1, 2)), tight)
    assert caught.value.clashes[0].startswith(where.names[0])


@law
@given(worlds(), st.floats(1.001, 4))
def test_law_3_raising_a_place_s_need_never_lowers_its_allocation(world, factor):
    formula, where = world
    before = allocate(formula, where).pence[0]
    assert allocate(formula, with_value(where, 0, factor)).pence[0] >= before - 1


@law
@given(worlds(), st.floats(1.001, 4))
def test_law_4_raising_my_need_never_raises_a_rival_s_share(world, factor):
    formula, where = world
    formula = replace(formula, cap=None)
    before = allocate(formula, where).pence
    after = allocate(formula, with_value(where, 0, factor)).pence
    slack = 1 + formula.pot // 10**7
    assert all(b <= a + slack for a, b in zip(before[1:], after[1:], strict=True))


@pytest.mark.slow
@law
@given(worlds(), st.randoms(use_true_random=False))
def test_law_5_the_order_of_the_places_and_their_names_do_not_matter(world, chance):
    formula, where = world
    order = list(range(len(where.codes)))
    chance.shuffle(order)

    def moved(column):
        return tuple(column[i] for i in order) if column else ()

    shuffled = Areas(
        moved(where.codes),
        tuple(f"Other name {i}" for i in order),
        moved(where.groups),
        moved(where.populations),
        tuple(Column(c.id, moved(c.values)) for c in where.indicators),
        cost=moved(where.cost),
        behind=moved(where.behind),
    )
    before = allocate(formula, where).pence
    assert allocate(formula, shuffled).pence == moved(before)


@pytest.mark.slow
@law
@given(worlds(bounded=False), st.sampled_from([0.01, 100.0, 1000.0]))
def test_law_6_the_units_of_a_figure_do_not_change_the_shares(world, factor):
    formula, where = world
    scaled = replace(
        where,
        indicators=tuple(Column(c.id, tuple(v * factor for v in c.values)) for c in where.indicators),
        cost=tuple(c * factor for c in where.cost),
    )
    slack = 1 + formula.pot // 10**8
    before, after = allocate(formula, where).pence, allocate(formula, scaled).pence
    assert all(abs(a - b) <= slack for a, b in zip(before, after, strict=True))


@law
@given(areas(least=3))
def test_law_7_a_merged_place_gets_what_its_parts_got_when_need_is_extensive(where):
    one = replace(where, cost=(), behind=(), indicators=where.indicators[:1])
    (found,) = mergers(ONE, one, into={one.codes[0]: "M", one.codes[1]: "M"})
    assert found.parts == one.codes[:2]
    assert abs(found.together - found.apart) <= 2 + ONE.pot // 10**8


@law
@given(st.data())
def test_law_7_the_seventeen_districts_that_became_four_in_2023_keep_their_money(data):
    """Real codes and mergers, any figures: every bundled table is by the districts of after April 2023."""
    old = places.at(date(2023, 3, 31))
    codes = sorted(
        place.code
        for place in old.children("E92000001", kind="district")
        if set(places.descendants(place.code)) & NEW
    )
    into = {code: places.descendants(code)[0] for code in codes}
    assert (len(codes), len(set(into.values()))) == (17, 4)
    figures = st.lists(st.floats(5, 60), min_size=17, max_size=17)
    people = st.lists(st.integers(35_000, 180_000), min_size=17, max_size=17)
    where = Areas(
        tuple(codes),
        tuple(old.get(code).name for code in codes),
        ("x",) * 17,
        tuple(data.draw(people)),
        (Column("hardship", tuple(data.draw(figures))),),
    )
    found = mergers(ONE, where, into=into)
    assert {one.code for one in found} == NEW
    assert all(abs(one.together - one.apart) <= len(one.parts) + 10 for one in found)


NEW = {"E06000063", "E06000064", "E06000065", "E06000066"}


def test_law_7_where_it_cannot_hold_the_discrepancy_is_told_in_pence():
    where = Areas(
        ("a", "b", "c"),
        ("Ash", "Beech", "Cedar"),
        ("x",) * 3,
        (100, 100, 200),
        (Column("hardship", (9.0, 1.0, 5.0)),),
    )
    (found,) = mergers(replace(ONE, alpha=Fraction(2), pot=1_000_000), where, into={"a": "M", "b": "M"})
    assert (found.apart, found.together) == (621_212, 500_000)
    with pytest.raises(BadInput, match="one that stays"):
        mergers(ONE, where, into={"a": "c"})
    with pytest.raises(BadInput, match="no share"):
        mergers(ONE, where, into={"z": "M"})


@pytest.mark.slow
@law
@given(worlds(bounded=False), st.fractions(0, 5, max_denominator=50))
def test_law_8_of_two_equal_places_the_one_further_behind_gets_no_less(world, more):
    formula, where = world
    twins = replace(
        where,
        populations=(where.populations[0],) * 2 + where.populations[2:],
        indicators=tuple(Column(c.id, (c.values[0],) * 2 + c.values[2:]) for c in where.indicators),
        cost=(where.cost[0],) * 2 + where.cost[2:],
        behind=(where.behind[0], where.behind[0] + more, *where.behind[2:]),
    )
    found = allocate(formula, twins).pence
    assert found[1] >= found[0] - 1


@law
@given(st.fractions(0, 10), st.fractions(0, 1, max_denominator=50), st.integers(1, 10))
def test_law_8_once_a_place_has_the_benchmark_s_level_its_gap_closes_by_depreciation(behind, wear, years):
    left = behind
    for _ in range(years):
        left = next_year(left, depreciation=wear, shortfall=Fraction(0))
    assert left == behind * (1 - wear) ** years


@pytest.mark.slow
@law
@given(paths())
def test_law_8_the_years_behind_of_a_path_follow_the_stated_rule(world):
    formula, where = world
    assume(formula.beta and formula.kappa)
    for year, after in pairwise(path(formula, where)):
        for i, behind in enumerate(year.behind):
            got = where.base[i] + Fraction(year.pence[i], 100 * where.populations[i]) / where.level
            assert after.behind[i] == behind * (1 - formula.depreciation) + max(Fraction(0), 1 - got)


@law
@given(st.fractions(0, 10), st.fractions(0, 1, max_denominator=50), st.fractions(0, 1), st.fractions(0, 1))
def test_law_9_money_received_this_year_never_raises_next_year_s_claim(behind, wear, got, more):
    less, much = (next_year(behind, depreciation=wear, shortfall=1 - x) for x in (got, got + more))
    assert much <= less


@pytest.mark.slow
@law
@given(paths())
def test_law_10_no_year_of_a_path_leaves_the_band(world):
    formula, where = world
    assume(formula.band is not None)
    before = where.previous
    for year in path(formula, where):
        for had, got in zip(before, year.pence, strict=True):
            share = Fraction(had * sum(year.pence), sum(before))
            assert share * (1 - formula.band) - 1 < got < share * (1 + formula.band) + 1
        assert largest_move(before, year.pence) >= 0
        assert year.triggers == ()
        before = year.pence


@pytest.mark.slow
@law
@given(paths())
def test_law_10_a_path_is_the_same_whenever_it_is_published(world):
    formula, where = world
    full = path(formula, where)
    assert path(replace(formula, years=1), where) == full[:1]
    assert [year.number for year in full] == list(range(1, formula.years + 1))


@pytest.mark.slow
@law
@given(paths())
def test_law_10_only_a_named_trigger_breaks_the_band(world):
    formula, where = world
    roomy = (10**17,) * (len(where.codes) - 1)
    small = replace(where, capacity=(1, *roomy))
    formula = replace(formula, band=Fraction(1, 2), floor=None, cap=None, years=1)
    small_share = Fraction(where.previous[0], sum(where.previous))
    assume(small_share * formula.pot > 4)
    assume(small_share < Fraction(1, 4))
    (year,) = path(formula, small)
    assert (year.triggers, year.pence[0]) == ((where.codes[0],), 1)


@pytest.mark.slow
@law
@given(worlds())
def test_law_11_a_floor_is_paid_for_by_the_places_that_it_does_not_hold_up(world):
    formula, where = world
    free = allocate(replace(formula, floor=None, cap=None), where)
    held = allocate(replace(formula, cap=None), where)
    slack = 1
    for i, state in enumerate(held.states):
        if state >= 0:
            assert held.pence[i] <= free.pence[i] + slack
    assert sum(held.pence) == sum(free.pence)


@pytest.mark.slow
@law
@given(paths())
def test_law_11_damping_moves_money_and_never_makes_or_loses_it(world):
    formula, where = world
    full = replace(formula, band=None, beta=Fraction(0))
    assert all(sum(year.pence) == sum(year.aim) for year in path(full, where))
    assert path(replace(full, damping=(Fraction(1),)), where)[0].pence == path(full, where)[0].aim


@pytest.mark.slow
@law
@given(worlds(), st.integers(1, 10**6))
def test_law_12_a_bigger_pot_cuts_nobody_by_more_than_the_penny_of_rounding(world, more):
    formula, where = world
    before = allocate(formula, where).pence
    after = allocate(replace(formula, pot=formula.pot + more), where).pence
    assert all(b >= a - 1 for a, b in zip(before, after, strict=True))


@pytest.mark.slow
@law
@given(worlds(bounded=False), st.integers(1, 1000))
def test_law_12_under_webster_a_bigger_pot_cuts_nobody(world, more):
    formula, where = world
    webster = replace(formula, rounding="webster")
    before = allocate(webster, where).pence
    after = allocate(replace(webster, pot=formula.pot + more), where).pence
    assert all(b >= a for a, b in zip(before, after, strict=True))


@law
@given(worlds(), st.floats(1e-6, 1e-3))
def test_law_13_a_small_change_of_a_figure_moves_little_money(world, change):
    """A figure up by a share e moves at most e x alpha of the pot, floors and caps or not."""
    formula, where = world
    before = allocate(formula, where).pence
    after = allocate(formula, with_value(where, 0, 1 + change)).pence
    moved = sum(abs(a - b) for a, b in zip(before, after, strict=True)) / 2
    assert moved <= formula.pot * change * float(formula.alpha) + formula.pot / 10**7 + len(before)


@pytest.mark.slow
@law
@given(worlds(), st.data())
def test_law_14_the_amount_per_head_over_the_average_is_the_exact_product_of_its_factors(world, data):
    formula, where = world
    pence = allocate(formula, where).pence
    paid = [code for code, got in zip(where.codes, pence, strict=True) if got]
    found = explain(formula, where, code=data.draw(st.sampled_from(paid)))
    assert prod((part.ratio for part in found.parts), start=Fraction(1)) == found.ratio
    assert [part.id for part in found.parts] == [
        "need", "cost", "catch-up", "others", "bound", "rounding"
    ]  # fmt: skip


@pytest.mark.slow
@law
@given(worlds(), st.integers(0, 10**6))
def test_law_15_every_place_has_a_range_of_amounts_and_ranks_inside_its_bounds(world, seed):
    formula, where = world
    found = sensitivity(formula, where, draws=Draws(200, seed, error=Fraction(1, 20)))
    low, high = bounds(formula, where)
    for i, one in enumerate(found.ranges):
        assert low[i] <= one.low <= one.high <= high[i]
        assert 1 <= one.rank_low <= one.rank_high <= len(where.codes)
        assert 0 <= one.gain <= 1
    assert 0 <= found.moved <= 1


@pytest.mark.slow
@law
@given(worlds())
def test_law_16_a_registered_formula_replays_to_the_same_pence_and_refuses_any_change(world):
    formula, where = world
    sealed = register(formula, where)
    assert replay(sealed, formula, where).pence == allocate(formula, where).pence
    with pytest.raises(BadInput, match="not the registered formula"):
        replay(sealed, replace(formula, pot=formula.pot + 1), where)
    with pytest.raises(BadInput, match="'hardship' is not the one"):
        replay(sealed, formula, with_value(where, 0, 1.5))
    with pytest.raises(BadInput, match="altered after it was sealed"):
        replay(replace(sealed, formula=sealed.formula + " "), formula, where)
