"""A public bundle is right as made, and whatever is changed in it is named."""

import json
from fractions import Fraction

import pytest
from hypothesis import given

from fairground.errors import BadInput
from fairground.power.budgeting import Ballot, Rule, bundle, check, rule_record, sealed, specification
from fairground.power.budgeting.bundle import read_bundle
from fairground.power.budgeting.specification import rule_from
from tests.power.budgeting.elections import elections, tries

TOWN = {
    "title": "Ashby 2027",
    "pots": [
        {"id": "town", "name": "Whole town", "amount_pence": 10_000, "districts": []},
        {"id": "north", "name": "North", "amount_pence": 3_000, "districts": ["N"]},
    ],
    "projects": [
        {"id": "park", "title": "Park", "cost_pence": 6_000, "pot": "town"},
        {"id": "slide", "title": "Slide", "cost_pence": 3_000, "pot": "town"},
        {"id": "bench", "title": "Bench", "cost_pence": 2_000, "pot": "north"},
    ],
    "ballot": {"kind": "approval"},
    "rule": {"method": "equal-shares", "completion": "add1"},
}
CAST = (
    Ballot((0, 1, 2), voters=6, district="N"),
    Ballot((1,), voters=3, district="S"),
    Ballot((2, 0), (), 1, "N"),
)


def made():
    return json.loads(bundle(specification(TOWN), CAST))


def wrong(record):
    """What a check finds wrong after the digest was made right again, as a forger would."""
    record = {key: value for key, value in record.items() if key != "digest"}
    text = json.dumps(record | {"digest": sealed(record)})
    return [line.part for line in check(text) if not line.same]


def test_a_bundle_holds_each_pot_with_the_ballots_of_those_who_may_vote_there():
    town, north = made()["pots"]
    assert [(row["marks"], row["voters"]) for row in town["ballots"]] == [
        (["park"], 1), (["park", "slide"], 6), (["slide"], 3),
    ]  # fmt: skip
    assert [(row["marks"], row["voters"]) for row in north["ballots"]] == [(["bench"], 7)]
    assert (town["winners"], north["winners"]) == (["slide", "park"], ["bench"])


def test_the_trace_says_who_paid_what_exactly():
    slide, park = made()["pots"][0]["trace"]
    assert sum(Fraction(row["each"]) * row["voters"] for row in park["paid"]) == 60
    assert slide["paid"] == [{"voters": 9, "each": "10/3"}]


def test_a_bundle_as_made_is_right_in_everything():
    assert wrong(made()) == []


@given(election=elections())
@tries(25)
def test_every_bundle_of_every_vote_is_right(election):
    projects = [{"id": p.id, "cost": str(p.cost)} for p in election.projects]
    pots = [{"id": "all", "amount": str(election.budget)}]
    frozen = specification({"pots": pots, "projects": projects, "rule": rule_record(Rule())})
    assert all(line.same for line in check(bundle(frozen, election.ballots)))


def put(record, path, value):
    *way, last = path
    for key in way:
        record = record[key]
    record[last] = value


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("pots", 0, "winners"), ["park", "slide"], ["winners of pot town"]),
        (("pots", 0, "winners", 0), "bridge", ["winners of pot town", "winners of pot town, second counter"]),
        (("pots", 0, "trace", 1, "votes"), 700, ["round 2 of pot town"]),
        (("pots", 1, "trace"), [], ["round 1 of pot north"]),
        (("privacy", "unique"), 0, ["privacy report"]),
        (("rule_seal",), "0" * 64, ["seal of the rule"]),
        (("specification", "title"), "Ashby 2028", ["SHA-256 of the specification"]),
        (
            ("specification", "rule", "seal"),
            "0" * 64,
            ["SHA-256 of the specification", "seal inside the rule"],
        ),
    ],
)
def test_what_was_changed_is_named_even_if_the_digest_was_made_right_again(path, value, named):
    record = made()
    put(record, path, value)
    assert wrong(record) == named


def test_a_pot_on_which_nobody_could_vote_has_no_winners():
    record = json.loads(bundle(specification(TOWN), [Ballot((0,), voters=3, district="S")]))
    assert wrong(record) == []
    record["pots"][1]["winners"] = ["bench"]
    assert wrong(record) == ["winners of pot north, on which nobody voted"]


def test_a_pot_that_was_taken_out_is_missed():
    record = made()
    del record["pots"][1]
    assert "pots" in wrong(record)


def test_ballots_added_later_change_the_money_trail_and_the_privacy_report():
    record = made()
    record["pots"][0]["ballots"][2]["voters"] = 50
    found = wrong(record)
    assert "privacy report" in found
    assert "round 1 of pot town" in found


def test_a_changed_byte_changes_the_digest():
    text = bundle(specification(TOWN), CAST).replace("Ashby", "Ashbi")
    assert [line.part for line in check(text) if not line.same] == [
        "digest of the file",
        "SHA-256 of the specification",
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[1", "not JSON"),
        ("{}", "format"),
        ('{"format": 1, "format": 2}', "read in two ways"),
        ('{"format": NaN}', "no number"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_bundle_is_refused_in_plain_words(text, named):
    with pytest.raises(BadInput, match=named):
        read_bundle(text)


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("pots", 0, "ballots", 0, "voters"), -5, "whole numbers"),
        (("pots", 0, "ballots", 0, "marks"), ["bridge"], "'bridge'"),
        (("pots", 0, "ballots", 0, "marks"), ["park", "park"], "twice"),
        (("pots", 0), 5, "pots"),
        (("pots", 0, "pot"), "sea", "pots"),
        (("specification", "projects", 0, "pot"), "sea", "'sea'"),
        (("specification", "projects", 0, "cost_pence"), "many", "cost_pence"),
        (("specification", "pots", 0, "amount_pence"), -1, "amount"),
        (("specification", "rule", "luck"), 7, "'luck'"),
        (("specification", "rule", "completion"), 7, "'7'"),
        (("specification", "ballot"), {"kind": "shouting"}, "shouting"),
        (("specification", "projects"), [], "projects"),
    ],
)
def test_a_bundle_that_cannot_be_read_says_what_is_wrong(path, value, named):
    record = made()
    put(record, path, value)
    with pytest.raises(BadInput, match=named):
        check(json.dumps(record))


def test_a_bundle_keeps_districts_only_where_the_rule_corrects_for_turnout():
    record = TOWN | {"population": {"N": 500, "S": 500}, "rule": {"turnout": True}}
    rows = json.loads(bundle(specification(record), CAST))
    assert {row["district"] for row in rows["pots"][0]["ballots"]} == {"N", "S"}
    assert wrong(rows) == []
    assert not any("district" in row for row in made()["pots"][0]["ballots"])


def test_a_rule_written_out_and_read_again_has_the_same_seal():
    rule = Rule(completion="add1", step=Fraction(1, 3), order=("b", "a"), minimum_support=Fraction(1, 3))
    assert rule_from(json.loads(json.dumps(rule_record(rule)))) == rule
