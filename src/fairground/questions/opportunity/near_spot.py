"""What does a day need, and how far is it from one door: on foot beside a wheelchair or pushchair?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairground.evidence import Answer, Step, merged
from fairground.opportunity.neighbourhoods import Need, Preset
from fairground.opportunity.neighbourhoods.scoring import NAMES, SAID, Scores
from fairground.questions.opportunity.ground import ground
from fairground.questions.opportunity.near_places import definition, find
from fairground.questions.opportunity.near_steps import about, limit, street_map
from fairground.questions.opportunity.near_survey import Judged, Survey
from fairground.questions.opportunity.neighbourhoods import METHOD
from fairground.questions.opportunity.whereabouts import Site, places_of
from fairground.sources.homes import Block

__all__ = ["check"]


@dataclass(frozen=True)
class SpotRow:
    """One need: its limit in minutes, and the minutes to the nearest place, on foot and on wheels."""

    need: str
    name: str
    minutes: float
    on_foot: float | None
    on_foot_is: str
    on_wheels: float | None
    on_wheels_at_best: float | None
    on_wheels_is: str


@dataclass(frozen=True)
class Spot:
    """What one door has within reach. grade, score : on foot; wheel_ : by wheelchair or pushchair.

    corners : how many places of a site were tried; the worst served is told of.
    """

    latitude: float
    longitude: float
    corners: int
    preset: str
    preset_name: str
    needs: int
    met: int
    wheel_met: int
    wheel_met_at_best: int
    grade: str
    wheel_grade: str
    score: float
    wheel_score: float
    rows: tuple[SpotRow, ...]


def check(
    streets: str | Path,
    *,
    at: tuple[float, float] | None = None,
    boundary: str | Path = "",
    postcode: str = "",
    postcodes: str | Path = "",
    preset: str | Path | Preset = "there-and-back",
    timetable: str | Path = "",
    green: str | Path = "",
) -> Answer[Spot]:
    """Say of one door how far the nearest place for each need is, walking beside wheeling.

    Parameters
    ----------
    streets : an OpenStreetMap extract (PBF). at : latitude and longitude of the door.
    boundary : instead, a GeoJSON or GeoPackage file with a site's boundary; its worst served corner is told.
    postcode : instead, a postcode, found in the file `postcodes`.
    preset : the definition: an id such as "there-and-back", or one's own, made or in a TOML file.
    timetable : a GTFS zip. green : a file of green spaces instead of the map's.

    Returns
    -------
    Answer : needs met on foot and on wheels; a row for each need with the minutes there, None where no place
        can be reached.

    Raises
    ------
    BadInput : not exactly one site, a place that is not on the map, no such definition.
    DataProblem : a file that is missing or broken.

    >>> from fairground.questions.opportunity.near_spot import check
    >>> check("missing.osm.pbf")
    Traceback (most recent call last):
    fairground.errors.BadInput: field 'at': Give one site. Allowed: one of a point, a boundary and a postcode.
    """
    site = Site(at, boundary, postcode, postcodes)
    asked, known = definition(preset), ground(streets, green)
    x, y, more = places_of(known, site)
    survey = Survey(known, asked, find(known, asked, timetable, {}), ("walk", "wheel"))
    judged = survey.judge(_block(x, y))
    worst = _worst(judged["walk"].scores)
    lon, lat = known.projection.degrees(x[[worst]], y[[worst]])
    foot, wheels = (judged[mode].rows(np.array([worst])) for mode in ("walk", "wheel"))
    value = _told(survey, foot, wheels, (float(lat[0]), float(lon[0])), len(x))
    return Answer(value, METHOD, _working(survey, value), merged(known.sources, more, survey.found.sources))


def _block(x: NDArray[np.float64], y: NDArray[np.float64]) -> Block:
    count, rows = len(x), np.arange(1, len(x) + 1)
    return Block(rows, ("here",) * count, x, y, ("",) * count, 0 * rows, np.ones(count))


def _worst(scores: Scores) -> int:
    """Return the place with fewest needs met on foot; of several, the one with the lowest score."""
    return int(np.lexsort((scores.score, scores.met))[0])


def _told(survey: Survey, foot: Judged, wheels: Judged, at: tuple[float, float], corners: int) -> Spot:
    asked = survey.asked
    return Spot(
        latitude=at[0],
        longitude=at[1],
        corners=corners,
        preset=asked.id,
        preset_name=asked.name,
        needs=len(asked.needs),
        met=int(foot.scores.met[0]),
        wheel_met=int(wheels.scores.met[0]),
        wheel_met_at_best=int(wheels.scores.may[0]),
        grade=NAMES[int(foot.scores.grade[0])],
        wheel_grade=NAMES[int(wheels.scores.grade[0])],
        score=float(foot.scores.score[0]),
        wheel_score=float(wheels.scores.score[0]),
        rows=tuple(_row(survey, at, need, foot, wheels) for at, need in enumerate(asked.needs)),
    )


def _row(survey: Survey, at: int, need: Need, foot: Judged, wheels: Judged) -> SpotRow:
    def minutes(metres: float, mode: str) -> float | None:
        return metres / survey.per_minute(mode) if np.isfinite(metres) else None

    return SpotRow(
        need.id,
        need.name,
        need.minutes,
        minutes(float(foot.sure[0, at]), "walk"),
        SAID[int(foot.scores.state[0, at])],
        minutes(float(wheels.sure[0, at]), "wheel"),
        minutes(float(wheels.perhaps[0, at]), "wheel"),
        SAID[int(wheels.scores.state[0, at])],
    )


def _working(survey: Survey, value: Spot) -> tuple[Step, ...]:
    facts = {
        "met": value.met,
        "needs": value.needs,
        "wheel_met": value.wheel_met,
        "best": value.wheel_met_at_best,
    }
    reference = survey.asked.reference
    return (
        Step("near.spot", facts),
        Step("near.spot.class", {"grade": value.grade, "wheel_grade": value.wheel_grade}),
        Step(
            "neighbourhoods.definition",
            {"name": value.preset_name, "needs": value.needs, "reference": reference},
        ),
        *((Step("near.spot.corners", {"count": value.corners}),) if value.corners > 1 else ()),
        *(limit(survey, mode) for mode in survey.modes),
        *about(survey),
        Step("neighbourhoods.furthest", {"minutes": survey.furthest}),
        street_map(survey),
    )
