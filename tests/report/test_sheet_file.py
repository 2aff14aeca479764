"""A table as a file: any words come back as they were, and no cell is a formula."""

from hypothesis import given
from hypothesis import strategies as st

from fairground.report.sheet_file import table_csv, table_ods
from fairground.spreadsheets import text_of

words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_an_opendocument_table_is_read_as_it_was_written(rows):
    from csv import reader
    from io import StringIO

    text, _ = text_of(table_ods(("one", "two"), rows, title="T"), "t.ods", "one", "two")
    found = list(reader(StringIO(text)))
    assert found[0] == ["one", "two"]
    assert [" ".join(cell.split()) for row in found[1:] for cell in row] == [
        " ".join(cell.split()) for row in rows for cell in row
    ]


@given(words)
def test_no_cell_of_a_csv_begins_as_a_formula(cell):
    line = table_csv(("head",), [(cell,)]).decode("utf-8-sig").splitlines()[1]
    assert line.strip('"')[0] not in "=+-@"


def test_a_number_is_a_number_and_the_same_table_gives_the_same_bytes():
    one = table_ods(("n",), [(7,), ("a\nb",)], title="T")
    assert one == table_ods(("n",), [(7,), ("a\nb",)], title="T")
    assert text_of(one, "t.ods", "n")[0].splitlines()[1] == "7"
