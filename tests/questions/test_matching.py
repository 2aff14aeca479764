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
