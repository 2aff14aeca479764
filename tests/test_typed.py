"""Numbers that people type are read in one way, and what is no number is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground import typed
from fairground.errors import BadInput
from fairground.questions.vintages import carried_over
from fairground.questions.wealth.award import award
from fairground.questions.wealth.formula import Choice
from fairground.questions.wealth.schedule import schedule
from fairground.questions.wealth.schemes import scheme
from fairground.questions.wealth.sensitivity import sensitivity

STRANGE = ("٥٦", "5_6", "५६", "５６", "0x10", "5 6", "1,2", "12,34,567", "ten", "", "-", ".", "1e", "e5", "∞")
ENDLESS = ("1e-100000000", "1e100000000", "0e100000000", "1e99", "9" * 61)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("56000000", Fraction(56_000_000)),
        ("£56,000,000", Fraction(56_000_000)),
        (" 0.7 ", Fraction(7, 10)),
        (".5", Fraction(1, 2)),
        ("+3", Fraction(3)),
        ("-1.25", Fraction(-5, 4)),
        ("8.6e9", Fraction(8_600_000_000)),
    ],
)
def test_a_number_is_read_exactly(text, value):
    assert typed.exact(text, "amount") == value


@pytest.mark.parametrize("text", [*STRANGE, *ENDLESS])
def test_what_is_no_number_in_plain_digits_is_refused_with_its_field(text):
    with pytest.raises(BadInput) as caught:
        typed.exact(text, "amount")
    assert (caught.value.field, caught.value.value) == ("amount", text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("£180k", 180_000),
        ("180 K", 180_000),
        ("1.2m", 1_200_000),
        ("£1.2 million", 1_200_000),
        ("£180,000.00", 180_000),
        ("£ 180 000", 180_000),
        ("£56mn", 56_000_000),
        ("£1.25bn", 1_250_000_000),
        ("2 thousand", 2_000),
        ("0.1k", 100),
        ("-£3.05", Fraction(-305, 100)),
    ],
)
def test_money_is_read_as_people_write_it(text, value):
    assert typed.pounds(text, "cost") == value


@pytest.mark.parametrize(
    "text", [*STRANGE, *ENDLESS, "k", "£", "1kk", "1.2.3m", "£k", "1e", "12 34", "m1", "1t"]
)
def test_what_is_no_money_is_refused_with_the_words_that_were_typed(text):
    with pytest.raises(BadInput) as caught:
        typed.pounds(text, "cost")
    assert (caught.value.field, caught.value.value) == ("cost", text)
    assert "180k" in str(caught.value)


def test_money_keeps_its_bounds_after_its_ending():
    with pytest.raises(BadInput, match="range"):
        typed.pounds("2m", "cost", most=1_000_000)


def test_money_may_be_typed_so_wherever_it_is_asked_for():
    assert award("Stoke-on-Trent", "£56m").value.amount == 56_000_000
    assert Choice.read("£1.2m").pot == Choice.read("1200000").pot


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_with_or_without_commas_is_itself(number):
    assert typed.whole(str(number), "n") == typed.whole(f"{number:,}", "n") == number


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_decimal_number_loses_nothing(number):
    assert typed.exact(f"{number:f}", "n") == Fraction(number)


@given(st.integers(1, 99).flatmap(lambda low: st.tuples(st.integers(0, low), st.just(low))))
def test_a_share_may_be_typed_as_a_fraction(share):
    top, low = share
    assert typed.part(f"{top}/{low}", "band") == Fraction(top, low)


@pytest.mark.parametrize("text", ["3/2", "1/0", "-1", "1.5", "1/٣", "1/2/3", *STRANGE])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(BadInput, match="band"):
        typed.part(text, "band")


@pytest.mark.parametrize(("text", "least", "most"), [("0", 1, 5), ("6", 1, 5), ("1.5", 1, 5)])
def test_a_whole_number_outside_its_range_is_refused(text, least, most):
    with pytest.raises(BadInput, match="1 to 5"):
        typed.whole(text, "years", least=least, most=most)


@pytest.mark.parametrize("text", ["٥٦", "5_6"])
def test_every_question_refuses_other_digits_and_underscores(text):
    choice = Choice.read("1000000")
    asks = [
        lambda: Choice.read(text),
        lambda: Choice.read("1000000", floor=text),
        lambda: award("Stoke-on-Trent", text),
        lambda: sensitivity(choice, draws=text),
        lambda: schedule(choice, years=text),
        lambda: schedule(choice, band=text),
        lambda: scheme("barnett", amount=text),
        lambda: carried_over(f"code,people\nE07000026,{text}\n", name="own.csv", value="people"),
    ]
    for ask in asks:
        with pytest.raises(BadInput) as caught:
            ask()
        assert text in str(caught.value)


@pytest.mark.parametrize("text", ["45.000", "£1.250", " £999.999 "])
def test_pounds_with_three_decimals_are_refused_because_they_may_be_thousands(text):
    with pytest.raises(BadInput, match="field 'price': The point may stand between thousands"):
        typed.refuse_thousands_from_abroad(text, "price")


@pytest.mark.parametrize("text", ["45.00", "1234.500", "45,000", "45.0000", ".125", 45.125])
def test_other_pounds_are_not(text):
    typed.refuse_thousands_from_abroad(text, "price")
