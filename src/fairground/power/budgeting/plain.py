"""A second count that shares no code with the first: slow, short, in fractions, to check the first.

Each method is written as its paper words it, one voter's purse at a time (voters with the same ballot
share a purse's record; all purses are whole numbers over one denominator). It reads only the election and
the rule. `verify` runs both and compares the winners.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import lcm

from fairground.power.budgeting.election import Election
from fairground.power.budgeting.rules import Rule

Marks = list[tuple[int, int, int]]
MOST_KEPT = 10_000
Price = Callable[[list[int], Marks, Fraction], tuple[Fraction, Fraction] | None]


class PlainCount:
    """Counts one election under one rule with nothing but fractions and lists."""

    def __init__(self, election: Election, rule: Rule) -> None:
        self.election, self.rule = election, rule
        self.costs = [project.cost for project in election.projects]
        self.voters = [ballot.voters for ballot in election.ballots]
        self.marks: list[Marks] = [[] for _ in self.costs]
        self.scores = [0] * len(self.costs)
        for number, ballot in enumerate(election.ballots):
            for place, project in enumerate(ballot.projects):
                points = ballot.points[place] if rule.known_utility.by_points and ballot.points else 1
                self.marks[project].append((number, points, ballot.voters))
                self.scores[project] += (ballot.points[place] if ballot.points else 1) * ballot.voters
        self.votes = [sum(voters for _, _, voters in marks) for marks in self.marks]
        self.ranks = self.ranked()
        self.open = self.allowed()
        self.sums, self.places = list[Fraction](), dict[Fraction, int]()
        self.offers = lru_cache(MOST_KEPT)(self.even_offers)
        self.worth = self.costs if rule.known_utility.by_cost else [Fraction(1)] * len(self.costs)

    def ranked(self) -> list[int]:
        """Return the place of each project among those that tie: the rule's list first, then its criteria."""
        last = len(self.costs)

        def before(p: int) -> list[Fraction | int]:
            id = self.election.projects[p].id
            keys: list[Fraction | int] = [self.rule.order.index(id) if id in self.rule.order else last]
            for word in self.rule.ties:
                side = -1 if word in ("highest-cost", "most-votes") else 1
                keys.append(
                    side * (self.costs[p] if "cost" in word else self.votes[p] if "votes" in word else p)
                )
            return [*keys, p]

        queue = sorted(range(last), key=before)
        return [queue.index(p) for p in range(last)]

    def allowed(self) -> list[int]:
        """Return the projects that the thresholds of the rule let win, less the beaten rivals."""
        budget, voters = self.election.budget, sum(self.voters)
        scores = self.scores
        able = [
            p
            for p in range(len(self.costs))
            if self.costs[p] <= budget
            and scores[p] >= self.rule.minimum_score
            and Fraction(self.votes[p], voters) >= self.rule.minimum_support * self.costs[p] / budget
        ]
        groups = [self.election.projects[p].rivals for p in range(len(self.costs))]
        if self.rule.respect_rivals:
            for group in {groups[p] for p in able} - {""}:
                best = min((p for p in able if groups[p] == group), key=lambda p: (-scores[p], self.ranks[p]))
                able = [p for p in able if groups[p] != group or p == best]
        return [p for p in able if self.marks[p]]

    def winners(self) -> tuple[int, ...]:
        """Return the winners in the order in which they are chosen."""
        methods: dict[str, Callable[[], list[int]]] = {
            "greedy": lambda: self.greedy([]),
            "max-welfare": self.welfare,
            "phragmen": self.phragmen,
            "equal-shares": self.completed,
            "bos": lambda: self.shares(self.endowment(), self.overspent_price, True),
            "exact-equal-shares": self.completed,
        }
        return self.compared(methods[self.rule.method]())

    def compared(self, chosen: list[int]) -> tuple[int, ...]:
        """Return an outcome after greedy has spent the rest, or greedy's where more voters prefer that."""
        if self.rule.completion in ("greedy", "add1u"):
            chosen = self.greedy(chosen)
        if self.rule.comparison != "none":
            other = self.greedy([])
            if self.preferring(other, chosen) > self.preferring(chosen, other):
                chosen = other
        return tuple(chosen)

    def preferring(self, one: list[int], other: list[int]) -> int:
        """Return how many voters have more of what they marked in one outcome than in another."""
        total = 0
        gain = self.costs if self.rule.comparison == "money" else [1] * len(self.costs)
        for ballot in self.election.ballots:
            mine = [sum(gain[p] for p in ballot.projects if p in chosen) for chosen in (one, other)]
            total += ballot.voters if mine[0] > mine[1] else 0
        return total

    def endowment(self) -> Fraction:
        """Return each voter's first endowment."""
        even = self.election.budget / sum(self.voters)
        return Fraction(int(even)) if self.rule.start == "floor" else even

    def parts(self) -> list[Fraction]:
        """Return how many endowments the voters of each ballot start with."""
        if not self.rule.turnout:
            return [Fraction(1)] * len(self.voters)
        people, cast = dict(self.election.population), dict[str, int]()
        for ballot in self.election.ballots:
            cast[ballot.district] = cast.get(ballot.district, 0) + ballot.voters
        residents = sum(people[district] for district in cast)
        even = [Fraction(people[b.district], residents) / cast[b.district] for b in self.election.ballots]
        return [share * sum(self.voters) for share in even]

    def spent(self, chosen: list[int]) -> Fraction:
        """Return what projects cost together."""
        return sum((self.costs[p] for p in chosen), Fraction(0))

    def greedy(self, chosen: list[int]) -> list[int]:
        """Take the best score that fits, again and again."""
        queue = [p for p in self.open if p not in chosen]
        queue.sort(key=lambda p: (-self.scores[p], self.ranks[p]))
        if self.rule.sequence:
            ids = {self.election.projects[p].id: p for p in queue}
            queue = [ids[id] for id in self.rule.sequence if id in ids]
        taken = list(chosen)
        for p in queue:
            left = self.election.budget - self.spent(taken)
            fits = self.costs[p] <= left
            reserve = not self.rule.skip and self.rule.top_up < 1 and self.rule.top_up * self.costs[p] <= left
            if fits or reserve:
                taken.append(p)
            if not fits and not self.rule.skip:
                break
        return taken

    def welfare(self) -> list[int]:
        """List the best sets by what they cost, dropping what costs more for less; 2**-rank settles ties."""
        zero = Fraction(0)
        table: list[tuple[Fraction, Fraction, Fraction, tuple[int, ...]]] = [(zero, zero, zero, ())]
        for p in self.open:
            gain = self.worth[p] * sum(points * n for _, points, n in self.marks[p])
            rank = Fraction(1, 2 ** self.ranks[p])
            more = [(s + self.costs[p], w + gain, r + rank, (*chosen, p)) for s, w, r, chosen in table]
            rows, table, best = [*table, *more], [], (Fraction(-1), Fraction(0))
            for row in sorted(rows, key=lambda row: (row[0], -row[1], -row[2])):
                if row[0] <= self.election.budget and row[1:3] > best:
                    table.append(row)
                    best = row[1:3]
        return list(table[-1][3])

    def phragmen(self) -> list[int]:
        """Give each project's cost to its supporters as a load; the lightest heaviest load goes first."""
        loads = [Fraction(0)] * len(self.voters)
        left, running, taken = self.election.budget, list(self.open), list[int]()
        while running:
            offers = []
            for p in running:
                borne = sum((loads[b] * n for b, _, n in self.marks[p]), self.costs[p])
                offers.append((borne / sum(n for _, _, n in self.marks[p]), self.ranks[p], p))
            load, _, p = min(offers)
            running.remove(p)
            if self.costs[p] > left:
                if self.rule.skip:
                    continue
                break
            taken.append(p)
            left -= self.costs[p]
            for b, _, _ in self.marks[p]:
                loads[b] = load
        return taken

    def outcome(self, endowment: Fraction) -> tuple[list[int], Fraction | None]:
        """Return what is bought with an endowment, and the next one that Add1 tries, if there is one."""
        if self.rule.method == "exact-equal-shares":
            return self.even_shares(endowment)
        return self.shares(endowment, self.whole_price, False), endowment + self.rule.step

    def ended(self, chosen: list[int]) -> bool:
        """Return whether Add1 ends: all is bought, or nothing more fits and the rule says so."""
        left = self.election.budget - self.spent(chosen)
        rest = [p for p in self.open if p not in chosen]
        return not rest or (self.rule.stop_when_exhausted and all(self.costs[p] > left for p in rest))

    def completed(self) -> list[int]:
        """Raise the endowment step by step, as the rule says, and keep the last outcome that fits."""
        chosen, following = self.outcome(self.endowment())
        while self.rule.completion in ("add1", "add1u") and following is not None and not self.ended(chosen):
            more, following = self.outcome(following)
            if self.spent(more) > self.election.budget:
                break
            chosen = more
        return chosen

    def even_shares(self, endowment: Fraction) -> tuple[list[int], Fraction | None]:
        """Return what is bought in equal parts, and the next endowment at which a round would go otherwise.

        An offer is (rate, tie, project, the least endowment at which so many supporters can pay). What a
        voter has spent is kept as a place in `sums`: sums are made once for all who have spent the same.
        """
        running, taken, spent = list(self.open), list[int](), [self.level(Fraction(0))] * len(self.voters)
        later = list[Fraction]()
        while True:
            offers = [offer for p in running for offer in self.offers(p, self.held(p, spent))]
            best = min((offer for offer in offers if offer[3] <= endowment), default=None)
            sooner = [offer for offer in offers if best is None or offer[:2] < best[:2]]
            later += [offer[3] for offer in sooner if offer[3] > endowment]
            if best is None:
                return taken, min(later, default=None)
            taken.append(best[2])
            running.remove(best[2])
            rate = best[0] * self.worth[best[2]]
            moved = {at: at for at, _ in self.held(best[2], spent)}
            for at in moved:
                due = self.sums[at] + rate
                moved[at] = self.level(due) if due <= endowment else at
            for b, _, _ in self.marks[best[2]]:
                spent[b] = moved[spent[b]]

    def level(self, spent: Fraction) -> int:
        """Return the place of a sum among those that some voters have spent."""
        if spent not in self.places:
            self.places[spent] = len(self.sums)
            self.sums.append(spent)
        return self.places[spent]

    def held(self, p: int, spent: list[int]) -> tuple[tuple[int, int], ...]:
        """Return how many supporters of a project have spent how much: (place in `sums`, voters)."""
        found = dict[int, int]()
        for b, _, n in self.marks[p]:
            found[spent[b]] = found.get(spent[b], 0) + n
        return tuple(sorted(found.items()))

    def even_offers(
        self, p: int, held: tuple[tuple[int, int], ...]
    ) -> list[tuple[Fraction, int, int, Fraction]]:
        """Return what a project costs if only those who have spent least pay, for each number of them."""
        payers, offers = 0, []
        for level, voters in sorted((self.sums[at], voters) for at, voters in held):
            payers += voters
            rate = self.costs[p] / payers
            offers.append((rate / self.worth[p], self.ranks[p], p, level + rate))
        return offers

    def shares(self, endowment: Fraction, price: Price, capped: bool) -> list[int]:
        """Buy the best offer until there is none; `capped` if the whole budget must never be passed.

        Purses and prices are in parts of the currency unit, `scale` of them to one.
        """
        first = [endowment * part for part in self.parts()]
        scale = lcm(*(money.denominator for money in first))
        purses = [int(money * scale) for money in first]
        running, taken, left = list(self.open), list[int](), self.election.budget
        known: dict[int, Fraction] = {}
        while True:
            running = [p for p in running if not capped or self.costs[p] <= left]
            best: tuple[Fraction, int, int, Fraction] | None = None
            for p in sorted(running, key=lambda p: known.get(p, Fraction(0))):
                if best is not None and known.get(p, Fraction(0)) > best[0]:
                    break
                offer = price(purses, self.marks[p], self.costs[p] * scale)
                if offer is None:
                    running.remove(p)
                    continue
                known[p] = offer[0] / scale / self.worth[p]
                found = (known[p], self.ranks[p], p, offer[1])
                best = found if best is None or found[:2] < best[:2] else best
            if best is None:
                return taken
            finer = best[3].denominator
            scale, purses, rate = scale * finer, [money * finer for money in purses], int(best[3] * finer)
            for b, points, _ in self.marks[best[2]]:
                due = rate * points
                purses[b] -= min(due, purses[b])
            taken.append(best[2])
            running.remove(best[2])
            left -= self.costs[best[2]]

    @staticmethod
    def levels(purses: list[int], marks: Marks) -> list[tuple[Fraction | int, int, int]]:
        """Return what the supporters have for each point, poorest first: (level, points, voters)."""
        alike: dict[tuple[int, int], int] = {}
        for b, points, n in marks:
            alike[purses[b], points] = alike.get((purses[b], points), 0) + n
        held = [
            (money if points == 1 else Fraction(money, points), points, n)
            for (money, points), n in alike.items()
        ]
        return sorted(held)

    @classmethod
    def whole_price(cls, purses: list[int], marks: Marks, cost: Fraction) -> tuple[Fraction, Fraction] | None:
        """Return the rate at which the supporters raise the whole cost."""
        held = cls.levels(purses, marks)
        below, above = Fraction(0), sum(points * n for _, points, n in held)
        for level, points, n in held:
            if below + level * above >= cost:
                rate = (cost - below) / above
                return rate, rate
            below += level * points * n
            above -= points * n
        return None

    @classmethod
    def overspent_price(
        cls, purses: list[int], marks: Marks, cost: Fraction
    ) -> tuple[Fraction, Fraction] | None:
        """Return the lowest rho / alpha and the rho that belongs to it."""
        held = cls.levels(purses, marks)
        below, above, offers = Fraction(0), sum(points * n for _, points, n in held), []
        for level, points, n in held:
            raised = below + level * above
            if raised >= cost:
                rate = (cost - below) / above
                offers.append((rate, Fraction(-1), rate))
                break
            if raised > 0:
                offers.append((level * cost * cost / raised / raised, -raised / cost, level * cost / raised))
            below += level * points * n
            above -= points * n
        if not offers:
            return None
        best = min(offers)
        return best[0], best[2]
