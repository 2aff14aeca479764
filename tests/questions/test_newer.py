"""Answers from a file that a person adds: the same engine, newer figures."""

from fractions import Fraction
from pathlib import Path

import pytest

from fairground import report
from fairground.errors import BadInput, DataProblem, NotFound
from fairground.questions import data
from fairground.questions.newer import counterfactual_of_file, gap_of_file
from fairground.questions.own_table import OwnTable
from fairground.questions.wealth.funding import REGIONS
from fairground.questions.wealth.funding import counterfactual as bundled
from fairground.sources import population, spending

FILES = Path(__file__).parents[1] / "sources" / "files"
HEAD = "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n"


def _statistics(folder, lines):
    path = folder / "figures.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n")
    return path


def test_the_gap_of_a_file_is_best_less_worst_of_the_nine_regions_only(tmp_path):
    lines = [
        "E12000001,North East,Region,Years,2022-01-01/P3Y,56.5,Years,yrs,56.0,57.0,,",
        "E12000008,South East,Region,Years,2022-01-01/P3Y,63.5,Years,yrs,63.0,64.0,,",
        "E92000001,England,Nation,Years,2022-01-01/P3Y,90,Years,yrs,,,,",
        "E12000001,North East,Region,Years,2021-01-01/P3Y,50,Years,yrs,,,,",
    ]
    found = gap_of_file("ons-hle-2026-02", _statistics(tmp_path, lines)).value
    assert (found.period, found.best, found.worst, found.gap) == ("2022-24", "South East", "North East", 7.0)
    assert found.upper - found.gap == pytest.approx((0.5**2 + 0.5**2) ** 0.5)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"indicator": "Wealth"}, "field 'indicator'.*Allowed: Made-up years of health"),
        ({"period": "1066"}, "field 'period'.*Allowed: 2021-23"),
        ({"better": "sideways"}, "Allowed: higher, lower"),
    ],
)
def test_what_the_file_does_not_have_is_refused_with_what_it_has(asked, told):
    with pytest.raises(BadInput, match=told):
        gap_of_file("ons-hle-2026-02", **asked)


def test_two_ways_of_measuring_are_not_mixed(tmp_path):
    lines = [
        "E12000001,North East,Region,Pay,2023,500,Mean,£,,,,",
        "E12000001,North East,Region,Pay,2023,450,Median,£,,,,",
    ]
    with pytest.raises(BadInput, match=r"Mean \(£\); Median \(£\)"):
        gap_of_file("ons-ashe-2026-06", _statistics(tmp_path, lines))


def test_a_file_of_another_kind_or_with_a_fault_gives_no_answer():
    with pytest.raises(BadInput, match="ons-hle-2026-02"):
        gap_of_file("hmt-cra")
    with pytest.raises(DataProblem, match="row 2"):
        gap_of_file("ons-hle-2026-02", FILES / "ons-local-statistics" / "broken.csv")


def test_by_hand_one_region_at_the_rate_of_london():
    counted = population.read().columns
    people = dict(zip(zip(counted["code"], counted["year"], strict=True), counted["population"], strict=True))
    rate = Fraction(160_000_000, people["E12000007", 2016])
    found = counterfactual_of_file(areas="North East", first="2016/17", last="2016/17").value
    assert found.extra == rate * people["E12000001", 2016] - Fraction("12000500")


def test_the_bundled_figures_as_a_file_give_the_bundled_answer(tmp_path):
    """Oracle: the transport of the bundled table, written as a Treasury file, gives the published £60.1bn."""
    held = spending.read().columns
    lines = ["FinancialYear,Geography,Value,HMTFunction,HMTSubfunction,CAPorCUR"]
    lines += [
        f"{year.replace('/', '-')},{REGIONS[code]},{Fraction(amount) * 1_000_000},Transport,,CAP"
        for code, year, amount in zip(
            held["code"], held["financial_year"], held["transport_total_gbp_m"], strict=True
        )
        if code in REGIONS
    ]
    path = tmp_path / "spending.csv"
    path.write_text("\n".join(lines) + "\n")
    found = counterfactual_of_file(path, areas="north", first="2007/08", last="2016/17").value
    assert found.extra == bundled("north", first="2007/08", last="2016/17").value.chosen.extra
    assert round(float(found.extra) / 1e9, 1) == 60.1


@pytest.mark.parametrize(
    ("asked", "kind", "told"),
    [
        ({"function": "education"}, NotFound, "no spending for this area"),
        ({"function": "moon"}, BadInput, "No function of the file.*transport"),
        ({"function": ""}, BadInput, "function"),
        ({"kind": "both"}, BadInput, "total, capital, current"),
        ({"at": "north"}, BadInput, "one region only"),
        ({"last": "2018/19", "kind": "capital"}, BadInput, "2018/19"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(asked, kind, told):
    whole = {"areas": "North East", "first": "2016/17", "last": "2016/17"} | asked
    with pytest.raises(kind, match=told):
        counterfactual_of_file(**whole)


def test_a_year_without_a_count_of_people_is_refused(tmp_path):
    text = (FILES.parents[2] / "src/fairground/sources/examples/regional_spending.csv").read_text("utf-8")
    path = tmp_path / "later.csv"
    path.write_text(text.replace("2017-18", "2030-31"))
    with pytest.raises(BadInput, match="No count of the people"):
        counterfactual_of_file(path, areas="North East", first="2030/31", last="2030/31", kind="capital")


def test_the_plain_rows_of_a_file_can_be_measured():
    """The lines that begin with # say where the rows come from; they are passed over."""
    text = report.as_csv(data.tidy("hmt-cra"))
    table = OwnTable.read(text, "rows.csv")
    assert len(table.rows) == len(data.tidy("hmt-cra").value.rows)
    assert table.header[-1] == "pounds"
