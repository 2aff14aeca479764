"""A plan as the numbers that are walked, and the names of the causes that chance has."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Seeds = NDArray[np.uint64]
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
