"""Answers are shown with words, tables and sources."""

import tomllib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

import pytest

from fairground import report
from fairground.errors import NotFound
from fairground.evidence import Answer, Method, Source, Step
from fairground.report import numbers, words
from fairground.report.layout import as_csv, as_table, as_text

SOURCE = Source("s", "Regional accounts", "ONS", "2025", "OGL v3", "https://example.org", "2025-09-10")


@dataclass(frozen=True)
class Row:
    place: str
    share: Fraction
    known: float | None


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...]


@pytest.fixture
def answer(monkeypatch):
    monkeypatch.setattr(
        words, "messages", lambda language="en": {"t.head": "{n:count} rows.", "t.step": "Added {p:pounds}."}
    )
    rows = (Row("=Stoke", Fraction(1, 3), 2.0), Row("Hull", Fraction(2, 3), None))
    return Answer(
        Table(rows),
        Method("m", "Sum", "A book"),
        (Step("t.head", {"n": 2}), Step("t.step", {"p": 56_000_000})),
        (SOURCE,),
    )


@pytest.mark.parametrize(
    ("how", "value", "shown"),
    [
        ("pounds", 8_600_000_000, "£8.6 billion"),
        ("pounds", 56_000_000, "£56 million"),
        ("pounds", 35361, "£35,361"),
        ("pounds", Decimal("1.5"), "£1.50"),
        ("pounds", -24.3e9, "−£24.3 billion"),
        ("pounds", 0, "£0"),
        ("pence", 5_600_000_001, "£56,000,000.01"),
        ("percent", 0.4388, "43.9%"),
        ("percent", Fraction(1, 3), "33.3%"),
        ("number", 0.04204, "0.0420"),
        ("number", 6.72, "6.72"),
        ("number", 35.31, "35.3"),
        ("number", 25425.4, "25,425"),
        ("count", 57106398, "57,106,398"),
        ("signed_pounds", 55, "+£55"),
        ("signed_pounds", -9, "−£9"),
        ("one", 2.25, "2.3"),
        ("number", 0, "0"),
        ("one", -0.01, "0.0"),
    ],
)
def test_numbers_are_written_as_people_write_them(how, value, shown):
    assert numbers.FORMATS[how](value) == shown


def test_text_has_headline_table_working_method_and_sources(answer):
    shown = as_text(answer)
    assert shown.startswith("2 rows.")
    assert "Added £56 million." in shown
    assert "Method: Sum (A book)" in shown
    assert "Regional accounts, ONS, 2025, OGL v3, https://example.org" in shown
    assert "not known" in shown


def test_every_column_is_written_in_a_known_way():
    for part in words._files("en"):
        for name, way in part.get("formats", {}).items():
            assert way in numbers.FORMATS or way == "word", (name, way)


def test_a_code_in_a_cell_is_shown_as_a_word_and_text_stays_as_it_is():
    assert report.cell_text("transport-capital", "function") == "transport (investment only)"
    assert report.cell_text("2007/08", "people") == "2007/08"
    assert report.cell_text(Fraction(60_128_425_085), "extra") == "£60.13 billion"


def test_an_exact_fraction_is_a_plain_decimal_in_a_spreadsheet(answer):
    assert "0.333333333333," in as_csv(answer)
    whole = Answer(Fraction(1200), answer.method, answer.steps, answer.sources)
    assert as_csv(whole).splitlines()[1] == "1200"


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        (0.3347238776321017, "0.334724"),
        (5.0, "5"),
        (-14650.25, "-14650.25"),
        (0.0, "0"),
        (1.2345678e-7, "0.000000123457"),
        (1e22, "10000000000000000000000"),
        (float("inf"), "inf"),
    ],
)
def test_a_decimal_in_a_spreadsheet_has_the_digits_that_people_read_and_json_has_all(answer, held, shown):
    whole = Answer(held, answer.method, answer.steps, answer.sources)
    assert as_csv(whole).splitlines()[1] == shown
    assert held == float("inf") or Answer.from_json(whole.to_json()).value == held


def test_a_flat_map_is_named_in_words():
    assert numbers.map_name("EPSG:27700") == "the British National Grid (EPSG:27700)"
    about = "+proj=tmerc +lat_0=28.1234 +lon_0=-15.4300 +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs"
    assert numbers.map_name(about).endswith("about latitude 28.1234, longitude −15.4300)")
    assert numbers.map_name("flat") == "the map flat"


@dataclass(frozen=True)
class TwoTables:
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]


def test_a_second_table_is_found_and_written_by_its_name(answer):
    value = TwoTables(answer.value.rows, (Row("All", Fraction(1), None),))
    both = Answer(value, answer.method, answer.steps, answer.sources)
    assert report.parts(value) == ("totals",)
    assert as_csv(both, "totals").splitlines()[1] == "All,1,"
    assert as_csv(both).splitlines()[1].startswith("'=Stoke")


def test_csv_carries_its_sources_and_disarms_formulas(answer):
    shown = as_csv(answer)
    assert shown.splitlines()[0] == "place,share,known"
    assert "'=Stoke" in shown
    assert "# Source: Regional accounts" in shown


def test_a_table_is_the_rows_of_the_value(answer):
    names, rows = as_table(answer)
    assert names == ("place", "share", "known")
    assert rows[1] == ("Hull", Fraction(2, 3), None)


def test_a_step_without_words_is_an_error(answer):
    with pytest.raises(NotFound, match="no words"):
        report.say(Step("t.nothing"))


def test_every_message_formats_only_in_known_ways():
    for code, text in words._files("en") and [
        (c, t) for part in words._files("en") for c, t in part.items() if isinstance(t, str)
    ]:
        for _, name, spec, _ in words._Speaker().parse(text):
            assert name is None or name.isidentifier(), (code, name)
            known = not spec or spec in numbers.FORMATS or spec in ("word", "in {currency}")
            assert known or spec.count("|") == 1, (code, spec)


def test_no_code_has_words_in_two_files():
    codes = [code for part in words._files("en") for code, text in part.items() if isinstance(text, str)]
    assert len(codes) == len(set(codes))


@dataclass(frozen=True)
class Wide:
    name: str
    statement: str
    nothing: str


def test_a_table_too_wide_for_a_terminal_is_shown_row_below_row_without_its_empty_cells(answer):
    long = "x" * 250
    wide = Answer((Wide("one", long, ""), Wide("two", "short", "")), answer.method, answer.steps, (SOURCE,))
    lines = as_text(wide).splitlines()
    at = lines.index("one")
    assert lines[at + 1].endswith(f": {long}")
    assert lines[at + 2 : at + 4] == ["", "two"]
    assert lines[at + 4].endswith(": short")


@pytest.mark.parametrize(
    ("value", "noun"), [(1, "row"), (1.3, "row"), (Fraction(1), "row"), (0, "rows"), (2, "rows")]
)
def test_a_word_belongs_to_the_number_before_it(value, noun):
    assert words.written(value, "row|rows") == noun


@pytest.mark.parametrize(
    ("currency", "said"),
    [("GBP", "£30,504.90"), ("pounds", "£30,504.90"), ("PLN", "30,504.90 PLN"), ("units", "30,504.90 units")],
)
def test_money_is_said_as_people_write_it_in_its_currency(currency, said):
    facts = {"each": Fraction("30504.9"), "currency": currency}
    step = Step("budgeting.endowment", facts)
    assert report.say(step) == f"Each voter starts with {said} to spend on what they marked."


def test_a_result_with_one_voter_and_one_winner_speaks_of_one():
    facts = {"voters": 1, "nothing": 0, "share": Fraction(0), "pot": "Town"}
    assert report.say(Step("budgeting.result.pot", facts)).startswith("Town: 1 person could vote on it")
    facts = {"winners": 1, "projects": 2, "cost": 5, "budget": 8}
    assert report.say(Step("budgeting.result", facts)) == "1 of 2 projects was chosen. It costs £5 of £8."


def test_a_field_of_many_numbers_gives_a_column_for_each(answer):
    @dataclass(frozen=True)
    class Paid:
        name: str
        pence: tuple[int, ...] = field(metadata={"each": "year"})

    names, rows = as_table(replace(answer, value=(Paid("Hull", (100, 250)), Paid("Leeds", (0, 1)))))
    assert names == ("name", "pence_year_1", "pence_year_2")
    assert rows == (("Hull", 100, 250), ("Leeds", 0, 1))
    assert words.column("pence_year_2") == "Year 2"
    assert report.cell_text(250, "pence_year_2") == "£2.50"


@pytest.mark.parametrize("table", ["columns", "formats", "words"])
def test_no_two_files_of_messages_say_the_same_thing_differently(table):
    """The files are read as one: the later would silently change the headings of the other's tables."""
    folder = files("fairground.report").joinpath("messages", "en")
    said = {}
    for item in folder.iterdir():
        for key, text in tomllib.loads(item.read_text("utf-8")).get(table, {}).items():
            said.setdefault(key, set()).add(text)
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}
