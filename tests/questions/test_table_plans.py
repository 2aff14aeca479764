"""Table plans from the tables people send: what is mixed by, what is said, what is printed."""

import re

import pytest

from fairground import report
from fairground.errors import BadInput
from fairground.power.juries import Wishes, even_tables
from fairground.questions.power.panels import plan_csv, read_panel, read_plan, seated
from fairground.questions.power.table_plans import table_plan
from fairground.report.table_sheet import table_sheet
from tests.cli.jury_example import HELD, PANEL


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "panel.csv").write_text(PANEL, "utf-8")
    (tmp_path / "held.csv").write_text(HELD, "utf-8")
    return tmp_path


def _plan(folder, rounds=2, **options):
    read = read_panel(folder / "panel.csv", **options)
    return table_plan(read, even_tables(len(read.people.volunteers), 3), rounds, Wishes(), effort=200)


def test_tables_are_mixed_by_columns_that_say_what_people_are_like_and_never_by_who_they_are(folder):
    text = PANEL.replace("id,name,age,sex", "ID;Full name;Age;Sex;Postcode;Email;Notes").replace(",", ";")
    rows = [line + ";ST1 1AA;a@b.c;vegan" if n else line for n, line in enumerate(text.splitlines())]
    (folder / "panel.csv").write_text("\n".join(rows), "utf-8")
    read = read_panel(folder / "panel.csv")
    assert read.people.features == ("age", "sex")
    assert read.called["001"] == "Person 1"
    assert read_panel(folder / "panel.csv", ["sex"]).people.features == ("sex",)


def test_the_answer_counts_what_the_plan_shows(folder):
    answer, plan = _plan(folder)
    value = answer.value
    together = set()
    for turn in seated(plan):
        for table in turn:
            together |= {frozenset((a, b)) for a in table for b in table if a != b}
    assert value.pairs == len(together) <= value.most
    assert sum(one.pairs for one in value.meetings) == 55
    assert [row.table for row in value.rows] == [
        tuple(int(t) + 1 for t in plan.seats[:, n]) for n in range(11)
    ]
    assert "11 people at 3 tables for 2 rounds" in report.headline(answer)
    assert "Round 2" in report.as_text(answer)


def test_a_plan_is_read_back_and_the_rest_goes_on_without_who_left(folder):
    held, source = read_plan(folder / "held.csv", 1)
    read = read_panel(folder / "panel.csv", left=["006"])
    answer, plan = table_plan(
        read, even_tables(10, 3), 2, Wishes(), held=held, held_source=source, effort=200
    )
    text = plan_csv((*held, *seated(plan)))
    (folder / "new.csv").write_text(text, "utf-8")
    again, _ = read_plan(folder / "new.csv")
    assert again == (*held, *seated(plan))
    assert answer.value.first == 2
    assert source in answer.sources
    assert not any("006" in table for turn in seated(plan) for table in turn)


def test_the_printed_plan_names_everybody_once_a_round_and_is_safe_to_open(folder):
    (folder / "panel.csv").write_text(PANEL.replace("Person 3", "<script>x</script>"), "utf-8")
    read = read_panel(folder / "panel.csv")
    _, plan = table_plan(read, (4, 4, 3), 2, Wishes(), effort=200)
    page = table_sheet(seated(plan), read.called, 2)
    assert page.count("<li>Person 4</li>") == 2
    assert page.count("<h2>Table 3</h2>") == 2
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert re.search(r"<h1>Round 2</h1>", page)
    assert re.search(r"<h1>Round 3</h1>", page)
    assert 'lang="en"' in page
    assert page.count('scope="row"') == 11


@pytest.mark.parametrize(
    ("text", "options", "what"),
    [
        ("id,age\n1,a\n1,b\n", {}, "row 3.*id of their own"),
        ("id,age\n1,a\n,b\n", {}, "row 3.*id of their own"),
        ("name,age\nA,a\n", {}, "no such column"),
        ("id,age\n1,a\n2,b\n", {"by": ["sex"]}, "no such column.*sex"),
        ("id,age\n1,a\n2,b\n", {"left": ["9"]}, "has this id.*'9'"),
    ],
    ids=["twice", "empty", "no id", "no column", "stranger"],
)
def test_a_panel_that_cannot_be_read_is_refused(folder, text, options, what):
    (folder / "panel.csv").write_text(text, "utf-8")
    with pytest.raises(BadInput, match=what):
        read_panel(folder / "panel.csv", **options)


@pytest.mark.parametrize(
    ("text", "rounds", "what"),
    [
        (HELD, 2, "fewer rounds"),
        (HELD + "1,2,003\n", None, "row 13.*sits once in round 1"),
        (HELD.replace("1,2,001", "one,2,001"), None, "row 2.*'round'"),
        ("round,id\n1,2\n", None, "no such column.*table"),
    ],
    ids=["rounds", "twice", "number", "column"],
)
def test_a_plan_that_cannot_be_read_is_refused(folder, text, rounds, what):
    (folder / "held.csv").write_text(text, "utf-8")
    with pytest.raises(BadInput, match=what):
        read_plan(folder / "held.csv", rounds)
