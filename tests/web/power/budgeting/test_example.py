"""The demo's round: ideas in every phase, said to be made up, the same on every start."""

import pytest


@pytest.mark.slow
def test_the_example_shows_an_idea_of_every_standing_and_says_that_it_is_made_up(client, db):
    from fairground.web.accounts import example as people
    from fairground.web.power.budgeting import example
    from fairground.web.power.budgeting.models import Idea, Standing

    people.load()
    example.load()
    example.load()
    assert set(Idea.objects.values_list("standing", flat=True)) == set(Standing.values)
    page = client.get("/power/budgeting/redcar-decides/").content.decode()
    assert "Made up." in page
    assert "0.83 per cent" in page
    projects = client.get("/power/budgeting/redcar-decides/projects/").content.decode()
    assert "£18,400" in projects
    assert "repair" not in projects, "its finding is not published"
    for address in ("/", "/places/redcar-and-cleveland/", "/power/budgeting/"):
        assert "Redcar Decides" in client.get(address).content.decode(), address


@pytest.mark.slow
def test_the_finished_round_was_voted_on_by_three_thousand_and_says_how_the_work_goes(client, db):
    from fairground.web.accounts import example as people
    from fairground.web.ballots.bridge import root_of
    from fairground.web.participation.models import Round
    from fairground.web.power.budgeting import example

    people.load()
    example.load()
    round = Round.objects.get(slug="redcar-decides-2025")
    assert (round.paper.size, round.paper.root) == root_of(round.paper)
    assert round.paper.size == 3000
    won = round.projects.exclude(won_at=None)
    for pot in round.pots.all():
        assert 0 < sum(one.cost_pence for one in won if one.pot_id == pot.pk) <= pot.amount_pence
    page = client.get(
        f"/power/budgeting/redcar-decides-2025/projects/{won.get(title__startswith='Bicycle').pk}/"
    )
    assert "£2,400 above the price" in page.content.decode()
    assert "drains were needed" in page.content.decode()
    assert any(one.finished for one in won)
    result = client.get("/power/budgeting/redcar-decides-2025/result/")
    assert result.status_code == 200
    assert "Beach wheelchairs" in result.content.decode()
