"""Figures of one date are carried over to the places of another, or refused."""

from datetime import date

import pytest

from fairground.errors import BadInput, NotFound
from fairground.questions.vintages import EXAMPLE, carried_over, corrected, formerly


def test_three_districts_that_merged_become_one_with_their_sum():
    answer = carried_over(EXAMPLE, name="t.csv", value="people")
    assert [(row.name, row.amount) for row in answer.value.rows] == [("Cumberland", 273_300)]
    assert answer.sources[0].title == "t.csv"


def test_a_missing_part_is_named_and_not_guessed():
    with pytest.raises(BadInput, match="Copeland"):
        carried_over(EXAMPLE.rsplit("\n", 2)[0], name="t.csv", value="people")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("code,people\nE07000026,many\n", "row 2"),
        ("code,people\nE07000026,1\nE07000026,2\n", "row 3"),
        ("code,people\nE07000026,1\ne07000026,2\n", "row 3"),
        ("code,people\nE06000001,inf\n", "row 2, field 'people'"),
        ("code,people\nE06000001,1\nE06000002,nan\n", "row 3, field 'people'"),
        ("code,persons\nE07000026,1\n", "persons"),
        ("", "no rows"),
    ],
)
def test_a_fault_in_the_table_is_named_by_row_and_field(text, named):
    with pytest.raises(BadInput, match=named):
        carried_over(text, name="t.csv", value="people")


def test_a_code_that_never_was_is_named_by_row():
    with pytest.raises(NotFound, match=r"t\.csv, row 3, field 'code': No such code. You gave 'E99999999'"):
        carried_over("code,people\nE06000001,1\nE99999999,1\n", name="t.csv", value="people")


def test_codes_in_small_letters_are_understood():
    answer = carried_over(EXAMPLE.replace("E0", "e0"), name="t.csv", value="people")
    assert answer.value.rows[0].code == "E06000063"


def test_what_stood_before_is_of_the_same_kind():
    rows = formerly("Cumberland", on=date(2020, 1, 1)).value.rows
    assert [row.name for row in rows] == ["Allerdale", "Carlisle", "Copeland"]
    assert formerly("Stoke-on-Trent", on=date(2020, 1, 1)).steps[0].code == "places.formerly.same"


def test_every_correction_has_a_reason_and_one_code():
    for row in corrected().value.rows:
        assert row.reason
        assert " " not in row.code
