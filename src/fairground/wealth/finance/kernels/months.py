"""One plan walked through its months by a block of paths side by side, each with other luck.

Every array here has one number for each path of the block, and every step does the same to all of them; only
sums by year leave a block. The rules are those of `cash_flow`, which is the slow twin where nothing is left
to chance; `tests/wealth/finance/twin.py` is the plain NumPy twin of the whole.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from fairground.wealth.finance.kernels.luck import PLACES, Floats, normal, normals, powers, uniform, uniforms
from fairground.wealth.finance.kernels.terms import Seeds, Terms

BLOCK = 512  # paths side by side: enough to make calls cheap, few enough to stay in a processor's own memory


class Block(NamedTuple):
    """The numbers of the paths of a block.

    `state` (5, paths) is demand, prices, energy, rates and the pace of prices; `pairs` (2, 4, paths) normal
    numbers of this month and the next; `let` (groups, paths) 1 while a tenancy is let; `owed` (loans,
    paths); `purse` (5, paths) the bank, the repair fund, members' money, and grants still bound to works and
    to running costs; `month` (8, paths) what the month brings: `INCOME` and so on; `sums` (5, paths) those
    of the year; `once` (3, paths) what is drawn once; `spare` (3, paths).
    """

    state: Floats
    pairs: Floats
    let: Floats
    owed: Floats
    purse: Floats
    month: Floats
    sums: Floats
    once: Floats
    spare: Floats


INCOME, COSTS, REPAIRS, LENDERS, SPENDING, FREE, OWN, PART = range(8)
BANK, FUND, MEMBERS, BOUND, RUNNING = range(5)
OVER, LATE, RAISED = range(3)


@njit(cache=True)
def blank(groups: int, loans: int) -> Block:
    """Return a block before its first month."""
    n = BLOCK
    return Block(
        np.zeros((5, n)), np.zeros((2, 4, n)), np.zeros((groups, n)), np.zeros((loans, n)), np.zeros((5, n)),
        np.zeros((8, n)), np.zeros((5, n)), np.zeros((3, n)), np.zeros((3, n)),
    )  # fmt: skip


@njit(cache=True)
def filled(out: Floats, value: float) -> None:
    """Give every path one number."""
    for p in range(out.size):
        out[p] = value


@njit(cache=True)
def start(terms: Terms, block: Block, first: int) -> None:
    """Put a block at its first month, and draw what is drawn once."""
    for part in (block.state, block.owed, block.purse):
        for row in range(part.shape[0]):
            filled(part[row], 0.0)
    for g in range(block.let.shape[0]):
        filled(block.let[g], 1.0)
    filled(block.purse[BANK], terms.opening)
    for p in range(BLOCK):
        place = (first + p) * PLACES
        over = math.exp(terms.spread[4] * normal(terms.seeds[4], place))
        block.once[OVER, p] = (1.0 + terms.works_over) * over
        block.once[LATE, p] = np.floor(max(0.0, terms.spread[5] * normal(terms.seeds[5], place)))
        sold = np.floor(terms.shares[0] * math.exp(terms.spread[6] * normal(terms.seeds[6], place)) + 0.5)
        sold = min(sold, terms.shares[2])
        block.once[RAISED, p] = sold if sold >= terms.shares[1] else 0.0


@njit(cache=True)
def paces(terms: Terms) -> Floats:
    """Return the factor with each row times its spread, and times what is new each month."""
    steps = np.empty((4, 4))
    for j in range(4):
        for k in range(4):
            steps[j, k] = terms.factor[j, k] * terms.spread[j] * math.sqrt(1.0 - terms.memory * terms.memory)
    return steps


@njit(cache=True)
def wander(
    out: Floats, memory: float, by: Floats, one: Floats, two: Floats, three: Floats, four: Floats
) -> None:
    """Keep a share of what `out` was, and add four numbers, each times its own weight."""
    for p in range(out.size):
        new = by[0] * one[p] + by[1] * two[p] + by[2] * three[p] + by[3] * four[p]
        out[p] = memory * out[p] + new


@njit(cache=True)
def shaken(steps: Floats, seeds: Seeds, memory: float, t: int, first: int, block: Block) -> None:
    """Move demand, prices, energy and rates one month on."""
    pairs, state = block.pairs, block.state
    if t % 2 == 0:
        for j in range(4):
            normals(seeds[j], first * PLACES + t, pairs[0, j], pairs[1, j], block.spare[0])
    now = pairs[t % 2]
    for j in range(4):
        wander(state[4 if j == 1 else j], memory, steps[j], now[0], now[1], now[2], now[3])
    added(state[1], state[4], 1.0 / 12.0)


@njit(cache=True)
def added(out: Floats, more: Floats, times: float) -> None:
    """Add to `out` so many times what another array holds."""
    for p in range(out.size):
        out[p] += times * more[p]


@njit(cache=True)
def raised(amount: Floats, move: Floats, spare: Floats) -> None:
    """Make of whole pence what they are after they moved by e**`move`, in whole pence; `move` is used up."""
    powers(move, spare)
    for p in range(amount.size):
        amount[p] = np.floor(amount[p] * move[p] + 0.5)


@njit(cache=True)
def tenanted(amount: Floats, let: Floats, draw: Floats, leave: float, come: float) -> None:
    """Let or empty a tenancy by this month's draw, and leave of `amount` what it brings."""
    for p in range(amount.size):
        stays = 1.0 if draw[p] >= leave else 0.0
        comes = 1.0 if draw[p] < come else 0.0
        let[p] = let[p] * stays + (1.0 - let[p]) * comes
        amount[p] *= let[p]


@njit(cache=True)
def followed(move: Floats, follows: Floats, demand: Floats, prices: Floats, energy: Floats) -> None:
    """Say by what power of e an amount moves, from what it follows."""
    for p in range(move.size):
        move[p] = follows[0] * demand[p] + follows[1] * prices[p] + follows[2] * energy[p]


@njit(cache=True)
def opened(income: Floats, amount: Floats, late: Floats, since: float) -> None:
    """Add an income where the doors are open: `since` months after they were to be, late ones too."""
    for p in range(income.size):
        income[p] += amount[p] if since >= late[p] else 0.0


@njit(cache=True)
def traded(terms: Terms, first: int, chance: bool, t: int, block: Block) -> None:
    """Work out the month's income and running costs."""
    month, spare, state = block.month, block.spare, block.state
    amount, move = month[PART], spare[0]
    filled(month[INCOME], 0.0)
    filled(month[COSTS], 0.0)
    for g in range(terms.flows.shape[0]):
        follows, empty, length = terms.follows[g], terms.voids[g, 0], terms.voids[g, 1]
        filled(amount, terms.flows[g, t])
        if empty > 0.0 and chance:
            uniforms(terms.seeds[8], (first * 64 + g) * PLACES + t, 64 * PLACES, move)
            tenanted(amount, block.let[g], move, empty / length / (1.0 - empty), 1.0 / length)
        elif empty > 0.0:
            filled(amount, np.floor(terms.flows[g, t] * (1.0 - empty) + 0.5))
        if (
            chance
            and terms.flows[g, t] != 0.0
            and (follows[0] != 0.0 or follows[1] != 0.0 or follows[2] != 0.0)
        ):
            followed(move, follows, state[0], state[1], state[2])
            raised(amount, move, spare[1])
        if terms.waits[g] <= 0:
            added(month[COSTS if terms.waits[g] < 0 else INCOME], amount, 1.0)
        else:
            opened(month[INCOME], amount, block.once[LATE], t - (terms.waits[g] - 1.0))


@njit(cache=True)
def mended(terms: Terms, first: int, chance: bool, t: int, block: Block) -> None:
    """Work out the month's repairs: those foreseen, and at random one that nobody foresaw."""
    repairs, prices, often = block.month[REPAIRS], block.state[1], terms.surprise[0]
    filled(repairs, terms.repairs[t])
    if chance and terms.repairs[t] > 0.0:
        filled(block.spare[0], 0.0)
        added(block.spare[0], prices, 1.0)
        raised(repairs, block.spare[0], block.spare[1])
    if often <= 0.0:
        return
    uniforms(terms.seeds[7], first * PLACES + t, PLACES, block.spare[0])
    for p in range(BLOCK):
        if block.spare[0, p] < often:
            size = -math.log(uniform(terms.seeds[7], (first + p) * PLACES + t + 512))
            size *= terms.surprise[1] * terms.level[t] * math.exp(prices[p])
            repairs[p] += np.floor(size + 0.5)


@njit(cache=True, error_model="numpy")
def annuity(due: Floats, owed: Floats, rate: Floats, left: float, spare: Floats) -> None:
    """Pay interest and a level share of what is owed, with `left` payments to come, into `due`."""
    for p in range(due.size):  # the logarithm of 1 + rate, by the series of the area tangent
        s = rate[p] / (2.0 + rate[p])
        q = s * s
        high = 1.0 / 9.0 + q * (1.0 / 11.0 + q * (1.0 / 13.0 + q * (1.0 / 15.0 + q / 17.0)))
        spare[p] = -left * 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * high))))
    powers(spare, due)
    for p in range(due.size):
        interest = np.floor(owed[p] * rate[p] + 0.5)
        level = owed[p] * rate[p] / (1.0 - spare[p]) if rate[p] > 0.0 else owed[p] / left
        back = max(0.0, min(owed[p], np.floor(level + 0.5) - interest))
        spare[p], due[p] = back, interest + back
    for p in range(due.size):
        owed[p] -= spare[p]


@njit(cache=True)
def lent(loans: Floats, t: int, block: Block) -> None:
    """Work out what lenders are paid this month on the loans that vary; bring what is owed up to date."""
    rate, due, spare = block.spare[0], block.spare[1], block.spare[2]
    for k in range(loans.shape[0]):
        age, owed = t - int(loans[k, 1]), block.owed[k]
        if age == 0:
            filled(owed, loans[k, 0])
        elif 0 < age <= int(loans[k, 2]):
            left = int(loans[k, 2]) - age + 1
            for p in range(BLOCK):
                rate[p] = max(0.0, loans[k, 4] + block.state[3, p]) / 12.0
            if age > int(loans[k, 3]) and left > 1:
                annuity(due, owed, rate, float(left), spare)
            else:
                for p in range(BLOCK):
                    due[p] = np.floor(owed[p] * rate[p] + 0.5)
                if age > int(loans[k, 3]):
                    added(due, owed, 1.0)
                    filled(owed, 0.0)
            added(block.month[LENDERS], due, 1.0)


@njit(cache=True)
def spent(out: Floats, bought: float, works: float, over: Floats) -> None:
    """Work out what is bought and built this month."""
    for p in range(out.size):
        out[p] = bought + np.floor(works * over[p] + 0.5)


@njit(cache=True)
def banked(
    bank: Floats,
    given: float,
    income: Floats,
    costs: Floats,
    repairs: Floats,
    lenders: Floats,
    spending: Floats,
) -> None:
    """Bring the bank up to date; `given` is what grants and loans bring to every path."""
    for p in range(bank.size):
        bank[p] += given + (income[p] - costs[p]) - (repairs[p] + lenders[p] + spending[p])


@njit(cache=True)
def bound(left: Floats, running: Floats, spending: Floats, costs: Floats, works: float, run: float) -> None:
    """Bring grants bound to works and to running costs up to date; `works` and `run` are new ones."""
    for p in range(left.size):
        left[p] += works - spending[p]
        running[p] = max(0.0, running[p] + run - costs[p])


@njit(cache=True)
def freed(free: Floats, bank: Floats, left: Floats, running: Floats) -> None:
    """Work out the free money: what is in the bank and not bound."""
    for p in range(free.size):
        free[p] = bank[p] - max(0.0, left[p]) - running[p]


@njit(cache=True)
def put_by(fund: Floats, own: Floats, free: Floats, repairs: Floats, putting: float) -> None:
    """Pay repairs out of the repair fund, and fill it from free money; `own` is what the fund did not pay."""
    for p in range(fund.size):
        paid = min(fund[p], repairs[p])
        held = fund[p] - paid
        unbound = free[p] - held
        own[p] = repairs[p] - paid
        fund[p] = held + (min(putting, unbound) if unbound >= 0.0 else -min(held, -unbound))


@njit(cache=True)
def members_paid(purse: Floats, free: Floats, interest: float, withdrawal: float, keep: float) -> None:
    """Pay members out of free money above the fund and the reserve."""
    bank, fund, members = purse[BANK], purse[FUND], purse[MEMBERS]
    for p in range(free.size):
        above = max(0.0, free[p] - fund[p] - keep)
        paid = min(above, np.floor(members[p] * interest + 0.5))
        back = min(above - paid, np.floor(members[p] * withdrawal + 0.5))
        members[p] -= back
        bank[p] -= paid + back
        free[p] -= paid + back


@njit(cache=True)
def settled(terms: Terms, t: int, block: Block) -> None:
    """Bring the purse up to date by what the month brought."""
    month, purse, sold_in, rates = block.month, block.purse, terms.share_month, terms.share_terms
    spent(month[SPENDING], terms.fixed[1, t], terms.works[t], block.once[OVER])
    if t == sold_in:
        added(purse[MEMBERS], block.once[RAISED], 1.0)
        added(purse[BANK], block.once[RAISED], 1.0)
    works, run = terms.grants[0, t], terms.grants[1, t]
    given = terms.fixed[2, t] + works + run + terms.grants[2, t]
    banked(purse[BANK], given, month[INCOME], month[COSTS], month[REPAIRS], month[LENDERS], month[SPENDING])
    bound(purse[BOUND], purse[RUNNING], month[SPENDING], month[COSTS], works, run)
    freed(month[FREE], purse[BANK], purse[BOUND], purse[RUNNING])
    put_by(purse[FUND], month[OWN], month[FREE], month[REPAIRS], terms.repair_fund[t])
    if t % 12 == 11 and t - sold_in >= 12 * rates[2]:
        members_paid(purse, month[FREE], rates[0], rates[1], terms.keep)


@njit(cache=True)
def summed(t: int, block: Block) -> None:
    """Add the month to the sums of the year."""
    sums, month = block.sums, block.month
    if t % 12 == 0:
        for k in range(5):
            filled(sums[k], np.inf if k == 0 else 0.0)
    low, last, free = sums[0], sums[1], month[FREE]
    for p in range(BLOCK):
        low[p] = min(low[p], free[p])
    for p in range(BLOCK):
        last[p] = free[p]
    for part, sign in ((INCOME, 1.0), (COSTS, -1.0), (OWN, -1.0)):
        added(sums[2], month[part], sign)
    added(sums[3], month[LENDERS], 1.0)
    added(sums[4], month[COSTS], 1.0)


@njit(cache=True, nogil=True)
def walk(terms: Terms, first: int, last: int, chance: bool, found: Floats, sold: Floats) -> None:
    """Walk the paths from `first` to `last` - 1 through all months.

    `found` (paths, years, 5) is filled with the lowest free money of each year, the free money at its end,
    what is left of income after running costs and repairs that the fund did not pay, what lenders
    were paid, and the running costs. `sold` (paths) is filled with the shares raised.
    """
    steps, block = paces(terms), blank(terms.flows.shape[0], terms.loans.shape[0])
    for low in range(first, last, BLOCK):
        size = min(BLOCK, last - low)
        start(terms, block, low)
        for p in range(size):
            sold[low + p] = block.once[RAISED, p]
        for t in range(terms.flows.shape[1]):
            if chance:
                shaken(steps, terms.seeds, terms.memory, t, low, block)
            traded(terms, low, chance, t, block)
            mended(terms, low, chance, t, block)
            filled(block.month[LENDERS], terms.fixed[0, t])
            lent(terms.loans, t, block)
            settled(terms, t, block)
            summed(t, block)
            if t % 12 == 11:
                for p in range(size):
                    for k in range(5):
                        found[low + p, t // 12, k] = block.sums[k, p]
