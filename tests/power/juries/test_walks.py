"""Juries found by walks: as a slow twin walks, each as likely as its weight, and the wanted chances given."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import Impossible
from fairground.measures.kernels import stream
from fairground.power.juries import (
    Pool,
    Quotas,
    Target,
    Volunteer,
    decomposition,
    entropy,
    select,
    verify,
    walking,
)
from fairground.power.juries.chance import Stream
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.leximin import best_chances
from fairground.power.juries.sampling import seat
from fairground.power.juries.trial import by_trial
from fairground.power.juries.walking import Walkers, Window, by_walk, from_walks
from fairground.power.juries.weights import narrowed
from tests.power.juries import reference
from tests.power.juries.pools import every_jury, shared_pool, tiny


def made(seeds):
    """Return tiny pools that have more than one jury, with all of their juries."""
    pools = [one for one in map(tiny, seeds) if one is not None]
    return [(p, q, juries) for p, q in pools if len(juries := every_jury(p, q)) > 1]


@settings(max_examples=25)
@given(st.integers(0, 3000), st.integers(0, 2**63))
def test_a_walk_is_that_of_its_slow_twin(seed, chance):
    for pool, quotas, _ in made([seed]):
        kinds = Kinds.of(pool, quotas)
        weights = 1 + np.arange(len(kinds.units)) % 3
        walkers = Walkers(kinds, Window.of(kinds), weights, 2, chance)
        walkers.factor = 0.25
        walkers.tilt = np.where(np.arange(len(kinds.matrix) - 1) % 2, 2.0, 0.5)
        begun, state = walkers.seats[1].tolist(), int(walkers.states[1])
        walkers.go(30)
        rows = [np.flatnonzero(kinds.matrix[1:, kind]).tolist() for kind in range(len(kinds.units))]
        places = walkers.kind_of.tolist()
        groups = [
            [at for at, kind in enumerate(places) if row in rows[kind]] for row in range(len(kinds.low) - 1)
        ]
        slow = reference.walk(
            begun, 30, state, places, rows, walkers.low.tolist(), walkers.high.tolist(), walkers.weight,
            0.25 / walkers.tilt, 0.25 * walkers.tilt, groups, walkers.shared,
        )  # fmt: skip
        assert walkers.seats[1].tolist() == slow
        held = kinds.matrix[1:, walkers.kind_of[walkers.seats[1]]].sum(axis=1)
        assert walkers.held[1].tolist() == held.tolist()
        missed = np.maximum(walkers.low - held, 0) + np.maximum(held - walkers.high, 0)
        assert walkers.off[1] == missed.sum()


def test_each_walk_has_chance_of_its_own():
    (pool, quotas, _) = made(range(40))[0]
    kinds = Kinds.of(pool, quotas)
    walkers = Walkers(kinds, Window.of(kinds), np.ones(len(kinds.units)), 3, 7)
    assert len(set(walkers.states.tolist())) == 3
    assert walkers.states[0] != stream(np.uint64(7), 0)


@pytest.mark.parametrize("weighed", [False, True], ids=["even", "weighed"])
def test_every_jury_is_found_as_often_as_its_weight(weighed):
    """Pearson's statistic over several pools together, below its 0.1% point; looks are far apart."""
    total = freedom = 0
    for pool, quotas, juries in made(range(150))[:6]:
        kinds, chance = Kinds.of(pool, quotas), Stream(b"a seed")
        weights = 1.0 + np.arange(len(kinds.units)) % 3 if weighed else np.ones(len(kinds.units))
        walkers = Walkers(kinds, Window.of(kinds), weights, 600, 5)
        walkers.go(400)
        found = [seat(kinds, of, chance) for of in from_walks(walkers, 40, 600).counts]
        times = Counter(found)
        assert set(times) <= set(juries)
        mass = np.array([np.prod(kinds.each(weights)[list(jury)]) for jury in juries])
        mean = len(found) * mass / mass.sum()
        total += sum((times[jury] - m) ** 2 / m for jury, m in zip(juries, mean, strict=True))
        freedom += len(juries) - 1
    assert total < freedom + 3.3 * np.sqrt(2 * freedom)


def test_where_nothing_can_be_counted_the_most_random_lottery_still_has_the_wanted_chances(monkeypatch):
    for pool, quotas, juries in made(range(60))[:2]:
        fair, exact = select(pool, quotas), select(pool, quotas, "max-entropy", juries=400)
        with monkeypatch.context() as without:
            without.setattr(entropy, "counted_whole", lambda *_: None)
            found = select(pool, quotas, "max-entropy", juries=400)
            again = select(pool, quotas, "max-entropy", juries=400)
        assert set(found.lottery.juries) <= set(juries)
        assert found.lottery.juries == again.lottery.juries
        assert found.chances == pytest.approx(fair.chances, abs=1e-6)
        ours, true = (dict(zip(of.juries, of.weights, strict=True)) for of in (found.lottery, exact.lottery))
        assert max(abs(ours.get(jury, 0) - true.get(jury, 0)) for jury in juries) < 0.03


def test_what_leaves_no_room_is_met_by_every_jury():
    people = tuple(Volunteer(f"p{n}", ("x" if n < 2 else "y",)) for n in range(8))
    quotas = Quotas(4, (Target("f", "x", 1, 2), Target("f", "y", 2, 3)))
    kinds = Kinds.of(Pool(("f",), people), quotas)
    window = narrowed(kinds, np.array([1.0, 1 / 3]))
    assert window.low.tolist() == [4, 2, 2]
    assert window.high.tolist() == [4, 2, 2]
    assert window.must.tolist() == [2, 0]


def test_walks_that_do_not_forget_where_they_began_are_refused(monkeypatch):
    monkeypatch.setattr(walking, "ROUNDS", 2)
    monkeypatch.setattr(walking, "LONGER", 0)
    monkeypatch.setattr(walking, "pace", lambda *_: (0.5, 1))
    people = tuple(Volunteer(f"p{n}", (str(n % 4),)) for n in range(200))
    kinds = Kinds.of(Pool(("f",), people), Quotas(40, tuple(Target("f", str(n), 5, 15) for n in range(4))))
    with pytest.raises(Impossible, match="do not forget"):
        by_walk(kinds, Stream(b"a seed"), 400)


def test_walks_give_the_same_lottery_chances_as_programs(monkeypatch):
    """A pool that is split by walks, as thousands of kinds are: proven, and with the leximin chances."""
    chance = np.random.default_rng(4)
    people = tuple(
        Volunteer(
            f"p{n}", tuple(str(chance.integers(3)) for _ in range(5)), f"home {n // 2}" if n < 12 else ""
        )
        for n in range(150)
    )
    pool = Pool(tuple("abcde"), people)
    quotas = Quotas(15, tuple(Target(f, str(v), 4, 6) for f in "abcde" for v in range(3)))
    slow = select(pool, quotas)
    monkeypatch.setattr(decomposition, "LARGE", 0)
    walked = []
    once = decomposition.Faces._walked
    monkeypatch.setattr(decomposition.Faces, "_walked", lambda *of: walked.append(once(*of)) or walked[-1])
    found = select(pool, quotas)
    assert sum(jury is not None for jury in walked) > 20
    assert found.chances == pytest.approx(slow.chances, abs=1e-6)
    ids = [person.id for person in people]
    chances = dict(zip(ids, map(float, found.chances), strict=True))
    juries = [[ids[at] for at in jury] for jury in found.lottery.juries]
    seen = verify(pool, quotas, juries, list(found.lottery.weights), chances, found.levels)
    assert seen.faults == ()
    assert seen.gap < 1e-6


def test_fractional_chances_are_not_changed_by_how_they_are_split():
    (pool, quotas, _) = made(range(60))[1]
    kinds = Kinds.of(pool, quotas)
    assert best_chances(kinds).of_kinds @ kinds.people == pytest.approx(quotas.size)


@pytest.mark.slow
@pytest.mark.shared
def test_walks_and_exact_trials_agree_on_a_realistic_pool(shared):
    kinds = Kinds.of(*shared_pool(shared, "uk_small_24"))
    walked, tried = by_walk(kinds, Stream(b"one"), 250), by_trial(kinds, Stream(b"two"), 800)
    error = np.sqrt(walked.error**2 + tried.error**2)
    apart = (walked.expected - tried.expected) / error
    seen = walked.expected + tried.expected > 0.001
    assert (apart[seen] ** 2).mean() < 1.5
    assert np.abs(apart).max() < 5
