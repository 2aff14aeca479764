"""Pabulib files are read and written without loss, and what is wrong with one is named by its line."""

import contextlib
import re
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput, DataProblem, FairgroundError
from fairground.power.budgeting import Election
from fairground.power.budgeting.election import Grouped
from fairground.questions.power import elections
from fairground.questions.power.elections import EXAMPLE, read
from fairground.sources import pabulib
from fairground.sources.pabulib import parse, write


@contextlib.contextmanager
def as_long():
    """Read every file as if it were a long one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pabulib, "SHORT", 0)
        yield


def changed(old, new):
    assert old in EXAMPLE
    return EXAMPLE.replace(old, new, 1)


def test_a_file_written_and_read_again_has_every_field():
    text = changed(";Park;0", ';"Park; with ""trees""";0')
    file = parse(text)
    again = parse(write(file))
    assert next(iter(file.projects.rows()))[3] == 'Park; with "trees"'
    assert (dict(again.meta), list(again.projects.rows()), list(again.votes.rows())) == (
        dict(file.meta),
        list(file.projects.rows()),
        list(file.votes.rows()),
    )


def test_the_older_dialect_names_a_column_target():
    legacy = changed("cost;votes;name;selected", "cost;votes;target;selected")
    file = parse(legacy)
    assert file.projects.column("beneficiaries") == 3
    assert "votes;beneficiaries;selected" in write(file)
    assert "votes;target;selected" in write(parse(write(file)), dialect="legacy")


@pytest.mark.parametrize("order", list(permutations(("META", "PROJECTS", "VOTES"))))
def test_sections_are_read_in_any_order_and_faults_keep_their_line(order):
    starts = {title: EXAMPLE.index(f"{title}\n") for title in order}
    ends = {"META": starts["PROJECTS"], "PROJECTS": starts["VOTES"], "VOTES": len(EXAMPLE)}
    text = "".join(EXAMPLE[starts[title] : ends[title]] for title in order)
    assert read(text).election == read(EXAMPLE).election
    broken = text.replace("8;bench", "8;swing")
    line = broken.split("\n").index("8;swing") + 1
    with pytest.raises(DataProblem, match=rf"row {line}.*'vote'.*'swing'"):
        read(broken)


def test_there_are_two_dialects():
    with pytest.raises(BadInput, match=r"current, legacy"):
        write(parse(EXAMPLE), dialect="future")


def test_a_ballot_that_lists_a_project_twice_counts_once_and_is_reported():
    poll = read(changed("7;bench", "7;bench,bench"))
    assert poll.repeated == 1
    assert poll.election.votes == (6, 4, 6)
    assert len(poll.election.ballots) == 2


def test_identical_ballots_are_one_record():
    assert sorted(ballot.voters for ballot in read(EXAMPLE).election.ballots) == [4, 6]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    assert read("\ufeff" + EXAMPLE.replace("\n", "\r\n")).election == read(EXAMPLE).election


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("8;bench", "8;swing", r"row 24.*'vote'.*'swing'"),
        ("8;bench", "8;bench;9", r"row 24.*3 fields where its header has 2"),
        ("bench;20", "bench;twenty", r"row 13.*'cost'.*'twenty'"),
        ("bench;20", "bench;-20", r"row 13.*above zero.*'-20'"),
        ("bench;20", "park;20", r"row 13.*'project_id'.*'park'"),
        ("budget;100", "budget;nan", r"'budget'.*'nan'"),
        ("budget;100\n", "", r"does not give its budget"),
        ("vote_type;approval", "vote_type;shouting", r"'vote_type'.*'shouting'.*ordinal"),
        ("VOTES\n", "BALLOTS\n", r"no section VOTES"),
        ("voter_id;vote\n", "voter_id;choice\n", r"A column is missing.*'voter_id;choice'"),
        ("unit;Ashby", "budget;90", r"A fact is given twice"),
        ("unit;Ashby", 'unit;"Ashby', r"row 4.*in quotes is not closed.*'unit;\"Ashby'"),
        ("Benches;1", '"Benches" new;1', r"row 13.*in quotes.*'bench;20;4;\"Benches\" new;1'"),
        ("7;bench", '7;"bench', r"row 23.*in quotes is not closed.*'7;\"bench'"),
        ("8;bench", f'8;"{"bench," * 30_000}"', r"row 24"),
    ],
)
def test_what_is_wrong_is_named_by_file_line_field_and_value(old, new, named):
    with pytest.raises(DataProblem, match=f"town.pb.*{named}"):
        read(changed(old, new), name="town.pb")


def test_counts_that_contradict_the_file_are_reported_not_refused():
    assert read(changed("num_votes;10", "num_votes;11")).file.faults == (
        "row 7: num_votes says 11, but the file has 10",
    )


def test_points_need_one_whole_number_for_each_project():
    text = changed("vote_type;approval", "vote_type;cumulative").replace(
        "voter_id;vote", "voter_id;vote;points"
    )
    lines = [f"{line};1" if line[:1].isdigit() and ";bench" in line else line for line in text.split("\n")]
    lines = [f"{line};2,3" if line.endswith(";park,slide") else line for line in lines]
    assert read("\n".join(lines)).election.scores == (12, 4, 18)
    with pytest.raises(DataProblem, match=r"row 17.*'points'.*'2,x'"):
        read("\n".join(lines).replace("2,3", "2,x", 1), name="town.pb")


def test_points_that_a_table_with_empty_cells_saved_with_a_nought_behind_them_are_whole_numbers():
    text = changed("vote_type;approval", "vote_type;cumulative").replace(
        "voter_id;vote", "voter_id;vote;points"
    )
    whole = text.replace(";park,slide\n", ";park,slide;3,2\n").replace(";bench\n", ";bench;5\n")
    saved = whole.replace(";3,2", ";3.0, 2.00").replace(";bench;5\n", ";bench;5.0\n")
    assert read(saved).election.scores == read(whole).election.scores == (18, 20, 12)


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("kind", ["cumulative", "scoring"])
@pytest.mark.parametrize("points", ["x", "-5", "2.5", "5,1", "", "1000001", "5|1", "\u0665", "1e3"])
def test_points_that_are_none_are_refused_with_line_value_and_what_is_allowed(points, kind, long):
    head, cast = changed("vote_type;approval", f"vote_type;{kind}").split("1;park", 1)
    rows = [f"{row};3,2" if "slide" in row else f"{row};5" for row in ("1;park" + cast).split()]
    rows[6] = f"7;bench;{points}"
    text = head.replace("voter_id;vote", "voter_id;vote;points") + "\n".join(rows) + "\n"
    told = f"town.pb, row 23, field 'points': .* says '{re.escape(points)}'. Try: 1 numbers of 0 to 1,000,000"
    with as_long() if long else contextlib.nullcontext(), pytest.raises(DataProblem, match=told):
        read(text, name="town.pb")


def test_a_file_without_ballots_is_refused_with_the_line_where_they_should_be():
    with pytest.raises(DataProblem, match=r"row 17, field 'ballots'.*at least one"):
        read(EXAMPLE[: EXAMPLE.index("1;park")])


def test_a_ranking_without_points_gives_the_first_as_many_as_there_are_ranks():
    poll = read(changed("vote_type;approval", "vote_type;ordinal\nmax_length;2"))
    assert poll.election.scores == (12, 8, 6)


def test_a_field_of_many_lines_is_one_row_and_later_rows_keep_their_line():
    text = changed("Park;0", '"Park\n\nwith trees";0')
    file = parse(text)
    assert next(iter(file.projects.rows()))[3] == "Park\n\nwith trees"
    assert list(parse(write(file)).projects.rows()) == list(file.projects.rows())
    with pytest.raises(DataProblem, match=r"row 15.*'cost'.*'twenty'"):
        read(text.replace("bench;20", "bench;twenty"))


def test_empty_lines_are_no_rows_and_later_rows_keep_their_line():
    text = changed("7;bench\n", "7;bench\n\n")
    assert read(text).election == read(EXAMPLE).election
    assert read(text).file.faults == ()
    with pytest.raises(DataProblem, match=r"row 25.*'vote'.*'swing'"):
        read(text.replace("8;bench", "8;swing"))


@pytest.mark.parametrize("long", [False, True])
def test_a_row_of_semicolons_as_a_spreadsheet_saves_it_is_no_ballot_and_no_project(long):
    """It stands between two ballots and after the last: else voters who never were would share the money."""
    text = changed("8;bench\n", "8;bench\n;\n ; \n").replace("10;bench\n", "10;bench\n;\n;\n")
    text = text.replace("VOTES\n", ";;;;\nVOTES\n").replace("PROJECTS\n", ";\nPROJECTS\n")
    with as_long() if long else contextlib.nullcontext():
        found = read(text)
        assert (found.election.voters, found.empty, found.file.number_of_votes()) == (10, 0, 10)
        assert found.file.faults == ()
        assert len(found.election.projects) == 3
        assert read(text.replace("9;bench", "9;")).empty == 1
        with pytest.raises(DataProblem, match="row 29"):
            read(text.replace("9;bench", "9;nowhere"))


def test_a_remark_with_a_semicolon_is_kept_whole_and_a_further_column_of_remarks_is_not_a_part_of_the_value():
    said = changed("unit;Ashby", "unit;Ashby\ncomment;#1: late; very late;\n")
    assert read(said).file.meta["comment"] == "#1: late; very late"
    noted = changed("key;value", "key;value;note").replace("budget;100", "budget;100;in pounds")
    noted = noted.replace("num_projects;3", "num_projects;3;").replace("unit;Ashby", "unit;Ashby;a;b")
    noted = "".join(
        f"{line};\n" if line.startswith(("desc", "num_votes", "vote_type", "rule")) else f"{line}\n"
        for line in noted.splitlines()
    )
    told = read(noted).file.meta
    assert (told["budget"], told["unit"], told["rule"]) == ("100", "Ashby;b", "equalshares/add1")
    with pytest.raises(DataProblem, match=r"row 3, field 'value': A row of META has no value.*'budget'"):
        read("META\nkey\nbudget\nPROJECTS\nproject_id;cost\nVOTES\nvote\n")
    with pytest.raises(DataProblem, match="100;200"):
        read(changed("budget;100", "budget;100;200"))


def test_quoted_ballots_are_counted_by_row():
    quoted = EXAMPLE.replace(";park,slide\n", ';"park,slide"\n')
    assert read(quoted).election == read(EXAMPLE).election
    assert read(quoted).file.faults == ()


def test_a_voter_with_two_ballots_is_reported_also_where_ballots_are_quoted():
    said = ("ballots with the voter_id of an earlier ballot: 1; each was counted",)
    assert read(changed("8;bench", "7;bench")).file.faults == said
    assert read(changed("7;bench\n8;bench", '"7";bench\n7;"bench"')).file.faults == said


@pytest.mark.slow
@given(
    cast=st.lists(
        st.lists(st.sampled_from(["park", "slide", "bench", " park"]), max_size=4).map(",".join),
        min_size=1,
        max_size=9,
    )
)
@settings(max_examples=80, deadline=None)
def test_ballots_read_all_at_once_are_those_read_one_by_one(cast):
    head = EXAMPLE[: EXAMPLE.index("1;park")].replace("num_votes;10\n", "")
    text = head + "".join(f"{n};{vote}\n" for n, vote in enumerate(cast))
    file = parse(text)
    places = {"park": 0, "bench": 1, "slide": 2}
    ballots, *odd = elections._ballots(file, places, "approval", homes=False)
    found = file.gathered(tuple(places))
    plain = all(mark in places for marks in cast if marks for mark in marks.split(","))
    assert (found is not None) == (plain and any(cast))
    if found is not None:
        kept = Grouped(found.starts, found.marks, found.voters, found.points)
        assert (sorted(kept), [found.repeated, found.empty]) == (sorted(ballots), odd)
    assert read(text).election.votes == Election(Fraction(1), read(text).election.projects, ballots).votes
    quoted = head + "".join(f'"{n}";"{vote}"\n' for n, vote in enumerate(cast))
    assert sorted(read(quoted).election.ballots) == sorted(ballots)


MARKED = st.lists(st.sampled_from(["park", "slide", "bench"]), max_size=3, unique=True)
ODD = st.sampled_from(["park,park", "swing", " park", "park,", "0"])
POINTS = st.lists(st.integers(0, 12), max_size=3).map(lambda many: ",".join(map(str, many)))


@st.composite
def cast_with_points(draw):
    """Draw ballots (marks, points), most of them as they should be."""
    marks = draw(MARKED)
    if draw(st.integers(0, 9)) == 0:
        return draw(st.one_of(ODD, MARKED.map(",".join))), draw(st.one_of(ODD, POINTS))
    return ",".join(marks), ",".join(str(draw(st.integers(0, 3))) for _ in marks)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["cumulative", "scoring", "ordinal"])
@given(cast=st.lists(cast_with_points(), min_size=1, max_size=9), pointed=st.booleans())
@settings(max_examples=120, deadline=None)
def test_points_and_rankings_read_all_at_once_are_those_read_one_by_one(kind, cast, pointed):
    head = EXAMPLE[: EXAMPLE.index("1;park")].replace("num_votes;10\n", "").replace("approval", kind)
    head = head.replace("voter_id;vote", "voter_id;vote;points") if pointed else head
    rows = (f"{n};{vote}" + (f";{points}" if pointed else "") for n, (vote, points) in enumerate(cast))
    text = head + "\n".join(rows) + "\n"
    file = parse(text)
    places, known = {"park": 0, "bench": 1, "slide": 2}, elections.KINDS[kind]
    try:
        ballots, *odd = elections._ballots(file, places, known, homes=False)
    except DataProblem:
        assert file.gathered(tuple(places), ordered=True) is None
        return
    with as_long():
        found, *same = elections._cast(parse(text), places, known, False)
    assert (sorted(found), same) == (sorted(ballots), odd)


def told(text):
    """Return all that reading a file tells, or why it is refused."""
    try:
        poll = read(text)
    except FairgroundError as fault:
        return str(fault)
    file, same = poll.file, (poll.election.projects, poll.election.votes, poll.election.scores)
    rows = list(file.projects.rows()), list(file.votes.rows()), list(file.votes.numbered())
    return same, sorted(poll.election.ballots), poll.repeated, poll.empty, poll.official, file.faults, rows


@given(at=st.integers(0, len(EXAMPLE)), cut=st.integers(0, 9), put=st.text('";,\n\r 1kp', max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_short_file_is_read_as_a_long_one_is(at, cut, put):
    text = EXAMPLE[:at] + put + EXAMPLE[at + cut :]
    short = told(text)
    with as_long():
        assert told(text) == short


@given(at=st.integers(0, len(EXAMPLE)), put=st.text('";\n\r', min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_a_stray_quote_or_line_end_anywhere_is_read_or_refused_in_plain_words(at, put):
    found = None
    with contextlib.suppress(FairgroundError):
        found = read(EXAMPLE[:at] + put + EXAMPLE[at:])
    assert found is None or found.election.voters == found.file.number_of_votes() <= 11


@pytest.mark.parametrize("cut", range(0, len(EXAMPLE), 7))
def test_a_file_that_breaks_off_is_read_or_refused_in_plain_words(cut):
    whole, found = read(EXAMPLE), None
    with contextlib.suppress(FairgroundError):
        found = read(EXAMPLE[:cut])
    assert found is None or found.election.voters <= whole.election.voters


@pytest.mark.slow
@pytest.mark.shared
def test_every_shared_file_comes_back_field_by_field(shared):
    files = sorted((shared / "data/pabulib").glob("*.pb"))
    assert len(files) == 150
    for path in files:
        file = parse(path.read_text("utf-8"), name=path.name)
        again = parse(write(file), name=path.name)
        assert list(again.meta.items()) == list(file.meta.items()), path.name
        for one, other in ((again.projects, file.projects), (again.votes, file.votes)):
            same_lines = one.cells is not None and one.body == other.body
            assert same_lines or list(one.rows()) == list(other.rows()), path.name
