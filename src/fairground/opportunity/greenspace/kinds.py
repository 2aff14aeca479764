"""Which mapped land counts as green space that everybody may enter, and which only counts when asked for.

OpenStreetMap's tags and the functions of OS Open Greenspace are joined to one list of kinds. Private land,
golf courses, allotments, schools, sports grounds and burial grounds are left out unless they are asked for.

Rule 1: land whose `foot` or `access` tag keeps the public out is "private", whatever else it is. A `foot`
tag goes before an `access` tag.
Rule 2: a garden counts only where a tag says that it is public, or where it has a name; flower beds and back
gardens are mapped as gardens too, so any other is "private".
Rule 3: a playground, pitch or garden inside the grounds of a school is part of the school.
Rule 4: what is left is looked up in the list, first match first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairground.errors import BadInput


@dataclass(frozen=True)
class Kind:
    """One kind of green space: whether it counts by itself, its tags, and its name at Ordnance Survey."""

    id: str
    counts: bool
    tags: tuple[tuple[str, str], ...]
    ordnance: tuple[str, ...] = ()


KINDS: tuple[Kind, ...] = (
    Kind("park", True, (("leisure", "park"),), ("Public Park Or Garden",)),
    Kind("nature-reserve", True, (("leisure", "nature_reserve"),)),
    Kind(
        "recreation-ground",
        True,
        (("leisure", "recreation_ground"), ("landuse", "recreation_ground")),
        ("Playing Field",),
    ),
    Kind("common", True, (("leisure", "common"),)),
    Kind("village-green", True, (("landuse", "village_green"),)),
    Kind("playground", True, (("leisure", "playground"),), ("Play Space",)),
    Kind("garden", True, (("leisure", "garden"),)),
    Kind("golf", False, (("leisure", "golf_course"),), ("Golf Course",)),
    Kind("allotments", False, (("landuse", "allotments"),), ("Allotments Or Community Growing Spaces",)),
    Kind(
        "schools",
        False,
        (
            ("amenity", "school"),
            ("amenity", "kindergarten"),
            ("amenity", "college"),
            ("amenity", "university"),
        ),
    ),
    Kind(
        "sports",
        False,
        (("leisure", "pitch"), ("leisure", "sports_centre"), ("leisure", "track"), ("leisure", "stadium")),
        ("Other Sports Facility", "Bowling Green", "Tennis Court"),
    ),
    Kind(
        "burial",
        False,
        (("landuse", "cemetery"), ("amenity", "grave_yard")),
        ("Cemetery", "Religious Grounds"),
    ),
    Kind("woods", False, (("natural", "wood"), ("landuse", "forest"))),
    Kind("private", False, ()),
)
CLOSED = frozenset({"private", "no", "customers", "permit", "members", "residents", "military", "employees"})
PUBLIC = frozenset({"yes", "public", "permissive", "designated"})
PUBLIC_GARDENS = frozenset({"public", "community", "botanical", "park"})
IN_SCHOOLS = frozenset({"playground", "sports", "garden"})
BY_DEFAULT = tuple(kind.id for kind in KINDS if kind.counts)
ASKED_FOR = tuple(kind.id for kind in KINDS if not kind.counts)
KEYS = tuple(dict.fromkeys(key for kind in KINDS for key, _ in kind.tags))
_BY_TAG = {tag: kind.id for kind in reversed(KINDS) for tag in kind.tags}
_BY_ORDNANCE = {name.casefold(): kind.id for kind in KINDS for name in kind.ordnance}


def kind_of(tags: Mapping[str, str]) -> str:
    """Return the kind of an area by its OpenStreetMap tags; empty where it is no green space.

    >>> from fairground.opportunity.greenspace import kind_of
    >>> kind_of({"leisure": "park"}), kind_of({"leisure": "park", "access": "private"})
    ('park', 'private')
    """
    found = next((_BY_TAG[key, tags[key]] for key in KEYS if (key, tags.get(key, "")) in _BY_TAG), "")
    if found and (closed(tags) or (found == "garden" and not _public_garden(tags))):
        return "private"
    return found


def _public_garden(tags: Mapping[str, str]) -> bool:
    said = (tags.get("foot") or tags.get("access") or "") in PUBLIC
    return said or tags.get("garden:type", "") in PUBLIC_GARDENS or bool(tags.get("name"))


def closed(tags: Mapping[str, str]) -> bool:
    """Return whether the tags keep the public out; a `foot` tag goes before an `access` tag."""
    return (tags.get("foot") or tags.get("access") or "") in CLOSED


def ordnance_kind(function: str) -> str:
    """Return the kind of a function of OS Open Greenspace, such as "Play Space"; empty where unknown."""
    return _BY_ORDNANCE.get(function.strip().casefold(), "")


def chosen(include: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the kinds that count: those that count by themselves, and those asked for.

    Raises
    ------
    BadInput : there is no such kind.

    >>> from fairground.opportunity.greenspace import chosen
    >>> "golf" in chosen(), "golf" in chosen(["golf"])
    (False, True)
    """
    asked = [name.strip().casefold() for name in include if name.strip()]
    for name in asked:
        if name not in BY_DEFAULT and name not in ASKED_FOR:
            raise BadInput("There is no such kind of green space", "include", name, ", ".join(ASKED_FOR))
    return (*BY_DEFAULT, *(name for name in ASKED_FOR if name in asked))
