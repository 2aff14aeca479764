"""The verdict, what would change it, and what is needed."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from fairground.wealth.finance import (
    Cost,
    Draws,
    Income,
    Outcomes,
    Plan,
    Risks,
    break_even,
    causes,
    chance_dry,
    levers,
    needed,
    readiness,
    simulate,
    verdict,
)
from fairground.wealth.finance.simulation import NOTHING
from tests.wealth.finance.plans import about, hall


def outcomes(lowest) -> Outcomes:
    held = np.asarray(lowest, dtype=np.float64)
    return Outcomes(held, held, held, held, held, held[:, 0])


@pytest.mark.parametrize(
    ("dry", "told"), [(0, "holds"), (10, "holds"), (11, "at-risk"), (30, "at-risk"), (31, "fails")]
)
def test_the_verdict_is_by_the_share_that_runs_dry_within_ten_years(dry, told):
    lowest = np.ones((100, 12))
    lowest[:dry, 4] = -1
    lowest[:, 11] = -1  # after the ten years that are judged
    assert verdict(outcomes(lowest)) == told
    assert chance_dry(outcomes(lowest)) == dry / 100


def test_what_is_needed_is_the_deepest_hole_of_nine_in_ten():
    lowest = [[5.0, -100.0 * n] for n in range(11)]
    assert needed(outcomes(lowest)) == 900
    assert needed(outcomes([[5.0, 1.0]])) == 0


def test_break_even_is_where_takings_meet_costs():
    plan = Plan(
        about(years=2),
        income=(Income(name="i", kind="hire", pounds=100_000, occupancy=Fraction(4, 5)),),
        costs=(Cost(name="c", kind="staff", pounds=60_000),),
    )
    assert break_even(plan) == pytest.approx(0.6, abs=0.001)
    assert break_even(replace(plan, costs=(Cost(name="c", kind="staff", pounds=100_001),))) is None
    assert break_even(replace(plan, income=())) is None
    low = replace(plan, income=(replace(plan.income[0], occupancy=Fraction(1, 10)),))
    assert break_even(low) == pytest.approx(0.6, abs=0.001)


def test_a_plan_at_its_break_even_does_not_run_dry_and_just_below_it_does():
    plan = hall(years=3)
    full = break_even(plan)
    assert full is not None

    def lowest(occupancy):
        income = tuple(
            replace(one, occupancy=occupancy) if one.kind == "hire" else one for one in plan.income
        )
        return simulate(replace(plan, income=income, risks=NOTHING), Draws(1)).deepest[0]

    def without_voids(one):
        return replace(one, voids=Fraction(0))

    plan = replace(plan, income=tuple(map(without_voids, plan.income)))
    full = break_even(plan)
    assert lowest(full + Fraction(1, 500)) >= 0 > lowest(full - Fraction(1, 500))


def test_levers_go_the_way_that_they_say_and_come_widest_first():
    found = levers(hall(years=4), Draws(200))
    assert {one.id for one in found} >= {
        "takings",
        "running-costs",
        "works",
        "grants",
        "shares-sold",
        "rates",
    }
    assert all(one.chance_worse >= one.chance_better for one in found if one.id != "inflation")
    assert [one.width for one in found] == sorted((one.width for one in found), reverse=True)
    assert "rates" not in {one.id for one in levers(hall(years=4, loans=()), Draws(20))}


def test_a_spread_with_one_cause_comes_from_that_cause():
    bare = {
        name: getattr(NOTHING, name) for name in ("demand", "prices", "energy", "rates", "shares", "repairs")
    }
    still = tuple(replace(one, voids=Fraction(0)) for one in hall().income)
    plan = hall(years=2, income=still, risks=Risks(**bare, delay=0, works=Fraction(1, 5)))
    (only,) = causes(plan, Draws(400))
    assert only.id == "works"
    assert only.total == pytest.approx(1, abs=0.15)
    assert causes(replace(plan, risks=NOTHING), Draws(50)) == ()


def test_shares_of_a_spread_without_interplay_add_up_to_one():
    bare = {name: getattr(NOTHING, name) for name in ("demand", "prices", "energy", "rates", "repairs")}
    still = tuple(replace(one, voids=Fraction(0)) for one in hall().income)
    risks = Risks(**bare, delay=0, works=Fraction(1, 10), shares=Fraction(1, 20))
    plan = hall(years=1, income=still, risks=risks, about=about(years=1, opening=20_000_000))
    found = causes(plan, Draws(3_000))
    assert {one.id for one in found} == {"works", "shares"}
    assert sum(one.total for one in found) == pytest.approx(1, abs=0.08)
    assert sum(one.alone for one in found) == pytest.approx(1, abs=0.15)


def test_the_list_of_readiness_has_words_and_sources_of_its_own():
    assert len({one.id for one in readiness()}) == len(readiness()) >= 10
    assert all(one.words.endswith(".") and one.source for one in readiness())


def test_a_plan_before_the_law_on_holdings_still_stands_without_shares():
    assert hall(about=about(start=date(2010, 1, 1)), shares=hall().shares.__class__()).months == 300
