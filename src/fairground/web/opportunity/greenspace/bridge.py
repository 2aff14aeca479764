"""What the green-space pages ask the engine, and what their maps show."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from fairground import typed
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer, Source
from fairground.opportunity.greenspace import rules as known_rules
from fairground.questions.opportunity import green_coverage, greenspace
from fairground.questions.opportunity.green_out import rows as rows_of
from fairground.report import cell_text, headline
from fairground.report.charts import Bar, Mark, bars
from fairground.report.numbers import percent, rounded
from fairground.sources.layers import writer
from fairground.sources.prepared import opened
from fairground.web.opportunity import ground_marks, held, sent_homes, sent_map, worked_out
from fairground.web.opportunity.ground_marks import Place
from fairground.web.opportunity.held import Held, place
from fairground.web.opportunity.maps import KINDS
from fairground.web.opportunity.waiting import Ask

POSTCODE = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? *\d[A-Za-z]{2}", re.ASCII)
VERDICTS = {1: "met", 0: "unmet", -1: "unknown"}
WAYS_IN = {
    "": "This place lies inside it, or no way in can be reached",
    "known": "A gate or entrance is on the map",
    "inferred": "A path crosses its edge on the map",
}
CHOSEN = 1  # spots for a new way in, and for a new space, that the page of a place shows
SUGGESTED = {"new-entrance": "A new way into", "new-space": "A new green space"}
FIRST_RULE = "ipprn"
AT_A_TIME = 10_000  # homes of a sent file: what a killed worker loses at most


@dataclass(frozen=True)
class Scene:
    """What a map shows: its marks, the places that must be on it, its title, and its words."""

    marks: Sequence[Mark]
    within: Sequence[Place]
    title: str
    told: str


def places() -> list[tuple[str, str]]:
    """Return the places that the site has a street map of, as choices."""
    return [(one.slug, one.name + (" (made up)" if one.fictional else "")) for one in held.maps()]


def rules() -> list[tuple[str, str]]:
    """Return the rules that can be asked for, as choices."""
    return [(rule.id, f"{rule.name}: {rule.metres:g} metres") for rule in known_rules(date.max)]


def starting() -> dict[str, str]:
    """Return what a form holds before anybody chose."""
    first = next(iter(held.maps()), None)
    return {"map": first.slug if first else "", "rule": FIRST_RULE}


def check(map: str, at: str, rule: str) -> Answer[dict[str, Any]]:
    """Return how far a spot is from green space: a postcode, or latitude and longitude."""
    return cited(asked_at(place(map), at, greenspace.check, rule_id=rule), map)


def asked_at(ground: Held, at: str, ask: Callable[..., Answer[Any]], **more: Any) -> Answer[Any]:
    """Ask a question about a spot that was typed as a postcode, or as latitude and longitude."""
    text = at.strip()
    if not POSTCODE.fullmatch(text):
        return ask(ground.streets, at=_degrees(text), **more)
    if ground.postcodes is None:
        raise BadInput(f"No postcodes are held for {ground.name}", "at", text, "latitude and longitude")
    try:
        return ask(ground.streets, postcode=text, postcodes=ground.postcodes, **more)
    except NotFound as missing:
        raise replace(missing, field="at") from missing


def _degrees(text: str) -> tuple[float, float]:
    parts = [part for part in re.split(r"[,\s]+", text) if part]
    if len(parts) != 2:
        allowed = "a postcode, or two numbers such as 54.6180, 2.0010"
        raise BadInput("This is neither a postcode nor a place", "at", text, allowed)
    latitude, longitude = (float(typed.exact(part, "at")) for part in parts)
    return latitude, longitude


def coverage(map: str, rule: str) -> Answer[Any]:
    """Return how many homes of a place are near enough to green space."""
    return _covered(place(map), rule)[0]


def known_coverage(map: str, rule: str) -> Answer[Any] | None:
    """Return the same where it was worked out before, or None."""
    found = worked_out.kept(place(map), "green", {"rule": rule})
    return found and found[0]


def awaited(map: str, rule: str, format: str = "") -> list[Ask]:
    """Return what has to be worked out before the page of a whole place can answer, or give its rows."""
    ground = place(map)
    if worked_out.quick(ground):
        return []
    rows = format if format in KINDS else ""
    known = (
        worked_out.rows_kept(ground, "green", {"rule": rule}, rows)
        if rows
        else worked_out.kept(ground, "green", {"rule": rule})
    )
    return [] if known else [Ask(ground, "greenspace", {"rule": rule, "format": rows})]


def map_awaited(map: str) -> list[Ask]:
    """Return what has to be read before a spot of a place can be checked: its map, where that is large."""
    ground = held.by_slug(map)
    ready = ground is None or worked_out.readable(ground)
    return [] if ready or ground is None else [Ask(ground, "greenspace", {"rule": "", "format": ""})]


def work_out(map: str, asked: dict[str, str], report: worked_out.Tell) -> None:
    """Work out what `awaited` or `map_awaited` asks, and keep it."""
    ground = place(map)
    if not worked_out.readable(ground):
        opened(ground.streets)
    if asked["format"]:
        homes_file(map, asked["rule"], asked["format"], worked_out.homes_told(ground, report))
    elif asked["rule"]:
        _covered(ground, asked["rule"], worked_out.homes_told(ground, report))


def _covered(ground: Held, rule: str, progress: worked_out.Tell | None = None) -> worked_out.Found:
    def work() -> worked_out.Found:
        return _covered_now(ground, rule, progress)

    return worked_out.found(ground, "green", {"rule": rule}, work)


def _covered_now(ground: Held, rule: str, progress: worked_out.Tell | None) -> worked_out.Found:
    parts: dict[str, list[tuple[Place]]] = {layer: [] for layer in VERDICTS.values()}

    def keep(told: Any, known: Any) -> None:
        lon, lat = known.projection.degrees(told.x, told.y)
        for x, y, verdict in zip(lon.tolist(), lat.tolist(), told.verdict.tolist(), strict=True):
            parts[VERDICTS[verdict]].append(((round(x, 6), round(y, 6)),))

    found = green_coverage.coverage(
        ground.streets,
        ground.homes or "",
        rule_id=rule,
        areas=ground.areas or "",
        choose=CHOSEN,
        each=keep,
        progress=progress,
    )
    return cited(found, ground.slug), tuple(
        Mark(layer, ground_marks.thinned(spots)) for layer, spots in parts.items() if spots
    )


def homes_file(map: str, rule: str, format: str, progress: worked_out.Tell | None = None) -> Path:
    """Return a file with a row for each home of a place, of a kind of `maps.KINDS`."""
    ground = place(map)

    def write(out: Path) -> None:
        with writer(out) as file:
            green_coverage.coverage(
                ground.streets,
                ground.homes or "",
                rule_id=rule,
                areas=ground.areas or "",
                each=lambda told, known: file.add(rows_of(told, known)),
                progress=progress,
            )

    return worked_out.rows_found(ground, "green", {"rule": rule}, format, write)


def note(map: str) -> str:
    """Return what must be said of a place wherever its map goes; empty where nothing must."""
    found = held.by_slug(map)
    return found.note if found and found.fictional else ""


def scene_of_place(map: str) -> Scene:
    """Return everything on the ground of a whole place."""
    if held.by_slug(map) is None:
        return Scene((), (), "No map is held", "This site has no street map.")
    return Scene(whole(map), (), "The place: its streets, green spaces and the ways into them", note(map))


def scene_of_spot(map: str, answer: Answer[dict[str, Any]]) -> Scene:
    """Return what is around a checked spot, and the way to the nearest green space."""
    value = answer.value
    door = (value["longitude"], value["latitude"])
    found, seen = [Mark("door", ((door,),), "Where you asked about")], [door]
    if value.get("way_in_latitude") is not None:
        seen.append((value["way_in_longitude"], value["way_in_latitude"]))
        found.append(Mark("straight", ((door, seen[-1]),), f"In a straight line to {value['space']}"))
    route = [(x, y) for x, y in value.get("route") or ()]
    if len(route) > 1:
        seen += route
        found.append(Mark("route", (tuple(route),), f"On foot to {value['space']}"))
    wheels = [(x, y) for x, y in value.get("wheel_route") or ()]
    if len(wheels) > 1:
        seen += wheels
        layer = "route-wheel" if value["wheel_route_sure"] else "route-wheel-unsure"
        found.append(Mark(layer, (tuple(wheels),), f"On wheels to {value['wheel_space']}"))
    if value.get("new_entrance_latitude") is not None:
        new = (value["new_entrance_longitude"], value["new_entrance_latitude"])
        found.append(Mark("new", ((new,),), f"A new way into {value['new_entrance_space']}"))
    west, south, east, north = box = ground_marks.around(seen)
    known = ground_marks.known(place(map).streets)
    marks = [*ground_marks.marks(known, box), *ground_marks.for_wheels(known, box), *found]
    return Scene(
        marks, ((west, south), (east, north)), "The spot, and the way to green space", headline(answer)
    )


def scene_of_homes(map: str, rule: str) -> Scene:
    """Return a whole place with each of its homes: near enough, too far, or not known."""
    answer, homes = _covered(place(map), rule)
    spots = [
        Mark("new", (((one.longitude, one.latitude),),), f"{SUGGESTED[one.what]} {one.space}".strip())
        for one in answer.value.suggestions
    ]
    title, shown = "Each home, by the rule you chose", ground_marks.frame(homes)
    return Scene([*whole(map), *homes, *spots], shown, title, headline(answer))


def whole(map: str) -> list[Mark]:
    """Return everything on the ground of a place."""
    known = ground_marks.known(place(map).streets)
    return ground_marks.marks(known, ground_marks.whole(known))


def about(map: str) -> dict[str, Any]:
    """Return what every page of a place says of it: its name, and that it is made up where it is."""
    found = held.by_slug(map)
    return {"place": found, "note": note(map)}


def verdict(answer: Answer[dict[str, Any]] | None) -> dict[str, Any]:
    """Return the figures of a finding as rows of name and figure."""
    if answer is None:
        return {}
    value = answer.value
    space = value["space"] or "none"
    if value.get("space_hectares"):
        space += f", {rounded(value['space_hectares'], 2)} hectares"
    nearest = {
        row.measure: f"{_metres(row.metres)}{f' ({row.space})' if row.space else ''}"
        for row in value["rows"]
        if row.hectares == value["walk_min_hectares"]
    }
    rows = [
        ("The rule’s limit", _metres(value["limit"])),
        ("On foot, from the door to the way in", nearest["door"]),
        ("Steps on that way", _steps(value)),
        ("By wheelchair or pushchair", _on_wheels(value)),
        ("In a straight line to a way in", nearest["entrance"]),
        ("In a straight line to an edge", nearest["edge"]),
        ("Nearest green space on foot", space),
        ("How we know the way in", WAYS_IN[value["way_in"]]),
    ]
    if value["new_entrance_metres"] is not None:
        gate = f"{_metres(value['new_entrance_metres'])} on foot ({value['new_entrance_space']})"
        rows.append(("With one new way in, in the best spot", gate))
    return {"verdict": rows}


def _steps(value: dict[str, Any]) -> str:
    """Return whether the way on foot has steps."""
    if not value["route"]:
        return "There is no way"
    many = f"{value['steps']} flights" if value["steps"] > 1 else "Yes"
    return f"{many}, {_metres(value['steps_metres'])}" if value["steps"] else "None is on the map"


def _on_wheels(value: dict[str, Any]) -> str:
    """Return how far it is for a wheelchair: for sure, or if what the map is silent about is passable."""
    perhaps = value["wheel_metres_if_passable"]
    to = f" ({value['wheel_space']})" if value["wheel_space"] else ""
    if value["wheel_metres"] is None and perhaps is not None:
        return f"not known: {_metres(perhaps)}{to}, if every street the map is silent about can be used"
    return _metres(value["wheel_metres"]) + to


def shares(answer: Answer[Any] | None) -> dict[str, Any]:
    """Return the figures of a whole place as rows of name and figure, wheels beside feet."""
    if answer is None or not answer.value.people:
        return {}
    value = answer.value
    wheels, unknown = (number / value.people for number in (value.wheel_passing, value.wheel_unknown))
    rows = [
        ("Near enough by the rule, for sure", percent(value.share)),
        ("At most, if every park without a mapped way in has one", percent(value.share_at_most)),
        ("By wheelchair or pushchair, for sure", percent(wheels)),
        ("By wheelchair or pushchair, not known", percent(unknown)),
    ]
    return {"verdict": rows}


def charts(value: Any) -> dict[str, str]:
    """Draw the share of homes that is near enough, by every way to measure and by tenth of deprivation."""
    measures = [
        Bar(
            f"{cell_text(row.measure, 'measure')}, {_size(row.hectares)}",
            row.share or 0.0,
            row.share,
            row.share_at_most,
        )
        for row in value.rows
    ]
    tenths = [
        Bar(f"Tenth {row.group}", row.share or 0.0, row.share, row.share_at_most) for row in value.deciles
    ]
    title = "Share of people near enough to green space, and at most if unknown ways in are there"
    found = {f"{title}, by every way to measure": bars(measures, title=title, write=percent)}
    if tenths:
        caption = f"{title}, by tenth of deprivation (1 is the most deprived)"
        found[caption] = bars(tenths, title=caption, write=percent)
    return found


def short_chart(value: Any) -> str:
    """Draw the share of people near enough in four ways, which differ more than places do."""
    shares = {row.measure: row for row in value.rows if row.hectares == 0}
    rows = [
        Bar(words, shares[measure].share or 0.0, marked=measure == "door")
        for measure, words in (
            ("edge", "In a straight line to the edge"),
            ("entrance", "In a straight line to a way in"),
            ("door", "On foot, from the door"),
        )
        if measure in shares
    ]
    wheels = value.wheel_passing / value.people if value.people else 0.0
    rows.append(Bar("By wheelchair or pushchair, for sure", wheels))
    return bars(rows, title="Share of people near enough to green space, for sure", write=percent)


def _size(hectares: float) -> str:
    return f"{rounded(hectares, 2)} hectares or more" if hectares else "any size"


def _metres(value: float | None) -> str:
    return "not to be reached" if value is None else f"{value:,.0f} metres"


def checked(sent: Any, report: Callable[[int], None]) -> Answer[Any]:
    """Answer what a sent file asks; `report` is given the percentage done and may stop the work."""
    streets = place(sent.place).streets
    report(1)
    if sent.purpose == "boundary":
        return cited(greenspace.check(streets, boundary=sent.path, rule_id=sent.rule), sent.place)
    with sent_homes.work(sent, report) as work, ExitStack() as stack:
        files = [stack.enter_context(writer(path)) for path in work.results]

        def each(told: Any, known: Any) -> None:
            for file in files:
                file.add(rows_of(told, known))

        found = green_coverage.coverage(
            streets, sent.path, rule_id=sent.rule, resume=work.blocks, block=AT_A_TIME, each=each,
            progress=work.progress,
        )  # fmt: skip
    sent_map.draw(sent, "verdict", {"pass": "met", "fail": "unmet", "unknown": "unknown"}, headline(found))
    return cited(found, sent.place)


def cited(answer: Answer[Any], map: str) -> Answer[Any]:
    """Return an answer about a made-up place with its true source: our own generator, not OpenStreetMap."""
    made_up = note(map)
    if not made_up:
        return answer
    own = Source("made-up-town", place(map).name, "Fairground", "generated", "MIT", "", note=made_up)
    others = (one for one in answer.sources if not one.id.startswith(("openstreetmap", "made-up-map")))
    return replace(answer, sources=(own, *others))
