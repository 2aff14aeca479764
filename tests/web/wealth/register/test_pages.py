"""The pages of the register: found, filtered, downloaded, followed; and a list from upload to map."""

import csv
import io
import json
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fairground.sources import asset_lists
from fairground.web.jobs import worker
from fairground.web.wealth.register.actions import assets, following, imports, registers
from fairground.web.wealth.register.models import Asset, Follow, ListImport, Register
from tests.web.wealth.register.conftest import FIRST, SECOND

pytestmark = pytest.mark.django_db
LANCASHIRE = "E10000017"
HOME = "/wealth/property/register/"
REGISTER = f"{HOME}redcar-property/"


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.mark.slow
def test_an_officer_sends_a_list_looks_at_its_columns_and_finds_it_on_the_map(client, town):
    client.force_login(town.bob)
    file = SimpleUploadedFile("assets.csv", FIRST.encode())
    where = client.post(f"{REGISTER}office/lists/", {"file": file}).url
    told = page(client, where)
    assert "Look at the columns" in told
    assert "For example: Old Library; Mill Lane Allotments; Town Hall. Known by its heading." in told
    known = [
        "id",
        "uprn",
        "name",
        "address",
        "postcode",
        "easting",
        "northing",
        "tenure",
        "use",
        "value",
        "valued_on",
    ]
    fields = {f"column-{n}": one for n, one in enumerate(known)}
    assert client.post(where, {**fields, "whole": "yes", "dated": ""}).url == where
    assert "3 new, 0 changed" in page(client, where)
    told = page(client, REGISTER)
    assert "3 assets, 3 with a place on the map" in told
    assert "<svg" in told
    shapes = json.loads(page(client, f"{REGISTER}?format=map"))
    assert shapes["cluster"] is True
    assert {one["properties"]["name"] for one in shapes["features"]} >= {"Old Library"}
    assert {one["geometry"]["type"] for one in shapes["features"]} == {"Point"}


def test_two_columns_for_one_field_are_refused_beside_the_second(client, town):
    client.force_login(town.bob)
    sent = client.post(f"{REGISTER}office/lists/", {"file": SimpleUploadedFile("a.csv", FIRST.encode())}).url
    told = client.post(sent, {"column-2": "name", "column-3": "name", "whole": "yes"})
    assert told.status_code == 400
    assert "was chosen for two columns" in told.content.decode()
    assert not Asset.objects.exists()


def test_a_list_is_undone_with_one_press_and_its_reason(client, town, take_in):
    done = take_in()
    client.force_login(town.bob)
    where = f"{REGISTER}office/lists/{done.pk}/"
    asked = client.post(f"{where}undo/", {"reason": ""}, follow=True).content.decode()
    assert "Say why, for those who ask later." in asked
    assert "field " not in asked
    assert Asset.objects.filter(hidden_at=None).count() == 3
    told = client.post(f"{where}undo/", {"reason": "Wrong year"}, follow=True).content.decode()
    assert "Undone" in told
    assert "Wrong year" in told
    assert "0 assets" in page(client, REGISTER)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=library", ["Old Library"]),
        ("q=ts10+2bb", ["Mill Lane Allotments"]),
        ("q=A3", ["Town Hall"]),
        ("q=100000000102", ["Mill Lane Allotments"]),
        ("kind=building", ["Old Library", "Town Hall"]),
        ("kind=land&district=E06000003", ["Mill Lane Allotments"]),
        ("q=nothing+like+it", []),
        ("kind=nonsense", ["Mill Lane Allotments", "Old Library", "Town Hall"]),
    ],
    ids=["word", "postcode", "number", "uprn", "kind", "district", "nothing", "nonsense"],
)
def test_assets_are_found_by_words_numbers_and_kind(client, take_in, query, names):
    take_in()
    told = page(client, f"{HOME}?{query}")
    assert [
        name for name in ("Mill Lane Allotments", "Old Library", "Town Hall") if f">{name}</a>" in told
    ] == names


def test_an_asset_says_whose_it_is_what_may_happen_and_how_to_have_a_say(client, take_in, town):
    take_in()
    library = Asset.objects.get(council_id="A1")
    told = page(client, f"{HOME}assets/{library.pk}/")
    for words in ("Redcar Council owns it outright", "not listed as an asset of community value",
                  "£250,000", "31 March 2025", "came on the register", "m off here", "Redcar and Cleveland",
                  "North East"):  # fmt: skip
        assert words in told
    listed = {"decision": "listed", "nominated_on": "2026-01-05", "decided_on": "2026-02-02",
              "listed_until": "2031-02-01"}  # fmt: skip
    assets.change(library, by=town.bob, reason="Listed", values=listed)
    told = page(client, f"{HOME}assets/{library.pk}/")
    assert "It is listed as an asset of community value until 1 February 2031" in told
    assert "events=nominate%3D2026-01-05%3Blist%3D2026-02-02" in told
    case = told.split('href="/wealth/property/case/')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(f"/wealth/property/case/{case}").status_code == 200


@pytest.mark.slow
def test_the_code_layout_comes_back_as_the_same_assets(client, take_in, tmp_path):
    take_in()
    text = page(client, f"{REGISTER}?format=csv")
    file = tmp_path / "back.csv"
    file.write_text(text, "utf-8")
    back = {one.said["id"]: one for one in asset_lists.read(file).assets}
    for one in Asset.objects.all():
        said = back[one.council_id]
        assert (said.name, said.said["uprn"], said.said["postcode"]) == (one.name, one.uprn, one.postcode)
        assert said.latitude == pytest.approx(one.latitude, abs=1e-5)


def test_formulas_in_a_list_are_words_on_the_page_and_no_formulas_in_the_file(client, take_in):
    take_in('Asset ID,Asset Name,Postcode\n1,"=HYPERLINK(""http://x"",""y"")",TS10 1AA\n2,@SUM(1),TS10 1AB\n')
    rows = list(csv.reader(io.StringIO(page(client, f"{REGISTER}?format=csv"))))
    names = {row[rows[0].index("NameOfBuildingLand")] for row in rows[1:]}
    assert names == {'\'=HYPERLINK("http://x","y")', "'@SUM(1)"}
    assert "=HYPERLINK(&quot;" in page(client, REGISTER)


def test_the_community_value_file_has_the_columns_that_planning_data_asks_for(client, take_in, town):
    take_in()
    library = Asset.objects.get(council_id="A1")
    assets.change(
        library, by=town.bob, reason="Listed", values={"decision": "listed", "decided_on": "2026-02-02"}
    )
    (row,) = csv.DictReader(io.StringIO(page(client, f"{REGISTER}?format=acv")))
    assert (row["reference"], row["decision"], row["decision-date"]) == ("A1", "listed", "2026-02-02")
    assert row["organisation"] == "local-authority:RCC"
    assert row["point"].startswith("POINT (-1.0")


@pytest.mark.slow
def test_the_community_value_file_comes_back_as_the_same_listings(client, take_in, town):
    take_in()
    days = {"nominated_on": "2026-01-05", "decided_on": "2026-02-02", "listed_until": "2031-02-01"}
    listed = {"decision": "listed", "nominated_by": "Friends", **days}
    assets.change(Asset.objects.get(council_id="A1"), by=town.bob, reason="Listed", values=listed)
    content = page(client, f"{REGISTER}?format=acv").encode()
    other = registers.set_up(by=town.bob, title="Back", body="B", place_code="E06000003", keeper="council")
    sent = imports.send(other, by=town.bob, name="acv.csv", size=len(content), content=[content])
    imports.confirm(sent, by=town.bob, columns=sent.columns, whole=True, dated=None)
    back, was = other.assets.get(), Asset.objects.get(council_id="A1", register=town.register)
    for field in ("name", "council_id", *listed):
        assert getattr(back, field) == getattr(was, field), field
    assert (back.latitude, back.longitude) == (pytest.approx(was.latitude), pytest.approx(was.longitude))
    assert back.owner == "Redcar and Cleveland Borough Council"


def test_map_files_hold_every_asset_with_a_place(client, take_in):
    take_in()
    assert len(json.loads(client.get(f"{REGISTER}?format=geojson").content)["features"]) == 3
    parquet = pq.read_table(io.BytesIO(client.get(f"{REGISTER}?format=parquet").content))
    assert parquet.num_rows == 3
    assert b"geo" in parquet.schema.metadata


@pytest.mark.slow
def test_feeds_and_calendars_tell_what_changed_to_whoever_asks(client, take_in, town):
    take_in()
    take_in(SECOND)
    library = Asset.objects.get(council_id="A1")
    for address in (
        f"{REGISTER}news.atom",
        f"{HOME}news.atom?district=E06000003",
        f"{HOME}assets/{library.pk}/news.atom",
    ):
        feed = ET.fromstring(client.get(address).content)
        titles = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
        assert "Old Library: Use: Library → Art school" in titles
        ids = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}id")]
        assert len(ids) == len(set(ids))
    assets.change(
        library, by=town.bob, reason="Listed", values={"decision": "listed", "listed_until": "2031-02-01"}
    )
    for address in (f"{REGISTER}dates.ics", f"{HOME}assets/{library.pk}/dates.ics"):
        told = client.get(address).content.decode().replace("\r\n ", "")
        assert "DTSTART;VALUE=DATE:20310201" in told
        assert "Old Library: Last day of the listing" in told


@pytest.mark.slow
def test_letters_go_only_to_those_who_confirmed_once_for_all_that_changed_and_stop_at_a_press(
    client, take_in, town, django_capture_on_commit_callbacks
):
    take_in()
    address = f"{HOME}follow/?register=redcar-property"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"email": "Ned@Example.org"})
        client.post(address, {"email": "ned@example.org"})
    (letter,) = mail.outbox
    confirm = letter.body.split("To say yes: ")[1].split()[0].removeprefix("http://127.0.0.1")
    assert Follow.objects.get().confirmed_at is None
    assert "Yes, write to me" in page(client, confirm)
    assert Follow.objects.get().confirmed_at is None
    client.post(confirm)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        take_in(SECOND)
    assert worker.work_once("one")
    (news,) = mail.outbox
    assert news.to == ["ned@example.org"]
    assert "Old Library: Use: Library → Art school" in news.body
    stop = news.body.split("To stop these letters: ")[1].split()[0].removeprefix("http://127.0.0.1")
    client.post(stop)
    assert not Follow.objects.exists()
    assert "does not work any more" in page(client, stop, 404)


def test_what_the_page_says_is_the_same_whether_or_not_somebody_follows_and_few_letters_go_to_one_address(
    client, take_in, django_capture_on_commit_callbacks
):
    take_in()
    with django_capture_on_commit_callbacks(execute=True):
        told = {
            client.post(f"{HOME}follow/?asset={one.pk}", {"email": "x@example.org"})
            .content.decode()
            .replace(one.name, "")
            for one in Asset.objects.all()
        }
        client.post(f"{HOME}follow/?register=redcar-property", {"email": "x@example.org"})
    assert len(told) == 1 or all("Look in your letters" in one for one in told)
    assert len(mail.outbox) == 3
    for hours, letters in ((2, 3), (23, 3), (25, 6)):  # the same three asked for again
        cache.clear()  # what one network may ask for is another limit
        Follow.objects.update(asked_at=timezone.now() - timedelta(hours=hours))
        with django_capture_on_commit_callbacks(execute=True):
            for one in Asset.objects.all():
                client.post(f"{HOME}follow/?asset={one.pk}", {"email": "x@example.org"})
        assert len(mail.outbox) == letters


def test_news_that_cannot_be_sent_is_told_with_the_next_letters(client, take_in, monkeypatch):
    def broken(self, fail_silently=False):
        raise ConnectionRefusedError

    take_in()
    Follow.objects.create(
        email="ned@example.org", register=Register.objects.get(), confirmed_at=timezone.now(),
        told_until=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", broken)
        assert following.write_letters() == 0
    assert [following.write_letters() for _ in range(2)] == [1, 0]


def test_a_register_that_is_not_published_is_seen_by_its_people_only(client, town, take_in):
    take_in()
    town.register.published_at = None
    town.register.save()
    assert client.get(REGISTER).status_code == 404
    assert "Old Library" not in page(client, HOME)
    client.force_login(town.bob)
    told = page(client, REGISTER)
    assert "Not published" in told
    assert "3 assets" in told


@pytest.mark.slow
def test_the_eleventh_letter_in_an_hour_from_one_network_is_refused(client, take_in):
    cache.clear()
    take_in()
    for n in range(11):
        answer = client.post(f"{HOME}follow/?register=redcar-property", {"email": f"{n}@example.org"})
        assert answer.status_code == (200 if n < 10 else 400)
    assert "in the last hour" in answer.content.decode()
    assert Follow.objects.count() == 10
    cache.clear()


@pytest.mark.slow
def test_an_officer_changes_an_asset_by_hand_and_what_was_not_touched_stays(client, take_in, town):
    take_in()
    library = Asset.objects.get(council_id="A1")
    client.force_login(town.bob)
    where = f"{HOME}assets/{library.pk}/change/"
    held = {
        name: "" if one is None else one for name, one in client.get(where).context["form"].initial.items()
    }
    assert client.post(where, {**held, "reason": "Nothing"}).status_code == 302
    assert not library.changes.exclude(field="added").exists()
    for field, wrong in {
        "latitude": "95",
        "longitude": "",
        "valued_on": "31/31/2025",
        "value_pence": "lots",
    }.items():
        assert client.post(where, {**held, "reason": "Wrong", field: wrong}).status_code == 400
    assert client.post(where, {**held, "condition": "Poor", "reason": ""}).status_code == 400
    told = {**held, "condition": "Poor", "latitude": "54.6", "longitude": "-1.05", "reason": "We went there"}
    assert client.post(where, told).status_code == 302
    library.refresh_from_db()
    assert (library.condition, library.latitude, library.located_by) == ("Poor", 54.6, "officer")
    assert {one.reason for one in library.changes.exclude(field="added")} == {"We went there"}
    shown = page(client, f"{HOME}assets/{library.pk}/")
    assert "Condition: nothing → Poor" in shown
    assert "An officer marked the place" in shown


def test_people_are_given_a_role_by_their_address_and_it_is_taken_back(client, town):
    client.force_login(town.bob)
    where = f"{REGISTER}office/people/"
    assert client.post(where, {"email": "rita@example.org", "role": "moderator"}).status_code == 302
    assert "Rita" in page(client, where)
    assert client.post(where, {"email": "nobody@example.org", "role": "moderator"}).status_code == 400
    given = town.register.roles.get(user=town.rita)
    client.post(f"{where}{given.pk}/take/")
    assert "Rita" not in page(client, where)


def test_what_a_list_changed_is_told_in_one_line_for_each_change(client, town, take_in):
    take_in()
    done = take_in(SECOND)
    client.force_login(town.bob)
    told = page(client, f"{REGISTER}office/lists/{done.pk}/")
    assert "Town Hall</a>: State: Held in public → No longer on the list" in told
    assert "Since: nothing" not in told


def test_the_districts_add_up_to_all_that_was_found(client, take_in):
    take_in()
    Asset.objects.filter(name="Town Hall").update(district_code="")
    Asset.objects.filter(name="Old Library").update(district_code="E07000062")
    body = page(client, REGISTER)
    assert ">Hastings</a>: 1" in body
    assert "<li>Not known: 1</li>" in body


def test_a_place_that_nobody_nominated_has_no_case_to_show_yet(client, take_in):
    take_in()
    library = Asset.objects.get(name="Old Library")
    assert "Work out every date if a group nominates it" in page(client, f"{HOME}assets/{library.pk}/")
    Asset.objects.filter(pk=library.pk).update(nominated_on=date(2026, 1, 12), decision="waiting")
    assert "See every date of its case" in page(client, f"{HOME}assets/{library.pk}/")


@pytest.mark.shared
@pytest.mark.slow
def test_the_real_list_of_lancashire_is_on_the_map_and_every_asset_has_its_region(client, make_user, shared):
    ada = make_user("ada", "officer", LANCASHIRE)
    made = registers.set_up(
        by=ada, title="Lancashire", body="Lancashire County Council", place_code=LANCASHIRE, keeper="council"
    )
    registers.publish(made, by=ada)
    path = shared / "data/property/lancashire_property_assets.json"
    with path.open("rb") as file:
        pieces, size = iter(lambda: file.read(65536), b""), path.stat().st_size
        sent = imports.send(made, by=ada, name=path.name, size=size, content=pieces)
    imports.confirm(sent, by=ada, columns=sent.columns, whole=True, dated=None)
    assert worker.work_once("one")
    sent = ListImport.objects.get(pk=sent.pk)
    assert sent.counts["new"] == 1219
    assert Asset.objects.filter(register=made).exclude(latitude=None).count() > 1100
    assert Asset.objects.filter(register=made, region_code="E12000002").count() == 1219
    named = 924  # the list names no district for the other 295, and without postcodes nobody can tell
    assert Asset.objects.filter(register=made).exclude(district_code="").count() == named
    assert "1,219 assets" in page(client, f"{HOME}lancashire/")
