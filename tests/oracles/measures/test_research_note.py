"""The district rows of the research note's computed indices, to their five digits."""

import csv

import pytest

from fairground import measures

SERIES = ["gdhi_per_head_1997", "gdhi_per_head_2023", "gva_per_hour_2004", "gva_per_hour_2023"]


@pytest.mark.shared
@pytest.mark.parametrize("series", SERIES)
def test_district_indices_match_the_note(shared, series):
    folder = shared / "research" / "data"
    with (folder / "lad_panel_england.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row[series]]
    with (folder / "inequality_indices_computed.csv").open(encoding="utf-8-sig") as file:
        note = next(row for row in csv.DictReader(file) if row["series"] == series)
    y = [float(row[series]) for row in rows]
    w = [float(row["population_2022"]) for row in rows]
    split = measures.decompose(y, groups=[row["region_code"] for row in rows], weights=w)
    found = {
        "gini": measures.gini(y, weights=w),
        "theil_T": split.total,
        "T_between": split.between,
        "MLD": measures.theil_l(y, weights=w),
        "GE2": measures.generalised_entropy(y, alpha=2, weights=w),
        "hoover": measures.hoover(y, weights=w),
        "weighted_CV": measures.williamson(y, weights=w),
        "atkinson_1": measures.atkinson(y, epsilon=1, weights=w),
        "atkinson_2": measures.atkinson(y, epsilon=2, weights=w),
    }
    assert found == pytest.approx({name: float(note[name]) for name in found}, abs=5.1e-6)
    assert abs(split.residual) < 1e-12
