"""Neighbourhoods from files to answer: the made-up town scored, its faults told, its file opened."""

import csv
import json

import geopandas
import numpy as np
import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.errors import BadInput, DataProblem
from fairground.opportunity.neighbourhoods import preset
from fairground.questions.opportunity import neighbourhoods
from fairground.report import as_text
from fairground.sources.timetables import read_timetable


@pytest.fixture(scope="module")
def scored(doggerby, tmp_path_factory):
    """Return the answer for the town's homes with people and buses, and the file with a row for each."""
    out = tmp_path_factory.mktemp("scored") / "homes.parquet"
    answer = neighbourhoods.score(
        doggerby / "town.osm.pbf",
        homes=doggerby / "homes.csv",
        areas=doggerby / "areas.csv",
        timetable=doggerby / "buses.zip",
        out=out,
    )
    return answer.value, geopandas.read_parquet(out), as_text(answer)


def rows_of(path):
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_every_home_of_the_list_is_scored_and_written(scored, doggerby):
    value, file, _ = scored
    homes = rows_of(doggerby / "homes.csv")
    assert value.homes == len(file) == len(homes)
    assert file["id"].tolist() == [home["UPRN"] for home in homes]
    assert np.abs(file.geometry.x - [float(home["LONGITUDE"]) for home in homes]).max() < 1e-6


def test_the_people_are_those_of_the_areas(scored, doggerby):
    value, _, _ = scored
    areas = rows_of(doggerby / "areas.csv")
    assert value.people == pytest.approx(sum(float(area["people"]) for area in areas))
    assert sum(gap.people for gap in value.neighbourhoods) == pytest.approx(value.people)
    young = next(gap for gap in value.ages if gap.name == "under 16")
    assert young.people == pytest.approx(sum(float(area["under_16"]) for area in areas))


def test_met_unmet_and_unknown_are_all_people_for_each_need(scored):
    value, _, _ = scored
    for row in value.rows:
        assert row.met + row.unmet + row.unknown == pytest.approx(value.people)
    assert sum(row.people for row in value.classes) == pytest.approx(value.people)


def test_the_file_says_of_each_home_what_the_distances_say(scored):
    _, file, _ = scored
    for need in preset("there-and-back").needs:
        met = file[f"{need.id}_metres"] <= 800.0
        assert (met == (file[need.id] == "met")).all()
        on_wheels = file[f"wheel_{need.id}_metres"] <= 600.0
        assert (on_wheels == (file[f"wheel_{need.id}"] == "met")).all()
    told = [f"{need.id}" for need in preset("there-and-back").needs]
    assert ((file[told] == "met").sum(axis=1) == file["needs_met"]).all()


def test_nobody_on_wheels_is_nearer_than_on_foot_where_both_start_at_the_same_street(scored):
    _, file, _ = scored
    assert (file["wheel_needs_met"] <= file["needs_met_at_best"]).mean() > 0.99
    assert file["wheel_score"].mean() < file["score"].mean()


def test_the_wheelchair_answer_and_what_is_not_known_stand_in_the_text(scored):
    _, _, text = scored
    assert "By wheelchair or pushchair it is" in text
    assert "of which the map says too little" in text
    assert "Nothing is moved to a junction" in text


def test_the_best_new_place_reaches_the_people_it_is_said_to_reach(scored):
    value, _, _ = scored
    need = next(row for row in value.rows if row.need == value.lift_need)
    assert 0 < value.place_people <= need.unmet + need.unknown
    assert value.place_people == value.place_bound


def test_without_a_timetable_no_stop_is_known_to_have_a_service(doggerby):
    value = neighbourhoods.score(doggerby / "town.osm.pbf", preset="sustrans").value
    stop = next(row for row in value.rows if row.need == "stop")
    assert (stop.come_from, stop.met) == ("untimed", 0.0)
    assert stop.unknown > 0
    assert value.homes_from == "buildings"


@pytest.mark.slow
def test_a_file_of_shops_takes_the_place_of_the_map(doggerby, tmp_path):
    home = rows_of(doggerby / "homes.csv")[0]
    shops = tmp_path / "shops.csv"
    shops.write_text(f"id,latitude,longitude\ncorner,{home['LATITUDE']},{home['LONGITUDE']}\n")
    preset_file = tmp_path / "ours.toml"
    preset_file.write_text('name = "Ours"\nminutes = 5\nneeds = ["food"]\nreference = "Parish plan"\n')
    found = neighbourhoods.score(
        doggerby / "town.osm.pbf",
        homes=doggerby / "homes.csv",
        preset=preset_file,
        places={"food": shops},
        out=tmp_path / "homes.csv",
    ).value
    assert (found.rows[0].places, found.rows[0].come_from, found.needs) == (1, "file", 1)
    first = rows_of(tmp_path / "homes.csv")[0]
    assert float(first["food_metres"]) < 100


def test_a_definition_may_ask_that_a_stop_is_served_often(doggerby, tmp_path):
    ours = tmp_path / "ours.toml"
    found = []
    for least in (1, 20, 2000):
        ours.write_text(f'reference = "Ours"\nneeds = ["stop"]\n[need.stop]\ndepartures = {least}\n')
        value = neighbourhoods.score(
            doggerby / "town.osm.pbf",
            homes=doggerby / "homes.csv",
            preset=ours,
            timetable=doggerby / "buses.zip",
        ).value
        found.append((value.rows[0].places, value.rows[0].met))
    stops = read_timetable(doggerby / "buses.zip").departures
    assert [places for places, _ in found] == [int((stops >= least).sum()) for least in (1, 20, 2000)]
    assert found[0][1] >= found[1][1] > found[2][1] == 0.0


@pytest.mark.slow
@pytest.mark.parametrize("units", ["nodes", "hexagons"])
def test_nodes_and_hexagons_are_scored_as_homes_are(doggerby, tmp_path, units):
    out = tmp_path / "spots.gpkg"
    value = neighbourhoods.score(
        doggerby / "town.osm.pbf", mode="cycle", preset="sustrans", units_of=units, out=out
    ).value
    file = geopandas.read_file(out)
    assert value.units == units
    assert len(file) == value.homes > 90
    assert set(file.geom_type) == {"Polygon" if units == "hexagons" else "Point"}
    assert "food_metres" not in file.columns
    assert (file["food_minutes"].dropna() >= 0).all()


def test_the_command_works_as_the_issue_writes_it(doggerby, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    line = ["opportunity", "neighbourhoods", "score", "--streets", str(doggerby / "town.osm.pbf")]
    shown = CliRunner().invoke(
        fairground, [*line, "--mode", "walk", "--out", "all.parquet", "--json"], catch_exceptions=False
    )
    assert json.loads(shown.stdout)["value"]["homes"] == len(geopandas.read_parquet("all.parquet"))


def test_the_definition_in_use_is_saved_to_be_changed_and_used_again(doggerby, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    line = ["opportunity", "neighbourhoods", "score", "--streets", str(doggerby / "town.osm.pbf"), "--json"]
    first = CliRunner().invoke(fairground, [*line, "--preset", "sustrans", "--save-preset", "ours.toml"])
    again = CliRunner().invoke(fairground, [*line, "--preset", "ours.toml"])
    assert json.loads(first.stdout)["value"] == json.loads(again.stdout)["value"]


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"mode": "fly"}, BadInput),
        ({"preset": "nowhere"}, BadInput),
        ({"preset": "missing.toml"}, DataProblem),
        ({"units_of": "streets"}, BadInput),
        ({"places": {"moonshine": "a.csv"}}, BadInput),
        ({"also": {"moonshine": [(54.62, 2.0)]}}, BadInput),
        ({"also": {"food": [(51.5, -0.1)]}}, BadInput),
        ({"furthest": 1.0}, BadInput),
        ({"units_of": "hexagons", "hexagon": 1.0}, BadInput),
        ({"timetable": "missing.zip"}, DataProblem),
        ({"areas": "missing.csv"}, DataProblem),
        ({"out": "scores.xls"}, BadInput),
    ],
)
def test_a_wrong_wish_is_refused_in_words(doggerby, asked, fault):
    with pytest.raises(fault):
        neighbourhoods.score(doggerby / "town.osm.pbf", **asked)


def test_homes_of_another_place_are_refused_and_nothing_is_written(doggerby, tmp_path):
    far = tmp_path / "far.csv"
    far.write_text("id,latitude,longitude\na,51.5,-3.0\n")
    with pytest.raises(DataProblem, match="500 metres"):
        neighbourhoods.score(doggerby / "town.osm.pbf", homes=far, out=tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["far.csv"]


def columns_of(path):
    return {name: column.tolist() for name, column in geopandas.read_parquet(path).items()}


@pytest.mark.slow
def test_the_town_cut_into_twenty_tiles_gives_the_same_file(doggerby, tmp_path):
    asked = {"homes": doggerby / "homes.csv", "timetable": doggerby / "buses.zip", "mode": "cycle"}
    for name, tile in (("whole", 0.0), ("tiles", 450.0)):
        neighbourhoods.score(doggerby / "town.osm.pbf", out=tmp_path / f"{name}.parquet", tile=tile, **asked)
    assert str(columns_of(tmp_path / "whole.parquet")) == str(columns_of(tmp_path / "tiles.parquet"))


@pytest.mark.slow
def test_two_worker_processes_give_the_same_file(doggerby, tmp_path):
    asked = {"homes": doggerby / "homes.csv", "preset": "sustrans", "tile": 700.0}
    for name, workers in (("one", 1), ("two", 2)):
        neighbourhoods.score(
            doggerby / "town.osm.pbf", out=tmp_path / f"{name}.parquet", workers=workers, **asked
        )
    assert str(columns_of(tmp_path / "one.parquet")) == str(columns_of(tmp_path / "two.parquet"))


def test_workers_without_tiles_and_a_cluster_that_does_not_answer_are_refused(doggerby):
    with pytest.raises(BadInput, match="tiles"):
        neighbourhoods.score(doggerby / "town.osm.pbf", workers=2)
    with pytest.raises(BadInput, match="processes"):
        neighbourhoods.score(doggerby / "town.osm.pbf", workers=0, tile=500.0)


@pytest.mark.shared
@pytest.mark.slow
def test_a_real_place_cut_into_nine_tiles_and_more_gives_the_same_file(shared, tmp_path):
    streets = shared / "data" / "streets" / "rutland.osm.pbf"
    for name, tile in (("whole", 0.0), ("tiles", 5000.0)):
        neighbourhoods.score(streets, out=tmp_path / f"{name}.parquet", tile=tile)
    whole = columns_of(tmp_path / "whole.parquet")
    assert len(whole["id"]) > 2_000
    assert str(whole) == str(columns_of(tmp_path / "tiles.parquet"))
