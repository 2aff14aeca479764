"""The rules that say how near green space must be: each with its distance, its size and how it is measured.

A rule is a record. Its numbers are dated standards in `standards.toml`. Where a rule's text does not say how
to measure, the way that Fairground takes is part of the record and is shown in every answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fairground import standards
from fairground.errors import BadInput, NotFound

PACKAGE = "fairground.opportunity.greenspace"

CLASSES = (  # small to large
    ("doorstep", "ags-doorstep-hectares"),
    ("local", "ags-local-hectares"),
    ("neighbourhood", "ags-neighbourhood-hectares"),
    ("wider", "angst-20ha-hectares"),
)
MEASURES = ("edge", "centroid", "entrance", "kerb", "door")
WITH_WAYS_IN = ("entrance", "kerb", "door")


@dataclass(frozen=True)
class Rule:
    """One rule: within how many metres a home must have how many hectares, measured in which way.

    measure : "edge" (straight line to the edge), "centroid" (straight line to the middle), "entrance"
        (straight line to a way in), "kerb" (on foot, from the street at the door), "door" (on foot, from the
        door itself).
    said : whether the rule's own text names that way to measure.
    """

    id: str
    name: str
    metres: float
    hectares: float
    measure: str
    said: bool
    reference: str

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise BadInput("There is no such way to measure", "measure", self.measure, ", ".join(MEASURES))
        if not 0 < self.metres <= 20_000:
            raise BadInput("A limit must be a distance on foot", "limit", self.metres, "1 to 20000 metres")
        if not 0 <= self.hectares <= 100_000:
            raise BadInput("A size must be an area", "min-hectares", self.hectares, "0 to 100000 hectares")


# id, name, measure, whether its text says so, whether its size has a standard
CATALOGUE: tuple[tuple[str, str, str, bool, bool], ...] = (
    ("ipprn", "IPPR North's rule for new homes", "door", False, False),
    ("ags-doorstep", "Doorstep standard", "edge", True, True),
    ("ags-local", "Local standard", "edge", True, True),
    ("ags-neighbourhood", "Neighbourhood standard", "edge", True, True),
    ("angst-20ha", "Natural green space of 20 hectares", "edge", True, True),
    ("defra-doorstep", "Defra's scenario 3", "door", True, True),
    ("defra-local", "Defra's scenario 4", "door", True, True),
)


def rules(on: date) -> tuple[Rule, ...]:
    """Return the rules that are in force on a day, each with the numbers of that day.

    >>> from datetime import date
    >>> from fairground.opportunity.greenspace import rules
    >>> [rule.id for rule in rules(date(2024, 1, 1))][:2]
    ['ipprn', 'ags-doorstep']
    """
    known = standards.read(PACKAGE)
    found = []
    for id, name, measure, said, sized in CATALOGUE:
        limit = known[f"{id}-metres"]
        if min(dated.start for dated in limit.values) > on:
            continue
        size = float(known[f"{id}-hectares"].on(on)) if sized else 0.0
        found.append(Rule(id, name, float(limit.on(on)), size, measure, said, limit.reference))
    return tuple(found)


def rule(
    id: str, *, on: date, limit: float | None = None, hectares: float | None = None, measure: str = ""
) -> Rule:
    """Return one rule, with another limit, size or way to measure where that is asked for.

    Parameters
    ----------
    id : such as "ipprn". on : the day on which it must be in force.
    limit : metres instead of the rule's own. hectares : size floor instead of the rule's own.
    measure : one of "edge", "centroid", "entrance", "kerb", "door", instead of the rule's own.

    Raises
    ------
    NotFound : there is no such rule on that day. BadInput : a limit, size or measure that makes no sense.

    >>> from datetime import date
    >>> from fairground.opportunity.greenspace import rule
    >>> rule("ipprn", on=date(2026, 1, 1)).metres
    300.0
    """
    known = {one.id: one for one in rules(on)}
    if id not in known:
        raise NotFound(
            "There is no such rule on that day", "rule", id, ", ".join(known), nearest=tuple(known)[:3]
        )
    found = known[id]
    return replace(
        found,
        metres=found.metres if limit is None else float(limit),
        hectares=found.hectares if hectares is None else float(hectares),
        measure=measure or found.measure,
    )


def sizes(on: date) -> tuple[float, ...]:
    """Return the sizes in hectares at which the size classes begin on a day, small to large."""
    known = standards.read(PACKAGE)
    return tuple(float(known[standard].on(on)) for _, standard in CLASSES)


def size_class(hectares: float, *, on: date) -> str:
    """Return the size class of a site: the largest size that it reaches among the standards of a day.

    >>> from datetime import date
    >>> from fairground.opportunity.greenspace import size_class
    >>> [size_class(size, on=date(2026, 1, 1)) for size in (0.3, 0.5, 12.0)]
    ['pocket', 'doorstep', 'neighbourhood']
    """
    known, found = standards.read(PACKAGE), "pocket"
    for name, standard in CLASSES:
        if hectares >= float(known[standard].on(on)):
            found = name
    return found
