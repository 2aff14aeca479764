"""Two officers make a draw, and two call one off: what each is can be read, and if they used one browser."""

import pytest
from django.test import Client
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from tests.web.power.lots.conftest import VALUES

pytestmark = pytest.mark.django_db


def at(draw, rest):
    return f"/power/juries/{draw.jury.round.slug}/{rest}"


def write_down(browser, user, draw):
    browser.force_login(user)
    told = {f"value_{n}": value for n, value in enumerate(VALUES, start=1)}
    return browser.post(at(draw, "office/draw/1/read-out/"), told, follow=True)


def test_everyone_reads_what_the_two_officers_are_and_not_who(client, sealed, bob, ola, later):
    later(2)
    write_down(client, bob, sealed)
    write_down(Client(), ola, sealed)
    page = Client().get(at(sealed, "draw/1/")).content.decode()
    assert "one council officer of Stoke-on-Trent" in page
    assert "one officer of this jury, with no office in the place" in page
    assert "one browser" not in page
    assert bob.email not in page
    assert ola.email not in page


def test_the_first_officer_who_looks_again_is_led_to_the_draw_that_was_made(client, sealed, bob, ola, later):
    later(2)
    write_down(client, bob, sealed)
    write_down(Client(), ola, sealed)
    page = client.get(at(sealed, "office/draw/1/read-out/"), follow=True)
    assert page.redirect_chain == [(at(sealed, "draw/1/"), 302)]
    assert "something else" not in page.content.decode()


def test_two_with_one_office_are_told_as_one_and_another(client, sealed, bob, ola, later):
    from fairground.web.accounts.models import Role, RoleGrant

    RoleGrant.objects.create(user=ola, role=Role.OFFICER, place_code=sealed.jury.round.place_code)
    later(2)
    write_down(client, bob, sealed)
    write_down(Client(), ola, sealed)
    page = Client().get(at(sealed, "draw/1/")).content.decode()
    assert "by one council officer of Stoke-on-Trent and another." in page


def test_it_is_told_where_one_browser_served_both(client, sealed, bob, ola, later):
    later(2)
    write_down(client, bob, sealed)
    mark = client.cookies["jury_draw_browser"].value
    client.logout()  # forgets every cookie, as no browser does
    client.cookies["jury_draw_browser"] = mark
    write_down(client, ola, sealed)
    assert "Both wrote in one browser" in Client().get(at(sealed, "draw/1/")).content.decode()


def test_who_writes_twice_in_one_browser_is_not_told_as_two(client, sealed, bob, ola, later):
    later(2)
    write_down(client, bob, sealed)
    write_down(client, bob, sealed)
    write_down(Client(), ola, sealed)
    assert "one browser" not in Client().get(at(sealed, "draw/1/")).content.decode()


def test_one_officer_alone_calls_no_draw_off(client, sealed, bob, ola):
    from fairground.web.power.lots.actions import lottery

    with pytest.raises(Impossible, match="a second one agrees"):
        lottery.call_off(sealed, by=ola)
    with pytest.raises(BadInput):
        lottery.ask_to_call_off(sealed, "  ", by=bob)
    lottery.ask_to_call_off(sealed, "A slip.", by=bob)
    with pytest.raises(Impossible, match="a second one agrees"):
        lottery.call_off(sealed, by=bob)
    sealed.refresh_from_db()
    assert sealed.voided_at is None
    lottery.call_off(sealed, by=ola)
    sealed.refresh_from_db()
    assert (sealed.void_reason, sealed.voided_by) == ("A slip.", ola)


def test_a_draw_is_called_off_on_its_page_by_two(client, sealed, bob, ola):
    page = at(sealed, "office/draw/1/call-off/")
    client.force_login(bob)
    client.post(page, {"reason": "The balls were two short."})
    assert "A second officer must agree" in client.get(page).content.decode()
    client.post(page, {"agree": "The balls were two short."})
    sealed.refresh_from_db()
    assert sealed.voided_at is None
    client.force_login(ola)
    text = client.get(page).content.decode()
    assert "I agree: call it off" in text
    assert 'name="agree" value="The balls were two short."' in text
    client.post(page, {"agree": "The balls were two short."})
    sealed.refresh_from_db()
    assert sealed.voided_at is not None
    assert "The balls were two short." in Client().get(at(sealed, "draw/1/")).content.decode()


def test_nobody_agrees_to_another_reason_than_the_one_they_read(client, sealed, bob, ola):
    from fairground.web.power.lots.actions import lottery

    page, read = at(sealed, "office/draw/1/call-off/"), "The balls were\r\ntwo short."
    lottery.ask_to_call_off(sealed, read, by=bob)
    lottery.ask_to_call_off(sealed, "We do not like this jury.", by=bob)  # while Ola reads
    client.force_login(ola)
    assert "has changed the reason" in client.post(page, {"agree": read}, follow=True).content.decode()
    sealed.refresh_from_db()
    assert sealed.voided_at is None
    lottery.ask_to_call_off(sealed, read, by=bob)
    client.post(page, {"agree": read})
    sealed.refresh_from_db()
    assert sealed.voided_at is not None


def test_the_page_says_when_it_is_too_late_to_call_a_draw_off(client, drawn, bob):
    from fairground.web.power.lots.actions import seats

    page = at(drawn, "office/draw/1/call-off/")
    client.force_login(bob)
    assert "Ask to call it off" in client.get(page).content.decode()
    seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timezone.timedelta(days=14))
    text = client.get(page).content.decode()
    assert "It cannot be called off any more" in text
    assert "Ask to call it off" not in text


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_FILE_PATH = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    from fairground.web.accounts.mailbox import letters

    return lambda: sorted(letter["to"] for letter in letters(tmp_path))


def test_the_demos_mailbox_forgets_who_withdraws_and_all_when_the_pool_is_erased(
    drawn, bob, mailbox, django_capture_on_commit_callbacks
):
    from django.core.mail import send_mail

    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.juries.actions.volunteers import withdraw
    from fairground.web.power.juries.told import read
    from fairground.web.power.lots.actions import seats

    send_mail("Your code", "ABC", "us@example.org", ["bob@example.org"])
    with django_capture_on_commit_callbacks(execute=True):
        seats.invite(drawn.jury, by=bob, answer_by=timezone.localdate() + timezone.timedelta(days=14))
    assert len(mailbox()) == 1 + drawn.jury.seats.count()
    gone = drawn.seats.select_related("volunteer__jury").last().volunteer
    email = read(gone).email
    assert email in mailbox()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(gone)
    assert len(mailbox()) == drawn.jury.seats.count()
    assert email not in mailbox()
    with django_capture_on_commit_callbacks(execute=True):
        erase(drawn.jury)
    assert mailbox() == ["bob@example.org"]
