"""The report's own figures, worked out again: the three corrections of the research note, and the rest."""

import csv

import pytest

from fairground.errors import NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import claims
from fairground.questions.wealth.claim_checks import CHECKS
from fairground.report.words import headline, working
from fairground.sources import figures, published

REGISTER = claims._claims()


def rows(id):
    return {f"{row.measure}, {row.period}": row for row in claims.check(id).value.rows}


def test_the_five_year_gap_is_londons_and_not_the_south_easts():
    found = rows("healthy-life-gap")
    assert found["Men, South East less North East, 2018-20"].value == 6.4
    assert found["Women, South East less North East, 2018-20"].value == 6.2
    assert found["Men, London less North East, 2018-20"].value == 4.7
    assert found["Women, London less North East, 2018-20"].value == 5.3
    assert found["Men, South East less North East, revised, 2018-20"].value == 6.7
    assert found["Women, South East less North East, revised, 2018-20"].value == 6.7
    assert found["Men, South East less North East, newest, 2022-24"].value == 6.0
    assert found["Women, South East less North East, newest, 2022-24"].value == 7.4
    assert claims.check("healthy-life-gap").value.verdict == "another-definition"


def test_the_average_personal_wealth_is_the_median_of_households():
    answer = claims.check("north-east-wealth")
    found = rows("north-east-wealth")
    assert answer.value.verdict == "another-definition"
    assert found["Household, median, North East, 2018-20"].value == 168500
    assert found["One person, median, all of Great Britain, 2018-20"].value == 125000
    assert found["One person, mean, all of Great Britain, 2018-20"].value == 305000
    assert found["One person, median, South East less North East, 2018-20"].value == 157000
    assert [row.value for row in found.values() if row.newest] == [179900]
    assert [round(row.value, 3) for row in rows("wealth-third").values()] == [0.335, 0.367]
    assert claims.check("wealth-third").value.verdict == "holds"


def test_the_uk_is_not_at_the_bottom_of_any_table_that_we_can_work_out():
    found = {name.split(", of")[0]: row for name, row in rows("league-table").items()}
    assert found["Richest fifth over poorest fifth, small regions"].value == 11
    assert found["Theil T, small regions"].value == 12
    assert found["Richest region over poorest, small regions"].value == 9
    assert min(row.value for row in found.values()) > 1
    assert claims.check("league-table").value.verdict == "does-not-hold"
    assert any("productivity" in line for line in working(claims.check("league-table")))


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("cluster-80m", "holds"),
        ("transport-86bn", "not-yet"),
        ("transport-63bn", "depends"),
        ("transport-66bn", "depends"),
        ("transport-140bn", "not-yet"),
        ("assets-6000-a-year", "depends"),
        ("assets-15bn", "not-yet"),
        ("stoke-56m", "not-yet"),
        ("far-worse-divides", "not-yet"),
        ("green-300m", "not-yet"),
    ],
)
def test_the_verdict_on(id, expected):
    assert claims.check(id).value.verdict == expected


def test_a_cluster_now_gets_160_million_over_ten_years():
    newest = [row for row in claims.check("cluster-80m").value.rows if row.newest]
    assert [(row.value, row.period) for row in newest] == [(160.0, "2024/25 to 2033/34")]


def test_the_transport_claims_are_set_against_the_golden_sums_of_the_counterfactual():
    assert round(rows("transport-63bn")["In cash, people of each year, 2007/08 to 2016/17"].value, 1) == 60.1
    assert round(rows("transport-66bn")["In cash, people of each year, 2008/09 to 2017/18"].value, 1) == 63.8


@pytest.mark.parametrize(("id", "said"), [("london-708-a-head", 708), ("north-289-a-head", 289)])
def test_spending_a_head_as_stated_lies_between_cash_and_real(id, said):
    cash, real = (row.value for row in claims.check(id).value.rows)
    assert cash < said < real
    assert claims.check(id).value.verdict == "depends"


def test_75000_assets_are_more_than_6000_a_year_over_12_years_and_not_over_13():
    found = rows("assets-6000-a-year")
    assert found["75,000 over 12 financial years, 2010/11 to 2021/22"].value == 6250
    assert round(found["75,000 over 13 financial years, 2010/11 to 2022/23"].value) == 5769


def test_england_had_333_principal_councils_when_154_answered():
    assert [row.value for row in claims.check("foi-154").value.rows] == [333]


@pytest.mark.parametrize("id", sorted(REGISTER))
def test_each_claim_has_a_verdict_with_its_words_and_its_sources(id):
    answer = claims.check(id)
    assert REGISTER[id].statement in headline(answer)
    assert answer.sources
    assert Answer.from_json(answer.to_json()) == answer
    if answer.value.verdict == "not-yet":
        assert REGISTER[id].unknown, "say why it cannot be checked"
    assert all(len(f"{row.measure}, {row.period}") <= 60 for row in answer.value.rows)


@pytest.mark.slow
def test_the_list_has_every_claim_with_the_same_verdict():
    found = {row.id: row.verdict for row in claims.every().value.rows}
    assert found == {id: claims.check(id).value.verdict for id in REGISTER}


def test_each_check_is_used_by_some_claim_and_each_claim_has_a_check():
    assert {claim.check for claim in REGISTER.values()} == set(CHECKS)


def test_an_unknown_claim_is_refused_with_those_that_there_are():
    with pytest.raises(NotFound, match="healthy-life-gap"):
        claims.check("the-moon")


def test_an_unknown_fact_is_refused():
    with pytest.raises(NotFound, match="zone-first"):
        published.fact("the-moon")


@pytest.mark.shared
def test_the_published_sums_are_those_of_the_research_note(shared):
    with (shared / "research/data/policy_facts.csv").open(encoding="utf-8-sig") as file:
        note = {(row["topic"], row["item"]): row for row in csv.DictReader(file)}
    for key, id in (
        (("Investment Zones", "original envelope per zone"), "zone-first"),
        (("Investment Zones", "extended envelope per zone"), "zone-newest"),
        (("transport counterfactual", "2025 edition"), "transport-140bn"),
    ):
        assert note[key]["status"] == "verified"
        assert published.fact(id).value == float(note[key]["value"])
    with (shared / "research/data/regions_indicators.csv").open(encoding="utf-8-sig") as file:
        held = list(csv.DictReader(file))
    average = {
        row["area_name"]: float(row["value"])
        for row in held
        if row["indicator"] == "transport_spend_per_head_avg_ippr2025"
    }
    ids = [id for id in published._facts() if id.startswith("per-head-ippr-2025-")]
    ours = {published.fact(id).measure: published.fact(id).value for id in ids}
    assert ours == {**average, "The North": 486.0}
    apart = [row["value"] for row in held if row["indicator"] == "median_individual_total_wealth_gap"]
    assert [published.fact("individual-wealth-gap").value] == [float(value) for value in apart]


def test_a_wealth_claim_uses_the_table_of_figures():
    held = figures.figure("E12000001", "median_household_wealth", period="2018-20")
    assert held is not None
    assert rows("north-east-wealth")["Household, median, North East, 2018-20"].edition == held.source.edition
