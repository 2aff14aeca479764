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
