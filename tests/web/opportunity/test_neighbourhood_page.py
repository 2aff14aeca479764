"""What a day needs within reach: walking beside wheeling on one page, with a map and files of homes."""

import csv
import io
import json
import re
import shutil

import pyarrow.parquet
import pytest

from fairground.questions.opportunity import neighbourhoods
from fairground.web.opportunity.neighbourhoods import bridge
from tests.web.opportunity import body

pytestmark = pytest.mark.django_db

PAGE = "/opportunity/neighbourhoods/"


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.slow
def test_the_page_sets_wheeling_beside_walking_and_names_what_would_lift_most_people(client, town_held):
    page = client.get(PAGE)
    shown = text(page)
    value = client.get(PAGE, {"format": "json"}).json()["value"]
    assert page.status_code == 200
    assert len(page.content) < 150_000
    assert "by wheelchair or pushchair, for sure" in shown
    assert value["beside"] == "wheel"
    assert value["beside_half_share"] <= value["half_share"]
    assert f"{value['lift_name']} (" in shown
    assert "Fictional: made by Fairground" in shown


@pytest.mark.slow
def test_asking_by_wheels_says_how_many_fewer_people_have_what_they_need(client, town_held):
    value = client.get(PAGE, {"mode": "wheel", "format": "json"}).json()["value"]
    walking = client.get(PAGE, {"mode": "walk", "format": "json"}).json()["value"]
    assert value["half_share"] == walking["beside_half_share"]


@pytest.mark.slow
def test_each_home_is_on_the_map_once(client, town_held):
    told = json.loads(client.get(PAGE, {"format": "geojson"}).content)
    dots = sum(
        len(f["geometry"]["coordinates"])
        for f in told["features"]
        if f["properties"]["layer"] in {"much", "half", "little"}
    )
    assert dots == client.get(PAGE, {"format": "json"}).json()["value"]["homes"]


@pytest.mark.slow
def test_a_row_for_each_home_can_be_had_as_geoparquet(client, town_held):
    sent = client.get(PAGE, {"format": "parquet"})
    table = pyarrow.parquet.read_table(io.BytesIO(body(sent)))
    assert table.num_rows == client.get(PAGE, {"format": "json"}).json()["value"]["homes"]
    about = json.loads(table.schema.metadata[b"geo"])
    assert about["columns"][about["primary_column"]]["geometry_types"] == ["Point"]


@pytest.mark.slow
def test_a_way_of_travelling_that_is_none_is_refused(client, town_held):
    assert client.get(PAGE, {"mode": "fly"}).status_code == 400


def test_a_site_without_maps_says_so(client, nothing_held):
    assert "no street map" in text(client.get(PAGE))


@pytest.mark.slow
def test_a_definition_of_ones_own_is_in_the_address_and_can_be_taken_to_the_command(
    client, town_held, tmp_path
):
    asked = {"need": ["food", "gp"], "minutes": "8", "weights": "food=2"}
    value = client.get(PAGE, {**asked, "format": "json"}).json()["value"]
    assert [(row["need"], row["minutes"]) for row in value["rows"]] == [("food", 8.0), ("gp", 8.0)]
    file = tmp_path / "ours.toml"
    file.write_bytes(client.get(PAGE, {**asked, "format": "toml"}).content)
    again = neighbourhoods.score(
        town_held / "town.osm.pbf",
        homes=town_held / "homes.csv",
        areas=town_held / "areas.csv",
        timetable=town_held / "buses.zip",
        preset=file,
        units_of="homes",
    ).value
    assert (again.half_share, again.mean_score) == (value["half_share"], value["mean_score"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    [{"need": "moon"}, {"minutes": "0"}, {"weights": "food"}, {"also": "gp=9"}, {"also": "gp=51.5, -0.1"}],
)
def test_a_definition_that_is_none_is_refused_beside_its_field(client, town_held, wrong):
    page = client.get(PAGE, wrong)
    assert page.status_code == 400
    assert list(page.context["form"].errors) == list(wrong)


@pytest.mark.slow
def test_two_places_that_do_not_stand_yet_show_what_they_would_change_and_are_undone_by_leaving_out(
    client, town_held
):
    plain = client.get(PAGE, {"format": "json"}).json()["value"]
    also = "pharmacy=54.61558, 1.99622\nbank=54.61558, 1.99622"
    page = client.get(PAGE, {"also": also})
    value = client.get(PAGE, {"also": also, "format": "json"}).json()["value"]
    places = {row["need"]: row["places"] for row in plain["rows"]}
    assert {
        r["need"]: r["places"] - places[r["need"]] for r in value["rows"] if r["places"] > places[r["need"]]
    } == {
        "pharmacy": 1,
        "bank": 1,
    }
    assert value["half_share"] > plain["half_share"]
    assert "As if these stood: Pharmacy at 54.61558" in text(page)
    layers = {
        f["properties"]["layer"]
        for f in json.loads(client.get(PAGE, {"also": also, "format": "geojson"}).content)["features"]
    }
    assert "what-if" in layers


@pytest.mark.slow
def test_one_door_says_the_minutes_to_each_need_on_foot_beside_on_wheels(client, town_held):
    page = client.get(f"{PAGE}check/", {"map": "doggerby", "at": "ZZ1 1AA"})
    value = client.get(f"{PAGE}check/", {"at": "ZZ1 1AA", "format": "json"}).json()["value"]
    assert page.status_code == 200
    assert "Minutes on wheels" in text(page)
    for row in value["rows"]:
        assert (row["on_foot_is"] == "met") == (row["on_foot"] is not None and row["on_foot"] <= 10)
    assert value["met"] == sum(row["on_foot_is"] == "met" for row in value["rows"])


@pytest.mark.slow
def test_the_door_of_a_home_says_what_the_file_of_all_homes_says_of_it(client, town_held):
    rows = list(csv.DictReader(io.StringIO(body(client.get(PAGE, {"format": "homes.csv"})).decode())))
    homes = list(csv.DictReader((town_held / "homes.csv").open(encoding="utf-8")))
    for n in (3, 700, 2000):
        at = f"{homes[n]['LATITUDE']}, {homes[n]['LONGITUDE']}"
        value = client.get(f"{PAGE}check/", {"at": at, "format": "json"}).json()["value"]
        told = {row["need"]: row["on_foot"] for row in value["rows"]}
        assert told["food"] == pytest.approx(float(rows[n]["food_minutes"]), abs=1e-4)
        assert value["wheel_met"] == int(rows[n]["wheel_needs_met"])


@pytest.mark.slow
def test_two_whole_places_stand_side_by_side_with_their_names(client, town_held):
    shutil.copytree(town_held, town_held.parent / "twin")
    asked = {"first": "doggerby", "second": "twin"}
    page = client.get(f"{PAGE}compare/", asked)
    value = client.get(f"{PAGE}compare/", {**asked, "format": "json"}).json()["value"]
    assert page.status_code == 200
    assert {row["second_less_first"] for row in value["rows"]} == {0.0}
    shares = {row["name"]: row["first_place"] for row in value["rows"]}
    whole = client.get(PAGE, {"format": "json"}).json()["value"]
    half = "People with at least half of their needs in reach, on foot"
    assert shares[half] == pytest.approx(100 * whole["half_share"])


@pytest.mark.slow
def test_two_doors_stand_side_by_side_and_one_alone_is_refused(client, town_held):
    asked = {"first": "doggerby", "second": "doggerby", "first_at": "ZZ1 1AA", "second_at": "54.62, 2.0"}
    sent = client.get(f"{PAGE}compare/", {**asked, "format": "csv"}).content.decode()
    assert '"Food shop, by wheelchair or pushchair",minutes' in sent
    page = client.get(f"{PAGE}compare/", asked)
    assert "ZZ1 1AA (Doggerby)" in text(page)
    for side in ("first", "second"):
        told = json.loads(client.get(f"{PAGE}compare/", {**asked, "format": "geojson", "side": side}).content)
        assert any(f["properties"]["layer"] == "door" for f in told["features"])
    assert page.content.decode().count("data-fg-map ") == 2
    alone = client.get(f"{PAGE}compare/", {**asked, "second_at": ""})
    assert alone.context["form"].errors["second_at"] == ["Give a spot in both places, or in neither."]


@pytest.mark.slow
def test_a_spot_that_is_none_is_refused_beside_the_field_it_stands_in(client, town_held):
    asked = {"first": "doggerby", "second": "doggerby", "first_at": "ZZ1 1AA", "second_at": "nowhere"}
    assert list(client.get(f"{PAGE}compare/", asked).context["form"].errors) == ["second_at"]


@pytest.mark.slow
def test_what_the_forms_hold_at_first_can_be_asked_as_it_is(client, town_held):
    """The demo asks it when it starts, so that the first visitor does not wait."""
    assert bridge.score(**bridge.starting()).value.homes > 2_000
    assert client.get(f"{PAGE}compare/", bridge.starting_two()).status_code == 200
