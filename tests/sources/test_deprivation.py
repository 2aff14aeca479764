"""The Indices of Deprivation by neighbourhood: a file of the true shape, and all 33,755 real ones."""

import csv
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from fairground.errors import DataProblem
from fairground.sources import deprivation

FILES = Path(__file__).parent / "files" / "mhclg-iod-2025-lsoa"


def test_a_cut_heading_a_broken_heading_and_a_byte_order_mark_do_no_harm():
    held = deprivation.read(FILES / "faults.csv")
    assert held.quality.kept == 3
    assert held.columns["people"] == (1534, 1602, 1700)
    assert held.columns["imd_score"][1] == Decimal("8.7")


def test_a_new_code_of_a_district_stands_beside_the_old_one():
    held = deprivation.read(FILES / "faults.csv").columns
    assert (held["district"][1], held["district_now"][1]) == ("E08000016", "E08000038")


def test_the_neighbourhood_in_the_wrong_district_is_moved_and_counted():
    held = deprivation.read(FILES / "faults.csv")
    assert held.columns["district"][2] == "E06000062"
    assert sum(count for why, count in held.quality.mended.items() if "E01027305" in why) == 1


def test_every_fault_names_its_row_field_value_and_what_is_allowed():
    faults = deprivation.examine(FILES / "broken.csv").faults
    assert [(f.row, f.field, f.value) for f in faults] == [
        (2, "LSOA code (2021)", "W01000001"),
        (3, "Income Score (rate)", "41.2"),
        (4, "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)", "11"),
        (5, "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)", "122.5"),
        (6, "Total population: mid 2022", "lots"),
        (8, "LSOA code (2021)", "E01999006"),
        (9, "IMD Rank", "124"),
        (10, "Local Authority District code (2024)", "E06000999"),
    ]
    assert all(fault.allowed for fault in faults)


def test_a_percentage_in_place_of_a_rate_is_refused():
    with pytest.raises(DataProblem, match=r"row 2.*7 more faults"):
        deprivation.read(FILES / "broken.csv")


HEADINGS = {
    "LSOA code (2021)": "lsoa21_code",
    "Index of Multiple Deprivation (IMD) Score": "IMD_score",
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)": "IMD_rank",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)": "IMD_decile",
    "Income Score (rate)": "Income_score",
    "Employment Score (rate)": "Employment_score",
    "Education, Skills and Training Score": "Education_score",
    "Health Deprivation and Disability Score": "Health_score",
    "Crime Score": "Crime_score",
    "Barriers to Housing and Services Score": "Housing_and_Services_score",
    "Living Environment Score": "Environment_score",
}


@pytest.mark.shared
@pytest.mark.slow
def test_all_33755_real_neighbourhoods_come_back_as_they_were_published(shared, tmp_path):
    rdata = pytest.importorskip("rdata")
    file = shared / "data" / "regions" / "imd2025_england_lsoa21.rda"
    real = rdata.read_rda(file)["imd2025_england_lsoa21"]
    path = tmp_path / "file7.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        others = ["LSOA name (2021)", "Local Authority District code (2024)", "Total population: mid 2022"]
        write.writerow([*HEADINGS, *others])
        columns = [real[name].tolist() for name in HEADINGS.values()]
        write.writerows([*cells, "made up", "E06000021", 1500] for cells in zip(*columns, strict=True))
    held = deprivation.read(path)
    assert held.quality.kept == deprivation.COUNT == len(real)
    assert [float(v) for v in held.columns["imd_score"]] == real["IMD_score"].tolist()
    assert [float(v) for v in held.columns["health_score"]] == real["Health_score"].tolist()
    assert sum(held.columns["imd_rank"]) == pytest.approx(real["IMD_rank"].sum())
    ordered = sorted(zip(held.columns["imd_rank"], held.columns["imd_score"], strict=True))
    assert all(a[1] >= b[1] for a, b in pairwise(ordered))
