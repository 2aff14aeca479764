"""Somebody votes in the pages: from the door to the receipt; and what the pages refuse."""

import re
from html import unescape

import pytest
from django.test import Client

from fairground.web.ballots import bridge
from fairground.web.ballots.actions import Voter
from fairground.web.ballots.forms import Sheet
from fairground.web.ballots.models import Ballot, Revision
from tests.web.ballots.conftest import give_letters
from tests.web.ballots.papers import POTS, PROJECTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(paper):
    return lambda tail="": f"/ballots/{paper.round.slug}/{tail}"


def text(answer):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def key_of(answer):
    return re.search(r'name="key" value="([^"]+)"', answer.content.decode())[1]


def come_in(client, at, code):
    assert client.post(at("code/"), {"code": code}).headers["Location"] == at("ballot/")


def cast_in_pages(client, at, **fields):
    return client.post(at("cast/"), {"key": key_of(client.get(at("ballot/"))), **fields})


def test_a_voter_comes_in_by_a_letter_marks_casts_and_gets_a_receipt(client, at, letters):
    assert "Open until" in text(client.get(at()))
    come_in(client, at, letters["1"].lower())
    assert "Trees in the park" in text(client.get(at("ballot/")))
    done = cast_in_pages(client, at, **{"mark-0": "on", "mark-2": "on"})
    page = client.get(done.headers["Location"])
    entry = Revision.objects.get()
    assert entry.marks == {"city": [["park"], []], "coast": [["bins"], []]}
    assert entry.receipt in text(page)
    assert "You have voted" in text(page)
    assert "it holds" in text(page)


def test_a_vote_is_changed_and_the_ballot_shows_what_is_kept(client, at, letters):
    come_in(client, at, letters["1"])
    cast_in_pages(client, at, **{"mark-0": "on"})
    again = client.get(at("ballot/")).content.decode()
    assert re.search(r'id="mark-0"[^>]* checked', again)
    assert not re.search(r'id="mark-1"[^>]* checked', again)
    cast_in_pages(client, at, **{"mark-1": "on"})
    assert Ballot.objects.count() == 1
    assert Revision.objects.count() == 2


def test_whoever_comes_in_later_with_the_letter_sees_that_a_ballot_was_cast_but_not_what_it_says(
    client, at, letters
):
    come_in(client, at, letters["1"])
    address = cast_in_pages(client, at, **{"mark-0": "on"}).headers["Location"]
    for other in (Client(), client):
        come_in(other, at, letters["1"])
        page = other.get(at("ballot/"))
        assert "A ballot was cast for you already" in text(page)
        assert " checked" not in page.content.decode()
        assert Revision.objects.get().receipt not in text(page)
        assert "What you marked" not in text(other.get(address))


def test_a_page_that_is_sent_twice_casts_once(client, at, letters):
    come_in(client, at, letters["1"])
    sheet = client.get(at("ballot/"))
    sent = {"key": key_of(sheet), "mark-0": "on"}
    assert (
        client.post(at("cast/"), sent).headers["Location"]
        == client.post(at("cast/"), sent).headers["Location"]
    )
    assert Revision.objects.count() == 1


def test_a_receipt_shows_a_stranger_the_proof_but_not_the_marks(client, at, letters):
    come_in(client, at, letters["1"])
    address = cast_in_pages(client, at, **{"mark-0": "on"}).headers["Location"]
    told = text(Client().get(address))
    assert "This ballot is in the log" in told
    assert "Trees in the park" not in told
    assert Revision.objects.get().nonce not in told
    client.post(at("leave/"))
    assert "Trees in the park" not in text(client.get(address))


def test_a_ballot_with_nothing_marked_is_cast_only_if_that_is_meant(client, at, letters):
    come_in(client, at, letters["1"])
    asked = cast_in_pages(client, at)
    assert asked.status_code == 422
    assert "You marked nothing, so nothing is cast yet" in text(asked)
    assert not Revision.objects.exists()
    assert cast_in_pages(client, at, empty="on").status_code == 302
    assert Revision.objects.get().marks == {"city": [[], []], "coast": [[], []]}


def test_the_key_enter_in_a_field_checks_the_ballot_and_does_not_cast_it(client, at, letters):
    come_in(client, at, letters["1"])
    page = client.get(at("ballot/")).content.decode()
    form = page[page.index("data-ballot") :]
    first = re.search(r"<button[^>]*>", form)[0]
    assert f'formaction="{at("ballot/")}"' in first, "a browser presses the first button of the form"


def test_a_sheet_that_was_cast_already_can_be_cast_anew_from_the_page_that_says_so(client, at, letters):
    come_in(client, at, letters["1"])
    sheet = client.get(at("ballot/"))
    client.post(at("cast/"), {"key": key_of(sheet), "mark-0": "on"})
    told = client.post(at("cast/"), {"key": key_of(sheet), "mark-1": "on"})
    assert told.status_code == 409
    assert "used before" in text(told)
    done = client.post(at("cast/"), {"key": key_of(told), "mark-1": "on"})
    assert done.status_code == 302
    assert [one.marks["city"][0] for one in Revision.objects.all()] == [["park"], ["bench"]]


@pytest.mark.parametrize("receipt", ["0000-0000-0000-0000-0000", "short", "DRT0-Q77Z-PDX9-H755-8KKN"])
def test_a_forged_receipt_is_found_in_no_log(client, at, paper, receipt):
    assert client.get(at("log/"), {"receipt": receipt}).status_code == 200
    assert "There is a problem" in text(client.get(at("log/"), {"receipt": receipt}))
    assert client.get(at(f"receipt/{receipt}/")).status_code == 404


def test_the_public_list_and_its_file_agree_and_hide_the_marks(client, at, letters):
    come_in(client, at, letters["1"])
    cast_in_pages(client, at, **{"mark-0": "on"})
    page, file = text(client.get(at("log/"))), client.get(at("log.json")).json()
    assert file["leaves"] == [Revision.objects.get().leaf]
    assert file["root"] in page
    assert file["leaves"][0] in page
    found = client.get(at("log/"), {"receipt": Revision.objects.get().receipt.lower()})
    assert found.status_code == 302
    assert bridge.digest(client.get(at("paper.json")).json()) == file["paper"]


def test_nobody_casts_without_coming_in_or_under_another_name(client, at, letters):
    answer = client.post(at("cast/"), {"key": "k" * 30, "mark-0": "on"})
    assert answer.headers["Location"] == at()
    come_in(client, at, letters["1"])
    name = next(iter(name for name in client.cookies if name.startswith("booth_")))
    client.cookies[name] = client.cookies[name].value.replace(":", "x:", 1)
    assert client.post(at("cast/"), {"key": "k" * 30, "mark-0": "on"}).headers["Location"] == at()
    assert not Revision.objects.exists()


def test_the_cookie_of_one_round_opens_no_other(make_paper, bob, client):
    here, there = make_paper(), make_paper()
    code = give_letters(here, bob)["1"]
    client.post(f"/ballots/{here.round.slug}/code/", {"code": code})
    kept = client.cookies[f"booth_{here.pk}"].value
    client.cookies[f"booth_{there.pk}"] = kept
    answer = client.get(f"/ballots/{there.round.slug}/ballot/")
    assert answer.headers["Location"] == f"/ballots/{there.round.slug}/"


def test_a_form_from_another_site_is_refused(at, letters):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(at("code/"), {"code": letters["1"]}).status_code == 403
    assert strict.post(at("cast/"), {"key": "k" * 30}).status_code == 403


def test_guessing_codes_is_slowed_down_and_a_right_code_must_wait_too(client, at, letters):
    for _ in range(10):
        assert "slip" in text(client.post(at("code/"), {"code": "0000-0000-0000-0001"}))
    assert "Too many wrong tries" in text(client.post(at("code/"), {"code": letters["1"]}))


def test_guessing_a_postcode_for_a_number_is_slowed_down_from_any_address(client, at, letters):
    for n in range(10):
        client.post(at("number/"), {"number": "1", "postcode": "X"}, REMOTE_ADDR=f"192.0.2.{n}")
    sent = {"number": "1", "postcode": "TS10 1AA"}
    assert "Too many wrong" in text(client.post(at("number/"), sent, REMOTE_ADDR="198.51.100.9"))
    sent = {"number": "2", "postcode": "TS10 2AA"}
    assert client.post(at("number/"), sent, REMOTE_ADDR="198.51.100.9").status_code == 302


def test_the_page_says_before_during_and_after(make_paper, client, later):
    early = make_paper(opens=10)
    address = f"/ballots/{early.round.slug}/"
    assert "not open yet" in text(client.get(address))
    later(20)
    assert "Open until" in text(client.get(address))
    later(60)
    assert "The vote is over" in text(client.get(address))


def test_the_page_of_a_round_leads_to_its_result_only_once_the_vote_is_over(paper, client, later):
    address = f"/power/budgeting/{paper.round.slug}/"
    page = client.get(address).content.decode()
    assert "The result of the vote" not in page
    assert "page of the vote" in page, "the round has no pots of its own"
    assert "(0)" not in page
    later(60)
    assert "The result of the vote" in client.get(address).content.decode()


def test_a_ballot_that_arrives_after_the_close_is_told_so(client, at, letters, later):
    come_in(client, at, letters["1"])
    sheet = client.get(at("ballot/"))
    later(59.9)
    client.get(at())
    later(61)
    answer = client.post(at("cast/"), {"key": key_of(sheet), "mark-0": "on"})
    if answer.status_code == 302:  # the cookie of an hour is over as well
        answer = client.get(answer.headers["Location"])
    assert "was not taken" in text(answer) or "The vote is over" in text(answer)
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        (
            "k-approval",
            {"mark-0": "on", "mark-1": "on"},
            "You marked too many projects. You gave 2; allowed: up to 1",
        ),
        ("purse", {"mark-0": "on", "mark-1": "on"}, "cost more than there is. You gave £11,000"),
        ("points", {"mark-0": "7"}, "Points are whole numbers. You gave 7; allowed: 1 to 6"),
        ("points", {"mark-0": "6", "mark-1": "6"}, "more points than you have. You gave 12"),
        ("points", {"mark-0": "-1"}, 'You wrote "-1"'),
        ("points", {"mark-0": "²"}, 'You wrote "²"'),
        ("ranking", {"mark-0": "1", "mark-1": "1"}, "Two projects have the number 1"),
    ],
)
def test_faults_stand_beside_their_field_and_nothing_is_cast(make_paper, bob, client, kind, fields, told):
    paper = make_paper(kind)
    address = f"/ballots/{paper.round.slug}/"
    client.post(address + "code/", {"code": give_letters(paper, bob)["1"]})
    answer = client.post(address + "ballot/", fields)
    assert answer.status_code == 422
    assert text(answer).count(told) == 2, "in the summary and beside the field"
    assert client.post(address + "cast/", {"key": key_of(answer), **fields}).status_code == 422
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("kind", "fields", "rule", "left", "marks"),
    [
        ("purse", {"mark-0": "on"}, "may cost £10,000 together", "£4,000 left", [["park"], []]),
        (
            "points",
            {"mark-0": "4", "mark-1": "5"},
            "You have 10 points to give",
            "1 point left",
            [["bench", "park"], [5, 4]],
        ),
        ("k-approval", {"mark-1": "on"}, "At most one project", "0 projects left", [["bench"], []]),
        ("ranking", {"mark-0": "2", "mark-1": "1"}, "", "", [["bench", "park"], []]),
    ],
)
def test_what_may_be_marked_and_is_left_is_shown_and_each_kind_is_kept_as_marked(
    make_paper, bob, client, kind, fields, rule, left, marks
):
    paper = make_paper(kind)
    address = f"/ballots/{paper.round.slug}/"
    client.post(address + "code/", {"code": give_letters(paper, bob)["2"]})
    assert rule in text(client.get(address + "ballot/"))
    sheet = client.post(address + "ballot/", fields)
    assert left in text(sheet)
    assert "in order. It is not cast yet" in text(sheet)
    assert not Revision.objects.exists()
    done = client.post(address + "cast/", {"key": key_of(sheet), **fields})
    assert Revision.objects.get().marks == {"city": marks}
    again = client.get(address + "ballot/").content.decode()
    for name, typed in fields.items():
        assert re.search(rf'name="{name}" value="{typed}"', again)
    assert client.get(done.headers["Location"]).status_code == 200


def test_voters_see_the_projects_in_orders_of_their_own_but_always_in_the_same(client, at, paper, letters):
    come_in(client, at, letters["1"])
    pages = [re.findall(r'id="mark-(\d)"', client.get(at("ballot/")).content.decode()) for _ in range(2)]
    assert pages[0] == pages[1]
    sheets = [Sheet(paper, Voter(str(n), "letter")) for n in range(40)]
    assert {tuple(line.name for line in sheet.sections[0].lines) for sheet in sheets} == {
        ("mark-0", "mark-1"),
        ("mark-1", "mark-0"),
    }


def test_the_map_and_the_list_have_the_same_numbers(client, at, letters):
    come_in(client, at, letters["1"])
    page = client.get(at("ballot/")).content.decode()
    listed = dict(re.findall(r'for="(mark-\d)"><strong>(\d)\.', page))
    drawn = dict(re.findall(r'<a href="#(mark-\d)" aria-label="(\d):', page))
    assert set(drawn) == {"mark-1", "mark-2"}
    assert drawn.items() <= listed.items()
    assert "not on the map" in page


def test_who_is_signed_in_votes_by_account_once_on_any_browser(make_paper, bob, client):
    paper = make_paper(eligibility={"ways": ["account"], "least_age": 16})
    address = f"/ballots/{paper.round.slug}/"
    assert (
        client.post(address + "person/", {"old_enough": "on"})
        .headers["Location"]
        .startswith("/account/login/")
    )
    for browser in (client, Client()):
        browser.force_login(bob)
        assert "old enough" in text(browser.post(address + "person/", {}))
        assert browser.post(address + "person/", {"old_enough": "on"}).status_code == 302
        sheet = browser.get(address + "ballot/")
        browser.post(address + "cast/", {"key": key_of(sheet), "mark-0": "on"})
    assert Ballot.objects.count() == 1


def test_whoever_no_pot_is_for_is_told_so_and_is_given_nothing_to_cast(make_paper, client):
    paper = make_paper(eligibility={"ways": ["open"]}, pots=POTS[1:], projects=PROJECTS[2:])
    address = f"/ballots/{paper.round.slug}/"
    client.post(address + "person/")
    page = text(client.get(address + "ballot/"))
    assert "No money of this vote is for where you live" in page
    assert "Cast my ballot" not in page


def test_an_open_vote_takes_a_ballot_from_each_browser_and_says_what_that_means(make_paper, client):
    paper = make_paper(eligibility={"ways": ["open"]})
    address = f"/ballots/{paper.round.slug}/"
    assert "Nobody checks who you are" in text(client.get(address))
    for _ in range(2):
        client.post(address + "person/")
        client.post(address + "leave/")
    client.post(address + "person/")
    sheet = client.get(address + "ballot/")
    client.post(address + "cast/", {"key": key_of(sheet), "mark-0": "on"})
    assert Ballot.objects.get().tier == "open"


def test_a_roll_vote_lets_in_nobody_by_account(client, at, paper, bob):
    client.force_login(bob)
    assert "Use your letter" in text(client.post(at("person/"), {}))
