"""A page, its downloads and the API give the same answer at the same address."""

import csv
import io
import json
import re

import pytest

from fairground.evidence import Answer
from fairground.web.api.calls import CALLS
from tests.browser.addresses import OPEN

KEPT = re.compile(
    r"/(places/[^?].*|power/.*|wealth/property/(cases|register|matching|requests|sold)/.*"
    r"|wealth/finance/.*)?$"
)  # pages that also show what people did here


def each(addresses):
    """Let only the pages that show what people did ask the database: any other fails at its first query."""
    return [
        pytest.param(address, marks=[pytest.mark.django_db] if KEPT.match(address) else [])
        for address in addresses
    ]


PAGES = [address for address in OPEN if "/account/" not in address and address != "/demo/mailbox/"]
FILE = re.compile(r'href="(\?[^"]*format=(?:csv|json)[^"]*)"')


def files(client, address):
    page = client.get(address)
    return page, [link.replace("&amp;", "&") for link in FILE.findall(page.content.decode())]


@pytest.mark.slow
@pytest.mark.parametrize("address", each(PAGES))
def test_a_page_with_a_table_can_be_taken_away_as_csv_and_json(client, address):
    page, links = files(client, address)
    if b"<table" in page.content:
        assert {"csv", "json"} <= {link.rsplit("format=", 1)[1].split("&")[0] for link in links}
    for link in links:
        got = client.get(address.split("?")[0] + link)
        assert got.status_code == 200
        assert got.headers["Content-Disposition"].startswith('attachment; filename="fairground-')
        text = got.content.decode()
        if "format=json" in link:
            assert Answer.from_json(text).sources
        else:
            assert len(list(csv.reader(io.StringIO(text)))) >= 2


@pytest.mark.slow
@pytest.mark.django_db
def test_most_pages_have_an_answer_to_take_away(client):
    assert sum(bool(files(client, address)[1]) for address in PAGES) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("address", each(PAGES))
def test_the_api_gives_the_answer_of_the_page_at_the_same_address(client, address):
    _, links = files(client, address)
    for link in (link for link in links if "format=json" in link):
        path = address.split("?")[0] + link
        of_page = json.loads(client.get(path).content)
        of_api = client.get("/api" + path.replace("format=json", "").rstrip("?&"))
        assert of_api.status_code == 200
        assert of_api.headers["Content-Type"] == "application/json"
        assert "Content-Disposition" not in of_api.headers
        assert json.loads(of_api.content) == of_page


def test_the_parameters_of_the_api_are_the_fields_of_the_page(client):
    paths = client.get("/api/openapi.json").json()["paths"]
    for call in CALLS:
        names = {one["name"] for one in paths[f"/api/{call.address}"]["get"].get("parameters", [])}
        one = {"id"} if "{id}" in call.address else set()
        assert names == one | set(call.form().fields if call.form else ())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/places/?q=hull", 200),
        ("/api/places/E06000021/", 200),
        ("/api/places/?q=", 422),
        ("/api/places/?q=zzzzzzqqq", 422),
        ("/api/places/atlantis/", 404),
        ("/api/wealth/inequality/gap/?period=1066", 422),
        ("/api/wealth/inequality/claims/no-such-claim/", 404),
        ("/api/wealth/inequality/standing/Atlantis/", 404),
        ("/api/wealth/inequality/over-time/", 200),
        ("/api/wealth/inequality/indicators/", 200),
        ("/api/wealth/funding/award/", 422),
        ("/api/wealth/funding/award/?place=Stoke&amount=-5&years=5", 422),
        ("/api/wealth/funding/award/?place=%00&amount=5&years=5", 422),
        ("/api/wealth/funding/formula/register/", 404),  # the word of another page
        pytest.param("/api/wealth/funding/formula/ffff/", 404, marks=pytest.mark.django_db),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(client, address, status):
    got = client.get(address)
    assert got.status_code == status
    if status != 200:
        assert got.headers["Content-Type"] == "application/problem+json"
        assert set(got.json()) == {"title", "status", "detail"}
        assert got.json()["status"] == status


def test_the_document_lists_the_measure_that_a_standing_can_be_asked_for(client):
    asked = client.get("/api/openapi.json").json()["paths"]["/api/wealth/inequality/standing/{id}/"]["get"]
    measure = next(one for one in asked["parameters"] if one["name"] == "indicator")
    assert "gdhi_per_head" in measure["schema"]["enum"]
    assert measure["required"] is False
