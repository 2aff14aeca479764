"""The arithmetic that must be fast: one plan walked through its months many times, each time with other luck.

Chance is SplitMix64 used as a counter (Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", SC
2011; Steele, Lea and Flood, OOPSLA 2014): each number depends only on its seed, its path and its place, so
that any number of threads give the same answer, and one cause can be drawn anew while all others stay. Normal
numbers come by pairs (Box and Muller, Annals of Mathematical Statistics 29, 1958). Only sums by year leave a
path: no array of paths by months is ever made. The rules are those of `cash_flow`, which is the slow twin
where nothing is left to chance; `tests/wealth/finance/twin.py` is the plain NumPy twin of the whole.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairground.measures.kernels import mixed

Floats = NDArray[np.float64]
Seeds = NDArray[np.uint64]

PLACES = 1024  # numbers set aside for each path of one cause
STEP = np.uint64(0x9E3779B97F4A7C15)
ELEVEN = np.uint64(11)
PART, HALF = 2.0**-53, 2.0**-54
CAUSES = ("demand", "prices", "energy", "rates", "works", "delay", "shares", "repairs", "voids")


class Terms(NamedTuple):
    """A plan as numbers: pence by month, and how far chance moves them.

    `flows` (groups, months) are incomes and costs; `waits` (groups) is -1 for a cost, 0 for an income that
    waits for nothing, and else the month (from 1) of the doors' opening for which it waits; `follows`
    (groups, 3) is how each follows demand, prices and energy; `voids` (groups, 2) the share of time empty
    and its months.
    `fixed` (3, months) is what lenders get on fixed loans, what is bought besides works, and what is lent.
    `loans` (loans, 5) hold pence, month (from 0), term, holiday and yearly rate of those that vary.
    `spread` holds the standard deviations of demand, prices, energy, rates, works, delay and shares;
    `factor` (4, 4) is the lower triangle that makes four independent numbers move together.
    """

    flows: Floats
    waits: NDArray[np.int64]
    follows: Floats
    voids: Floats
    works: Floats
    fixed: Floats
    grants: Floats
    loans: Floats
    repairs: Floats
    level: Floats
    repair_fund: Floats
    share_month: int
    shares: Floats
    share_terms: Floats
    keep: float
    opening: float
    spread: Floats
    memory: float
    factor: Floats
    works_over: float
    surprise: Floats
    seeds: Seeds


@njit(cache=True, inline="always")
def uniform(seed: np.uint64, place: int) -> float:
    """Return a number above 0 and below 1: the one at a place of a seed."""
    bits = mixed(seed + np.uint64(place + 1) * STEP)
    return np.float64(bits >> ELEVEN) * PART + HALF


@njit(cache=True, inline="always")
def whole(value: float) -> float:
    """Return whole pence, half a penny up."""
    return math.floor(value + 0.5)


@njit(cache=True)
def normal(seed: np.uint64, place: int) -> float:
    """Return one normal number, of the pair at a place and the one after it."""
    size = math.sqrt(-2.0 * math.log(uniform(seed, place)))
    return size * math.cos(2.0 * math.pi * uniform(seed, place + 1))


@njit(cache=True, inline="always")
def repaid(owed: float, rate: float, left: int, resting: bool) -> tuple[float, float]:
    """Return interest and repayment of one month of a loan with `left` payments to come."""
    interest = whole(owed * rate)
    if resting:
        return interest, 0.0
    if left <= 1:
        return interest, owed
    level = owed / left if rate == 0.0 else owed * rate / (1.0 - (1.0 + rate) ** -left)
    return interest, max(0.0, min(owed, whole(level) - interest))


@njit(cache=True, inline="always")
def lent(loans: Floats, t: int, owed: Floats, shift: float) -> float:
    """Return what lenders are paid this month on the loans that vary; `owed` is brought up to date."""
    due = 0.0
    for k in range(loans.shape[0]):
        age = t - int(loans[k, 1])
        if age == 0:
            owed[k] = loans[k, 0]
        elif 0 < age <= int(loans[k, 2]):
            rate = max(0.0, loans[k, 4] + shift) / 12.0
            left = int(loans[k, 2]) - age + 1
            paid = repaid(owed[k], rate, left, age <= int(loans[k, 3]))
            due += paid[0] + paid[1]
            owed[k] -= paid[1]
    return due


@njit(cache=True, inline="always")
def filled(amount: float, empty: float, back: float, let: NDArray[np.bool_], g: int, draw: float) -> float:
    """Return what a tenancy brings; `let` is brought up to date; a draw below 0 leaves out chance."""
    if draw < 0.0:
        return whole(amount * (1.0 - empty))
    let[g] = draw >= back * empty / (1.0 - empty) if let[g] else draw < back
    return amount if let[g] else 0.0


@njit(cache=True, inline="always")
def start(terms: Terms, i: int) -> tuple[float, int, float]:
    """Return what is drawn once: the factor of the works, the months that doors are late, the shares sold."""
    over = (1.0 + terms.works_over) * math.exp(terms.spread[4] * normal(terms.seeds[4], i * PLACES))
    late = int(max(0.0, terms.spread[5] * normal(terms.seeds[5], i * PLACES)))
    raised = whole(terms.shares[0] * math.exp(terms.spread[6] * normal(terms.seeds[6], i * PLACES)))
    raised = min(raised, terms.shares[2])
    return over, late, raised if raised >= terms.shares[1] else 0.0


@njit(cache=True, inline="always")
def shaken(
    steps: Floats, seeds: Seeds, memory: float, t: int, place: int, pairs: Floats, state: Floats
) -> None:
    """Move demand, prices, energy and rates one month on; `state` holds them, then the pace of prices.

    `steps` is the factor with each row times its spread and what is new each month.
    """
    if t % 2 == 0:
        for j in range(4):
            size = math.sqrt(-2.0 * math.log(uniform(seeds[j], place + t)))
            turn = 2.0 * math.pi * uniform(seeds[j], place + t + 1)
            pairs[0, j], pairs[1, j] = size * math.cos(turn), size * math.sin(turn)
    part = t % 2
    for j in range(4):
        draw = 0.0
        for k in range(j + 1):
            draw += steps[j, k] * pairs[part, k]
        if j == 1:
            state[4] = memory * state[4] + draw
            state[1] += state[4] / 12.0
        else:
            state[j] = memory * state[j] + draw


@njit(cache=True, inline="always")
def traded(
    flows: Floats, follows: Floats, voids: Floats, waits: NDArray[np.int64], late: int,
    draws: tuple[np.uint64, int, bool], t: int, state: Floats, let: NDArray[np.bool_],
) -> tuple[float, float]:  # fmt: skip
    """Return the month's income and running costs.

    `waits` says for each group from which month on it comes in, or -1 where it is a cost; `late` how many
    months later that is where it is above 0; `draws` are the seed of empty times, the path, and
    whether anything is left to chance.
    """
    seed, i, chance = draws
    income, costs = 0.0, 0.0
    for g in range(flows.shape[0]):
        amount = flows[g, t]
        if voids[g, 0] > 0.0:
            draw = uniform(seed, (i * 64 + g) * PLACES + t) if chance else -1.0
            amount = filled(amount, voids[g, 0], 1.0 / voids[g, 1], let, g, draw)
        move = follows[g, 0] * state[0] + follows[g, 1] * state[1] + follows[g, 2] * state[2]
        if move != 0.0 and amount != 0.0:
            amount = whole(amount * math.exp(move))
        if waits[g] < 0:
            costs += amount
        elif waits[g] == 0 or t >= waits[g] - 1 + late:
            income += amount
    return income, costs


@njit(cache=True, inline="always")
def mended(planned: float, often: float, size: float, seed: np.uint64, place: int, rise: float) -> float:
    """Return the month's repairs: those foreseen, and at random one that nobody foresaw."""
    repairs = planned
    if repairs > 0.0 and rise != 0.0:
        repairs = whole(repairs * math.exp(rise))
    if often > 0.0 and uniform(seed, place) < often:
        repairs += whole(size * math.exp(rise) * -math.log(uniform(seed, place + 512)))
    return repairs


@njit(cache=True, inline="always")
def put_by(purse: Floats, free: float, repairs: float, putting: float) -> float:
    """Pay repairs out of the repair fund, and fill it from free money; return what the fund paid."""
    paid = min(purse[1], repairs)
    purse[1] -= paid
    unbound = free - purse[1]
    purse[1] += min(putting, unbound) if unbound >= 0.0 else -min(purse[1], -unbound)
    return paid


@njit(cache=True, inline="always")
def members_paid(purse: Floats, free: float, interest: float, withdrawal: float, keep: float) -> float:
    """Pay members out of free money above the fund and the reserve; return what was paid."""
    above = max(0.0, free - purse[1] - keep)
    paid = min(above, whole(purse[2] * interest))
    back = min(above - paid, whole(purse[2] * withdrawal))
    purse[2] -= back
    purse[0] -= paid + back
    return paid + back


@njit(cache=True, inline="always")
def paces(terms: Terms) -> Floats:
    """Return the factor with each row times its spread, and times what is new each month."""
    steps = np.empty((4, 4))
    for j in range(4):
        for k in range(4):
            steps[j, k] = terms.factor[j, k] * terms.spread[j] * math.sqrt(1.0 - terms.memory * terms.memory)
    return steps


@njit(cache=True, nogil=True)
def walk(terms: Terms, first: int, last: int, chance: bool, found: Floats, raised: Floats) -> None:
    """Walk the paths from `first` to `last` - 1 through all months.

    `found` (paths, years, 5) is filled with the lowest free money of each year, the free money at its end,
    what is left of income after running costs and repairs that the fund did not pay, what lenders
    were paid, and the running costs. `raised` (paths) is filled with the shares raised.
    """
    flows, follows, voids, grants, loans, seeds = (
        terms.flows, terms.follows, terms.voids, terms.grants, terms.loans, terms.seeds,
    )  # fmt: skip
    steps, pairs, state = paces(terms), np.zeros((2, 4)), np.zeros(5)
    let = np.ones(len(flows), dtype=np.bool_)
    owed, purse, sums = np.zeros(len(loans)), np.zeros(5), np.zeros(5)
    sold_in, rates, level, mending = terms.share_month, terms.share_terms, terms.level, terms.repairs
    works, fixed, putting, waits = terms.works, terms.fixed, terms.repair_fund, terms.waits
    often, size, memory, keep = terms.surprise[0], terms.surprise[1], terms.memory, terms.keep
    for i in range(first, last):
        owed[:], state[:], purse[:], let[:] = 0.0, 0.0, 0.0, True
        purse[0], place = terms.opening, i * PLACES
        over, late, raised[i] = start(terms, i)
        for t in range(flows.shape[1]):
            if chance:
                shaken(steps, seeds, memory, t, place, pairs, state)
            income, costs = traded(flows, follows, voids, waits, late, (seeds[8], i, chance), t, state, let)
            repairs = mended(mending[t], often, size * level[t], seeds[7], place + t, state[1])
            lenders = lent(loans, t, owed, state[3]) + fixed[0, t]
            spending = fixed[1, t] + whole(works[t] * over)
            came = raised[i] if t == sold_in else 0.0
            purse[2] += came
            purse[0] += income + came + fixed[2, t] + grants[0, t] + grants[1, t] + grants[2, t]
            purse[0] -= costs + spending + repairs + lenders
            purse[3] += grants[0, t] - spending
            purse[4] = max(0.0, purse[4] + grants[1, t] - costs)
            free = purse[0] - max(0.0, purse[3]) - purse[4]
            own = repairs - put_by(purse, free, repairs, putting[t])
            if t % 12 == 11 and t - sold_in >= 12 * rates[2]:
                free -= members_paid(purse, free, rates[0], rates[1], keep)
            if t % 12 == 0:
                sums[:], sums[0] = 0.0, free
            sums[0], sums[1] = min(sums[0], free), free
            sums[2] += income - costs - own
            sums[3] += lenders
            sums[4] += costs
            if t % 12 == 11:
                found[i, t // 12, :] = sums
