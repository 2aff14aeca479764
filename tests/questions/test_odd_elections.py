"""Files of unusual shape are read as meant; what cannot be counted is named with its line."""

from fractions import Fraction

import pytest

from fairground import report
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
        changed("budget;100", "budget;£100.00").replace("park;60", "park;£ 60"),
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


@pytest.mark.parametrize(("number", "row"), [("9" * 5_000, 9), ("1000001", 9), ("٥", 9)])
def test_a_longest_ranking_of_thousands_of_digits_is_named_and_not_worked_out(number, row):
    with pytest.raises(DataProblem, match="max_length") as fault:
        elections.read(changed("vote_type;approval", f"vote_type;ordinal\nmax_length;{number}"))
    assert fault.value.row == row
    assert len(str(fault.value)) < 400


@pytest.mark.parametrize("points", ["9" * 5_000, "٣", "²", "-1", "1.5", ""])
def test_points_that_are_no_whole_number_are_named_with_their_line(points):
    text = changed("vote_type;approval", "vote_type;scoring").replace("voter_id;vote", "voter_id;vote;points")
    text = text.replace("park,slide", "park,slide;1,2").replace(";bench\n", ";bench;3\n")
    assert elections.read(text).election.scores == (6, 12, 12)
    with pytest.raises(DataProblem, match="points") as fault:
        elections.read(text.replace("1;park,slide;1,2", f"1;park,slide;1,{points}", 1))
    assert fault.value.row == 17


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("x" * 300_000, "too long"),
        (TOWN + "11;" + ",".join(["park"] * 60_000), "row 27.*too long"),
        (TOWN.replace("A small town", '"' + "A;\n" * 90_000), "row 3.*too long"),
        ("\n" * 5_000_001, "5,000,001 lines.*up to 5,000,000"),
    ],
    ids=["a line", "a ballot", "a field in quotes", "lines"],
)
def test_what_is_far_too_long_is_refused_at_once(text, named):
    with pytest.raises(DataProblem, match=named):
        elections.read(text)


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


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("vote_type;choose-1", "6 ballots mark more than the 1 project that the file allows"),
        ("vote_type;approval\nmax_length;1", "6 ballots mark more than the 1 project"),
        ("vote_type;approval\nmax_length;2", ""),
        ("vote_type;approval\nmax_length;a few", ""),
        ("vote_type;scoring\nmax_length;1\ndefault_score;1", ""),
    ],
)
def test_ballots_with_more_marks_than_the_file_allows_are_told_and_counted(told, said):
    poll = elections.read(elections.EXAMPLE.replace("vote_type;approval", told))
    answer = budgeting.count(poll, budgeting.rule())
    assert answer.value.rows[0].votes >= 6
    steps = [report.say(step) for step in answer.steps if step.code == "budgeting.overfull"]
    assert len(steps) == bool(said)
    assert all(step.startswith(said) for step in steps)


def test_costs_and_shares_in_tables_are_written_as_people_write_them():
    poll = elections.read(elections.EXAMPLE)
    assert report.cell_text(Fraction(50), "cost") == "50"
    shares = [report.cell_text(row.spent, "spent") for row in budgeting.compare(poll).value.rows]
    assert "50.0%" in shares


POINTS = TOWN.replace("voter_id;vote", "voter_id;vote;points").replace(";bench\n", ";bench;5\n")
POINTS = POINTS.replace(";park,slide\n", ";park,slide;4,2\n").replace(
    "vote_type;approval", "vote_type;cumulative"
)


@pytest.mark.parametrize(
    ("text", "fact", "said"),
    [
        (TOWN, "min_length;2", "4 ballots mark fewer than the 2 projects that the file asks for."),
        (TOWN, "min_length;1", ""),
        (TOWN, "min_length;some", ""),
        (TOWN.replace("7;bench", "7;"), "min_length;2", "3 ballots mark fewer"),
        (TOWN, "max_sum_cost;89,50", "6 ballots mark projects that cost more together than the 89.50 that"),
        (TOWN, "max_sum_cost;90", ""),
        (
            TOWN,
            "min_sum_cost;21",
            "4 ballots mark projects that cost less together than the 21 that the file",
        ),
        (TOWN, "max_sum_points;1", ""),
        (POINTS, "max_sum_points;5", "6 ballots give more points in all than the 5 that the file allows."),
        (POINTS, "max_sum_points;6", ""),
        (POINTS, "min_sum_points;6", "4 ballots give fewer points in all than the 6 that the file asks for."),
        (POINTS, "max_points;4", "4 ballots give a project more points than the 4 that the file allows."),
        (POINTS, "min_points;3", "6 ballots give a project fewer points than the 3 that the file asks for."),
    ],
)
def test_ballots_beyond_what_the_file_allows_are_told_and_counted(text, fact, said):
    poll = elections.read(text.replace("vote_type", f"{fact}\nvote_type"))
    answer = budgeting.count(poll, budgeting.rule())
    assert answer.value.winners == budgeting.count(elections.read(text), budgeting.rule()).value.winners
    steps = [report.say(step) for step in answer.steps if step.code.startswith("budgeting.beyond")]
    assert len(steps) == bool(said)
    assert all(step.startswith(said) for step in steps)


@pytest.mark.parametrize(
    "said", ["equalshares", "EqualShares", "equalshares-comparison", "unknown", "by lot"]
)
def test_the_rule_that_a_file_names_is_used_and_one_that_nobody_knows_is_told(said):
    """By Equal Shares slide and bench win; most votes first would take the park."""
    poll = elections.read(changed("equalshares/add1", said))
    answer = budgeting.verify(poll)
    told = " ".join(map(report.say, answer.steps))
    assert ("We do not know the rule that the file names (“by lot”)" in told) == (said == "by lot")
    assert ("The file does not say which rule was used" in told) == (said == "unknown")
    known = elections.rule_of(poll)
    assert (known is None) == (said in ("unknown", "by lot"))
    assert answer.value.agree
    if said == "equalshares-comparison":
        assert answer.value.seal == budgeting.rule(comparison="projects").seal


def test_equal_shares_with_a_comparison_gives_way_to_most_votes_where_more_voters_prefer_it():
    """Each of three voters has 2/3: two buy a together, and nobody can buy b alone. Greedy takes both."""
    text = TOWN[: TOWN.index("PROJECTS")].replace("budget;100", "budget;2").replace("/add1", "-comparison")
    text += "PROJECTS\nproject_id;cost;selected\na;1;1\nb;1;1\nc;1;0\nVOTES\nvoter_id;vote\n1;a\n2;a\n3;b\n"
    answer = budgeting.verify(elections.read(text))
    assert (answer.value.winners, answer.value.official_agrees) == (("a", "b"), True)


def test_the_name_of_a_rule_that_stops_early_does_not_say_that_it_goes_on():
    poll = elections.read(changed("equalshares/add1", "greedy-no-skip"))
    told = report.say(budgeting.verify(poll).steps[0])
    assert "stop at the first project that does not fit" in told
    assert "each project that still fits" not in told
    assert budgeting.rule("greedy").known_method.name == "Most votes first: take each project that still fits"


def test_other_official_winners_are_told_with_the_rule_that_the_file_names():
    poll = elections.read(changed("equalshares/add1", "greedy").replace("Slide;1", "Slide;0"))
    told = [report.say(step) for step in budgeting.count(poll, budgeting.rule()).steps]
    assert any("It names its rule as “greedy”." in step for step in told)
