"""The government's capital outturn: both layouts, known faults, and the rows that would count twice.

The columns are those that public programs read it by; a published chart counted each council and year once
for each size of charity and so made £63.8 billion of £21.3 billion. Every figure here is made up.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from fairground.errors import DataProblem
from fairground.sources import council_finance
from tests.workbooks import ods, xlsx

FILES = Path(__file__).parent / "files" / "mhclg-capital-outturn"
DISPOSAL = ": Disposal of tangible fixed assets"
WORKBOOK = [
    ["Capital outturn return A1 2016-17: receipts, £ thousand"],
    [],
    ["", "", "", "", "", "Housing" + DISPOSAL, "All services" + DISPOSAL, "All services: Expenditure"],
    ["", "", "", "", "", "1", "2", "3"],
    ["E-code", "LGF code", "ONS Code", "LA name", "Class", "x", "y", "z"],
    ["E3401", "602", "E06000021", "Stoke-on-Trent UA", "UA", "50", "80", "7"],
    ["E0001", "909", "E10000006", "Cumbria", "SC", "[z]", "30", "7"],
    ["[z]", "", "[z]", "England", "", "50", "110", "14"],
]


def held(reading):
    names = ("code", "financial_year", "service")
    keys = zip(*(reading.columns[name] for name in names), strict=True)
    return dict(zip(keys, reading.columns["pounds"], strict=True))


def test_the_time_series_gives_pounds_by_council_year_and_service():
    found = held(council_finance.read(FILES / "faults.csv"))
    assert found["E06000021", "2018/19", "all"] == 3_400_000
    assert found["E06000021", "2018/19", "housing"] == 1_200_000
    assert found["E06000021", "2019/20", "hightot"] == -15_000
    assert found["E06000021", "2019/20", "all"] == 900_500
    assert ("E06000021", "2019/20", "housing") not in found


def test_other_bodies_totals_and_years_without_a_figure_are_left_out_and_counted():
    quality = council_finance.examine(FILES / "faults.csv").quality
    assert (quality.read, quality.kept) == (6, 3)
    assert quality.dropped == {
        council_finance.OTHERS: 1,
        council_finance.TOTAL: 1,
        "no figure was published for this council and year": 1,
    }


def test_every_fault_names_its_row_field_value_and_what_is_allowed():
    faults = council_finance.examine(FILES / "broken.csv").faults
    assert [(f.row, f.field, f.value) for f in faults] == [
        (3, "ONS_Code", "E06000021, 2018/19"),
        (4, "PeriodCode", "2019"),
        (5, "ONS_Code", "Redcar"),
        (6, "EandR1_alltot_rectot", "many"),
        (7, "EandR1_alltot_rectot", "99999999999"),
    ]
    assert all(f.allowed for f in faults)


def test_a_council_and_year_that_are_there_three_times_are_refused_not_added_up(tmp_path):
    """The published mistake: joined to three sizes of charity, each receipt is there three times."""
    head, *lines = (FILES / "faults.csv").read_text("utf-8").splitlines()
    path = tmp_path / "joined.csv"
    path.write_text(
        "\n".join([head + ",size"] + [f"{line},{size}" for line in lines for size in "SML"]), "utf-8"
    )
    with pytest.raises(DataProblem, match="would count twice") as told:
        council_finance.read(path)
    assert (told.value.row, told.value.field) == (3, "ONS_Code")


@pytest.mark.parametrize("write", [xlsx, ods], ids=["xlsx", "ods"])
def test_the_workbook_of_a_year_is_read_below_its_titles(tmp_path, write):
    path = tmp_path / "COR_A1.bin"
    path.write_bytes(write({"Notes": [["Read me"]], "COR A1": WORKBOOK}))
    reading = council_finance.examine(path)
    found = held(reading)
    assert reading.faults == ()
    assert found == {
        ("E06000021", "2016/17", "housing"): 50_000,
        ("E06000021", "2016/17", "all"): 80_000,
        ("E10000006", "2016/17", "all"): 30_000,
    }
    assert reading.sheet == ", sheet “COR A1”"


def test_the_year_of_a_workbook_may_stand_in_its_name_only(tmp_path):
    path = tmp_path / "COR_A1_2014-15.xlsx"
    path.write_bytes(xlsx({"A1": WORKBOOK[2:]}))
    assert set(council_finance.read(path).columns["financial_year"]) == {"2014/15"}
    path = tmp_path / "COR_A1.xlsx"
    path.write_bytes(xlsx({"A1": WORKBOOK[2:]}))
    with pytest.raises(DataProblem, match="does not say its financial year"):
        council_finance.read(path)


def test_a_file_without_receipts_says_what_it_needs(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("ONS Code,LA name,Spending\nE06000021,Stoke,5\n")
    with pytest.raises(DataProblem, match="receipts from the disposal"):
        council_finance.read(path)


def test_the_outturn_is_known_by_its_headings():
    assert council_finance.is_outturn((FILES / "faults.csv").read_bytes())
    assert council_finance.is_outturn(xlsx({"COR A1": WORKBOOK}))
    assert not council_finance.is_outturn(b"code,class,receipts\nE1,a,3\n")
    assert not council_finance.is_outturn(xlsx({"Other": [["code", "class"], ["E1", "a"]]}))


def test_half_a_thousand_pounds_is_kept_exactly():
    found = council_finance.read(FILES / "faults.csv").columns["pounds"]
    assert all(isinstance(one, int | Decimal) for one in found)


WIDE = "PeriodCode,ONS_Code,LA_Name,EandR1_houstot_rectot,EandR1_alltot_rectot\n2018-19,E06000021,Stoke,1,2\n"


@pytest.mark.parametrize(
    "content",
    [
        WIDE.encode("utf-16"),
        WIDE.encode("utf-16-le"),
        WIDE.replace(",", "\t").encode(),
        WIDE.replace(",", ";").encode(),
        ("Capital time series\n\n" + WIDE).encode(),
        WIDE.replace("2018-19", "201903").encode("latin-1"),
    ],
    ids=["utf-16", "utf-16 without its mark", "tabs", "semicolons", "titles above", "latin-1"],
)
def test_the_time_series_is_read_in_any_encoding_with_any_separator_and_below_titles(content, tmp_path):
    path = tmp_path / "series.csv"
    path.write_bytes(content)
    assert council_finance.is_outturn(content)
    assert held(council_finance.read(path)) == {
        ("E06000021", "2018/19", "housing"): 1000,
        ("E06000021", "2018/19", "all"): 2000,
    }


def _headed(code, name, housing, total, *above):
    return [["Capital outturn 2016 to 2017"], *above, [code, name, housing, total],
            ["E06000021", "Stoke", "(15)", "1,200.5"]]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        _headed("GSS code", "Authority", "Housing" + DISPOSAL, "Total all services" + DISPOSAL + " (£000)"),
        _headed(
            "ONS Code ", "LA name", "Housing", "All services",
            ["", "", "Receipts from disposal of tangible fixed assets", ""],
        ),
        _headed(
            "ONS Code", "Local Authority", "1", "2",
            ["", "", "Receipts from the disposal of tangible fixed assets"],
            ["", "", "Total Housing", "Total all services"],
        ),
    ],
    ids=["units in the heading", "services below", "numbered columns"],
)  # fmt: skip
def test_the_headings_of_other_years_are_known_and_brackets_mean_less_than_nothing(rows, tmp_path):
    path = tmp_path / "A1.xlsx"
    path.write_bytes(xlsx({"A1": rows}))
    assert held(council_finance.read(path)) == {
        ("E06000021", "2016/17", "housing"): -15_000,
        ("E06000021", "2016/17", "all"): Decimal("1200500"),
    }


def test_a_title_with_two_years_tells_none(tmp_path):
    path = tmp_path / "A1.xlsx"
    path.write_bytes(xlsx({"A1": [["Outturn 2016-17 and 2015-16"], *WORKBOOK[1:]]}))
    with pytest.raises(DataProblem, match="does not say its financial year"):
        council_finance.read(path)
