"""Weights bent as little as can be: against a slow search, and exact wherever any weights are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from fairground.power.juries.tilting import bent


def made(seed, juries=8, kinds=4):
    chance = np.random.default_rng(seed)
    return chance.integers(0, 3, (juries, kinds)).astype(float), chance.dirichlet(np.ones(juries)), chance


@given(st.integers(0, 10**6))
def test_the_wanted_chances_come_out_and_no_other_weights_are_nearer(seed):
    of, old, chance = made(seed)
    sits, people = chance.dirichlet(np.ones(8)) @ of, np.full(4, 5.0)
    found = bent(of, old, sits, people)
    assert found.weights @ of == pytest.approx(sits, abs=1e-7)
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights >= 0).all()
    assert found.gap < 1e-6
    other = chance.dirichlet(np.ones(8), 2000)
    assert found.far <= (other * np.log(other / old)).sum(axis=1)[_same(other @ of, sits)].min(initial=np.inf)


def _same(held, sits):
    return np.abs(held - sits).max(axis=1) < 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_the_weights_are_those_of_a_slow_search(seed):
    of, old, chance = made(seed, juries=6, kinds=2)
    sits = chance.dirichlet(np.ones(6)) @ of
    slow = minimize(
        lambda w: (w * np.log(np.maximum(w, 1e-300) / old)).sum(), np.full(6, 1 / 6), bounds=[(0, 1)] * 6,
        constraints=[{"type": "eq", "fun": lambda w: np.append(w @ of - sits, w.sum() - 1)}],
        method="SLSQP", options={"maxiter": 500, "ftol": 1e-15},
    )  # fmt: skip
    assert bent(of, old, sits, np.ones(2)).weights == pytest.approx(slow.x, abs=1e-5)


def test_chances_on_an_edge_that_no_factors_reach_are_still_kept():
    of = np.array([[2.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
    found = bent(of, np.full(3, 1 / 3), np.array([2.0, 0.0]), np.full(2, 2.0))
    assert found.weights == pytest.approx([1, 0, 0], abs=1e-7)


def test_chances_that_no_weights_give_are_refused():
    assert bent(np.array([[1.0, 0.0]]), np.ones(1), np.array([0.5, 0.5]), np.ones(2)) is None
