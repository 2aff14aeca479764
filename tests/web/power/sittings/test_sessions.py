"""Sessions: the programme for everyone, who was there by seat and never by name, what was handed out."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from tests.web.power.sittings.conftest import NASTY, PDF, sent, session_facts

pytestmark = pytest.mark.django_db


def form(**more):
    return {
        "token": uuid.uuid4(), "title": "Learning 1", "on": "2026-06-06", "starts": "10:00", "ends": "16:00",
        "where": "Town hall", "watch": "", "agenda": "10:00 Welcome", "access": "No steps",
    } | more  # fmt: skip


def test_an_officer_puts_a_session_on_the_programme_and_everyone_sees_it(client, jury, bob):
    client.force_login(bob)
    slug = jury.round.slug
    answer = client.post(f"/power/juries/{slug}/office/sessions/new/", form())
    assert answer.status_code == 302
    client.logout()
    page = client.get(f"/power/juries/{slug}/sessions/").content.decode()
    assert "Saturday 6 June 2026, 10:00 to 16:00" in page
    assert "No steps" in client.get(f"/power/juries/{slug}/sessions/1/").content.decode()
    stages = client.get(f"/power/juries/{slug}/").content.decode()
    assert "1 session, 6 June 2026" in stages


def test_a_form_that_is_sent_twice_is_one_session(client, jury, bob):
    client.force_login(bob)
    same = form()
    for _ in range(2):
        client.post(f"/power/juries/{jury.round.slug}/office/sessions/new/", same)
    assert jury.sessions.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends": "09:00"}, "ends"),
        ({"watch": "javascript:alert(1)"}, "watch"),
        ({"watch": "https://a b"}, "watch"),
        ({"agenda": " "}, "agenda"),
        ({"on": "2026-02-30"}, "on"),
    ],
)
def test_what_cannot_be_is_said_beside_its_box_and_nothing_is_kept(client, jury, bob, wrong, field):
    client.force_login(bob)
    answer = client.post(f"/power/juries/{jury.round.slug}/office/sessions/new/", form(**wrong))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not jury.sessions.exists()


def test_the_calendar_has_the_session_in_its_time_and_a_change_keeps_its_name(jury, make_session, bob):
    from fairground.web.power.sittings.actions.sessions import call_off, change_session
    from fairground.web.power.sittings.feeds import calendar

    start = timezone.make_aware(timezone.datetime(2026, 6, 6, 10))
    made = make_session(jury, starts_at=start, ends_at=start + timedelta(hours=2))
    first = calendar(jury)
    assert "DTSTART:20260606T090000Z" in first, "ten o'clock in summer is nine in UTC"
    name = next(line for line in first.splitlines() if line.startswith("UID:"))
    change_session(made, by=bob, ends_at=start + timedelta(hours=3))
    call_off(made, by=bob, why="Snow")
    after = calendar(jury)
    assert name in after
    assert "STATUS:CANCELLED" in after
    assert "DTEND:20260606T120000Z" in after


def test_who_was_there_is_kept_by_seat_and_shown_as_a_number(client, jury, session, bob):
    page = client.get(f"/power/juries/{jury.round.slug}/sessions/1/").content.decode()
    assert "5 of 6 members" in page
    client.force_login(bob)
    office = client.get(f"/power/juries/{jury.round.slug}/office/sessions/1/who/").content.decode()
    assert [f'value="{seat}" checked' in office for seat in range(1, 7)] == [
        True,
        True,
        True,
        False,
        True,
        True,
    ]


def test_seats_are_forgotten_with_the_pool_and_the_number_stays(jury, session):
    from fairground.web.power.juries.actions.erasure import erase_due

    assert erase_due(jury.erase_on) == 1
    session.refresh_from_db()
    assert (session.attendance.count(), session.present) == (0, 5)


@pytest.mark.parametrize("typed", ["0", "7", "one", "-1"])
def test_a_seat_that_the_jury_does_not_have_is_named(client, jury, session, bob, typed):
    client.force_login(bob)
    answer = client.post(f"/power/juries/{jury.round.slug}/office/sessions/1/who/", {"members": typed})
    assert answer.status_code == 400
    session.refresh_from_db()
    assert session.present == 5


def test_nobody_is_written_down_before_a_session_begins_nor_after_the_pool_is_erased(jury, make_session, bob):
    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.sittings.actions.sessions import attend

    later = timezone.now() + timedelta(days=3)
    ahead = make_session(jury, starts_at=later, ends_at=later + timedelta(hours=1))
    with pytest.raises(BadInput, match="not begun"):
        attend(ahead, (1,), by=bob)
    past = make_session(jury)
    erase(jury)
    with pytest.raises(Impossible, match="erased"):
        attend(past, (1,), by=bob)


def test_a_session_at_which_members_were_cannot_be_called_off(session, bob):
    from fairground.web.power.sittings.actions.sessions import call_off

    with pytest.raises(Impossible, match="Members were"):
        call_off(session, by=bob, why="No")


def test_what_was_handed_out_can_be_read_and_is_taken_off_with_a_reason(
    client, jury, session, bob, settings, tmp_path, django_capture_on_commit_callbacks
):
    from fairground.web.power.sittings.models import Material

    settings.MEDIA_ROOT = tmp_path
    client.force_login(bob)
    slug = jury.round.slug
    told = {"token": uuid.uuid4(), "title": NASTY, "address": "", "file": sent(name="../../evil.html")}
    assert client.post(f"/power/juries/{slug}/office/sessions/1/material/", told).status_code == 302
    held = Material.objects.get()
    client.logout()
    answer = client.get(f"/power/juries/{slug}/materials/{held.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "<script>alert" not in client.get(f"/power/juries/{slug}/sessions/1/").content.decode()
    client.force_login(bob)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/power/juries/{slug}/office/materials/{held.pk}/remove/", {"why": "It named somebody"})
    assert client.get(f"/power/juries/{slug}/materials/{held.pk}/").status_code == 404
    assert not list(tmp_path.rglob("*.pdf"))
    assert "It named somebody" in client.get(f"/power/juries/{slug}/sessions/1/").content.decode()


def test_a_link_that_no_browser_should_open_is_refused_by_the_page_and_by_the_database(jury, session, bob):
    from fairground.web.power.sittings.actions.sessions import add_material
    from fairground.web.power.sittings.models import Material

    for address in ("javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org"):
        with pytest.raises(BadInput, match="http"):
            add_material(session, by=bob, title="A paper", address=address)
        with pytest.raises(IntegrityError), transaction.atomic():
            Material.objects.create(session=session, title="A paper", address=address, added_by=bob)
    with pytest.raises(BadInput, match="Send a file"):
        add_material(session, by=bob, title="A paper")


def test_strangers_and_officers_of_elsewhere_change_nothing(client, jury, session, charlie, make_user):
    from fairground.web.power.sittings.actions import sessions as acts

    deeds = (
        lambda by: acts.add_session(jury, by=by, **session_facts()),
        lambda by: acts.change_session(session, by=by, title="Mine"),
        lambda by: acts.call_off(session, by=by, why="Mine"),
        lambda by: acts.attend(session, (1,), by=by),
        lambda by: acts.add_material(session, by=by, title="x", address="https://example.org/"),
    )
    for person in (charlie, make_user("rita")):
        for deed in deeds:
            with pytest.raises(PermissionDenied):
                deed(person)
        client.force_login(person)
        for page in ("new", "1/change", "1/call-off", "1/who", "1/material"):
            assert client.get(f"/power/juries/{jury.round.slug}/office/sessions/{page}/").status_code == 403
    assert jury.sessions.get().present == 5


def test_an_unpublished_jury_shows_its_sessions_to_nobody_else(client, make_jury, make_session):
    from fairground.web.power.juries.permissions import need

    hidden = make_jury(published=False)
    make_session(hidden)
    for page in ("sessions/", "sessions/1/", "sessions/sessions.ics", "news.atom"):
        assert client.get(f"/power/juries/{hidden.round.slug}/{page}").status_code == 404
    with pytest.raises(Http404):
        need(type("Nobody", (), {"is_authenticated": False, "is_active": False})(), "sittings.run", hidden)


def test_the_database_refuses_a_session_that_cannot_be(session):
    for change in ("ends_at = starts_at", "called_off_why = 'x'", "watch = 'javascript:x'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE sittings_session SET {change}")


def test_the_news_tell_of_sessions_and_hold_no_markup(jury, make_session):
    from fairground.web.power.sittings.feeds import news

    make_session(jury, title=NASTY)
    text = news(jury)
    assert "&lt;script&gt;" in text
    assert "<script>" not in text


def test_the_officers_page_leads_to_the_sittings_and_says_what_waits(client, jury, session, bob):
    from fairground.web.power.sittings.actions.evidence import ask

    ask(jury, by=bob, words="Why?")
    client.force_login(bob)
    page = client.get(f"/power/juries/{jury.round.slug}/office/").content.decode()
    assert "1 on the programme" in page
    assert "questions to answer: 1" in page


def test_the_front_page_and_the_page_of_the_place_lead_to_its_published_juries(client, jury, make_jury):
    make_jury(title="Hidden jury", published=False)
    for page in ("/", "/places/stoke-on-trent/", "/power/juries/"):
        shown = client.get(page).content.decode()
        assert f'href="/power/juries/{jury.round.slug}/"' in shown
        assert "Hidden jury" not in shown
    assert "what-came-of-it/" in client.get("/power/juries/").content.decode()
    assert jury.round.slug not in client.get("/places/hastings/").content.decode()
