"""A number that is short to type and endless to write out is refused at once, in every question."""

import pytest

from fairground.errors import BadInput
from fairground.questions.wealth.award import award
from fairground.questions.wealth.formula import Choice
from fairground.questions.wealth.schedule import schedule
from fairground.questions.wealth.sensitivity import sensitivity

ENDLESS = ("1e-100000000", "1e100000000", "0e100000000")
CHOICE = Choice.read("1000000")


@pytest.mark.parametrize("number", ENDLESS)
@pytest.mark.parametrize("field", ["floor", "cap", "catch_up", "look_back"])
def test_a_bound_of_a_formula_is_no_endless_number(field, number):
    with pytest.raises(BadInput) as caught:
        Choice.read("1000000", **{field: number})
    assert (caught.value.field, caught.value.value) == (field, number)


@pytest.mark.parametrize("number", ENDLESS)
def test_a_pot_and_an_award_are_no_endless_numbers(number):
    with pytest.raises(BadInput, match="pot"):
        Choice.read(number)
    with pytest.raises(BadInput, match="amount"):
        award("Stoke-on-Trent", number)
    with pytest.raises(BadInput, match="pot"):
        award("Stoke-on-Trent", "5", pot=number)


@pytest.mark.parametrize("number", ENDLESS)
def test_an_error_and_a_band_are_no_endless_numbers(number):
    with pytest.raises(BadInput, match="error"):
        sensitivity(CHOICE, error=number)
    with pytest.raises(BadInput, match="band"):
        schedule(CHOICE, band=number)
    with pytest.raises(BadInput, match="damping"):
        schedule(CHOICE, damping=number)
