"""Plans as files: read back the same, and every fault told with its table, line, field, value and range."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.wealth.finance import About, Income, Plan, plan_of, read, tables, write
from fairground.wealth.finance.entries import entry, text_of, value_of
from fairground.wealth.finance.plan import LISTS, MOST_LINES, SINGLES
from tests.wealth.finance.plans import START, about, hall

ABOUT = '[about]\nname = "Hall"\nstart = "2027-04"\n'
LINE = '[[income]]\nname = "Hire"\nkind = "hire"\npounds = 500\n'


def test_a_plan_comes_back_from_its_file_the_same():
    assert read(write(hall())) == hall()
    odd = hall(costs=(), about=about(name='Ann "Hall"\\n', summary="é 🏠", opening=7))
    assert read(write(odd)) == odd


def test_json_says_the_same_as_toml():
    import json

    assert read(json.dumps(tables(hall()))) == hall()


def test_numbers_may_be_written_as_people_write_them():
    plan = read(ABOUT + 'opening = "£1,234.50"\ninflation = 0.025\n' + LINE + 'occupancy = "62.5%"\n')
    assert plan.about.opening == 123_450
    assert plan.about.inflation == Fraction(1, 40)
    assert plan.income[0].occupancy == Fraction(5, 8)


LOAN = '[[loans]]\nname="l"\npounds=1\nterm=5\nrate=0\n'
COST = '[[costs]]\nname="c"\nkind="staff"\npounds=1\n'
SHARES = "[shares]\noptimum=5\nmaximum=9\n"

FAULTS = (
    ("no-about", LINE, "about", "about"),
    ("empty", ABOUT, "plan", "empty"),
    ("unknown-table", ABOUT + LINE + "[cats]\n", "cats", "no such field"),
    ("unknown-field", ABOUT + LINE + "cat = 1\n", "cat", "no such field in 'income 1'"),
    ("missing", ABOUT + '[[income]]\nname = "Hire"\nkind = "hire"\n', "income 1: pounds", "must be given"),
    ("words", ABOUT + LINE.replace("500", '"lots"'), "income 1: pounds", "'lots'"),
    ("part-of-a-penny", ABOUT + LINE.replace("500", "0.001"), "income 1: pounds", "whole pence"),
    ("abroad", ABOUT + LINE.replace("500", "'350.000'"), "income 1: pounds", "between thousands"),
    ("negative", ABOUT + LINE.replace("500", "-5"), "income 1: pounds", "pounds from 0 to 100,000,000"),
    ("too-much", ABOUT + LINE.replace("500", "1e12"), "income 1: pounds", "out of range"),
    ("share", ABOUT + LINE + 'occupancy = "120%"\n', "income 1: occupancy", "from 0% to 100%"),
    ("choice", ABOUT + LINE.replace('"hire"', '"magic"'), "income 1: kind", "hire, tenancy"),
    ("true", ABOUT + LINE.replace("500", "true"), "income 1: pounds", "yes or no"),
    ("whole", ABOUT + LINE + "starts = 1.5\n", "income 1: starts", "whole number"),
    ("month", ABOUT.replace("2027-04", "April") + LINE, "about: start", "2027-04"),
    ("no-month", ABOUT.replace("2027-04", "Mayhem 2027") + LINE, "about: start", "'Mayhem 2027'"),
    ("thirteenth", ABOUT.replace("2027-04", "2027-13") + LINE, "about: start", "'2027-13'"),
    ("season", ABOUT + LINE + 'season = "1 2 3"\n', "income 1: season", "twelve numbers"),
    ("dead-season", ABOUT + LINE + f'season = "{"0 " * 12}"\n', "income 1: season", "above zero"),
    ("long-name", ABOUT.replace("Hall", "x" * 201) + LINE, "about: name", "too long"),
    ("control", ABOUT.replace("Hall", "a\\u0007b") + LINE, "about: name", "cannot be shown"),
    ("not-a-list", ABOUT + "income = 3\n", "income", "no such field in 'about'"),
    ("holiday", ABOUT + LINE + LOAN + "holiday=5\n", "loans 1: holiday", "under 5"),
    ("ends", ABOUT + COST + "starts=5\nends=4\n", "costs 1: ends", "5 or later"),
    ("shares-order", ABOUT + LINE + SHARES + "expected=5\nminimum=6\n", "shares: optimum", "rise"),
    ("shares-above", ABOUT + LINE + SHARES + "expected=10\n", "shares: expected", "between"),
    ("holding", ABOUT + LINE + SHARES + "expected=5\nlargest=100001\n", "shares: largest", "100,000"),
    ("nonsense", "= 3", "", "not a plan that we can read"),
    ("broken-json", '{"about": ', "", "not a plan that we can read"),
    ("deep-json", '{"a":' * 30_000, "", "not a plan that we can read"),
    ("long", "#" * 500_001, "file", "too long"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "field", "told"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS]
)
def test_a_fault_is_told_with_its_place(text, field, told):
    with pytest.raises(BadInput) as fault:
        read(text, "hall.toml")
    assert str(fault.value).startswith("hall.toml")
    assert fault.value.field == field
    assert told in str(fault.value)


def test_a_list_that_is_none_is_refused():
    with pytest.raises(BadInput, match=r"\[\[income\]\]"):
        read('{"about": {"name": "a", "start": "2027-04"}, "income": 3}')
    with pytest.raises(BadInput, match="must be a table"):
        read('{"about": {"name": "a", "start": "2027-04"}, "income": [3]}')


def test_too_many_lines_are_refused():
    lines = (Income(name="i", kind="hire", pounds=1),) * (MOST_LINES + 1)
    with pytest.raises(BadInput, match="too many lines"):
        Plan(about(), income=lines)


def test_a_record_made_by_hand_is_checked_too():
    for wrong in (
        {"years": 26},
        {"opening": 1.5},
        {"opening": -1},
        {"inflation": 0.02},
        {"start": "x"},
        {"name": ""},
    ):
        with pytest.raises(BadInput):
            About(**{"name": "a", "start": START, **wrong})


@pytest.mark.parametrize(
    ("text", "asked"), [("6.5", True), ("50", True), ("51", False), ("-3", False), ("x", False)]
)
def test_a_share_that_lacks_its_sign_is_asked_about(text, asked):
    held = entry("share", most=0.5).metadata["entry"]
    with pytest.raises(BadInput) as fault:
        value_of(held, text, "rate")
    assert (f"Did you mean {text}%?" in str(fault.value)) == asked


@given(st.fractions(0, 1, max_denominator=1).map(lambda x: x) | st.decimals(0, 1, places=9).map(Fraction))
def test_a_share_is_written_as_it_is_read(value):
    held = entry("share").metadata["entry"]
    assert value_of(held, text_of(held, value), "x") == value


@given(st.integers(0, 10**10))
def test_money_is_written_as_it_is_read(pence):
    held = entry("pounds").metadata["entry"]
    assert value_of(held, text_of(held, pence), "x") == pence


@pytest.mark.parametrize(
    ("said", "pence"),
    [("£180k", 18_000_000), ("1.2m", 120_000_000), ("£180,000.00", 18_000_000), ("£ 12 500", 1_250_000)],
)
def test_money_of_a_plan_may_be_short(said, pence):
    assert value_of(entry("pounds").metadata["entry"], said, "price") == pence


@pytest.mark.parametrize("said", ["£180kg", "1.2.3m", "0.000001k", "300m"])
def test_money_that_no_plan_can_hold_is_refused_with_its_field(said):
    with pytest.raises(BadInput, match="price"):
        value_of(entry("pounds").metadata["entry"], said, "price")


def test_every_part_of_a_plan_has_entries():
    assert set(LISTS) | set(SINGLES) == set(Plan.__dataclass_fields__)


@pytest.mark.parametrize(
    "heavy",
    [
        ".".join(["a"] * 30_000) + " = 1",
        "[" + '"a b" . ' * 30_000 + "c]",
        'x = ["""\n \'"""", {' + "a." * 30_000 + 'a = 1}, ""]',
        "x = 0x" + "F" * 20_000,
        'name = "' + '\\"' * 100_000,
        "a" * 400_000,
    ],
    ids=["names in names", "in a heading", "behind words", "a long number", "open words", "one long word"],
)
def test_a_file_that_would_fill_the_memory_is_refused_before_it_is_read(heavy):
    with pytest.raises(BadInput, match="not a plan that we can read"):
        read(f"[about]\n{heavy}\n")


def test_words_with_many_points_are_no_names_in_names():
    told = "One.two.three.four.five.six.seven.eight.nine.ten"
    text = f'[about]\nname = "{told}"\nstart = "2027-01"\n[[income]]\nname = "a"\nkind = "hire"\npounds = 1\n'
    assert read(text).about.name == told


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_date_is_bound_to_the_same_years_as_a_month_in_words(day):
    with pytest.raises(BadInput, match="month"):
        read(f'[about]\nname = "a"\nstart = {day}\n')


def test_a_name_is_words_that_a_document_can_hold():
    for wrong in (["x"], {"a": 1}, "a\uffff"):
        with pytest.raises(BadInput, match="about: name"):
            plan_of({"about": {"name": wrong, "start": "2027-01"}})


@pytest.mark.parametrize("said", ["2027-04", "4/2027", "04/2027", "April 2027", "apr 2027", "Apr. 2027"])
def test_a_month_is_read_as_people_write_it(said):
    assert read(ABOUT.replace("2027-04", said) + LINE).about.start == date(2027, 4, 1)
