"""The pages of a draw: live without JavaScript, whole for an officer from the pool to the answers."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_the_page_looks_for_news_by_itself_around_the_moment_only(client, sealed, later):
    address = f"/power/juries/{sealed.jury.round.slug}/draw/1/"
    assert "Refresh" not in client.get(address)
    later(1)
    assert client.get(address)["Refresh"] == "15"
    assert "Refresh" not in client.get(address + "?still=yes")
    later(3)
    assert "Refresh" not in client.get(address)


def test_the_page_of_a_draw_says_everything_that_is_needed_to_draw_again(client, drawn):
    page = client.get(f"/power/juries/{drawn.jury.round.slug}/draw/1/").content.decode()
    for told in (
        drawn.seal,
        "Lotto of Saturday",
        "45 41 34 26 18 9",
        *drawn.codes,
        "fairground power juries redraw",
    ):
        assert told in page
    assert f"Jury number {drawn.chosen:,} of 1,000" in page


def test_a_lottery_that_is_not_sealed_has_no_page(client, prepared):
    slug = prepared.jury.round.slug
    assert client.get(f"/power/juries/{slug}/draw/1/").status_code == 404
    assert client.get(f"/power/juries/{slug}/draw/1/draw.json").status_code == 404
    assert b"Nothing is drawn yet" in client.get(f"/power/juries/{slug}/draw/").content


def test_the_draw_of_a_jury_that_is_not_published_is_not_found(client, make_jury):
    jury = make_jury(published=False)
    assert client.get(f"/power/juries/{jury.round.slug}/draw/").status_code == 404


def test_an_officer_goes_the_whole_way_by_forms(client, pooled, bob, ola, later):
    from fairground.web.jobs.worker import work_once

    at, slug = f"/power/juries/{pooled.round.slug}/office/", pooled.round.slug
    client.force_login(bob)
    day = timezone.localdate() + timedelta(days=1)
    wrong = client.post(
        f"{at}draw/", {"rule": "leximin", "announced": "", "known_on": day, "known_at": "20:30"}
    )
    assert wrong.status_code == 400
    given = {"rule": "leximin", "announced": "Lotto\nBonus", "known_on": day, "known_at": "20:30"}
    assert client.post(f"{at}draw/", given).status_code == 302
    assert client.get(f"{at}draw/")["Refresh"] == "5"
    assert work_once("worker")
    assert b"Nothing of it can change" in client.get(f"{at}draw/").content
    later(3)
    for user in (bob, ola):
        client.force_login(user)
        client.post(f"{at}draw/1/read-out/", {"value_1": "1 2 3", "value_2": "4"})
    assert b"Ask the 6" in client.get(f"{at}seats/").content
    client.post(f"{at}seats/invite/", {"answer_by": timezone.localdate() + timedelta(days=9)})
    letters = client.get(f"{at}seats/letters/").content.decode()
    assert letters.count("Dear Vera Volunteer") == 6
    seat = pooled.seats.first()
    client.post(f"{at}seats/{seat.pk}/answer/", {"answer": "accepted"})
    assert b"Said yes" in client.get(f"/power/juries/{slug}/draw/").content


def test_the_two_officers_are_told_when_they_differ_and_not_what_the_other_wrote(
    client, sealed, bob, ola, later
):
    later(2)
    address = f"/power/juries/{sealed.jury.round.slug}/office/draw/1/read-out/"
    for user, ball in ((bob, "31"), (ola, "37")):
        client.force_login(user)
        done = client.post(address, {"value_1": "1 2 3", "value_2": ball}, follow=True)
    assert b"different values" in done.content
    assert not re.search(r"\b31\b", done.content.decode().partition("<main")[2])


def test_counts_that_would_tell_of_a_few_people_are_left_out(client, drawn):
    from fairground.web.power.lots.bridge import table

    rows = {(row.feature, row.value): row for row in table(drawn)}
    assert rows["Age", "Under 40"].in_pool == 15
    assert rows["Age", "Under 40"].on_jury is None
    assert rows["Age", "40 or over"].on_jury is None


def test_the_jurys_page_says_where_the_draw_stands(client, drawn):
    page = client.get(f"/power/juries/{drawn.jury.round.slug}/").content.decode()
    assert "You can draw again and check it." in page
    assert "0 of 6 have said yes." in page


def test_a_draw_says_where_the_share_of_the_place_was_not_given(client, drawn):
    page = client.get(f"/power/juries/{drawn.jury.round.slug}/draw/1/").content.decode()
    assert 'data-label="Of the place">Not given</td>' in page


def test_a_jury_that_nobody_sees_is_published_with_its_lottery(client, pooled, bob):
    from fairground.web.audit.models import AuditEvent

    pooled.round.__class__.objects.filter(pk=pooled.pk).update(published_at=None)
    client.force_login(bob)
    address = f"/power/juries/{pooled.round.slug}/office/draw/"
    assert "The jury is published with it" in client.get(address).content.decode()
    soon = timezone.localtime() + timedelta(hours=2)
    client.post(
        address,
        {"rule": "leximin", "way": "balls", "announced": "Three balls", "known_on": soon.date(),
         "known_at": soon.strftime("%H:%M")},
    )  # fmt: skip
    pooled.round.refresh_from_db()
    assert pooled.round.published_at is not None
    assert AuditEvent.objects.filter(action="jury.publish", subject=str(pooled.pk)).count() == 2
    client.logout()
    assert client.get(f"/power/juries/{pooled.round.slug}/").status_code == 200


def test_a_resident_is_told_to_write_the_seal_down_and_later_to_check_the_draw(
    client, sealed, bob, ola, later
):
    from fairground.web.power.lots.actions import lottery
    from tests.web.power.lots.conftest import VALUES

    at = f"/power/juries/{sealed.jury.round.slug}/"
    assert "Write down the seal, before the number is known" in client.get(at).content.decode()
    later(2)
    for officer in (bob, ola):
        lottery.read_out(sealed, VALUES, by=officer)
    page = client.get(at).content.decode()
    assert "Check this draw yourself" in page
    assert f"{at}draw/1/check/" in page
