"""What a day needs within reach: walking beside wheeling on one page, with a map and files of homes."""

import io
import json
import re

import pyarrow.parquet
import pytest

pytestmark = pytest.mark.django_db

PAGE = "/opportunity/neighbourhoods/"


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


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


def test_asking_by_wheels_says_how_many_fewer_people_have_what_they_need(client, town_held):
    value = client.get(PAGE, {"mode": "wheel", "format": "json"}).json()["value"]
    walking = client.get(PAGE, {"mode": "walk", "format": "json"}).json()["value"]
    assert value["half_share"] == walking["beside_half_share"]


def test_each_home_is_on_the_map_once(client, town_held):
    told = json.loads(client.get(PAGE, {"format": "geojson"}).content)
    dots = sum(
        len(f["geometry"]["coordinates"])
        for f in told["features"]
        if f["properties"]["layer"] in {"much", "half", "little"}
    )
    assert dots == client.get(PAGE, {"format": "json"}).json()["value"]["homes"]


def test_a_row_for_each_home_can_be_had_as_geoparquet(client, town_held):
    sent = client.get(PAGE, {"format": "parquet"})
    table = pyarrow.parquet.read_table(io.BytesIO(sent.content))
    assert table.num_rows == client.get(PAGE, {"format": "json"}).json()["value"]["homes"]
    about = json.loads(table.schema.metadata[b"geo"])
    assert about["columns"][about["primary_column"]]["geometry_types"] == ["Point"]


def test_a_way_of_travelling_that_is_none_is_refused(client, town_held):
    assert client.get(PAGE, {"mode": "fly"}).status_code == 400


def test_a_site_without_maps_says_so(client, nothing_held):
    assert "no street map" in text(client.get(PAGE))
