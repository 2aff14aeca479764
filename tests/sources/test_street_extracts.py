"""Street maps by place: every district of England has one, by its county."""

import pytest
from click.testing import CliRunner

from fairground import places
from fairground.cli import fairground
from fairground.errors import BadInput, NotFound
from fairground.sources.street_extracts import extract_of
from fairground.tables import toml


def test_every_district_of_england_has_an_extract():
    found = {
        place.slug: extract_of(place.code).name for place in places.children("E92000001", kind="district")
    }
    assert len(found) == 296
    assert len(set(found.values())) > 40


def test_no_district_is_named_for_two_extracts_and_each_name_is_one():
    table = toml("fairground.sources", "street_extracts.toml")["districts"]
    named = [slug for slugs in table.values() for slug in slugs]
    assert len(named) == len(set(named))
    known = {place.slug for place in places.children("E92000001", kind="district")}
    assert set(named) <= known


@pytest.mark.parametrize(
    ("place", "area"),
    [("Trafford", "greater-manchester"), ("Camden", "greater-london"), ("Canterbury", "kent"),
     ("Kent", "kent"), ("Rutland", "rutland"), ("London", "greater-london"), ("England", "england")],
)  # fmt: skip
def test_a_place_gets_its_countys_extract_with_the_checksum_beside_it(place, area):
    found = extract_of(place)
    assert found.name == f"{area}-latest.osm.pbf"
    assert found.companion == f"{found.address}.md5"


def test_a_region_has_no_extract():
    with pytest.raises(NotFound):
        extract_of("North West")


def test_streets_need_a_place_and_only_streets_do():
    for words in (["streets"], ["mhclg-iod-2025-lsoa", "--place", "trafford"]):
        assert isinstance(CliRunner().invoke(fairground, ["data", "get", *words]).exception, BadInput)
