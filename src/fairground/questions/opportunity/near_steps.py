"""The working of an answer about neighbourhoods: the definition, where places are from, what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fairground.evidence import Step
from fairground.networks import profile
from fairground.opportunity.neighbourhoods import Preset
from fairground.questions.opportunity.near_survey import Survey
from fairground.questions.opportunity.near_value import Neighbourhoods

__all__: list[str] = []


def working(survey: Survey, value: Neighbourhoods) -> tuple[Step, ...]:
    """Return every step, the sentence that answers the question first."""
    steps = [
        _answer(value),
        _gap(value),
        Step(
            "neighbourhoods.definition",
            {"name": value.preset_name, "needs": value.needs, "reference": survey.asked.reference},
        ),
        *(limit(survey, mode) for mode in survey.modes),
        Step(f"neighbourhoods.units.{value.homes_from}", {"homes": value.homes, "left_out": value.left_out}),
        *about(survey),
        Step("neighbourhoods.furthest", {"minutes": survey.furthest}),
        street_map(survey),
    ]
    if value.near_the_edge_of_data:
        steps.append(Step("neighbourhoods.edge", {"homes": value.near_the_edge_of_data}))
    if value.lifted:
        steps.append(Step("neighbourhoods.lift", {"need": value.lift_name, "people": value.lifted}))
    if value.place_latitude is not None:
        steps.append(_place(value))
    return tuple(steps)


def what_if(
    asked: Preset,
    also: Mapping[str, Sequence[tuple[float, float]]],
    before: Neighbourhoods,
    after: Neighbourhoods,
) -> Step:
    """Return what places that do not stand yet would change."""
    name = {need.id: need.name for need in asked.needs}
    at = [f"{name[id]} at {lat:.5f}, {lon:.5f}" for id, spots in also.items() for lat, lon in spots]
    facts = {
        "places": "; ".join(at),
        "before": before.half_share,
        "after": after.half_share,
        "beside_before": before.beside_half_share,
        "beside_after": after.beside_half_share,
        "mode": after.mode,
        "beside": after.beside,
        "people": (after.half_share - before.half_share) * after.people,
    }
    return Step("neighbourhoods.also", facts)


def _answer(value: Neighbourhoods) -> Step:
    facts = {
        "share": value.half_share,
        "beside_share": value.beside_half_share,
        "gap": value.gap,
        "people": value.people,
        "mode": value.mode,
        "beside": value.beside,
        "units": value.units,
    }
    return Step("neighbourhoods.answer" if value.units == "homes" else "neighbourhoods.answer.spots", facts)


def about(survey: Survey) -> list[Step]:
    """Return what is true of every home: where places are, how the way is measured, what the score means."""
    return [
        *_places(survey),
        Step(
            "neighbourhoods.doors",
            {
                what: sum(getattr(one, what) for one in survey.found.places)
                for what in ("touched", "middles", "in_schools")
            },
        ),
        Step("neighbourhoods.way"),
        Step("neighbourhoods.unknown"),
        Step("neighbourhoods.score"),
    ]


def street_map(survey: Survey) -> Step:
    """Return which street map was read."""
    known = survey.known.streets
    return Step("neighbourhoods.map", {"file": known.name, "day": known.edition or "an unknown day"})


def _gap(value: Neighbourhoods) -> Step:
    facts = {
        "share": value.beside_half_share,
        "best": value.beside_half_share_at_best,
        "own": value.half_share,
    }
    return Step(f"neighbourhoods.beside.{value.beside}", facts)


def limit(survey: Survey, mode: str) -> Step:
    """Return how far the limit reaches by one way of travelling."""
    speed = profile(mode).metres_per_minute
    facts = {
        "mode": mode,
        "minutes": survey.asked.minutes,
        "metres": speed * survey.asked.minutes,
        "speed": speed,
    }
    return Step("neighbourhoods.limit.felt" if mode == "cycle" else "neighbourhoods.limit", facts)


def _places(survey: Survey) -> list[Step]:
    needs = list(zip(survey.asked.needs, survey.found.places, survey.found.come_from, strict=True))
    steps = [
        Step("neighbourhoods.places", {
            "places": ", ".join(f"{need.name} {places.count:,}" for need, places, _ in needs),
        }),
    ]  # fmt: skip
    none = [need.name for need, places, _ in needs if not len(places)]
    if none:
        steps.append(Step("neighbourhoods.none", {"needs": ", ".join(none)}))
    if "untimed" in survey.found.come_from:
        steps.append(Step("neighbourhoods.untimed"))
    if survey.found.day:
        steps.append(
            Step("neighbourhoods.timed", {"day": survey.found.day, "departures": _departures(survey)})
        )
    if "green" in survey.found.come_from:
        steps.append(
            Step("neighbourhoods.green", {"sites": len(survey.found.sites), "shut": len(survey.shut)})
        )
    return steps


def _departures(survey: Survey) -> int:
    """Return how many departures a stop needs to count."""
    return max(need.departures for need in survey.asked.needs if need.of == "timetable")


def _place(value: Neighbourhoods) -> Step:
    facts = {
        "need": value.lift_name,
        "people": value.place_people,
        "latitude": f"{value.place_latitude:.5f}",
        "longitude": f"{value.place_longitude:.5f}",
        "bound": value.place_bound,
    }
    proved = value.place_bound <= value.place_people
    return Step("neighbourhoods.place" if proved else "neighbourhoods.place.bound", facts)
