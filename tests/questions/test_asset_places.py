"""Where each asset of a list is, and which district: by the first rule that knows, and never by a guess."""

import zipfile

import pytest

from fairground.errors import DataProblem, NotFound
from fairground.questions.wealth.asset_places import locate
from fairground.sources.asset_lists import Asset, read

REDCAR, STOKE, LANCASHIRE = "E06000003", "E06000021", "E10000017"
HUT = (-1.0727, 54.617)  # 460000, 525000


def code_point(*rows):
    """Return a table of Code-Point Open: postcode, quality, metres, codes (the district is the ninth)."""
    return "".join(
        f'"{name}",{quality},{east},{north},"E92000001","","","","{district}",""\n'
        for name, quality, east, north, district in rows
    )


@pytest.fixture
def postcodes(tmp_path):
    path = tmp_path / "codepo.csv"
    path.write_text(
        code_point(
            ("TS101AA", 10, 460000, 525000, REDCAR),
            ("TS10 1AB", 10, 460100, 525000, REDCAR),
            ("TS10 1AC", 10, 460200, 525100, REDCAR),
            ("TS10 9ZZ", 90, 0, 0, REDCAR),
            ("ST4 1HH", 10, 388000, 345000, STOKE),
        ),
        "utf-8",
    )
    return path


def one(said, spot=(None, None), *, home=REDCAR, **files):
    return locate([Asset(2, said, *spot)], home=home, **files)[0]


def test_a_whole_postcode_gives_the_place_the_district_and_the_region_and_says_that_it_is_rough(postcodes):
    spot = one({"postcode": "ST4 1HH"}, postcodes=[postcodes])
    assert (spot.by, spot.metres) == ("postcode", 100)
    assert (spot.latitude, spot.longitude) == (pytest.approx(53.0, abs=0.01), pytest.approx(-2.18, abs=0.01))
    assert (spot.district, spot.district_by, spot.region) == (STOKE, "postcode", "E12000005")


def test_half_a_postcode_and_one_without_a_place_give_nothing(postcodes):
    for text in ("TS10", "TS10 9ZZ", "TS10 8XX"):
        spot = one({"postcode": text}, postcodes=[postcodes], home=LANCASHIRE)
        assert (spot.by, spot.district, spot.region) == ("", "", "E12000002")


def test_the_lists_own_place_comes_first_and_its_neighbours_tell_the_district(postcodes):
    said = {"postcode": "ST4 1HH", "longitude": "-1.0727", "latitude": "54.6170"}
    spot = one(said, HUT, home=STOKE, postcodes=[postcodes])
    assert (spot.by, spot.latitude, spot.district_by) == ("degrees", 54.617, "postcode")
    near = one({"name": "Hut"}, HUT, home=STOKE, postcodes=[postcodes])
    assert (near.district, near.district_by) == (REDCAR, "near")


def test_neighbours_that_disagree_or_are_far_away_tell_nothing(postcodes, tmp_path):
    mixed = tmp_path / "mixed.csv"
    rows = [(f"TS10 1A{n}", 10, 460000 + n, 525000, code) for n, code in enumerate((REDCAR, STOKE, REDCAR))]
    mixed.write_text(code_point(*rows), "utf-8")
    assert one({"name": "Hut"}, HUT, home=LANCASHIRE, postcodes=[mixed]).district == ""
    far = one({"name": "Hut"}, (-1.0727, 54.66), home=LANCASHIRE, postcodes=[postcodes])
    assert far.district == ""


def test_the_district_that_a_list_names_counts_before_the_bodys_own_area():
    spot = one({"name": "Hut", "district": "Chorley"}, home=LANCASHIRE)
    assert (spot.district, spot.district_by) == ("E07000118", "list")
    assert one({"name": "Hut", "district": "Nowhere at all"}, home=LANCASHIRE).district == ""
    assert one({"name": "Hut"}).district_by == "body"


def test_metres_of_the_grid_say_how_far_they_may_be_off():
    said = {"easting": "460000", "northing": "525000"}
    for doubt, metres in ((0.1, 1), (2.0, 2)):
        spot = locate([Asset(2, said, *HUT, doubt)], home=REDCAR)[0]
        assert (spot.by, spot.metres) == ("grid", metres)


def test_a_list_on_the_grid_lies_where_ordnance_survey_says(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Name,Easting,Northing\nSt Mary's,91492.146,11318.804\n", "utf-8")
    spot = locate(read(path).assets, home="Isles of Scilly")[0]
    assert (spot.longitude, spot.latitude) == pytest.approx((-6.29977752, 49.92226394), abs=2e-8)
    assert (spot.by, spot.metres) == ("grid", 1)


def test_a_uprn_is_found_in_the_national_file_without_holding_it(tmp_path):
    file = tmp_path / "osopenuprn.csv"
    rows = "".join(f"{n},460000,525000,54.6{n % 10},-1.0{n % 10}\n" for n in range(100_000, 140_000))
    file.write_text("UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE\n" + rows, "utf-8")
    spot = one({"uprn": "120003"}, uprns=[file])
    assert (spot.by, spot.latitude, spot.longitude) == ("uprn", 54.63, -1.03)
    assert one({"uprn": "999"}, uprns=[file]).by == ""


def test_the_zip_of_code_point_open_is_read_table_by_table(tmp_path, postcodes):
    path = tmp_path / "codepo_gb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/CSV/ts.csv", postcodes.read_text("utf-8"))
        archive.writestr("Doc/readme.txt", "about")
    assert one({"postcode": "TS10 1AA"}, postcodes=[path]).district_by == "postcode"


@pytest.mark.parametrize("kind", ["postcodes", "uprns"])
def test_a_broken_file_is_named(tmp_path, kind):
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04 no zip")
    said = {"postcode": "TS10 1AA", "uprn": "100"}
    with pytest.raises(DataProblem, match=r"broken\.zip"):
        one(said, **{kind: [path]})


def test_a_body_of_no_known_place_is_refused():
    with pytest.raises(NotFound):
        one({"name": "Hut"}, home="Atlantis")
