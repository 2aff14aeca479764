"""What was promised to juries: waiting, promised, late, done, years on; for one place or for all."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.power.sittings.conftest import today

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
THINGS = "/power/juries/what-came-of-it/things/"


@pytest.fixture
def go_to(monkeypatch):
    """Return a function that sets the clock to a day, years on."""
    real = timezone.now()

    def go(day):
        moved = real + (day - timezone.localdate(real)) * 1
        monkeypatch.setattr(timezone, "now", lambda: moved)

    return go


def listed(client, query=""):
    text = client.get(f"{THINGS}?format=csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_promise_goes_from_waiting_to_late_to_done_over_the_years(client, report, respond, follow, go_to):
    due = report.answer_by
    assert [row["how it stands"] for row in listed(client)] == ["Waits for an answer"]
    go_to(due + 10 * DAY)
    (late,) = listed(client)
    assert (late["how it stands"], late["days late"]) == ("Answer is late", "10")
    respond(by_when=due + 400 * DAY)
    assert listed(client)[0]["how it stands"] == "Promised"
    go_to(due + 3 * 365 * DAY)
    (late,) = listed(client)
    assert (late["how it stands"], late["days late"]) == ("Promised, and late", str(3 * 365 - 400))
    follow()
    assert listed(client)[0]["how it stands"] == "Promised, and late", "partly done is not done"
    go_to(due + 6 * 365 * DAY)
    follow(state="done", address="https://example.org/buses")
    (done,) = listed(client)
    assert (done["how it stands"], done["days late"]) == ("Done", "")
    assert done["source"] == "https://example.org/buses"
    assert done["seal of the report"] == report.digest
    assert done["page"].endswith(f"/power/juries/{report.jury.round.slug}/report/1/")


def test_everyone_sees_what_is_late_first_and_can_ask_for_it_alone(client, report, respond, go_to):
    respond(by_when=today() + 30 * DAY)
    page = client.get(THINGS).content.decode()
    assert "Promised: 1" in page
    assert "Nothing stands so" in client.get(f"{THINGS}?how=all-late").content.decode()
    go_to(today() + 31 * DAY)
    page = client.get(f"{THINGS}?how=all-late").content.decode()
    assert "That was 1 day ago" in page
    report_page = client.get(f"/power/juries/{report.jury.round.slug}/report/").content.decode()
    assert "1 promise is late" in report_page
    assert "<strong>1 promise is late.</strong>" in client.get(THINGS.replace("things/", "")).content.decode()
    news = client.get(f"{THINGS.replace('things/', '')}news.atom").content.decode()
    assert "1: Promised, and late" in news
    assert (
        "Promised, and late"
        not in client.get(f"{THINGS.replace('things/', '')}news.atom?place=E06000001").content.decode()
    )


def test_a_refusal_and_a_dropped_promise_are_never_late(client, report, respond, follow, go_to):
    respond(by_when=today() + 30 * DAY)
    follow(state="dropped", words="The road is closed")
    go_to(today() + 9 * 365 * DAY)
    assert [row["how it stands"] for row in listed(client)] == ["Dropped"]
    respond(kind="rejected", will_do="", by_when=None, why="The council changed its mind", decided_on=today())
    assert listed(client, "&how=all-late") == []


def test_officers_are_reminded_of_a_promise_until_it_is_kept(report, respond, follow):
    from fairground.web.power.sittings.actions.reminders import remind

    day = today() + 200 * DAY
    respond(by_when=day)
    sent = [remind(day - days * DAY) for days in (15, 14, 14, 1, 0, -1, -2)]
    assert sent == [0, 1, 0, 1, 0, 1, 0]
    follow(state="done")
    assert remind(day + 31 * DAY) == 0


def test_the_page_of_a_jury_tells_what_became_of_earlier_ones_of_its_place(
    client, report, respond, make_jury
):
    respond()
    other = make_jury(title="A later jury")
    page = client.get(f"/power/juries/{other.round.slug}/").content.decode()
    assert "1 other jury of" in page
    assert "asked for 1 thing" in page
    own = client.get(f"/power/juries/{report.jury.round.slug}/").content.decode()
    assert "earlier juries" not in own


@pytest.mark.parametrize("page", ["things/", "news.atom", ""])
def test_a_place_with_a_nul_is_none(client, report, page):
    """PostgreSQL fails when it is asked for one."""
    assert client.get(f"/power/juries/what-came-of-it/{page}?place=%00").status_code == 200
