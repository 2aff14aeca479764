"""Measures of anyone's own table: what is worked, and how a fault is named."""

import pytest

from fairground.errors import BadInput
from fairground.measures import gini
from fairground.questions.measures import EXAMPLE, EXAMPLE_COLUMNS, Columns, of_table


def _found(answer):
    return {row.measure: row.value for row in answer.value.rows}


def test_the_latest_year_is_measured():
    found = _found(of_table(EXAMPLE, name="t.csv", columns=EXAMPLE_COLUMNS))
    assert found["Gini"] == gini([12000, 18000, 24000, 36000], weights=[100, 200, 150, 50])


def test_convergence_is_shown_weighted_and_unweighted():
    found = _found(of_table(EXAMPLE, name="t.csv", columns=EXAMPLE_COLUMNS))
    assert len([name for name in found if name.startswith("Sigma")]) == 2
    assert len([name for name in found if name.startswith("Beta")]) == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("place,income\nA,1\n\nB,many\n", r"t\.csv, row 4, field 'income': .*'many'"),
        ("place,income\nA,1\nB,-2\n", r"t\.csv, row 3, field 'income': A value is negative.*'-2\.0'"),
        ("place,income\nA,1\nB,\n", r"t\.csv, row 3, field 'income': This cell is empty"),
        ("place,income\nA,1\nB,2,3\n", r"t\.csv, row 3, field 'cells'"),
        ("place,income\nA,1\nB,1_000\n", r"row 3.*'1_000'"),
        ("place,income\nA,1\nB,nan\n", r"row 3.*'nan'"),
        ("place,wage\nA,1\n", r"no such column.*'income'.*place, wage"),
        ("income,income\n1,2\n", "Two columns have one name"),
        ("place,income\n", "no rows"),
        ("", "no rows"),
    ],
)
def test_a_fault_is_named_by_file_row_column_and_cell(text, fault):
    with pytest.raises(BadInput, match=fault):
        of_table(text, name="t.csv", columns=Columns("income"))


def test_a_place_that_is_missing_in_a_year_is_named():
    text = "p,y,v\nA,2000,1\nB,2000,2\nA,2010,1\n"
    with pytest.raises(BadInput, match=r"row 3.*'B'"):
        of_table(text, name="t.csv", columns=Columns("v", place="p", year="y"))


def test_thousands_and_a_byte_order_mark_are_read():
    found = _found(of_table('\ufeffincome\n"24,000"\n"12,000"\n', name="t.csv", columns=Columns("income")))
    assert found["Gap, highest less lowest"] == 12000


def test_a_zero_in_an_earlier_year_is_named_by_its_own_row():
    text = "p,y,v\nB,2000,0\nA,2000,1\nA,2010,1\nB,2010,2\n"
    with pytest.raises(BadInput, match=r"row 2, field 'v'.*'0\.0'"):
        of_table(text, name="t.csv", columns=Columns("v", place="p", year="y"))
