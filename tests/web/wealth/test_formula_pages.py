"""A formula's own pages: what is matched, why, year by year, and after a merger."""

import html

import pytest

from fairground.web.accounts.actions import enrol
from fairground.web.jobs.models import Job
from fairground.web.jobs.worker import Stopped, work_once
from fairground.web.wealth.funding import bridge

pytestmark = pytest.mark.django_db
FORMULA = "/wealth/funding/formula/"


def shown(client, address, status=200, **asked):
    answer = client.get(FORMULA + address, asked)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.unescape(answer.content.decode())


@pytest.mark.slow
def test_a_pot_may_be_what_matches_a_region(client):
    page = shown(client, "", match="London", catch_up="0.1", beta="0.5", power="2", cost="0.5")
    assert "How the pot was found: London had" in page
    for told in (
        "raised to the power 2",
        "Cost is on, to the power 0.5",
        "Catch-up is raised to the power 0.5",
    ):
        assert told in page
    assert '<details class="govuk-details" open' in page, "what is filled in must be in sight"


def test_a_pot_and_a_region_together_are_refused_beside_the_region(client):
    page = shown(client, "", status=400, match="London", pot="1000000")
    assert 'id="id_match_error"' in page
    assert "not both" in page


def test_a_strength_that_is_no_number_is_told_beside_its_field_in_sight(client):
    page = shown(client, "", status=400, pot="1000000", power="٢")
    assert 'id="id_power_error"' in page
    assert '<details class="govuk-details" open' in page


def test_the_page_of_the_formula_leads_to_its_questions_with_the_same_choices(client):
    page = shown(client, "", pot="2000000", floor="0.5")
    for name in ("explain", "path", "merger", "sensitivity"):
        assert f'href="{FORMULA}{name}/?pot=2000000&floor=0.5"' in page


def test_why_a_place_gets_what_it_gets_is_said_in_words_and_pounds(client):
    page = shown(client, "explain/")
    assert "Stoke-on-Trent would get £202.84 for each person, £52.24 more than the average" in page
    assert "These parts add up to" in page
    other = shown(client, "explain/", place="Kensington and Chelsea", pot="8600000000")
    assert "Kensington and Chelsea would get" in other
    assert 'id="id_place_error"' in shown(client, "explain/", status=400, place="Atlantis")


@pytest.mark.slow
def test_the_path_shows_the_regions_or_one_place(client):
    page = shown(client, "path/")
    assert "Over 10 years of £8.6 billion each" in page
    assert "Pounds for each person in year 10" in page
    one = shown(client, "path/", place="Hull", years="3", band="0.1")
    assert "year by year" in one
    levels = shown(client, "path/", match="London", levels="each-year", years="3")
    assert "Each year has a level of its own" in levels
    wrong = shown(client, "path/", status=400, years="0")
    assert 'id="id_years_error"' in wrong


def test_a_merger_is_told_in_pounds_and_pence(client):
    page = shown(client, "merger/")
    assert "If Stoke-on-Trent and Stafford merged" in page
    assert "Together" in page
    wrong = shown(client, "merger/", status=400, places="Stafford")
    assert 'id="id_places_error"' in wrong


@pytest.mark.parametrize("name", ["explain", "path", "merger"])
def test_each_page_gives_the_same_answer_as_a_file(client, name):
    answer = client.get(f"{FORMULA}{name}/", {"format": "json", "pot": "2000000"})
    assert answer.status_code == 200
    assert answer.json()["value"]
    same = client.get(f"/api{FORMULA}{name}/", {"pot": "2000000"})
    assert same.json() == answer.json()


@pytest.fixture
def ada(client):
    user = enrol("ada@example.org", by=None)
    client.force_login(user)
    return user


@pytest.mark.slow
def test_many_draws_are_a_job_whose_page_shows_the_result(client, ada):
    asked = client.post(FORMULA + "sensitivity/many/", {"pot": "2000000", "floor": "0.5"})
    assert asked.status_code == 302
    assert "Waiting" in client.get(asked["Location"]).content.decode()
    assert work_once("worker")
    page = html.unescape(client.get(asked["Location"]).content.decode())
    assert "60,000" in page
    assert "Done" in page
    assert "<progress" not in page
    file = client.get(asked["Location"], {"format": "json"})
    assert file.json()["value"]["draws"] == 60_000


def test_a_job_of_many_draws_tells_how_far_it_is_and_stops_when_it_is_cancelled(client, ada):
    told = []

    def report(percent):
        told.append(percent)
        if percent > 20:
            raise Stopped

    choice = bridge.asked_again({"pot": "2000000"})
    with pytest.raises(Stopped):
        bridge.many_draws(report, choice=choice, draws=2_000)
    assert told == sorted(told) == [0, 25]


def test_a_wrong_formula_starts_no_job(client, ada):
    page = client.post(FORMULA + "sensitivity/many/", {"pot": "lots"})
    assert page.status_code == 400
    assert 'id="id_pot_error"' in page.content.decode()
    assert not Job.objects.exists()


def test_who_is_not_signed_in_asks_for_nothing(client):
    assert client.post(FORMULA + "sensitivity/many/", {"pot": "2000000"}).status_code == 302
    assert not Job.objects.exists()


def test_nobody_sees_the_job_of_another_person(client, ada):
    asked = client.post(FORMULA + "sensitivity/many/", {"pot": "2000000"})["Location"]
    client.force_login(enrol("charlie@example.org", by=None))
    assert client.get(asked).status_code == 404
