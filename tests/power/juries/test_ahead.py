"""What earlier draws gave counts: leximin of past and present chances, against the slow twin."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.power.juries import Pool, Quotas, Target, Volunteer, select, verify
from fairground.questions.power.lottery_file import council_file, read_lottery
from tests.power.juries.pools import every_jury, tiny
from tests.power.juries.reference import leximin


def _with_a_past(seed, pool):
    chance = random.Random(seed)
    past = [-0.4, -0.1, 0.0, 0.0, 0.25, 1.5]
    return Pool(pool.features, tuple(replace(p, ahead=chance.choice(past)) for p in pool.volunteers))


def _seen(pool, quotas, found):
    ids = [p.id for p in pool.volunteers]
    return verify(
        pool, quotas, [[ids[n] for n in j] for j in found.lottery.juries], found.lottery.weights,
        dict(zip(ids, found.chances, strict=True)), found.levels,
    )  # fmt: skip


def _agrees(seed):
    made = tiny(seed)
    juries = every_jury(*made) if made else []
    if not juries:
        return 0
    pool, quotas = _with_a_past(seed, made[0]), made[1]
    found = select(pool, quotas)
    ahead = [p.ahead for p in pool.volunteers]
    assert found.chances == pytest.approx(leximin(juries, len(ahead), ahead), abs=2e-6), seed
    seen = _seen(pool, quotas, found)
    assert seen.faults == ()
    assert seen.gap < 1e-6
    return 1


@pytest.mark.slow
def test_past_and_present_chances_together_are_leximin_as_listing_every_jury_says():
    assert sum(map(_agrees, range(150))) > 10


@given(st.integers(0, 20_000))
def test_a_lottery_with_a_past_passes_a_count_by_somebody_else(seed):
    made = tiny(seed)
    if made is None or not every_jury(*made):
        return
    pool = _with_a_past(seed, made[0])
    seen = _seen(pool, made[1], select(pool, made[1]))
    assert seen.faults == ()
    assert seen.gap < 1e-6


def test_whoever_had_less_than_an_equal_chance_is_drawn_sooner():
    people = tuple(Volunteer(f"p{n}", ("all",), ahead=-0.25 if n < 2 else 0.0) for n in range(6))
    pool, quotas = Pool(("side",), people), Quotas(2, (Target("side", "all", 2, 2),))
    found = select(pool, quotas)
    assert found.chances == pytest.approx([0.5, 0.5, 0.25, 0.25, 0.25, 0.25])


def test_a_claim_that_forgets_the_past_is_found_out():
    people = tuple(Volunteer(f"p{n}", ("all",), ahead=-0.25 if n < 2 else 0.0) for n in range(4))
    pool, quotas = Pool(("side",), people), Quotas(2, (Target("side", "all", 2, 2),))
    equal = select(Pool(("side",), tuple(replace(p, ahead=0.0) for p in people)), quotas)
    levels = select(pool, quotas).levels
    seen = _seen(pool, quotas, replace(equal, levels=levels))
    assert seen.faults or seen.gap > 0.05


def test_the_council_file_keeps_the_past():
    people = tuple(Volunteer(f"p{n}", ("all",), ahead=n / 7) for n in range(4))
    pool, quotas = Pool(("side",), people), Quotas(2, (Target("side", "all", 2, 2),))
    text = council_file(pool, quotas, select(pool, quotas), [["p0", "p1"]], ["7"], "secret")
    assert read_lottery(text, "l").pool == pool
