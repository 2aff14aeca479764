"""Timetables: which stops have a service, by the published counts and by small files with one fault each."""

import zipfile

import pytest

from fairground.errors import DataProblem
from fairground.sources.timetables import read_timetable

CALENDAR = (
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "week,1,1,1,1,1,0,0,20260105,20260109\nsunday,0,0,0,0,0,0,1,20260104,20260111\n"
)
WHOLE = {
    "stops.txt": (
        "stop_id,stop_name,stop_lat,stop_lon\na,Ash,54,2\nb,Birch,54.1,2\nc,Cedar,54.2,2\nd,Dock,54.3,2\n"
    ),
    "trips.txt": "route_id,service_id,trip_id\n1,week,up\n1,week,down\n1,sunday,late\n",
    "calendar.txt": CALENDAR,
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
        "up,08:00:00,08:00:00,a,1,\nup,,,b,2,0\nup,08:20:00,08:20:00,c,3,\n"
        "down,09:00:00,09:00:00,b,1,1\ndown,09:20:00,09:20:00,a,2,\nlate,10:00:00,10:00:00,d,1,\n"
    ),
}


def written(path, **changes):
    with zipfile.ZipFile(path, "w") as held:
        for name, text in (
            WHOLE | {key.replace("_txt", ".txt"): text for key, text in changes.items()}
        ).items():
            if text is not None:
                held.writestr(name, text)
    return path


def test_a_stop_has_a_service_where_somebody_can_board_on_the_busiest_weekday(tmp_path):
    found = read_timetable(written(tmp_path / "bus.zip"))
    # c is a last stop, b's second call sets down only, d is served on Sundays only; b's blank time counts
    assert dict(zip(found.id, found.departures.tolist(), strict=True)) == {"a": 1, "b": 1}
    assert found.day.isoformat() == "2026-01-05"
    assert found.quality.dropped["a stop without a service"] == 2


def test_a_trip_that_runs_every_so_many_minutes_counts_as_often_as_it_leaves(tmp_path):
    """From 07:00 up to 09:00 every 30 minutes it leaves four times; then at 23:00 and at 24:00."""
    often = "trip_id,start_time,end_time,headway_secs\nup,07:00:00,09:00:00,1800\nup,23:00:00,25:00:00,3600\n"
    found = read_timetable(written(tmp_path / "bus.zip", **{"frequencies.txt": often}))
    assert dict(zip(found.id, found.departures.tolist(), strict=True)) == {"a": 6, "b": 6}


def test_a_row_of_commas_as_a_spreadsheet_saves_it_is_no_row(tmp_path):
    calendar = {"calendar.txt": f"{CALENDAR},,,,,,,,,\n", "stops.txt": f"{WHOLE['stops.txt']},,,\n"}
    found = read_timetable(written(tmp_path / "bus.zip", **calendar))
    assert found.id == ("a", "b")
    assert found.quality.dropped["a stop without a service"] == 2


def test_a_timetable_with_a_damaged_or_locked_table_is_refused(tmp_path):
    path = written(tmp_path / "bus.zip")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w", zipfile.ZIP_DEFLATED) as held:
        for name, text in WHOLE.items():
            held.writestr(name, text * (40 if name == "stop_times.txt" else 1))
    packed = bytearray((tmp_path / "packed.zip").read_bytes())
    at = packed.rindex(b"PK\x01\x02") - 60
    packed[at : at + 40] = b"\xff" * 40
    path.write_bytes(packed)
    with pytest.raises(DataProblem, match="cut short"):
        read_timetable(path)


def test_a_day_that_is_taken_out_of_the_calendar_is_not_the_busiest(tmp_path):
    off = "service_id,date,exception_type\nweek,20260105,2\n"
    assert (
        read_timetable(written(tmp_path / "bus.zip", **{"calendar_dates.txt": off})).day.isoformat()
        == "2026-01-06"
    )


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"trips.txt": None}, "trips.txt"),
        ({"stops.txt": "stop_id,stop_name\na,Ash\n"}, "stop_lat"),
        ({"stop_times.txt": WHOLE["stop_times.txt"] + "a" * 70_000}, "line is too long"),
        ({"calendar.txt": CALENDAR.replace("20260109", "tomorrow")}, "tomorrow"),
        (
            {"frequencies.txt": "trip_id,start_time,end_time,headway_secs\nup,7:00:00,9:00:00,0\n"},
            "headway_secs",
        ),
        ({"frequencies.txt": "trip_id,start_time,end_time,headway_secs\nup,7am,9:00:00,600\n"}, "7am"),
        ({"stops.txt": WHOLE["stops.txt"] + '"' + ("x" * 60_000 + "\n") * 3}, "well-formed"),
        ({"calendar.txt": CALENDAR.replace("week,1,1,1,1,1", "week,0,0,0,0,0")}, "weekday"),
    ],
)
def test_a_timetable_with_a_fault_is_refused_by_name(tmp_path, changes, word):
    with pytest.raises(DataProblem, match=word):
        read_timetable(written(tmp_path / "bus.zip", **changes))


def test_a_timetable_that_is_cut_short_or_missing_is_refused(tmp_path):
    whole = written(tmp_path / "bus.zip").read_bytes()
    (tmp_path / "short.zip").write_bytes(whole[:-40])
    with pytest.raises(DataProblem, match="cut short"):
        read_timetable(tmp_path / "short.zip")
    with pytest.raises(DataProblem, match="cannot be read"):
        read_timetable(tmp_path / "none.zip")


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize(("name", "stops"), [("newport", 649), ("chester", 1280), ("laspalmas", 792)])
def test_the_served_stops_of_real_timetables_are_as_many_as_others_counted(shared, name, stops):
    # counted independently with pandas for the research note on access, section 4.5
    assert len(read_timetable(shared / "data" / "timetables" / f"{name}_gtfs.zip").id) == stops
