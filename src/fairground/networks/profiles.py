"""Who travels, and on which streets: walking, wheeling (wheelchair and pushchair) and cycling.

A profile is a ladder of rules. The first rule that fits a way speaks: it may be used, it may not, or the map
does not say enough. Each rule has its reference, and each way that is left out is counted under the rule
that left it out. The rules are records in `rules.toml`, so that a newcomer changes data and not code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from fairground import standards
from fairground.errors import BadInput, NotFound
from fairground.networks.ways import Codes, Flags, Floats, Ways
from fairground.tables import toml

NO, UNKNOWN, YES = 0, 1, 2
VERDICTS = {"no": NO, "unknown": UNKNOWN, "yes": YES}


@dataclass(frozen=True)
class Rule:
    """If a way or a point says all of `where`, then `verdict`; `stress` lengthens a metre (1: as is).

    `reference` says who says so, and `edition` from which day on that text has been as it is.
    """

    id: str
    where: Mapping[str, tuple[str, ...]]
    verdict: str
    reference: str
    stress: float = 1.0
    edition: date | None = None

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise BadInput("A rule says yes, no or unknown", "verdict", self.verdict, ", ".join(VERDICTS))
        if not self.reference.strip():
            raise BadInput("A rule needs a reference", "reference", self.id)
        if not self.stress > 0:
            raise BadInput("A rule's stress must be above zero", "stress", self.stress)


@dataclass(frozen=True)
class Profile:
    """A way of travelling: its rules for ways, for points, and for one-way streets."""

    id: str
    name: str
    metres_per_minute: float
    speed_reference: str
    ways: tuple[Rule, ...]
    points: tuple[Rule, ...]
    one_way: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Verdicts:
    """For each way: the verdict, the number of the rule that gave it (-1: none fitted), and its stress."""

    verdict: Codes
    rule: Codes
    stress: Floats


@cache
def profiles() -> Mapping[str, Profile]:
    """Return the ways of travelling that streets are prepared for, by id: walk, wheel and cycle.

    Returns
    -------
    mapping : id to Profile, each rule with its reference.

    >>> from fairground.networks import profiles
    >>> sorted(profiles())
    ['cycle', 'walk', 'wheel']
    """
    entries = dict(toml("fairground.networks", "rules.toml"))
    sources = entries.pop("sources")
    return MappingProxyType({id: _profile(id, entry, sources) for id, entry in entries.items()})


def profile(id: str) -> Profile:
    """Return one way of travelling.

    Raises
    ------
    NotFound : there is none of that id.

    >>> from fairground.networks import profile
    >>> profile("walk").metres_per_minute
    80.0
    """
    known = profiles()
    if id not in known:
        raise NotFound("No such way of travelling", "mode", id, ", ".join(known), nearest=tuple(known))
    return known[id]


def judged(ways: Ways, profile: Profile) -> Verdicts:
    """Return what a profile's rules say of each way; a way that no rule fits may not be used."""
    return _first_fit(profile.ways, ways.matching, ways.count)


def judged_points(ways: Ways, profile: Profile) -> Verdicts:
    """Return what a profile's rules say of each tagged point; a point that no rule fits stops nobody."""
    found = _first_fit(profile.points, ways.points_matching, int(ways.point_id.size))
    found.verdict[found.rule < 0] = YES
    return found


def directions(ways: Ways, profile: Profile) -> tuple[Flags, Flags]:
    """Return for each way whether it may be used from its first point to its last, and back."""
    found = _first_fit(profile.one_way, ways.matching, ways.count)
    names = np.array([rule.id.partition(":")[0] for rule in profile.one_way] + ["both"])[found.rule]
    return names != "backward", names != "forward"


def _first_fit(rules: tuple[Rule, ...], fits: Any, count: int) -> Verdicts:
    verdict, chosen = np.zeros(count, dtype=np.int32), np.full(count, -1, dtype=np.int32)
    stress = np.ones(count)
    for number, rule in reversed(list(enumerate(rules))):
        rows = fits(rule.where)
        verdict[rows], chosen[rows], stress[rows] = VERDICTS[rule.verdict], number, rule.stress
    return Verdicts(verdict, chosen, stress)


def _profile(id: str, entry: Mapping[str, Any], sources: Mapping[str, Any]) -> Profile:
    speed = standards.get("fairground.networks", f"{id}-speed")
    return Profile(
        id,
        entry["name"],
        float(max(speed.values, key=lambda dated: dated.start).value),
        speed.reference,
        _rules(entry, "ways", sources),
        _rules(entry, "points", sources),
        _rules(entry, "one_way", sources),
    )


def _rules(entry: Mapping[str, Any], part: str, sources: Mapping[str, Any]) -> tuple[Rule, ...]:
    return tuple(
        _rule(rule, rule.get("reference", entry["reference"]), sources) for rule in entry.get(part, ())
    )


def _rule(rule: Mapping[str, Any], reference: str, sources: Mapping[str, Any]) -> Rule:
    cited = next((source for source in sources if reference.startswith(source)), None)
    if cited is None:
        raise BadInput(
            "A rule's reference begins with its source", "reference", reference, ", ".join(sources)
        )
    where = rule["where"].items()
    return Rule(
        id=rule["id"],
        where={key: (texts,) if isinstance(texts, str) else tuple(texts) for key, texts in where},
        verdict=rule.get("verdict", "yes"),
        reference=reference,
        stress=float(rule.get("stress", 1.0)),
        edition=sources[cited]["from"],
    )
