"""The officers page says what to do next, and leads there, from the first date to the end of the work."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.web.ballots.papers import specification, ticks


def told(round):
    from fairground.web.participation.models import Round
    from fairground.web.power.budgeting.guide import next_steps

    return [words.split(":")[0].split(",")[0] for words, _ in next_steps(Round.objects.get(pk=round.pk))]


def test_an_empty_round_needs_days_and_money_first(bob):
    from fairground.web.participation.actions import create_round
    from tests.web.conftest import STOKE

    round = create_round(by=bob, place_code=STOKE, title="New", summary="New.")
    assert told(round) == ["Give the phases their days", "Add a pot of money"]


def test_ideas_are_checked_then_worked_out_then_published_then_voted_on(town, idea):
    from fairground.web.power.budgeting.actions.projects import assess, publish_findings, take_forward
    from fairground.web.power.budgeting.actions.rulings import rule

    assert told(town.round) == []
    bench = idea()
    assert told(town.round) == ["Check the new ideas below"]
    rule(bench, by=town.mo, accepted=True, reason="Fine")
    project = take_forward(bench, by=town.asif, pot=town.pot)
    assert told(town.round) == ["Work out the projects below"]
    assess(project, by=town.asif, feasible=True, cost_pence=100, reason="Asked")
    assert told(town.round) == ["Publish the finished findings"]
    publish_findings(town.round, by=town.asif)
    assert told(town.round) == ["Open the vote"]


@pytest.mark.django_db
def test_one_moderator_alone_is_not_enough_where_ideas_are_checked(make_round, bob, make_user):
    from fairground.web.participation.actions import give_round_role, take_round_role
    from fairground.web.participation.permissions import people_who_may

    round = make_round("ideas")
    assert "Name a second moderator" in told(round)
    mo = make_user("mo")
    give_round_role(round, mo, "builder", by=bob)
    assert "Name a second moderator" in told(round)
    give_round_role(round, mo, "moderator", by=bob)
    assert "Name a second moderator" not in told(round)
    assert people_who_may("ideas.moderate", round) == {bob.pk, mo.pk}
    take_round_role(round.roles.get(user=mo, role="moderator"), by=bob)
    assert "Name a second moderator" in told(round)


def test_a_round_that_waits_for_nobody_says_what_comes_next(town, client):
    client.force_login(town.officer)
    page = client.get(f"/power/budgeting/{town.round.slug}/office/").content.decode()
    assert "Nothing waits for you now. The round goes on by itself. Send ideas: until" in page


def test_a_vote_whose_days_came_before_its_projects_were_ready_needs_later_days(make_round, db):
    late = make_round("ballot")
    assert "Give the phase Vote later days" in told(late)
    make_round.at(late, "feasibility")
    assert "Give the phase Vote later days" not in told(late)


def test_a_phase_that_ends_in_summer_ends_on_the_same_day_on_every_page(town, client):
    midnight = datetime(2027, 4, 30, 23, tzinfo=UTC)
    town.round.phases.filter(name="ideas").update(closes_at=midnight)
    for address in ("", f"{town.round.slug}/"):
        assert "30 April 2027" in client.get(f"/power/budgeting/{address}").content.decode(), address


@pytest.mark.django_db
def test_the_vote_is_run_then_counted_then_published_and_its_secret_destroyed(make_round, bob, client):
    from fairground.web.ballots.actions import Voter, cast, destroy_secret, freeze_paper
    from fairground.web.results.actions import count, publish

    now, hour = timezone.now(), timedelta(hours=1)
    during = make_round("ballot")
    freeze_paper(round=during, specification=specification(), by=bob, opens_at=now, closes_at=now + hour)
    assert told(during) == ["Run the vote"]
    after = make_round("ballot")
    dates = {"opens_at": now - 2 * hour, "closes_at": now - hour}
    paper = freeze_paper(round=after, specification=specification(), by=bob, **dates)
    cast(
        paper=paper, voter=Voter("0" * 64, "letter"), marks=ticks(city=["park"]), key="k", at=now - 1.5 * hour
    )
    assert told(after) == ["Count the vote"]
    outcome = count(paper=paper, by=bob)
    assert told(after) == [
        "Choose whether everyone may have the ballots",
        "Destroy what leads from voters to ballots",
    ]
    publish(outcome=outcome, by=bob)
    destroy_secret(paper=paper, by=bob)
    assert told(after) == []
    client.force_login(bob)
    assert (
        "Nothing waits for you now" in client.get(f"/power/budgeting/{after.slug}/office/").content.decode()
    )
