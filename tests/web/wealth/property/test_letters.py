"""Letters: words for each step of each procedure and each reader, kept as sent, taken away as a document."""

import io
import uuid
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from fairground.errors import BadInput
from fairground.report.words import messages
from fairground.wealth.property import procedures
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.actions import cases
from fairground.web.wealth.property.actions.letters import send_letter, take_back_letter
from fairground.web.wealth.property.actions.words import nominate
from fairground.web.wealth.property.models import Letter
from tests.web.wealth.property.conftest import SALE, TODAY
from tests.web.wealth.property.test_case_words import TOLD

pytestmark = pytest.mark.django_db
TELLING = [(rules.id, kind.id) for rules in procedures() for kind in rules.events if kind.tell]


@pytest.mark.parametrize(("procedure", "kind"), TELLING)
def test_each_step_that_somebody_must_be_told_of_has_its_letter(procedure, kind):
    assert f"letter.{procedure}.{kind}" in messages()


def test_no_letter_is_left_over_for_a_step_or_a_reader_that_there_is_not():
    known = {(rules.id, kind.id): kind.tell for rules in procedures() for kind in rules.events}
    for code in (code for code in messages() if code.startswith("letter.") and code.count(".") >= 2):
        _, procedure, kind, *reader = code.split(".")
        told = [one.removeprefix("the ").replace(" ", "-") for one in known[procedure, kind]]
        assert not reader or reader[0] in told, code


def test_every_state_of_every_procedure_has_words():
    from fairground.report.words import word

    for rules in procedures():
        states = set(rules.tracks.values()) | {kind.to for kind in rules.events}
        states |= {state for kind in rules.events for state in (*kind.sets.values(), *kind.resets.values())}
        states |= {state for period in rules.periods for state in period.at_end.values()}
        assert [state for state in states if word(f"state.{state}") == f"state.{state}"] == []


def test_the_owners_letter_says_what_until_when_and_by_which_provision(new_case):
    case = new_case("acv-2011", *SALE)
    event = case.events.get(kind="notice-of-sale")
    subject, lines = kept.letter(case, event, "the group that nominated it")
    words = "\n".join(lines)
    assert subject == "The Jolly Potter: The council gets the owner’s notice of a wish to sell"
    assert "On 20 October 2026 the council of Stoke-on-Trent received notice" in words
    assert "The last day is 30 November 2026 (Localism Act 2011, section 95(6))." in words
    assert "You nominated this property." in words
    assert "You nominated this property." not in "\n".join(kept.letter(case, event, "the neighbourhood")[1])
    with pytest.raises(BadInput, match="Nobody of that name"):
        kept.letter(case, event, "the king")


def test_a_later_event_does_not_change_the_dates_of_an_earlier_letter(new_case, bob):
    case = new_case("acv-2011", *SALE)
    event = case.events.get(kind="notice-of-sale")
    before = kept.letter(case, event, "the neighbourhood")
    cases.record_event(case, by=bob, kind="ask-to-bid", day=TODAY)
    assert kept.letter(case, event, "the neighbourhood") == before


def test_a_decision_carries_its_reasons_and_an_exercise_says_so(new_case):
    case = new_case("acv-2011", ("nominate", date(2026, 11, 2)), ("refuse", TODAY, "It is a home."))
    lines = kept.letter(case, case.events.get(kind="refuse"), "the group that nominated it")[1]
    assert "The reasons: It is a home." in lines
    what_if = new_case("acv-2026", ("list", TODAY), fictional=True, supposed_from=date(2026, 6, 1))
    assert kept.letter(what_if, what_if.events.get(), "the owner")[1][-1].startswith(
        "This letter is an exercise."
    )


def test_a_letter_is_kept_word_for_word_once_and_can_be_taken_back(new_case, bob, charlie):
    case = new_case("acv-2011", *SALE)
    event = case.events.get(kind="notice-of-sale")
    for day in (date(2026, 10, 19), date(2026, 11, 11)):
        with pytest.raises(BadInput, match="on or after the day"):
            send_letter(event, "the neighbourhood", by=bob, sent_on=day)
    with pytest.raises(PermissionDenied):
        send_letter(event, "the neighbourhood", by=charlie, sent_on=TODAY)
    one = send_letter(event, "the neighbourhood", by=bob, sent_on=TODAY)
    assert send_letter(event, "the neighbourhood", by=bob, sent_on=TODAY) == one
    case.title = "Renamed"
    case.save()
    one.refresh_from_db()
    assert one.subject.startswith("The Jolly Potter")
    take_back_letter(one, by=bob)
    take_back_letter(one, by=bob)
    assert send_letter(event, "the neighbourhood", by=bob, sent_on=TODAY).subject.startswith("Renamed")
    assert Letter.objects.count() == 2
    cases.correct_event(event, by=bob, day=date(2026, 10, 21), why="The stamp")
    with pytest.raises(BadInput, match="was corrected"):
        send_letter(event, "the group that nominated it", by=bob, sent_on=TODAY)


def test_the_group_gets_its_letter_by_email_too_and_nobody_else_does(
    bob, grace, mailoutbox, django_capture_on_commit_callbacks
):
    case = nominate(by=grace, token=uuid.uuid4(), **TOLD)
    cases.record_event(case, by=bob, kind="refuse", day=TODAY, note="It is a home.")
    event = case.events.get(kind="refuse")
    with django_capture_on_commit_callbacks(execute=True):
        send_letter(event, "the group that nominated it", by=bob, sent_on=TODAY)
        send_letter(event, "the group that nominated it", by=bob, sent_on=TODAY)
        send_letter(case.events.get(kind="nominate"), "the owner", by=bob, sent_on=TODAY)
    assert [(mail.to, "It is a home." in mail.body) for mail in mailoutbox] == [([grace.email], True)]


def test_a_letter_about_an_entry_that_was_corrected_can_still_be_found(client, new_case, bob):
    case = new_case("acv-2011", *SALE)
    event = case.events.get(kind="notice-of-sale")
    letter = send_letter(event, "the neighbourhood", by=bob, sent_on=TODAY)
    cases.correct_event(event, by=bob, day=date(2026, 10, 21), why="The stamp")
    body = client.get(f"/wealth/property/cases/{case.pk}/").content.decode()
    assert f"/sent/{letter.pk}/" in body
    assert "told of an entry that was corrected since" in body


def test_a_letter_can_be_taken_away_as_a_document(client, new_case, bob):
    case = new_case("acv-2011", *SALE)
    event = case.events.get(kind="notice-of-listing")
    client.force_login(bob)
    address = f"/wealth/property/cases/{case.pk}/letters/{event.pk}/the-owner/"
    got = client.get(address, {"format": "odt"})
    assert got.headers["Content-Type"] == "application/vnd.oasis.opendocument.text"
    with zipfile.ZipFile(io.BytesIO(got.content)) as package:
        assert "gives you notice" in package.read("content.xml").decode()
    assert client.get(address.replace("the-owner", "the-king")).status_code == 404
    assert client.post(address, {"sent_on": "2026-11-10"}).status_code == 302
    page = client.get(f"/wealth/property/cases/{case.pk}/sent/{Letter.objects.get().pk}/")
    assert "gives you notice" in page.content.decode()
