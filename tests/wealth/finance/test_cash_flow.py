"""The plan as expected: worked examples by hand, closed forms, and what must hold in every month."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.wealth.finance import (
    Cost,
    Grant,
    Income,
    Loan,
    Plan,
    Repair,
    Reserves,
    Shares,
    Spending,
    cash_flow,
    certain,
    payments,
    schedule,
)
from tests.wealth.finance.plans import about, hall


def years(values):
    return values.reshape(-1, 12).sum(axis=1).tolist()


def test_the_tax_that_is_not_claimed_back_is_paid_with_the_contingency():
    roof = Spending(
        name="Roof", kind="works", pounds=10_000_000, vat=Fraction(1, 5), recovered=Fraction(1, 4),
        contingency=Fraction(1, 10),
    )  # fmt: skip
    assert roof.total == 12_650_000  # 100,000 × 1.1 = 110,000; VAT 22,000, of which 5,500 comes back


def test_a_price_paid_in_parts_adds_up_to_the_penny():
    plan = Plan(
        about(years=1), spending=(Spending(name="A", kind="fees", pounds=100_000, month=2, months=3),)
    )
    assert schedule(plan).spending[0][2].tolist() == [0, 33_333, 33_333, 33_334] + [0] * 8


def test_a_loan_is_paid_back_by_the_level_payment_of_the_textbook():
    loan = Loan(name="L", pounds=8_000_000, term=120, rate=Fraction(6, 100))
    interest, principal = payments(loan, 300)
    level = 8_000_000 * 0.005 / (1 - 1.005**-120)
    assert np.abs(interest[1:121] + principal[1:121] - level).max() <= 1
    assert principal.sum() == 8_000_000
    assert interest[0] == principal[0] == interest[121:].sum() == 0
    month = np.arange(1, 121)
    owed = 8_000_000 * 1.005 ** (month - 1) - level * (1.005 ** (month - 1) - 1) / 0.005
    assert np.abs(interest[1:121] - owed * 0.005).max() <= 1


def test_a_holiday_is_interest_only_and_the_rest_is_paid_in_what_is_left():
    interest, principal = payments(
        Loan(name="L", pounds=1_200_000, term=24, holiday=12, rate=Fraction(12, 100)), 36
    )
    assert interest[1:13].tolist() == [12_000] * 12
    assert principal[1:13].sum() == 0
    assert principal.sum() == 1_200_000
    assert principal[25:].sum() == 0


def test_a_loan_without_interest_is_paid_in_equal_parts():
    interest, principal = payments(Loan(name="L", pounds=1_000, term=3, rate=Fraction(0)), 12)
    assert principal.tolist()[:5] == [0, 333, 334, 333, 0]
    assert not interest.any()


def test_a_loan_that_may_vary_goes_as_a_fixed_one_while_its_rate_stays():
    loan = hall().loans[0]
    fixed = cash_flow(hall(loans=(loan,)))
    varied = cash_flow(hall(loans=(replace(loan, variable="yes"),)))
    assert np.array_equal(fixed.free, varied.free)
    assert np.array_equal(fixed.owed, varied.owed)


def test_members_are_paid_once_a_year_after_the_holiday_from_what_is_above_the_reserve():
    shares = Shares(
        expected=1_000_000, minimum=0, optimum=1_000_000, maximum=1_000_000, interest=Fraction(4, 100),
        withdrawal=Fraction(1, 10), holiday=2,
    )  # fmt: skip
    costs = (Cost(name="c", kind="other", pounds=0),)
    flow = cash_flow(Plan(about(years=5), shares=shares, costs=costs, reserves=Reserves(keep=800_000)))
    # Year 3: 4% and 10% of £10,000 are £400 and £1,000. Year 4 of £9,000: £360, then the £240 above £8,000.
    assert years(flow.share_interest) == [0, 0, 40_000, 36_000, 0]
    assert years(flow.withdrawals) == [0, 0, 100_000, 24_000, 0]
    assert flow.held[-1] == 876_000
    assert flow.free[-1] == 800_000


def test_a_ramp_a_season_and_a_start_shape_the_takings():
    line = Income(name="i", kind="hire", pounds=10_000, starts=3, ramp=4, ramp_from=Fraction(1, 5))
    amounts = schedule(Plan(about(years=1), income=(line,))).income[0].amounts.tolist()
    assert amounts[:7] == [0, 0, 2_000, 4_000, 6_000, 8_000, 10_000]
    season = tuple(map(Fraction, [2, *[1] * 10, 0]))  # January first; the plan begins in April
    line = Income(name="i", kind="hire", pounds=10_000, season=season, costs=Fraction(1, 2))
    amounts = schedule(Plan(about(years=1), income=(line,))).income[0].amounts.tolist()
    assert amounts == [5_000] * 8 + [0, 10_000] + [5_000] * 2


def test_prices_rise_once_a_year_and_repairs_with_them():
    plan = Plan(
        about(years=3, inflation=Fraction(1, 10)),
        costs=(Cost(name="c", kind="other", pounds=1_000, starts=2, ends=14, growth=Fraction(1, 10)),),
        repairs=(Repair(name="r", pounds=10_000, year=2, every=1),),
    )
    found = schedule(plan)
    assert found.costs[0].amounts.tolist() == [0] + [1_000] * 11 + [1_210] * 2 + [0] * 22
    assert {t: int(a) for t, a in enumerate(found.repairs) if a} == {12: 11_000, 24: 12_100}


def test_a_grant_for_the_building_cannot_pay_the_caretaker():
    plan = Plan(
        about(years=1, opening=1_000),
        spending=(Spending(name="b", kind="purchase", pounds=50_000, month=6),),
        grants=(Grant(name="g", pounds=60_000),),
        costs=(Cost(name="c", kind="staff", pounds=500),),
    )
    flow = cash_flow(plan)
    assert flow.restricted.tolist() == [60_000] * 5 + [10_000] * 7
    assert flow.first_dry == 3
    later = replace(plan, grants=(Grant(name="g", pounds=50_000, month=8),))
    assert cash_flow(later).first_dry == 3  # paid from the group's own money until the grant comes
    assert cash_flow(later).restricted.max() == 0


def test_a_grant_for_running_is_used_up_by_running_costs_and_repairs_by_their_fund():
    plan = Plan(
        about(years=1, opening=100_000),
        grants=(Grant(name="g", pounds=3_000, purpose="running"),),
        costs=(Cost(name="c", kind="staff", pounds=1_000),),
        repairs=(Repair(name="r", pounds=500, year=1),),
        reserves=Reserves(repair_fund=12_000),
    )
    flow = cash_flow(plan)
    assert flow.restricted.tolist()[:4] == [2_000, 1_000, 0, 0]
    assert flow.fund.tolist()[:3] == [1_000, 2_000, 3_000]


amounts = st.integers(0, 5_000_000)


@settings(max_examples=25, deadline=None)
@given(amounts, amounts, amounts, amounts, st.integers(1, 40), st.booleans())
def test_no_money_is_made_or_lost(grant, sold, loan, cost, term, varied):
    plan = hall(
        years=4,
        grants=(Grant(name="g", pounds=grant), Grant(name="h", pounds=cost, purpose="any", month=3)),
        shares=Shares(
            expected=sold,
            minimum=0,
            optimum=sold,
            maximum=sold,
            interest=Fraction(1, 50),
            withdrawal=Fraction(1, 9),
        ),
        loans=(
            Loan(name="l", pounds=loan, term=term, rate=Fraction(5, 100), variable="yes" if varied else "no"),
        ),
        costs=(Cost(name="c", kind="other", pounds=cost // 10),),
    )
    flow = cash_flow(plan)
    came = flow.income + flow.grants + flow.shares + flow.loans
    went = flow.costs + flow.spending + flow.repairs + flow.interest + flow.principal
    went = went + flow.share_interest + flow.withdrawals
    assert np.array_equal(np.diff(flow.bank, prepend=plan.about.opening), came - went)
    assert np.array_equal(flow.free, flow.bank - flow.restricted)
    assert flow.held[-1] == sold - flow.withdrawals.sum()
    assert flow.owed[-1] == loan - flow.principal.sum()
    assert flow.spending.sum() == plan.capital
    assert (flow.fund >= 0).all()
    assert (flow.restricted >= 0).all()


@pytest.mark.parametrize("years_ahead", [1, 7])
def test_the_kernel_without_chance_is_the_plan_as_expected(years_ahead):
    plan = hall(years=years_ahead)
    flow, found = cash_flow(plan), certain(plan)
    months = flow.free.reshape(-1, 12)
    assert np.array_equal(found.lowest[0], months.min(axis=1))
    assert np.array_equal(found.closing[0], months[:, -1])
    assert years(flow.costs) == found.running[0].tolist()
    assert years(flow.interest + flow.principal) == found.service[0].tolist()
