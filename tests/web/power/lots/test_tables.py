"""A table plan seats everyone who said yes, once a session, and shows names only where an officer asks."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(drawn, bob):
    from fairground.web.power.lots.models import Seat

    Seat.objects.filter(draw=drawn).update(state="accepted")
    return drawn.jury


def cards(client, jury, **asked):
    page = client.get(f"/power/juries/{jury.round.slug}/office/tables/", asked)
    return page, page.content.decode().split('<section class="fg-page"')[1:]


def test_everyone_sits_at_one_table_in_each_session(client, sitting, bob):
    client.force_login(bob)
    page, sessions = cards(client, sitting, tables=2, sessions=3)
    numbers = sorted(str(seat.volunteer.number) for seat in sitting.seats.all())
    assert page.status_code == 200
    assert len(sessions) == 3
    assert all(sorted(re.findall(r"<li>(\d+)</li>", one)) == numbers for one in sessions)
    assert "Vera" not in "".join(sessions)


def test_names_are_there_where_an_officer_asks_for_them_and_the_log_says_so(client, sitting, bob):
    from fairground.web.audit.models import AuditEvent

    client.force_login(bob)
    _, sessions = cards(client, sitting, tables=2, sessions=1, names="on")
    assert sessions[0].count("Vera Volunteer") == 6
    assert AuditEvent.objects.get(action="lots.tables").facts == {"names": True}


def test_two_who_must_not_share_a_table_do_not(client, sitting, bob):
    client.force_login(bob)
    one, two = (str(seat.volunteer.number) for seat in sitting.seats.all()[:2])
    _, sessions = cards(client, sitting, tables=2, sessions=3, apart=f"{one} {two}")
    for session in sessions:
        tables = [re.findall(r"<li>(\d+)</li>", card) for card in session.split("<h3")[1:]]
        assert not any({one, two} <= set(table) for table in tables)


@pytest.mark.parametrize(
    "asked",
    [{"tables": 7, "sessions": 1}, {"tables": 0, "sessions": 1}, {"tables": 2, "sessions": 99},
     {"tables": 2, "sessions": 1, "apart": "1 2 3"}, {"tables": 2, "sessions": 1, "apart": "1 999"}],
    ids=["tables", "none", "sessions", "pair", "stranger"],
)  # fmt: skip
def test_what_cannot_be_is_said(client, sitting, bob, asked):
    client.force_login(bob)
    page, sessions = cards(client, sitting, **asked)
    assert (page.status_code, sessions) == (400, [])


def test_charlie_sees_no_plan(client, sitting, charlie):
    client.force_login(charlie)
    assert cards(client, sitting, tables=2, sessions=1)[0].status_code == 403


def test_without_anybody_who_said_yes_there_is_no_plan(client, drawn, bob):
    client.force_login(bob)
    page, _ = cards(client, drawn.jury, tables=2, sessions=1)
    assert "Nobody has said yes yet" in page.content.decode()
