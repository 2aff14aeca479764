"""Equal Shares on whole arrays at a time: nothing to compile, so one count starts at once, in little memory.

The same contract as `kernels.equal_shares`, which is worth loading only where hundreds of counts follow one
another (Add1); a test holds the two together. Purses are held between two whole numbers, as there.
"""

from __future__ import annotations

import numpy as np

from fairground.power.budgeting.steering import DONE, DOWN, OVER, UNSURE, UP, Marks, Real, Whole


def price(
    cost: int, ballots: Marks, points: Whole | None, voters: Marks, money: Whole, start: int, up: bool
) -> int:
    """Return the payment per point at which these supporters raise the cost, or -1 if they cannot.

    `points` is None where each mark counts 1. Rounded down the payment never exceeds the true one, if `start`
    does not; rounded up it is never below it. Who is too poor for a payment is too poor for a higher one, so
    only the others are looked at again.
    """
    held, rate, left = money.take(ballots), start, cost
    funds = int(voters.dot(held))
    if funds < cost:
        return -1
    while True:
        able = (held >= (rate if points is None else points * rate)).nonzero()[0]
        if len(able) < len(held):
            held, voters = held.take(able), voters.take(able)
            points = None if points is None else points.take(able)
            kept = int(voters.dot(held))
            left, funds = left - (funds - kept), kept
        rich = int(np.add.reduce(voters) if points is None else voters.dot(points))
        if rich == 0:
            return rate if left <= 0 else -1
        following = -(-left // rich) if up else left // rich
        if following <= rate or (points is None and np.minimum.reduce(held) >= following):
            return max(following, rate)
        rate = following


class _Offers:
    """The least payment for each project: a bound that only rises, fresh once it is worked out anew."""

    def __init__(
        self,
        costs: Whole,
        bases: Real,
        supporters: tuple[Whole, Marks, Whole, Marks],
        alive: Whole,
        least: Whole,
    ) -> None:
        self.costs, self.bases, self.alive, self.least = costs, bases, alive, least
        starts, self.ballots, self.points, self.voters = supporters
        self.plain = bool((self.points == 1).all())
        self.bounds, self.fresh = starts.tolist(), np.zeros(len(costs), bool)
        self.lower = np.where(alive > 0, least / bases * DOWN, np.inf)

    def part(self, p: int) -> slice:
        return slice(self.bounds[p], self.bounds[p + 1])

    def asked(self, p: int, money: Whole, up: bool) -> int:
        part = self.part(p)
        points = None if self.plain else self.points[part]
        cost, least = int(self.costs[p]), int(self.least[p])
        return price(cost, self.ballots[part], points, self.voters[part], money, least, up)

    def look(self, p: int, high: Whole) -> None:
        """Work out a project's least payment anew; drop it if its supporters can never pay."""
        found = self.asked(p, high, False)
        self.least[p], self.alive[p], self.fresh[p] = max(found, 0), found >= 0, True
        self.lower[p] = found / self.bases[p] * DOWN if found >= 0 else np.inf

    def drop(self, p: int) -> None:
        self.alive[p], self.lower[p] = 0, np.inf
        self.fresh[:] = False


def equal_shares(
    costs: Whole,
    bases: Real,
    starts: Whole,
    ballots: Marks,
    points: Whole,
    voters: Marks,
    low: Whole,
    high: Whole,
    alive: Whole,
    least: Whole,
    order: Whole,
    progress: Whole,
    limit: int,
) -> int:
    """Buy projects until none can be bought, the limit would be passed, or a choice is unsure.

    Changes low, high, alive, least, order and progress (number bought, money spent), as the kernel does.
    """
    offers = _Offers(costs, bases, (starts, ballots, points, voters), alive, least)
    while True:
        p = int(offers.lower.argmin())
        if not alive[p]:
            return DONE
        if not offers.fresh[p]:
            offers.look(p, high)
            continue
        most = offers.asked(p, low, True)
        near = [n for n in (offers.lower <= most / bases[p] * UP).nonzero()[0].tolist() if n != p]
        stale = [n for n in near if not offers.fresh[n]]
        if most < 0 or (near and not stale):
            return UNSURE
        if stale:
            offers.look(stale[0], high)
            continue
        if progress[1] + costs[p] > limit:
            return OVER
        part = offers.part(p)
        buyers = ballots[part]
        low[buyers] = np.maximum(low[buyers] - most * points[part], 0)
        high[buyers] = np.maximum(high[buyers] - least[p] * points[part], 0)
        order[progress[0]] = p
        progress += (1, costs[p])
        offers.drop(p)
