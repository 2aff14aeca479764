"""The plain NumPy way to walk a plan many times: all paths at once, one month after the other."""

import numpy as np

from fairground.wealth.finance.kernels import PLACES

STEP, M1, M2 = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def stirred(seed, places):
    with np.errstate(over="ignore"):
        z = seed + (places.astype(np.uint64) + np.uint64(1)) * STEP
        z = (z ^ (z >> np.uint64(30))) * M1
        z = (z ^ (z >> np.uint64(27))) * M2
        return z ^ (z >> np.uint64(31))


def uniform(seed, places):
    return (stirred(seed, places) >> np.uint64(11)).astype(np.float64) * 2.0**-53 + 2.0**-54


def pair(seed, places):
    bits = stirred(seed, places)
    size = np.sqrt(-2 * np.log((bits >> np.uint64(32)).astype(np.float64) * 2.0**-32 + 2.0**-33))
    turn = 2 * np.pi * ((bits & np.uint64(2**32 - 1)).astype(np.float64) * 2.0**-32 + 2.0**-33)
    return size * np.cos(turn), size * np.sin(turn)


def whole(values):
    return np.floor(values + 0.5)


def level_payment(owed, rate, left):
    with np.errstate(divide="ignore", invalid="ignore"):
        annuity = owed * rate / (1 - (1 + rate) ** -float(left))
    return np.where(rate == 0, owed / left, annuity)


def lent(loans, t, owed, shift):
    due = np.zeros(owed.shape[1])
    for k, (pounds, month, term, holiday, yearly) in enumerate(loans):
        age = t - month
        if age == 0:
            owed[k] = pounds
        elif 0 < age <= term:
            rate = np.maximum(0, yearly + shift) / 12
            interest = whole(owed[k] * rate)
            back = np.clip(whole(level_payment(owed[k], rate, term - age + 1)) - interest, 0, owed[k])
            back = 0 * back if age <= holiday else owed[k].copy() if age == term else back
            owed[k] -= back
            due += interest + back
    return due


def walked(terms, paths):
    """Return (paths, years, 5) as the kernel fills it, and the shares raised."""
    n = np.arange(paths)
    months, groups = terms.flows.shape[1], terms.flows.shape[0]
    works, late, sold = (pair(terms.seeds[j], n * PLACES)[0] for j in (4, 5, 6))
    over = (1 + terms.works_over) * np.exp(terms.spread[4] * works)
    late = np.maximum(0, terms.spread[5] * late).astype(int)
    raised = np.minimum(whole(terms.shares[0] * np.exp(terms.spread[6] * sold)), terms.shares[2])
    raised = np.where(raised >= terms.shares[1], raised, 0.0)
    state, pace, let = np.zeros((4, paths)), np.zeros(paths), np.ones((groups, paths), dtype=bool)
    owed = np.zeros((len(terms.loans), paths))
    bank, fund, members, left, running = np.full(paths, terms.opening), *np.zeros((4, paths))
    found = np.zeros((paths, months // 12, 5))
    fresh = np.sqrt(1 - terms.memory**2)
    for t in range(months):
        if t % 2 == 0:
            pairs = [pair(terms.seeds[j], n * PLACES + t) for j in range(4)]
        draws = terms.factor @ np.array([one[t % 2] for one in pairs]) * terms.spread[:4, None] * fresh
        for j in (0, 2, 3):
            state[j] = terms.memory * state[j] + draws[j]
        pace = terms.memory * pace + draws[1]
        state[1] += pace / 12
        income, costs = np.zeros(paths), np.zeros(paths)
        for g in range(groups):
            amount = np.full(paths, terms.flows[g, t])
            share, length = terms.voids[g]
            if share:
                draw = uniform(terms.seeds[8], (n * 64 + g) * PLACES + t)
                let[g] = np.where(let[g], draw >= share / length / (1 - share), draw < 1 / length)
                amount = amount * let[g]
            amount = whole(amount * np.exp(terms.follows[g] @ state[:3]))
            if terms.waits[g] < 0:
                costs += amount
            else:
                income += np.where((terms.waits[g] == 0) | (t >= terms.waits[g] - 1 + late), amount, 0)
        repairs = whole(terms.repairs[t] * np.exp(state[1]))
        bad = uniform(terms.seeds[7], n * PLACES + t) < terms.surprise[0]
        size = -np.log(uniform(terms.seeds[7], n * PLACES + 512 + t))
        repairs += bad * whole(terms.surprise[1] * terms.level[t] * np.exp(state[1]) * size)
        lenders = terms.fixed[0, t] + lent(terms.loans, t, owed, state[3])
        spending = terms.fixed[1, t] + whole(terms.works[t] * over)
        came = raised if t == terms.share_month else 0.0
        members = members + came
        bank = bank + income + came + terms.fixed[2, t] + terms.grants[:, t].sum() - costs - spending
        bank = bank - repairs - lenders
        left = left + terms.grants[0, t] - spending
        running = np.maximum(0, running + terms.grants[1, t] - costs)
        from_fund = np.minimum(fund, repairs)
        fund = fund - from_fund
        free = bank - np.maximum(0, left) - running
        unbound = free - fund
        fund = fund + np.where(
            unbound >= 0, np.minimum(terms.repair_fund[t], unbound), -np.minimum(fund, -unbound)
        )
        if t % 12 == 11 and t - terms.share_month >= 12 * terms.share_terms[2]:
            above = np.maximum(0, free - fund - terms.keep)
            paid = np.minimum(above, whole(members * terms.share_terms[0]))
            back = np.minimum(above - paid, whole(members * terms.share_terms[1]))
            members, bank, free = members - back, bank - paid - back, free - paid - back
        year = found[:, t // 12]
        year[:, 0] = free if t % 12 == 0 else np.minimum(year[:, 0], free)
        year[:, 1] = free
        year[:, 2] += income - costs - (repairs - from_fund)
        year[:, 3] += lenders
        year[:, 4] += costs
    return found, raised
