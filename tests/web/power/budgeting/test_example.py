"""The demo's round: ideas in every phase, said to be made up, the same on every start."""


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
