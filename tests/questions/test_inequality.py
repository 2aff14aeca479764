"""Gaps, splits, convergence and standing from the bundled figures, against what was published or computed."""

import pytest

from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import decomposition, inequality, standing
from fairground.questions.wealth.convergence import convergence
from fairground.report.words import headline, working
from fairground.sources import figures

RANKED = [one.id for one in figures.indicators() if one.better != "neither"]
OF_PLACES = [
    id
    for id in RANKED
    if figures.periods(id, "district")
    or (figures.periods(id, "region") and figures.read(id, level="region").quality.kept > 1)
]
OF_NINE = [
    id
    for id in OF_PLACES
    if not figures.periods(id, "region") or figures.read(id, level="region").quality.kept == 9
]


@pytest.mark.parametrize(("indicator", "gap", "half"), [("hle_male", 6.0, 1.1), ("hle_female", 7.4, 1.25)])
def test_the_newest_healthy_life_gaps_have_the_limits_of_the_research_note(indicator, gap, half):
    found = inequality.gap(indicator, "2022-24").value
    assert (found.best, found.worst, found.gap) == ("South East", "North East", gap)
    assert (found.upper - found.lower) / 2 == pytest.approx(half, abs=0.03)


def test_the_edition_that_was_replaced_is_told_beside_the_newest():
    lines = working(inequality.gap("hle_female", "2018-20"))
    assert any("4 March 2022" in line and "6.20" in line for line in lines)


@pytest.mark.parametrize("indicator", OF_PLACES)
def test_every_indicator_of_places_can_be_asked_for_its_gap_now_and_over_time(indicator):
    now, years = inequality.gap(indicator), inequality.gap_over_time(indicator)
    assert now.value.gap >= 0
    assert now.sources
    assert years.value.rows[-1].gap == now.value.gap
    assert Answer.from_json(years.to_json()) == years


def test_a_gap_of_a_few_regions_says_that_others_are_missing():
    lines = working(inequality.gap("median_household_wealth"))
    assert any("Only 2 of England's 9 regions" in line for line in lines)


def test_districts_can_be_asked_for_where_regions_are_there_too():
    found = inequality.gap("gdhi_per_head", "2023", level="district").value
    assert len(found.rows) == 296
    assert found.gap > inequality.gap("gdhi_per_head", "2023").value.gap


def test_the_deprivation_of_a_region_is_the_average_over_its_people():
    answer = inequality.gap("imd2025_average_score")
    assert (answer.value.best, answer.value.worst) == ("South East", "North East")
    assert any("worked out by us" in line for line in working(answer))
    data = figures.read("imd2025_average_score", level="district")
    held = [
        v
        for v, region in zip(data.columns["value"], data.columns["region"], strict=True)
        if region == "E12000001"
    ]
    assert min(held) < answer.value.rows[-1].value < max(held)


def test_the_ratio_of_london_to_the_worst_region_is_the_one_in_the_research_note():
    rows = {row.period: row for row in inequality.gap_over_time("gva_per_hour").value.rows}
    assert round(rows["2010"].ratio, 3) == 1.587
    assert round(rows["2023"].ratio, 3) == 1.515


@pytest.mark.parametrize(
    ("indicator", "period", "total", "share"),
    [
        ("gdhi_per_head", "1997", 0.02945, 0.27325),
        ("gdhi_per_head", "2023", 0.0420, 0.439),
        ("gva_per_hour", "2004", 0.0223, 0.302),
        ("gva_per_hour", "2023", 0.0191, 0.219),
        ("median_weekly_pay", "2025", 0.0077, 0.555),
    ],
)
def test_the_split_is_the_one_in_the_research_note(indicator, period, total, share):
    found = decomposition.decompose(indicator, period).value
    assert found.total == pytest.approx(total, abs=5.1e-5)
    assert found.between_share == pytest.approx(share, abs=5.1e-4)
    assert abs(found.residual) < 1e-12
    rows = {row.period: row for row in decomposition.decompose_over_time(indicator).value.rows}
    assert rows[period].between_share == found.between_share


def test_within_each_region_the_index_is_the_one_in_the_research_note():
    rows = {row.group: row for row in decomposition.decompose("gdhi_per_head", "2023").value.rows}
    assert round(rows["London"].index, 4) == 0.0659
    assert round(rows["North East"].index, 4) == 0.0024
    assert round(rows["London"].within, 4) == 0.0142


@pytest.mark.parametrize("indicator", OF_NINE)
@pytest.mark.parametrize("alpha", [0.0, 1.0, 2.0])
def test_every_indicator_of_all_places_splits_without_a_remainder(indicator, alpha):
    if (indicator, alpha) == ("imd2025_extent", 0.0):
        with pytest.raises(BadInput, match="above zero"):
            decomposition.decompose(indicator, alpha=alpha)
        return
    found = decomposition.decompose(indicator, alpha=alpha).value
    assert abs(found.total - found.between - found.within) < 1e-12
    assert found.between >= 0
    assert 0 <= found.between_share <= 1


def test_spending_is_split_between_the_broad_parts_of_england():
    answer = decomposition.decompose("transport_spend_per_head", "2017/18")
    assert {row.group for row in answer.value.rows} == {"North", "Midlands", "London", "South outside London"}
    assert "between regions" in headline(answer)


def test_convergence_counts_places_and_people_side_by_side_as_in_the_research_note():
    found = convergence("gdhi_per_head").value
    by_place, by_person = found.rows
    assert round(by_place.beta * 100, 2) == -0.34
    assert round(by_person.beta * 100, 2) == -0.09
    spreads = {year.period: year.by_person for year in found.spreads}
    noted = {"1997": 0.220, "2008": 0.238, "2013": 0.234, "2018": 0.254, "2023": 0.249}
    assert {year: spreads[year] for year in noted} == pytest.approx(noted, abs=6e-4)
    assert (by_place.direction, by_person.direction) == ("unclear", "apart")
    assert "depends on whether we count places or people" in headline(convergence("gdhi_per_head"))


def test_convergence_of_the_same_figures_with_each_region_is_of_nine():
    assert convergence("gdhi_per_head", level="region").value.places == 9
    assert convergence("transport_capital_per_head").value.level == "region"


@pytest.mark.parametrize("indicator", ["level3_plus_share", "imd2025_average_score"])
def test_one_period_cannot_grow_alike(indicator):
    with pytest.raises(BadInput, match="fewer than two periods"):
        convergence(indicator)


def test_stoke_is_in_the_worst_fifth_on_every_measure_and_its_rank_still_has_a_range():
    answer = standing.standing("Stoke-on-Trent")
    assert {row.fifth for row in answer.value.rows} == {5}
    assert all(
        row.ever_best <= row.rank_best <= row.rank <= row.rank_worst <= row.ever_worst
        for row in answer.value.rows
    )
    assert "no single true rank" in working(answer)[0]


def test_a_regions_standing_covers_every_subject():
    rows = {row.indicator for row in standing.standing("North East").value.rows}
    wanted = {"hle_male", "hle_female", "gdhi_per_head", "gva_per_hour", "median_weekly_pay"}
    wanted |= {"level3_plus_share", "business_rd_per_head", "imd2025_average_score"}
    wanted |= {"transport_spend_per_head", "all_capital_per_head"}
    assert wanted <= rows
    assert "median_household_wealth" not in rows, "two regions are not nine"


@pytest.mark.parametrize("indicator", OF_PLACES)
def test_every_indicator_of_places_can_be_asked_for_a_standing_over_the_years(indicator):
    place = "South East" if figures.periods(indicator, "region") else "Stoke-on-Trent"
    answer = standing.standing_over_time(place, indicator)
    assert all(row.rank_best <= row.rank <= row.rank_worst <= row.of for row in answer.value.rows)
    assert Answer.from_json(answer.to_json()) == answer


def test_the_years_of_a_measure_span_what_the_standing_says():
    years = standing.standing_over_time("North East", "hle_female").value.rows
    row = next(r for r in standing.standing("North East").value.rows if r.indicator == "hle_female")
    assert (row.ever_best, row.ever_worst) == (
        min(year.rank_best for year in years),
        max(year.rank_worst for year in years),
    )
    assert len(years) == row.periods == 12


def test_every_indicator_is_listed_with_its_sources():
    answer = standing.indicators()
    assert len(answer.value.rows) == len(figures.indicators())
    assert {"ons-was-round-8", "mhclg-iod-2025", "hmt-cra-2005-2018"} <= {s.id for s in answer.sources}


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: inequality.gap("hle_female", "1066"), "2022-24"),
        (lambda: inequality.gap("hle_female", level="parish"), "region, district"),
        (lambda: inequality.gap_over_time("mean_individual_wealth"), "nation"),
        (lambda: decomposition.decompose("mean_individual_wealth"), "nation"),
        (lambda: convergence("hle_female", level="parish"), "district, region"),
        (lambda: standing.standing("England"), "region or a district"),
        (lambda: standing.standing_over_time("Stoke-on-Trent", "population"), "Neither way"),
        (lambda: standing.standing_over_time("London", "median_household_wealth"), "South East"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(ask, told):
    with pytest.raises(BadInput, match=told):
        ask()


def test_an_indicator_that_does_not_exist_is_not_found():
    for ask in (inequality.gap, inequality.gap_over_time, decomposition.decompose, convergence):
        with pytest.raises(NotFound, match="gdhi_per_head"):
            ask("happiness")
