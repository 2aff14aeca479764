"""What the neighbourhood pages ask the engine, and what their map and files show."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from fairground import typed
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.opportunity.neighbourhoods import Preset, preset_of, presets
from fairground.opportunity.neighbourhoods import preset as known_preset
from fairground.questions.opportunity import near_spot, neighbourhoods
from fairground.questions.opportunity.compare import Side, compare
from fairground.questions.opportunity.near_places import new_places
from fairground.report import headline
from fairground.report.charts import Bar, Mark, bars
from fairground.report.numbers import percent
from fairground.web.opportunity import ground_marks, maps, sent_homes, sent_map, worked_out
from fairground.web.opportunity.greenspace.bridge import (
    AT_A_TIME,
    Scene,
    about,
    asked_at,
    check,
    cited,
    coverage,
    map_awaited,
    note,
    places,
    rules,
    scene_of_place,
    whole,
)
from fairground.web.opportunity.greenspace.bridge import awaited as green_awaited
from fairground.web.opportunity.ground_marks import Place
from fairground.web.opportunity.held import Held, place
from fairground.web.opportunity.waiting import Ask

__all__ = ["MODES", "about", "charts", "definitions", "map_file", "note", "places", "rules", "scene", "score"]

MODES = [("walk", "On foot"), ("wheel", "By wheelchair or pushchair"), ("cycle", "By bicycle")]
LAYERS = {
    "all needs": "much",
    "most needs": "much",
    "half the needs": "half",
    "some needs": "little",
    "few needs": "little",
}


def definitions() -> list[tuple[str, str]]:
    """Return the definitions that travel with Fairground, as choices."""
    return [(preset.id, preset.name) for preset in presets()]


def starting() -> dict[str, str]:
    """Return what the form holds before anybody chose."""
    first = next(iter(places()), ("", ""))[0]
    return {"map": first, "mode": MODES[0][0], "preset": definitions()[0][0]}


def starting_two() -> dict[str, str]:
    """Return what the form of two places holds before anybody chose."""
    held = [id for id, _ in places()] or [""]
    one = starting()
    return {"first": held[0], "second": held[-1], "rule": rules()[0][0], "preset": one["preset"]}


def notes() -> list[str]:
    """Return what must be said of the places that the site holds, such as that one is made up."""
    return [f"{name}: {said}" for id, name in places() if (said := note(id))]


def needs() -> list[tuple[str, str]]:
    """Return every need that some definition has, as choices."""
    found = {need.id: need.name for preset in presets() for need in preset.needs}
    return list(found.items())


def definition(
    preset: str, need: Sequence[str] = (), minutes: float | None = None, weights: str = ""
) -> Preset:
    """Return a definition that travels with Fairground, or what a reader made of it.

    Raises
    ------
    BadInput : a weight that is none, or of a need that is not chosen.
    """
    base = known_preset(preset)
    if not (need or minutes or weights.strip()):
        return base
    ids = list(need) or [one.id for one in base.needs]
    weighed = dict(_weights(weights, ids))
    reference = f"changed by the reader, from: {base.reference}"
    table = {"id": "own", "name": f"Your own, made from “{base.name}”", "reference": reference, "needs": ids}
    own = {id: {"weight": weight} for id, weight in weighed.items()}
    return preset_of({**table, "minutes": float(minutes or base.minutes), "need": own, "url": base.url})


def _weights(text: str, ids: Sequence[str]) -> Iterator[tuple[str, float]]:
    for part in filter(None, (one.strip() for one in text.replace(";", ",").split(","))):
        id, sign, weight = (piece.strip() for piece in part.partition("="))
        if not sign or id not in ids:
            raise BadInput("A weight is given as need=number", "weights", part, f"of {', '.join(ids)}")
        yield id, float(typed.exact(weight, "weights"))


def score(map: str, mode: str, preset: str, also: str = "", **own: Any) -> Answer[Any]:
    """Return what each home of a place has within reach, counted."""
    return _scored(place(map), mode, definition(preset, **own), also)[0]


def file(chosen: Mapping[str, Any], format: str) -> tuple[bytes | Path, str, str]:
    """Return the file of a kind that a page gives: its content or where it lies, its type, its kind.

    "toml" is the definition, to be changed, passed on and given to the command.
    """
    if format == "toml":
        own = {name: chosen[name] for name in ("preset", "need", "minutes", "weights")}
        return definition(**own).written().encode(), "application/toml", "definition.toml"
    return map_file(**chosen, format=format), maps.KINDS[format], format


def scene(map: str, mode: str, preset: str, also: str = "", **own: Any) -> Scene:
    """Return a whole place with each of its homes by what it has within reach, and where to build."""
    answer, homes = _scored(place(map), mode, definition(preset, **own), also)
    value, found = answer.value, [*whole(map), *homes]
    for spots in _also(also).values():
        found += [Mark("what-if", ((at[::-1],),), "As if it stood here") for at in spots]
    if value.place_latitude is not None:
        spot = (value.place_longitude, value.place_latitude)
        found.append(Mark("new", ((spot,),), value.lift_name))
    title, shown = "Each home, by what a day needs within reach", ground_marks.frame(homes)
    return Scene(found, shown, title, headline(answer))


def nothing(map: str) -> Scene:
    """Return the map of a place before anything is asked."""
    return scene_of_place(map)


def _also(text: str) -> dict[str, list[tuple[float, float]]]:
    """Return the places that do not stand yet, as they were typed: one a line."""
    return new_places([line for line in re.split(r"[\n;]+", text) if line.strip()])


def known_score(map: str, mode: str, preset: str) -> Answer[Any] | None:
    """Return what each home has within reach where it was worked out before, or None."""
    found = worked_out.kept(place(map), *_key(mode, known_preset(preset), ""))
    return found and found[0]


def awaited(map: str, mode: str, preset: str, also: str = "", format: str = "", **own: Any) -> list[Ask]:
    """Return what has to be worked out before the page of a whole place can answer, or give its rows."""
    ground = place(map)
    if worked_out.quick(ground) or format == "toml":
        return []
    try:
        asked = definition(preset, **own)
        _also(also)
    except BadInput:
        return []  # the page says what is wrong
    key, rows = _key(mode, asked, also), format if format in maps.KINDS else ""
    if rows:
        known: Any = worked_out.rows_kept(ground, *key, rows)
    else:
        known = worked_out.kept(ground, *key)
    facts = {"mode": mode, "preset": asked.written(), "also": also, "format": rows}
    return [] if known else [Ask(ground, "neighbourhoods", facts)]


def beside_awaited(
    first: str, second: str, rule: str, preset: str, first_at: str = "", second_at: str = ""
) -> list[Ask]:
    """Return what has to be worked out before two places can be set side by side."""
    found = []
    for map, at in ((first, first_at), (second, second_at)):
        if at.strip():
            found += map_awaited(map)
        else:
            found += [*green_awaited(map, rule), *awaited(map, MODES[0][0], preset)]
    return found


def work_out(map: str, asked: dict[str, str], report: worked_out.Tell) -> None:
    """Work out what `awaited` asks, and keep it."""
    ground, preset = place(map), preset_of(tomllib.loads(asked["preset"]))
    progress = worked_out.homes_told(ground, report)
    if asked["format"]:
        _rows_file(ground, asked["mode"], preset, asked["also"], asked["format"], progress)
    else:
        _scored(ground, asked["mode"], preset, asked["also"], progress)


def _key(mode: str, preset: Preset, also: str) -> tuple[str, dict[str, str]]:
    """Return under what an answer is kept: a reader's own definition by its digest."""
    if not also.strip() and preset.id in dict(definitions()):
        return "needs", {"mode": mode, "preset": preset.id}
    return "own", {"asked": sha256("\n".join([mode, preset.written(), also]).encode()).hexdigest()[:24]}


def _scored(
    ground: Held, mode: str, preset: Preset, also: str, progress: worked_out.Tell | None = None
) -> worked_out.Found:
    def work() -> worked_out.Found:
        return _scored_now(ground, mode, preset, also, progress)

    return worked_out.found(ground, *_key(mode, preset, also), work)


def _scored_now(
    ground: Held, mode: str, preset: Preset, also: str, progress: worked_out.Tell | None
) -> worked_out.Found:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "homes.geojson"
        answer = _ask(ground, mode, preset, also, out, progress)
        homes = json.loads(out.read_text("utf-8"))["features"]
    parts: dict[str, list[tuple[Place]]] = {}
    for home in homes:
        layer = LAYERS[home["properties"]["class"]]
        lon, lat = home["geometry"]["coordinates"][:2]
        parts.setdefault(layer, []).append(((round(lon, 6), round(lat, 6)),))
    return cited(answer, ground.slug), tuple(
        Mark(layer, ground_marks.thinned(spots)) for layer, spots in parts.items()
    )


def _ask(
    ground: Held, mode: str, preset: Preset, also: str, out: Path, progress: worked_out.Tell | None
) -> Answer[Any]:
    return neighbourhoods.score(
        ground.streets,
        mode=mode,
        preset=preset,
        homes=ground.homes or "",
        areas=ground.areas or "",
        timetable=ground.buses or "",
        also=_also(also),
        units_of="homes",
        out=out,
        progress=progress,
    )


def map_file(map: str, mode: str, preset: str, format: str, also: str = "", **own: Any) -> Path:
    """Return a file with a row for each home: GeoParquet, GeoPackage, GeoJSON or CSV."""
    return _rows_file(place(map), mode, definition(preset, **own), also, format)


def _rows_file(
    ground: Held,
    mode: str,
    preset: Preset,
    also: str,
    format: str,
    progress: worked_out.Tell | None = None,
) -> Path:
    def write(out: Path) -> None:
        _ask(ground, mode, preset, also, out, progress)

    return worked_out.rows_found(ground, *_key(mode, preset, also), format, write)


def checked(sent: Any, report: Callable[[int], None]) -> Answer[Any]:
    """Answer what a sent file asks; `report` is given the percentage done and may stop the work."""
    ground = place(sent.place)
    buses: Any = {"timetable": ground.buses or "", "preset": sent.rule}
    report(1)
    if sent.purpose == "boundary":
        return cited(near_spot.check(ground.streets, boundary=sent.path, **buses), sent.place)
    with sent_homes.work(sent, report) as work:
        found = neighbourhoods.score(
            ground.streets, mode=sent.mode, homes=sent.path, areas=ground.areas or "", out=work.results,
            resume=work.blocks, block=AT_A_TIME, progress=work.progress, **buses,
        )  # fmt: skip
    sent_map.draw(sent, "class", LAYERS, headline(found))
    return cited(found, sent.place)


def spot(map: str, at: str, preset: str) -> Answer[Any]:
    """Return how far the nearest place for each need is from one door."""
    ground = place(map)
    asked = {"preset": preset, "timetable": ground.buses or ""}
    return cited(asked_at(ground, at, near_spot.check, **asked), map)


def scene_of_door(map: str, answer: Answer[Any]) -> Scene:
    """Return what is around one door: streets, steps, green space and the ways in."""
    value = answer.value
    door = (value.longitude, value.latitude)
    known = ground_marks.known(place(map).streets)
    west, south, east, north = box = ground_marks.around([door])
    marks = [*ground_marks.marks(known, box), *ground_marks.for_wheels(known, box)]
    marks.append(Mark("door", ((door,),), "Where you asked about"))
    return Scene(marks, ((west, south), (east, north)), "Around this door", headline(answer))


def side(map: str, at: str, rule: str, preset: str) -> Side:
    """Return one place, or one door, as it is set beside another."""
    ground = place(map)
    if at.strip():
        name = f"{at.strip()} ({ground.name})"
        return Side(name, check(map, at, rule), spot(map, at, preset))
    return Side(ground.name, coverage(map, rule), score(map, MODES[0][0], preset))


def beside(
    first: str, second: str, rule: str, preset: str, first_at: str = "", second_at: str = ""
) -> Answer[Any]:
    """Return two places, or two doors, side by side.

    Raises
    ------
    BadInput : only one of them is a door, or a spot that is none.
    """
    if bool(first_at.strip()) != bool(second_at.strip()):
        empty = "second_at" if first_at.strip() else "first_at"
        raise BadInput("Give a spot in both places, or in neither", empty)
    sides = []
    for field, map, at in (("first_at", first, first_at), ("second_at", second, second_at)):
        try:
            sides.append(side(map, at, rule, preset))
        except BadInput as fault:
            raise replace(fault, field=field if fault.field == "at" else fault.field) from fault
    return compare(*sides)


def scene_of_side(asked: Mapping[str, str], side: str) -> Scene:
    """Return the map of one of two places: its homes by what a day needs, or what is around the door."""
    map, at, preset = asked[side], asked[f"{side}_at"], asked["preset"]
    if at.strip():
        found = scene_of_door(map, spot(map, at, preset))
        return replace(found, title=f"Around {at.strip()} ({place(map).name})")
    found = scene(map, MODES[0][0], preset)
    return replace(found, title=f"{place(map).name}: each home, by what a day needs within reach")


def sides() -> tuple[str, str]:
    """Return what the two places of a comparison are called in its form."""
    return ("first", "second")


def named_heads(heads: Sequence[tuple[str, bool]], value: Any) -> list[tuple[str, bool]]:
    """Return the headings of two places side by side with the names of the places."""
    names = {"First": value.first, "Second": value.second}
    return [(names.get(head, head), numeric) for head, numeric in heads]


def charts(value: Any) -> dict[str, str]:
    """Draw the share of people for whom each need is met, and both ways of travelling side by side."""
    met = [Bar(row.name, row.share or 0.0) for row in value.rows]
    ways = [Bar(_mode(row.mode), row.half_share, marked=row.mode == value.mode) for row in value.modes]
    return {
        "People who have each need within reach": bars(
            met, title="Share of people for whom each need is met", write=percent
        ),
        "People with at least half of the needs": bars(
            ways, title="Share of people with half of the needs or more, for sure", write=percent
        ),
    }


def short_chart(value: Any) -> str:
    """Draw the share of people with half of their needs in reach, by each way of travelling."""
    return list(charts(value).values())[-1]


def _mode(id: str) -> str:
    return dict(MODES).get(id, id)


def facts(answer: Answer[Any]) -> Sequence[tuple[str, str]]:
    """Return the figures at the head of the page as rows of name and figure."""
    value = answer.value
    rows = [
        (f"At least half of the needs, {_mode(value.mode).lower()}", percent(value.half_share)),
        (f"The same, {_mode(value.beside).lower()}, for sure", percent(value.beside_half_share)),
        (
            "The same, if everything the map is silent about is passable",
            percent(value.beside_half_share_at_best),
        ),
        ("The gap between the two", percent(value.gap)),
        ("Needs met, on average", f"{value.mean_needs_met:.1f} of {value.needs}"),
        ("The missing need that would lift most people", f"{value.lift_name} ({value.lifted:,.0f} people)"),
    ]
    return tuple(rows)
