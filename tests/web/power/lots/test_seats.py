"""Those who were drawn are asked and answer, and are replaced where they do not come."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from tests.web.power.lots.conftest import VALUES

pytestmark = pytest.mark.django_db


def days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def asked(drawn, bob, django_capture_on_commit_callbacks):
    from fairground.web.power.lots.actions import seats

    with django_capture_on_commit_callbacks(execute=True):
        assert seats.invite(drawn.jury, by=bob, answer_by=days(14)) == 6
    return list(drawn.seats.select_related("volunteer__jury", "jury__round"))


def test_everyone_who_was_drawn_gets_an_email_of_their_own_that_tells_nothing_else(asked):
    from fairground.web.power.lots import mail

    assert len(outbox.outbox) == 6
    for seat in asked:
        sent = next(one for one in outbox.outbox if mail.code_of(seat) in one.body)
        assert sent.to == [mail.invitation(seat).email]
        assert not any(
            word in sent.body for word in ("Under 40", "40 or over", "Hanley", "Elsewhere", "Kiln")
        )


def test_who_is_asked_reads_whom_to_phone_and_officers_are_told_where_nobody_is_named(client, asked, bob):
    from fairground.web.power.juries.models import Recruitment
    from fairground.web.power.lots import mail

    jury = asked[0].jury
    office = f"/power/juries/{jury.round.slug}/office/"
    Recruitment.objects.filter(jury=jury).delete()
    client.force_login(bob)
    assert f'href="{office}letters/plan/"' in client.get(f"{office}seats/invite/").content.decode()
    assert "by phone" not in client.get(f"{office}seats/letters/").content.decode()
    Recruitment.objects.create(jury=jury, contact="Phone 01632 960000")
    assert "letters/plan/" not in client.get(f"{office}seats/invite/").content.decode()
    assert "Phone 01632 960000" in client.get(f"{office}seats/letters/").content.decode()
    assert mail.send(asked[0])
    assert "Phone 01632 960000" in outbox.outbox[-1].body


def test_somebody_says_yes_on_the_page_with_the_code_of_the_letter(client, asked):
    from fairground.web.power.lots import mail

    address = f"/power/juries/{asked[0].jury.round.slug}/invitation/"
    assert mail.code_of(asked[0]) not in address
    done = client.post(address, {"code": mail.code_of(asked[0]).lower(), "answer": "yes"})
    assert b"You said yes" in done.content
    asked[0].refresh_from_db()
    assert (asked[0].state, asked[0].answered_by) == ("accepted", None)


def test_who_said_yes_can_leave_later_with_the_same_code(client, asked):
    from fairground.web.power.lots import mail

    address = f"/power/juries/{asked[0].jury.round.slug}/invitation/"
    for said in ("yes", "no"):
        client.post(address, {"code": mail.code_of(asked[0]), "answer": said})
    asked[0].refresh_from_db()
    assert asked[0].state == "withdrawn"


def test_who_said_no_and_would_come_after_all_is_told_what_to_do(client, asked):
    from fairground.web.power.lots import mail

    address = f"/power/juries/{asked[0].jury.round.slug}/invitation/"
    client.post(address, {"code": mail.code_of(asked[0]), "answer": "no"})
    text = client.post(address, {"code": mail.code_of(asked[0]), "answer": "yes"}).content.decode()
    assert "tell the officers of the jury" in text
    assert "accepted" not in text
    asked[0].refresh_from_db()
    assert asked[0].state == "declined"


def test_the_page_of_the_draw_leads_who_was_asked_to_their_answer(client, drawn, bob):
    from fairground.web.power.lots.actions import seats

    page = f"/power/juries/{drawn.jury.round.slug}/draw/"
    link = f'href="/power/juries/{drawn.jury.round.slug}/invitation/"'
    assert link not in client.get(page).content.decode()
    seats.invite(drawn.jury, by=bob, answer_by=days(14))
    assert link in client.get(page).content.decode()


def test_a_draw_can_be_called_off_on_its_page_until_somebody_was_asked(client, drawn, bob):
    from fairground.web.power.lots.actions import seats

    client.force_login(bob)
    page = f"/power/juries/{drawn.jury.round.slug}/office/draw/"
    assert "call-off/" in client.get(page).content.decode()
    seats.invite(drawn.jury, by=bob, answer_by=days(14))
    assert "call-off/" not in client.get(page).content.decode()


def test_no_answer_counts_only_when_the_day_has_passed(asked, bob, later):
    from fairground.web.power.lots.actions import seats

    with pytest.raises(BadInput, match="has not passed"):
        seats.answer(asked[0], "no-answer", by=bob)
    later(20)
    seats.answer(asked[0], "no-answer", by=bob)
    asked[0].refresh_from_db()
    assert asked[0].state == "no-answer"


@pytest.mark.parametrize("state", ["invited", "drawn", "withdrawn", "nonsense"])
def test_an_answer_that_cannot_follow_is_refused(asked, bob, state):
    from fairground.web.power.lots.actions import seats

    if state == "invited":
        seats.answer(asked[0], "declined", by=bob)
    with pytest.raises(BadInput):
        seats.answer(asked[0], state, by=bob)


def test_nobody_is_taken_off_a_jury_by_an_officer_behind_their_back(
    client, asked, bob, django_capture_on_commit_callbacks
):
    from fairground.web.power.lots import mail, own
    from fairground.web.power.lots.actions import seats

    page = f"/power/juries/{asked[0].jury.round.slug}/draw/"
    told = "an officer wrote down 1 for them"
    outbox.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        seats.answer(asked[1], "declined")
    assert (len(outbox.outbox), told in client.get(page).content.decode()) == (0, False)
    with django_capture_on_commit_callbacks(execute=True):
        seats.answer(asked[0], "declined", by=bob)
    (letter,) = outbox.outbox
    assert letter.to == [mail.invitation(asked[0]).email]
    assert "wrote down for you “Said no”" in letter.body
    assert told in client.get(page).content.decode()
    assert "An officer wrote this down for you" in own.outcomes(asked[0].volunteer)[-1].words
    assert not own.outcomes(asked[1].volunteer)[-1].words


def test_who_has_not_answered_is_reminded_once(asked, bob, later, django_capture_on_commit_callbacks):
    from fairground.web.power.lots.actions import seats

    seats.answer(asked[0], "accepted", by=bob)
    outbox.outbox.clear()
    assert seats.remind(days(0)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert (seats.remind(days(12)), seats.remind(days(13))) == (5, 0)
    assert len(outbox.outbox) == 5


def test_somebody_who_leaves_the_pool_leaves_the_jury(asked):
    from fairground.web.power.juries.actions.volunteers import withdraw
    from fairground.web.power.lots.actions import lottery

    withdraw(asked[0].volunteer)
    asked[0].refresh_from_db()
    assert (asked[0].state, asked[0].code_hash, lottery.free(asked[0].jury)) == ("withdrawn", "", 1)


@pytest.fixture
def replace(bob, ola, later):
    """Return a function that draws for the free places of a jury."""
    from fairground.web.power.lots.actions import lottery

    def go(jury, *, at, **more):
        known = timezone.now() + timedelta(days=1)
        draw = lottery.prepare(
            jury, by=bob, rule="leximin", announced=["Lotto", "Ball"], known_from=known, place=False, **more
        )
        lottery.make(draw, lambda share: None)
        draw.refresh_from_db()
        if draw.problem:
            return draw
        later(at)
        lottery.read_out(draw, VALUES, by=bob)
        return lottery.read_out(draw, VALUES, by=ola)

    return go


def test_a_jury_stays_within_its_targets_when_people_are_replaced_again_and_again(asked, bob, replace):
    from fairground.web.power.juries.told import read
    from fairground.web.power.lots.actions import seats
    from fairground.web.power.lots.models import HOLDING, Seat

    jury, out = asked[0].jury, set()
    for turn in range(3):
        gone = list(
            Seat.objects.filter(jury=jury, state__in=["invited", "drawn"]).select_related("volunteer__jury")
        )[:2]
        if turn:
            seats.invite(jury, by=bob, answer_by=days(30))
        for seat in gone:
            seats.answer(Seat.objects.get(pk=seat.pk), "declined", by=bob)
            out.add(seat.volunteer_id)
        draw = replace(jury, at=4 + 2 * turn)
        assert (draw.first, draw.places, draw.seats.count(), draw.proof["rows"]) == (False, 2, 2, [])
        sits = list(Seat.objects.filter(jury=jury, state__in=HOLDING).select_related("volunteer__jury"))
        told = [read(seat.volunteer).values for seat in sits]
        assert [one["Age"] for one in told].count("Under 40") == 3
        assert 2 <= [one["Town"] for one in told].count("Hanley") <= 4
        assert not out & {seat.volunteer_id for seat in sits}
    assert Seat.objects.filter(jury=jury, replaced_by=None, state="declined").count() == 0


def test_nobody_is_drawn_for_a_jury_that_is_full(asked, bob):
    from fairground.web.power.lots.actions import lottery

    with pytest.raises(BadInput, match="filled"):
        lottery.prepare(
            asked[0].jury,
            by=bob,
            rule="leximin",
            announced=["x"],
            known_from=timezone.now() + timedelta(days=1),
        )


def test_who_is_gone_can_be_asked_again_until_somebody_is_drawn_for_them(asked, bob, replace):
    from fairground.web.power.lots.actions import seats

    seats.answer(asked[0], "declined", by=bob)
    seats.ask_again(asked[0], by=bob, answer_by=days(9))
    asked[0].refresh_from_db()
    assert asked[0].state == "invited"
    seats.answer(asked[0], "declined", by=bob)
    replace(asked[0].jury, at=5)
    asked[0].refresh_from_db()
    with pytest.raises(Impossible, match="drawn for this place"):
        seats.ask_again(asked[0], by=bob, answer_by=days(19))


def test_targets_that_cannot_be_met_any_more_are_changed_as_an_officer_picks_and_says_why(
    client, asked, bob, replace
):
    from fairground.web.power.juries.actions.volunteers import withdraw
    from fairground.web.power.juries.told import read
    from fairground.web.power.lots.actions import seats

    jury, drawn = asked[0].jury, {seat.volunteer_id for seat in asked}
    for person in jury.volunteers.exclude(pk__in=drawn):
        if read(person).values["Age"] == "Under 40":
            withdraw(person)
    young = next(seat for seat in asked if read(seat.volunteer).values["Age"] == "Under 40")
    seats.answer(young, "declined", by=bob)
    stuck = replace(jury, at=5)
    assert stuck.state == "failed"
    assert stuck.problem.startswith("For the places that are free: No jury")
    client.force_login(bob)
    page = client.get(f"/power/juries/{jury.round.slug}/office/draw/").content.decode()
    assert "Age Under 40: 3 to 3 becomes 2 to 3; Age 40 or over: 3 to 3 becomes 3 to 4 (2 in all)" in page
    draw = replace(jury, at=5, way_out=0, reason="No young person is left in the pool.")
    assert draw.seats.count() == 1
    assert ["Age", "Under 40", 2, 3] in draw.targets
    assert (
        "No young person is left" in client.get(f"/power/juries/{jury.round.slug}/draw/2/").content.decode()
    )
