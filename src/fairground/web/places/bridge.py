"""What the place pages ask the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from fairground import places, report
from fairground.errors import BadInput, FairgroundError
from fairground.evidence import Answer
from fairground.places import Body, Match, Place
from fairground.questions import places as question
from fairground.questions.wealth import standing as standing_question
from fairground.report.charts import Range, ranges
from fairground.web import answers
from fairground.web.opportunity import held
from fairground.web.opportunity.actions import being_worked_out
from fairground.web.opportunity.greenspace import bridge as greenspace
from fairground.web.opportunity.neighbourhoods import bridge as neighbourhoods
from fairground.web.opportunity.worked_out import stamp


def search(text: str) -> tuple[Match, ...]:
    """Return what fits the typed text, best first."""
    return places.find(text, limit=12)


def searched(q: str) -> Answer[Any]:
    """Return the same as a whole answer."""
    return question.search(q, limit=12)


@lru_cache
def by_slug(slug: str) -> Place | None:
    """Return the place of a page address (its name in small letters, or its code), or None."""
    return next((place for place in places.at().places if slug in (place.slug, place.code)), None)


def near(slug: str) -> list[Place]:
    """Return up to three places that a misspelt address may have meant, the likeliest first."""
    try:
        matches = places.find(slug.replace("-", " "), limit=6)
    except BadInput:
        return []
    return [match.place for match in matches if match.place.current][:3]


def regions() -> tuple[Place, ...]:
    """Return England's nine regions."""
    return places.children("E92000001", kind="region")


def inside(code: str) -> tuple[Place, ...]:
    """Return the districts in a place."""
    return places.children(code, kind="district")


def name(code: str) -> Place | None:
    """Return a parent by its code, or None where there is none."""
    return places.get(code) if code else None


def uncoded(place: Place) -> tuple[Body, ...]:
    """Return the combined authorities of a place whose area has no code, so that it has no page."""
    return tuple(body for body in places.authorities(place.code) if not body.area_code)


@lru_cache(maxsize=512)
def standing(code: str) -> Answer[Any] | None:
    """Return where the place stands, or None where nothing is published at its level."""
    place = places.get(code)
    return standing_question.standing(code) if place.kind in ("region", "district") else None


def answer(place: Place) -> Answer[Any]:
    """Return what the page of a place answers: where it stands, or else what it is."""
    return standing(place.code) or described(place.code)


@lru_cache(maxsize=512)
def described(code: str) -> Answer[Any]:
    """Return what the place is."""
    return question.describe(code)


def charts(value: Any) -> Mapping[str, str]:
    """Draw the ranges of ranks."""
    rows = [
        Range(f"{row.measure}, {row.period}", row.rank, row.rank_best, row.rank_worst, row.of)
        for row in value.rows
    ]
    title = f"Where {value.place} stands"
    return {f"{title}: the dot is its rank, the band is where it could be": ranges(rows, title=title)}


Known = Callable[..., Answer[Any] | None]
Chart = Callable[[Any], str]
GREEN_KEY = "Dot: a home that is near enough. Cross: too far. Ring: not known."
NEAR_KEY = "Dot: a home with most needs in reach. Ring: half of them. Cross: fewer."


def on_the_ground(slug: str) -> tuple[list[dict[str, str]], bool]:
    """Return what is known of the streets of a place, and whether the rest is being worked out just now.

    Each answer is its sentence, its page and its map. What is not known yet is asked for behind the page;
    where a map cannot be used, its page says why, and nothing is shown here.
    """
    ground = held.by_slug(slug)
    if ground is None:
        return [], False
    found = []
    for name, known, given, key, chart in _asked_of(slug):
        answer = known(**given)
        if answer is not None:
            address = f"{reverse(name)}?{urlencode(given)}"
            told = report.headline(answer)
            drawn = answers.drawn(chart(answer.value))
            found.append(
                {
                    "headline": told,
                    "page": address,
                    "map": f"{address}&format=svg",
                    "key": key,
                    "chart": drawn,
                }
            )
    missing = len(found) < len(_asked_of(slug))
    return found, missing and being_worked_out(slug, stamp(ground))


def _asked_of(slug: str) -> tuple[tuple[str, Known, dict[str, str], str, Chart], ...]:
    """Return both questions: the page, what is known, what is asked, how to read the map, and the chart."""
    green = {**greenspace.starting(), "map": slug}
    near = {**neighbourhoods.starting(), "map": slug}
    return (
        ("greenspace:coverage", greenspace.known_coverage, green, GREEN_KEY, greenspace.short_chart),
        ("neighbourhoods:score", neighbourhoods.known_score, near, NEAR_KEY, neighbourhoods.short_chart),
    )


def work_out(slug: str, tell: Callable[[int], None]) -> list[str]:
    """Work both answers about a place out and keep them; return what was wrong with the map, if anything."""
    wrong: list[str] = []
    both: tuple[tuple[Callable[..., Answer[Any]], dict[str, str]], ...] = (
        (greenspace.coverage, greenspace.starting()),
        (neighbourhoods.score, neighbourhoods.starting()),
    )
    for number, (ask, given) in enumerate(both):
        tell(1 + 50 * number)
        try:
            ask(**{**given, "map": slug})
        except FairgroundError as fault:
            wrong.append(str(fault))
    return wrong
