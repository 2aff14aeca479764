"""What a place is, what lies in it, what it was before and what is planned for it.

Reads the register of places; each answer names the lists and the law that its facts come from.
Reference: `docs/explanation/places.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer, Method, Source, Step
from fairground.places import Body, Match, Place, Succession
from fairground.sources.catalogue import source

__all__ = ["changes", "children", "describe", "search"]

COUNTS, COUNCILS = "ons-mye-2024-06", "mysociety-councils-2025-07"
REGISTER = Method(
    "places-register",
    "Looked up in the register of places",
    "Office for National Statistics codes; mySociety's list of councils, with listed corrections",
)
SEARCH = Method(
    "places-search",
    "Names compared whole, then by their beginning, then by the share of letters that match",
    "rapidfuzz, normalised similarity of two texts",
)
NO_ARTICLE = ("", "London", "Yorkshire and The Humber")
# How the tier of a place is put in a message code.
TIERS = {
    "unitary": "single",
    "metropolitan": "single",
    "london": "borough",
    "non-metropolitan": "two-tier",
    "combined-county-authority": "combined",
    "combined-authority": "combined",
    "strategic-authority": "combined",
}


@dataclass(frozen=True)
class Description:
    """A place in plain values; "" where it has no such parent, None where a date or count is not known."""

    code: str
    name: str
    kind: str
    tier: str
    council: str
    region: str
    county: str
    combined_authority: str
    population: int | None
    population_year: int | None
    start: date | None
    end: date | None
    planned_end: date | None


@dataclass(frozen=True)
class FoundPlace:
    """A place that a search found; the score runs from 0 to 100."""

    code: str
    name: str
    kind: str
    region: str
    matched_name: str
    score: float


@dataclass(frozen=True)
class SearchResult:
    """What was typed and the places it may mean, the likeliest first."""

    text: str
    rows: tuple[FoundPlace, ...]


@dataclass(frozen=True)
class ChildPlace:
    """A place that lies in another."""

    code: str
    name: str
    kind: str
    tier: str
    population: int | None


@dataclass(frozen=True)
class Children:
    """A place and the places in it; the population is that of the rows, None if one is not known."""

    code: str
    name: str
    population: int | None
    rows: tuple[ChildPlace, ...]


@dataclass(frozen=True)
class ChangeOfPlace:
    """One change: what gave way to what, on which day, and whether that is still a plan."""

    on: date
    before_code: str
    before: str
    after_code: str
    after: str
    kind: str
    planned: bool


@dataclass(frozen=True)
class Changes:
    """A place and the changes it takes part in, oldest first."""

    code: str
    name: str
    rows: tuple[ChangeOfPlace, ...]


def _sources(*ids: str) -> tuple[Source, ...]:
    return tuple(source(one) for one in dict.fromkeys(ids))


def _name(code: str) -> str:
    return places.get(code).name if code else ""


def _people(place: Place) -> int | None:
    return place.population or None


def describe(place: str, *, on: date | None = None) -> Answer[Description]:
    """Say what a place is: its kind, its council, what it lies in and how many people live there.

    Parameters
    ----------
    place : a name, slug or code. on : the day of the register to look in; without it, this release.

    Raises
    ------
    NotFound : nothing has that name. BadInput : several places have it.

    >>> from fairground.questions.places import describe
    >>> describe("Stoke").value.region
    'West Midlands'
    """
    found = places.get(place, on=on)
    value = _description(found)
    day = f"{found.end:%-d %B %Y}" if found.end else ""
    facts = {"name": found.name, "region": _in_the(value.region), "county": value.county, "day": day}
    headline = Step(f"places.describe.{_shape(found)}", facts)
    bodies = () if found.end else places.authorities(found.code, on=on)
    steps = (headline, *_working(found, value, bodies), *(_told(one) for one in _changes_of(found.code)))
    held = (*(one.source for one in _changes_of(found.code)), *(one.source for one in bodies))
    ids = (found.source, COUNTS, *held)
    return Answer(value, REGISTER, steps, _sources(*ids))


def _in_the(region: str) -> str:
    return region if region in NO_ARTICLE else f"the {region}"


def _named(place: Place) -> str:
    return _in_the(place.name) if place.kind == "region" else place.name


def _shape(place: Place) -> str:
    if place.end:
        return "ended"
    if place.kind == "nation":
        return "nations" if place.code.startswith("K") else "nation"
    if place.kind in ("region", "county"):
        return place.kind
    shape = TIERS.get(place.tier, "single")
    return f"{shape}-wide" if shape == "combined" and not place.region else shape


def _description(place: Place) -> Description:
    body = places.body(place.code)
    return Description(
        place.code,
        place.name,
        place.kind,
        place.tier,
        body.name if body else "",
        "" if place.region == place.code else _name(place.region),
        _name(place.county),
        _name(place.combined_authority),
        _people(place),
        place.population_year if place.population else None,
        place.start,
        place.end,
        place.planned_end,
    )


def _working(place: Place, value: Description, authorities: Iterable[Body]) -> Iterable[Step]:
    if value.population is not None:
        yield Step("places.people", {"people": value.population, "year": value.population_year})
    else:
        yield Step("places.people.unknown")
    if value.combined_authority:
        yield Step("places.authority", {"authority": value.combined_authority})
    for one in (body for body in authorities if not body.area_code):
        day = f"{one.start:%-d %B %Y}" if one.start else ""
        yield Step("places.authority.uncoded", {"authority": one.name, "day": day})
    if value.council:
        yield Step("places.council", {"council": value.council, "code": place.code})
    else:
        yield Step("places.code", {"code": place.code})


def search(text: str, *, limit: int = 10) -> Answer[SearchResult]:
    """Say which places a text may mean, the likeliest first; spelling and capitals are forgiven.

    Raises
    ------
    NotFound : no name comes near. BadInput : nothing was typed, more than 100 characters, or a silly limit.

    >>> from fairground.questions.places import search
    >>> [row.name for row in search("newcastle").value.rows][:2]
    ['Newcastle upon Tyne', 'Newcastle-under-Lyme']
    """
    if not 1 <= limit <= 100:
        raise BadInput("That many places cannot be listed", field="limit", value=limit, allowed="1 to 100")
    matches = places.find(text, limit=limit)
    if not matches:
        raise NotFound("There is no place of that name or code", field="place", value=text)
    code = "places.search.one" if len(matches) == 1 else "places.search.many"
    step = Step(code, {"text": text, "best": matches[0].place.name, "found": len(matches)})
    value = SearchResult(text, tuple(map(_found, matches)))
    ids = (*(match.place.source for match in matches), COUNCILS)
    return Answer(value, SEARCH, (step, Step("places.search.how")), _sources(*ids))


def _found(match: Match) -> FoundPlace:
    place = match.place
    region = _name(place.region)
    return FoundPlace(place.code, place.name, place.kind, region, match.matched_name, round(match.score, 1))


def children(place: str, *, kind: str | None = None, on: date | None = None) -> Answer[Children]:
    """Say which places lie in a place, and how many people live in them.

    Parameters
    ----------
    kind : "region", "county", "district" or "combined-authority"; without it, the districts of a region,
        county or authority, and the regions of England.

    Raises
    ------
    NotFound : nothing has that name, or nothing of that kind lies in it. BadInput : no such kind.

    >>> from fairground.questions.places import children
    >>> len(children("North East").value.rows)
    12
    """
    found = places.get(place, on=on)
    kind = kind or ("region" if found.kind == "nation" else "district")
    inside = sorted(places.children(found.code, kind=kind, on=on), key=lambda one: one.name)
    if not inside:
        raise NotFound(f"No {kind} lies in {found.name}", field="kind", value=kind)
    rows = tuple(ChildPlace(p.code, p.name, p.kind, p.tier, _people(p)) for p in inside)
    total = _sum(row.population for row in rows)
    steps = [Step(f"places.children.{kind}", {"name": _named(found), "count": len(rows)})]
    if total is not None and kind in ("region", "district"):
        steps.append(Step("places.children.people", {"people": total, "year": found.population_year}))
    ids = (found.source, COUNTS, *(one.source for one in inside))
    return Answer(Children(found.code, found.name, total, rows), REGISTER, tuple(steps), _sources(*ids))


def _sum(counts: Iterable[int | None]) -> int | None:
    held = tuple(counts)
    return None if None in held else sum(count for count in held if count is not None)


def changes(place: str) -> Answer[Changes]:
    """Say what a place replaced, what replaced it, and what is planned for it.

    Parameters
    ----------
    place : a name, slug or code, of a place that exists or of one that has ended.

    Raises
    ------
    NotFound : nothing has that name. BadInput : several places have it.

    >>> from fairground.questions.places import changes
    >>> len(changes("Cumberland").value.rows)
    4
    """
    found = _even_if_ended(place)
    listed = _changes_of(found.code)
    past = [one for one in listed if not one.planned]
    number = "one" if len(past) == 1 else "some"
    head = f"places.changes.{number if past else 'planned' if listed else 'none'}"
    facts = {"name": found.name, "count": len(past), "day": f"{listed[-1].date:%-d %B %Y}" if listed else ""}
    steps = (Step(head, facts), *map(_told, listed))
    value = Changes(found.code, found.name, tuple(map(_row, listed)))
    return Answer(value, REGISTER, steps, _sources(found.source, *(one.source for one in listed)))


def _even_if_ended(text: str) -> Place:
    try:
        return places.get(text)
    except NotFound:
        ended = [m.place for m in places.find(text) if m.score >= 99 and not m.place.current]
        if len(ended) == 1:
            return ended[0]
        raise


def _changes_of(code: str) -> tuple[Succession, ...]:
    """Return the changes of a place and of the codes that it had before, oldest first."""
    before = places.predecessors(code)
    earlier = [change for one in before if one.kind == "recoded" for change in _changes_of(one.old_code)]
    found = dict.fromkeys([*earlier, *before, *places.successors(code, planned=True)])
    return tuple(sorted(found, key=lambda change: change.date))


def _told(change: Succession) -> Step:
    told = f"{change.kind}.{'planned' if change.planned else 'done'}"
    facts = {
        "before": places.known(change.old_code).name,
        "after": _after(change),
        "before_code": change.old_code,
        "after_code": change.new_code,
        "day": f"{change.date:%-d %B %Y}",
    }
    return Step(f"places.change.{told}", facts)


def _after(change: Succession) -> str:
    return places.known(change.new_code).name if change.new_code else change.new_name


def _row(change: Succession) -> ChangeOfPlace:
    return ChangeOfPlace(
        change.date,
        change.old_code,
        places.known(change.old_code).name,
        change.new_code,
        _after(change) or "not decided",
        change.kind,
        change.planned,
    )
