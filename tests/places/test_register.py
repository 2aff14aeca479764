"""The register of places: who exists when, what lies in what, and how many people live there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.places import ledger

# Mid-2022 residents by region (ONS mid-year estimates, extract of 5 June 2024).
REGIONS = {
    "E12000001": (2_683_040, 12),
    "E12000002": (7_516_113, 35),
    "E12000003": (5_541_262, 15),
    "E12000004": (4_934_939, 35),
    "E12000005": (6_021_653, 30),
    "E12000006": (6_398_497, 45),
    "E12000007": (8_866_180, 33),
    "E12000008": (9_379_833, 64),
    "E12000009": (5_764_881, 27),
}
days = st.dates(date(2009, 4, 1), date(2026, 12, 31))


def _of_kind(register, kind):
    return [place for place in register.places if place.kind == kind]


@given(days)
def test_every_district_lies_in_exactly_one_region_on_every_day(day):
    register = places.at(day)
    inside = [child.code for code in REGIONS for child in register.children(code, kind="district")]
    assert sorted(inside) == sorted(place.code for place in _of_kind(register, "district"))


@given(days)
def test_every_district_with_a_county_has_one_that_exists_on_that_day(day):
    register = places.at(day)
    codes = register.codes()
    for place in _of_kind(register, "district"):
        assert (place.tier == "non-metropolitan") == bool(place.county), place
        assert not place.county or place.county in codes, place


@given(days)
def test_an_authority_of_the_day_exists_on_that_day(day):
    register = places.at(day)
    codes = register.codes()
    assert all(place.combined_authority in codes for place in register.places if place.combined_authority)


@pytest.mark.parametrize(
    ("day", "districts", "counties"),
    [
        (date(2009, 4, 1), 326, 27),
        (date(2019, 4, 1), 317, 26),
        (date(2020, 4, 1), 314, 25),
        (date(2021, 4, 1), 309, 24),
        (date(2023, 4, 1), 296, 21),
        (None, 296, 21),
    ],
)
def test_the_number_of_councils_is_right_after_each_reorganisation(day, districts, counties):
    register = places.at(day)
    assert (len(_of_kind(register, "district")), len(_of_kind(register, "county"))) == (districts, counties)


def test_the_tiers_are_those_of_english_local_government():
    tiers = [place.tier for place in places.children("England", kind="district")]
    assert {tier: tiers.count(tier) for tier in set(tiers)} == {
        "unitary": 63,
        "metropolitan": 36,
        "london": 33,
        "non-metropolitan": 164,
    }


@pytest.mark.parametrize("code", REGIONS)
def test_the_people_of_its_districts_are_the_people_of_a_region(code):
    people, count = REGIONS[code]
    inside = places.children(code, kind="district")
    assert (sum(place.population for place in inside), len(inside)) == (people, count)
    assert places.get(code).population == people


def test_the_people_of_the_regions_are_the_people_of_england():
    assert sum(place.population for place in places.children("England", kind="region")) == 57_106_398


@pytest.mark.parametrize("kind", ["county", "combined-authority"])
def test_the_people_of_its_districts_are_the_people_of_a_county_or_authority(kind):
    for place in places.children("England", kind=kind):
        inside = places.children(place.code, kind="district")
        assert place.population == sum(child.population for child in inside), place.name


def test_the_north_east_had_two_authorities_in_2023_and_has_one_of_seven_councils_now():
    before, now = date(2023, 6, 1), date(2024, 6, 1)
    assert len(places.children("E47000010", kind="district", on=before)) == 4
    assert len(places.children("E47000011", kind="district", on=before)) == 3
    assert len(places.children("E47000014", kind="district", on=now)) == 7
    assert "E47000011" not in places.at(now).codes()


def test_combined_authorities_are_the_fifteen_of_2025_and_greater_london():
    names = [place.name for place in places.children("England", kind="combined-authority")]
    assert len(names) == 16
    assert {"Hull and East Yorkshire", "Devon and Torbay", "Lancashire", "Greater London"} <= set(names)


def test_planned_ends_are_dated_and_not_applied():
    surrey = places.children("Surrey", kind="district")
    assert {place.planned_end for place in surrey} == {date(2027, 4, 1)}
    others = [p for p in places.children("England", kind="district") if p.county and p not in surrey]
    assert {place.planned_end for place in others} == {date(2028, 4, 1)}
    assert all(place.planned and place.end is None for place in (*surrey, *others))
    assert len(_of_kind(places.at(date(2028, 4, 1)), "district")) == 296


def test_a_register_of_a_day_knows_the_names_of_that_day():
    then = places.at(date(2021, 6, 1))
    assert then.get("Allerdale").county == "E10000006"
    assert then.get("Barnsley").code == "E08000016"
    with pytest.raises(NotFound):
        then.get("Cumberland")


def test_a_day_before_the_first_register_is_refused():
    with pytest.raises(BadInput, match="2009-04-01"):
        places.at(date(2008, 1, 1))


def test_the_regions_have_nine_different_tiles():
    tiles = [place.tile for place in places.children("England", kind="region")]
    assert len(set(tiles)) == 9
    assert None not in tiles


def test_every_district_has_a_tile_of_its_own_beside_others_of_its_region():
    """A map of equal squares: one place, one square; only the Isles of Scilly lie apart from their region."""
    held = {place.tile: place for place in places.children("England", kind="district")}
    assert len(held) == 296
    apart = []
    for (row, column), place in held.items():
        near = [held.get((row + up, column + on)) for up in (-1, 0, 1) for on in (-1, 0, 1) if up or on]
        if not any(other and other.region == place.region for other in near):
            apart.append(place.name)
    assert apart == ["Isles of Scilly"]


def test_the_tiles_of_districts_lie_about_as_the_places_do():
    tile = {
        name: places.get(name).tile for name in ("Northumberland", "Cornwall", "Thanet", "Stoke-on-Trent")
    }
    assert tile["Northumberland"][0] < tile["Stoke-on-Trent"][0] < tile["Cornwall"][0]
    assert tile["Cornwall"][1] < tile["Stoke-on-Trent"][1] < tile["Thanet"][1]


def test_slugs_are_unique():
    slugs = [place.slug for place in ledger.every().values()]
    assert len(slugs) == len(set(slugs))


def test_a_council_is_the_same_body_under_its_old_code_and_its_new_one():
    assert places.body("E08000016") is places.body("E08000038")
    assert places.body("E08000038").name == "Barnsley Metropolitan Borough Council"
    assert places.body("E12000001") is None


def test_every_body_governs_a_place_that_we_know():
    assert {body.area_code for body in places.bodies() if body.area_code} <= set(ledger.every())


# SI 2026/158, SI 2026/159, SI 2026/362 and SI 2026/595: bodies whose areas have no code that we found.
OF_2026 = {
    "Cumbria Combined Authority": (date(2026, 2, 24), ["Cumberland", "Westmorland and Furness"]),
    "Cheshire and Warrington Combined Authority": (
        date(2026, 2, 24),
        ["Warrington", "Cheshire East", "Cheshire West and Chester"],
    ),
    "Sussex and Brighton Combined County Authority": (
        date(2026, 3, 26),
        ["Brighton and Hove", "East Sussex", "West Sussex"],
    ),
    "Hampshire and the Solent Combined County Authority": (
        date(2026, 6, 4),
        ["Portsmouth", "Southampton", "Isle of Wight", "Hampshire"],
    ),
}


@pytest.mark.parametrize("name", OF_2026)
def test_an_authority_without_a_code_is_a_body_with_its_day_and_its_members(name):
    start, members = OF_2026[name]
    (body,) = [one for one in places.bodies() if one.name == name]
    assert (body.area_code, body.start, body.end) == ("", start, None)
    assert [places.get(code).name for code in body.members] == members
    for code in body.members:
        assert body in places.authorities(code)
        assert body not in places.authorities(code, on=start - timedelta(days=1))
        assert body in places.authorities(code, on=start)


def test_a_district_belongs_to_the_authority_of_its_county():
    assert [body.key for body in places.authorities("Woking")] == []
    assert [body.key for body in places.authorities("Winchester")] == ["hampshire-and-the-solent"]
    assert [body.key for body in places.authorities("Lancaster")] == ["E47000018"]


def test_only_the_authorities_of_2026_have_no_code():
    assert {body.name for body in places.bodies() if not body.area_code} == set(OF_2026)


def test_every_combined_authority_has_its_members_and_no_council_has():
    for body in places.bodies():
        assert bool(body.members) == ("authority" in body.type), body


def test_the_north_east_authority_of_2014_had_seven_councils_and_outlived_its_code():
    then = date(2016, 1, 1)
    old = places.known("E47000005")
    assert (old.start, old.end) == (date(2014, 4, 15), date(2018, 11, 2))
    assert len(places.children("E47000005", kind="district", on=then)) == 7
    assert places.get("Sunderland", on=then).combined_authority == "E47000005"
    assert places.descendants("E47000005", day=date(2020, 1, 1)) == ("E47000010", "E47000011")
    assert places.descendants("E47000005") == ("E47000014",)
    assert places.body("E47000005") is places.body("E47000010")
    assert places.body("E47000011").key == "NTCA"


# The first day of each authority, as its order has it.
FIRST_DAYS = {
    "E47000012": date(2023, 12, 20),  # SI 2023/1432: the day after it was made
    "E47000013": date(2024, 2, 28),  # SI 2024/232: the day after it was made
    "E47000014": date(2024, 5, 7),  # SI 2024/402
    "E47000015": date(2025, 2, 5),  # SI 2025/115
    "E47000016": date(2025, 2, 5),  # SI 2025/113
    "E47000017": date(2025, 2, 5),  # SI 2025/117
    "E47000018": date(2025, 2, 5),  # SI 2025/118
}


@pytest.mark.parametrize("code", FIRST_DAYS)
def test_an_authority_begins_on_the_day_of_its_order_as_a_place_and_as_a_body(code):
    assert places.known(code).start == FIRST_DAYS[code] == places.body(code).start


def test_every_row_names_a_registered_source():
    from fairground.sources.catalogue import sources

    ids = {source.id for source in sources()}
    used = {place.source for place in ledger.every().values()}
    used |= {change.source for change in ledger.successions()} | {b.source for b in places.bodies()}
    used |= {change.source for change in places.corrections()}
    assert used <= ids


def test_a_place_that_ends_before_it_starts_is_refused():
    from dataclasses import replace

    with pytest.raises(BadInput):
        replace(places.get("Hull"), end=date(1990, 1, 1))
    with pytest.raises(BadInput, match="town"):
        replace(places.get("Hull"), kind="town")


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2009, 4, 1), 1),
        (date(2011, 4, 1), 2),
        (date(2014, 4, 1), 5),
        (date(2014, 4, 15), 6),
        (date(2016, 4, 1), 7),
        (date(2016, 6, 17), 8),
        (date(2017, 2, 9), 9),
        (date(2017, 3, 3), 10),
        (date(2018, 11, 2), 11),
    ],
)
def test_combined_authorities_come_one_by_one_on_the_day_of_their_order(day, count):
    found = [place for place in places.at(day).places if place.kind == "combined-authority"]
    assert len(found) == count


def test_a_council_belonged_to_no_authority_before_there_was_one():
    assert places.get("Barnsley", on=date(2012, 1, 1)).combined_authority == ""
    assert places.get("Barnsley", on=date(2015, 1, 1)).combined_authority == "E47000002"


@pytest.mark.parametrize("year", [2027, 2028, 2030])
def test_a_day_to_come_has_the_places_of_now_because_plans_are_not_applied(year):
    assert places.at(date(year, 4, 1)).codes() == places.at().codes()


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1973, 12, 31), date(2009, 3, 31)])
def test_no_register_is_made_up_for_a_day_before_there_are_codes(day):
    with pytest.raises(BadInput, match="2009-04-01 or later"):
        places.at(day)


def test_every_county_district_and_authority_has_a_body():
    governed = [
        place for place in places.at().places if place.kind in ("district", "county", "combined-authority")
    ]
    assert [place.name for place in governed if places.body(place.code) is None] == []
