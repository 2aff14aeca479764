"""Who may do what in a round: the whole table, role by stage."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.web.conftest import STOKE

EARLY = {"before", "ideas", "merging", "moderation", "feasibility"}
ALL = EARLY | {"ballot", "count", "delivery"}
BEGUN = EARLY - {"before"}
EXPECTED = {
    "round.manage": {"officer": ALL},
    "round.watch": {"officer": ALL, "moderator": ALL, "assessor": ALL, "builder": ALL},
    "pots.change": {"officer": EARLY},
    "ideas.write": {"anyone": {"ideas"}},
    "ideas.withdraw": {"anyone": EARLY},
    "ideas.appeal": {"anyone": EARLY},
    "ideas.merge": {"officer": BEGUN, "moderator": BEGUN},
    "ideas.moderate": {"officer": BEGUN, "moderator": BEGUN},
    "projects.assess": {"officer": EARLY, "assessor": EARLY},
    "voting.open": {"officer": EARLY | {"ballot"}},
    "ballot.cast": {"anyone": {"ballot"}},
    "count.run": {"officer": {"ballot", "count", "delivery"}},
    "delivery.report": {"officer": {"count", "delivery"}, "builder": {"count", "delivery"}},
}
ROLES = ("officer", "moderator", "assessor", "builder")


@pytest.mark.parametrize("stage", sorted(ALL))
def test_each_role_may_do_just_what_the_table_says_at_each_stage(stage, make_round, make_user, bob):
    from fairground.web.participation.actions import give_round_role
    from fairground.web.participation.permissions import DEEDS, may

    round = make_round(stage)
    people = {role: make_user(role) for role in (*ROLES, "resident")}
    for role in ROLES:
        give_round_role(round, people[role], role, by=bob)
    for deed in DEEDS:
        rule = EXPECTED[deed.name]
        for role, person in people.items():
            allowed = rule.get(role, set()) | rule.get("anyone", set())
            assert may(person, deed.name, round) == (stage in allowed), (deed.name, role, stage)
        assert not may(AnonymousUser(), deed.name, round)


def test_a_role_in_one_round_counts_nothing_in_another(make_round, make_user, bob):
    from fairground.web.participation.actions import give_round_role
    from fairground.web.participation.permissions import DEEDS, may

    mine, other, mallory = make_round("feasibility"), make_round("feasibility"), make_user("mallory")
    for role in ROLES:
        give_round_role(mine, mallory, role, by=bob)
    assert may(mallory, "round.manage", mine)
    assert not [d.name for d in DEEDS if "anyone" not in d.roles and may(mallory, d.name, other)]


def test_an_officer_of_another_place_may_nothing_that_a_resident_may_not(make_round, charlie):
    from fairground.web.participation.permissions import DEEDS, may, may_create

    round = make_round("ideas")
    assert [d.name for d in DEEDS if may(charlie, d.name, round)] == [
        "ideas.write",
        "ideas.withdraw",
        "ideas.appeal",
    ]
    assert not may_create(charlie, STOKE)


def test_nobody_sends_ideas_once_the_phase_has_ended_or_before_the_round_is_published(make_round, make_user):
    from fairground.web.participation.permissions import may

    resident = make_user("rita")
    assert not may(resident, "ideas.write", make_round("ideas", ended=True))
    hidden = make_round("ideas", published=False)
    assert not may(resident, "ideas.write", hidden)
