"""A rule, written down before anybody votes: every choice that could change who wins, and its seal.

Small conventions decide winners: Wieliczka's official result of 2023 (30 projects) comes out only when
Add1 does not stop at the first outcome that leaves room for nothing more. So each convention has a name here,
and a count carries the SHA-256 of the whole rule. Reference: Peters and Skowron, equalshares.net,
"Implementation: completion"; Boehmer et al., arXiv 2312.14723, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fairground.errors import BadInput
from fairground.evidence import Method, canonical, digest

METHODS: tuple[Method, ...] = (
    Method(
        "greedy",
        "Most votes first: take each project that still fits",
        "Rey and Maly (2023), section 3.1; the rule of most cities in Pabulib",
    ),
    Method(
        "max-welfare",
        "The set of projects with the highest total utility that fits the budget",
        "Rey and Maly (2023), section 3.1",
    ),
    Method(
        "phragmen",
        "Sequential Phragmén: voters earn money evenly; a project is bought when its supporters can pay",
        "Los, Christoff and Grossi, Proportional Budget Allocations (IJCAI 2022), section 3",
    ),
    Method(
        "equal-shares",
        "Method of Equal Shares: each voter gets the same money and pays for what they marked",
        "Peters, Pierczyński and Skowron (NeurIPS 2021), arXiv 2008.13276",
    ),
    Method(
        "bos",
        "Equal Shares with Bounded Overspending: supporters who are a little short may still buy",
        "Papasotiropoulos et al., arXiv 2409.15005, section 5",
    ),
    Method(
        "exact-equal-shares",
        "Exact Equal Shares: all who pay for a project pay exactly the same",
        "Kraiczy, Robinson and Elkind, Streamlining Equal Shares, arXiv 2502.11797, algorithm 1",
    ),
)
NO_SKIP = Method(
    "greedy",
    "Most votes first: stop at the first project that does not fit",
    "Rey and Maly (2023), section 3.1; the rule of some cities in Pabulib, there called greedy-no-skip",
)
COMPLETIONS = ("none", "add1", "add1u", "greedy")
STARTS = ("exact", "floor")
COMPARISONS = ("none", "projects", "money")
TIES = ("lowest-cost", "highest-cost", "most-votes", "fewest-votes", "listed")


@dataclass(frozen=True)
class Utility:
    """What a voter is taken to get from a marked project: its cost, its points, both, or simply 1."""

    id: str
    words: str
    by_cost: bool
    by_points: bool


UTILITIES: tuple[Utility, ...] = (
    Utility("cost", "a marked project counts as its cost", True, False),
    Utility("cardinality", "each marked project counts as 1", False, False),
    Utility("points", "a project counts as the points it was given", False, True),
    Utility("ranking", "a project counts more the higher it is ranked", False, True),
    Utility("points-cost", "a project counts as its points times its cost", True, True),
)


@dataclass(frozen=True)
class Rule:
    """How ballots become winners; two equal rules have one seal.

    Parameters
    ----------
    method : the id of one of `METHODS`. utility : the id of one of `UTILITIES` (Equal Shares and its kin).
    completion : what happens to money that Equal Shares leaves: "none"; "add1" (give each voter `step` more
        and count again, until the budget would be exceeded); "add1u" (the same, then greedy); "greedy".
    start : the first endowment: "exact" (budget over voters) or "floor" (the whole units of it).
    stop_when_exhausted : whether Add1 also stops at the first outcome after which no project fits.
    comparison : switch to greedy if more voters prefer its outcome, by how many "projects" they marked
        won, or by the "money" those cost; "none" leaves the step out.
    skip : greedy goes on after a project that does not fit. top_up : when greedy stops, it still funds the
        next project if this share of its cost is left (1 means never in part).
    minimum_score : projects below it cannot win. minimum_support : projects with a smaller share of the
        voters than this times their share of the budget cannot win (Świecie: 1/3).
    respect_rivals : of projects with the same `rivals`, only the one with the best score can win.
    turnout : Equal Shares gives the voters of each district together the part of the budget that its
        people are of all people (see `districts`).
    ties : what settles a tie, in turn; whatever is left goes by the list. order : ids, first wins; it
        stands before `ties`. sequence : for greedy, the order in which to take projects instead of by score.

    Raises
    ------
    BadInput : a word that is not among those allowed, a step or share out of range.
    """

    method: str = "equal-shares"
    utility: str = "cost"
    completion: str = "none"
    start: str = "exact"
    step: Fraction = Fraction(1)
    stop_when_exhausted: bool = True
    comparison: str = "none"
    skip: bool = True
    top_up: Fraction = Fraction(1)
    minimum_score: Fraction = Fraction(0)
    minimum_support: Fraction = Fraction(0)
    respect_rivals: bool = False
    ties: tuple[str, ...] = ("lowest-cost", "most-votes")
    order: tuple[str, ...] = ()
    sequence: tuple[str, ...] = ()
    turnout: bool = False

    def __post_init__(self) -> None:
        _one_of("rule", self.method, tuple(method.id for method in METHODS))
        _one_of("utility", self.utility, tuple(utility.id for utility in UTILITIES))
        _one_of("completion", self.completion, COMPLETIONS)
        _one_of("start", self.start, STARTS)
        _one_of("comparison", self.comparison, COMPARISONS)
        for tie in self.ties:
            _one_of("ties", tie, TIES)
        if self.step <= 0:
            raise BadInput("A step must be above zero", "step", self.step, "above 0")
        if not 0 < self.top_up <= 1:
            raise BadInput("A share of a cost is above 0 and at most 1", "top_up", self.top_up)
        if self.completion != "none" and self.method not in ("equal-shares", "exact-equal-shares"):
            raise BadInput(
                "Only Equal Shares is completed; the other rules spend what they can",
                "completion",
                self.completion,
                f"none, with the rule {self.method}",
            )

        if self.method == "exact-equal-shares" and self.known_utility.by_points:
            raise BadInput(
                "Exact Equal Shares counts marks, not points", "utility", self.utility, "cost, cardinality"
            )
        if self.turnout and self.method != "equal-shares":
            raise BadInput("Only Equal Shares corrects for turnout", "turnout", self.method, "equal-shares")

    @property
    def seal(self) -> str:
        """The SHA-256 of the whole rule: it changes if any choice changes."""
        return digest(canonical(self))

    @property
    def known_method(self) -> Method:
        """The method with its name and reference; greedy that stops early is not told as one that goes on."""
        if self.method == "greedy" and not self.skip:
            return NO_SKIP
        return next(method for method in METHODS if method.id == self.method)

    @property
    def known_utility(self) -> Utility:
        """The utility with its words."""
        return next(utility for utility in UTILITIES if utility.id == self.utility)


def _one_of(field: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise BadInput("This is not one of the choices", field, value, ", ".join(allowed))
