"""What a ballot may hold: its kind, how many projects, points and pounds; and its faults in words.

Four kinds. Approval: tick what you like. k-approval: tick at most k. Points: share out points. Ranking: order
projects, best first. On an approval ballot a ceiling of money may be set, so that the ticks
together cost no more than the pot ("knapsack voting": Goel, Krishnaswamy, Sakshuwong and Aitamurto, 2019).
Reference
for the kinds: Rey and Maly, "The (Computational) Social Choice Take on Indivisible Participatory Budgeting"
(2023), section 2.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fairground.errors import BadInput

TYPES = ("approval", "k-approval", "points", "ranking")
MOST_POINTS = 1000


@dataclass(frozen=True)
class Marks:
    """What one voter marked for one pot: ids of projects (a ranking: best first), and points beside them."""

    projects: tuple[str, ...]
    points: tuple[int, ...] = ()


@dataclass(frozen=True)
class BallotForm:
    """What a ballot for one pot may hold.

    Parameters
    ----------
    type : one of `TYPES`.
    most : the most projects that may be marked; needed for k-approval, None elsewhere means no limit.
    points : how many points there are to share out; needed for points.
    most_each : the most points for one project; None means all of them.
    ceiling : the most, in pence, that the marked projects may cost together; None means no ceiling.

    Raises
    ------
    BadInput : an unknown type, or a limit that is missing, not needed or not above zero; names the field.

    >>> form = BallotForm("k-approval", most=1)
    >>> [str(fault) for fault in form.faults(Marks(("park", "bench")), costs={"park": 6000, "bench": 2000})]
    ["field 'projects': You marked too many projects. You gave '2'. Allowed: up to 1."]
    """

    type: str
    most: int | None = None
    points: int | None = None
    most_each: int | None = None
    ceiling: int | None = None

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise BadInput("There is no such kind of ballot", "type", self.type, ", ".join(TYPES))
        if self.type == "k-approval" and self.most is None:
            raise BadInput("k-approval needs the most projects that may be ticked", "max_projects")
        if (self.type == "points") != (self.points is not None):
            raise BadInput("A ballot of points, and no other, says how many there are", "points", self.points)
        if self.most_each is not None and self.type != "points":
            raise BadInput(
                "Only a ballot of points limits the points of a project", "max_points", self.most_each
            )
        if self.ceiling is not None and self.type not in ("approval", "k-approval"):
            raise BadInput("Only an approval ballot has a ceiling of money", "within_budget", self.type)
        for name, value in (("max_projects", self.most), ("max_points", self.most_each)):
            _check_limit(name, value)
        _check_limit("points", self.points, most=MOST_POINTS)
        _check_limit("amount_pence", self.ceiling, most=10**14)

    def faults(self, marks: Marks, *, costs: Mapping[str, int]) -> tuple[BadInput, ...]:
        """Return everything that is wrong with `marks`: an empty tuple means that the ballot counts.

        Parameters
        ----------
        costs : what each project of the pot costs, in pence, by id; other ids are unknown.

        Notes
        -----
        Rule 1: only projects of the pot, each once. Rule 2: no more projects than allowed. Rule 3: points
        are whole numbers above zero, one for each project, within both limits. Rule 4: the cost is within
        the ceiling.
        A ballot with no marks is allowed: it says that none is wanted.
        """
        unknown = [id for id in marks.projects if id not in costs]
        found = [BadInput("This project is not on the ballot", "projects", id) for id in unknown]
        if len(set(marks.projects)) < len(marks.projects):
            twice = next(id for id in marks.projects if marks.projects.count(id) > 1)
            found.append(BadInput("A project can be marked once only", "projects", twice))
        if self.most is not None and len(marks.projects) > self.most:
            told = "You marked too many projects"
            found.append(BadInput(told, "projects", len(marks.projects), f"up to {self.most}"))
        found.extend(self._faults_of_points(marks))
        if self.ceiling is not None and not unknown and self.left(marks, costs=costs) < 0:
            told = "The projects you ticked cost more than there is"
            cost = sum(costs[id] for id in marks.projects)
            found.append(BadInput(told, "projects", pounds(cost), f"up to {pounds(self.ceiling)} together"))
        return tuple(found)

    def _faults_of_points(self, marks: Marks) -> list[BadInput]:
        if self.points is None:
            return [BadInput("This ballot has no points", "points", marks.points)] if marks.points else []
        if len(marks.points) != len(marks.projects):
            return [BadInput("Each project that you mark needs points", "points", marks.points)]
        most = min(self.points, self.most_each or self.points)
        found = [
            BadInput("Points are whole numbers", id, points, f"1 to {most}, or nothing")
            for id, points in zip(marks.projects, marks.points, strict=True)
            if not 1 <= points <= most
        ]
        if not found and sum(marks.points) > self.points:
            told = "You gave more points than you have"
            found.append(BadInput(told, "points", sum(marks.points), f"up to {self.points} together"))
        return found

    def checked(self, marks: Marks, *, costs: Mapping[str, int]) -> Marks:
        """Return `marks` if they are allowed.

        Raises
        ------
        BadInput : the first of the `faults`.
        """
        for fault in self.faults(marks, costs=costs):
            raise fault
        return marks

    def left(self, marks: Marks, *, costs: Mapping[str, int]) -> int:
        """Return what is left: pence under the ceiling, points, or marks; below zero where it is too much.

        Raises
        ------
        BadInput : the ballot has no limit, so that nothing can be left.
        """
        if self.ceiling is not None:
            return self.ceiling - sum(costs.get(id, 0) for id in marks.projects)
        if self.points is not None:
            return self.points - sum(marks.points)
        if self.most is not None:
            return self.most - len(marks.projects)
        raise BadInput("This ballot has no limit", "max_projects", None, "a ballot with a limit")


def pounds(pence: int) -> str:
    """Return an amount as people write it: £1,250 or £1,250.50."""
    whole, rest = divmod(abs(pence), 100)
    return ("-" if pence < 0 else "") + f"£{whole:,}" + (f".{rest:02d}" if rest else "")


def _check_limit(name: str, value: int | None, most: int | None = None) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int) or value < 1 or (most and value > most):
        raise BadInput("A limit is a whole number", name, value, f"1 to {most:,}" if most else "1 or more")
