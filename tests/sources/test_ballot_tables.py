"""Two CSV tables make an election, and what is wrong in them is named by file, row and field."""

import pytest

from fairground.errors import BadInput, NotFound
from fairground.power.budgeting import Rule, count
from fairground.questions.power.elections import EXAMPLE, read, read_tables
from fairground.sources.ballot_tables import read_tables as tables
from fairground.sources.pabulib import parse, write

PROJECTS = """project_id,cost,name,district,rivals
park,60,Park,North,site
bench,20,Benches,South,
slide,30.50,Slide,North,site
"""
BALLOTS = 'voter_id,vote,district\na,"park,slide",North\nb,park|slide,North\nc,bench,South\nd,,South\n'


def test_two_tables_make_the_election_they_say():
    election = read_tables(PROJECTS, BALLOTS, budget="100").election
    assert election.votes == (2, 1, 2)
    assert [(p.id, float(p.cost), p.rivals, p.district) for p in election.projects][2] == (
        "slide", 30.5, "site", "North",
    )  # fmt: skip
    assert sorted(ballot.voters for ballot in election.ballots) == [1, 1, 2]


def test_tables_and_the_pabulib_file_written_from_them_are_one_election():
    made = tables(PROJECTS, BALLOTS, budget="100")
    assert read(write(made)).election.ballots == read_tables(PROJECTS, BALLOTS, budget="100").election.ballots
    assert parse(write(made)).faults == ()


def test_semicolons_between_columns_and_a_byte_order_mark_change_nothing():
    projects = "\ufeff" + PROJECTS.replace(",", ";").replace("\n", "\r\n")
    ballots = "voter_id;vote;district\na;park,slide;North\nb;park|slide;North\nc;bench;South\nd;;South\n"
    assert (
        read_tables(projects, ballots, budget="100").election
        == read_tables(PROJECTS, BALLOTS, budget="100").election
    )


def test_tabs_between_columns_and_amounts_in_pounds_change_nothing():
    projects = (
        PROJECTS.replace(",", "\t").replace("60", "£60").replace("20", "£ 20.00").replace("30.50", "30,50")
    )
    ballots = "\n\nvoter_id,vote,district\na,park|slide,North\nb,park|slide,North\nc,bench,South\nd,,South\n"
    ballots = ballots.replace(",", "\t")
    assert (
        read_tables(projects, ballots, budget="£100").election
        == read_tables(PROJECTS, BALLOTS, budget="100").election
    )
    dear = PROJECTS.replace(",60,", ',"£1,250,000.50",')
    assert float(read_tables(dear, BALLOTS, budget="£2,000,000").election.projects[0].cost) == 1_250_000.5


@pytest.mark.parametrize("cost", ["£", "£0", "£0.00", "0,0", "££5", "£5k", "5£", "1,25,000"])
def test_a_cost_that_is_no_amount_above_nothing_is_refused(cost):
    with pytest.raises(BadInput, match="row 2, field 'cost': A cost must be a number"):
        read_tables(PROJECTS.replace(",60,", f',"{cost}",'), BALLOTS, budget="100")


def test_a_missing_column_is_named_by_the_row_of_the_headings():
    with pytest.raises(BadInput, match=r"ballots.csv, row 3, field 'vote'"):
        read_tables(PROJECTS, "\n\nvoter_id,votes\na,park\n", budget="100")


def test_points_and_rankings_are_read():
    points = "vote,points\npark;slide,3;1\nbench,4\n"
    assert read_tables(PROJECTS, points, budget="100", kind="points").election.scores == (3, 4, 1)
    assert read_tables(PROJECTS, "vote\nslide;park\n", budget="100", kind="ranking").election.scores == (
        2,
        0,
        3,
    )


def test_a_ballot_that_marks_a_project_twice_counts_once():
    poll = read_tables(PROJECTS, "vote\npark;park\n", budget="100")
    assert (poll.repeated, poll.election.votes) == (1, (1, 0, 0))


def test_rivals_of_the_column_and_of_an_option_cannot_both_win():
    poll = read_tables(PROJECTS, BALLOTS, budget="200")
    assert {poll.election.projects[p].id for p in count(poll.election, Rule("greedy")).winners} == {
        "park", "bench", "slide",
    }  # fmt: skip
    rule = Rule("greedy", respect_rivals=True)
    assert {poll.election.projects[p].id for p in count(poll.election, rule).winners} == {"slide", "bench"}
    more = read(EXAMPLE, rivals=[["park", "bench"]]).election
    assert [more.projects[p].id for p in count(more, rule).winners] == ["slide", "park"]


def test_a_rival_that_is_not_there_or_twice_is_refused():
    with pytest.raises(NotFound, match="swing"):
        read(EXAMPLE, rivals=[["swing", "park"]])
    with pytest.raises(BadInput, match=r"'rivals'.*'park'"):
        read(EXAMPLE, rivals=[["park", "slide"], ["park", "bench"]])


def test_ballots_keep_their_district_only_where_a_population_is_given():
    assert {b.district for b in read_tables(PROJECTS, BALLOTS, budget="100").election.ballots} == {""}
    people = {"North": 5, "South": 6}
    election = read_tables(PROJECTS, BALLOTS, budget="100", population=people).election
    assert {b.district for b in election.ballots} == {"North", "South"}
    assert election.population == (("North", 5), ("South", 6))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("bench,20", "bench,twenty", r"projects.csv, row 3, field 'cost'.*'twenty'"),
        ("bench,20", "bench,0", r"row 3, field 'cost'.*'0'"),
        ("bench,20", "bench,-5", r"row 3, field 'cost'.*'-5'"),
        ("bench,20", "park,20", r"row 3, field 'project_id': The project of row 2.*'park'"),
        ("bench,20", ",20", r"row 3, field 'project_id'.*needs an id"),
        ("bench,20", "a;b,20", r"row 3, field 'project_id'.*'a;b'"),
        ("bench,20,Benches", "bench,20", r"row 3.*4 fields where the first has 5"),
        ("project_id,cost", "id,cost", r"row 1, field 'project_id': A column is missing"),
        ("name,district", "name,name", r"row 1, field 'columns': A column stands twice"),
        ("Benches", '"Benches" x', r"projects.csv, row 3: A field in quotes"),
        ("c,bench", "c,swing", r"ballots.csv, row 4, field 'vote'.*'swing'"),
        ("c,bench", "a,bench", r"row 4, field 'voter_id': The voter of row 2.*'a'"),
        ("c,bench,South", 'c,"bench,South', r"ballots.csv, row 4: A field in quotes"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_file_row_field_and_value(old, new, named):
    assert old in PROJECTS + BALLOTS
    with pytest.raises(BadInput, match=named):
        read_tables(PROJECTS.replace(old, new, 1), BALLOTS.replace(old, new, 1), budget="100")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"budget": "much"}, r"'budget'.*'much'"),
        ({"budget": "100", "kind": "shouting"}, r"'kind'.*'shouting'.*ranking"),
        ({"budget": "100", "kind": "points"}, r"ballots.csv, row 1, field 'points'"),
    ],
)
def test_choices_that_do_not_fit_are_refused(given, named):
    with pytest.raises(BadInput, match=named):
        read_tables(PROJECTS, BALLOTS, **given)


@pytest.mark.parametrize("cells", ["3", "3;x", "3;1;2", "", "٣;1"])
def test_points_need_one_whole_number_for_each_mark(cells):
    with pytest.raises(BadInput, match=r"ballots.csv, row 2, field 'points'"):
        read_tables(PROJECTS, f"vote,points\npark|slide,{cells}\n", budget="100", kind="points")


@pytest.mark.parametrize("text", ["", "\n", "project_id,cost\n", "vote\n"])
def test_empty_tables_are_refused(text):
    with pytest.raises(BadInput):
        read_tables(text, text, budget="100")
