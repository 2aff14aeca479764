"""Payments: by seat, each once, added up so that nobody is found, beside the real living wage."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fairground.errors import BadInput

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def pay(jury, session, bob):
    from fairground.web.power.sittings.actions.payments import pay

    def go(seats=(1, 2, 3, 5, 6), **more):
        facts = {"kind": "gift", "pence": 9000, "paid_on": timezone.localdate(), "session": session}
        return pay(jury, seats, by=bob, **facts | more)

    return go


def form(at, **more):
    return {
        "token": uuid.uuid4(), "who": "ticked", "members": [1, 2, 3, 5, 6], "kind": "gift",
        "session": at.pk, "pence": "90", "hours": "", "paid_on": timezone.localdate(), "reference": "=cmd()",
    } | more  # fmt: skip


def test_one_form_pays_many_seats_once_and_the_file_runs_no_formula(client, jury, session, bob):
    client.force_login(bob)
    office = f"/power/juries/{jury.round.slug}/office/payments/"
    same = form(session)
    for _ in range(2):
        assert client.post(f"{office}new/", same).status_code == 302
    assert jury.payments.count() == 5
    table = client.get(f"{office}?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["seat"] for row in rows] == ["1", "2", "3", "5", "6"]
    assert {(row["pounds"], row["reference"]) for row in rows} == {("90.00", "'=cmd()")}


def test_pay_for_hours_is_written_down_by_the_form(client, jury, session, bob):
    client.force_login(bob)
    paid = form(session, kind="hours", hours="5.5", pence="73.98")
    assert client.post(f"/power/juries/{jury.round.slug}/office/payments/new/", paid).status_code == 302
    assert set(jury.payments.values_list("kind", "minutes", "pence")) == {("hours", 330, 7398)}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"members": [7]}, "members"),
        ({"members": []}, "members"),
        ({"who": ""}, "who"),
        ({"who": "there", "session": ""}, "session"),
        ({"kind": "hours"}, "hours"),
        ({"kind": "hours", "hours": "25"}, "hours"),
        ({"session": ""}, "session"),
        ({"pence": "0"}, "pence"),
        ({"pence": "10000.01"}, "pence"),
        ({"paid_on": "2999-01-01"}, "paid_on"),
    ],
)
def test_a_payment_that_cannot_be_is_said_beside_its_box(client, jury, session, bob, wrong, field):
    client.force_login(bob)
    answer = client.post(f"/power/juries/{jury.round.slug}/office/payments/new/", form(session, **wrong))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not jury.payments.exists()


def test_pay_for_time_is_held_beside_the_real_living_wage_of_the_day(jury, session, pay):
    from fairground.web.power.sittings.bridge import wages

    pay((1,), pence=9000)
    pay((2,), pence=6000)
    pay((2,), pence=5000, kind="travel")
    pay((3,), kind="hours", pence=1345, minutes=60)
    pay((3,), kind="gift", pence=500)
    found = {one.seat: one.wage for one in wages(jury)}
    assert session.minutes == 360
    assert [found[seat].enough for seat in (1, 2, 3)] == [True, False, True]
    assert (found[2].hourly, found[2].missing) == (10, 2070), "the way there and back does not count"
    assert found[3].minutes == 60


def test_officers_are_told_in_words_who_had_too_little(client, jury, pay, bob):
    pay((2,), pence=6000)
    client.force_login(bob)
    page = client.get(f"/power/juries/{jury.round.slug}/office/payments/").content.decode()
    assert "Seat 2, session 1: £60 for 6 hours is £10.00 an hour" in page
    assert "£20.70 more would reach it" in page


def test_in_london_the_rate_is_that_of_london():
    from fairground.web.power.sittings.bridge import in_london

    assert [in_london(code) for code in ("E09000007", "E12000007", "E06000021", "E12000001")] == [
        True,
        True,
        False,
        False,
    ]


def test_everyone_sees_sums_and_no_seat_nor_what_fewer_than_five_had(client, jury, pay):
    pay()
    pay(kind="travel", pence=520)
    pay((2, 5), kind="care", pence=4321, reference="Paper 9")
    page = client.get(f"/power/juries/{jury.round.slug}/cost/").content.decode()
    assert "£476 in all, £95.20 for each of 5 members" in page, "the care of two members waits"
    for hidden in ("Care for", "Seat", "Paper 9", "86.42", "43.21"):
        assert hidden not in page.split("<main")[1]
    assert "<strong>fewer than five members</strong> since is not here yet" in page
    pay((1, 3, 6), kind="care", pence=100)
    after = client.get(f"/power/juries/{jury.round.slug}/cost/").content.decode()
    assert "£565.42 in all" in after, "five members had care by now"
    assert "£89.42" in after, "two had £43.21 each, three a pound"
    assert "since is not here yet" not in after


def test_where_fewer_than_five_were_paid_everyone_reads_so_and_no_sum(client, jury, pay):
    page = f"/power/juries/{jury.round.slug}/cost/"
    assert "Nobody was paid yet" in client.get(page).content.decode()
    pay((1, 2, 3, 5), pence=1234)
    text = client.get(page).content.decode().split("<main")[1]
    assert "<strong>Fewer than five members</strong> were paid so far" in text
    assert "£" not in text


def test_many_payments_stand_on_pages_of_fifty_and_whole_in_the_file(client, jury, pay, bob):
    for turn in range(24):
        pay(pence=1000 + turn)
    client.force_login(bob)
    office = f"/power/juries/{jury.round.slug}/office/payments/"
    first = client.get(office).content
    assert b"Lines 1 to 50 of 120" in first
    assert first.count(b"Strike out</a>") == 50
    assert len(first) < 60_000
    assert b"Lines 101 to 120 of 120" in client.get(f"{office}?page=3").content
    table = client.get(f"{office}?format=csv").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table)))) == 120


def test_no_two_looks_at_the_page_tell_what_fewer_than_five_members_had(client, jury, pay, bob):
    """Play a stranger who takes the page down after each single line, and compares."""
    from fairground.web.power.sittings.actions.payments import strike
    from fairground.web.power.sittings.costs import costs

    seen, since, lines = costs(jury), set(), []
    for turn in range(60):
        seat = turn * 5 % 6 + 1 if turn % 4 else 2
        kind = ("gift", "travel", "care", "travel")[turn % 4]
        if turn % 10 == 9 and lines:
            line = lines.pop(0)
            strike(line, by=bob, why="Wrong")
            since.add(line.seat)
        else:
            lines += pay((seat,), kind=kind, pence=1000 + turn)
            since.add(seat)
        now = costs(jury)
        if now != seen:
            grown = [by for by in (_by(now), _by(seen))]
            for group in grown[0].keys() | grown[1].keys():
                change = grown[0].get(group, 0) - grown[1].get(group, 0)
                assert change == 0 or len(since) >= 5, "a sum never changes by what fewer than five had"
            waited = set() if not _waits(jury) else {line.seat for line in _waits(jury)}
            seen, since = now, waited
    assert seen.pence > 0


def _by(costs):
    return dict(costs.kinds) | {str(one): pence for one, pence in costs.sessions}


def _waits(jury):
    from fairground.web.power.sittings import costs

    return [line for line, _ in costs._new(jury)]


def test_what_few_had_of_one_kind_stands_by_itself_nowhere_and_hides_nothing_of_the_others(jury, pay):
    from fairground.web.power.sittings.costs import costs

    pay((1, 2), kind="care", pence=111)
    pay()
    found = costs(jury)
    assert found.kinds == (("Thanks for the day", 45000),), "the care of two waits, the thanks of five do not"
    pay((3,), kind="other", pence=222, session=None)
    assert costs(jury) == found
    pay((4, 5), kind="travel", pence=333)
    after = costs(jury)
    assert after.pence == 45000 + 2 * 111 + 222 + 2 * 333
    assert dict(after.kinds) == {"Thanks for the day": 45000, "Not told apart": 2 * 111 + 222 + 2 * 333}


def test_the_sums_add_up_by_kind_and_by_session(jury, pay):
    from fairground.web.power.sittings.costs import costs

    pay()
    pay((1, 2, 3, 4, 5), kind="care", pence=100)
    pay((1, 2, 3, 4, 6), kind="other", pence=50, session=None)
    found = costs(jury)
    assert found.pence == 45000 + 500 + 250
    assert sum(pence for _, pence in found.kinds) == sum(pence for _, pence in found.sessions) == found.pence


def test_a_line_that_is_struck_out_counts_no_more_and_stays_readable(client, jury, pay, bob):
    from fairground.web.power.sittings.costs import costs

    lines = pay()
    line = lines[0]
    client.force_login(bob)
    office = f"/power/juries/{jury.round.slug}/office/payments/"
    assert client.post(f"{office}{line.pk}/strike/", {"why": " "}).status_code == 400
    for _ in range(2):
        assert client.post(f"{office}{line.pk}/strike/", {"why": "Paid twice"}).status_code == 302
    assert costs(jury).pence == 45000, "what one seat had less would tell of it"
    for other in lines[1:]:
        client.post(f"{office}{other.pk}/strike/", {"why": "Paid twice"})
    assert costs(jury).pence == 0
    assert "Struck out: Paid twice" in client.get(office).content.decode()


def test_references_go_with_the_pool_and_the_accounts_stay(jury, pay):
    from fairground.web.power.juries.actions.erasure import erase

    line = pay((1,), reference="BACS 77")[0]
    erase(jury)
    line.refresh_from_db()
    assert (line.reference, line.pence) == ("", 9000)


def test_no_office_in_the_place_opens_the_payments_only_the_officers_of_the_jury_do(
    client, jury, pay, session, make_user, charlie, alice
):
    from fairground.web.power.sittings.actions import payments as acts

    line = pay((1,))[0]
    for person in (charlie, alice, make_user("colleague", "officer"), make_user("rita")):
        with pytest.raises(PermissionDenied):
            acts.pay(
                jury, (1,), by=person, kind="gift", pence=1, paid_on=timezone.localdate(), session=session
            )
        with pytest.raises(PermissionDenied):
            acts.strike(line, by=person, why="x")
        client.force_login(person)
        for way in ("", "new/", f"{line.pk}/strike/", "?format=csv"):
            assert client.get(f"/power/juries/{jury.round.slug}/office/payments/{way}").status_code == 403


def test_a_session_of_another_jury_is_refused_and_a_token_of_another_too(
    jury, pay, make_jury, make_session, bob
):
    from fairground.web.power.sittings.actions.payments import pay as act

    other = make_jury(title="Another")
    with pytest.raises(BadInput, match="another jury"):
        pay((1,), session=make_session(other))
    token = uuid.uuid4()
    pay((1,), token=token)
    with pytest.raises(BadInput, match="another page"):
        act(other, (1,), by=bob, kind="other", pence=1, paid_on=timezone.localdate(), token=token)


def test_the_log_names_no_seat(pay):
    from fairground.web.audit.models import AuditEvent

    pay((5,), reference="BACS 77")
    assert AuditEvent.objects.get(action="jury.pay").facts == {"kind": "gift", "pence": 9000, "seats": 1}


def test_the_database_refuses_a_payment_that_cannot_be(pay):
    pay((1,))
    for change in ("pence = 0", "seat = 0", "minutes = 5", "kind = 'bribe'", "struck_why = 'x'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE sittings_payment SET {change}")


def test_a_session_before_the_first_rate_is_held_breaks_no_page(client, jury, make_session, pay, bob):
    old = timezone.now() - 2000 * DAY
    pay((1,), session=make_session(jury, starts_at=old, ends_at=old + timedelta(hours=3)))
    assert client.get(f"/power/juries/{jury.round.slug}/cost/").status_code == 200
