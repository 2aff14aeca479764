"""One press counts a vote; anyone reads the result; the ballots are public only when somebody chose so."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fairground.errors import BadInput
from fairground.power.budgeting import check
from fairground.web.ballots.actions import Voter, cast, freeze_paper
from fairground.web.jobs.models import Job
from fairground.web.results.actions import count, publish
from fairground.web.results.models import Outcome
from tests.web.ballots.papers import specification, ticks

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_bob(client_of, bob):
    return client_of(bob)


@pytest.fixture
def as_charlie(client_of, charlie):
    return client_of(charlie)


@pytest.fixture
def client_of():
    def signed_in(user):
        from django.test import Client

        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def over(make_round, bob):
    """A vote that ended an hour ago, with eight ballots that nobody has counted yet."""
    now = timezone.now()
    paper = freeze_paper(
        round=make_round("ballot"),
        specification=specification(),
        by=bob,
        opens_at=now - timedelta(days=3),
        closes_at=now - timedelta(hours=1),
    )
    for n in range(8):
        marks = ticks(city=["bench"] if n < 5 else ["park", "bench"])
        voter = Voter(f"{n:064x}", "letter" if n < 7 else "roll")
        cast(paper=paper, voter=voter, marks=marks, key=f"k{n}", at=now - timedelta(days=2))
    return paper


def address(paper, tail=""):
    return f"/power/budgeting/{paper.round.slug}/result/{tail}"


def test_an_officer_counts_with_one_press_and_everyone_reads_the_result(over, client, as_bob):
    assert "has not been counted yet" in client.get(address(over)).content.decode()
    assert as_bob.post(address(over, "count/"), follow=True).status_code == 200
    page = client.get(address(over)).content.decode()
    assert "1 of 2 projects was chosen" in page
    assert "Why Benches was chosen" in page
    assert "What other rules would have chosen" in page


def test_nobody_else_may_count_or_publish(over, client, as_charlie, bob, charlie):
    assert client.post(address(over, "count/")).status_code == 302
    assert as_charlie.post(address(over, "count/")).status_code == 403
    assert not Outcome.objects.exists()
    outcome = count(paper=over, by=bob)
    assert as_charlie.post(address(over, "publish/"), {"read": "yes"}).status_code == 403
    with pytest.raises(PermissionDenied):
        publish(outcome=outcome, by=charlie)
    assert as_charlie.get(address(over, "bundle.json")).status_code == 404


def test_counting_twice_keeps_the_first_outcome(over, bob):
    first = count(paper=over, by=bob)
    assert count(paper=over, by=bob).pk == first.pk
    assert Outcome.objects.count() == 1


def test_a_vote_that_is_open_cannot_be_counted(make_round, bob, as_bob):
    now = timezone.now()
    paper = freeze_paper(
        round=make_round("ballot"), specification=specification(), by=bob,
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1),
    )  # fmt: skip
    with pytest.raises(BadInput, match="still open"):
        count(paper=paper, by=bob)
    page = as_bob.post(address(paper, "count/"), follow=True).content.decode()
    assert "still open" in page


def test_many_ballots_are_counted_by_a_job(over, bob):
    from fairground.web.jobs.kinds import BY_NAME

    job = count(paper=over, by=bob, many=3)
    assert isinstance(job, Job)
    BY_NAME["count"].run(lambda percent: None, **job.arguments)
    assert Outcome.objects.get(paper=over).counted_by == bob


def test_the_bundle_is_public_only_once_published_and_then_it_verifies(over, client, bob, as_bob):
    count(paper=over, by=bob)
    assert client.get(address(over, "bundle.json")).status_code == 404
    as_bob.post(address(over, "publish/"))
    assert client.get(address(over, "bundle.json")).status_code == 404
    as_bob.post(address(over, "publish/"), {"read": "yes"})
    text = client.get(address(over, "bundle.json")).content.decode()
    assert all(line.same for line in check(text))
    found = json.loads(text)
    assert found["specification_sha256"] == over.digest
    assert found["log"]["size"] == 8
    assert "pseudonym" not in text


def test_the_tier_of_a_single_voter_is_not_told(over, client, bob):
    count(paper=over, by=bob)
    page = client.get(address(over)).content.decode()
    assert "Fewer than five ballots" in page
    assert "By the code on a letter: 7 ballots" in page


def test_the_result_downloads_as_csv_and_json(over, client, bob):
    count(paper=over, by=bob)
    assert "Benches" in client.get(address(over, "result.csv")).content.decode()
    assert "$type" in client.get(address(over, "result.json")).content.decode()


def test_the_result_of_a_round_that_is_not_published_is_not_shown(make_round, bob, client, as_bob):
    now = timezone.now()
    paper = freeze_paper(
        round=make_round("ballot", published=False), specification=specification(), by=bob,
        opens_at=now - timedelta(days=3), closes_at=now - timedelta(hours=1),
    )  # fmt: skip
    assert client.get(address(paper)).status_code == 404
    assert as_bob.get(address(paper)).status_code == 200


def test_the_author_of_an_idea_that_won_is_told_once(make_round, bob, make_user):
    from fairground.web.participation.models import Notice
    from fairground.web.power.budgeting.models import Idea, Pot, Project

    rita, round, now = make_user("rita"), make_round("ballot"), timezone.now()
    pot = Pot.objects.create(round=round, name="City", amount_pence=1_000_000)
    idea = Idea.objects.create(round=round, pot=pot, title="Benches", words="Six.", author=rita)
    bench = Project.objects.create(round=round, pot=pot, title="Benches", idea=idea, cost_pence=500_000)
    facts = specification()
    facts["projects"] = [{**one, "id": str(bench.pk)} for one in facts["projects"] if one["id"] == "bench"]
    facts["pots"] = facts["pots"][:1]
    paper = freeze_paper(
        round=round, specification=facts, by=bob, opens_at=now - timedelta(days=3), closes_at=now
    )
    marks = ticks(city=[str(bench.pk)])
    cast(paper=paper, voter=Voter("0" * 64, "letter"), marks=marks, key="k", at=now - timedelta(days=1))
    for _ in range(2):
        count(paper=paper, by=bob)
    bench.refresh_from_db()
    assert bench.won_at
    assert (
        Notice.objects.filter(user=rita).values_list("subject", flat=True).get() == "Your idea will be built"
    )
