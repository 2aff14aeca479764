"""The OECD's file of regional GDP: Latin-1, two shapes, and the indices that we bundle, worked out again."""

from decimal import Decimal
from pathlib import Path

import pytest

from fairground import measures
from fairground.errors import DataProblem
from fairground.sources import international

FILES = Path(__file__).parent / "files" / "oecd-regional-gdp"


def test_names_in_latin_1_are_read_as_they_are_written():
    held = international.read_file(FILES / "faults.csv")
    assert held.columns["name"] == ("Kärnten", "Greater London")
    assert held.columns["gdp_per_head"] == (Decimal("39000.5"), Decimal(60000))
    assert held.quality.dropped == {"no figure published": 1, "no country is given": 1}


def test_every_fault_names_its_row_field_value_and_what_is_allowed():
    faults = international.examine(FILES / "broken.csv").faults
    assert [(f.row, f.field, f.value) for f in faults] == [
        (2, "iso3", "Austria"),
        (3, "TIME", "MMXX"),
        (4, "POP", "-5"),
        (6, "REG_ID", "AT23"),
    ]
    with pytest.raises(DataProblem, match="3 more faults"):
        international.read_file(FILES / "broken.csv")


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize("level", ["TL2", "TL3"])
def test_the_bundled_indices_follow_from_the_file_of_the_oecd(level, shared):
    file = shared / "data" / "regions" / f"oecd_gdp_pop_{level.lower()}_2000_2020.csv"
    held = international.read_file(file).columns
    bundled = international.read().columns
    at = next(
        place
        for place, pair in enumerate(zip(bundled["country"], bundled["level"], strict=True))
        if pair == ("GBR", level)
    )
    rows = [
        (float(gdp), float(people))
        for country, year, people, gdp in zip(
            held["country"], held["year"], held["people"], held["gdp_per_head"], strict=True
        )
        if country == "GBR" and year == 2019
    ]
    values, weights = zip(*rows, strict=True)
    assert len(rows) == bundled["regions"][at]
    for name in ("theil_t", "theil_l", "gini", "hoover", "williamson"):
        assert getattr(measures, name)(values, weights=weights) == pytest.approx(bundled[name][at], abs=1e-6)
