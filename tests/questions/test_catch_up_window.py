"""Over how many years catch-up looks back: a choice of the formula like any other."""

import pytest

from fairground.errors import BadInput
from fairground.questions.wealth import formula
from fairground.report.words import working


def choose(look_back="", catch_up="0.1"):
    return formula.Choice.read("1000000", catch_up=catch_up, look_back=look_back)


def test_ten_years_are_the_start_and_the_choice_is_kept():
    assert choose() == choose("10")
    kept = formula.choice_as_record(choose("5"))
    assert formula.Choice.read(**kept) == choose("5")
    kept.pop("look_back")
    assert formula.Choice.read(**kept) == choose("10")


def test_another_window_shares_the_same_pot_otherwise_and_says_so():
    short, long = (formula.allocation(choose(years)) for years in ("3", "19"))
    assert short.value.pot_pence == long.value.pot_pence == 100_000_000
    assert short.value.digest != long.value.digest
    assert any("3 years to 2017/18" in line for line in working(short))


def test_without_catch_up_the_window_does_not_matter():
    one, other = (formula.allocation(choose(years, catch_up="")) for years in ("3", "19"))
    assert one.value.digest == other.value.digest


@pytest.mark.parametrize("years", ["0", "20", "2.5", "many", "-1"])
def test_a_window_outside_the_figures_is_refused(years):
    with pytest.raises(BadInput) as caught:
        choose(years)
    assert caught.value.field == "look_back"
