"""How many were sold in all, as a question: what it tells, every definition, and wrong tables."""

import pytest

from fairground import report
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.questions.wealth import disposals
from fairground.questions.wealth.disposals import sold

COUNCILS = "code,name,class,receipts,people\n" + "".join(
    f"E{n:02},Council {n},{'county' if n < 4 else 'district'},{10 * n + 5},{1000 * (n % 5 + 1)}\n"
    for n in range(14)
)
ANSWERS = "code,sold,buildings\nE00,4,1\nE02,30,9\nE03,28,11\nE05,50,\nE08,90,30\nE11,110,41\nE12,140,50\n"


@pytest.mark.slow
def test_the_headline_gives_the_range_and_what_it_supposes():
    answer = sold(COUNCILS, ANSWERS, claim=900)
    assert "if silence is random" in report.headline(answer)
    told = report.working(answer)
    assert told[0] == "7 of 14 councils answered. They counted 452."
    assert any(
        line.startswith("For 900 to be true, the councils that are silent must have sold") for line in told
    )
    assert Answer.from_json(answer.to_json()) == answer


@pytest.mark.slow
def test_every_count_every_known_figure_and_every_method_is_shown():
    value = sold(COUNCILS, ANSWERS).value
    assert len(value.rows) == 2 * 2 * 8
    assert {(row.what_sold, row.known_figure) for row in value.rows} == {
        (count, known) for count in ("sold", "buildings") for known in ("receipts", "people")
    }
    assert [(one.stratum, one.councils, one.answered) for one in value.strata] == [
        ("county", 4, 3), ("district", 10, 4),
    ]  # fmt: skip
    first = next(row for row in value.rows if row.way == "separate-ratio")
    assert (value.total, value.low, value.high) == (first.total, first.low, first.high)


@pytest.mark.slow
def test_a_claim_that_those_who_answered_have_passed_is_said_to_be_impossible():
    answer = sold(COUNCILS, ANSWERS, claim=100)
    assert any("No silence makes 100 true" in line for line in report.working(answer))


@pytest.mark.slow
def test_the_same_seed_gives_the_same_answer():
    assert sold(COUNCILS, ANSWERS, seed=4) == sold(COUNCILS, ANSWERS, seed=4)


@pytest.mark.parametrize(
    ("change", "row", "field"),
    [
        (("E05,50", "E99,50"), 5, "code"),
        (("E05,50", "E03,50"), 5, "code"),
        (("E05,50", "E05,fifty"), 5, "sold"),
        (("E05,50", "E05,-5"), 5, "sold"),
        (("E05,50", "E05,1e999"), 5, "sold"),
        (("E05,50,", "E05,50"), 5, "cells"),
        (("code,sold", "council,sold"), 1, "code"),
    ],
)
def test_a_wrong_answer_is_named_by_row_and_field(change, row, field):
    with pytest.raises(BadInput) as told:
        sold(COUNCILS, ANSWERS.replace(*change))
    assert (told.value.file, told.value.row, told.value.field) == ("answers", row, field)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("E01,Council 1,county,15", "E01,Council 1,county,"), "known of every council"),
        (("class,", "kind,"), "lacks a column"),
        (("E01,", "E00,"), "a code of its own"),
    ],
)
def test_a_wrong_list_of_councils_is_refused(change, said):
    with pytest.raises(BadInput, match=said):
        sold(COUNCILS.replace(*change), ANSWERS)


def test_too_few_answers_and_no_numbers_are_refused():
    with pytest.raises(BadInput, match="Too few"):
        sold(COUNCILS, "code,sold\nE01,5\n")
    with pytest.raises(BadInput, match="no column of numbers"):
        sold(COUNCILS, "code\nE01\n")


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("nil", 0),
        ("not held", None),
        ("see attached", None),
        ("n/a", None),
        ("", None),
        ("1,234", 1234),
    ],
)
def test_a_count_in_the_words_of_councils_is_a_number_or_silence(cell, count):
    told = disposals.read_answers(f'code,sold\nE06000021,"{cell}"\nE07000197,3\n')
    assert told.counts["sold"].get("E06000021") == count


@pytest.mark.parametrize("cell", ["<5", "c. 20", "5*", "two", "None"])
def test_a_count_that_hides_a_number_is_refused_with_its_row_and_what_is_allowed(cell):
    with pytest.raises(BadInput) as told:
        disposals.read_answers(f"code,sold\nE07000197,3\nE06000021,{cell}\n")
    assert (told.value.row, told.value.field, told.value.value) == (3, "sold", cell)
    assert "nil, or an empty cell" in told.value.allowed
