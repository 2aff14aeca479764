"""An error says what happened, where, what was given and what is allowed."""

import pickle

import pytest

from fairground.errors import BadInput, DataProblem, FairgroundError, Impossible, NotFound


def test_bad_input_names_file_row_field_value_and_what_is_allowed():
    error = BadInput(
        "A population must be a whole number",
        field="population",
        value="many",
        allowed="0 or more",
        row=7,
        file="places.csv",
    )
    assert str(error) == (
        "places.csv, row 7, field 'population': A population must be a whole number."
        " You gave 'many'. Allowed: 0 or more."
    )


def test_a_question_keeps_its_mark():
    assert str(BadInput("How many letters are sent?", "letters", 0, "1 or more")) == (
        "field 'letters': How many letters are sent? You gave '0'. Allowed: 1 or more."
    )


def test_not_found_suggests_the_nearest_names():
    assert "Did you mean: Stoke-on-Trent?" in str(
        NotFound("No such place", value="Stok", nearest=("Stoke-on-Trent",))
    )


def test_impossible_names_each_clash():
    assert str(Impossible("No division exists", ("floors add to £12", "the pot is £10"))) == (
        "No division exists.\n- floors add to £12\n- the pot is £10"
    )


def test_a_message_ends_however_long_what_a_file_holds_is():
    told = str(BadInput("The columns are " + ", ".join(f"c{n}" for n in range(100_000)), value="x" * 10**6))
    assert told.startswith("The columns are c0, c1, ")
    assert len(told) < 3_100
    one = str(DataProblem(f"2 things must be mended: row 2, age: “{'9' * 5000}”; row 3, age: “old”"))
    assert "row 3, age: “old”" in one
    assert len(one) < 300


def test_a_data_problem_says_what_to_try():
    assert "Try: fairground data get x" in str(
        DataProblem("The file is missing", file="x.csv", try_this="fairground data get x")
    )


@pytest.mark.parametrize("kind", [BadInput, NotFound, Impossible, DataProblem])
def test_every_error_belongs_to_the_tree_and_travels_between_processes(kind):
    error = kind("Something is wrong")
    assert isinstance(error, FairgroundError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
