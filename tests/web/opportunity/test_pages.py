"""A planning officer checks a spot and a place; every page says what is made up, and gives its files."""

import html
import io
import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import geopandas
import pytest
from django.utils import timezone
from PIL import Image

from fairground.web.jobs import worker
from fairground.web.jobs.models import Job
from fairground.web.opportunity import worked_out
from fairground.web.opportunity.ground_marks import thinned
from tests.web.opportunity import body

pytestmark = pytest.mark.django_db

SPOT = "54.6180, 2.0010"
CHECK, COVERAGE = "/opportunity/greenspace/", "/opportunity/greenspace/coverage/"


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_first_page_says_which_places_are_held_and_that_the_town_is_made_up(client, town_held):
    shown = text(client.get("/opportunity/"))
    assert "Doggerby" in shown
    assert "made-up town" in shown


def test_a_site_without_maps_says_so_on_each_page(client, nothing_held):
    for address in ("/opportunity/", CHECK, COVERAGE):
        assert "no street map" in text(client.get(address)), address


def test_before_anything_is_asked_the_whole_place_is_on_the_map(client, town_held):
    page = client.get(CHECK)
    assert page.status_code == 200
    assert "fg-ground__street" in page.content.decode()
    assert len(page.content) < 150_000


def test_a_spot_is_checked_by_latitude_and_longitude(client, town_held):
    page = client.get(CHECK, {"at": SPOT})
    shown = text(page)
    assert page.status_code == 200
    assert "The finding" in shown
    for row in (
        "On foot, from the door",
        "By wheelchair or pushchair",
        "Steps on that way",
        "In a straight line to an edge",
    ):
        assert row in shown
    assert "fg-ground__door" in page.content.decode()
    assert len(page.content) < 150_000


def test_a_spot_is_checked_by_postcode(client, town_held):
    answer = client.get(CHECK, {"at": "ZZ1 1AA", "format": "json"}).json()
    assert answer["value"]["pass"] in (True, False, None)
    assert client.get(CHECK, {"at": "zz11aa", "format": "json"}).json()["value"] == answer["value"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("", "Fill this in"),
        ("somewhere", "neither a postcode nor a place"),
        ("51.5, -0.1", "not on this map"),
        ("2.0010, 54.6180", "swap latitude and longitude"),
        ("ZZ9 9ZZ", "not in the file"),
    ],
)
def test_a_spot_that_cannot_be_checked_is_said_beside_its_field(client, town_held, at, told):
    page = client.get(CHECK, {"at": at})
    assert page.status_code == 400
    assert told in text(page)
    assert 'id="id_at_error"' in page.content.decode()


@pytest.mark.slow
def test_what_is_made_up_is_never_said_to_be_from_openstreetmap(client, town_held):
    for address, asked in ((CHECK, {"at": SPOT}), (COVERAGE, {})):
        shown = text(client.get(address, asked))
        assert "Fictional: made by Fairground" in shown
        assert "OpenStreetMap contributors" not in shown
        assert 'href=""' not in client.get(address, asked).content.decode()  # a source without an address


@pytest.mark.slow
def test_the_map_of_a_spot_can_be_had_as_geojson_and_svg(client, town_held):
    told = json.loads(client.get(CHECK, {"at": SPOT, "format": "geojson"}).content)
    layers = {feature["properties"]["layer"] for feature in told["features"]}
    assert {"door", "green", "street", "entrance"} <= layers
    assert "Fictional" in told["note"]
    svg = client.get(CHECK, {"at": SPOT, "format": "svg"})
    assert svg["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(svg.content).get("role") == "img"


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [CHECK, COVERAGE, "/opportunity/neighbourhoods/", "/opportunity/neighbourhoods/check/"]
)
def test_each_map_can_be_had_as_a_picture(client, town_held, page):
    sent = client.get(page, {"at": SPOT, "format": "png"})
    shown = Image.open(io.BytesIO(sent.content))
    assert (sent["Content-Type"], shown.format, shown.width) == ("image/png", "PNG", 1280)


@pytest.mark.slow
def test_the_map_of_a_spot_tells_the_truth_about_wheels(client, town_held):
    """Steps, and ways of which nobody knows whether wheels can pass, are there, each as its own layer."""
    asked = {"at": "54.62, 2.0", "format": "geojson"}
    told = json.loads(client.get("/opportunity/neighbourhoods/check/", asked).content)
    layers = {f["properties"]["layer"] for f in told["features"]}
    assert {"steps", "wheel-unknown"} <= layers


@pytest.mark.slow
def test_the_way_on_wheels_stands_on_the_map_beside_the_way_on_foot_and_its_key_is_text(client, town_held):
    page = client.get(CHECK, {"at": "54.618657, 2.007718"}).content.decode()
    assert {"fg-ground__route", "fg-ground__route-wheel"} <= set(
        re.findall(r'class="(fg-ground__[\w-]+)"', page)
    )
    key = re.search(r'<ul class="fg-mapbox__key".*?</ul>', page, re.S).group()
    assert "</svg>The way on wheels</li>" in key
    assert "<text" not in key
    table = text(client.get(CHECK, {"at": "54.618657, 2.007718"}))
    assert "The way by wheelchair or pushchair, street by street" in table


@pytest.mark.slow
def test_where_the_map_is_silent_a_wheelchair_is_told_so_and_not_that_there_is_no_way(client, town_held):
    value = client.get(CHECK, {"at": "54.62, 2.0", "format": "json"}).json()["value"]
    assert value["wheel_metres"] is None
    assert value["wheel_metres_if_passable"] is not None
    shown = text(client.get(CHECK, {"at": "54.62, 2.0"}))
    assert "if every street the map is silent about can be used" in shown
    assert "not to be reached" not in shown


@pytest.mark.slow
def test_the_share_on_wheels_stands_at_the_head_of_a_whole_place(client, town_held):
    value = client.get(COVERAGE, {"format": "json"}).json()["value"]
    told = dict(client.get(COVERAGE).context["verdict"])
    assert (
        told["By wheelchair or pushchair, for sure"]
        == f"{100 * value['wheel_passing'] / value['people']:.1f}%"
    )


def test_a_crowd_of_homes_shares_dots_and_a_town_keeps_every_one():
    homes = [((2.0 + n / 1e6, 54.6),) for n in range(900)]
    assert thinned(homes) == tuple(homes)
    assert len(thinned(homes, most=20)) == 10


@pytest.mark.slow
def test_a_whole_place_is_counted_and_each_home_is_on_its_map(client, town_held):
    page = client.get(COVERAGE)
    value = client.get(COVERAGE, {"format": "json"}).json()["value"]
    assert f"{value['homes']:,}" in text(page)
    assert len(page.content) < 150_000
    told = json.loads(client.get(COVERAGE, {"format": "geojson"}).content)
    dots = {f["properties"]["layer"]: len(f["geometry"]["coordinates"]) for f in told["features"]}
    assert [dots.get(layer, 0) for layer in ("met", "unmet", "unknown")] == [
        value["passing"],
        value["failing"],
        value["unknown"],
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["parquet", "gpkg", "homes.geojson", "homes.csv"])
def test_a_row_for_each_home_and_its_green_space_can_be_had_in_every_kind(client, town_held, tmp_path, kind):
    value = client.get(COVERAGE, {"format": "json"}).json()["value"]
    file = tmp_path / f"homes.{kind.rpartition('.')[2]}"
    file.write_bytes(body(client.get(COVERAGE, {"format": kind})))
    table = geopandas.read_parquet(file) if kind == "parquet" else geopandas.read_file(file)
    assert (table["verdict"] == "pass").sum() == value["passing"]
    assert len(table) == value["homes"]


@pytest.mark.slow
def test_an_unknown_place_is_refused(client, town_held):
    assert client.get(COVERAGE, {"map": "atlantis"}).status_code == 400


@pytest.mark.slow
def test_the_page_of_a_place_leads_to_its_street_map_where_one_is_held(client, town_held):
    assert "On the ground in Trafford" not in text(client.get("/places/trafford/"))
    town_held.rename(town_held.parent / "trafford")
    page = client.get("/places/trafford/").content.decode()
    for address in (COVERAGE, CHECK, "/opportunity/neighbourhoods/"):
        assert f'{address}?map=trafford"' in page


@pytest.fixture
def trafford(town_held):
    """The made-up town, held as if it were Trafford's streets."""
    return town_held.rename(town_held.parent / "trafford")


PLACE = "/places/trafford/"


@pytest.mark.slow
def test_the_first_visitor_of_a_place_does_not_wait_and_the_second_sees_both_maps(client, trafford):
    first = client.get(PLACE)
    assert "is being worked out just now" in text(first)
    assert first.headers["Refresh"] == "10"
    client.get(PLACE)
    assert Job.objects.filter(kind="place").count() == 1
    assert worker.work_once("one")
    second = client.get(PLACE)
    assert "Refresh" not in second.headers
    assert "is being worked out" not in text(second)
    images = re.findall(r'<img class="fg-mapimage" src="([^"]+)"', second.content.decode())
    assert len(images) == 2
    assert "Share of people near enough to green space, for sure" in second.content.decode()
    assert "By wheelchair or pushchair" in text(second)
    for image in images:
        assert ET.fromstring(client.get(html.unescape(image)).content).tag.endswith("svg")


@pytest.mark.slow
def test_what_was_worked_out_is_kept_beyond_the_process_until_a_file_changes(client, trafford, monkeypatch):
    from fairground.web.opportunity.greenspace import bridge

    asked = {**bridge.starting(), "map": "trafford"}
    told = bridge.coverage(**asked)
    worked_out._opened.cache_clear()
    with monkeypatch.context() as here:
        here.setattr(
            bridge.green_coverage, "coverage", lambda *given, **more: pytest.fail("worked out again")
        )
        assert bridge.coverage(**asked) == told
    homes = trafford / "homes.csv"
    homes.write_text("\n".join(homes.read_text().splitlines()[:200]))
    assert bridge.known_coverage(**asked) is None
    assert bridge.coverage(**asked).value.homes == 199
    assert len(list(worked_out.folder().iterdir())) == 1


@pytest.mark.slow
def test_what_was_worked_out_of_a_place_that_is_held_no_more_is_deleted(client, trafford):
    from fairground.web.jobs.kinds import retention
    from fairground.web.opportunity.greenspace import bridge

    bridge.coverage(**{**bridge.starting(), "map": "trafford"})
    retention(lambda percent: None)
    assert len(list(worked_out.folder().iterdir())) == 1
    trafford.rename(trafford.parent / "sale")
    retention(lambda percent: None)
    assert list(worked_out.folder().iterdir()) == []


@pytest.mark.slow
def test_a_kept_answer_that_is_damaged_is_worked_out_again(client, trafford):
    from fairground.web.opportunity.greenspace import bridge

    asked = {**bridge.starting(), "map": "trafford"}
    told = bridge.coverage(**asked)
    (path,) = worked_out.folder().iterdir()
    path.write_text(path.read_text()[:200])
    assert bridge.known_coverage(**asked) is None
    assert bridge.coverage(**asked) == told


def test_a_place_that_no_worker_works_out_stops_looking_again_after_a_while(client, trafford):
    client.get(PLACE)
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    page = client.get(PLACE)
    assert "Refresh" not in page.headers
    assert "On the ground in Trafford" in text(page)


def test_a_map_that_cannot_be_used_is_tried_once_and_the_page_of_the_place_stays_whole(client, trafford):
    next(trafford.glob("*.pbf")).write_bytes(b"no map")
    client.get(PLACE)
    assert worker.work_once("one")
    page = client.get(PLACE)
    assert page.status_code == 200
    assert "Refresh" not in page.headers
    assert len(Job.objects.get().result["wrong"]) == 2


@pytest.mark.slow
@pytest.mark.parametrize("address", [COVERAGE, "/opportunity/neighbourhoods/", PLACE])
def test_each_chart_is_a_file_of_its_own_as_drawing_and_as_picture(client, trafford, address):
    page = client.get(address).content.decode()
    files = [html.unescape(link) for link in re.findall(r'href="([^"]*format=chart[^"]*)"', page)]
    assert len(files) >= 2
    for link in files:
        sent = client.get(address + link)
        assert sent.status_code == 200, link
        assert sent.headers["Content-Disposition"].startswith("attachment")
        if "chart.svg" in link:
            words = "".join(ET.fromstring(sent.content).itertext())
            assert "Edition:" in words
            assert "class=" not in sent.content.decode()
        else:
            assert Image.open(io.BytesIO(sent.content)).size[0] == 944
    assert client.get(address, {"format": "chart.svg", "chart": "99"}).status_code == 404


@pytest.mark.slow
def test_the_map_of_a_place_marks_where_one_more_would_help_most(client, town_held):
    told = json.loads(client.get(COVERAGE, {"format": "geojson"}).content)
    names = [f["properties"]["name"] for f in told["features"] if f["properties"]["layer"] == "new"]
    assert "A new green space" in names
    assert any(name.startswith("A new way into ") for name in names)


def test_the_map_of_a_spot_shows_the_walk(client, town_held):
    told = json.loads(client.get(CHECK, {"at": SPOT, "format": "geojson"}).content)
    (walk,) = (f for f in told["features"] if f["properties"]["layer"] == "route")
    assert len(walk["geometry"]["coordinates"][0]) > 5
