"""Juries by lot: exactly fair, against a slow twin that lists every jury, and on the shared pools."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible, NotFound
from fairground.power.juries import Pool, Quotas, Target, Volunteer, clashing, numbered, select, verify
from tests.power.juries.pools import every_jury, shared_pool, tiny
from tests.power.juries.reference import leximin


@pytest.mark.slow
@pytest.mark.parametrize("seeds", [range(90), range(90, 180), range(180, 270)], ids=["0", "90", "180"])
def test_leximin_is_that_of_listing_every_jury(seeds):
    seen = 0
    for seed in seeds:
        made = tiny(seed)
        if made is None:
            continue
        pool, quotas = made
        juries = every_jury(pool, quotas)
        if not juries:
            with pytest.raises(Impossible, match="No jury from this pool"):
                select(pool, quotas)
            continue
        found = select(pool, quotas)
        assert found.chances == pytest.approx(leximin(juries, len(pool.volunteers)), abs=2e-6), seed
        assert {tuple(sorted(j)) for j in found.lottery.juries} <= set(juries)
        seen += 1
    assert seen > 10


def test_where_fractions_promise_too_much_whole_juries_are_looked_at_one_by_one():
    held = 0
    for seed in range(270):
        made = tiny(seed)
        if made is not None and every_jury(*made):
            held += not any(level.prices for level in select(*made).levels)
    assert held > 0


@given(st.integers(0, 5000), st.sampled_from(["leximin", "nash", "minimax", "goldilocks"]))
def test_every_lottery_passes_a_count_by_somebody_else(seed, rule):
    made = tiny(seed)
    if made is None:
        return
    pool, quotas = made
    try:
        found = select(pool, quotas, rule)
    except Impossible:
        assert not every_jury(pool, quotas)
        return
    ids = [p.id for p in pool.volunteers]
    seen = verify(
        pool, quotas, [[ids[n] for n in j] for j in found.lottery.juries], found.lottery.weights,
        dict(zip(ids, found.chances, strict=True)), found.levels,
    )  # fmt: skip
    assert seen.faults == ()
    assert not found.levels or seen.gap < 1e-6


@given(st.integers(0, 2000), st.randoms())
def test_the_order_of_the_pool_changes_nobodys_chance(seed, chance):
    made = tiny(seed)
    if made is None or not every_jury(*made):
        return
    pool, quotas = made
    order = list(range(len(pool.volunteers)))
    chance.shuffle(order)
    other = Pool(pool.features, tuple(pool.volunteers[n] for n in order))
    assert select(other, quotas).chances == pytest.approx(select(pool, quotas).chances[order], abs=3e-7)


def test_people_alike_have_the_same_chance():
    pool, quotas = next(made for made in map(tiny, range(50)) if made and every_jury(*made))
    people = tuple(Volunteer(f"{p.id}{copy}", p.values) for p in pool.volunteers for copy in "abc")
    found = select(Pool(pool.features, people), quotas).chances.reshape(-1, 3)
    assert np.ptp(found, axis=1).max() < 1e-9


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "lowest", "gini"),
    [
        ("uk_small_24", 0.0, 0.4505),
        pytest.param("uk_core5_60", 0.019231, 0.2777, marks=pytest.mark.slow),
        pytest.param("uk_mid_50", 0.055488, 0.4192, marks=pytest.mark.slow),
    ],
)
def test_a_shared_pool_has_the_leximin_that_is_known_of_it(shared, name, lowest, gini):
    pool, quotas = shared_pool(shared, name)
    found = select(pool, quotas)
    spread = np.sort(found.chances)
    people = len(spread)
    measured = float((2 * np.arange(1, people + 1) - people - 1) @ spread / (people * spread.sum()))
    assert spread[0] == pytest.approx(lowest, abs=1e-6)
    assert measured == pytest.approx(gini, abs=1e-4)
    ids = [p.id for p in pool.volunteers]
    seen = verify(
        pool, quotas, [[ids[n] for n in j] for j in found.lottery.juries], found.lottery.weights,
        dict(zip(ids, found.chances, strict=True)), found.levels,
    )  # fmt: skip
    assert seen.faults == ()
    assert seen.gap < 1e-6


@pytest.mark.slow
@pytest.mark.shared
def test_each_rule_is_best_at_what_it_promises(shared):
    pool, quotas = shared_pool(shared, "uk_small_24")
    chances = {
        rule: select(pool, quotas, rule).chances for rule in ("leximin", "nash", "minimax", "goldilocks")
    }
    can = chances["leximin"] > 1e-9
    product = {rule: np.log(np.maximum(found[can], 1e-12)).sum() for rule, found in chances.items()}
    assert max(product, key=product.get) == "nash"
    assert min(found[can].min() for found in chances.values()) < chances["leximin"][can].min() + 1e-9
    assert chances["leximin"][can].min() >= max(found[can].min() for found in chances.values()) - 1e-7
    assert chances["minimax"].max() <= min(found.max() for found in chances.values()) + 1e-6


@pytest.mark.slow
@pytest.mark.shared
def test_a_thousand_numbered_juries_meet_every_target_and_change_chances_little(shared):
    pool, quotas = shared_pool(shared, "uk_small_24")
    found = select(pool, quotas)
    juries = numbered(found.kinds, found.mixture, 1000)
    ids = [p.id for p in pool.volunteers]
    seen = verify(pool, quotas, [[ids[n] for n in j] for j in juries], [0.001] * 1000, {})
    assert {fault.what for fault in seen.faults} == {"chance"}  # none is claimed
    times = np.zeros(len(ids))
    for jury in juries:
        times[list(jury)] += 1
    assert np.abs(times / 1000 - found.chances).max() < 0.003


def test_somebody_who_must_be_on_it_is_and_their_household_is_not():
    people = [Volunteer("a", ("x",), "mill", certain=True), Volunteer("b", ("x",), "mill")]
    people += [Volunteer(f"c{n}", ("x",)) for n in range(4)]
    found = select(Pool(("f",), tuple(people)), Quotas(3, (Target("f", "x", 0, 3),)))
    assert found.chances == pytest.approx([1, 0, 0.5, 0.5, 0.5, 0.5])


def test_two_people_of_one_household_cannot_both_be_on_it():
    people = tuple(Volunteer(id, ("x",), "mill", certain=True) for id in "ab")
    with pytest.raises(BadInput, match=r"a and b"):
        Pool(("f",), people)


def test_more_people_who_must_be_on_it_than_places_are_said_to_be_too_many():
    people = tuple(Volunteer(f"p{n}", ("x",), certain=n < 3) for n in range(6))
    with pytest.raises(Impossible, match="3 people must be on the jury, and it has 2 places"):
        select(Pool(("f",), people), Quotas(2, (Target("f", "x", 0, 2),)))


def test_one_person_among_thousands_has_the_chance_that_the_product_asks_for():
    people = tuple(Volunteer(f"p{n}", ("x" if n else "y",)) for n in range(4000))
    found = select(Pool(("f",), people), Quotas(2, (Target("f", "x", 0, 2), Target("f", "y", 0, 1))), "nash")
    assert found.chances == pytest.approx(np.full(4000, 2 / 4000), rel=0.02)


def test_targets_that_clash_are_named_and_no_others():
    pool = Pool(("age", "sex"), tuple(Volunteer(f"p{n}", ("old", "man" if n else "woman")) for n in range(6)))
    targets = (
        Target("age", "old", 3, 3), Target("sex", "woman", 2, 3), Target("sex", "man", 0, 3),
    )  # fmt: skip
    quotas = Quotas(3, targets)
    assert clashing(pool, quotas) == (targets[1],)
    with pytest.raises(Impossible, match="sex woman: 2 to 3"):
        select(pool, quotas)


def test_sums_that_cannot_be_met_are_refused_before_anything_is_drawn():
    with pytest.raises(Impossible, match="least numbers add up to 5, but the jury has 4"):
        Quotas(4, (Target("age", "old", 3, 4), Target("age", "young", 2, 2)))
    with pytest.raises(Impossible, match="greatest numbers add up to 3, but the jury has 4"):
        Quotas(4, (Target("age", "old", 0, 2), Target("age", "young", 0, 1)))


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (lambda: Quotas(0, ()), "at least one person"),
        (lambda: Target("age", "old", -1, 2), "below nought"),
        (lambda: Target("age", "old", 3, 2), "below the least"),
        (lambda: Pool(("age",), ()), "Nobody"),
        (lambda: Pool(("age",), (Volunteer("a", ("x",)), Volunteer("a", ("x",)))), "an id of their own"),
        (lambda: Pool(("age",), (Volunteer("a", ()),)), "a value for each feature"),
    ],
    ids=["size", "negative", "crossed", "nobody", "twice", "short"],
)
def test_nonsense_is_refused_in_words(made, what):
    with pytest.raises(BadInput, match=what):
        made()


def test_a_rule_that_there_is_not_is_refused():
    pool = Pool(("f",), (Volunteer("a", ("x",)), Volunteer("b", ("x",))))
    with pytest.raises(NotFound, match="leximin, maximin, xmin, nash"):
        select(pool, Quotas(1, (Target("f", "x", 0, 1),)), "fairest")


@pytest.mark.slow
@pytest.mark.shared
def test_xmin_gives_the_same_chances_over_many_more_juries(shared):
    pool, quotas = shared_pool(shared, "uk_small_24")
    few, many = select(pool, quotas), select(pool, quotas, "xmin")
    assert many.chances == pytest.approx(few.chances, abs=1e-9)
    assert len(many.lottery.juries) > 10 * len(few.lottery.juries)
    ids = [p.id for p in pool.volunteers]
    named = [[ids[n] for n in jury] for jury in many.lottery.juries]
    claimed = dict(zip(ids, many.chances, strict=True))
    seen = verify(pool, quotas, named, many.lottery.weights, claimed, many.levels)
    assert seen.faults == ()
