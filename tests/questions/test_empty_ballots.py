"""An empty ballot is a ballot, but who marked nothing did not go without anything that they voted for."""

from fractions import Fraction

from fairground.power.budgeting import Ballot, count, specification
from fairground.questions.power import budgeting
from fairground.questions.power.results import result
from fairground.questions.power.tally import empty, tally, told
from fairground.report import as_text
from tests.power.budgeting.elections import town


def test_who_marked_nothing_is_not_among_those_who_got_nothing_that_they_voted_for():
    election = town(100, {"park": 60, "slide": 60}, (["park"], 6), (["slide"], 3), ([], 4))
    counted = count(election, budgeting.rule())
    found = tally(election, counted)
    assert (empty(election), found.voters, found.voters_with_nothing) == (4, 13, 9)
    steps = {step.code: step.facts for step in told(election, counted, found, currency="GBP")}
    assert steps["budgeting.nothing"]["share"] == Fraction(1)


def test_the_result_of_a_pot_tells_how_many_ballots_were_empty():
    record = {
        "title": "Ashby",
        "pots": [{"id": "town", "name": "The town", "amount": "90"}],
        "projects": [
            {"id": "park", "title": "Park", "cost": "60", "pot": "town"},
            {"id": "slide", "title": "Slide", "cost": "80", "pot": "town"},
        ],
        "rule": {},
    }
    cast = [Ballot((0,), voters=20), Ballot((1,), voters=2), Ballot((), voters=5)]
    found = result(specification(record).record, cast)
    pot = found.value.pots[0]
    assert (pot.voters, pot.empty, pot.voters_with_nothing) == (27, 5, 2)
    assert "on 5 of these nothing is marked" in as_text(found)
    full = result(specification(record).record, cast[:2])
    assert "nothing is marked" not in as_text(full)
