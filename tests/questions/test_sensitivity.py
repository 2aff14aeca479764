"""How sure the formula's result is for the 296 districts."""

import pytest

from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.questions.wealth import formula, sensitivity
from fairground.report.words import headline, working

CHOICE = formula.Choice.read("8,600,000,000", floor="0.7", cap="1.6")


def test_the_ranges_hold_the_floors_and_the_answer_keeps_its_seed():
    answer = sensitivity.sensitivity(CHOICE, draws="300", seed="42")
    assert Answer.from_json(answer.to_json()) == answer
    assert (answer.value.draws, answer.value.seed, len(answer.value.rows)) == (300, 42, 296)
    assert answer.value.gain + answer.value.lose + answer.value.depends == 296
    pence = {row.code: row.pence for row in formula.allocation(CHOICE).value.rows}
    assert {row.code: row.pence for row in answer.value.rows} == pence
    assert all(row.low_pence <= row.high_pence and row.rank_low <= row.rank_high for row in answer.value.rows)
    assert min(row.per_head_low for row in answer.value.rows) == pytest.approx(105.42, abs=0.01)
    assert "296 districts" in headline(answer)
    assert any("start from 42" in line for line in working(answer))
    assert any("took them as exact" in line for line in working(answer))


def test_an_assumed_error_is_told_as_a_guess_and_widens_the_ranges():
    one = formula.Choice.read("1000000", indicators={"gva_per_hour": "1"})
    still, moved = (sensitivity.sensitivity(one, draws=200, error=e) for e in ("", "0.05"))
    assert all(row.high_pence - row.low_pence <= 1 for row in still.value.rows)
    assert all(row.at_stake_pence > 0 for row in moved.value.rows)
    assert any("5.0% of each figure. That is a guess" in line for line in working(moved))
    assert any("only one indicator" in line for line in working(still))


@pytest.mark.parametrize(
    ("field", "value"),
    [("draws", "many"), ("draws", "99"), ("seed", "1.5"), ("error", "x"), ("error", "1.1")],
)
def test_settings_that_are_not_numbers_in_range_are_refused(field, value):
    with pytest.raises(BadInput, match=f"You gave '{value}'"):
        sensitivity.sensitivity(CHOICE, **{field: value})
