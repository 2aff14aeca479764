"""How much lies within reach of each door: held against another search, origin by origin."""

import csv

import numpy as np
import pyogrio
import pytest

from fairground.errors import BadInput, DataProblem
from fairground.networks import nearest, profile, snap
from fairground.questions.opportunity.green_homes import homes_of
from fairground.questions.opportunity.ground import ground
from fairground.questions.opportunity.within import within

METRES = {mode: 10 * profile(mode).metres_per_minute for mode in ("walk", "wheel")}


@pytest.fixture
def town(doggerby):
    return doggerby / "town.osm.pbf"


def by_another_search(town, homes, of, mode, unknown, rows):
    """Return sums for some origins: one search from each of them, then everything within the limit."""
    known = ground(town)
    graph = known.prepared.graph(mode)
    (origins,), (targets,) = (tuple(homes_of(known, path)[1]) for path in (homes, of))
    there = snap(graph, targets.x, targets.y)
    found = []
    for row in rows:
        here = snap(graph, origins.x[[row]], origins.y[[row]])
        cost = nearest(graph, there, here, limit=METRES[mode], unknown=unknown).cost
        found.append(float(targets.people[cost <= METRES[mode]].sum()))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("mode", METRES)
def test_each_sum_is_that_of_a_search_from_the_origin_alone(town, doggerby, tmp_path, mode):
    jobs, homes, out = tmp_path / "jobs.csv", doggerby / "homes.csv", tmp_path / "all.csv"
    with homes.open() as stream:
        places = list(csv.DictReader(stream))[::25]
    lines = [f"{n},{one['LATITUDE']},{one['LONGITUDE']},{n % 7 * 10}" for n, one in enumerate(places)]
    jobs.write_text("\n".join(["id,latitude,longitude,people", *lines]))
    answer = within(town, homes, of=jobs, mode=mode, minutes=10, out=out)
    told = list(csv.DictReader(out.open()))
    rows = np.random.default_rng(3).choice(len(told), 12, replace=False)
    for column, unknown in ((f"{mode}_within", "bar"), (f"{mode}_within_at_best", "pass")):
        wanted = by_another_search(town, homes, jobs, mode, unknown, rows)
        assert [float(told[row][column]) for row in rows] == wanted
    assert answer.value.weight == sum(n % 7 * 10 for n in range(len(places)))
    assert [(row.mode, row.streets) for row in answer.value.rows[-2:]] == [
        ("wheel", "surely passable"),
        ("wheel", "at best"),
    ]


@pytest.mark.slow
def test_rows_say_the_quarters_of_the_origins_and_wheels_never_have_more_for_sure(town, doggerby, tmp_path):
    out = tmp_path / "all.gpkg"
    value = within(town, doggerby / "homes.csv", out=out).value
    told = pyogrio.read_dataframe(out)
    assert value.origins == len(told) == value.things
    row = value.rows[0]
    assert (row.least, row.middle, row.most) == tuple(np.quantile(told["walk_within"], [0, 0.5, 1]))
    assert row.mean == pytest.approx(told["walk_within"].mean())
    assert (told["wheel_within"] <= told["wheel_within_at_best"]).all()
    assert row.least >= 1  # each home counts itself


@pytest.mark.slow
def test_points_of_the_network_are_origins_too_and_a_longer_walk_never_reaches_less(town, doggerby):
    short, long = (
        within(town, of=doggerby / "homes.csv", units_of="nodes", minutes=minutes).value
        for minutes in (5, 10)
    )
    assert short.units == "nodes"
    assert all(a.mean <= b.mean and a.most <= b.most for a, b in zip(short.rows, long.rows, strict=True))


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"mode": "fly"}, "No such way"), ({"minutes": 0.5}, "1 to 60"), ({"out": "a.txt"}, "ending")],
    ids=["mode", "minutes", "ending"],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_read(asked, told):
    with pytest.raises(BadInput, match=told):
        within("missing.osm.pbf", **asked)


def test_homes_that_lie_elsewhere_leave_no_file(town, tmp_path):
    far, out = tmp_path / "far.csv", tmp_path / "out.csv"
    far.write_text("id,latitude,longitude\n1,10.0,10.0\n")
    with pytest.raises(DataProblem, match="lies on this street map"):
        within(town, far, of=far, out=out)
    assert not out.exists()
