"""The research note's computed indices, every column to its five digits, and the OECD's published ratio."""

import csv

import pytest

from fairground import measures

pytestmark = pytest.mark.shared

SERIES = [
    *(f"gdhi_per_head_{year}" for year in (1997, 2008, 2013, 2018, 2023)),
    *(f"gva_per_hour_{year}" for year in (2004, 2023)),
    *(f"median_weekly_pay_{year}" for year in (2012, 2025)),
]


def _rows(path, encoding="utf-8-sig"):
    with path.open(encoding=encoding) as file:
        return list(csv.DictReader(file))


def _districts(folder, series):
    rows = [row for row in _rows(folder / "lad_panel_england.csv") if row[series]]
    return (
        [float(row[series]) for row in rows],
        [float(row["population_2022"]) for row in rows],
        [row["region_code"] for row in rows],
    )


def _indices(y, w, groups):
    split = {alpha: measures.decompose(y, groups=groups, weights=w, alpha=alpha) for alpha in (0, 1, 2)}
    assert all(abs(part.residual) < 1e-12 for part in split.values())
    return {
        "n": len(y),
        "mean": sum(part.population_share * part.mean for part in split[1].groups),
        "gini": measures.gini(y, weights=w),
        "theil_T": measures.theil_t(y, weights=w),
        "T_between": split[1].between,
        "T_between_share": split[1].between / split[1].total,
        "MLD": measures.theil_l(y, weights=w),
        "L_between_share": split[0].between / split[0].total,
        "GE2": measures.generalised_entropy(y, alpha=2, weights=w),
        "GE2_between_share": split[2].between / split[2].total,
        "weighted_CV": measures.williamson(y, weights=w),
        "hoover": measures.hoover(y, weights=w),
        "atkinson_0_5": measures.atkinson(y, epsilon=0.5, weights=w),
        "atkinson_1": measures.atkinson(y, epsilon=1, weights=w),
        "atkinson_2": measures.atkinson(y, epsilon=2, weights=w),
        "p90_p10": measures.quantile_ratio(y, weights=w).ratio,
        "max_min": measures.gap(y, names=[str(row) for row in range(len(y))]).ratio,
    }


@pytest.mark.parametrize("series", SERIES)
def test_district_indices_match_every_column_of_the_note(shared, series):
    folder = shared / "research" / "data"
    note = next(row for row in _rows(folder / "inequality_indices_computed.csv") if row["series"] == series)
    found = _indices(*_districts(folder, series))
    assert set(note) - set(found) == {"series", "source", "status"}
    assert found == pytest.approx({name: float(note[name]) for name in found}, abs=5.1e-6)


@pytest.mark.slow
def test_neighbourhood_extremes_match_the_note(shared):
    """The note's other neighbourhood columns rest on populations that are not among the shared files."""
    rdata = pytest.importorskip("rdata")
    table = rdata.read_rda(shared / "data/regions/imd2025_england_lsoa21.rda")["imd2025_england_lsoa21"]
    note = {row["series"]: row for row in _rows(shared / "research/data/inequality_indices_computed.csv")}
    for score in ("IMD", "Income", "Employment"):
        held = [float(value) for value in table[f"{score}_score"]]
        ratio = measures.gap(held, names=[""] * len(held)).ratio
        assert len(held) == float(note[f"LSOA_2025_{score}_score"]["n"])
        assert ratio == pytest.approx(float(note[f"LSOA_2025_{score}_score"]["max_min"]), abs=5.1e-6)


def test_the_spread_and_the_slopes_of_income_match_the_note(shared):
    """Research note, section 1.3: 0.220 to 0.249; beta -0.34% a year unweighted and -0.09% weighted."""
    years = (1997, 2008, 2013, 2018, 2023)
    folder = shared / "research" / "data"
    values = [_districts(folder, f"gdhi_per_head_{year}")[0] for year in years]
    people = _districts(folder, "gdhi_per_head_2023")[1]
    found = measures.sigma_convergence(values, years=years, weights=people)
    assert [round(spread, 3) for spread in found.spreads] == [0.220, 0.237, 0.234, 0.254, 0.249]
    assert not found.converging
    by_places = measures.beta_convergence(values[0], values[-1], years=26)
    by_people = measures.beta_convergence(values[0], values[-1], years=26, weights=people)
    assert (round(by_places.beta, 4), round(by_people.beta, 4)) == (-0.0034, -0.0009)


def test_the_oecds_ratio_for_the_united_kingdom_is_reproduced(shared):
    """OECD, Regions and Cities at a Glance: richest over poorest fifth of people's small regions, 2019."""
    rows = [
        row
        for row in _rows(shared / "data/regions/oecd_gdp_pop_tl3_2000_2020.csv", encoding="latin-1")
        if row["iso3"] == "GBR" and row["TIME"] == "2019" and "NA" not in (row["GDP_PC"], row["POP"])
    ]
    found = measures.top_bottom_ratio(
        [float(row["GDP_PC"]) for row in rows], weights=[float(row["POP"]) for row in rows]
    )
    assert round(found, 4) == 2.2498
