"""Figures of Explore local statistics: both generations of headings, marks for no figure, vintages."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import DataProblem
from fairground.sources import local_statistics
from fairground.sources.local_statistics import period

FILES = Path(__file__).parent / "files" / "ons-local-statistics"


def test_a_byte_order_mark_older_headings_and_marks_are_understood():
    held = local_statistics.read(FILES / "faults.csv")
    assert held.columns["code"] == ("E12000001", "E12000004", "S12000033")
    assert held.columns["value"] == (Decimal("57.1"), Decimal("1059.5"), Decimal("-3.25"))
    assert held.quality.dropped == {"no figure published": 2, "the same row twice": 1}
    assert list(held.quality.mended) == ["a byte order mark stood at the start of the file"]


def test_limits_are_kept_and_may_be_missing():
    held = local_statistics.read(FILES / "faults.csv").columns
    assert (held["lower"][0], held["upper"][0]) == (Decimal("56.2"), Decimal("58.0"))
    assert held["lower"][1] is None


def test_the_two_generations_of_headings_give_the_same_columns(tmp_path):
    new = "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n"
    path = tmp_path / "new.csv"
    path.write_text(new + "E12000001,North East,Region,Made up,2021-01-01/P3Y,57.1,Years,yrs,56.2,58.0,,\n")
    old = local_statistics.read(FILES / "faults.csv").columns
    assert {name: column[:1] for name, column in old.items()} == dict(local_statistics.read(path).columns)


def test_every_fault_names_its_row_field_value_and_what_is_allowed():
    faults = local_statistics.examine(FILES / "broken.csv").faults
    assert [(f.row, f.field, f.value) for f in faults] == [
        (2, "areacd", "E1200001"),
        (3, "period", "last year"),
        (4, "observation", "five"),
        (5, "lci_95", "6"),
        (7, "Observation", "6"),
        (8, "", "-5 cells"),
    ]
    assert all(fault.allowed for fault in faults)


def test_districts_that_never_stood_together_are_refused_by_name():
    with pytest.raises(DataProblem, match=r"row 2.*different dates.*E07000026 Allerdale until 2023-04-01"):
        local_statistics.read(FILES / "mixed.csv")


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("2018-01-01/P3Y", "2018-20"),
        ("2021-01-01T00:00:00/P1Y", "2021"),
        ("2023-04-01/P1Y", "2023/24"),
        ("2023-05-01/P1M", "2023-05"),
        ("1999-01-01/P2Y", "1999-00"),
        ("2023-07-01/P1Y", "2023-07-01/P1Y"),
        ("2023", "2023"),
    ],
)
def test_a_period_is_written_as_on_our_pages(told, meant):
    assert period(told) == meant


@given(first=st.integers(1970, 2090), years=st.integers(1, 9))
def test_a_period_that_is_read_stays_as_it_is(first, years):
    once = period(f"{first}-01-01/P{years}Y")
    assert period(once) == once
    assert once.startswith(str(first))
