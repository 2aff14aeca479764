"""Search: exact names first, short names known, a slip of the keyboard forgiven."""

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.places import ledger

standing = [place for place in ledger.every().values() if place.current]
districts = [place for place in standing if place.kind == "district"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Stoke", "E06000021"),
        ("stoke-on-trent", "E06000021"),
        ("Hull", "E06000010"),
        ("kingston-upon-hull-city-of", "E06000010"),
        ("Redcar", "E06000003"),
        ("e06000021", "E06000021"),
        ("King's Lynn & West Norfolk", "E07000146"),
        ("Bristol, City of", "E06000023"),
        ("West Midlands", "E12000005"),
        ("North East", "E12000001"),
        ("London", "E12000007"),
        ("Lancashire", "E10000017"),
        ("E08000016", "E08000038"),
        ("E08000038", "E08000038"),
        ("E08000019", "E08000039"),
    ],
)
def test_get_knows_names_short_names_slugs_and_codes(typed, code):
    assert places.get(typed).code == code


def test_newcastle_is_two_places():
    with pytest.raises(BadInput) as refused:
        places.get("Newcastle")
    assert "Newcastle upon Tyne" in str(refused.value)
    assert "Newcastle-under-Lyme" in str(refused.value)
    assert {match.place.code for match in places.find("newcastle")[:2]} == {"E08000021", "E07000195"}


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(NotFound) as refused:
        places.get("Midlesbrogh")
    assert "Middlesbrough" in refused.value.nearest


def test_the_name_of_an_ended_place_points_to_what_stands_there_now():
    with pytest.raises(NotFound) as refused:
        places.get("Allerdale")
    assert refused.value.nearest == ("Cumberland",)
    assert places.get("Allerdale", on=date(2022, 1, 1)).code == "E07000026"


def test_the_code_of_an_ended_place_finds_it_as_it_was():
    assert places.get("E07000026").end == date(2023, 4, 1)


def test_the_code_of_a_place_to_come_is_not_found_before_its_day():
    with pytest.raises(NotFound):
        places.get("E06000063", on=date(2022, 1, 1))


@pytest.mark.parametrize("place", districts, ids=lambda place: place.slug)
def test_find_on_each_name_returns_the_place_first(place):
    assert places.find(place.name)[0].place == place
    assert places.find(place.code)[0].place == place
    assert places.find(place.slug)[0].place == place
    assert places.get(place.name) == place


def _slips(name: str):
    """Every slip of one letter: left out, doubled, swapped with the next, or replaced."""
    for i in range(len(name)):
        yield name[:i] + name[i + 1 :]
        yield name[: i + 1] + name[i:]
        yield name[:i] + name[i : i + 2][::-1] + name[i + 2 :]
        yield name[:i] + "x" + name[i + 1 :]


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_one_slip_of_the_keyboard_leaves_the_place_in_the_top_three(data):
    place = data.draw(st.sampled_from([one for one in districts if len(one.name) >= 6]))
    typed = data.draw(st.sampled_from(sorted(set(_slips(place.name)))))
    assert place.code in {match.place.code for match in places.find(typed, limit=3)}


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=string.printable + "éŵ–’", max_size=100))
def test_no_text_breaks_the_search(text):
    try:
        found = places.find(text)
    except BadInput:
        return
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert len({match.place.code for match in found}) == len(found)


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "x" * 101])
def test_nothing_and_far_too_much_are_refused(typed):
    with pytest.raises(BadInput, match="characters"):
        places.find(typed)


def test_an_unknown_kind_is_refused():
    with pytest.raises(BadInput, match="county"):
        places.children("England", kind="town")


@pytest.mark.parametrize("typed", ["", "   ", "🏴", "x" * 10_000, "\x00", "%", None, 5, b"Stoke", 1.5])
def test_what_cannot_be_a_name_is_refused_in_words(typed):
    for ask in (places.get, places.find):
        with pytest.raises(BadInput, match="1 to 100 characters"):
            ask(typed)


@pytest.mark.parametrize(
    ("code", "nation"),
    [
        ("W06000015", "Wales"),
        ("w06000015", "Wales"),
        ("S12000033", "Scotland"),
        ("N09000003", "Northern Ireland"),
    ],
)
def test_a_code_of_another_nation_is_named_as_such(code, nation):
    with pytest.raises(NotFound, match=f"This is a code of {nation}"):
        places.get(code)


def test_a_place_that_is_only_planned_is_said_to_be_planned():
    with pytest.raises(NotFound, match="East Surrey is planned for 2027-04-01 and is no place yet") as told:
        places.get("east surrey")
    assert told.value.nearest


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("the North East", "North East"),
        ("Ｓｔｏｋｅ", "Stoke-on-Trent"),
        ("Stôke", "Stoke-on-Trent"),
        ("UK", "United Kingdom"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Metropolitan Borough of Wirral", "Wirral"),
        ("Borough of Stafford", "Stafford"),
        ("City of London", "City of London"),
    ],
)
def test_more_ways_to_write_a_name_are_understood(typed, name):
    assert places.get(typed).name == name


@pytest.mark.parametrize("limit", [0, -1, 1.5, "2", None, True])
def test_a_number_of_places_that_is_none_is_refused(limit):
    for typed in ("Stoke", "E06000021"):
        with pytest.raises(BadInput, match="1 or more"):
            places.find(typed, limit=limit)


def test_no_place_is_suggested_twice():
    with pytest.raises(NotFound) as told:
        places.get("North Eastt")
    assert len(told.value.nearest) == len(set(told.value.nearest))


def test_a_slip_beside_a_word_like_city_is_forgiven():
    assert "City of London" in [match.place.name for match in places.find("City fo London", limit=3)]
