"""Pools in spreadsheets as offices make them: cells said once for many, merged, worked out, hidden, dates."""

import io
import zipfile
from datetime import date

import pytest

from fairground import report
from fairground.errors import BadInput
from fairground.power.juries import Target
from fairground.questions.power import juries
from fairground.questions.power.volunteers import read_pool, read_targets
from fairground.spreadsheet_parts import hidden_rows
from tests.workbooks import ods, xlsx

TARGETS = (Target("age", "16-29", 0, 2), Target("age", "10-11", 0, 2))
TABLE = [["id", "age"], ["a", "16-29"], ["b", "16-29"]]
EXCEL_AGE = '<c r="B2" t="inlineStr"><is><t>16-29</t></is></c>'


def cell(text, how=""):
    return f'<table:table-cell{how} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def changed(book, old, new):
    """Return a workbook with a part of its XML written in another way."""
    out, found = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(out, "w") as kept:
        for name in given.namelist():
            text = given.read(name).decode()
            found += text.count(old)
            kept.writestr(name, text.replace(old, new))
    assert found, f"{old} is not in the workbook"
    return out.getvalue()


def read(folder, book):
    file = folder / ("pool.ods" if b"opendocument" in book[:120] else "pool.xlsx")
    file.write_bytes(book)
    return read_pool(file, TARGETS)


OPEN_ROW = f"<table:table-row>{cell('b')}"
HEAD = [["Person", None], *TABLE]
OPEN_HEAD = cell("Person") + "<table:table-cell></table:table-cell>"
WORKED_OUT = ' table:formula="of:=[.C2]" office:string-value="16-29"'
MERGED = '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'


@pytest.mark.parametrize(
    "book",
    [
        changed(ods({"P": TABLE}), OPEN_ROW, f'<table:table-row table:number-rows-repeated="2">{cell("b")}'),
        changed(
            ods({"P": [["id", "age", "note"], ["a", "16-29", "16-29"], ["b", "16-29", ""]]}),
            cell("16-29") * 2, cell("16-29", ' table:number-columns-repeated="2"'),
        ),
        changed(
            ods({"P": HEAD}), OPEN_HEAD,
            cell("Person", ' table:number-columns-spanned="2"') + "<table:covered-table-cell/>",
        ),
        changed(ods({"P": TABLE}), cell("a") + cell("16-29"), cell("a") + cell("16-29", WORKED_OUT)),
        changed(xlsx({"P": HEAD}), "</sheetData>", MERGED),
        changed(xlsx({"P": TABLE}), EXCEL_AGE, '<c r="B2" t="str"><f>C2</f><v>16-29</v></c>'),
    ],
    ids=["rows once", "cells once", "ods merged", "ods formula", "xlsx merged", "xlsx formula"],
)  # fmt: skip
def test_cells_are_read_as_the_office_sees_them(book, tmp_path):
    people = read(tmp_path, book).pool.volunteers
    assert [(p.id, *p.values) for p in people] == [("a", "16-29"), ("b", "16-29")]


@pytest.mark.parametrize(
    ("book", "what"),
    [
        (xlsx({"P": [*TABLE, ["#REF!", "16-29"]]}), "row 4 has no id, but “#REF!”"),
        (xlsx({"P": [*TABLE, [date(2026, 11, 10), "16-29"]]}), "row 4 has no id, but “2026-11-10”"),
        (ods({"P": [*TABLE, [date(2026, 11, 10), "16-29"]]}), "row 4 has no id, but “2026-11-10”"),
        (xlsx({"P": [*TABLE, ["c", "#N/A"]]}), "row 4, age: “#N/A” is none of"),
        (changed(xlsx({"P": TABLE}), EXCEL_AGE, '<c r="B2"><f>C2</f></c>'), "row 2, age: the cell is empty"),
    ],
    ids=["failed id", "xlsx date id", "ods date id", "failed age", "never worked out"],
)  # fmt: skip
def test_a_cell_that_cannot_be_meant_is_named_by_row_and_field(book, what, tmp_path):
    with pytest.raises(BadInput, match="thing must be mended") as wrong:
        read(tmp_path, book)
    assert what in str(wrong.value)


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_date_in_a_column_of_ages_is_its_band_and_a_text_id_keeps_its_noughts(write, tmp_path):
    book = write({"P": [["id", "age"], ["007", date(2026, 11, 10)], [7, "16-29"]]})
    assert [(p.id, *p.values) for p in read(tmp_path, book).pool.volunteers] == [
        ("007", "10-11"),
        ("7", "16-29"),
    ]


@pytest.mark.parametrize(
    "book",
    [
        changed(xlsx({"P": TABLE}), '<row r="3">', '<row r="3" hidden="1">'),
        changed(ods({"P": TABLE}), OPEN_ROW, f'<table:table-row table:visibility="filter">{cell("b")}'),
    ],
    ids=["xlsx", "ods"],
)
def test_whoever_stands_in_a_hidden_row_is_read_and_the_answer_says_so(book, tmp_path):
    found = read(tmp_path, book)
    assert [p.id for p in found.pool.volunteers] == ["a", "b"]
    (tmp_path / "targets.csv").write_text("feature,value,min,max\nage,16-29,0,2\n", "utf-8")
    targets, source = read_targets(tmp_path / "targets.csv")
    told = report.as_text(juries.select(found, targets, source, 1, values=["7"], secret="s")[0])
    assert "1 row of the spreadsheet cannot be seen in it, and was read all the same" in told
    seen = read(tmp_path, (xlsx if b"xl/" in book else ods)({"P": TABLE}))
    assert "juries.hidden" not in {step.code for step in seen.told}


@pytest.mark.parametrize("text", ["<row ", '<row hidden="1" ', "<" + "r" * 9, ' hidden="1"'])
def test_a_long_sheet_that_only_looks_like_rows_is_searched_once(text):
    book = changed(xlsx({"P": TABLE}), "</sheetData>", f"</sheetData><!--{text * 40_000}<-->")
    assert hidden_rows(book) == 0
