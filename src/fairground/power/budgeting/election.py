"""An election on projects: what there is to spend, what each project costs, and what people marked.

Ballots with the same marks are one record with a number of voters, because no rule looks at who cast them.
Money is exact (fractions of the currency unit). Reference for the terms: Rey and Maly, "The (Computational)
Social Choice Take on Indivisible Participatory Budgeting" (2023), section 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from math import lcm
from typing import Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt

from fairground.errors import BadInput, NotFound

MOST = 10**15
MOST_POINTS = 10**6
KINDS = ("approval", "points", "ranking")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Project:
    """A project on the ballot: its id, what it costs, its name, and the group it excludes others of.

    Parameters
    ----------
    cost : in currency units, above zero.
    rivals : projects with the same text here cannot both be built; empty means it clashes with none.
    district : where it would be built; empty means nowhere in particular.
    """

    id: str
    cost: Fraction
    name: str = ""
    rivals: str = ""
    district: str = ""


class Ballot(NamedTuple):
    """The marks of one or more voters who marked exactly the same.

    `projects` are positions in the election's list, each once (for a ranking: best first). `points` has one
    whole number above zero for each of them, or is empty on approval ballots, where each mark counts 1.
    """

    projects: tuple[int, ...]
    points: tuple[int, ...] = ()
    voters: int = 1
    district: str = ""


class Grouped(Sequence[Ballot]):
    """Many ballots as arrays: `voters[b]` voters marked `marks[starts[b]:starts[b + 1]]`.

    `points` has one number for each mark, or is None on approval ballots. It reads like a tuple of ballots,
    and takes a fraction of the memory.

    >>> two = Grouped(np.array([0, 2, 3]), np.array([0, 1, 1]), np.array([6, 4]))
    >>> two[0]
    Ballot(projects=(0, 1), points=(), voters=6, district='')
    >>> two == (Ballot((0, 1), voters=6), Ballot((1,), voters=4))
    True
    """

    def __init__(self, starts: Whole, marks: Whole, voters: Whole, points: Whole | None = None) -> None:
        self.starts, self.marks, self.voters, self.points = starts, marks, voters, points

    def __len__(self) -> int:
        return len(self.voters)

    @overload
    def __getitem__(self, place: int) -> Ballot: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Ballot, ...]: ...
    def __getitem__(self, place: int | slice) -> Ballot | tuple[Ballot, ...]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(*place.indices(len(self))))
        n = range(len(self))[place]
        part = slice(int(self.starts[n]), int(self.starts[n + 1]))
        points = () if self.points is None else tuple(self.points[part].tolist())
        return Ballot(tuple(self.marks[part].tolist()), points, int(self.voters[n]))

    def __iter__(self) -> Iterator[Ballot]:
        marks, starts = self.marks.tolist(), self.starts.tolist()
        points = [] if self.points is None else self.points.tolist()
        for n, voters in enumerate(self.voters.tolist()):
            part = slice(starts[n], starts[n + 1])
            yield Ballot(tuple(marks[part]), tuple(points[part]), voters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Grouped({len(self)} different ballots of {int(self.voters.sum())} voters)"

    def joined(self, ballot: Ballot) -> Grouped:
        """Return the same ballots and one more."""
        return Grouped(
            np.append(self.starts, self.starts[-1] + len(ballot.projects)),
            np.append(self.marks, ballot.projects).astype(np.int64),
            np.append(self.voters, ballot.voters),
            None if self.points is None else np.append(self.points, ballot.points).astype(np.int64),
        )


@dataclass(frozen=True)
class Supporters:
    """Who marked what, project after project, as arrays: the form in which ballots are counted.

    The supporters of project p are `ballots[starts[p]:starts[p + 1]]`, with `points` beside them;
    `voters` holds the number of voters of each ballot.
    """

    starts: Whole
    ballots: Whole
    points: Whole
    voters: Whole

    def of(self, project: int) -> slice:
        """Return where the supporters of a project are."""
        return slice(int(self.starts[project]), int(self.starts[project + 1]))


@dataclass(frozen=True)
class Election:
    """A budget, the projects that want a part of it, and the ballots.

    Parameters
    ----------
    population : how many people live in each district, for shares by district; empty where none are used.

    Raises
    ------
    BadInput : a budget or cost that is not above zero, an id twice, a ballot that marks a project twice or
        one that is not there, points that are not whole numbers above zero; names the field and the value.

    >>> park, bench = Project("park", Fraction(60)), Project("bench", Fraction(40))
    >>> Election(Fraction(100), (park, bench), (Ballot((0, 1), voters=3), Ballot((1,)))).votes
    (3, 4)
    """

    budget: Fraction
    projects: tuple[Project, ...]
    ballots: Sequence[Ballot]
    kind: str = "approval"
    name: str = ""
    population: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput("There is no such kind of ballot", "kind", self.kind, ", ".join(KINDS))
        if self.budget <= 0:
            raise BadInput("A budget must be above zero", "budget", self.budget, "above 0")
        _check_projects(self.projects)
        for district, people in self.population:
            if people <= 0:
                raise BadInput(f"District '{district}' needs people", "population", people, "above 0")
        if not self.ballots:
            raise BadInput("An election needs at least one ballot", "ballots", "none")
        unit, amounts = self.unit, [project.cost for project in self.projects]
        total = sum(amount.numerator * (unit // amount.denominator) for amount in amounts)
        if total > MOST or self.budget * unit > MOST:
            raise BadInput("The amounts are too large to count", "cost", self.budget, f"up to {MOST} coins")
        object.__setattr__(self, "_supporters", _supporters(self))

    @property
    def supporters(self) -> Supporters:
        """Who marked what, project after project."""
        found: Supporters = self.__dict__["_supporters"]
        return found

    @property
    def voters(self) -> int:
        """How many voters cast a ballot."""
        return int(self.supporters.voters.sum())

    @property
    def votes(self) -> tuple[int, ...]:
        """How many voters marked each project."""
        return self._sums()[0]

    @property
    def scores(self) -> tuple[int, ...]:
        """The points that each project got from all voters; on approval ballots the same as the votes."""
        return self._sums()[1]

    def _sums(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return votes and scores, worked out once; they do not depend on what anything costs."""
        known: tuple[tuple[int, ...], tuple[int, ...]] | None = self.__dict__.get("_votes_and_scores")
        if known is None:
            found = self.supporters
            each = found.voters[found.ballots]
            votes = tuple(summed(found, each).tolist())
            plain = self.kind == "approval"
            known = votes, votes if plain else tuple(summed(found, each * found.points).tolist())
            self.__dict__["_votes_and_scores"] = known
        return known

    @property
    def unit(self) -> int:
        """The number by which all money must be multiplied to be whole: 100 where there are pennies."""
        return lcm(self.budget.denominator, *(project.cost.denominator for project in self.projects))

    def position(self, id: str) -> int:
        """Return the place of a project in the list.

        Raises
        ------
        NotFound : no project has that id.
        """
        for position, project in enumerate(self.projects):
            if project.id == id:
                return position
        near = tuple(p.id for p in self.projects if id in p.id or p.id in id)[:5]
        raise NotFound("No project has that id", "project", id, nearest=near)

    def priced(self, project: int, cost: Fraction) -> Election:
        """Return the same election with another cost for one project."""
        other = copy(self)
        changed = replace(self.projects[project], cost=cost)
        _check_projects((changed,))
        projects = (*self.projects[:project], changed, *self.projects[project + 1 :])
        object.__setattr__(other, "projects", projects)
        return other

    def joined(self, ballot: Ballot) -> Election:
        """Return the same election with more voters."""
        alike = isinstance(self.ballots, Grouped) and (self.ballots.points is None) == (not ballot.points)
        if isinstance(self.ballots, Grouped) and alike and not ballot.district:
            return replace(self, ballots=self.ballots.joined(ballot))
        return replace(self, ballots=(*self.ballots, ballot))

    def cost(self, chosen: Iterable[int]) -> Fraction:
        """Return what projects cost together."""
        return sum((self.projects[p].cost for p in chosen), Fraction(0))


def _check_projects(projects: tuple[Project, ...]) -> None:
    if not projects:
        raise BadInput("An election needs at least one project", "projects", "none")
    seen: set[str] = set()
    for project in projects:
        if not project.id or project.id in seen:
            raise BadInput("Each project needs an id of its own", "project_id", project.id)
        if project.cost <= 0:
            raise BadInput(
                f"The cost of project '{project.id}' must be above zero", "cost", project.cost, "above 0"
            )
        seen.add(project.id)


def summed(supporters: Supporters, amounts: Whole) -> Whole:
    """Return the sum of an amount of each mark, for each project."""
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(amounts)))
    found: Whole = ends[supporters.starts[1:]] - ends[supporters.starts[:-1]]
    return found


def _flat(rows: Iterable[Iterable[int]]) -> Whole:
    return np.fromiter(chain.from_iterable(rows), np.int64)


def _supporters(election: Election) -> Supporters:
    ballots, count = election.ballots, len(election.projects)
    if isinstance(ballots, Grouped):
        lengths, voters, marks = np.diff(ballots.starts), ballots.voters, ballots.marks
    else:
        lengths = np.fromiter((len(b.projects) for b in ballots), np.int64, len(ballots))
        voters = np.fromiter((b.voters for b in ballots), np.int64, len(ballots))
        marks = _flat(b.projects for b in ballots)
    owners = np.repeat(np.arange(len(ballots)), lengths)
    points = np.ones(len(marks), np.int64)
    if election.kind != "approval":
        points = _points(ballots)
    if len(marks) and (marks.min() < 0 or marks.max() >= count):
        raise BadInput("A ballot marks a project that is not there", "ballots", f"position {marks.max()}")
    if len(voters) and voters.min() < 1:
        raise BadInput("A ballot must stand for at least one voter", "voters", int(voters.min()))
    order = np.argsort(marks.astype(np.uint16 if count < 65_536 else np.int64), kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(marks, minlength=count)))).astype(np.int64)
    by_project = owners[order]
    twice = (np.diff(by_project) == 0) & (np.diff(marks[order]) == 0)
    if twice.any():
        project = election.projects[int(marks[order][np.flatnonzero(twice)[0]])]
        raise BadInput("A ballot marks a project twice", "ballots", project.id, "each project once")
    return Supporters(starts, by_project, points[order], voters)


def _points(ballots: Sequence[Ballot]) -> Whole:
    if (
        isinstance(ballots, Grouped)
        and ballots.points is not None
        and len(ballots.points) == len(ballots.marks)
    ):
        points = ballots.points
    else:
        for ballot in ballots:
            if len(ballot.points) != len(ballot.projects):
                raise BadInput("A ballot needs as many points as projects", "points", ballot.points)
        points = _flat(b.points for b in ballots)
    for odd in points[(points < 1) | (points > MOST_POINTS)]:
        raise BadInput("Points are whole numbers above zero", "points", int(odd), f"1 to {MOST_POINTS:,}")
    return points


def exact(value: Any, field: str) -> Fraction:
    """Return a number that a person or file gave, exactly; £ may stand before it, a comma for the point.

    Commas with three digits after each, as in 12,500, divide thousands: money never has three decimals.

    Raises
    ------
    BadInput : it is not a finite decimal number.
    """
    text = str(value).strip()
    if text.isascii() and text.isdecimal() and len(text) <= 40:
        return Fraction(int(text))
    text = text.removeprefix("£").lstrip()
    text = text.replace(",", "" if THOUSANDS.fullmatch(text) else ".")
    try:
        if not set(text) <= set("+-0123456789./") or len(text) > 40:
            raise ValueError
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise BadInput("This must be a number", field, value, "digits, such as 12500 or 12500.50") from None
