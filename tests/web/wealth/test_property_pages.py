"""The pages of cases: events added one by one, taken back, refused, and taken away as files."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.django_db
CASE = "/wealth/property/case/"
SALE = {
    "procedure": "acv-2011",
    "events": "nominate=2026-01-05;list=2026-02-02;notice-of-sale=2026-09-01",
    "on": "2026-09-10",
}


def test_every_procedure_leads_to_its_case(client):
    body = client.get("/wealth/property/").content.decode()
    assert body.count("/wealth/property/case/?procedure=") == 6
    assert client.get(CASE, {"procedure": "consultation"}).status_code == 200


def test_a_case_shows_its_dates_in_order_and_what_is_barred(client):
    body = client.get(CASE, SALE).content.decode()
    assert "The next date is 12 October 2026" in body
    listing = body[body.index("fg-dates") :]
    assert (
        listing.index("5 January 2026") < listing.index("1 September 2026") < listing.index("12 October 2026")
    )
    assert "The owner sells to anyone else, until the end of 12 October 2026" in body


def test_an_event_is_added_to_the_address_and_can_be_taken_back(client):
    asked = {**SALE, "add": "yes", "kind": "ask-to-bid", "day": "10/09/2026"}
    answer = client.get(CASE, asked)
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["events"] == [SALE["events"] + ";ask-to-bid=2026-09-10"]
    body = client.get(answer.headers["Location"]).content.decode()
    assert "28 February 2027" in body
    back = body[body.index("Take back the last event") - 300 : body.index("Take back the last event")]
    assert "notice-of-sale%3D2026-09-01&amp;on" in back


def test_an_event_after_the_day_that_is_looked_at_moves_that_day(client):
    answer = client.get(CASE, {**SALE, "add": "yes", "kind": "ask-to-bid", "day": "2026-10-01"})
    assert "on=2026-10-01" in answer.headers["Location"]


def test_an_event_that_the_law_refuses_is_told_on_the_form_and_nothing_is_lost(client):
    answer = client.get(CASE, {**SALE, "add": "yes", "kind": "ask-to-bid", "day": "2026-10-13"})
    body = answer.content.decode()
    assert answer.status_code == 400
    assert "the time for it is over" in body
    assert "1 September 2026" in body
    for wrong in ({"day": ""}, {"day": "soon"}, {"kind": "sell"}, {"kind": ""}):
        told = client.get(CASE, {**SALE, "add": "yes", "kind": "ask-to-bid", "day": "2026-09-12", **wrong})
        assert told.status_code == 400


def test_reasons_that_are_due_are_asked_for(client):
    asked = {"procedure": "acv-2011", "events": "nominate=2026-01-05", "on": "2026-02-02"}
    asked |= {"add": "yes", "kind": "refuse", "day": "2026-02-01"}
    assert "needs its reasons" in client.get(CASE, asked).content.decode()
    assert client.get(CASE, {**asked, "given": "on"}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"procedure": "acv-1066"},
        {"events": "nominate"},
        {"events": "nominate=soon"},
        {"events": "auction=2026-01-05"},
        {"events": "list=2026-01-05"},
        {"events": "nominate=2027-01-05"},
        {"events": ";".join(["nominate=2026-01-05"] * 201)},
        {"events": "nominate=2026-01-05:" + "\x00"},
        {"on": "31/02/2026"},
        {"procedure": "acv-2026"},
    ],
)
def test_a_case_that_cannot_be_is_said_plainly(client, wrong):
    answer = client.get(CASE, {**SALE, **wrong})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert client.get(CASE, {**SALE, **wrong, "format": "json"}).status_code == 422


def test_the_dates_can_be_taken_away_as_calendar_json_and_csv(client):
    calendar = client.get(CASE, {**SALE, "format": "ics"})
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    assert calendar.content.decode().count("BEGIN:VEVENT") == 3
    assert client.get(CASE, {**SALE, "format": "json"}).json()["value"]["procedure"] == "acv-2011"
    assert client.get(CASE, {**SALE, "format": "csv", "table": "happened"}).content.startswith(b"day,event,")


def test_a_what_if_shows_that_it_supposes(client):
    body = client.get(
        CASE, {"procedure": "acv-2026", "in_force_from": "2027-04-01", "on": "2027-05-01"}
    ).content.decode()
    assert "This law is not in force as far as we know" in body
