"""Alternates: how far a jury is off, against trying every way to fill it, and how good the choice is."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible
from fairground.power.juries import Pool, Quotas, Staying, Target, Volunteer, alternates, off, select
from fairground.power.juries.alternates import _Best, who_may_step_in
from fairground.power.juries.chance import Stream
from tests.power.juries.pools import every_jury, shared_pool, tiny


def _made(seed):
    made = tiny(seed)
    juries = every_jury(*made) if made else []
    if not juries:
        return None
    pool, quotas = made
    return pool, quotas, [pool.volunteers[n].id for n in juries[seed % len(juries)]]


def _missed(pool, quotas, ids):
    """How far these people are off, counted one by one."""
    people = [p for p in pool.volunteers if p.id in ids]
    found = quotas.size - len(people)
    for target in quotas.targets:
        have = sum(p.values[pool.features.index(target.feature)] == target.value for p in people)
        found += max(target.low - have, have - target.high, 0)
    return found


@given(st.integers(0, 3000), st.sampled_from([0.0, 0.5, 0.9, 1.0]))
def test_a_jury_is_as_far_off_as_the_best_way_to_fill_it_leaves_it(seed, everyone):
    made = _made(seed)
    if made is None:
        return
    pool, quotas, jury = made
    ids = [pool.volunteers[n].id for n in who_may_step_in(pool, jury, Stream(b"who"))][:3]
    found = off(pool, quotas, jury, ids, Staying(everyone), b"a seed", 20)
    chance, slow = Stream(b"a seed"), []
    lots = [[chance.below(1 << 53) / 2**53 < everyone for _ in jury] for _ in range(20)]
    there = [[chance.below(1 << 53) / 2**53 < everyone for _ in ids] for _ in range(20)]
    for stays, can in zip(lots, there, strict=True):
        rest, ready = list(itertools.compress(jury, stays)), list(itertools.compress(ids, can))
        ways = [
            [*rest, *called] for n in range(len(ready) + 1) for called in itertools.combinations(ready, n)
        ]
        slow.append(min(_missed(pool, quotas, way) for way in ways if len(way) <= quotas.size))
    assert found.mean == pytest.approx(np.mean(slow))
    assert found.whole == pytest.approx(np.mean(np.array(slow) == 0))


@given(st.integers(0, 2000))
def test_one_more_alternate_never_makes_it_worse_and_nobody_steps_in_where_all_stay(seed):
    made = _made(seed)
    if made is None:
        return
    pool, quotas, jury = made
    ids = [pool.volunteers[n].id for n in who_may_step_in(pool, jury, Stream(b"who"))]
    means = [off(pool, quotas, jury, ids[:n], Staying(1.0, {}), b"x", 5).mean for n in range(len(ids) + 1)]
    assert means == [0.0] * len(means)
    new = (Target("f", "x", 2, 2),)
    assert off(Pool(("f",), (Volunteer("a", ("x",)), Volunteer("b", ("x",)))), Quotas(2, new), ["a", "b"], [],
               Staying(0.0), b"x", 5).mean == 4  # fmt: skip


@pytest.mark.parametrize("seed", [1, 16, 51, 66])
def test_the_choice_is_close_to_the_best_of_all_choices_and_the_bound_holds(seed):
    made = _made(seed)
    pool, quotas, jury = made
    found = alternates(pool, quotas, jury, 2, Staying(0.6), b"seed", 30)
    assert len(set(found.ids)) == 2
    assert not set(found.ids) & set(jury)
    assert found.least <= found.mean + 1e-6
    assert found.mean <= found.least * 1.5 + 0.35  # fractions of a person promise a little more


def test_alternates_are_those_whom_the_jury_would_miss():
    """Only one young person can replace the only young member; of the old there are plenty."""
    people = [Volunteer("y1", ("young",)), Volunteer("y2", ("young",))]
    people += [Volunteer(f"o{n}", ("old",)) for n in range(8)]
    quotas = Quotas(3, (Target("age", "young", 1, 1), Target("age", "old", 2, 2)))
    leaves = Staying(1.0, {("age", "young"): 0.5})
    found = alternates(Pool(("age",), tuple(people)), quotas, ["y1", "o0", "o1"], 1, leaves, b"seed")
    assert found.ids == ("y2",)


@given(st.integers(0, 2000))
def test_nobody_stands_ready_who_shares_a_home_with_a_member_or_with_another(seed):
    made = _made(seed)
    if made is None:
        return
    pool, _, jury = made
    ready = [pool.volunteers[n] for n in who_may_step_in(pool, jury, Stream(b"who"))]
    homes = [p.household for p in pool.volunteers if p.id in jury if p.household]
    homes += [p.household for p in ready if p.household]
    assert len(set(homes)) == len(homes)
    assert not {p.id for p in ready} & set(jury)


def test_the_program_for_many_alternates_agrees_with_trying_every_set():
    rows = np.array([[1.0, n % 2, n % 3 == 0] for n in range(7)])
    best = _Best(rows, np.array([6.0, 3, 2]), np.array([6.0, 3, 4]))
    chance = np.random.default_rng(1)
    for _ in range(20):
        have, there = np.array([2.0, chance.integers(0, 3), 0]), chance.random(7) < 0.6
        assert best._by_program(have, there)[0] == pytest.approx(best.least(have, there)[0])


@pytest.mark.parametrize(
    ("made", "fault", "what"),
    [
        (lambda pool, two: alternates(pool, two, ["a", "b"], 0, Staying(), b""), BadInput, "At least one"),
        (lambda pool, two: alternates(pool, two, ["a", "b"], 9, Staying(), b""), Impossible, "Too few"),
        (lambda pool, two: alternates(pool, two, ["a", "zz"], 1, Staying(), b""), BadInput, "has this id"),
        (lambda pool, two: Staying(1.2), BadInput, "between 0 and 1"),
        (lambda pool, two: Staying(1.0, {("f", "x"): -0.1}), BadInput, "f x: a chance"),
        (lambda pool, two: Staying(1.0, {("f", "z"): 0.5}).of(pool), BadInput, "Nobody in the pool"),
    ],
    ids=["none", "too many", "stranger", "above", "below", "unknown"],
)
def test_nonsense_about_alternates_is_refused_in_words(made, fault, what):
    pool = Pool(("f",), tuple(Volunteer(id, ("x",)) for id in "abcd"))
    with pytest.raises(fault, match=what):
        made(pool, Quotas(2, (Target("f", "x", 0, 2),)))


@pytest.mark.slow
@pytest.mark.shared
def test_chosen_alternates_keep_a_realistic_jury_closer_than_as_many_drawn_by_chance(shared):
    pool, quotas = shared_pool(shared, "uk_small_24")
    drawn = select(pool, quotas).lottery.juries[0]
    jury = [pool.volunteers[n].id for n in drawn]
    found = alternates(pool, quotas, jury, 6, Staying(), b"seed")
    mean = off(pool, quotas, jury, found.ids, Staying(), b"new", 400).mean
    chance, free = Stream(b"chance"), who_may_step_in(pool, jury, Stream(b"who"))
    others = [[pool.volunteers[free[at]].id for at in chance.some(6, len(free))] for _ in range(5)]
    by_chance = [off(pool, quotas, jury, ids, Staying(), b"new", 400).mean for ids in others]
    assert mean < 0.75 * np.mean(by_chance)
    assert found.mean < found.least * 1.15
