"""Who answers: the chance to answer against a plain optimiser, weighting classes, the R-indicator."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from fairground.errors import BadInput
from fairground.wealth.property.response import RIDGE, response


def made(seed, size=160):
    chance = np.random.default_rng(seed)
    kind = [str(one) for one in chance.choice(["county", "district"], size, p=[0.2, 0.8])]
    paid = chance.lognormal(1, 1, size)
    push = -0.5 + 0.9 * (np.log(paid) - 1) + np.array([0.7 if one == "county" else 0 for one in kind])
    return kind, paid.tolist(), (chance.random(size) < 1 / (1 + np.exp(-push))).tolist()


def twin(kind, paid, answered):
    """The same penalised likelihood, found by a general optimiser."""
    x = np.array(paid)
    columns = [np.array([one == name for one in kind], float) for name in dict.fromkeys(kind)]
    columns.append(np.log1p(x / x.mean()))
    design = np.column_stack(columns)
    design = (design - design.mean(axis=0)) / design.std(axis=0)
    design = np.column_stack([np.ones(len(x)), design])
    here = np.array(answered, float)

    def loss(b):
        push = design @ b
        ridge = 0.5 * RIDGE * len(x) ** 0.5 * float(b[1:] @ b[1:])
        return float(np.logaddexp(0, push).sum() - here @ push) + ridge

    best = minimize(loss, np.zeros(design.shape[1]), method="BFGS", options={"gtol": 1e-8})
    return 1 / (1 + np.exp(-design @ best.x))


def test_the_chances_are_those_that_a_plain_optimiser_finds():
    kind, paid, answered = made(1)
    found = response(answered, {"class": kind}, {"paid": paid})
    assert found.chance == pytest.approx(twin(kind, paid, answered), abs=1e-5)


def test_the_indicator_is_one_less_twice_the_spread_of_the_chances():
    kind, paid, answered = made(2)
    found = response(answered, {"class": kind}, {"paid": paid})
    assert found.r_indicator == pytest.approx(1 - 2 * float(np.std(found.chance, ddof=1)))
    assert found.r_indicator < 0.9


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_weighting_brings_those_that_answered_nearer_to_all(seed):
    kind, paid, answered = made(seed)
    found = response(answered, {"class": kind}, {"paid": paid})
    assert len(set(found.classes)) <= 5
    paid_row = found.balance[-1]
    assert abs(paid_row.weighted - paid_row.all) <= abs(paid_row.answered - paid_row.all) + 0.05
    shares = [row for row in found.balance if row.about.startswith("class: ")]
    assert sum(row.all for row in shares) == pytest.approx(1)
    assert sum(row.weighted for row in shares) == pytest.approx(1)


def test_a_kind_of_which_all_answered_has_a_finite_chance():
    found = response([True] * 5 + [False] * 5, {"class": ["a"] * 5 + ["b"] * 5}, {})
    assert 0.5 < found.chance[0] < 1
    assert np.isfinite(found.chance).all()


def test_what_cannot_be_told_apart_is_refused():
    with pytest.raises(BadInput, match="Nobody answered"):
        response([False, False], {"class": ["a", "b"]}, {})
    with pytest.raises(BadInput, match="one value"):
        response([True, False], {"class": ["a"]}, {})
