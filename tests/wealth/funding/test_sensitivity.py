"""Ranges over random weights and errors: closed forms, a slow twin, and what is refused."""

import math
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible, NotFound
from fairground.wealth.funding import Areas, Column, Draws, Formula, Weighted, allocate, sensitivity
from fairground.wealth.funding.kernels import amounts, ranks

HALF = Fraction(1, 2)
TOWNS = Areas(
    ("a", "b"),
    ("Ash", "Beech"),
    ("r", "r"),
    (100, 100),
    (Column("hardship", (4.0, 1.0)), Column("ill-health", (1.0, 1.0))),
)
EVEN = Formula((Weighted("hardship", HALF), Weighted("ill-health", HALF)), 1_000_000)
ONE = Formula((Weighted("hardship", Fraction(1)),), 1_000_000)


def slow_amounts(weights, logs, exponent, base, lower, upper, pot):
    """Halve an interval for the multiplier 300 times: the plain twin of the kernel."""
    found = []
    for d, row in enumerate(weights):
        held = logs[d if len(logs) > 1 else 0]
        powers = [sum(w * column[i] for w, column in zip(row, held, strict=True)) for i in range(len(base))]
        scores = [b * math.exp(exponent * p) for b, p in zip(base, powers, strict=True)]
        low, high = 0.0, max(u / s for u, s in zip(upper, scores, strict=True)) + 1.0
        for _ in range(300):
            middle = (low + high) / 2
            held_in = [min(max(middle * s, a), b) for s, a, b in zip(scores, lower, upper, strict=True)]
            low, high = (low, middle) if sum(held_in) >= pot else (middle, high)
        found.append([min(max(high * s, a), b) for s, a, b in zip(scores, lower, upper, strict=True)])
    return found


@st.composite
def kernels(draw):
    n, k, d = draw(st.integers(1, 6)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    generator = np.random.default_rng(draw(st.integers(0, 10**6)))
    lower = generator.uniform(0, 10, n) * draw(st.sampled_from([0, 1]))
    upper = lower + generator.uniform(0.1, 20, n)
    pot = float(lower.sum() + draw(st.floats(0.01, 0.99)) * (upper - lower).sum())
    logs = generator.normal(0, 1, (draw(st.sampled_from([1, d])), k, n))
    weights = generator.dirichlet(np.ones(k), d)
    return (
        weights,
        logs,
        draw(st.sampled_from([0.5, 1.0, 2.0])),
        generator.uniform(1, 5, n),
        lower,
        upper,
        pot,
    )


@settings(deadline=None)
@given(kernels())
def test_the_kernel_agrees_with_its_slow_twin_and_every_draw_adds_up_to_the_pot(problem):
    found = amounts(*problem)
    assert found == pytest.approx(np.array(slow_amounts(*problem)), rel=1e-9, abs=1e-9)
    assert found.sum(axis=1) == pytest.approx(problem[-1], rel=1e-12)


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_a_rank_is_one_more_than_the_number_of_places_that_have_more(values):
    found = ranks(np.array([values], dtype=float), 0.5)[0]
    assert list(found) == [1 + sum(other > value for other in values) for value in values]


def test_even_weights_give_every_mix_the_same_chance():
    """With w uniform, Ash gets 4^w / (4^w + 1): its range is that at w = 0.05 and w = 0.95."""
    ash, beech = sensitivity(EVEN, TOWNS, draws=Draws(20_000, seed=3)).ranges
    expected = [1_000_000 * 4**w / (4**w + 1) for w in (0.05, 0.95)]
    assert [ash.low, ash.high] == pytest.approx(expected, rel=0.004)
    assert (ash.low + beech.high, ash.high + beech.low) == (1_000_000, 1_000_000)
    assert (ash.rank_low, ash.rank_high, ash.gain, beech.gain) == (1, 1, 1.0, 0.0)
    assert (ash.left_out_low, ash.left_out_high) == (500_000, 800_000)
    assert ash.at_stake == ash.high - ash.low


def test_figures_are_drawn_inside_their_published_limits():
    """Ash's hardship is 4 with limits 2 and 8: nine draws in ten lie within 4 x 2^(+-1.645/1.96)."""
    limited = replace(TOWNS, indicators=(Column("hardship", (4.0, 1.0), (2.0, None), (8.0, None)),))
    found = sensitivity(ONE, limited, draws=Draws(20_000, seed=3))
    values = [4 * 2 ** (z / 1.959964) for z in (-1.644854, 1.644854)]
    expected = [1_000_000 * value / (value + 1) for value in values]
    assert [found.ranges[0].low, found.ranges[0].high] == pytest.approx(expected, rel=0.005)
    assert (found.with_limits, found.without_limits) == (("hardship",), ())


@pytest.mark.parametrize("transform", ["ratio", "rank", "exponential"])
@pytest.mark.parametrize("higher_is", ["worse", "better"])
def test_without_limits_or_other_weights_nothing_moves(transform, higher_is):
    formula = replace(ONE, indicators=(Weighted("hardship", Fraction(1), higher_is, transform),))
    found = sensitivity(formula, TOWNS, draws=Draws(100))
    pence = allocate(formula, TOWNS).pence
    assert [(r.low, r.pence, r.high) for r in found.ranges] == [(p, p, p) for p in pence]
    assert found.moved < 1e-6
    assert found.without_limits == ("hardship",)


@pytest.mark.parametrize("transform", ["ratio", "rank", "exponential"])
def test_an_assumed_error_widens_the_range(transform):
    three = Areas(
        ("a", "b", "c"),
        ("Ash", "Beech", "Cedar"),
        ("r",) * 3,
        (100,) * 3,
        (Column("hardship", (4.0, 3.9, 1.0)),),
    )
    formula = replace(ONE, indicators=(Weighted("hardship", Fraction(1), transform=transform),))
    none, some, more = (
        sensitivity(formula, three, draws=Draws(2_000, error=Fraction(e, 100))).ranges[0].at_stake
        for e in (0, 3, 30)
    )
    assert none <= 1
    assert none < some < more or transform != "ratio"
    assert none < more


def test_the_same_seed_gives_the_same_ranges_and_another_seed_does_not():
    first, again, other = (sensitivity(EVEN, TOWNS, draws=Draws(500, seed=s)) for s in (1, 1, 2))
    assert first == again
    assert first.ranges != other.ranges


def test_tighter_weights_give_narrower_ranges():
    widths = [
        sensitivity(EVEN, TOWNS, draws=Draws(2_000, concentration=Fraction(c))).ranges[0].at_stake
        for c in (2, 20, 200)
    ]
    assert all(wide > narrow for wide, narrow in pairwise(widths))


def test_floors_and_caps_hold_in_every_draw():
    formula = replace(EVEN, floor=Fraction(7, 10), cap=Fraction(13, 10))
    ash, beech = sensitivity(formula, TOWNS, draws=Draws(1_000)).ranges
    assert ash.high <= 650_000
    assert beech.low >= 350_000


@pytest.mark.parametrize(
    ("low", "high"), [(None, 8.0), (2.0, None), (0.0, 8.0), (4.5, 8.0), (2.0, 3.0), (-1.0, 8.0)]
)
def test_limits_that_do_not_hold_their_figure_are_refused_by_place(low, high):
    limited = replace(TOWNS, indicators=(Column("hardship", (4.0, 1.0), (low, None), (high, None)),))
    with pytest.raises(BadInput, match=r"row 1, field 'hardship'.*for Ash"):
        sensitivity(ONE, limited)


@pytest.mark.parametrize(
    "wrong", [{"count": 99}, {"seed": -1}, {"concentration": Fraction(0)}, {"error": Fraction(2)}]
)
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(BadInput, match=next(iter(wrong))):
        Draws(**wrong)


def test_more_draws_than_fit_in_memory_are_refused():
    many = 21
    crowd = Areas(
        tuple(f"c{i}" for i in range(many)),
        tuple(f"c{i}" for i in range(many)),
        ("r",) * many,
        (1,) * many,
        (Column("hardship", (1.0,) * many),),
    )
    with pytest.raises(BadInput, match="at most 952,380 draws for 21 places"):
        sensitivity(ONE, crowd, draws=Draws(1_000_000))


def test_clashing_bounds_and_missing_indicators_are_refused_as_in_an_allocation():
    with pytest.raises(Impossible, match="caps add up"):
        sensitivity(replace(ONE, cap=HALF), TOWNS)
    with pytest.raises(NotFound, match="ill-luck"):
        sensitivity(replace(ONE, indicators=(Weighted("ill-luck", Fraction(1)),)), TOWNS)
