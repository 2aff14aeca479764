"""The pot that matches a region, the exponents of a formula, and what a merger does, on the 296 districts."""

from fractions import Fraction
from itertools import pairwise

import pytest

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer
from fairground.questions.wealth import formula, merger, past, schedule
from fairground.report.words import headline, working

DEPRIVATION = {"imd2025_average_score": "1"}


def choose(**fields):
    return formula.Choice.read(**fields)


def test_matching_london_lifts_every_region_to_its_level_and_no_more():
    """Oracle: region by region from the rates; the note has £28.0bn, in cash, people of those years."""
    years = past.years(5)
    rate = {code: sum(past.real_rate(code, year) for year in years) / 5 for code in past.regions()}
    people = dict.fromkeys(rate, 0)
    for place in places.children("E92000001", kind="district"):
        people[place.region] += place.population
    gaps = [people[code] * max(Fraction(0), rate[past.LONDON] - rate[code]) for code in rate]
    answer = formula.allocation(choose(match="London"))
    assert answer.value.pot_pence == round(100 * sum(gaps)) == sum(row.pence for row in answer.value.rows)
    assert 27.9 < answer.value.pot_pence / 1e11 < 31
    told = next(line for line in working(answer) if "How the pot was found" in line)
    assert "2013/14 to 2017/18" in told
    assert Answer.from_json(answer.to_json()) == answer


def test_matching_a_poorer_region_costs_less_and_counts_only_those_below_it():
    pots = [choose(match=name).pot for name in ("London", "North West", "South East")]
    assert pots == sorted(pots, reverse=True)
    assert len(set(pots)) == 3


def test_the_path_has_the_same_pot_and_tells_how_it_was_found():
    choice = choose(match="London")
    answer = schedule.schedule(choice, years=3, keep="0.95")
    assert {sum(d.pence[year] for d in answer.value.districts) for year in range(3)} == {choice.pot * 100}
    for district in answer.value.districts:
        steps = (district.before_pence, *district.pence)
        assert all(b >= int(Fraction(95, 100) * a) for a, b in pairwise(steps))
    assert any("How the pot was found" in line for line in working(answer))
    assert any("less than 95.0% of what it got" in line for line in working(answer))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"pot": "1000", "match": "London"}, "not both"),
        ({}, "Give a pot, or a region"),
        ({"match": "north"}, "one region only"),
        ({"pot": "1000", "power": "-1"}, "field 'power'"),
        ({"pot": "1000", "cost": "lots"}, "field 'cost'"),
    ],
)
def test_bad_choices_are_refused(fields, said):
    with pytest.raises(BadInput, match=said):
        choose(**fields)


def test_the_region_with_least_cannot_be_matched_and_an_unknown_one_is_not_found():
    least = min(past.regions(), key=lambda code: sum(past.real_rate(code, y) for y in past.years(5)))
    with pytest.raises(BadInput, match="No region has less"):
        choose(match=places.get(least).name)
    with pytest.raises(NotFound, match="Narnia"):
        choose(match="Narnia")


def test_need_to_the_power_of_nothing_is_an_equal_share_and_a_higher_power_moves_more():
    moved = [
        formula.allocation(choose(pot="1000000000", power=power)).value.moved_pence
        for power in ("0", "0.5", "1", "2")
    ]
    assert moved == sorted(moved)
    assert moved[0] < 296
    assert len(set(moved)) == 4


def test_cost_gives_more_where_pay_is_higher_and_is_off_by_default():
    plain, costly = (formula.allocation(choose(pot="1000000000", cost=cost)) for cost in ("", "1"))
    before, after = ({row.region: row.pence for row in one.value.regions} for one in (plain, costly))
    assert after["London"] > before["London"]
    assert after["North East"] < before["North East"]
    assert not any("Cost is on" in line for line in working(plain))
    assert any("Cost is on" in line for line in working(costly))


def test_a_choice_written_down_reads_back_the_same():
    choice = choose(match="London", power="1.5", cost="0.25", floor="0.7")
    assert formula.Choice.read(**formula.choice_as_record(choice)) == choice


def test_a_merger_changes_nothing_but_rounding_when_need_is_one_figure():
    """Law 7. The published average score is a mean over people, so it is additive."""
    answer = merger.merger(choose(pot="8600000000", indicators=DEPRIVATION), ["Stafford", "Stoke-on-Trent"])
    assert abs(answer.value.difference_pence) < 100


def test_a_merger_under_the_default_formula_is_told_in_pence():
    answer = merger.merger(choose(pot="8600000000", floor="0.7"), ["Kensington and Chelsea", "Brent"])
    value = answer.value
    assert value.difference_pence == value.together_pence - value.apart_pence != 0
    assert sum(row.pence for row in value.rows) == value.apart_pence
    assert f"£{abs(value.difference_pence) // 100:,}" in headline(answer)
    assert ("more" if value.difference_pence > 0 else "less") in headline(answer)
    assert Answer.from_json(answer.to_json()) == answer


@pytest.mark.parametrize("parts", [["Hart"], ["Hart", "Hart"], ["Hart", "North East"]])
def test_a_merger_needs_two_districts(parts):
    with pytest.raises(BadInput, match="field 'places'"):
        merger.merger(choose(pot="1000000"), parts)


def test_each_year_has_the_level_and_the_pot_of_its_own_past_year():
    """Oracle: year by year from the rates, as a person would with a pencil."""
    answer = schedule.schedule(choose(match="London"), years=3, levels="each-year")
    people = dict.fromkeys(past.regions(), 0)
    for place in places.children("E92000001", kind="district"):
        people[place.region] += place.population
    assert [row.figures_of for row in answer.value.levels] == list(past.years(3))
    for row in answer.value.levels:
        london = past.real_rate(past.LONDON, row.figures_of)
        lacks = sum(n * max(0, london - past.real_rate(code, row.figures_of)) for code, n in people.items())
        assert (row.level, row.pot_pence) == (london, round(100 * lacks))
        assert sum(d.pence[row.year - 1] for d in answer.value.districts) == row.pot_pence
    told = " ".join(working(answer))
    assert "2014/15" in told, "the start is the year before the three"
    assert "Each year has a level of its own: what London had" in told
    assert "with pots from" in headline(answer)
    assert Answer.from_json(answer.to_json()) == answer


def test_typed_levels_are_those_of_the_years_and_the_last_holds_on():
    answer = schedule.schedule(choose(match="London"), years=4, levels="1600, £1700")
    assert [row.level for row in answer.value.levels] == [1600, 1700, 1700, 1700]


def test_a_level_of_its_own_moves_catch_up_with_a_pot_that_is_given():
    choice = choose(pot="8600000000", catch_up="0.1")
    flat = schedule.schedule(choice, years=3, levels="1600").value
    high = schedule.schedule(choice, years=3, levels="3200").value
    assert {row.pot_pence for row in high.levels} == {860_000_000_000}
    assert high.rows[2].years_behind != flat.rows[2].years_behind


@pytest.mark.parametrize(
    ("fields", "levels", "years", "said"),
    [
        ({"pot": "1000000"}, "1600", 3, "levels"),
        ({"match": "London"}, "many", 3, "levels"),
        ({"match": "London"}, "1600,1700,1800,1900", 3, "at most 3"),
        ({"match": "London"}, "0.5", 3, "levels"),
        ({"match": "London"}, "2", 3, "takes no money"),
        ({"match": "London"}, "each-year", 19, "1 to 18"),
        ({"match": "South East", "catch_up": "0.1"}, "each-year", 3, "years behind London"),
    ],
)
def test_levels_that_cannot_be_are_refused(fields, levels, years, said):
    with pytest.raises(BadInput, match=said):
        schedule.schedule(choose(**fields), years=years, levels=levels)


def test_catch_up_may_be_raised_to_a_power():
    """At 0 it counts for nothing; at 1 it is as it was; a power without catch-up is refused."""
    plain = formula.allocation(choose(pot="8600000000")).value.digest
    on = choose(pot="8600000000", catch_up="0.1")
    assert formula.allocation(choose(pot="8600000000", catch_up="0.1", beta="0")).value.digest == plain
    assert (
        formula.allocation(choose(pot="8600000000", catch_up="0.1", beta="1")).value
        == formula.allocation(on).value
    )
    half = formula.allocation(choose(pot="8600000000", catch_up="0.1", beta="0.5"))
    assert half.value.digest not in (plain, formula.allocation(on).value.digest)
    assert any("raised to the power 0.5" in line for line in working(half))
    with pytest.raises(BadInput, match="beta"):
        choose(pot="8600000000", beta="2")
