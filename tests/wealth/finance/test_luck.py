"""The curves that are written out for speed, against the machine's own, and the numbers drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.wealth.finance import Draws, Risks, simulate
from fairground.wealth.finance.kernels import luck, months
from tests.wealth.finance.plans import hall
from tests.wealth.finance.twin import pair, uniform

CLOSE = 4e-15
SEEDS = st.integers(0, 2**64 - 1).map(np.uint64)


def made(curve, values):
    x = np.array(values, float)
    curve(x, np.empty_like(x))
    return x


@given(st.lists(st.floats(-699, 699), min_size=1, max_size=20))
def test_powers_are_those_of_the_machine(values):
    assert made(luck.powers, values) == pytest.approx(np.exp(values), rel=CLOSE)


@given(st.lists(st.floats(2.0**-54, 1e9), min_size=1, max_size=20))
def test_logarithms_are_those_of_the_machine(values):
    assert made(luck.logs, values) == pytest.approx(np.log(values), rel=CLOSE, abs=1e-300)


def test_what_is_beyond_all_numbers_stays_a_number():
    assert np.isfinite(made(luck.powers, [1e6, -1e6])).all()
    assert made(luck.powers, [0.0])[0] == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_a_turn_has_the_sides_of_the_machine(values):
    turn, across = np.array(values), np.empty(len(values))
    luck.turned(turn, np.full(len(values), 2.0), across)
    assert across == pytest.approx(2 * np.cos(2 * np.pi * np.array(values)), abs=CLOSE)
    assert turn == pytest.approx(2 * np.sin(2 * np.pi * np.array(values)), abs=CLOSE)


@given(SEEDS, st.integers(0, 10**6))
def test_many_numbers_at_once_are_those_drawn_one_by_one(seed, first):
    one, two, spare = np.empty((3, 8))
    places = first + np.arange(8) * luck.PLACES
    luck.normals(seed, first, one, two, spare)
    assert np.stack([one, two]) == pytest.approx(np.stack(pair(seed, places)), rel=1e-9, abs=1e-12)
    assert one == pytest.approx([luck.normal(seed, int(n)) for n in places], rel=1e-9, abs=1e-12)
    luck.uniforms(seed, first, luck.PLACES, spare)
    assert np.array_equal(spare, uniform(seed, places))
    assert np.array_equal(spare, [luck.uniform(seed, int(n)) for n in places])


def test_the_two_halves_of_a_number_do_not_move_together():
    one, two, spare = np.empty((3, 100_000))
    luck.normals(np.uint64(3), 0, one, two, spare)
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.01
    assert abs(np.corrcoef(one**2, two**2)[0, 1]) < 0.01
    assert [one.mean(), one.std(), two.std()] == pytest.approx([0, 1, 1], abs=0.01)
    assert (np.abs(one) > 3).mean() == pytest.approx(0.0027, abs=0.0006)


def test_a_path_is_the_same_in_whichever_block_and_thread_it_is_walked():
    plan = hall(years=1, risks=Risks(delay=4))
    paths = months.BLOCK + 30
    whole = simulate(plan, Draws(paths, 5), workers=1)
    for workers in (2, 3, 7):
        parts = simulate(plan, Draws(paths, 5), workers=workers)
        assert np.array_equal(whole.lowest, parts.lowest)
        assert np.array_equal(whole.raised, parts.raised)
    assert len(np.unique(whole.closing)) > paths / 2
