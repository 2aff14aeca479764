"""Files of unusual shape are read as meant; what cannot be counted is named with its line."""

import pytest

from fairground.errors import DataProblem
from fairground.power.budgeting import exact
from fairground.questions.power import budgeting, elections

TOWN = elections.EXAMPLE


def changed(old, new):
    assert old in TOWN
    return TOWN.replace(old, new)


@pytest.mark.parametrize(
    "text",
    [
        TOWN.replace("\n", "\r\n"),
        "\ufeff" + TOWN,
        changed("budget;100", "BUDGET ;100").replace("vote_type;approval", "Vote_Type;Approval"),
        changed("project_id;cost", "PROJECT_ID;COST").replace("voter_id;vote", "VOTER_ID;VOTE"),
        "\n".join(line + ";" * (4 - line.count(";")) for line in TOWN.splitlines()),
        changed("A small town, invented", '"A small; ""made-up"" town"'),
        changed("num_projects;3\nnum_votes;10\n", "").replace("description;A small town, invented\n", ""),
        changed("budget;100", "budget;100,00").replace("park;60", "park;60,0"),
        changed("PROJECTS", "\nPROJECTS").replace("7;bench", "\n7;bench") + "\n\n",
    ],
)
def test_an_unusual_but_valid_file_is_counted_like_the_plain_one(text):
    plain = budgeting.count(elections.read(TOWN), budgeting.rule(completion="add1")).value
    found = budgeting.count(elections.read(text), budgeting.rule(completion="add1")).value
    assert (found.winners, found.budget) == (plain.winners, plain.budget)


@pytest.mark.parametrize(
    ("old", "new", "row", "field"),
    [
        ("budget;100", "budget;1e5", 5, "budget"),
        ("budget;100", "budget;-5", 5, "budget"),
        ("vote_type;approval", "vote_type;show of hands", 8, "vote_type"),
        ("vote_type;approval", "vote_type;ordinal\nmax_length;five", 9, "max_length"),
        ("park;60", "park;sixty", 12, "cost"),
        ("7;bench", "7;pond", 23, "vote"),
    ],
)
def test_what_cannot_be_counted_is_named_with_its_line(old, new, row, field):
    with pytest.raises(DataProblem) as fault:
        elections.read(changed(old, new))
    assert (fault.value.row, fault.value.field) == (row, field)


def test_a_threshold_that_is_no_number_is_named_with_its_line():
    poll = elections.read(changed("rule;equalshares/add1", "rule;greedy\nmin_project_score_threshold;x"))
    with pytest.raises(DataProblem, match="row 10"):
        budgeting.verify(poll)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,500", 12500),
        ("1,234,567.50", "1234567.5"),
        ("100,50", "100.5"),
        ("0,125", "0.125"),
        ("-1,000", -1000),
    ],
)
def test_a_thousands_comma_does_not_make_a_budget_a_thousand_times_smaller(text, value):
    assert exact(text, "budget") == exact(value, "budget")


def test_a_project_dearer_than_the_budget_neither_wins_nor_stops_add1():
    dear = budgeting.count(
        elections.read(changed("bench;20", "bench;101")), budgeting.rule(completion="add1")
    )
    without = TOWN.replace("bench;20;4;Benches;1\n", "").replace(";bench\n", ";\n")
    assert (
        dear.value.winners
        == budgeting.count(elections.read(without), budgeting.rule(completion="add1")).value.winners
    )
    assert [row.reason for row in dear.value.rows if row.id == "bench"] == ["costs more than the budget"]
