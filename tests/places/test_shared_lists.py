"""Our register against the published lists that it comes from."""

import csv

import pytest

from fairground import places
from fairground.places import ledger

pytestmark = pytest.mark.shared
COUNCILS = "data/places/uk_local_authorities_current.csv"
NOT_COUNCILS = {"COMB", "SRA"}


def _read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def councils(shared):
    return [row for row in _read(shared / COUNCILS) if row["nation"] == "England"]


def _corrected(field):
    return {code for c in places.corrections() if c.field == field for code in c.code.split()}


def _now(code):
    found = places.descendants(code)
    return found[0] if len(found) == 1 else code


def test_every_current_english_authority_is_there_unless_we_say_why_not(councils):
    ours = places.at().codes()
    ended_by_us = _corrected("end")
    current = [row["gss-code"] for row in councils if row["current-authority"] == "True"]
    assert [code for code in current if _now(code) not in ours and code not in ended_by_us] == []


def test_every_ended_english_authority_is_there_with_its_successors(councils):
    by_key = {row["local-authority-code"]: row["gss-code"] for row in councils}
    for row in councils:
        if row["replaced-by"] and row["current-authority"] == "False":
            given = {by_key[key.strip()] for key in row["replaced-by"].split(",")}
            assert given <= {change.new_code for change in places.successors(row["gss-code"])}, row


def test_former_codes_find_the_present_place(councils):
    for row in councils:
        if row["former-gss-codes"] and row["local-authority-type"] not in NOT_COUNCILS:
            assert places.get(row["former-gss-codes"]).code == row["gss-code"]


def test_regions_agree_with_the_list_except_where_corrected(councils):
    for row in councils:
        place = ledger.every().get(row["gss-code"])
        if place is None or not row["region"] or not place.region:
            continue
        if row["gss-code"] not in _corrected("region"):
            assert places.get(place.region).name == row["region"], row


def test_tiers_and_counties_agree_with_the_government_list(shared):
    """The list still has the county codes of North Yorkshire and Somerset, which are unitary since 2023."""
    expected = {"1": {"county"}, "2": {"non-metropolitan"}, "3": {"unitary", "metropolitan", "london"}}
    rows = [row for row in _read(shared / "data/places/local_authorities_tiers.csv") if row["gss"]]
    by_id = {row["id"]: row["gss"] for row in rows}
    english = [row for row in rows if row["country_name"] == "England"]
    assert len(english) == 296 + 21
    for row in english:
        place = places.get(_now(row["gss"]))
        assert place.county == by_id.get(row["parent_local_authority_id"], ""), row
        assert place.tier in expected[row["tier_id"]], row


def test_population_and_region_agree_with_the_district_panel(shared):
    for row in _read(shared / "research/data/lad_panel_england.csv"):
        place = places.get(row["area_code"])
        assert (place.population, place.region) == (int(row["population_2022"]), row["region_code"]), row
