"""A pot inside floors and caps: exact, feasible or refused, and replayed to the same pence."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput, Impossible
from fairground.measures.apportionment import apportion
from fairground.wealth.funding.allocation import Problem, bounded, total_at
from fairground.wealth.funding.formula import Areas, Formula, allocate
from fairground.wealth.funding.need import Column, Weighted
from fairground.wealth.funding.registration import register, replay

bounded(Problem(("a",), (1,), (0,), (1,), 1))  # compiles the kernel before any example is timed


@st.composite
def problems(draw):
    n = draw(st.integers(1, 12))
    scores = draw(st.lists(st.integers(1, 10**12), min_size=n, max_size=n))
    low = draw(st.lists(st.integers(0, 1000), min_size=n, max_size=n))
    room = draw(st.lists(st.integers(0, 5000), min_size=n, max_size=n))
    high = [a + b for a, b in zip(low, room, strict=True)]
    pot = draw(st.integers(sum(low), sum(high)))
    return Problem(tuple(f"E{i:02}" for i in range(n)), tuple(scores), tuple(low), tuple(high), pot)


@given(problems())
def test_law_1_amounts_add_up_to_the_pot_to_the_penny(problem):
    assert sum(bounded(problem).pence) == problem.pot


@given(problems(), st.sampled_from(["largest-remainder", "webster"]))
def test_law_2_no_place_is_outside_its_bounds(problem, rounding):
    found = bounded(problem, rounding=rounding).pence
    assert all(a <= b <= c for a, b, c in zip(problem.lower, found, problem.upper, strict=True))


@given(problems())
def test_the_optimum_agrees_with_the_slow_exact_twin_and_is_rounded_by_less_than_a_penny(problem):
    found = bounded(problem)
    assert total_at(problem, found.multiplier) == problem.pot
    assert all(abs(pence - found.optimum(i)) < 1 for i, pence in enumerate(found.pence))


@settings(deadline=None)
@given(problems())
def test_the_quick_rounding_gives_the_pence_of_the_general_apportionment(problem):
    found = bounded(problem)
    free = [i for i, state in enumerate(found.states) if state == 0]
    assume(free)
    again = apportion(
        [problem.scores[i] for i in free],
        total=sum(found.pence[i] for i in free),
        lower=[problem.lower[i] for i in free],
        upper=[problem.upper[i] for i in free],
        keys=[problem.codes[i] for i in free],
    )
    assert again == tuple(found.pence[i] for i in free)


def test_floors_above_the_pot_are_refused_by_name():
    with pytest.raises(Impossible, match=r"£0.50 more than the pot.*\n- Leeds: floor £1.00"):
        bounded(Problem(("a", "b"), (1, 1), (100, 50), (200, 200), 100, ("Leeds", "Hull")))


AREAS = Areas(("a", "b"), ("Leeds", "Hull"), ("r", "r"), (800, 200), (Column("imd", (20.0, 40.0)),))
FORMULA = Formula((Weighted("imd", Fraction(1)),), 100_000)


def test_a_place_with_twice_the_need_gets_twice_as_much_per_head():
    assert allocate(FORMULA, AREAS).pence == (66_667, 33_333)


def test_law_16_a_replay_gives_the_same_pence_or_names_what_changed():
    registered = register(FORMULA, AREAS)
    assert replay(registered, FORMULA, AREAS).pence == allocate(FORMULA, AREAS).pence
    with pytest.raises(BadInput, match="'populations' is not the one"):
        replay(registered, FORMULA, replace(AREAS, populations=(801, 200)))
    with pytest.raises(BadInput, match="not the registered formula"):
        replay(registered, replace(FORMULA, pot=1), AREAS)
