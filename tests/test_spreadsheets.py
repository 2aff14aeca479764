"""Spreadsheets read as tables: which sheet, which row, exact numbers, dates, and files made to do harm.

Worked example: HM Treasury's Country and Regional Analysis comes as a workbook, notes first, with its
database on another sheet. The oracle is Python's own `csv`: what went into the sheet must come out again.
"""

import csv
import io
import string
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput, DataProblem
from fairground.spreadsheets import as_csv, heading_row, is_spreadsheet, text_of
from tests.workbooks import LAST_CELL, MAIN, ods, xlsx

NOTES = [["Read me first"], ["Figures are in thousands"]]
TABLE = [["A title"], [None], ["Name", "People", "Day"], ["North", 24_000, date(2026, 11, 25)]]
WANTED = [[("name",), ("people",)]]
LONG = (
    '<table:table-row table:number-rows-repeated="100"><table:table-cell office:value-type="string"'
    ' table:number-columns-repeated="20"><text:p>{text}</text:p></table:table-cell></table:table-row>'
)
REPEATED = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
    ' table:number-columns-repeated="16384" {what}></table:table-cell></table:table-row>'
)


def shared(text, cells):
    """Return a workbook of a few kilobytes in which many cells hold one text."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(9, 9 + cells))
    content = io.BytesIO(xlsx({"S": TABLE}, extra=rows))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>')
    return content.getvalue()


def test_long_texts_that_few_cells_share_are_read():
    content = shared("x" * 30_000, cells=40)
    assert as_csv(content, "town.xlsx", WANTED)[0].startswith("\n\nName,People,Day\n")


@pytest.mark.parametrize("write", [xlsx, ods])
def test_the_sheet_with_the_columns_is_read_and_rows_keep_their_numbers(write):
    text, name = as_csv(write({"Notes": NOTES, "Data": TABLE}), "town", WANTED)
    assert name == "town, sheet “Data”"
    assert text == "\n\nName,People,Day\nNorth,24000,2026-11-25\n"
    assert heading_row(text) == 3


def test_a_sheet_that_can_be_seen_is_taken_before_a_hidden_one():
    content = xlsx({"Old": [["name", "people"], ["Old", 1]], "New": [["name", "people"]]}, hidden=["Old"])
    assert as_csv(content, "town.xlsx", WANTED)[1] == "town.xlsx, sheet “New”"


@pytest.mark.parametrize("write", [xlsx, ods])
@settings(max_examples=15)
@given(
    rows=st.lists(
        st.tuples(
            st.text(string.ascii_letters + ' ,"&<é', max_size=6).map(str.strip),
            st.integers(-(10**14), 10**14) | st.decimals(-9999, 9999, places=4).map(float),
        ),
        max_size=4,
    )
)
def test_what_was_written_in_a_sheet_comes_out_as_it_was(write, rows):
    text, _ = as_csv(write({"S": [["name", "people"], *rows]}), "f", WANTED)
    read = list(csv.reader(io.StringIO(text)))[1:]
    assert [(name, float(people)) for name, people in read] == [(name, people) for name, people in rows]


@pytest.mark.parametrize(
    ("number", "told"), [(0.1 + 0.2, "0.3"), (1234567.0, "1234567"), (1e21, "1e+21"), (-0.5, "-0.5")]
)
def test_numbers_have_the_fifteen_figures_that_a_spreadsheet_keeps(number, told):
    assert as_csv(xlsx({"S": [["people"], [number]]}), "f", [[("people",)]])[0] == f"people\n{told}\n"


def test_a_formula_that_failed_is_not_read_as_an_empty_cell():
    text, _ = as_csv(xlsx({"S": [["name", "people"], ["North", "#N/A"]]}), "f", WANTED)
    assert text.endswith("North,#N/A\n")


def test_a_formula_that_failed_in_an_opendocument_sheet_keeps_its_mark():
    failed = (
        '<table:table-row><table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
    )
    text, _ = as_csv(ods({"S": [["people"]]}, extra=failed), "f", [[("people",)]])
    assert text == "people\n#N/A\n"


@pytest.mark.parametrize("write", [xlsx, ods])
@pytest.mark.parametrize(
    "part", ["<c ", 'office:value-type="string"', '="error"', "<a office:value-type", "<c t="]
)
def test_a_comment_made_to_be_searched_again_and_again_is_read_once(write, part):
    """Each of these took minutes, from a file of a few hundred bytes."""
    text, _ = as_csv(write({"S": TABLE}, extra=f"<!--{part * 100_000}-->"), "f", WANTED)
    assert "North" in text


def test_a_missing_column_is_named_with_the_sheet_that_comes_nearest():
    with pytest.raises(DataProblem, match="“Data” has no column people or persons") as raised:
        as_csv(xlsx({"Notes": NOTES, "Data": [["name"]]}), "town.xlsx", [[("name",), ("people", "persons")]])
    assert "“Notes”, “Data”" in str(raised.value)
    assert raised.value.file == "town.xlsx"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (xlsx({"S": TABLE}, extra=LAST_CELL), "too large"),
        (
            ods({"S": TABLE}, extra=REPEATED.format(what='office:value-type="float" office:value="1"')),
            "large",
        ),
        (ods({"S": TABLE}, extra=LONG.format(text="x" * 100_000)), "too large"),
        (shared("x" * 100_000, cells=2_000), "too large"),
        (b"PK\x03\x04 and then nothing", "broken"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old .xls"),
        (xlsx({"S": []}), "empty"),
    ],
    # A workbook is a zip, which holds the second it was written: two workers would see two names.
    ids=[
        "a far last cell",
        "a cell repeated a million times",
        "a long text repeated",
        "a long text that all cells share",
        "cut short",
        "old .xls",
        "no rows",
    ],
)
def test_a_file_that_would_do_harm_or_cannot_be_read_is_refused_in_words(content, what):
    with pytest.raises(DataProblem, match=what):
        as_csv(content, "f.xlsx", WANTED)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("EncryptedPackage", "locked with a password.*without a password"),
        ("Workbook", "an old .xls.*Save As, Excel Workbook"),
        ("WordDocument", "text document in an old format"),
    ],
)
def test_a_file_in_an_old_format_of_office_is_told_what_it_is_and_how_to_save_it(part, told):
    with pytest.raises(DataProblem, match=told):
        as_csv(b"\xd0\xcf\x11\xe0" + bytes(600) + part.encode("utf-16-le"), "town.xls", WANTED)


def test_empty_rows_to_the_end_of_the_sheet_do_no_harm():
    content = ods({"S": TABLE}, extra=REPEATED.format(what=""))
    assert as_csv(content, "town.ods", WANTED)[0].endswith("North,24000,2026-11-25\n")


def test_a_persons_table_may_be_csv_or_a_spreadsheet():
    assert text_of("\ufeffname,people\nÉ,1".encode(), "town.csv", "name") == ("name,people\nÉ,1", "town.csv")
    assert text_of(xlsx({"S": TABLE}), "town.xlsx", "Name", "People")[1] == "town.xlsx, sheet “S”"
    for script in ("utf-16", "utf-16-le", "utf-16-be"):
        mark = "" if script == "utf-16" else "\ufeff"
        assert text_of(f"{mark}name\nÉ".encode(script), "town.txt")[0] == "name\nÉ"
    assert is_spreadsheet(xlsx({"S": TABLE}))
    assert not is_spreadsheet(b"name,people")


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_titles_above_the_headings_of_a_text_become_empty_lines_as_in_a_spreadsheet(mark):
    title = 'Table 3: income, by region\r\n"Source: ONS, 2025"\n\n'
    table = mark.join(["Place", " Gross  income"]) + "\n" + mark.join(["A", "12"]) + "\n"
    told = text_of(f"{title}{table}".encode(), "t.csv", "gross income", "place")
    assert told == ("\n\n\n" + table, "t.csv")
    assert text_of(f"\n{table}".encode(), "t.csv", "place")[0] == f"\n{table}"
    for lacking in ("income", "wealth"):
        assert text_of(f"{title}{table}".encode(), "t.csv", lacking)[0] == f"{title}{table}"
    assert text_of(f"{title}{table}".encode(), "t.csv")[0] == f"{title}{table}"


def test_a_line_that_is_no_csv_is_no_heading():
    odd = "x" * 200_000 + "\na\rb\nplace\n"
    assert text_of(odd.encode(), "t.csv", "place")[0] == "\n\nplace\n"


def test_a_nul_in_a_persons_table_is_refused_with_its_row():
    with pytest.raises(BadInput, match="letter cannot be read") as raised:
        text_of(b"number,name\n1,Ann\n2,B\0b\n", "roll.csv", "number")
    assert raised.value.row == 3


def test_a_persons_table_in_another_script_is_refused_with_its_row():
    told = r"town.csv, row 2: The file is not UTF-8 text. You gave 'byte A3, which Windows writes for “£”'"
    with pytest.raises(BadInput, match=told):
        text_of(b"name\n\xa3\n", "town.csv")
    with pytest.raises(BadInput, match=r"You gave 'byte 81'. Allowed: CSV saved as UTF-8"):
        text_of(b"name\n\x81\n", "town.csv")


def test_a_column_that_a_person_asked_for_and_no_sheet_has_is_bad_input():
    with pytest.raises(BadInput, match="no column wealth"):
        text_of(xlsx({"S": TABLE}), "town.xlsx", "wealth")
