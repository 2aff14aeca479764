"""Successions: what replaced what, and the refusal to mix codes of different dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.places import ledger

REORGANISED_2023 = {
    "E06000063": ("Allerdale", "Carlisle", "Copeland"),
    "E06000064": ("Barrow-in-Furness", "Eden", "South Lakeland"),
    "E06000065": (
        "Craven",
        "Hambleton",
        "Harrogate",
        "Richmondshire",
        "Ryedale",
        "Scarborough",
        "Selby",
    ),
    "E06000066": ("Mendip", "Sedgemoor", "Somerset West and Taunton", "South Somerset"),
}
THEN, NOW = date(2021, 6, 1), date(2023, 4, 1)
settled = [change for change in ledger.successions() if not change.planned]
districts_of_2021 = [p.code for p in places.at(THEN).places if p.kind == "district"]
# One draw of bytes, three for each district, is a hundred times quicker than as many draws of numbers.
amounts = st.binary(min_size=3 * len(districts_of_2021), max_size=3 * len(districts_of_2021)).map(
    lambda drawn: {code: int.from_bytes(drawn[3 * n : 3 * n + 3]) for n, code in enumerate(districts_of_2021)}
)


@pytest.mark.parametrize("new", REORGANISED_2023)
def test_a_code_of_2021_finds_its_area_of_2023(new):
    for name in REORGANISED_2023[new]:
        old = places.get(name, on=THEN)
        assert places.descendants(old.code) == (new,)
        assert places.get(old.code, on=NOW).code == new


def test_seventeen_districts_became_four_unitary_councils():
    assert sum(len(names) for names in REORGANISED_2023.values()) == 17
    gone = set(districts_of_2021) - places.at(NOW).codes()
    assert len(gone) == 17


def test_successors_and_predecessors_are_inverse():
    for change in settled:
        assert change in places.successors(change.old_code)
        assert change in places.predecessors(change.new_code)
    assert sum(len(places.predecessors(code)) for code in ledger.every()) == len(settled)


def test_a_place_ends_on_the_day_on_which_its_successor_starts():
    for change in settled:
        assert places.known(change.old_code).end == change.date, change
        assert places.known(change.new_code).start == change.date, change


def test_each_ended_place_has_a_successor():
    ended = [place for place in ledger.every().values() if place.end]
    assert [place.code for place in ended if not places.successors(place.code)] == []


def test_going_back_and_forth_ends_where_it_began():
    for code in places.at(NOW).codes():
        for old in places.ancestors(code, day=THEN):
            assert code in places.descendants(old, day=NOW)


def test_plans_are_kept_apart_from_what_has_happened():
    assert places.successors("E07000217") == ()
    (plan,) = places.successors("E07000217", planned=True)
    assert (plan.new_name, plan.date, plan.planned) == ("West Surrey", date(2027, 4, 1), True)
    planned = [change for change in ledger.successions() if change.planned]
    assert sum(change.kind == "undecided" for change in planned) == 153 + 20


def test_codes_of_one_date_pass_and_give_that_date():
    assert places.same_vintage(["E06000021", "E06000010"]) is None
    assert places.same_vintage(["E07000026", "E06000021"]) == date(2023, 3, 31)
    assert places.same_vintage(districts_of_2021, day=THEN) == THEN


def test_mixed_dates_are_refused_and_both_sides_are_named():
    with pytest.raises(BadInput) as refused:
        places.same_vintage(["E06000021", "E07000026", "E06000063"])
    assert "E07000026 Allerdale" in str(refused.value)
    assert "E06000063 Cumberland" in str(refused.value)
    assert "E06000021" not in str(refused.value)


def test_a_code_of_another_day_is_refused():
    with pytest.raises(BadInput, match="Allerdale"):
        places.same_vintage(["E07000026"], day=date(2024, 1, 1))
    with pytest.raises(BadInput, match="compare"):
        places.same_vintage([])


def test_a_code_that_never_was_is_refused_with_its_row():
    with pytest.raises(NotFound, match="row 2"):
        places.same_vintage(["E06000021", "E99999999"])


@given(amounts)
def test_the_total_is_the_same_before_and_after_mergers(values):
    carried = places.translated(values, to=NOW)
    assert sum(carried.values()) == sum(values.values())
    assert set(carried) == {p.code for p in places.at(NOW).places if p.kind == "district"}


@given(amounts)
def test_carrying_over_twice_is_carrying_over_once(values):
    assert places.translated(places.translated(values, to=NOW)) == places.translated(values)


def test_amounts_of_three_districts_add_up_to_cumberland():
    values = {"E07000026": 96_100, "E07000028": 110_000, "E07000029": 67_100}
    assert places.translated(values) == {"E06000063": 273_200}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"E10000006": 5}, "divided"),
        ({"E07000026": 1, "E06000063": 2}, "different dates"),
        ({"E07000026": 1}, "Carlisle"),
        ({"E06000021": "many"}, "must be a number"),
        ({"E06000021": float("nan")}, "must be a number"),
    ],
)
def test_what_cannot_be_carried_over_is_refused(values, says):
    with pytest.raises(BadInput, match=says):
        places.translated(values)


def test_amounts_are_not_carried_back_in_time():
    with pytest.raises(BadInput, match="forward"):
        places.translated({"E06000063": 1}, to=THEN)


def test_a_two_step_change_needs_every_first_part():
    """West Somerset and Taunton Deane became one district in 2019, and part of Somerset in 2023."""
    day = date(2018, 6, 1)
    codes = [places.get(n, on=day).code for n in ("West Somerset", "Taunton Deane", "Mendip", "Sedgemoor")]
    with pytest.raises(BadInput, match="South Somerset"):
        places.translated(dict.fromkeys(codes, 1))
    codes.append(places.get("South Somerset", on=day).code)
    assert places.translated(dict.fromkeys(codes, 1)) == {"E06000066": 5}
