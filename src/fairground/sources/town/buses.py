"""The buses of the made-up town as a GTFS timetable: times at timing points, blank at the stops between.

GTFS Schedule reference: times may pass 24:00:00 for buses after midnight; arrival and departure may be blank
between timing points (a reader works them out); a stop may have no bus at all.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from fairground.sources.town.bent import Bent
from fairground.sources.town.plan import Plan, Route

RIDE = 90  # seconds from stop to stop
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIRST, LAST, HOLIDAY = "20260101", "20271231", "20261225"
Row = Sequence[object]


def write(plan: Plan, bent: Bent, path: Path) -> int:
    """Write the timetable; return the number of buses (trips) of a day on which all routes run."""
    trips = [(route, way, start) for route in plan.routes for way in (0, 1) for start in _starts(route)]
    with zipfile.ZipFile(path, "w") as feed:
        for name, heads, rows in _tables(plan, bent, trips):
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows([heads, *rows])
            entry = zipfile.ZipInfo(f"{name}.txt", (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            feed.writestr(entry, text.getvalue())
    return len(trips)


Trips = list[tuple[Route, int, int]]


def _tables(plan: Plan, bent: Bent, trips: Trips) -> Iterator[tuple[str, Row, list[Row]]]:
    site = "https://example.org/doggerby"
    yield (
        "agency",
        ("agency_id", "agency_name", "agency_url", "agency_timezone"),
        [("dog", "Doggerby Buses (fictional)", site, "Europe/London")],
    )
    yield (
        "feed_info",
        ("feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_version"),
        [(plan.note, site, "en", "1")],
    )
    yield "stops", ("stop_id", "stop_name", "stop_lat", "stop_lon"), _stops(plan, bent)
    yield (
        "routes",
        ("route_id", "agency_id", "route_short_name", "route_long_name", "route_type"),
        [(route.id, "dog", route.id, route.name, 3) for route in plan.routes],
    )
    heads = ("service_id", *DAYS, "start_date", "end_date")
    yield (
        "calendar",
        heads,
        [(r.id, *(int(day in r.days) for day in range(7)), FIRST, LAST) for r in plan.routes],
    )
    yield (
        "calendar_dates",
        ("service_id", "date", "exception_type"),
        [(r.id, HOLIDAY, 2) for r in plan.routes],
    )
    yield (
        "trips",
        ("route_id", "service_id", "trip_id", "direction_id"),
        [(route.id, route.id, _trip(route, way, start), way) for route, way, start in trips],
    )
    yield (
        "stop_times",
        ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence", "timepoint"),
        [row for trip in trips for row in _calls(*trip)],
    )


def _stops(plan: Plan, bent: Bent) -> list[Row]:
    stops = [
        (f"{r.id}-{n + 1}", f"{r.name}: stop {n + 1}", at)
        for r in plan.routes
        for n, at in enumerate(r.stops)
    ]
    stops.append(("quiet", *plan.quiet_stop))
    where = bent.degrees([(x + 4, y + 4) for _, _, (x, y) in stops])
    return [
        (id_, name, f"{lat:.7f}", f"{lon:.7f}")
        for (id_, name, _), (lon, lat) in zip(stops, where, strict=True)
    ]


def _starts(route: Route) -> range:
    return range(_seconds(route.first), _seconds(route.last) + 1, route.every * 60)


def _calls(route: Route, way: int, start: int) -> Iterator[Row]:
    order = range(len(route.stops)) if way == 0 else range(len(route.stops) - 1, -1, -1)
    for n, stop in enumerate(order):
        told = stop in route.timing_points
        time = _clock(start + n * RIDE) if told else ""
        yield _trip(route, way, start), time, time, f"{route.id}-{stop + 1}", n + 1, int(told)


def _trip(route: Route, way: int, start: int) -> str:
    return f"{route.id}-{'out' if way == 0 else 'back'}-{_clock(start)[:5].replace(':', '')}"


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
