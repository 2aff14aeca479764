"""Minimax, Goldilocks and Nash: against slow searches over every jury, and bounds that nobody can bend."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize_scalar

from fairground.errors import BadInput, NotFound
from fairground.power.juries import Pool, Quotas, Target, Volunteer, gap_of, select
from fairground.power.juries.ends import CLOSE
from fairground.power.juries.kinds import Kinds
from fairground.power.juries.rules import rule as rule_of
from tests.power.juries.pools import every_jury, tiny

BOUNDED = ("minimax", "goldilocks", "nash")


def _made(seeds):
    pools = [made for made in map(tiny, seeds) if made is not None]
    return [(pool, quotas, juries) for pool, quotas in pools if (juries := every_jury(pool, quotas))]


def _sits(pool, juries):
    sits = np.zeros((len(pool.volunteers), len(juries)))
    for at, jury in enumerate(juries):
        sits[list(jury), at] = 1
    return sits


def _lowest_under(sits, cap):
    """The highest that the lowest chance can be while none is above a cap; None where none is so low."""
    people, number = sits.shape
    can = np.flatnonzero(sits.sum(axis=1))
    rows = np.vstack(
        [np.hstack([sits, np.zeros((people, 1))]), np.hstack([-sits[can], np.ones((len(can), 1))])]
    )
    limits = np.append(np.full(people, cap), np.zeros(len(can)))
    found = linprog(
        np.append(np.zeros(number), -1), A_ub=rows, b_ub=limits, A_eq=[np.append(np.ones(number), 0)],
        b_eq=[1],
    )  # fmt: skip
    return -found.fun if found.status == 0 else None


def _least_cap(sits):
    people, number = sits.shape
    found = linprog(
        np.append(np.zeros(number), 1), A_ub=np.hstack([sits, -np.ones((people, 1))]), b_ub=np.zeros(people),
        A_eq=[np.append(np.ones(number), 0)], b_eq=[1],
    )  # fmt: skip
    return found.fun


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 40])
def test_minimax_and_goldilocks_are_those_of_listing_every_jury(first):
    for pool, quotas, juries in _made(range(first, first + 24)):
        sits, mean = _sits(pool, juries), quotas.size / len(pool.volunteers)
        cap = _least_cap(sits)
        assert select(pool, quotas, "minimax").chances.max() == pytest.approx(cap, abs=1e-6)

        gamma = (1, 0.25, 3)[quotas.size % 3]

        def cost(at, sits=sits, mean=mean, gamma=gamma):
            lowest = _lowest_under(sits, at)
            return at / mean + (gamma * mean / lowest if lowest and lowest > 1e-12 else 1e9)

        slow = min(cost(at) for at in np.linspace(min(cap + 1e-9, 1), 1, 6))
        if cap < 1 - 1e-6:
            near = minimize_scalar(cost, bounds=(cap + 1e-9, 1), method="bounded", options={"xatol": 1e-7})
            slow = min(slow, near.fun)
        found = select(pool, quotas, f"goldilocks:{gamma}")
        can = sits.sum(axis=1) > 0
        assert found.chances.max() / mean + gamma * mean / found.chances[can].min() <= slow + 1e-4
        assert found.gap <= CLOSE["goldilocks"]
        assert found.rule.gamma == found.bound.gamma == gamma


@pytest.mark.slow
@pytest.mark.parametrize("seed", [14, 16, 51, 89])
def test_nash_is_that_of_a_slow_search_that_shares_out_weight_again_and_again(seed):
    """Cover (1984), portfolio weights: each jury's weight is multiplied by the mean of 1 / its chances."""
    for pool, quotas, juries in _made([seed]):
        sits = _sits(pool, juries)
        can = sits.sum(axis=1) > 0
        weights = np.full(len(juries), 1 / len(juries))
        for _ in range(5000):
            weights = weights * ((sits[can] / (sits[can] @ weights)[:, None]).sum(axis=0) / can.sum())
        slow = np.log(sits[can] @ weights).sum()
        found = select(pool, quotas, "nash")
        assert np.log(found.chances[can]).sum() == pytest.approx(slow, abs=2e-3)
        assert np.log(found.chances[can]).sum() >= slow - CLOSE["nash"]


@given(st.integers(0, 5000), st.sampled_from(BOUNDED))
def test_the_bound_proves_the_lottery_and_no_worse_one(seed, rule):
    for pool, quotas, juries in _made([seed]):
        found = select(pool, quotas, rule)
        assert found.gap <= CLOSE[rule]
        for jury in juries[:5]:  # a jury alone leaves all others without any chance
            alone = np.zeros(len(pool.volunteers))
            alone[list(jury)] = 1
            mixed = 0.7 * found.chances + 0.3 * alone
            gap = gap_of(rule, found.kinds, mixed, found.bound)
            assert gap >= found.gap - 1e-9
            if rule == "minimax":
                assert gap >= mixed.max() - found.chances.max() - 1e-7


@pytest.mark.parametrize("rule", BOUNDED)
@pytest.mark.parametrize(
    "forge",
    [
        lambda bound: dataclasses.replace(bound, above=()),
        lambda bound: dataclasses.replace(bound, above=((0, 1e12),)),
        lambda bound: dataclasses.replace(bound, above=((0, -1.0), (1, 2.0))),
        lambda bound: dataclasses.replace(bound, above=((99, 1.0),)),
        lambda bound: dataclasses.replace(bound, above=tuple((k, w * 9) for k, w in bound.above)),
    ],
    ids=["empty", "huge", "below nought", "nobody", "more than all"],
)
def test_a_forged_bound_proves_nothing(rule, forge):
    people = [Volunteer(f"p{n}", ("x" if n < 2 else "y",)) for n in range(7)]
    pool, quotas = Pool(("f",), tuple(people)), Quotas(2, (Target("f", "x", 1, 1), Target("f", "y", 1, 1)))
    found = select(pool, quotas, rule)
    unfair = np.array([1, 0, 1, 0, 0, 0, 0.0])
    assert gap_of(rule, found.kinds, unfair, forge(found.bound)) > 0.1
    assert gap_of(rule, Kinds.of(pool, quotas), unfair, found.bound) > 0.1


@pytest.mark.slow
def test_where_fractions_promise_too_much_the_rules_look_at_whole_juries_and_do_not_refuse():
    seen = 0
    for pool, quotas, _ in _made(range(270)):
        if any(level.prices for level in select(pool, quotas).levels):
            continue
        for rule in BOUNDED:
            assert select(pool, quotas, rule).gap <= CLOSE[rule]
        seen += 1
    assert seen > 0


@given(st.integers(0, 5000), st.sampled_from(BOUNDED))
def test_fractions_of_people_make_no_gap_smaller(seed, rule):
    for pool, quotas, _ in _made([seed]):
        found = select(pool, quotas, rule)
        whole, parts = (
            gap_of(rule, found.kinds, found.chances, found.bound, whole=whole) for whole in (True, False)
        )
        assert parts >= whole - 1e-7


@pytest.mark.parametrize("rule", BOUNDED)
def test_a_jury_that_is_filled_by_those_who_must_be_on_it_is_drawn_and_proven(rule):
    people = tuple(Volunteer(f"p{n}", ("x",), certain=n < 2) for n in range(5))
    found = select(Pool(("f",), people), Quotas(2, (Target("f", "x", 2, 2),)), rule)
    assert found.chances.tolist() == [1, 1, 0, 0, 0]
    assert found.gap <= CLOSE[rule]


@pytest.mark.parametrize(
    "id", ["goldilocks:0", "goldilocks:-1", "goldilocks:nan", "goldilocks:1e3", "goldilocks:x"]
)
def test_a_weight_that_cannot_be_is_refused(id):
    with pytest.raises(BadInput, match="field 'gamma'"):
        rule_of(id)


def test_only_goldilocks_has_a_weight_and_one_of_1_is_the_rule_itself():
    assert rule_of("goldilocks:1") is rule_of("goldilocks")
    assert rule_of("goldilocks:0.50").id == "goldilocks:0.5"
    with pytest.raises(NotFound):
        rule_of("nash:2")
