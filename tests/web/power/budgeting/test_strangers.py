"""Whoever holds no role, or a role in another round, changes nothing: each address that writes is tried."""

import pytest


@pytest.fixture
def addresses(town, idea, make_round):
    from fairground.web.power.budgeting.actions.ideas import merge_ideas
    from fairground.web.power.budgeting.actions.projects import (
        assess,
        publish_findings,
        record_winners,
        take_forward,
    )
    from fairground.web.power.budgeting.actions.rulings import appeal, rule

    bench, bad = idea(), idea("Bad")
    both = merge_ideas(town.round, [idea("A"), idea("B")], by=town.mo, title="C", words="C", reason="Alike")
    rule(bench, by=town.mo, accepted=True, reason="Fine")
    made = appeal(rule(bad, by=town.mo, accepted=False, reason="No"), by=town.rita, words="Please")
    project = take_forward(bench, by=town.asif, pot=town.pot)
    assess(project, by=town.asif, feasible=True, cost_pence=100, reason="Asked")
    publish_findings(town.round, by=town.asif)
    town.at(town.round, "delivery")
    record_winners(town.round, [str(project.pk)], by=town.officer)
    step = project.milestones.create(words="Dig", due_on="2026-01-01")
    line = project.spending.create(amount_pence=5, what="Nails", spent_on="2026-01-01", recorded_by=town.bina)
    photo = project.photographs.create(file="projects/none.png", description="x", added_by=town.bina)
    given = town.round.roles.get(user=town.mo)
    idea_, work = f"ideas/{bench.pk}/", f"projects/{project.pk}/"
    return [
        *(f"ideas/{both.pk}/{end}/" for end in ("withdraw", "put-back")),
        *(idea_ + end for end in ("rule/", "split/", "forward/", "withdraw/", "bring-back/")),
        *(work + end for end in ("assess/", "take-back/", "milestone/", "spend/", "photograph/")),
        "ideas/merge/",
        "ideas/send/",
        f"ideas/{bad.pk}/appeal/",
        f"appeals/{made.pk}/",
        f"rulings/{made.ruling_id}/take-back/",
        f"milestones/{step.pk}/reach/",
        f"spending/{line.pk}/strike/",
        f"photographs/{photo.pk}/remove/",
        *(
            f"office/{end}/"
            for end in ("change", "phases", "publish", "people", "pots", "findings", "import")
        ),
        f"office/people/{given.pk}/take/",
        f"office/pots/{town.pot.pk}/remove/",
    ]


FIELDS = {"reason": "x", "verdict": "yes", "title": "x", "words": "x", "name": "x", "amount_pence": "1"}


@pytest.mark.slow
def test_a_stranger_and_an_officer_of_another_round_change_nothing_anywhere(
    town, addresses, client, make_round, make_user, charlie
):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.participation.actions import give_round_role

    other = make_round("delivery")
    for role in ("officer", "moderator", "assessor", "builder"):
        give_round_role(other, town.mallory, role, by=town.officer)
    for user in (town.mallory, charlie, town.raj):
        client.force_login(user)
        for end in addresses:
            before = AuditEvent.objects.count()
            answer = client.post(f"/power/budgeting/{town.round.slug}/{end}", FIELDS)
            assert answer.status_code in (403, 404) or AuditEvent.objects.count() == before, end
            assert AuditEvent.objects.count() == before, end
        for page in ("", "report/", "ideas.csv", "projects.csv", "election.pb"):
            assert client.get(f"/power/budgeting/{town.round.slug}/office/{page}").status_code == 403


def test_whoever_is_not_signed_in_is_asked_to_before_anything_is_written(town, addresses, client):
    for end in addresses:
        answer = client.post(f"/power/budgeting/{town.round.slug}/{end}", FIELDS)
        assert answer.status_code == 302, end
        assert "/account/login" in answer["Location"], end


@pytest.mark.slow
def test_things_of_one_round_are_not_reached_through_the_address_of_another(
    town, addresses, client, make_round
):
    other = make_round("delivery", by=town.officer)
    client.force_login(town.officer)
    for end in addresses:
        if (end.startswith(("office/people/", "office/pots/")) and end.count("/") > 2) or not end.startswith(
            "office/"
        ):
            if end in ("ideas/merge/", "ideas/send/"):
                continue
            answer = client.post(f"/power/budgeting/{other.slug}/{end}", FIELDS)
            assert answer.status_code in (403, 404), end


def test_a_round_keeps_its_last_officer(town):
    from fairground.errors import BadInput
    from fairground.web.participation.actions import take_round_role

    with pytest.raises(BadInput, match="last officer"):
        take_round_role(town.round.roles.get(role="officer"), by=town.officer)
