"""Who volunteered and whom a jury must hold: volunteers with their features, and targets for each value.

A target says how many of the jury may have one value of a feature: at least `low`, at most `high`. At most
one person of a household sits on a jury.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fairground.errors import BadInput, Impossible

MOST = 1_000_000  # people that a target may allow

__all__ = ["Pool", "Quotas", "Target", "Volunteer"]


@dataclass(frozen=True)
class Volunteer:
    """One person of the pool: values in the order of the pool's features.

    Parameters
    ----------
    household : people of one household have one name here; empty for a household of their own.
    certain : this person must be on the jury.
    ahead : by how much earlier draws gave this person more than an equal chance; below nought, less. Leximin
        raises the lowest sum of this and the chance of now.
    """

    id: str
    values: tuple[str, ...]
    household: str = ""
    certain: bool = False
    ahead: float = 0.0


@dataclass(frozen=True)
class Pool:
    """The features that are asked about, and everyone who may be drawn.

    Raises
    ------
    BadInput : nobody, an id twice or empty, a person with more or fewer values than there are features, two
        people of one household who must both be on the jury.
    """

    features: tuple[str, ...]
    volunteers: tuple[Volunteer, ...]

    def __post_init__(self) -> None:
        if not self.volunteers:
            raise BadInput("Nobody is in the pool", allowed="at least one volunteer")
        twice = [id for id, times in Counter(v.id for v in self.volunteers).items() if times > 1 or not id]
        if twice:
            raise BadInput("Each volunteer needs an id of their own", "id", twice[0])
        for person in self.volunteers:
            if len(person.values) != len(self.features):
                what = f"{person.id} must have a value for each feature"
                raise BadInput(what, "values", len(person.values), f"{len(self.features)}")
        self._check_certain()

    def _check_certain(self) -> None:
        homes: dict[str, str] = {}
        for person in self.volunteers:
            if person.certain and person.household:
                other = homes.setdefault(person.household, person.id)
                if other != person.id:
                    what = "Two people who must be on the jury live in one household"
                    raise BadInput(what, "id", f"{other} and {person.id}", "one person of a household")


@dataclass(frozen=True)
class Target:
    """At least `low` and at most `high` people of a jury have this value of this feature.

    Parameters
    ----------
    floor, ceiling : flexible bounds, if any: how far a repair of targets that clash may move the least down
        and the most up. They change nothing in a draw.

    Raises
    ------
    BadInput : numbers below nought, the most below the least, flexible bounds that are narrower.
    """

    feature: str
    value: str
    low: int
    high: int
    floor: int | None = None
    ceiling: int | None = None

    def __post_init__(self) -> None:
        if self.low < 0:
            raise BadInput("The least number of people cannot be below nought", "min", self.low, "0 or more")
        if self.high > MOST:
            raise BadInput("No jury is so large", "max", self.high, f"up to {MOST:,}")
        if self.high < self.low:
            what = f"{self.feature} {self.value}: the most people cannot be below the least"
            raise BadInput(what, "max", self.high, f"{self.low} or more")
        if self.floor is not None and not 0 <= self.floor <= self.low:
            raise BadInput("A flexible bound is never narrower", "min_flex", self.floor, f"0 to {self.low}")
        if self.ceiling is not None and not self.high <= self.ceiling <= MOST:
            allowed = f"{self.high} or more"
            raise BadInput("A flexible bound is never narrower", "max_flex", self.ceiling, allowed)


@dataclass(frozen=True)
class Quotas:
    """The size of a jury and its targets.

    Raises
    ------
    BadInput : a size below one, a value with two targets. Impossible : the targets of one feature ask for
        more people than there are places, or allow fewer.
    """

    size: int
    targets: tuple[Target, ...]

    def __post_init__(self) -> None:
        if self.size < 1:
            raise BadInput("A jury has at least one person", "size", self.size, "1 or more")
        names = Counter((t.feature, t.value) for t in self.targets)
        twice = next((name for name, times in names.items() if times > 1), None)
        if twice:
            raise BadInput("This value has two targets", twice[0], twice[1], "one target for each value")
        for feature in dict.fromkeys(t.feature for t in self.targets):
            self._check(feature)

    def _check(self, feature: str) -> None:
        here = [t for t in self.targets if t.feature == feature]
        least, most = sum(t.low for t in here), sum(t.high for t in here)
        if least > self.size:
            raise Impossible(
                f"The targets of {feature} cannot be met",
                (f"their least numbers add up to {least}, but the jury has {self.size} places",),
            )
        if most < self.size:
            raise Impossible(
                f"The targets of {feature} cannot be met",
                (f"their greatest numbers add up to {most}, but the jury has {self.size} places",),
            )

    def check(self, pool: Pool) -> None:
        """Refuse targets of a feature the pool does not have, and people with a value that has no target.

        Raises
        ------
        BadInput : such a feature or value; names the person.
        """
        asked: dict[str, set[str]] = {}
        for target in self.targets:
            asked.setdefault(target.feature, set()).add(target.value)
        for feature in asked:
            if feature not in pool.features:
                have = ", ".join(pool.features) or "none"
                raise BadInput("The pool has no such feature", "feature", feature, have)
        for at, feature in enumerate(pool.features):
            for person in pool.volunteers if feature in asked else ():
                if person.values[at] not in asked[feature]:
                    what = f"{person.id} has a value without a target"
                    raise BadInput(what, feature, person.values[at], ", ".join(sorted(asked[feature])))
