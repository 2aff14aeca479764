"""Every page answers, says where its numbers come from, and can be taken away."""

import re

import pytest

from fairground.evidence import Answer

PAGES = [
    "/",
    "/about/",
    "/wealth/",
    "/power/",
    "/data/",
    "/accessibility/",
    "/privacy/",
    "/places/",
    "/places/?q=newcastle",
]
ANSWERS = [
    "/places/stoke-on-trent/",
    "/places/london/",
    "/wealth/inequality/gap/",
    "/wealth/inequality/gap/?indicator=hle_female&period=2018-20",
    "/wealth/inequality/decompose/",
    "/wealth/inequality/gap/?indicator=gdhi_per_head&level=district",
    "/wealth/inequality/gap/?indicator=transport_spend_per_head&period=2017/18",
    "/wealth/inequality/gap-over-time/",
    "/wealth/inequality/over-time/",
    "/wealth/inequality/convergence/",
    "/wealth/inequality/standing/?place=Stoke-on-Trent",
    "/wealth/inequality/standing/north-east/?indicator=hle_female",
    "/wealth/inequality/indicators/",
    "/wealth/inequality/claims/",
    "/wealth/inequality/claims/healthy-life-gap/",
    "/wealth/funding/counterfactual/",
    "/wealth/funding/award/?place=Stoke-on-Trent&amount=56000000&years=5",
    "/wealth/funding/formula/",
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [*PAGES, "/wealth/inequality/", "/wealth/funding/"])
def test_a_page_opens(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ANSWERS)
def test_an_answer_names_its_sources(client, address):
    body = client.get(address).content.decode()
    assert "Where the numbers come from" in body
    assert "style=" not in body
    assert "<script>" not in body


@pytest.mark.parametrize("address", ANSWERS)
def test_an_answer_can_be_taken_away(client, address):
    more = "&" if "?" in address else "?"
    text = client.get(f"{address}{more}format=json").content.decode()
    assert Answer.from_json(text).sources
    assert "# Source:" in client.get(f"{address}{more}format=csv").content.decode()


def test_the_counterfactual_is_the_published_one(client):
    body = client.get("/wealth/funding/counterfactual/").content.decode()
    assert "£63.8" in body or "£63.77" in body


def test_a_slip_of_the_keyboard_is_forgiven(client):
    assert "Stoke-on-Trent" in client.get("/places/?q=stoke+on+trant", follow=True).content.decode()


def test_nothing_found_says_so(client):
    assert "found no place" in client.get("/places/?q=zzzzqqq").content.decode()


def test_a_place_that_does_not_exist_is_not_found(client):
    assert client.get("/places/atlantis-on-sea/").status_code == 404


def test_an_error_stands_beside_its_field(client):
    answer = client.get("/wealth/inequality/gap/?indicator=gdhi_per_head&period=1066")
    body = answer.content.decode()
    assert answer.status_code == 400
    assert 'href="#id_period"' in body


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/places/?q=hull", 200),
        ("/api/places/atlantis/", 404),
        ("/api/wealth/inequality/gap/", 200),
        ("/api/wealth/inequality/gap/?period=1066", 422),
        ("/api/wealth/inequality/claims/", 200),
        ("/api/openapi.json", 200),
    ],
)
def test_the_api_gives_answers_and_problems(client, address, status):
    assert client.get(address).status_code == status


def test_the_stoke_question_is_answered_in_one_plain_sentence(client):
    body = client.get("/wealth/funding/award/?place=Stoke-on-Trent&amount=56000000&years=5").content.decode()
    assert "£56 million over 5 years is £43.08 a year for each person in Stoke-on-Trent" in body
    assert "What we do not know" in body


@pytest.mark.parametrize(
    "query",
    [
        "place=Stoke&amount=-5&years=5",
        "place=Stoke&amount=lots&years=5",
        "place=Atlantis&amount=5&years=5",
        "place=Stoke&amount=5&years=0",
        "place=Stoke&amount=5&years=x",
        "place=&amount=&years=",
        "place=Stoke&amount=NaN&years=5",
        "place=Stoke&amount=5&years=5&pot=1",
        "place=Newcastle&amount=5&years=5",
        "place=%00&amount=5&years=5",
    ],
)
def test_a_bad_award_gets_a_plain_error_and_keeps_the_form(client, query):
    answer = client.get(f"/wealth/funding/award/?{query}")
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["pot=abc&gva_per_hour=1", "pot=5&gva_per_hour=0.5", "pot=", "pot=9&gva_per_hour=1&floor=2"]
)
def test_a_bad_formula_gets_a_plain_error(client, query):
    assert client.get(f"/wealth/funding/formula/?{query}").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/places/?q=",
        "/wealth/inequality/gap/?indicator=gdhi_per_head&period=1066",
        "/wealth/funding/award/?place=Atlantis&amount=-5&years=0",
    ],
)
def test_what_is_said_about_a_field_is_tied_to_it(client, address):
    body = client.get(address).content.decode()
    told = {id for ids in re.findall(r'aria-describedby="([^"]+)"', body) for id in ids.split()}
    assert any(id.endswith("_error") for id in told)
    assert {id for id in told if f'id="{id}"' not in body} == set()


def test_a_form_sent_without_its_token_is_refused_on_a_page_of_ours(client):
    client.handler.enforce_csrf_checks = True
    answer = client.post("/account/login/code/", {"email": "bob@example.org"})
    assert answer.status_code == 403
    assert "This page is not for you" in answer.content.decode()
