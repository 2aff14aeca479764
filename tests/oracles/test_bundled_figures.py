"""The tables that travel with us are the verified rows of the research data, no more and no fewer."""

import csv
import re

import pytest

from fairground import places
from fairground.sources import figures
from fairground.tables import rows

NAMES = {
    "population_mid_year": "population",
    "gva_per_hour_worked": "gva_per_hour",
    "hle_birth_male_original": "hle_male_original",
    "hle_birth_female_original": "hle_female_original",
    "hle_birth_male_revised": "hle_male",
    "hle_birth_female_revised": "hle_female",
    "median_household_total_wealth": "median_household_wealth",
    "median_individual_total_wealth": "median_individual_wealth",
    "mean_individual_total_wealth": "mean_individual_wealth",
    "business_rd_expenditure": "business_rd",
    "public_funded_rd_expenditure": "public_rd",
    "public_funded_rd_per_head": "public_rd_per_head",
    "gross_median_weekly_pay": "median_weekly_pay",
    "level3_plus_share_16_64": "level3_plus_share",
}
PERIODS = {"Apr2018-Mar2020": "2018-20", "Apr2020-Mar2022": "2020-22"}
# Held elsewhere: sums that others worked out (published.csv), and counts that our register of places gives.
ELSEWHERE = {
    "median_individual_total_wealth_gap",
    "transport_spend_per_head_avg_ippr2025",
    "lower_tier_local_authorities",
}
pytestmark = pytest.mark.shared


def read(shared, name):
    with (shared / "research" / "data" / name).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def ours():
    return {
        (places.get(row["area_code"]).code, row["indicator"], row["period"]): float(row["value"])
        for row in rows("figures")
    }


def test_the_figures_of_regions_and_nations_are_the_verified_rows(shared):
    wanted = {
        (
            r["area_code"],
            NAMES.get(r["indicator"], r["indicator"]),
            PERIODS.get(r["period"], r["period"]),
        ): float(r["value"])
        for r in read(shared, "regions_indicators.csv")
        if r["status"].startswith(("verified", "computed")) and r["indicator"] not in ELSEWHERE
    }
    held = {key: value for key, value in ours().items() if figures.level_of(key[0]) != "district"}
    assert held == wanted


def test_a_row_that_was_only_recalled_is_not_carried_over(shared):
    recalled = [
        (r["area_code"], NAMES.get(r["indicator"], r["indicator"]), PERIODS.get(r["period"], r["period"]))
        for r in read(shared, "regions_indicators.csv")
        if r["status"] == "recalled"
    ]
    assert len(recalled) == 4
    assert not set(recalled) & set(ours())


def test_the_figures_of_districts_are_those_of_the_panel(shared):
    wanted = {}
    for row in read(shared, "lad_panel_england.csv"):
        code = places.get(row["area_code"]).code
        for column, text in row.items():
            name, period = panel_name(column)
            if name and text:
                wanted[code, name, period] = float(text)
    held = {key: value for key, value in ours().items() if figures.level_of(key[0]) == "district"}
    assert held == wanted


def panel_name(column):
    """The indicator and the period of a column of the panel: `gdhi_per_head_2023` and the like."""
    if found := re.fullmatch(r"(imd2025_\w+)", column):
        return found[1], "2025"
    if found := re.fullmatch(r"(hle_(?:fe)?male)_2022_24", column):
        return found[1], "2022-24"
    found = re.fullmatch(r"(gdhi_per_head|gva_per_hour|median_weekly_pay|population)_(\d{4})", column)
    return (found[1], found[2]) if found else ("", "")


def test_the_limits_of_districts_are_those_of_the_panel(shared):
    limits = {
        (places.get(row["area_code"]).code, row["indicator"]): (row["lower"], row["upper"])
        for row in rows("figures")
        if row["period"] == "2022-24" and figures.level_of(row["area_code"]) == "district"
    }
    checked = 0
    for row in read(shared, "lad_panel_england.csv"):
        code = places.get(row["area_code"]).code
        for sex in ("male", "female"):
            if row[f"hle_{sex}_2022_24"]:
                given = (row[f"hle_{sex}_lci"], row[f"hle_{sex}_uci"])
                assert tuple(map(float, limits[code, f"hle_{sex}"])) == tuple(map(float, given))
                checked += 1
    assert checked == 2 * 128


def test_spending_is_the_treasurys_and_per_head_agrees_to_the_pound(shared):
    held = {(r["area_code"], r["financial_year"]): r for r in rows("spending")}
    wanted = read(shared, "cra_transport_capital.csv")
    assert len(held) == len(wanted)
    for row in wanted:
        own = held[row["area_code"], row["financial_year"]]
        assert float(own["transport_total_gbp_m"]) == float(row["transport_total_gbp_m"])
        assert float(own["transport_capital_gbp_m"]) == float(row["transport_capital_gbp_m"])
        assert float(own["all_capital_gbp_m"]) == float(row["all_identifiable_capital_gbp_m"])
        for ours_named, name in (
            ("transport_spend_per_head", "transport_total_per_head"),
            ("transport_capital_per_head", "transport_capital_per_head"),
            ("all_capital_per_head", "all_capital_per_head"),
        ):
            figure = figures.figure(row["area_code"], ours_named, period=row["financial_year"])
            assert (figure is None) == (not row[name]), "no population, no figure per head"
            if figure:
                assert figure.value == pytest.approx(float(row[name]), abs=1.0)


def test_the_register_has_as_many_districts_in_each_region_as_the_research_counted(shared):
    for row in read(shared, "regions_indicators.csv"):
        if row["indicator"] == "lower_tier_local_authorities":
            assert len(places.children(row["area_code"], kind="district")) == float(row["value"])


def test_the_international_table_is_the_one_that_was_computed(shared):
    held = {(row["country"], row["level"]): row for row in rows("oecd_2019")}
    wanted = read(shared, "oecd_league_table_2019.csv")
    assert len(held) == len(wanted)
    for row in wanted:
        own = held[row["iso3"], row["level"].split(" ")[0]]
        for name, theirs in (("theil_t", "theilT"), ("gini", "gini"), ("gap_ratio", "maxmin")):
            assert float(own[name]) == pytest.approx(float(row[theirs]), abs=1e-6)
        assert float(own["top_bottom_ratio"]) == pytest.approx(float(row["top20_bottom20_ratio"]), abs=1e-6)
