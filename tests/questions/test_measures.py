"""Measures of anyone's own table: what is worked, and how a fault is named."""

import pytest

from fairground.errors import BadInput
from fairground.measures import gini
from fairground.questions.measures import EXAMPLE, EXAMPLE_COLUMNS, Columns, Draws, of_table
from fairground.report import say


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


def test_a_negative_leaves_out_what_cannot_take_it_and_says_which_row():
    answer = of_table("place,income\nA,1\n\nB,-2\nC,9\n", name="t.csv", columns=Columns("income"))
    assert "Gini" not in _found(answer)
    assert _found(answer)["Gap, highest less lowest"] == 11
    words = [say(step) for step in answer.steps]
    assert any("Left out: Gini. t.csv, row 4, field 'income'" in text for text in words)


def test_zeros_leave_out_only_what_needs_logarithms():
    found = _found(of_table("v\n0\n2\n4\n", name="t.csv", columns=Columns("v")))
    assert "Theil L (mean log deviation)" not in found
    assert {"Gini", "Theil T", "Atkinson (0.5)"} <= set(found)


def test_every_column_gives_its_measures_and_the_seed_is_stated():
    answer = of_table(EXAMPLE, name="t.csv", columns=EXAMPLE_COLUMNS, draws=Draws(99, 7))
    found = _found(answer)
    assert found["Theil T between groups"] + found["Theil T within groups"] == pytest.approx(found["Theil T"])
    assert found["Gini, lower 95% limit from published limits"] < found["Gini"]
    assert found["Gini between far places, share (borders)"] > 0
    assert found["Slope index, best off less worst off"] > 0
    assert any("99 draws, seed 7" in say(step) for step in answer.steps)


@pytest.mark.parametrize(
    ("text", "columns", "fault"),
    [
        ("v,a,b\n5,4,6\n5,6,7\n", Columns("v", lower="a", upper="b"), r"row 3, field 'a'.*wrong side"),
        ("v,w\n5,1\n5,-1\n", Columns("v", weight="w"), r"row 3, field 'w'"),
        ("p,v,n\nA,5,B\nB,6,Z\n", Columns("v", place="p", borders="n"), r"row 3, field 'n'.*'Z'"),
        ("p,v,n\nA,5,A\n", Columns("v", place="p", borders="n"), r"row 2, field 'n'.*'A'"),
        ("v,g\n5,x\n6,\n", Columns("v", group="g"), r"row 3, field 'g'.*empty"),
        ("p,y,v\nA,1,1\nA,1,2\nA,2,1\n", Columns("v", place="p", year="y"), r"row 2.*twice|row 3.*twice"),
        ("p,y,v\nA,1,1\nB,1,2\nA,2,1\n", Columns("v", place="p", year="y"), r"row 3.*not in the latest"),
    ],
)
def test_a_fault_in_another_column_is_named_there(text, columns, fault):
    with pytest.raises(BadInput, match=fault):
        of_table(text, name="t.csv", columns=columns)


PLAIN = gini([12_000.5, -0.0, 30_000])


@pytest.mark.parametrize(
    "text",
    [
        'income\n"£12,000.50"\n-£0\n"£30,000"\n',
        "income\n12 000.50\n0\n30\u00a0000\n",
        "income\n12\u202f000.5\n0\n30\u2009000\n",
        "income\n12000.5 [p]\n0[low]\n30000 [r]\n",
        "income\n12000.5%\n0%\n30000 [r]%\n".replace(" [r]%", "% [r]"),
        "place\tincome\nA, the first\t12,000.5\nB\t0\nC\t30000\n",
        "place;income\nA, the first;12000.5\nB;0\nC;30000\n",
        "# by hand\n\nplace;income\nA;12000.5\nB;0\nC;30000\n",
        "\ufeffincome\n12000.5\n\u22120\n3.0e4\n",
    ],
)
def test_numbers_are_read_as_published_tables_write_them(text):
    assert _found(of_table(text, name="t.csv", columns=Columns("income")))["Gini"] == PLAIN


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("12,1 [x]", "12,1"),
        ("1 2", "1 2"),
        ("12%,15", "12%"),
        ("(12)", "(12)"),
        ("15(r)", "15(r)"),
        ("££5", "££5"),
        ("5£", "5£"),
        ("[p]", "[p]"),
        ("%", "%"),
        ("12 0000", "12 0000"),
        ("c", "c"),
    ],
)
def test_a_number_that_may_mean_two_things_is_refused(cells, fault):
    rows = [cells] if "[x]" in cells else cells.split(",")
    text = "income\n" + "".join(f'"{cell}"\n' for cell in rows) + "7\n"
    with pytest.raises(BadInput, match="must be a number") as refused:
        of_table(text, name="t.csv", columns=Columns("income"))
    assert fault in str(refused.value)


def test_a_comma_between_semicolons_may_be_a_decimal_and_is_refused_even_where_thousands_could_be():
    with pytest.raises(BadInput, match=r"row 2, field 'income'.*'12,500'"):
        of_table("place;income\nA;12,500\nB;15,250\n", name="t.csv", columns=Columns("income"))


def test_the_marks_of_a_publisher_are_told_with_how_many_there_are():
    text = "income\n12 [p]\n15 [p]\n30[r]\n40\n"
    answer = of_table(text, name="t.csv", columns=Columns("income"))
    told = [say(step) for step in answer.steps if step.code == "measures.marks"]
    assert told == [
        "Figures of income that their publisher marks, with how many there are of each: [p] (2), [r] (1). "
        "They were read like the others."
    ]
