"""The result of a round says what won, why, and what else could have been."""

from fairground import report
from fairground.evidence import Answer
from fairground.power.budgeting import Ballot
from fairground.questions.power.results import result
from tests.power.budgeting.test_bundle import CAST, TOWN


def found(**more):
    return result({**TOWN, **more}, CAST)


def test_each_pot_is_counted_by_itself_and_winners_come_first():
    rows = found().value.rows
    assert [(row.pot, row.id, row.won) for row in rows] == [
        ("town", "slide", True), ("town", "park", True), ("north", "bench", True),
    ]  # fmt: skip
    assert [(pot.id, pot.voters, pot.agree) for pot in found().value.pots] == [
        ("town", 10, True), ("north", 7, True),
    ]  # fmt: skip


def test_each_project_is_told_by_its_title_not_its_id():
    slide = found().value.rows[0]
    words = " ".join(report.say(step) for step in slide.steps)
    assert words.startswith("Slide won. 9 people marked it, and it costs £30.")


def test_the_rule_that_was_fixed_is_marked_among_the_others():
    town = [other for other in found().value.others if other.pot == "town"]
    assert [other.chosen for other in town] == [True, False, False, False]
    assert len({other.rule for other in town}) == 4


def test_a_tier_of_fewer_than_five_ballots_is_not_shown():
    votes = {"letter": {"park": 3}, "open": {"park": 1}}
    tiers = result(TOWN, CAST, tiers=votes, sizes={"letter": 9, "open": 1}).value.tiers
    assert {(row.tier, row.votes) for row in tiers if row.project == "Park"} == {
        ("letter", 3),
        ("open", None),
    }


def test_the_answer_is_kept_whole():
    answer = found()
    assert Answer.from_json(answer.to_json()) == answer


def test_a_pot_on_which_nobody_could_vote_is_left_out():
    south = [Ballot((0,), voters=3, district="S")]
    assert [pot.id for pot in result(TOWN, south).value.pots] == ["town"]


def test_an_order_for_ties_names_projects_by_their_ids():
    tie = {**TOWN, "rule": {"method": "greedy", "order": ["slide", "park"]}}
    one = [Ballot((0,), voters=3, district="N"), Ballot((1,), voters=3, district="N")]
    assert [row.id for row in result(tie, one).value.rows][:2] == ["slide", "park"]
