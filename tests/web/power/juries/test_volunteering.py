"""Somebody volunteers on the site, a question a page: nothing is kept before it is sent, nobody twice."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db


def at(jury, rest=""):
    return f"/power/juries/{jury.round.slug}/volunteer/{rest}"


def answers(jury, **more):
    """Return what is typed on each page, in order."""
    from fairground.web.power.juries.models import features_of

    told = {"age": {"may": "yes"}}
    for one in features_of(jury):
        told[f"q{one.position}"] = {f"q{one.position}": one.values.last().pk}
    told |= {
        "reach": {
            "name": "Vera <b>Volunteer</b>",
            "address": "1 Kiln Street",
            "postcode": "st15rq",
            "email": "vera@example.org",
            "phone": "",
        },
        "needs": {"needs": "A ramp"},
    }
    return {page: typed | more.get(page, {}) for page, typed in told.items()}


def fill(client, jury, **more):
    """Answer every page, following where the site leads; return the page to check."""
    told, page = answers(jury, **more), client.get(at(jury, "age/"))
    for _ in range(len(told)):
        name = page.request["PATH_INFO"].rstrip("/").rsplit("/", 1)[-1]
        assert page.status_code == 200, name
        page = client.post(at(jury, f"{name}/"), told[name], follow=True)
    return page


def own_code(page):
    return re.search(r"fg-receipt\">([A-Z0-9-]{19})<", page.content.decode()).group(1)


def test_somebody_volunteers_and_comes_back_with_the_code(client, jury):
    from fairground.web.power.juries.told import read

    page = fill(client, jury)
    assert "Check your answers" in page.content.decode()
    assert not jury.volunteers.exists()
    page = client.post(at(jury, "check/"), follow=True)
    code, person = own_code(page), jury.volunteers.get()
    told = read(person)
    assert (told.name, told.postcode, told.needs) == ("Vera <b>Volunteer</b>", "ST1 5RQ", "A ramp")
    assert told.values == {"Age": "40 or over", "Town": "Elsewhere"}
    other = Client()
    page = other.post(f"/power/juries/{jury.round.slug}/mine/", {"code": code.lower()}, follow=True)
    assert "You are in the pool" in page.content.decode()
    assert "Vera &lt;b&gt;" in page.content.decode()


def test_what_is_typed_is_in_no_table_and_cannot_be_read_in_the_browser(client, jury):
    fill(client, jury)
    assert not Session.objects.exists()
    kept = "".join(one.value for one in client.cookies.values())
    assert "Vera" not in kept
    assert "Kiln" not in kept
    assert len(max((one.value for one in client.cookies.values()), key=len)) < 4000


def test_the_longest_answers_fit_into_the_cookie_of_a_browser(client, jury):
    more = {
        "reach": {
            "name": "🎪" * 80,
            "address": "🎪" * 150,
            "email": "a" * 50 + "@" + "b" * 60 + ".org",
            "phone": "0" * 25,
        },
        "needs": {"needs": "🎪" * 250},
    }
    page = fill(client, jury, **more)
    assert "Check your answers" in page.content.decode()
    assert max(len(one.OutputString()) for one in client.cookies.values()) < 4096


def test_no_page_can_be_jumped_over(client, jury):
    page = client.get(at(jury, "reach/"), follow=True)
    assert page.redirect_chain[-1][0] == at(jury, "age/")
    assert client.post(at(jury, "check/"), follow=True).redirect_chain[-1][0] == at(jury, "age/")
    assert client.get(at(jury, "done/"), follow=True).redirect_chain[-1][0] == at(jury)
    assert client.get(at(jury, "no-such/")).status_code == 404


def test_whoever_is_too_young_is_told_and_goes_no_further(client, jury):
    page = client.post(at(jury, "age/"), {"may": "no"})
    assert "You cannot sit on this jury" in page.content.decode()
    assert client.get(at(jury, "q0/")).status_code == 302


def test_a_form_whose_answer_got_lost_may_be_sent_again_and_shows_the_same_code(client, jury):
    fill(client, jury)
    cookies = {name: one.value for name, one in client.cookies.items()}
    code = own_code(client.post(at(jury, "check/"), follow=True))
    again = Client()
    again.cookies.load(cookies)
    assert own_code(again.post(at(jury, "check/"), follow=True)) == code
    assert jury.volunteers.count() == 1


def test_whoever_left_a_half_filled_form_on_a_shared_computer_does_not_learn_the_code(client, jury):
    fill(client, jury)
    attacker = Client()
    attacker.cookies.load({name: one.value for name, one in client.cookies.items()})
    client.get(at(jury, "check/"))
    own_code(client.post(at(jury, "check/"), follow=True))
    page = attacker.post(at(jury, "check/"), follow=True)
    assert "volunteered already" in page.content.decode()
    assert "fg-receipt" not in page.content.decode()
    assert jury.volunteers.count() == 1


def test_a_form_of_another_jury_or_of_yesterday_is_worth_nothing(client, jury, make_jury, monkeypatch):
    fill(client, jury)
    other = make_jury(title="Another jury")
    kept = client.cookies[f"jury_draft_{jury.pk}"].value
    client.cookies[f"jury_draft_{other.pk}"] = kept
    assert client.post(at(other, "check/"), follow=True).redirect_chain[-1][0] == at(other, "age/")
    real = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: real + timedelta(minutes=61))
    assert client.post(at(jury, "check/"), follow=True).redirect_chain[-1][0] == at(jury, "age/")
    assert not jury.volunteers.exists()


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        ("reach", {"postcode": "S"}, "is not a whole postcode"),
        ("reach", {"postcode": ""}, "Fill this in"),
        ("reach", {"email": ""}, "Give us an email address or a phone number"),
        ("reach", {"phone": "ring me"}, "is not a phone number"),
        ("reach", {"name": " "}, "Fill this in"),
        ("q0", {"q0": "99999"}, "is not in the list"),
        ("q1", {"q1": ""}, "Choose one answer"),
    ],
)
def test_a_wrong_answer_is_named_on_its_page(client, jury, page, typed, words):
    from fairground.web.power.juries.person_forms import steps

    told = answers(jury)
    for step in steps(jury):
        if step.slug == page:
            break
        client.post(at(jury, f"{step.slug}/"), told[step.slug])
    answer = client.post(at(jury, f"{page}/"), told[page] | typed)
    assert answer.status_code == 400
    assert words in answer.content.decode().replace("&quot;", '"')


def test_a_jury_that_is_not_open_says_when_it_is(client, make_jury):
    now = timezone.now()
    early = make_jury(registration_opens=now + timedelta(days=3))
    over = make_jury(
        title="Over", registration_opens=now - timedelta(days=9), registration_closes=now - timedelta(days=2)
    )
    assert "You cannot volunteer yet" in client.get(at(early)).content.decode()
    assert "You can no longer volunteer" in client.get(at(over)).content.decode()
    for jury in (early, over):
        assert client.get(at(jury, "age/")).status_code == 302
        assert client.post(at(jury, "check/")).status_code == 302


def test_too_many_tries_from_one_connection_are_refused(client, jury, volunteer, monkeypatch):
    from fairground.web.power.juries import throttle

    volunteer(jury, 1, name="Vera <b>Volunteer</b>", address="1 Kiln Street", postcode="ST1 5RQ")
    for _ in range(throttle.TWICE.most):
        fill(client, jury)
        assert "volunteered already" in client.post(at(jury, "check/"), follow=True).content.decode()
    fill(client, jury, reach={"name": "Somebody Else"})
    assert "Too many tries" in client.post(at(jury, "check/"), follow=True).content.decode()
    assert jury.volunteers.count() == 1


def test_forgetting_leaves_nothing_in_the_browser(client, jury):
    fill(client, jury)
    client.post(at(jury, "forget/"))
    assert client.cookies[f"jury_draft_{jury.pk}"].value == ""
    assert client.get(at(jury, "check/")).status_code == 302


def seconds(jury):
    """Return how long volunteering takes by the keystroke-level model (Card, Moran and Newell, 1980).

    Each page: think (1.35 s), point at each field or answer and at the button (1.1 s each), type (0.28 s a
    letter), wait for the next page (1 s). Lengths of what is typed: a name 16, an address 20, a postcode 7,
    an email 24, the code of a letter 16.
    """
    from fairground.web.power.juries.person_forms import steps

    typed = {"name": 16, "address": 20, "postcode": 7, "email": 24, "code": 16}
    pages = [("start", 0, 0)]
    for step in steps(jury):
        fields = [name for name in step.fields if name not in ("phone", "needs")]
        pages.append((step.slug, len(fields), sum(typed.get(name, 0) for name in fields)))
    pages.append(("check", 0, 0))
    return sum(1.35 + 1.1 * (fields + 1) + 0.28 * letters + 1.0 for _, fields, letters in pages)


def test_volunteering_takes_less_than_two_minutes(make_jury, bob):
    from fairground.tables import toml
    from fairground.web.power.juries.actions.juries import set_targets
    from fairground.web.power.juries.example import asked

    jury = make_jury(letter_needed=True)
    jury.size = 24
    jury.save()
    set_targets(jury, asked(toml("fairground.web.power.juries", "example.toml")), by=bob)
    assert 60 < seconds(jury) < 90
