"""Campaigns on the site: begun, chased, answered, taken back; who may; the table, the feeds, the estimate."""

import csv
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.requests.models import AnswerList, Campaign, CouncilRequest

pytestmark = pytest.mark.django_db
HOME = "/wealth/property/requests/"
STOKE, STAFFORD = "E06000021", "E07000197"
SENT, LATER = date(2026, 12, 1), date(2027, 1, 10)
NEW = {
    "title": "What was sold?", "place": "Stoke-on-Trent",
    "councils": "Stoke-on-Trent\nStafford\nLichfield\nTamworth",
    "first_year": "2010/11", "last_year": "2024/25", "sent_on": "2026-12-01",
}  # fmt: skip
LIST = (
    "Asset,Address,Postcode,Date of sale,Price,Buyer\n"
    "=Old Baths,sold to Mr John Smith,ST1 1AA,12/05/2013,240000,Baths Homes Ltd\n"
    "Lodge,2 St,ST1 1AB,13/05/2013,9,Ann Lee\n"
)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *_: LATER)


@pytest.fixture
def campaign(client, bob):
    client.force_login(bob)
    answer = client.post(f"{HOME}new/", NEW)
    assert answer.headers["Location"] == f"{HOME}what-was-sold/"
    return Campaign.objects.get()


def send(client, code, text=LIST, name="list.csv", **more):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(f"{HOME}what-was-sold/{code}/list/", {"file": file, **more})


def actions_done():
    return list(AuditEvent.objects.filter(action__startswith="requests.").values_list("action", flat=True))


def test_what_is_known_stands_without_any_campaign(client):
    body = client.get("/wealth/property/sold/").content.decode()
    assert "Nobody knows for sure" in body
    assert all(word in body for word in ("6,250", "4,131", "2,770", "What we do not know", "<svg"))
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">not known</td>' in body
    assert client.get("/wealth/property/sold/?format=json").json()["value"]["rows"][1]["a_year"] == 4131.0


def test_a_campaign_shows_every_council_its_last_day_and_who_is_late(client, campaign):
    body = client.get(f"{HOME}what-was-sold/").content.decode()
    assert "0 of 4 councils told us" in body
    assert "31 December 2026" in body
    assert body.count("Late, no answer") == 4
    assert "10 days late" in body
    assert actions_done() == ["requests.begin"]


def test_the_letter_names_the_council_and_the_years(client, campaign):
    client.logout()
    body = client.get(f"{HOME}what-was-sold/{STAFFORD}/letter/").content.decode()
    assert "To Stafford Borough Council" in body
    assert "April of 2010 to March of 2025" in body


def test_a_list_becomes_public_rows_without_a_person_or_a_formula(client, campaign):
    assert send(client, STOKE).status_code == 302
    text = client.get(f"{HOME}what-was-sold/table.csv").content.decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["asset"] for row in rows] == ["'=Old Baths", "Lodge"]
    assert not any(name in text for name in ("Smith", "Ann Lee"))
    assert "Smith" not in str(AnswerList.objects.get().rows)
    body = client.get(f"{HOME}what-was-sold/").content.decode()
    assert "1 of 4 councils told us what they sold: 2 in all. 3 are late." in body
    assert actions_done() == ["requests.begin", "requests.list"]


def test_a_list_that_cannot_be_read_is_refused_and_nothing_is_kept(client, campaign):
    for text, said in (("dear asker,\nno\n", "headings that we know"), (" ", "empty")):
        answer = send(client, STOKE, text)
        assert answer.status_code == 400
        assert said in answer.content.decode()
    assert send(client, STOKE, received_on="2026-11-01").status_code == 400
    assert not AnswerList.objects.exists()
    assert actions_done() == ["requests.begin"]


def test_a_list_is_taken_back_with_a_reason_and_the_one_before_counts_again(client, campaign):
    send(client, STOKE)
    send(client, STOKE, LIST + "Yard,3 St,ST1 1AD,14/05/2013,5,\n")
    newest = AnswerList.objects.first()
    address = f"{HOME}what-was-sold/{STOKE}/list/{newest.pk}/take-back/"
    assert client.post(address, {"because": ""}).status_code == 400
    assert client.post(address, {"because": "It was of another council"}).status_code == 302
    assert "2 in all" in client.get(f"{HOME}what-was-sold/").content.decode()
    assert "It was of another council" in client.get(f"{HOME}what-was-sold/{STOKE}/").content.decode()
    assert actions_done()[-1] == "requests.take-back"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"outcome": "refused"}, "belong together"),
        ({"outcome": "refused", "ended_on": "2026-11-30"}, "before the request was sent"),
        ({"acknowledged_on": "soon"}, "Give a day"),
        ({"said_number": "-1"}, "0 or more"),
        ({"outcome": "lost"}, "Choose what came of it"),
    ],
    ids=["no day", "before", "no date", "below nothing", "unknown"],
)
def test_what_a_council_cannot_have_done_is_refused(client, campaign, told, said):
    answer = client.post(f"{HOME}what-was-sold/{STAFFORD}/", told)
    assert answer.status_code == 400
    assert CouncilRequest.objects.get(code=STAFFORD).outcome == ""
    assert said in answer.content.decode()


def test_a_refusal_and_a_number_alone_are_recorded_with_what_stood_before(client, campaign):
    client.post(f"{HOME}what-was-sold/{STAFFORD}/", {"outcome": "refused", "ended_on": "2026-12-20"})
    told = {"outcome": "partial", "ended_on": "2027-01-05", "said_number": "7"}
    client.post(f"{HOME}what-was-sold/{STAFFORD}/", told)
    facts = AuditEvent.objects.filter(action="requests.note").last().facts
    assert facts["before"]["outcome"] == "refused"
    assert facts["after"]["said_number"] == 7


def test_the_estimate_needs_two_answers_and_then_has_a_range_and_a_tipping_point(client, campaign):
    assert (
        "At least two councils must have answered"
        in client.get(f"{HOME}what-was-sold/estimate/").content.decode()
    )
    for code, number in ((STOKE, 30), (STAFFORD, 9), ("E07000194", 6)):
        told = {"outcome": "partial", "ended_on": "2026-12-20", "said_number": str(number)}
        client.post(f"{HOME}what-was-sold/{code}/", told)
    body = client.get(f"{HOME}what-was-sold/estimate/?claim=90").content.decode()
    assert "95 times in 100" in body
    assert "For 90 to be true" in body
    assert "<svg" in body


def test_the_last_days_and_the_news_can_be_taken_along(client, campaign):
    client.post(f"{HOME}what-was-sold/{STAFFORD}/", {"outcome": "refused", "ended_on": "2026-12-20"})
    calendar = client.get(f"{HOME}what-was-sold/dates.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20261231" in calendar
    news = client.get(f"{HOME}what-was-sold/news.atom").content.decode()
    assert news.count("<entry>") == 4
    assert "Stafford Borough Council: refused" in news


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"councils": "Stoke-on-Trent\nNowhere"}, "No council is known"),
        ({"councils": "Stoke-on-Trent\nStoke-on-Trent"}, "there twice"),
        ({"first_year": "2010"}, "no financial year"),
        ({"first_year": "2025/26"}, "after the last"),
        ({"place": "Atlantis"}, "no place of that name"),
        ({"title": "!"}, "choose another"),
        ({"sent_on": ""}, "Give the day"),
    ],
    ids=["unknown", "twice", "year", "order", "place", "title", "day"],
)
def test_a_wrong_campaign_is_refused_beside_its_field(client, bob, change, said):
    client.force_login(bob)
    answer = client.post(f"{HOME}new/", {**NEW, **change})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Campaign.objects.exists()


def test_charlie_may_read_all_and_change_nothing(client, campaign, make_user):
    send(client, STOKE)
    pk = AnswerList.objects.get().pk
    client.force_login(make_user("charlie", "officer", place="E06000003"))
    before = actions_done()
    for path in ("", f"{STOKE}/letter/", "estimate/", "table.csv"):
        assert client.get(f"{HOME}what-was-sold/{path}").status_code == 200
    assert client.post(f"{HOME}new/", {**NEW, "title": "Mine"}).status_code == 403
    for path in (f"{STOKE}/", f"{STOKE}/list/", f"{STOKE}/list/{pk}/take-back/"):
        assert client.get(f"{HOME}what-was-sold/{path}").status_code == 403
        assert client.post(f"{HOME}what-was-sold/{path}", {"because": "x"}).status_code == 403
    assert actions_done() == before
    assert "Record what it did" not in client.get(f"{HOME}what-was-sold/").content.decode()


def test_a_stranger_is_asked_to_sign_in(client, campaign):
    client.logout()
    for path in ("new/", f"what-was-sold/{STOKE}/", f"what-was-sold/{STOKE}/list/"):
        assert client.get(HOME + path).status_code == 302


def test_the_example_is_made_once_and_says_that_it_is_made_up(client, db):
    from fairground.web.accounts.example import load as load_people
    from fairground.web.wealth.requests.example import SLUG, load

    load_people()
    load()
    load()
    assert Campaign.objects.count() == 1
    body = client.get(f"{HOME}{SLUG}/").content.decode()
    assert "This is made up" in body
    assert "5 of 8 councils" not in body
    assert "4 of 8 councils told us" in body
    assert client.get(f"{HOME}{SLUG}/estimate/").status_code == 200


def test_those_who_run_a_campaign_are_told_once_of_each_late_council(
    client, campaign, mailoutbox, django_capture_on_commit_callbacks
):
    from fairground.web.wealth.requests.reminders import tell_of_late

    client.post(f"{HOME}what-was-sold/{STAFFORD}/", {"outcome": "refused", "ended_on": "2026-12-20"})
    with django_capture_on_commit_callbacks(execute=True):
        assert [tell_of_late(day) for day in (date(2026, 12, 31), LATER, LATER)] == [0, 1, 0]
    (mail,) = mailoutbox
    assert mail.to == ["bob@example.org"]
    assert "31 December 2026" in mail.body
    assert mail.body.count("\n- ") == 3
    assert "Stafford Borough" not in mail.body
    assert actions_done()[-1] == "requests.late"


def test_nobody_is_told_of_a_made_up_campaign(campaign, mailoutbox):
    from fairground.web.wealth.requests.reminders import tell_of_late

    Campaign.objects.update(fictional=True)
    assert tell_of_late(LATER) == 0


def test_where_no_email_can_be_sent_all_of_it_is_tried_again(
    client, campaign, monkeypatch, mailoutbox, django_capture_on_commit_callbacks
):
    from fairground.web.wealth.requests import reminders

    def broken(*args, **more):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(reminders, "send_mail", broken)
        reminders.tell_of_late(LATER)
    assert actions_done()[-1] == "requests.late.unsent"
    with django_capture_on_commit_callbacks(execute=True):
        assert [reminders.tell_of_late(LATER) for _ in range(2)] == [1, 0]
    assert [mail.to for mail in mailoutbox] == [["bob@example.org"]]


def test_a_campaign_that_is_sent_twice_at_one_moment_is_refused_in_words(client, bob, monkeypatch):
    """Both forms were looked at before either was kept."""
    from fairground.web.wealth.requests.forms import CampaignForm

    client.force_login(bob)
    assert client.post(f"{HOME}new/", NEW).status_code == 302
    cleaned = CampaignForm.clean

    def looked_before(self):
        Campaign.objects.update(slug="hidden-for-a-moment")
        try:
            return cleaned(self)
        finally:
            Campaign.objects.update(slug="what-was-sold")

    monkeypatch.setattr(CampaignForm, "clean", looked_before)
    answer = client.post(f"{HOME}new/", NEW)
    assert answer.status_code == 400
    assert "Another campaign has this name" in answer.content.decode()
    assert Campaign.objects.count() == 1
