"""Numbered juries: nobody's share differs from their chance by one in as many as there are juries."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.juries import RULES, Pool, Quotas, Target, Volunteer, numbered, rounding, select
from tests.power.juries.pools import every_jury, shared_pool, tiny

DRAWN = [rule.id for rule in RULES if not rule.compared]


def change(found, number):
    """Return by how many juries shares are off at most, and how many lost a chance of one in as many."""
    times = np.zeros(len(found.chances))
    for jury in found.numbered(number):
        times[list(jury)] += 1
    lost = (times == 0) & (found.chances * number >= 1)
    return float(np.abs(times - number * found.chances).max()), int(lost.sum())


@settings(max_examples=60)
@given(st.integers(0, 5000), st.sampled_from(DRAWN), st.sampled_from([1, 2, 7, 100, 1000]))
def test_no_share_is_off_by_a_whole_jury_and_all_juries_meet_the_targets(seed, rule, number):
    made = tiny(seed)
    juries = made and every_jury(*made)
    if juries:
        found = select(*made, rule, juries=number)
        off, lost = change(found, number)
        assert off < 1 + 1e-6
        assert lost == 0
        assert set(found.numbered(number)) <= set(juries)
        assert len(found.numbered(number)) == number


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize("rule", ["leximin", "maximin", "nash", "minimax", "goldilocks", "xmin"])
def test_nor_is_it_on_a_realistic_pool(shared, rule):
    off, lost = change(select(*shared_pool(shared, "uk_small_24"), rule), 1000)
    assert off < 1
    assert lost == 0


def test_where_the_last_juries_cannot_be_taken_out_they_are_looked_for_in_another_order(monkeypatch):
    homes = ["farm", "tower", "", "", "x", "farm", "", "x", "x", ""]
    values = ["mid n", "old s", "old s", "young s", "old n", "old s", "young n", "young s", "mid s", "old s"]
    people = tuple(
        Volunteer(f"p{n}", tuple(of.split()), homes[n], certain=n == 3) for n, of in enumerate(values)
    )
    bounds = {"young": (2, 3), "mid": (0, 1), "old": (1, 3), "n": (1, 2), "s": (3, 5)}
    targets = tuple(Target("area" if len(v) == 1 else "age", v, *of) for v, of in bounds.items())
    found = select(Pool(("age", "area"), people), Quotas(5, targets), "uniform", seed=320)
    assert change(found, 100)[0] < 1
    monkeypatch.setattr(rounding, "TURNS", 1)
    assert change(found, 100)[0] > 1


def test_where_whole_juries_cannot_be_taken_out_the_nearest_of_the_lottery_are_and_all_are_there(monkeypatch):
    people = tuple(Volunteer(f"p{n}", (str(n % 3),)) for n in range(11))
    quotas = Quotas(5, tuple(Target("f", str(n), 1, 3) for n in range(3)))
    found = select(Pool(("f",), people), quotas)
    monkeypatch.setattr(rounding, "_next", lambda *_: None)
    juries = found.numbered(50)
    assert len(juries) == 50
    assert set(juries) <= set(every_jury(Pool(("f",), people), quotas))


@pytest.mark.parametrize("number", [0, 10_001])
def test_no_numbered_jury_and_more_than_a_machine_holds_are_refused_before_anything_is_looked_for(number):
    asked = Pool(("f",), (Volunteer("a", ("x",)),)), Quotas(1, (Target("f", "x", 1, 1),))
    found = select(*asked)
    with pytest.raises(BadInput, match="a thousand numbered juries"):
        numbered(found.kinds, found.mixture, number)
    with pytest.raises(BadInput, match="a thousand numbered juries"):
        select(*asked, juries=number)
