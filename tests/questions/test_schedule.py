"""The yearly schedule for the 296 districts: exact, inside its band, in real terms."""

import pytest

from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.questions.wealth import formula, past, schedule
from fairground.report.words import headline, working

CHOICE = formula.Choice.read("8600000000", floor="0.7", cap="1.6")


def test_each_year_adds_up_and_no_share_leaves_the_band():
    answer = schedule.schedule(CHOICE, years="10", band="0.1")
    value = answer.value
    assert len(value.districts) == 296
    for year in range(10):
        assert sum(one.pence[year] for one in value.districts) == 860_000_000_000
        assert sum(row.pence for row in value.rows if row.year == year + 1) == 860_000_000_000
    assert sum(one.before_pence for one in value.districts) == 860_000_000_000
    assert value.largest_move == pytest.approx(0.1, abs=1e-6)
    assert Answer.from_json(answer.to_json()) == answer
    assert "moves by more than 10.0%" in headline(answer)
    assert any("holds back" in line for line in working(answer))


def test_without_a_band_the_third_year_is_the_formula_itself():
    last = schedule.schedule(CHOICE, place="Stoke-on-Trent", years=3).value.rows[-1]
    shares = {row.code: row.pence for row in formula.allocation(CHOICE).value.rows}
    assert (last.year, last.pence, last.aim_pence) == (3, shares[last.code], shares[last.code])


def test_the_years_behind_are_the_depreciated_shortfall_over_londons_level():
    """Worked twice: once by the engine, once by hand from the bundled rates."""
    region = "E12000001"
    rows = past.history(region)
    assert len(rows) == 10
    owed = sum(
        0.96 ** (9 - i) * max(0.0, float(row.benchmark - row.received)) * row.population
        for i, row in enumerate(rows)
    )
    level = float(rows[-1].benchmark) * rows[-1].population
    assert float(past.region_behind()[region]) == pytest.approx(owed / level)
    assert past.region_behind()[past.LONDON] == 0


def test_catch_up_is_shown_year_by_year():
    answer = schedule.schedule(
        formula.Choice.read("8600000000", catch_up="0.1"), years=2, place="Stoke-on-Trent", damping="1/2,1"
    )
    first, second = answer.value.rows
    assert (first.year, second.year) == (1, 2)
    assert second.pence == second.aim_pence
    assert second.years_behind != first.years_behind
    assert any("1/2, 1 of the way" in line for line in working(answer))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"years": "0"}, "years"),
        ({"years": "ten"}, "field 'years'.*'ten'"),
        ({"band": "2"}, "field 'band'.*'2'.*0 to 1"),
        ({"band": "wide"}, "field 'band'.*'wide'"),
        ({"damping": "1, 1/2"}, "Damping must rise"),
        ({"damping": "1/0"}, "field 'damping'"),
        ({"place": "North East"}, "one of the 296 districts"),
    ],
)
def test_bad_settings_are_refused_by_field_and_value(fields, said):
    with pytest.raises(BadInput, match=said):
        schedule.schedule(CHOICE, **fields)
