"""Standing juries: plans with a bound, targets that catch up, lots among equals, what memory is worth."""

import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible
from fairground.power.juries import (
    History,
    Pool,
    Quotas,
    Seats,
    Share,
    Target,
    Turn,
    Volunteer,
    leaving,
    let_out,
    plan,
    shares_of,
    targets_for,
)
from fairground.power.juries.foresee import foresee
from tests.power.juries.pools import every_jury, tiny

PARTS = st.lists(st.integers(0, 30), min_size=1, max_size=6).filter(sum)


def _near(number, share):
    return math.floor(share) <= number <= math.ceil(share)


@given(PARTS, st.lists(st.integers(0, 12), min_size=1, max_size=6))
@example([1, 1, 1, 1, 1, 1, 30], [1, 1, 1, 1, 1, 1])
def test_a_plan_rounds_each_rotation_and_each_sum_from_the_start(weights, sizes):
    parts = [Fraction(w, sum(weights)) for w in weights]
    found = plan(parts, sizes)
    assert found.sum(axis=1).tolist() == sizes
    for value, part in enumerate(parts):
        sums = np.append(0, np.cumsum(found[:, value]))
        for at, size in enumerate(sizes):
            assert _near(found[at, value], part * size)
            assert _near(sums[at + 1], part * sum(sizes[: at + 1]))
        for first, last in itertools.combinations(range(len(sizes) + 1), 2):
            assert abs(sums[last] - sums[first] - part * sum(sizes[first:last])) < 2


@pytest.mark.parametrize(
    ("parts", "sizes", "what"),
    [([Fraction(1, 2)], [2], "add up to 1"), ([Fraction(1)], [-1], "fewer than nobody")],
)
def test_a_plan_that_cannot_be_is_refused(parts, sizes, what):
    with pytest.raises(BadInput, match=what):
        plan(parts, sizes)


def test_a_small_group_has_its_place_at_a_later_rotation():
    """Three in a hundred of 8 places are a quarter of a place: it comes when the sum demands it."""
    quotas = Quotas(24, (Target("born", "abroad", 0, 2), Target("born", "here", 22, 24)))
    shares = (Share("born", "abroad", Fraction(1, 24)), Share("born", "here", Fraction(23, 24)))
    least = [
        targets_for(quotas, shares, Seats({("born", "here"): 16}, {("born", "here"): total}, total), 8)[0][
            0
        ].low
        for total in (0, 8, 16, 24)
    ]
    assert least == [0, 0, 1, 1]


@given(st.integers(0, 10**6))
def test_narrow_targets_lie_in_the_wide_ones_and_can_add_up(seed):
    chance = np.random.default_rng(seed)
    size = int(chance.integers(3, 30))
    jury = chance.multinomial(size, chance.dirichlet(np.ones(4)))
    quotas = Quotas(
        size, tuple(Target("f", str(v), max(int(n) - 1, 0), int(n) + 1) for v, n in enumerate(jury))
    )
    gone = chance.multivariate_hypergeometric(jury, int(chance.integers(1, size + 1)))
    stay = {("f", str(v)): int(a - b) for v, (a, b) in enumerate(zip(jury, gone, strict=True))}
    total = int(chance.integers(size, 80))
    others = chance.multinomial(total - sum(stay.values()), np.ones(4) / 4)
    ever = {name: n + int(m) for (name, n), m in zip(stay.items(), others, strict=True)}
    places = size - sum(stay.values())
    narrow, wide = targets_for(quotas, shares_of(quotas), Seats(stay, ever, total), places)
    for n, w in zip(narrow, wide, strict=True):
        assert w.low <= n.low <= n.high <= w.high
    assert sum(t.low for t in narrow) <= places <= sum(t.high for t in narrow)


def test_those_who_stay_may_leave_no_room():
    quotas = Quotas(4, (Target("side", "n", 0, 2), Target("side", "s", 2, 4)))
    with pytest.raises(Impossible, match="side n: 3 stay"):
        targets_for(quotas, shares_of(quotas), Seats({("side", "n"): 3}, {("side", "n"): 3}, 3), 1)


@pytest.mark.slow
def test_targets_are_let_out_by_no_more_than_listing_every_jury_says():
    seen = 0
    for seed in range(250):
        made = tiny(seed)
        if made is None or not every_jury(*made):
            continue
        pool, wide = made
        chance = np.random.default_rng(seed)
        narrow = tuple(
            Target(t.feature, t.value, n, n)
            for t in wide.targets
            for n in [int(chance.integers(t.low, t.high + 1))]
        )
        best = min(_steps(pool, jury, narrow) for jury in every_jury(pool, wide))
        found = let_out(pool, wide.size, narrow, wide.targets)
        by = [(n.low - f.low) + (f.high - n.high) for n, f in zip(narrow, found, strict=True)]
        assert (max(by), sum(by)) == best, seed
        seen += 1
    assert seen > 20


def _steps(pool, jury, targets):
    by = []
    for t in targets:
        at = pool.features.index(t.feature)
        number = sum(pool.volunteers[n].values[at] == t.value for n in jury)
        by.append(max(t.low - number, number - t.high, 0))
    return max(by), sum(by)


def _first(number, values=("a", "b")):
    return tuple(Turn(1, f"p{n}", (values[n % len(values)],), 0.5, True) for n in range(number))


def test_those_who_have_sat_longest_leave_first_and_early_leavers_are_not_counted():
    turns = (*_first(4), *(Turn(2, f"q{n}", ("a",), 0.5, True) for n in range(4)))
    found = leaving(History(("f",), turns), 5, ["7"], ["p0"])
    assert set(found[:3]) == {"p1", "p2", "p3"}
    assert len(found) == 5
    assert "p0" not in found


@pytest.mark.slow
def test_a_lot_among_equals_mixes_those_who_leave_and_gives_each_the_same_chance():
    history = History(("f",), _first(12))
    times = Counter()
    for draw in range(60):
        found = leaving(history, 4, [str(draw)])
        assert Counter(history.members[id].values[0] for id in found) == {"a": 2, "b": 2}
        times.update(found)
    assert max(times.values()) < 35  # 20 are due, 3.7 is the standard deviation
    assert min(times.values()) > 6
    assert leaving(history, 4, ["7"]) == leaving(history, 4, ["7"])


@pytest.mark.parametrize(
    ("number", "gone", "what"),
    [(5, (), "5 would leave"), (1, ("x",), "not on the jury")],
    ids=["many", "stranger"],
)
def test_nobody_leaves_who_is_not_there(number, gone, what):
    with pytest.raises((BadInput, Impossible), match=what):
        leaving(History(("f",), _first(4)), number, ["7"], gone)


@pytest.mark.parametrize(
    ("turns", "what"),
    [
        ((Turn(1, "a", (), 0.5, True), Turn(1, "a", (), 0.5, True)), "twice"),
        ((Turn(1, "a", (), 0.5, True), Turn(2, "a", (), 0.5, False)), "still on the jury"),
        ((Turn(1, "a", (), 0.5, True, 3), Turn(2, "a", (), 0.5, False)), "still on the jury"),
    ],
    ids=["twice", "on it", "not yet gone"],
)
def test_a_history_that_contradicts_itself_is_refused(turns, what):
    with pytest.raises(BadInput, match=what):
        History((), turns)


@pytest.mark.parametrize(
    "turn",
    [
        (0, "a", (), 0.5, True),
        (1, "", (), 0.5, True),
        (1, "a", (), 1.5, True),
        (1, "a", (), 0.5, False, 2),
        (2, "a", (), 0.5, True, 2),
    ],
    ids=["rotation", "id", "chance", "not drawn", "before"],
)
def test_a_turn_that_cannot_be_is_refused(turn):
    with pytest.raises(BadInput):
        Turn(*turn)


def test_chances_beyond_equal_ones_add_up_to_nought_and_begin_anew_for_whoever_sat():
    turns = (
        Turn(1, "a", (), 0.75, True, 2), Turn(1, "b", (), 0.25, False), Turn(1, "c", (), 0.5, False),
        Turn(1, "d", (), 0.5, True), Turn(2, "b", (), 0.2, False), Turn(2, "c", (), 0.4, False),
        Turn(2, "e", (), 0.4, True),
    )  # fmt: skip
    ahead = History((), turns).ahead
    assert ahead["a"] == ahead["d"] == ahead["e"] == 0
    assert ahead["b"] == pytest.approx(-0.25 - 0.4 / 3, abs=1e-6)
    assert ahead["c"] == pytest.approx(0.2 / 3, abs=1e-6)


def test_whoever_left_rests_for_as_many_rotations_as_are_asked():
    turns = (Turn(1, "a", (), 0.5, True, 3), Turn(2, "b", (), 0.5, False), Turn(3, "b", (), 0.5, True))
    history = History((), turns)
    assert history.next == 4
    assert history.resting(1) == frozenset()
    assert history.resting(2) == {"a"}


def _town():
    """A pool in which the young and those born abroad volunteer less than they should."""
    chance = np.random.default_rng(5)
    people = tuple(
        Volunteer(f"p{n}", (
            "young" if chance.random() < 0.2 else "old", "abroad" if chance.random() < 0.08 else "here",
        )) for n in range(70)
    )  # fmt: skip
    quotas = Quotas(12, (
        Target("age", "young", 4, 6), Target("age", "old", 6, 8),
        Target("born", "abroad", 0, 3), Target("born", "here", 9, 12),
    ))  # fmt: skip
    return Pool(("age", "born"), people), quotas


@pytest.mark.slow
def test_remembering_keeps_all_who_sat_like_the_place_and_waiting_people_nearer_to_equal_chances():
    pool, quotas = _town()
    shares = (
        Share("age", "young", Fraction(2, 5)), Share("age", "old", Fraction(3, 5)),
        Share("born", "abroad", Fraction(1, 8)), Share("born", "here", Fraction(7, 8)),
    )  # fmt: skip
    off, behind = {}, {}
    for remembers in (True, False):
        found = [
            foresee(pool, quotas, shares, leave=4, rotations=12, seed=seed,
                    seats_count=remembers, chances_count=remembers) for seed in range(3)
        ]  # fmt: skip
        off[remembers] = max(float(np.abs(one.off).max()) for one in found)
        behind[remembers] = float(np.mean([one.behind() for one in found]))
    assert off[True] < 1
    assert off[False] > 2
    assert behind[True] < behind[False]
