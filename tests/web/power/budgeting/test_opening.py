"""Opening the vote: what an officer chose is what is frozen, and nothing of it changes afterwards."""

import pytest
from django.core.exceptions import PermissionDenied

from fairground.errors import BadInput

CHOICES = {"type": "approval", "rule": "equal-shares", "ways": "roll"}


@pytest.fixture
def ready(town):
    from fairground.web.power.budgeting.actions.pots import add_pot
    from fairground.web.power.budgeting.actions.projects import add_project, assess, publish_findings

    town.empty = add_pot(
        town.round, by=town.officer, name="North", amount_pence=100, ceiling_pence=None, districts=["North"]
    )
    for title, feasible, cost in (("Seats", True, 120_050), ("Moon", False, None), ("Late", None, None)):
        project = add_project(town.round, by=town.asif, pot=town.pot, title=title, summary=f"{title}.")
        if feasible is not None:
            assess(project, by=town.asif, feasible=feasible, cost_pence=cost, reason="Asked")
    publish_findings(town.round, by=town.asif)
    return town


def test_only_published_possible_projects_and_pots_that_have_one_are_on_the_paper(ready):
    from fairground.web.power.budgeting.actions.voting import open_voting

    paper = open_voting(ready.round, by=ready.officer, choices=CHOICES)
    said = paper.specification
    assert [(p["title"], p["cost_pence"]) for p in said["projects"]] == [("Seats", 120_050)]
    assert [pot["name"] for pot in said["pots"]] == ["Whole city"]
    assert said["rule"] == {"method": "equal-shares", "completion": "add1u", "utility": "cost"}
    assert said["eligibility"]["ways"] == ["letter", "roll", "booth"]


@pytest.mark.parametrize("kind", ["approval", "k-approval", "points", "ranking"])
@pytest.mark.parametrize("rule", ["equal-shares", "equal-shares-alone", "bos", "greedy"])
def test_each_kind_of_ballot_can_be_frozen_with_each_rule(ready, kind, rule):
    from fairground.web.power.budgeting.actions.voting import open_voting

    more = {"k-approval": {"max_projects": 3}, "points": {"points": 10}}.get(kind, {})
    paper = open_voting(
        ready.round, by=ready.officer, choices={**CHOICES, "type": kind, "rule": rule, **more}
    )
    assert paper.specification["ballot"]["type"] == kind


def test_once_frozen_no_pot_project_or_finding_changes_and_no_second_paper_is_made(ready):
    from fairground.web.power.budgeting.actions import pots, projects
    from fairground.web.power.budgeting.actions.voting import open_voting

    open_voting(ready.round, by=ready.officer, choices=CHOICES)
    seats = ready.round.projects.get(title="Seats")
    late = ready.round.projects.get(title="Late")
    tries = (
        lambda: pots.remove_pot(ready.empty, by=ready.officer),
        lambda: projects.take_back_finding(seats, by=ready.asif, reason="x"),
        lambda: projects.assess(late, by=ready.asif, feasible=True, cost_pence=1, reason="x"),
        lambda: projects.publish_findings(ready.round, by=ready.asif),
        lambda: projects.add_project(ready.round, by=ready.asif, pot=ready.pot, title="New", summary="x"),
        lambda: open_voting(ready.round, by=ready.officer, choices=CHOICES),
    )
    for change in tries:
        with pytest.raises(BadInput, match=r"frozen"):
            change()


def test_a_vote_is_opened_by_officers_only_and_not_without_projects(ready, make_round):
    from fairground.web.power.budgeting.actions.voting import open_voting

    for person in (ready.asif, ready.mo, ready.mallory):
        with pytest.raises(PermissionDenied):
            open_voting(ready.round, by=person, choices=CHOICES)
    with pytest.raises(BadInput, match="No project is ready"):
        open_voting(make_round("ballot"), by=ready.officer, choices=CHOICES)


def test_what_a_kind_of_ballot_needs_is_asked_for_in_words(ready, client):
    client.force_login(ready.officer)
    address = f"/power/budgeting/{ready.round.slug}/office/vote/"
    assert "Nothing is frozen yet" in client.post(address, CHOICES).content.decode()
    sure = {**CHOICES, "sure": "on"}
    shown = client.post(address, {**sure, "type": "points"})
    assert shown.status_code == 400
    assert "points" in shown.content.decode()
    assert (
        "TS10"
        in client.post(address, {**sure, "ways": "postcode", "postcodes": "TS10 = Mars"}).content.decode()
    )


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        ({"ways": "open"}, "ways"),
        ({"ways": "account"}, "ways"),
        ({"ways": "postcode", "postcodes": {"TS10": "", "TS11": "Coast"}}, "postcodes"),
        ({"ways": "postcode", "postcodes": {"TS10": "North"}}, None),
        ({"ways": "roll"}, None),
    ],
)
def test_no_pot_is_frozen_on_which_nobody_could_vote(ready, choices, field):
    from fairground.web.power.budgeting.paper import specification

    ready.round.pots.filter(name="Whole city").update(districts=["North"])
    if field is None:
        assert specification(ready.round, {**CHOICES, **choices})["pots"]
        return
    with pytest.raises(BadInput, match='Nobody could vote on the pot "Whole city"') as told:
        specification(ready.round, {**CHOICES, **choices})
    assert told.value.field == field
