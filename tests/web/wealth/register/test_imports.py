"""A list is taken in whole, again, and undone as if it had never been; what is wrong with it is said."""

import io
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from fairground.errors import BadInput
from fairground.web.audit.actions import verify
from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.register import example_lists as lists
from fairground.web.wealth.register.actions import imports, taking_in
from fairground.web.wealth.register.models import Asset, AssetChange, Layout, ListImport, Stage
from tests.web.wealth.register.conftest import FIRST, SECOND

pytestmark = pytest.mark.django_db


def picture():
    """Return every asset as a person sees it, without what undoing must add."""
    names = [f.attname for f in Asset._meta.concrete_fields if f.attname not in ("hidden_at",)]
    shown = Asset.objects.filter(hidden_at=None).order_by("council_id")
    return [{name: getattr(one, name) for name in names} for one in shown]


def test_a_list_is_on_the_register_with_its_places_and_values(take_in):
    done = take_in()
    assert (done.stage, done.counts["new"]) == (Stage.DONE, 3)
    library = Asset.objects.get(council_id="A1")
    assert (library.name, library.kind, library.tenure) == ("Old Library", "building", "freehold")
    assert (library.value_pence, str(library.valued_on)) == (25_000_000, "2025-03-31")
    assert library.latitude == pytest.approx(54.616, abs=0.01)
    assert (library.located_by, library.error_metres >= 1) == ("grid", True)
    assert (library.district_code, library.district_by) == ("E06000003", "body")
    assert library.region_code == "E12000001"
    assert Asset.objects.get(council_id="A2").kind == "land"
    assert not done.path.exists()


def test_a_second_list_changes_only_what_it_says_anew_and_deletes_nothing(take_in):
    take_in()
    done = take_in(SECOND)
    assert done.counts == {"new": 1, "changed": 1, "same": 1, "gone": 1, "back": 0}
    library, hall = Asset.objects.get(council_id="A1"), Asset.objects.get(council_id="A3")
    assert (library.use, library.value_pence) == ("Art school", 30_000_000)
    assert hall.state == "off-the-list"
    changed = AssetChange.objects.filter(list_import=done, asset=library).exclude(field="said")
    assert {(one.field, one.old, one.new) for one in changed} == {
        ("use", "Library", "Art school"),
        ("value_pence", 25_000_000, 30_000_000),
        ("valued_on", "2025-03-31", "2026-03-31"),
    }


@pytest.mark.slow
def test_undoing_the_second_list_leaves_the_register_as_it_was(take_in, town):
    take_in()
    before = picture()
    done = take_in(SECOND)
    assert picture() != before
    taking_in.undo(done, by=town.bob, reason="The wrong year")
    assert picture() == before
    done.refresh_from_db()
    assert (done.stage, done.undone_because) == (Stage.UNDONE, "The wrong year")
    assert Asset.objects.get(council_id="A4").hidden_at is not None
    assert AuditEvent.objects.get(action="register.list.undo").facts["reason"] == "The wrong year"
    assert verify()[1] is None


@pytest.mark.slow
def test_undoing_lists_one_by_one_leads_back_to_nothing_and_taking_in_again_brings_the_same_assets(
    take_in, town
):
    first = take_in()
    known = set(Asset.objects.values_list("pk", flat=True))
    second = take_in(SECOND)
    with pytest.raises(BadInput, match="newer list rests on this one"):
        taking_in.undo(first, by=town.bob, reason="Wrong")
    taking_in.undo(second, by=town.bob, reason="Wrong")
    taking_in.undo(first, by=town.bob, reason="Wrong")
    assert picture() == []
    again = take_in(FIRST)
    assert again.counts["back"] == 3
    assert set(Asset.objects.filter(hidden_at=None).values_list("pk", flat=True)) == known


@pytest.mark.slow
def test_what_an_officer_wrote_by_hand_stays_while_the_list_says_the_same(take_in, town):
    from fairground.web.wealth.register.actions import assets

    take_in()
    library = Asset.objects.get(council_id="A1")
    assets.change(
        library, by=town.bob, reason="We looked", values={"condition": "Good", "name": "The Old Library"}
    )
    done = take_in(SECOND)
    library.refresh_from_db()
    assert (library.name, library.condition) == ("The Old Library", "Good")
    taking_in.undo(done, by=town.bob, reason="Wrong")
    library.refresh_from_db()
    assert (library.name, library.condition, library.use) == ("The Old Library", "Good", "Library")


def test_a_part_of_a_list_says_nothing_about_the_rest(take_in):
    take_in()
    done = take_in(SECOND, whole=False)
    assert done.counts["gone"] == 0
    assert Asset.objects.get(council_id="A3").state == "held"


def test_columns_that_an_officer_changed_are_remembered_for_the_next_list_of_that_layout(take_in, town):
    text = "Premises,Asset Name,Postcode\nOld Library,L-17,TS10 1AA\n"
    take_in(text, columns={"name": "Premises", "id": "Asset Name", "postcode": ""})
    one = Asset.objects.get()
    assert (one.name, one.council_id, one.postcode) == ("Old Library", "L-17", "")
    assert Layout.objects.get().columns["name"] == "Premises"
    done = take_in(text + "Pier,L-18,TS10 2BB\n")
    assert done.columns == {"name": "Premises", "id": "Asset Name", "postcode": ""}
    assert done.counts["new"] == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("assets.docx", b"x", "This kind of file is no list"),
        ("assets.csv", b"", "empty"),
        ("assets.csv", b"one\n1\n", "No row of this file has headings"),
        ("assets.xlsx", b"PK\x03\x04 not a workbook", "spreadsheet"),
        ("assets.json", b"{not json", "not well-formed JSON"),
    ],
    ids=["kind", "empty", "headings", "workbook", "json"],
)
def test_a_file_that_is_no_list_is_refused_and_not_kept(take_in, name, content, told, files):
    with pytest.raises(BadInput, match=told):
        take_in(content, name=name)
    assert not ListImport.objects.exists()
    assert list((files / "files").rglob("*.*")) == []


def test_a_file_of_200_megabytes_is_refused_without_being_read(town):
    def content():
        raise AssertionError("it was read")
        yield b""

    with pytest.raises(BadInput, match=r"too large.*200 MB"):
        imports.send(town.register, by=town.bob, name="a.csv", size=200_000_000, content=content())


def test_a_file_that_is_larger_than_it_says_is_stopped_on_the_way(town, files):
    with pytest.raises(BadInput, match="too large"):
        imports.send(
            town.register, by=town.bob, name="a.csv", size=10, content=(b"x" * 1_000_000 for _ in range(200))
        )
    assert list((files / "files").rglob("*.csv")) == []


def test_wrong_cells_are_left_empty_and_listed_by_row_and_nothing_else_is_lost(take_in):
    text = (
        "Asset ID,Asset Name,Postcode,Easting,Northing,Value,Valuation Date\n"
        "B1,Hall,TS10 1AA,9999999,525000,about a lot,31/02/2025\n"
        "B2,Lido,TS10 1AB,460000,525000,1200.50,2025-02-28\n"
        ",,,,,,\n"
        ",,,460000,525000,,\n"
    )
    done = take_in(text.encode("cp1252"))
    hall = Asset.objects.get(council_id="B1")
    assert (hall.latitude, hall.value_pence, hall.valued_on) == (None, None, None)
    assert Asset.objects.get(council_id="B2").value_pence == 120_050
    assert [(f["row"], f["field"], f["value"]) for f in done.faults] == [
        (2, "Easting", "9999999"),
        (2, "Value", "about a lot"),
        (2, "Valuation Date", "31/02/2025"),
    ]
    assert done.quality["dropped"] == {"The row does not say what or where the asset is": 1}


@pytest.mark.slow
def test_the_very_same_file_is_not_taken_in_twice_until_it_is_undone(take_in, town):
    done = take_in()
    with pytest.raises(BadInput, match="This very file was taken in on"):
        take_in()
    taking_in.undo(done, by=town.bob, reason="Wrong")
    assert take_in().counts["back"] == 3


def test_a_list_that_cannot_be_taken_in_changes_nothing_and_says_why(town, take_in, monkeypatch):
    def broken(*_, **__):
        raise BadInput("The row cannot be", "Name", "x", row=7)

    monkeypatch.setattr(imports.bridge, "read", broken)
    done = take_in()
    assert done.stage == Stage.FAILED
    assert "row 7" in done.problem
    assert not Asset.objects.exists()


def test_a_large_list_is_taken_in_behind_the_page(take_in, monkeypatch):
    from fairground.web.jobs import worker

    monkeypatch.setattr(imports, "AT_ONCE", 10)
    sent = take_in()
    assert sent.stage == Stage.ASKED
    assert worker.work_once("one")
    sent.refresh_from_db()
    assert (sent.stage, sent.counts["new"]) == (Stage.DONE, 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_whatever_a_second_list_changes_undoing_it_leaves_the_register_as_it_was(take_in, town, seed):
    """A law: rows dropped, changed, renamed, doubled, without numbers, and columns that are not there."""
    dice, rows = random.Random(seed), lists.made(lists.REDCAR, 40, seed=seed)
    take_in(lists.as_csv(lists.REDCAR, rows, 2025))
    before = picture()
    altered = [
        replace(one, **dice.choice(({}, {}, {"use": "Museum"}, {"number": "", "uprn": ""}, {"name": "Anew"},
                                    {"latitude": None, "longitude": None}, {"postcode": "TS1 1CC"})))
        for one in rows if dice.random() > 0.2
    ]  # fmt: skip
    altered += dice.sample(altered, 3)
    if dice.random() < 0.5:
        name, content = "a.csv", lists.as_csv(lists.REDCAR, altered, 2026)
    else:
        name, content = "a.geojson", lists.as_geojson(lists.REDCAR, altered)
    done = take_in(content, name=name, whole=dice.random() < 0.7)
    assert done.stage == Stage.DONE
    assert picture() != before
    taking_in.undo(done, by=town.bob, reason="Wrong")
    assert picture() == before


def test_a_fault_of_ours_changes_nothing_and_the_list_can_be_sent_again(take_in, monkeypatch):
    def broken(*_):
        raise RuntimeError("ours")

    with monkeypatch.context() as held:
        held.setattr(imports, "take_in", broken)
        with pytest.raises(RuntimeError):
            take_in()
    assert ListImport.objects.get().stage == Stage.FAILED
    assert "on our side" in ListImport.objects.get().problem
    assert take_in().counts["new"] == 3


def test_a_list_that_hangs_can_be_dropped_after_an_hour_and_no_sooner(take_in, town, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    sent = take_in()
    with pytest.raises(BadInput, match="does not wait"):
        imports.drop(sent, by=town.bob)
    ListImport.objects.update(confirmed_at=timezone.now() - timedelta(hours=2))
    sent.refresh_from_db()
    assert imports.hangs(sent)
    imports.drop(sent, by=town.bob)
    assert ListImport.objects.get().stage == Stage.DROPPED


def test_lists_that_nobody_confirmed_are_forgotten_with_their_files(town, files):
    content = FIRST.encode()
    sent = imports.send(town.register, by=town.bob, name="a.csv", size=len(content), content=[content])
    assert sent.path.exists()
    assert imports.forget_old(timezone.now() - timedelta(days=30)) == 0
    assert imports.forget_old(timezone.now() + timedelta(days=1)) == 1
    assert not sent.path.exists()


def test_a_column_that_is_not_what_its_heading_says_is_left_out_and_the_reason_is_shown(town, client):
    text = b"Name,UPRN,Postcode\nOld Library,see map,TS10 1AA\nTown Hall,1.0E+10,TS10 3CC\n"
    sent = imports.send(town.register, by=town.bob, name="a.csv", size=len(text), content=io.BytesIO(text))
    client.force_login(town.bob)
    body = client.get(f"/wealth/property/register/redcar-property/office/lists/{sent.pk}/").content.decode()
    assert "but few of its cells can be that." in body
    assert body.count("but few of its cells can be that.") == 1


def test_all_that_a_list_changed_can_be_read_page_by_page(take_in, town, client, monkeypatch):
    monkeypatch.setattr("fairground.web.wealth.register.views.office.SHOWN", 2)
    take_in()
    done = take_in(SECOND)
    client.force_login(town.bob)
    where = f"/wealth/property/register/redcar-property/office/lists/{done.pk}/"
    body = client.get(where).content.decode()
    assert "What it changed: 4 changes, page 1 of 2" in body
    assert 'href="?page=2#changed"' in body
    assert "page 2 of 2" in client.get(f"{where}?page=2").content.decode()


def test_the_headline_of_a_register_counts_what_is_no_longer_listed_apart(take_in, client):
    take_in()
    take_in(SECOND)
    body = client.get("/wealth/property/register/redcar-property/").content.decode()
    assert "3 assets, 3 with a place on the map. 1 more is no longer on the list of its owner." in body
