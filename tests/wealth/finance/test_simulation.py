"""Chance: the kernel against the plain NumPy way, the laws of luck, and what is refused."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from fairground.errors import BadInput
from fairground.wealth.finance import Draws, Grant, Risks, certain, simulate
from fairground.wealth.finance.simulation import NOTHING, factor, terms_of
from tests.wealth.finance.plans import hall
from tests.wealth.finance.twin import pair, walked

SWINGS = Risks(repairs=Fraction(2), works_over=Fraction(1, 10), delay=4)


def test_the_kernel_agrees_with_the_plain_numpy_way():
    plan = hall(years=6, risks=SWINGS)
    found, raised = walked(terms_of(plan, 7), 200)
    ours = simulate(plan, Draws(200, 7))
    assert np.array_equal(ours.raised, raised)
    for k, name in enumerate(("lowest", "closing", "operating", "service", "running")):
        gap = np.abs(getattr(ours, name) - found[:, :, k])
        assert (gap > 2).mean() < 0.01, name  # pence: a last digit may tip a rounding now and then
        assert gap.max() < 100, name
    assert len(np.unique(ours.deepest)) == 200
    assert (ours.raised == 0).any()
    assert ours.raised.max() == 9_000_000


def test_any_number_of_workers_gives_the_same_answer_and_another_seed_another():
    plan = hall(years=2, risks=SWINGS)
    one, three, other = (
        simulate(plan, Draws(60, seed), workers=n).closing for seed, n in ((3, 1), (3, 3), (4, 1))
    )
    assert np.array_equal(one, three)
    assert not np.array_equal(one, other)
    assert np.array_equal(simulate(plan, Draws(20, 3)).closing, one[:20])


def test_without_chance_every_path_is_the_plan_as_expected():
    plan = hall(
        years=4, risks=NOTHING, income=tuple(replace(one, voids=Fraction(0)) for one in hall().income)
    )
    assert (simulate(plan, Draws(5)).closing == certain(plan).closing).all()


@pytest.mark.parametrize("purpose", ["capital", "running", "any"])
def test_more_grant_never_makes_a_path_run_dry(purpose):
    plan = hall(years=4, risks=SWINGS)
    before = simulate(plan, Draws(400))
    for more in (100, 900_000, 5_000_000):
        richer = replace(plan, grants=(*plan.grants, Grant(name="m", pounds=more, purpose=purpose, month=2)))
        after = simulate(richer, Draws(400))
        assert (after.lowest >= before.lowest).all()
        assert (after.dry_by() <= before.dry_by()).all()
    assert before.dry_by()[-1] > after.dry_by()[-1] or purpose != "any"


def test_a_plan_a_hundred_times_as_large_has_the_same_chances():
    def times(record, n):
        money = ("pounds", "opening", "expected", "minimum", "optimum", "maximum", "repair_fund", "keep")
        held = {name: n * getattr(record, name) for name in money if hasattr(record, name)}
        return replace(record, **held)

    plan = hall(years=3, risks=SWINGS)
    large = replace(
        plan,
        **{name: times(getattr(plan, name), 100) for name in ("about", "shares", "reserves")},
        **{
            name: tuple(times(one, 100) for one in getattr(plan, name))
            for name in ("spending", "grants", "loans", "income", "costs", "repairs")
        },
        risks=replace(SWINGS, repair_pounds=100 * SWINGS.repair_pounds),
    )
    small, big = simulate(plan, Draws(300)), simulate(large, Draws(300))
    assert np.abs(big.closing / 100 - small.closing).max() < 500  # pence, by rounding alone
    assert np.array_equal(small.dry_by(), big.dry_by())


def test_the_draws_are_normal_and_move_together_as_the_plan_says():
    draws = np.concatenate(pair(np.uint64(9), 2 * np.arange(20_000)))
    assert abs(draws.mean()) < 0.02
    assert abs(draws.std() - 1) < 0.02
    made = factor(Risks())
    assert (made @ made.T)[1, 2] == pytest.approx(0.5)
    assert (made @ made.T)[0, 3] == pytest.approx(-0.1)


def test_demand_wanders_as_far_as_the_plan_says():
    calm = {name: Fraction(0) for name in ("prices", "energy", "rates", "works", "shares", "repairs")}
    plan = hall(years=3, risks=Risks(**calm, delay=0, demand=Fraction(1, 10), memory=Fraction(1, 2)))
    plan = replace(plan, income=(replace(plan.income[0], starts=1, ramp=0, demand=Fraction(1)),))
    bare = replace(plan, risks=NOTHING)
    part = simulate(plan, Draws(4_000)).operating[:, 2] / certain(bare).operating[0, 2]
    assert np.median(part) == pytest.approx(1, abs=0.02)
    assert part.std() > 0.03


@pytest.mark.parametrize(
    ("field", "draws"), [("paths", {"paths": 0}), ("paths", {"paths": 200_001}), ("seed", {"seed": -1})]
)
def test_draws_out_of_range_are_refused(field, draws):
    with pytest.raises(BadInput, match=field):
        Draws(**draws)


def test_correlations_that_contradict_one_another_are_refused():
    with pytest.raises(BadInput, match="cannot move together"):
        Risks(demand_prices=Fraction(1), prices_energy=Fraction(1), demand_energy=Fraction(-1))
    with pytest.raises(BadInput, match="cannot move together"):
        Risks(demand_prices=Fraction(9, 10), prices_energy=Fraction(9, 10), demand_energy=Fraction(-9, 10))
    high, none = Fraction(99, 100), Fraction(0)
    near = {"demand_prices": high, "prices_energy": high, "demand_energy": high}
    apart = dict.fromkeys(("demand_rates", "prices_rates", "energy_rates"), none)
    made = factor(Risks(**near, **apart))
    assert (made @ made.T)[0, 1] == pytest.approx(0.99)


def test_more_paths_than_fit_in_memory_are_refused():
    with pytest.raises(BadInput, match="at most 96,000 paths for 25 years"):
        simulate(hall(years=25), Draws(150_000))
