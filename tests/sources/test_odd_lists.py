"""Council lists in the odd shapes that councils publish: each is read rightly, or says where it is wrong."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import DataProblem
from fairground.sources import asset_cells, asset_columns, asset_lists, asset_rows, asset_spread
from tests.workbooks import ods, xlsx

MERGED = [
    ["Example Borough Council: land and property at 31 March 2026", "", "", "", "", "", "", ""],
    ["Asset No.", "Property Name", "Address", "", "", "OS Grid", "", "Net Book Value £000"],
    ["", "", "Line 1", "Town", "Post Code", "E", "N", ""],
    ["001", "Mill Lane Library", "12 Mill Lane", "Hastings", "TN34 3AB", 582000, 109500, 1250],
    ["002", "Depot", "1 Park Road", "Hastings", "TN34 1", 582100, 109600, 75.5],
]


def written(folder, content, name="assets.csv"):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("write", [xlsx, ods])
def test_headings_in_two_rows_with_merged_cells_below_a_title_are_read_together(write, tmp_path):
    found = asset_lists.read(written(tmp_path, write({"Assets": MERGED}), "assets.xlsx"))
    library, depot = found.assets
    assert found.headings[2:5] == ("Address › Line 1", "Address › Town", "Address › Post Code")
    assert (library.row, library.said["street"], library.said["postcode"]) == (4, "12 Mill Lane", "TN34 3AB")
    assert (library.said["easting"], library.said["northing"]) == ("582000", "109500")
    assert (library.said["value"], depot.said["value"]) == ("1250000.00", "75500.00")
    assert depot.said["postcode"] == "TN34 1"
    assert not found.faults


def test_a_row_of_groups_above_the_headings_changes_nothing(tmp_path):
    groups = "Asset,,,Where,\nRef,Name,UPRN,Street,Postcode\nA1,Hall,100060001234,High St,TS10 1AA\n"
    (hall,) = asset_lists.read(written(tmp_path, groups)).assets
    assert hall.said == {
        "id": "A1", "name": "Hall", "uprn": "100060001234", "street": "High St", "postcode": "TS10 1AA",
    }  # fmt: skip


def test_titles_totals_notes_and_repeated_headings_within_a_list_are_left_out_and_listed(tmp_path):
    file = written(
        tmp_path,
        "Property,Address,Postcode,Tenure\nCAR PARKS,,,\nMill Lane Car Park,Mill Lane,TN34 3AB,Freehold\n"
        "LEISURE,,,\nPool,Bath St,TN34 1AB,Leasehold\nSub-total: 2,,,\nGrand Total,,,\n"
        "Property,Address,Postcode,Tenure\nLibrary,High St,TN34 1AC,Leasehold\nWar memorial,,,\n"
        "Total Fitness Gym,Hill St,TN34 1AD,Leasehold\nNotes: figures as at 1 April,,,\n",
    )
    found = asset_lists.read(file)
    kept = ["Mill Lane Car Park", "Pool", "Library", "War memorial", "Total Fitness Gym"]
    assert [asset.name for asset in found.assets] == kept
    assert [fault.row for fault in found.faults] == [2, 4, 6, 7, 8, 12]
    assert found.faults[0].value == "CAR PARKS"
    assert sum(found.dropped.values()) == 6
    assert found.quality.read == 11
    assert not found.mended


def test_a_list_in_capitals_throughout_loses_none_of_its_names(tmp_path):
    file = written(tmp_path, "NAME,ADDRESS,WARD\nHALL,HIGH ST,CASTLE\nWAR MEMORIAL,,\nPOOL,BATH ST,CASTLE\n")
    assert [asset.name for asset in asset_lists.read(file).assets] == ["HALL", "WAR MEMORIAL", "POOL"]


def test_sheets_with_the_same_headings_are_one_list_and_older_editions_and_hidden_sheets_are_not(tmp_path):
    heads = ["UPRN", "Asset Name", "Postcode"]
    land = [heads, *([f"10006000{n}", f"Field {n}", "TS10 1AA"] for n in range(4))]
    homes = [heads, ["100070001", "Hall", "nowhere"], ["100070002", "Pool", "TS10 1AB"]]
    sheets = {"Land": land, "Buildings": homes, "Last year": land[:3],
              "Gone": [heads, ["100080001", "Pier", ""]],
              "Garages": [["Site", "Ward"], ["Hill", "Castle"]]}  # fmt: skip
    found = asset_lists.read(written(tmp_path, xlsx(sheets, hidden=("Gone",)), "assets.xlsx"))
    assert found.sheet == "Land, Buildings"
    assert found.others == ("Last year", "Garages")
    assert [asset.name for asset in found.assets] == [*(f"Field {n}" for n in range(4)), "Hall", "Pool"]
    assert len({asset.row for asset in found.assets}) == 6
    assert [(fault.row, fault.field) for fault in found.faults] == [(2, "Postcode (sheet “Buildings”)")]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        ("utf-16", "\t"),
        ("utf-16-le", ","),
        ("utf-16-be", ";"),
        ("latin-1", ";"),
        ("cp1252", "\t"),
        ("utf-8", "|"),
    ],
)
def test_texts_of_any_encoding_and_separator_are_read_with_and_without_a_mark(encoding, separator, tmp_path):
    rows = [["Site Name", "Site Address", "Post Code", "Freehold/Leasehold"],
            ["Café Pavilion", '"The Green, Ashby; by the pond"', "TS10 1AA", "F/H"]]  # fmt: skip
    text = "\r\n".join(separator.join(row) for row in rows)
    (cafe,) = asset_lists.read(written(tmp_path, text.encode(encoding), "assets.txt")).assets
    assert cafe.said["name"] == "Café Pavilion"
    assert cafe.said["address"] == "The Green, Ashby; by the pond"
    assert cafe.said["tenure"] == "F/H"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Name of the building/land or both", "name"),
        ("Street number(s)", "number"),
        ("United Kingdom postcode", "postcode"),
        ("Map reference (Easting)", "easting"),
        ("Map Reference (OS)", "grid_reference"),
        ("Eastings/Northings", "grid_reference"),
        ("Freehold or Leasehold?", "tenure"),
        ("Owner / Custodian", "owner"),
        ("Area (hectares)", "area_size"),
        ("Gross Internal Area (m2)", "area_size"),
        ("Net Book Value (£000)", "value"),
        ("Valuation £'000s", "value"),
        ("Accession No.", "id"),
        ("Address › Post Code", "postcode"),
        ("Held for", "use"),
        ("Property Address 1", "street"),
        ("Asset Tenure", "tenure"),
        ("Site Postcode", "postcode"),
    ],
)
def test_a_heading_with_units_brackets_or_a_question_mark_is_known(heading, field):
    assert asset_columns.known(heading)[0][0] == field


def test_a_heading_of_nothing_but_opening_brackets_is_read_once_and_one_cut_short_is_known():
    assert asset_columns.known("(" * 50_000) == []
    assert asset_columns.known("Sites (UPRN")[0][0] == "uprn"


@pytest.mark.parametrize(
    "text",
    [
        f"{'x' * 100_000}\nName,Address,{'a,' * 100_000}\nHall,High St\n",
        json.dumps([{"name": "Hall", f"key {n}": 1} for n in range(20_000)]),
    ],
    ids=["csv", "json"],
)
def test_a_table_far_too_wide_is_refused_before_it_fills_the_memory(text, tmp_path):
    with pytest.raises(DataProblem, match=r"too wide.*up to 1,000 columns"):
        asset_lists.read(written(tmp_path, text))


@pytest.mark.parametrize(
    "text", ["Name,Address\n{}Ha\0ll,High St\n", '{}[{{"name": "Ha\\u0000ll", "address": "1"}}]']
)
def test_a_nul_in_a_list_is_passed_over(text, tmp_path):
    (hall,) = asset_lists.read(written(tmp_path, text.format("\n" * 5000))).assets
    assert hall.name == "Hall"


def test_a_long_title_over_many_columns_is_not_written_out_for_each(tmp_path):
    wide = f"{'x' * 100_000}\nName,Address,{'a,' * 900}\nHall,High St\n"
    assert [asset.name for asset in asset_lists.read(written(tmp_path, wide)).assets] == ["Hall"]
    assert max(map(len, asset_rows._joined(["x" * 100_000], ["a"] * 900))) < 200


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("582100 / 109600", ("582100", "109600")),
        ("E582200 N109700", ("582200", "109700")),
        ("Easting: 582200, Northing: 109700", ("582200", "109700")),
        ("582200.5,109700.25", ("582200", "109700")),
    ],
)
def test_an_easting_and_a_northing_in_one_cell_are_read(text, found):
    assert asset_cells.spot(text) == dict(zip(("easting", "northing"), found, strict=True))


def test_places_in_one_column_are_known_by_what_is_in_them_too(tmp_path):
    file = written(
        tmp_path, 'Name,Address,Where\nHall,High St,"582100, 109600"\nPool,Bath St,582200 109700\n'
    )
    assert [round(asset.latitude, 2) for asset in asset_lists.read(file).assets] == [50.86, 50.86]


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("latitude", "50.85 N", "50.85"),
        ("longitude", "1° 4' 12\" W", "-1.07"),
        ("longitude", "1.07°W", "-1.07"),
        ("grid_reference", "+54.617-001.0727/", "+54.617-001.0727/"),
        ("postcode", "ts10 1aa.", "TS10 1AA"),
        ("uprn", "100,011,012,345", "100011012345"),
        ("uprn", "'100011012345", "100011012345"),
        ("postcode", "TS10 1", "TS10 1"),
        ("valued_on", "45016", "2023-03-31"),
        ("valued_on", "45016.5", "2023-03-31"),
        ("value", "£1.2m", "1200000.00"),
        ("value", "£750k", "750000.00"),
        ("value", "1.5 million", "1500000.00"),
        ("value", "Nil", "0.00"),
    ],
)
def test_cells_in_the_ways_that_councils_write_them_are_read(field, cell, value):
    assert asset_cells.checked(field, "x", cell).value == value


def test_iso_6709_gives_a_latitude_and_a_longitude():
    assert asset_cells.spot("+54.617-001.0727/") == {"longitude": "-1.0727", "latitude": "54.617"}


@pytest.mark.parametrize(
    ("field", "cell"),
    [("value", "£1,5"), ("value", "£"), ("value", "£1.2x"), ("value", "£1-2m"), ("value", "1.2.3m"),
     ("value", "100,000 to 200,000"), ("valued_on", "Mar-23"), ("valued_on", "99999"), ("valued_on", "1974"),
     ("postcode", "TS10 1AA or TS10 1AB")],
)  # fmt: skip
def test_what_cannot_be_told_is_left_empty_with_what_is_allowed(field, cell):
    told = asset_cells.checked(field, "x", cell)
    assert (told.value, bool(told.wrong), bool(told.allowed)) == ("", True, True)


@given(st.dates(date(1927, 5, 18), date(2099, 12, 30)))
def test_a_spreadsheets_number_of_a_day_is_that_day(day):
    number = (day - date(1899, 12, 30)).days
    assert asset_cells.checked("valued_on", "x", str(number)).value == day.isoformat()


def test_amounts_in_thousands_are_multiplied_once_even_where_a_cell_says_so_too():
    assert asset_cells.checked("value", "Value (£000)", "1,250").value == "1250000.00"
    assert asset_cells.checked("value", "Value (£000)", "£1.2m").value == "1200000.00"
    assert asset_cells.checked("value", "Value (£)", "1,250").value == "1250.00"


def test_a_list_whose_headings_nobody_knows_is_refused_or_left_to_a_person_to_name(tmp_path):
    file = written(tmp_path, "Our list\nThing,Whereabouts,Who\nHall,Church Lane,PC\nPool,Bath St,PC\n")
    with pytest.raises(DataProblem, match="No row of this file has headings"):
        asset_lists.read(file)
    found = asset_lists.read(file, anyhow=True)
    assert (found.heading_row, found.headings, found.columns) == (2, ("Thing", "Whereabouts", "Who"), ())
    told = asset_lists.read(file, {"name": "Thing", "address": "Whereabouts"})
    assert [asset.name for asset in told.assets] == ["Hall", "Pool"]


def test_a_letter_is_no_list_however_it_is_read(tmp_path):
    with pytest.raises(DataProblem, match="No row of this file has headings"):
        asset_lists.read(written(tmp_path, "Dear Sir\n\nPlease find attached\n"), anyhow=True)


def test_a_place_far_from_all_others_is_kept_and_pointed_out(tmp_path):
    rows = "".join(f"Hall {n},High St,{460000 + n * 100},525000\n" for n in range(12))
    file = written(tmp_path, f"Name,Address,Easting,Northing\n{rows}Pier,Sea St,160000,525000\n")
    found = asset_lists.read(file)
    assert len(found.assets) == 13
    (fault,) = found.faults
    assert (fault.row, fault.field) == (14, "place")
    assert "km from the middle" in fault.what


@given(st.lists(st.tuples(st.floats(-2, -1), st.floats(54, 55)), max_size=40))
def test_places_that_lie_within_a_county_are_never_pointed_out(spots):
    assert asset_spread.far_off(dict(enumerate(spots))) == {}


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=12))
def test_no_table_breaks_the_search_for_headings(rows):
    for anyhow in (False, True):
        found = asset_rows.headings(rows, anyhow=anyhow)
        assert found is None or 0 <= found.first <= found.last < len(rows)


def test_a_postcode_at_the_end_of_an_address_places_an_asset_whose_list_has_no_postcodes(tmp_path):
    file = written(
        tmp_path, 'Site,Full address inc postcode\nHall,"1 High St, ts101aa"\nPark,"TS10 2BB, Redcar"\n'
    )
    assert [asset.said.get("postcode") for asset in asset_lists.read(file).assets] == ["TS10 1AA", None]


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html><p>a,b</p>\n", "<?xml version='1.0'?>\n", "%PDF-1.7\n", "{\\rtf1 a,b\n"],
    ids=["page", "xml", "pdf", "rtf"],
)  # fmt: skip
def test_a_web_page_or_a_document_is_no_table_even_where_a_person_would_name_the_columns(start, tmp_path):
    with pytest.raises(DataProblem, match="not a table"):
        asset_lists.read(written(tmp_path, start + "one,two\n1,2\n3,4\n"), anyhow=True)


def test_a_list_of_100_000_rows_is_looked_at_row_by_row_only_where_a_row_may_be_no_asset():
    """Most rows are clear by their first cell and how many are filled: no more is asked of them."""
    heads = asset_rows.headings([["Name", "Address", "Postcode"], ["Hall", "High St", "TS10 1AA"]])
    assert not asset_rows.doubtful(["Hall", "High St", "TS10 1AA"], heads)
    for row in (["CAR PARKS", "", ""], ["Total", "3", ""], ["Name", "Address", "Postcode"], ["", "", ""]):
        assert asset_rows.doubtful(row, heads)


@pytest.mark.parametrize(
    ("heads", "row"),
    [("Name,X,Y", "Hall,-1.0727,54.617"), ("Name,Location", 'Hall,"54.6170, -1.0727"'),
     ("Name,Latitude/Longitude", 'Hall,"54.617,-1.0727"'), ("Name,X,Y", "Hall,460000,525000"),
     ("Name,Asset Easting,Asset Northing", 'Hall,"460,000","525,000"')],
    ids=["degrees called X and Y", "a location of degrees", "both in one", "metres", "with commas"],
)  # fmt: skip
def test_a_place_is_found_by_what_is_in_its_columns_where_the_heading_may_mean_two_things(
    heads, row, tmp_path
):
    (hall,) = asset_lists.read(written(tmp_path, f"{heads}\n{row}\n")).assets
    assert (round(hall.longitude, 2), round(hall.latitude, 2)) == (-1.07, 54.62)
