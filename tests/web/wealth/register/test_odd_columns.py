"""A list of an odd shape in the office: its columns are named by hand, and what was not read is shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairground.web.wealth.register.models import Asset
from tests.web.wealth.register.test_pages import REGISTER, page
from tests.workbooks import xlsx

pytestmark = pytest.mark.django_db


def test_a_list_whose_headings_nobody_knows_is_named_by_the_officer_and_one_without_names_is_refused(
    client, town
):
    client.force_login(town.bob)
    file = SimpleUploadedFile("a.csv", b"Our list\nThing,Whereabouts,Who\nHall,Church Lane,PC\n")
    sent = client.post(f"{REGISTER}office/lists/", {"file": file}).url
    assert "We could not tell which column" in page(client, sent)
    told = client.post(sent, {"column-2": "owner", "whole": "yes"})
    assert (told.status_code, "Choose the column that has the name" in told.content.decode()) == (400, True)
    assert client.post(sent, {"column-0": "name", "column-1": "address", "whole": "yes"}).url == sent
    assert [(one.name, one.address, one.row) for one in Asset.objects.all()] == [("Hall", "Church Lane", 3)]


def test_rows_that_are_no_assets_and_sheets_that_were_not_read_are_shown_to_the_officer(client, town):
    client.force_login(town.bob)
    heads = ["UPRN", "Asset Name", "Postcode"]
    rows = [heads, ["100000000101", "Hall", "TS10 1AA"], ["", "CAR PARKS", ""], ["Total", "1", ""]]
    book = xlsx({"Land": rows, "Garages": [["Site", "Ward"], ["Hill", "Castle"]]})
    sent = client.post(f"{REGISTER}office/lists/", {"file": SimpleUploadedFile("a.xlsx", book)}).url
    assert "We did not read “Garages”: this sheet has other headings" in page(client, sent)
    client.post(sent, {"column-0": "uprn", "column-1": "name", "column-2": "postcode", "whole": "yes"})
    told = page(client, sent)
    assert "3 rows were read, 1 kept" in told
    assert "CAR PARKS" in told
    assert "The row is a total of other rows: left out" in told
    assert Asset.objects.get().name == "Hall"


def test_the_officer_reads_how_many_have_a_place_and_what_gives_the_others_one(client, town):
    client.force_login(town.bob)
    text = b"Asset Name,Postcode,Easting,Northing\nHall,TS10 1AA,525000,460000\nLido,TS10 1AB,,\n"
    sent = client.post(f"{REGISTER}office/lists/", {"file": SimpleUploadedFile("a.csv", text)}).url
    columns = dict(enumerate(("name", "postcode", "easting", "northing")))
    client.post(sent, {f"column-{n}": field for n, field in columns.items()} | {"whole": "yes"})
    told = page(client, sent)
    assert "1 of 2 have a place on the map" in told
    assert "the two columns that say where may be the wrong way round" in told
    assert "once the person who runs this site adds the files for it" in told
