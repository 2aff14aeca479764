"""What fairness means, asked of every voter, every group and every set: slow, short, for tiny elections.

Written from the papers and not from our code: each voter stands alone (ballots are not grouped), groups are
all subsets of voters, and a price system is looked for by a linear program. Brill and Peters (EC 2023),
EJR+ up to any project; Peters, Pierczyński and Skowron (2021), arXiv 2008.13276, definitions 1 and 3.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations

from scipy.optimize import linprog


def everyone(election):
    """Each voter's marked projects, one set a voter."""
    return [set(ballot.projects) for ballot in election.ballots for _ in range(ballot.voters)]


def subsets(things):
    return chain.from_iterable(combinations(things, size) for size in range(1, len(things) + 1))


def gain(election, marked, chosen, by):
    """What a voter has from the chosen projects: their number, or what they cost."""
    worth = (election.projects[p].cost if by == "money" else 1 for p in marked & chosen)
    return sum(worth, Fraction(0))


def wronged(election, winners, by):
    """The (project, group of voters) that have too little: all groups, by the definition of EJR+."""
    voters, chosen = everyone(election), set(winners)
    for group in subsets(range(len(voters))):
        money = election.budget * len(group) / len(voters)
        for p in set.intersection(*(voters[v] for v in group)) - chosen:
            cost = election.projects[p].cost
            due = money if by == "money" else money / cost
            if cost <= money and all(gain(election, voters[v], chosen | {p}, by) <= due for v in group):
                yield p, group


def short_changed(election, winners, by):
    """The (set of projects, group of voters) that break EJR up to one project: all groups, all sets."""
    voters, chosen = everyone(election), set(winners)
    for group in subsets(range(len(voters))):
        agreed = set.intersection(*(voters[v] for v in group))
        for wanted in subsets(sorted(agreed)):
            if election.cost(wanted) * len(voters) > election.budget * len(group):
                continue
            due = gain(election, agreed, set(wanted), by)
            if not any(
                gain(election, voters[v], chosen, by) >= due
                or any(gain(election, voters[v], chosen | {p}, by) > due for p in voters[v])
                for v in group
            ):
                yield wanted, group


def has_prices(election, winners, endowment):
    """Whether equal purses of this size can pay for the winners and for nothing more: a linear program.

    A project that costs more than the budget cannot be bought, whatever its supporters have.
    """
    voters, chosen = everyone(election), sorted(winners)
    pays = [(v, p) for v, marked in enumerate(voters) for p in chosen if p in marked]
    losers = [p for p, one in enumerate(election.projects) if p not in chosen and one.cost <= election.budget]
    if not pays:
        held = {p: endowment * sum(p in marked for marked in voters) for p in losers}
        return not chosen and all(held[p] <= election.projects[p].cost for p in losers)
    exactly = [[float(p == q) for _, q in pays] for p in chosen]
    costs = [float(election.projects[p].cost) for p in chosen]
    rows = [[float(v == w) for w, _ in pays] for v in range(len(voters))]
    most = [float(endowment)] * len(voters)
    for p in losers:
        of = {v for v, marked in enumerate(voters) if p in marked}
        rows.append([-float(v in of) for v, _ in pays])
        most.append(float(election.projects[p].cost - endowment * len(of)))
    found = linprog([0.0] * len(pays), A_ub=rows, b_ub=most, A_eq=exactly, b_eq=costs, method="highs")
    return found.status == 0


def bought_one_by_one(election):
    """Equal Shares with cost utility, each voter with a purse: the winners, and what each voter has left."""
    voters = everyone(election)
    purses, winners = [election.budget / len(voters)] * len(voters), []
    while True:
        offers = []
        for p in set(range(len(election.projects))) - set(winners):
            of = [v for v, marked in enumerate(voters) if p in marked]
            cost = election.projects[p].cost
            if sum(purses[v] for v in of) >= cost:
                offers.append((_most(cost, [purses[v] for v in of]) / cost, p, of))
        if not offers:
            return winners, purses
        rate, p, of = min(offers, key=lambda offer: (offer[0], election.projects[offer[1]].cost,
                                                     -len(offer[2]), offer[1]))  # fmt: skip
        for v in of:
            purses[v] -= min(purses[v], rate * election.projects[p].cost)
        winners.append(p)


def _most(cost, purses):
    """The most that anybody pays where all pay alike as far as their purse goes."""
    for payers in range(len(purses), 0, -1):
        poor = sorted(purses)[: len(purses) - payers]
        each = (cost - sum(poor)) / payers
        if all(money <= each for money in poor) and each <= sorted(purses)[len(purses) - payers]:
            return each
    raise AssertionError("they have the money, so some number of them pays it")
