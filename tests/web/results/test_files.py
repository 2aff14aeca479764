"""The ballots of a counted vote as a Pabulib file; and what everybody sees where the two counters differ."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairground.questions.power import elections
from fairground.web.audit.models import AuditEvent
from fairground.web.ballots.actions import Voter, cast, freeze_paper
from fairground.web.ballots.bridge import Marks
from fairground.web.results import bridge
from fairground.web.results.actions import count, publish
from tests.web.ballots.papers import POTS, specification

pytestmark = pytest.mark.django_db
MARKS = {
    "approval": [((), ()), (("bench",), ()), (("bench", "park"), ())],
    "k-approval": [((), ()), (("bench",), ()), (("park",), ())],
    "points": [((), ()), (("bench",), (6,)), (("bench", "park"), (4, 6))],
    "ranking": [((), ()), (("bench",), ()), (("park", "bench"), ())],
}


@pytest.fixture
def counted(make_round, bob, later):
    def make(kind="approval"):
        now = timezone.now()
        minute = timedelta(minutes=1)
        paper = freeze_paper(
            round=make_round("ballot"),
            specification=specification(kind, rule={"method": "equal-shares", "completion": "add1"}),
            by=bob,
            opens_at=now - minute,
            closes_at=now + minute,
        )
        for n in range(9):
            marks = {"city": Marks(*MARKS[kind][n % 3])}
            cast(paper=paper, voter=Voter(f"{n:064x}", "letter"), marks=marks, key=f"k{n}")
        later(2)
        return count(paper=paper, by=bob)

    return make


@pytest.fixture
def differing(monkeypatch):
    """The slow counter finds that nobody won."""
    from fairground.power.budgeting.plain import PlainCount

    monkeypatch.setattr(PlainCount, "winners", lambda _plain: ())


def at(outcome, tail=""):
    return f"/power/budgeting/{outcome.paper.round.slug}/result/{tail}"


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(MARKS))
def test_a_pot_is_read_back_by_the_reader_of_pabulib_files_with_every_ballot_and_winner(
    kind, counted, client, bob
):
    outcome = counted(kind)
    publish(outcome=outcome, by=bob)
    poll = elections.read(client.get(at(outcome, "pots/city.pb")).content.decode())
    assert sum(ballot.voters for ballot in poll.election.ballots) == 9
    assert {(project.id, project.cost) for project in poll.election.projects} == {
        ("park", 6000),
        ("bench", 5000),
    }
    assert poll.election.budget == POTS[0]["amount_pence"] / 100
    won = {row.id for row in bridge.read(outcome.answer).value.rows if row.won}
    assert set(poll.official) == won != set()


@pytest.mark.slow
def test_the_file_of_a_pot_is_public_when_the_ballots_are_and_not_before(counted, client, bob):
    outcome = counted()
    assert client.get(at(outcome, "pots/city.pb")).status_code == 404
    assert ".pb" not in client.get(at(outcome)).content.decode()
    client.force_login(bob)
    assert client.get(at(outcome, "pots/city.pb")).status_code == 200
    client.logout()
    publish(outcome=outcome, by=bob)
    assert client.get(at(outcome, "pots/city.pb")).status_code == 200
    assert at(outcome, "pots/city.pb") in client.get(at(outcome)).content.decode()
    assert client.get(at(outcome, "pots/moon.pb")).status_code == 404


def test_a_file_of_ballots_says_nothing_of_voters_or_of_when_they_came(counted, client, bob):
    outcome = counted()
    publish(outcome=outcome, by=bob)
    text = client.get(at(outcome, "pots/city.pb")).content.decode()
    votes = [line.split(";")[1] for line in text.partition("VOTES\n")[2].splitlines()[1:]]
    assert votes == sorted(votes)
    assert "letter" not in text
    assert "0000000" not in text


@pytest.mark.slow
def test_where_the_counters_differ_nobody_is_chosen_and_everyone_is_told(differing, counted, client, bob):
    outcome = counted()
    assert not outcome.agreed
    assert AuditEvent.objects.get(action="vote.count").facts == {"winners": [], "agreed": False}
    home = f"/power/budgeting/{outcome.paper.round.slug}/"
    for address in (home, at(outcome)):
        page = client.get(address).content.decode()
        assert "found different winners" in page
        assert "govuk-tag--green" not in page
    client.force_login(bob)
    office = client.get(f"{home}office/").content.decode()
    assert "found different winners" in office
    assert "report it" in office


def test_a_count_leaves_one_event(counted):
    outcome = counted()
    assert outcome.agreed
    told = [
        event.facts for event in AuditEvent.objects.filter(subject=str(outcome.paper.round_id)).order_by("pk")
    ]
    assert told[-1] == {"winners": ["bench"], "agreed": True}
    assert AuditEvent.objects.latest("pk").action == "vote.count"
