"""The formula on the 296 districts: the research note's measured numbers, its parts, and what is refused."""

from fractions import Fraction

import pytest

from fairground.errors import BadInput, Impossible, NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import explanation, formula
from fairground.report.words import headline, working

CHOICE = formula.Choice.read("8,600,000,000", floor="0.7", cap="1.6")


@pytest.fixture(scope="module")
def answer():
    return formula.allocation(CHOICE)


def test_the_research_note_is_reproduced(answer):
    """Research note, section 2.5: a pot of £8.6bn, need sqrt(deprivation x inverse productivity)."""
    value = answer.value
    assert len(value.rows) == 296
    assert sum(row.pence for row in value.rows) == 860_000_000_000 == value.pot_pence
    held = [row.bound for row in value.rows]
    assert (held.count("floor"), held.count("cap")) == (52, 0)
    assert {row.region: round(row.per_head) for row in value.regions} == {
        "North East": 180,
        "Yorkshire and The Humber": 169,
        "West Midlands": 168,
        "North West": 168,
        "East Midlands": 153,
        "London": 144,
        "South West": 140,
        "East of England": 137,
        "South East": 126,
    }


def test_every_level_adds_up_to_the_penny(answer):
    for region in answer.value.regions:
        own = [row for row in answer.value.rows if row.region == region.region]
        assert sum(row.pence for row in own) == region.pence
        assert sum(row.population for row in own) == region.population
    assert sum(region.pence for region in answer.value.regions) == answer.value.pot_pence


def test_the_standing_report_tells_winners_losers_and_the_largest_loss(answer):
    value = answer.value
    mean = Fraction(value.pot_pence, sum(row.population for row in value.rows))
    assert value.winners == sum(row.pence > mean * row.population for row in value.rows)
    assert value.losers == 296 - value.winners
    told = next(line for line in working(answer) if "equal share" in line)
    assert f"{value.winners} districts get more and {value.losers} get less" in told
    assert "£105.42, which is £45.18 less" in told


def test_catch_up_helps_regions_that_had_less_than_london(answer):
    caught_up = formula.allocation(formula.Choice.read("8600000000", floor="0.7", cap="1.6", catch_up="0.1"))
    before, after = ({row.region: row.pence for row in one.value.regions} for one in (answer, caught_up))
    assert after["London"] < before["London"]
    assert after["North East"] > before["North East"]


def test_an_answer_reads_back_without_loss(answer):
    assert Answer.from_json(answer.to_json()) == answer


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"indicators": {"gva_per_hour": "0.5"}}, "weights add up to 0.5, not 1"),
        ({"indicators": {"gva_per_hour": "-1"}}, "field 'gva_per_hour'.*'-1'"),
        ({"indicators": {"gva_per_hour": "half"}}, "field 'gva_per_hour'.*'half'"),
        ({"indicators": {"hle_female": "1"}}, "not published for"),
        ({"floor": "1.1"}, "field 'floor'.*'1.1'.*0 to 1"),
        ({"floor": "-0.1"}, "field 'floor'"),
        ({"cap": "0.9"}, "field 'cap'.*'0.9'.*1 to 100"),
        ({"floor": "NaN"}, "field 'floor'"),
        ({"rounding": "up"}, "rounding"),
    ],
)
def test_bad_choices_are_refused_by_field_and_value(fields, said):
    with pytest.raises(BadInput, match=said):
        formula.allocation(formula.Choice.read("1000000", **fields))


@pytest.mark.parametrize("pot", ["0", "-1", "1.001", "lots", "1e20", "inf"])
def test_a_pot_that_is_not_pounds_and_pence_is_refused(pot):
    with pytest.raises(BadInput, match="pot"):
        formula.Choice.read(pot)


def test_an_unknown_indicator_is_refused():
    with pytest.raises(NotFound, match="'luck'"):
        formula.Choice.read("1000000", indicators={"luck": "1"})


def test_a_floor_and_a_cap_of_the_average_leave_an_equal_share_to_the_penny():
    equal = formula.allocation(formula.Choice.read("1000000", floor="1", cap="1"))
    assert all(abs(row.against_equal_share) < 1e-3 for row in equal.value.rows)


def test_stoke_is_explained_in_pounds_that_add_up():
    answer = explanation.explanation(CHOICE, "Stoke-on-Trent")
    value = answer.value
    assert headline(answer) == (
        "Stoke-on-Trent would get £202.84 for each person, £52.24 more than the average of £150.60."
    )
    assert sum(row.pounds_per_head for row in value.rows) == value.difference == Fraction("52.24")
    assert round(value.per_head - value.mean, 2) == value.difference
    assert Answer.from_json(answer.to_json()) == answer


def test_a_place_at_the_floor_is_told_so_and_a_region_is_refused():
    told = working(explanation.explanation(CHOICE, "Hart"))
    assert any(line.startswith("Its own floor or cap: +£") for line in told)
    with pytest.raises(NotFound, match="no share in the pot"):
        explanation.explanation(CHOICE, "North East")


def test_clashing_bounds_are_told_by_place():
    districts = formula.for_districts(CHOICE)
    assert len(districts.codes) == 296
    with pytest.raises(Impossible, match="caps add up to"):
        formula.allocation(formula.Choice(Fraction(1000), cap=Fraction(1, 2)))


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (
            {"floor": Fraction(7, 10), "cap": Fraction(8, 5)},
            "Least that a place may get: 0.7 times the average",
        ),
        ({"floor": Fraction(7, 10)}, "Least that a place may get: 0.7 times the average for each person. "),
        ({"cap": Fraction(8, 5)}, "Most that a place may get: 1.6 times the average for each person. "),
        ({}, "There is no floor and no cap. All share in proportion."),
    ],
)
def test_what_bounds_a_share_is_told_and_a_bound_that_is_not_there_is_not(bounds, said):
    told = working(formula.allocation(formula.Choice(Fraction(8_600_000_000), **bounds)))
    assert sum(line.startswith(said) for line in told) == 1
    assert not any("none times" in line for line in told)
    assert any("The people are those of the middle of 2022." in line for line in told)
