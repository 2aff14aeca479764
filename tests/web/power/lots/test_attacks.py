"""A sealed draw cannot be changed by anybody, and nobody but the jury's officers makes one."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.utils import timezone

from tests.web.power.lots.conftest import VALUES

pytestmark = pytest.mark.django_db

CHANGES = {
    "seal": "'0'", "public": "'{}'", "proof": "'{}'", "rule": "'nash'", "juries": "2", "places": "7",
    "announced": "'[]'", "targets": "'[]'", "known_from": "'2020-01-01'", "sealed_at": "'2020-01-01'",
    "number": "9", "reason": "'none'", "council": "'other'",
}  # fmt: skip
AFTER = {"values": "'[]'", "chosen": "1001", "codes": "'[]'", "on_jury": "'[9]'", "drawn_at": "NULL"}


def refused(sql, words):
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("field", CHANGES)
def test_the_database_refuses_to_change_a_sealed_draw(sealed, field):
    refused(f'UPDATE lots_draw SET "{field}" = {CHANGES[field]} WHERE id = {sealed.pk}', "cannot be changed")


@pytest.mark.parametrize("field", AFTER)
def test_the_database_refuses_to_change_what_was_drawn(drawn, field):
    refused(
        f'UPDATE lots_draw SET "{field}" = {AFTER[field]} WHERE id = {drawn.pk}',
        "cannot be changed|CHECK|check",
    )


def test_the_database_refuses_to_delete_a_sealed_draw_and_what_was_read_out(drawn):
    from fairground.web.power.lots.models import Draw, Reading

    refused(f"DELETE FROM lots_reading WHERE draw_id = {drawn.pk}", "only be added to")
    refused(f"UPDATE lots_reading SET by_id = by_id WHERE draw_id = {drawn.pk}", "only be added to")
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.filter(pk=drawn.pk).update(seal="0" * 64)
    drawn.seats.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.filter(draw=drawn).delete()


def test_a_draw_that_was_called_off_cannot_come_back(sealed, call_off):
    call_off(sealed)
    refused(
        f"UPDATE lots_draw SET voided_at=NULL, voided_by_id=NULL, void_reason='' WHERE id={sealed.pk}",
        "cannot be changed",
    )


def test_a_draw_is_never_sealed_after_its_values_are_known(prepared):
    with pytest.raises(DatabaseError), transaction.atomic():
        type(prepared).objects.filter(pk=prepared.pk).update(
            seal="0" * 64, public="{}", council="x", sealed_at=prepared.known_from
        )


def test_the_councils_file_can_go_and_nothing_else(sealed):
    from fairground.web.power.juries.actions.erasure import erase

    erase(sealed.jury)
    sealed.refresh_from_db()
    assert (sealed.council, bool(sealed.public), bool(sealed.seal)) == ("", True, True)


def test_after_the_erasure_nobody_draws_and_nobody_answers(drawn, sealed, bob):
    from fairground.errors import Impossible
    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.lots.actions import seats

    seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timedelta(days=5))
    code = code_of(drawn)
    erase(drawn.jury)
    drawn.jury.refresh_from_db()
    assert seats.by_code(drawn.jury, code) is None
    assert not drawn.seats.exclude(code_hash="").exists()
    with pytest.raises(Impossible):
        seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timedelta(days=9))


def code_of(draw):
    from fairground.web.power.lots import mail

    return mail.code_of(draw.seats.select_related("volunteer", "jury").first())


def test_another_jurys_officer_and_an_office_in_the_place_are_not_enough(drawn, make_user, make_jury):
    from fairground.web.power.lots.actions import lottery, seats

    other = make_user("omar", "officer")
    make_jury(by=other, title="Another jury")
    day = timezone.localdate() + timedelta(days=9)
    for deed in (
        lambda: lottery.prepare(
            drawn.jury, by=other, rule="leximin", announced=["x"], known_from=timezone.now()
        ),
        lambda: lottery.read_out(drawn, VALUES, by=other),
        lambda: lottery.ask_to_call_off(drawn, "Because.", by=other),
        lambda: lottery.call_off(drawn, by=other),
        lambda: seats.invite(drawn.jury, by=other, answer_by=day),
        lambda: seats.ask_again(drawn.seats.first(), by=other, answer_by=day),
        lambda: seats.answer(drawn.seats.first(), "accepted", by=other),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_who_may_not_see_a_jury_is_not_told_of_its_draw(drawn, make_user):
    from fairground.web.participation.models import Round
    from fairground.web.power.juries.models import Jury
    from fairground.web.power.lots.actions import lottery

    Round.objects.filter(pk=drawn.jury_id).update(published_at=None)
    drawn.jury = Jury.objects.get(pk=drawn.jury_id)
    with pytest.raises(Http404):
        lottery.call_off(drawn, by=make_user("stranger"))


@pytest.mark.parametrize(
    "page",
    ["", "1/read-out/", "1/call-off/", "1/lottery.json"],
    ids=["prepare", "read-out", "call-off", "file"],
)
def test_charlie_sees_no_page_of_the_officers(client, drawn, charlie, page):
    client.force_login(charlie)
    slug = drawn.jury.round.slug
    assert client.get(f"/power/juries/{slug}/office/draw/{page}").status_code == 403
    for part in (
        "",
        "invite/",
        "letters/",
        f"{drawn.seats.first().pk}/answer/",
        f"{drawn.seats.first().pk}/again/",
    ):
        assert client.get(f"/power/juries/{slug}/office/seats/{part}").status_code == 403


def test_the_seat_of_another_jury_is_not_found(client, drawn, bob, make_jury):
    other = make_jury(title="Another jury")
    client.force_login(bob)
    seat = drawn.seats.first()
    assert client.get(f"/power/juries/{other.round.slug}/office/seats/{seat.pk}/answer/").status_code == 404


def test_no_name_stands_on_a_public_page_in_a_file_in_the_tables_or_in_the_log(client, drawn, bob, ola):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.lots.actions import seats

    seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timedelta(days=9))
    slug = drawn.jury.round.slug
    seen = [client.get(f"/power/juries/{slug}/{page}").content.decode() for page in ("", "draw/", "draw/1/")]
    seen.append(client.get(f"/power/juries/{slug}/draw/1/draw.json").content.decode())
    seen += [repr(event.facts) for event in AuditEvent.objects.all()]
    with connection.cursor() as cursor:
        for table in ("lots_draw", "lots_seat", "lots_reading"):
            cursor.execute(f'SELECT * FROM "{table}"')
            seen.append(repr(cursor.fetchall()))
    for word in ("Vera", "vera[0-9]", "Kiln", code_of(drawn)):
        assert not any(re.search(word, text) for text in seen)


def test_codes_that_are_guessed_are_soon_refused(client, drawn, bob):
    from fairground.web.power.lots.actions import seats

    seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timedelta(days=9))
    address = f"/power/juries/{drawn.jury.round.slug}/invitation/"
    for _ in range(10):
        done = client.post(address, {"code": "CSGP-JWK7-E9QQ-AVK8", "answer": "yes"})
        assert b"No invitation of this jury" in done.content
    done = client.post(address, {"code": code_of(drawn), "answer": "yes"})
    assert b"Too many wrong codes" in done.content
    assert not drawn.seats.filter(state="accepted").exists()


def test_the_lottery_of_one_draw_does_not_open_as_that_of_another(drawn):
    from fairground.errors import DataProblem
    from fairground.web.power.lots import bridge

    drawn.pk += 1
    with pytest.raises(DataProblem):
        bridge.council(drawn)


@pytest.fixture
def crowd(pooled, volunteer, bob):
    """So many volunteers that the table of a draw says numbers of all of them."""
    for n in range(30, 36):
        volunteer(pooled, n, by=bob)
    return pooled


@pytest.fixture
def seal_one(crowd, bob):
    """Return a function that has a lottery made and sealed."""
    from fairground.web.power.lots.actions import lottery

    def go():
        known = timezone.now() + timedelta(days=1)
        draw = lottery.prepare(
            crowd, by=bob, rule="leximin", announced=["Lotto"], known_from=known, place=False
        )
        lottery.make(draw, lambda share: None)
        draw.refresh_from_db()
        return draw

    return go


def test_two_tables_of_one_pool_may_be_shown(crowd, seal_one, bob):
    from fairground.web.power.juries.actions.publishing import publish_pool

    assert publish_pool(crowd, by=bob).people == 36
    assert any(row["in_pool"] for row in seal_one().proof["rows"])


def leave(jury):
    from fairground.web.power.juries.actions.volunteers import withdraw

    withdraw(jury.volunteers.get(number=3))


def correct(jury):
    from dataclasses import replace

    from fairground.web.power.juries.actions.volunteers import change
    from fairground.web.power.juries.told import read

    person = jury.volunteers.get(number=3)
    told = read(person)
    change(person, replace(told, values=told.values | {"Age": "Under 40"}))


CHANGED = pytest.mark.parametrize("changed", [leave, correct])


@CHANGED
def test_a_draw_after_the_published_table_does_not_tell_what_somebody_answered(
    client, crowd, seal_one, bob, changed
):
    """The table said 18 and 18 of 36; that of the draw would say 18 and 17 of 35."""
    from fairground.web.power.juries.actions.publishing import publish_pool

    publish_pool(crowd, by=bob)
    changed(crowd)
    assert seal_one().proof["rows"] == []
    page = client.get(f"/power/juries/{crowd.round.slug}/draw/1/")
    assert page.status_code == 200
    assert "The place, the pool and the jury" not in page.content.decode()


@CHANGED
def test_a_table_after_the_draw_does_not_either(crowd, seal_one, bob, changed):
    from fairground.errors import Impossible
    from fairground.web.power.juries.actions.publishing import publish_pool

    assert seal_one().proof["rows"]
    changed(crowd)
    with pytest.raises(Impossible, match="A second table would tell"):
        publish_pool(crowd, by=bob)


@CHANGED
def test_a_draw_after_one_that_was_called_off_does_not_either(crowd, seal_one, call_off, changed):
    call_off(seal_one())
    changed(crowd)
    again = seal_one()
    assert (again.number, again.first, again.proof["rows"]) == (2, True, [])


def test_who_leaves_while_the_lottery_is_made_is_not_told_by_a_table_published_meanwhile(crowd, bob):
    """The lottery has read 36 people; the table is of 35."""
    from fairground.web.power.juries.actions.publishing import publish_pool
    from fairground.web.power.lots import bridge
    from fairground.web.power.lots.actions import lottery

    known = timezone.now() + timedelta(days=1)
    draw = lottery.prepare(crowd, by=bob, rule="leximin", announced=["Lotto"], known_from=known, place=False)
    made = bridge.lottery(draw, secret="s", told=lambda share: None)
    leave(crowd)
    publish_pool(crowd, by=bob)
    lottery._seal(draw, made, None)
    draw.refresh_from_db()
    assert (bool(draw.seal), draw.proof["rows"]) == (True, [])


def test_a_site_without_a_mail_server_prints_no_name_and_no_code(drawn, bob, settings, capsys):
    from fairground.web.power.lots import mail
    from fairground.web.power.lots.actions import seats

    settings.EMAIL_BACKEND = mail.PRINTED
    seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timedelta(days=14))
    seat = drawn.jury.seats.select_related("volunteer__jury", "jury__round").first()
    assert mail.invitation(seat).email
    assert mail.send(seat) is False
    assert "Vera" not in "".join(capsys.readouterr())
