"""Reads bus and train timetables (GTFS): which stops have a service, and how often something leaves.

A stop has a service where somebody can board there on the busiest weekday of the timetable. A trip that calls
without a printed time counts all the same: many timetables print times at a few stops only. A trip that runs
every so many minutes (frequencies.txt) counts as often as it leaves. Reference: GTFS Schedule, https://gtfs.org/documentation/schedule/reference/.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairground.errors import DataProblem
from fairground.evidence import Quality, Source

__all__ = ["Timetable", "read_timetable"]

Floats = NDArray[np.float64]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
DAYS = (*WEEKDAYS, "saturday", "sunday")
NO_BOARDING = "1"  # pickup_type
LONGEST_LINE = 65_536  # characters
CLOCK = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)", re.ASCII)
LONGEST = 366 * 30  # days that a timetable may span


@dataclass(frozen=True, eq=False)
class Timetable:
    """Stops with a service: (s,) ids, names, places in degrees, and departures on the busiest weekday."""

    name: str
    day: date
    id: tuple[str, ...]
    names: tuple[str, ...]
    longitude: Floats
    latitude: Floats
    departures: NDArray[np.int64]
    source: Source
    quality: Quality


def read_timetable(path: Path | str) -> Timetable:
    """Read the stops of a GTFS file that have a service.

    Raises
    ------
    DataProblem : the file is missing, no zip, lacks a table or column, or nothing runs on any weekday.
    """
    file = Path(path)
    with _opened(file) as held:
        services = _services(held, file.name)
        trips = {
            row["trip_id"]: row["service_id"]
            for row in _rows(held, file.name, "trips.txt", "trip_id", "service_id")
        }
        often = _often(held, file.name)
        runs: Counter[str] = Counter()
        for trip, service in trips.items():
            runs[service] += often.get(trip, 1)
        day = _busiest(services, runs, file.name)
        running = {service for service, days in services.items() if day in days}
        calls, left_out = _departures(held, file.name, trips, running, often)
        return _timetable(held, file, day, calls, left_out)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as held:
            yield held
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as fault:
        raise DataProblem(
            f"The file is no timetable, or is cut short ({fault})", file.name, try_this="a GTFS zip"
        ) from fault
    except OSError as fault:
        raise DataProblem(f"The file cannot be read ({fault.strerror or fault})", file.name) from fault


def _rows(held: zipfile.ZipFile, file: str, table: str, *needed: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table, one at a time; a table may lie in a folder of the zip."""
    found = next((name for name in held.namelist() if name.rpartition("/")[2] == table), None)
    if found is None:
        raise DataProblem(f"The timetable has no {table}", file, try_this="a GTFS zip that is whole")
    with held.open(found) as stream:
        text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
        reader = csv.DictReader(_lines(text, f"{file}, {table}"))
        heads = [head.strip() for head in reader.fieldnames or ()]
        reader.fieldnames = heads
        for name in needed:
            if name not in heads:
                raise DataProblem("A column is missing", f"{file}, {table}", 1, name, ", ".join(heads[:12]))
        try:
            plain = ({key: (text or "").strip() for key, text in row.items() if key} for row in reader)
            yield from (row for row in plain if any(row.values()))  # a spreadsheet saves empty rows as commas
        except csv.Error as fault:
            raise DataProblem(f"This is not well-formed CSV ({fault})", f"{file}, {table}") from fault


def _lines(text: io.TextIOWrapper, table: str) -> Iterator[str]:
    """Yield lines; a line without an end, as in a zip that is made to fill the memory, is refused."""
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise DataProblem("A line is too long", table, number, allowed=f"{LONGEST_LINE:,} characters")
        yield line


def _services(held: zipfile.ZipFile, file: str) -> dict[str, set[date]]:
    """Return the days on which each service runs."""
    names = {name.rpartition("/")[2] for name in held.namelist()}
    found: dict[str, set[date]] = {}
    if "calendar.txt" in names:
        for row in _rows(held, file, "calendar.txt", "service_id", "start_date", "end_date", *DAYS):
            first, last = _day(row["start_date"], file), _day(row["end_date"], file)
            if (last - first).days > LONGEST:
                raise DataProblem(
                    "A timetable spans at most 30 years", file, field="end_date", value=row["end_date"]
                )
            span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            found.setdefault(row["service_id"], set()).update(
                d for d in span if row[DAYS[d.weekday()]] == "1"
            )
    if "calendar_dates.txt" in names:
        for row in _rows(held, file, "calendar_dates.txt", "service_id", "date", "exception_type"):
            days = found.setdefault(row["service_id"], set())
            (days.add if row["exception_type"] == "1" else days.discard)(_day(row["date"], file))
    return found


def _day(text: str, file: str) -> date:
    try:
        return (
            date(int(text[:4]), int(text[4:6]), int(text[6:8]))
            if len(text) == 8 and text.isascii()
            else date.fromisoformat(text)
        )
    except ValueError as fault:
        raise DataProblem(
            "This is no day", file, field="date", value=text, allowed="such as 20260131"
        ) from fault


def _often(held: zipfile.ZipFile, file: str) -> dict[str, int]:
    """Return how often each trip leaves that runs every so many seconds between two times of the clock."""
    table, found = "frequencies.txt", dict[str, int]()
    if table not in {name.rpartition("/")[2] for name in held.namelist()}:
        return found
    for row in _rows(held, file, table, "trip_id", "start_time", "end_time", "headway_secs"):
        start, end = (_seconds(row[name], f"{file}, {table}", name) for name in ("start_time", "end_time"))
        apart = int(row["headway_secs"]) if row["headway_secs"].isdecimal() else 0
        if apart < 1:
            raise DataProblem(
                "Seconds between two trips", f"{file}, {table}", field="headway_secs",
                value=row["headway_secs"], allowed="a whole number above zero",
            )  # fmt: skip
        found[row["trip_id"]] = found.get(row["trip_id"], 0) + max(0, -((start - end) // apart))
    return found


def _seconds(text: str, table: str, field: str) -> int:
    """Return the seconds since the day began; hours go on beyond 24 after midnight."""
    parts = CLOCK.fullmatch(text)
    if parts is None:
        raise DataProblem(
            "This is no time of day", table, field=field, value=text, allowed="such as 07:30:00"
        )
    return int(parts[1]) * 3600 + int(parts[2]) * 60 + int(parts[3])


def _busiest(services: dict[str, set[date]], trips: Counter[str], file: str) -> date:
    count: Counter[date] = Counter()
    for service, days in services.items():
        for day in days:
            if day.weekday() < len(WEEKDAYS):
                count[day] += trips[service]
    busiest = max(count.values(), default=0)
    if not busiest:
        raise DataProblem(
            "Nothing in this timetable runs on any weekday", file, try_this="a timetable with its calendar"
        )
    return min(day for day, number in count.items() if number == busiest)


def _departures(
    held: zipfile.ZipFile, file: str, trips: dict[str, str], running: set[str], often: dict[str, int]
) -> tuple[Counter[str], Counter[str]]:
    """Return departures by stop, and the calls that are left out, by reason.

    Nobody boards at a trip's last stop: its call is taken off again when the trip is over.
    """
    found: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    last: dict[str, tuple[int, str, bool]] = {}
    for row in _rows(held, file, "stop_times.txt", "trip_id", "stop_id", "stop_sequence"):
        trip, stop = row["trip_id"], row["stop_id"]
        if trips.get(trip) not in running:
            left_out["a trip of another day" if trip in trips else "a trip that no table names"] += 1
            continue
        boards = row.get("pickup_type", "") != NO_BOARDING
        if boards:
            found[stop] += often.get(trip, 1)
        else:
            left_out["nobody may board"] += 1
        order = int(row["stop_sequence"]) if row["stop_sequence"].isdecimal() else 0
        if trip not in last or order >= last[trip][0]:
            last[trip] = (order, stop, boards)
    for trip, (_, stop, boards) in last.items():
        if boards:
            found[stop] -= often.get(trip, 1)
            left_out["the last stop of a trip"] += often.get(trip, 1)
    return found, left_out


def _timetable(
    held: zipfile.ZipFile, file: Path, day: date, calls: Counter[str], left_out: Counter[str]
) -> Timetable:
    kept: list[tuple[str, str, float, float, int]] = []
    for row in _rows(held, file.name, "stops.txt", "stop_id", "stop_lat", "stop_lon"):
        number = calls.get(row["stop_id"], 0)
        if number < 1:
            left_out["a stop without a service"] += 1
            continue
        try:
            place = (float(row["stop_lon"]), float(row["stop_lat"]))
        except ValueError:
            place = (np.nan, np.nan)
        if not (abs(place[0]) <= 180 and abs(place[1]) <= 90):
            left_out["a stop without a place"] += 1
            continue
        kept.append((row["stop_id"], row.get("stop_name", ""), *place, number))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    source = Source(
        f"timetable:{digest[:12]}", f"Timetable, file {file.name}", "its publisher (GTFS)",
        f"busiest weekday {day}",        "as its publisher says", "", note=f"SHA-256 {digest}",
    )  # fmt: skip
    read = sum(calls.values()) + sum(left_out.values())
    return Timetable(
        file.name,
        day,
        tuple(one[0] for one in kept),
        tuple(one[1] for one in kept),
        np.array([one[2] for one in kept]),
        np.array([one[3] for one in kept]),
        np.array([one[4] for one in kept], np.int64),
        source,
        Quality(read, len(kept), dict(left_out)),
    )
