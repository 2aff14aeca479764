"""The Treasury's spending table: what is mended, left out and refused.

Worked example: HM Treasury's 2018 database spells a region two ways, £619m and £1,097m of 2017/18 transport
(`funding-inequality.md`, section 1.1).
"""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import DataProblem
from fairground.sources import regional_spending
from tests.workbooks import ods, xlsx

FILES = Path(__file__).parent / "files" / "hmt-cra"
HEAD = "HMT Function,HMT Subfunction,ID/non-ID,CAP or CUR,NUTS Region,2016-17,2017-18\n"
YORKSHIRE = "E12000003"


def _write(folder, lines, head=HEAD):
    path = folder / "table.csv"
    path.write_text(head + "".join(line + "\n" for line in lines), "utf-8")
    return path


def _rows(reading):
    return list(zip(*reading.columns.values(), strict=True))


def test_two_spellings_of_yorkshire_are_one_region():
    found = regional_spending.read(FILES / "faults.csv").columns
    pounds = {
        (c, y): p for c, y, p in zip(found["code"], found["financial_year"], found["pounds"], strict=True)
    }
    assert pounds[YORKSHIRE, "2016/17"] == 1_716_000_000
    assert set(found["name"]) == {"Yorkshire and The Humber", "East of England", "South West"}


def test_each_row_that_is_left_out_or_mended_is_counted_with_its_reason():
    quality = regional_spending.read(FILES / "faults.csv").quality
    assert (quality.read, quality.kept) == (7, 4)
    assert quality.dropped == {
        "a total of other rows": 1,
        "spent outside the United Kingdom": 1,
        "spending that no place can be named for": 1,
    }
    assert quality.mended["“Yorkshire and the Humber” was read as Yorkshire and The Humber"] == 1


def test_amounts_are_read_as_a_spreadsheet_writes_them():
    found = _rows(regional_spending.examine(FILES / "faults.csv"))
    pounds = {row[:3]: row[-1] for row in found}
    assert pounds["E12000009", "South West", "2016/17"] == 1_234_500
    assert pounds["E12000009", "South West", "2017/18"] == -34_500
    assert pounds["E12000006", "East of England", "2016/17"] == 0


def test_a_nation_with_a_total_beside_its_parts_is_counted_once():
    reading = regional_spending.examine(FILES / "counted-twice.csv")
    scotland = [row for row in _rows(reading) if row[0] == "S92000003"]
    assert [row[-1] for row in scotland] == [3_000_000]
    assert reading.quality.dropped == {regional_spending.PART: 2}
    assert reading.quality.read == reading.quality.kept + 2


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused(tmp_path):
    text = (FILES / "counted-twice.csv").read_text("utf-8").replace(",3000000,", ",9000000,")
    path = tmp_path / "doubtful.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(DataProblem, match="not the sum of its parts"):
        regional_spending.read(path)


def test_every_fault_names_its_row_field_value_and_what_is_allowed():
    faults = regional_spending.examine(FILES / "broken.csv").faults
    assert [(f.row, f.field, f.value) for f in faults] == [
        (2, "2017-18", "many"),
        (3, "NUTS Region", "Atlantis"),
        (4, "CAP or CUR", "BOTH"),
        (5, "HMT Function", ""),
        (6, "", "-1 cells"),
        (7, "2017-18", "NaN"),
    ]
    assert all(fault.allowed for fault in faults)


def test_reading_a_file_with_faults_shows_the_first_and_counts_the_others():
    with pytest.raises(DataProblem) as refused:
        regional_spending.read(FILES / "broken.csv")
    assert str(refused.value) == (
        "broken.csv, row 2, field '2017-18': This must be a number, and 5 more faults."
        " Allowed: digits, such as 1234.5. The file says 'many'."
    )


def test_a_table_without_a_year_is_refused(tmp_path):
    path = _write(
        tmp_path,
        ["7. Health,,ID,CUR,London"],
        "HMT Function,HMT Subfunction,ID/non-ID,CAP or CUR,NUTS Region\n",
    )
    assert regional_spending.examine(path).faults[0].allowed == "a heading such as 2017-18"


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(DataProblem, match="field 'hmt subfunction': A column is missing"):
        regional_spending.read(
            _write(tmp_path, ["x,ID,CUR,London,1"], "HMT Function,ID/non-ID,CAP or CUR,NUTS Region,2017-18\n")
        )


LINES = st.lists(
    st.tuples(
        st.sampled_from(["North East", "Yorkshire and The Humber", "Yorkshire and the Humber", "Eastern"]),
        st.sampled_from(["7. Health", "9. Education"]),
        st.sampled_from(["CAP", "CUR"]),
        st.decimals(-(10**6), 10**6, places=3),
        st.decimals(-(10**6), 10**6, places=3),
    ),
    min_size=1,
    max_size=20,
)


def _lines(table):
    return [f"{function},Part,ID,{kind},{region},{a},{b}" for region, function, kind, a, b in table]


@settings(max_examples=40, deadline=None)
@given(table=LINES)
def test_not_a_penny_is_lost_or_made(table, tmp_path_factory):
    path = _write(tmp_path_factory.mktemp("cra"), _lines(table))
    found = regional_spending.read(path).columns["pounds"]
    assert sum(found) == sum(Decimal(1000) * (a + b) for *_, a, b in table)


@settings(max_examples=40, deadline=None)
@given(table=LINES, order=st.randoms())
def test_the_order_of_the_rows_does_not_matter(table, order, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cra")
    first = regional_spending.read(_write(folder, _lines(table))).columns
    order.shuffle(table)
    assert regional_spending.read(_write(folder, _lines(table))).columns == first


def _workbook(*changed):
    """Return the sheets of a workbook as the Treasury gives it out: notes first, a title above the table."""
    heads = ["HMT Function", "HMT Subfunction", "ID/non-ID", "CAP or CUR", "ITL Region", "2022-23", "2023-24"]
    rails = ["4. Economic affairs - of which: transport", "Railway", "ID", "CAP", "London", 70_000.5, 71_000]
    roads = [*rails[:1], "Roads", "ID", "CUR", "Yorkshire and the Humber", 30_000, "-"]
    rows = [["Country and Regional Analysis"], [None], heads, rails, roads, *changed]
    return {"Notes": [["Amounts are in £ thousand"]], "Database": rows}


@pytest.mark.parametrize(("write", "ending"), [(xlsx, "xlsx"), (ods, "ods")])
def test_the_treasurys_workbook_is_read_as_it_is_published(write, ending, tmp_path):
    path = tmp_path / f"cra.{ending}"
    path.write_bytes(write(_workbook()))
    found = regional_spending.read(path).columns
    assert dict(
        zip(zip(found["code"], found["financial_year"], strict=True), found["pounds"], strict=True)
    ) == {
        ("E12000007", "2022/23"): 70_000_500,
        ("E12000007", "2023/24"): 71_000_000,
        ("E12000003", "2022/23"): 30_000_000,
        ("E12000003", "2023/24"): 0,
    }


def test_a_fault_in_a_workbook_names_its_sheet_and_the_row_that_a_person_sees(tmp_path):
    path = tmp_path / "cra.xlsx"
    path.write_bytes(xlsx(_workbook(["7. Health", "Medicine", "ID", "CUR", "London", 1, "#REF!"])))
    told = r"cra.xlsx, sheet “Database”, row 6, field '2023-24': This must be a number. .*'#REF!'"
    with pytest.raises(DataProblem, match=told):
        regional_spending.read(path)


def test_a_financial_year_that_a_spreadsheet_made_a_date_of_is_still_that_year(tmp_path):
    from datetime import date

    sheets = _workbook()
    sheets["Database"][2][5:] = [date(2010, 11, 1), date(2011, 12, 1)]
    path = tmp_path / "cra.xlsx"
    path.write_bytes(xlsx(sheets))
    assert set(regional_spending.read(path).columns["financial_year"]) == {"2010/11", "2011/12"}


def test_a_year_that_has_two_columns_is_refused_with_its_heading(tmp_path):
    path = _write(tmp_path, ["7. Health,Medicine,ID,CUR,London,1,2,3"], HEAD.strip() + ",2017-18\n")
    with pytest.raises(DataProblem, match="row 1, field '2017-18': Two columns have one heading"):
        regional_spending.read(path)
