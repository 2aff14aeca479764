"""The pages of kept cases, as a stranger, an officer and somebody else's officer meet them."""

import json
import uuid
from datetime import date
from xml.etree import ElementTree

import pytest

from fairground.web.wealth.property.actions import words
from fairground.web.wealth.property.actions.cases import close_case
from fairground.web.wealth.property.models import Case, CaseEvent, Representation
from tests.web.wealth.property.conftest import SALE, STOKE
from tests.web.wealth.property.test_case_words import TOLD

pytestmark = pytest.mark.django_db
HOME = "/wealth/property/cases/"
SELL = {"kind": "sell", "day": "2026-11-03", "token": uuid.uuid4()}


def page(client, address, status=200, **query):
    got = client.get(address, query)
    assert got.status_code == status, got.content.decode()[-800:]
    return got.content.decode()


def test_a_stranger_sees_every_date_with_its_provision_and_nothing_to_press(client, new_case):
    case = new_case("acv-2011", *SALE)
    body = page(client, f"{HOME}{case.pk}/")
    for told in ("30 November 2026", "19 April 2028", "Localism Act 2011, section 95(6)", "Who must be told",
                 "until the end of 30 November 2026", "Stoke-on-Trent"):  # fmt: skip
        assert told in body
    for hidden in ("Record what happened", "Correct<", "Write it", "For the council", "bob"):
        assert hidden not in body


def test_the_list_finds_cases_by_place_and_procedure(client, new_case, proposal):
    new_case("acv-2011", *SALE)
    body = page(client, HOME)
    assert "2 cases." in body
    assert "Have your say" in body
    assert "Bethesda Hall" not in page(client, HOME, procedure="acv-2011", q="")
    assert "no case here yet" in page(client, HOME, q="Hastings", procedure="")
    assert "place_dates" not in page(client, HOME, q="Stoke-on-Trent", procedure="")
    assert "There is a problem" in page(client, HOME, 400, q="Atlantis", procedure="")


def test_what_is_still_open_stands_before_what_is_closed(client, new_case, bob):
    open_one, closed = new_case(title="The open one"), new_case(title="The closed one")
    close_case(closed, by=bob, outcome="Withdrawn", reasons="The group asked for it")
    body = page(client, HOME)
    assert body.index(open_one.title) < body.index(closed.title)


def test_the_list_says_what_was_decided(client, new_case):
    claimed = (("claim-compensation", date(2026, 7, 10)), ("decide-compensation", date(2026, 8, 3), "£1,200"))
    new_case("acv-2011", *SALE[:3], ("notice-of-sale", date(2026, 3, 2)), *claimed)
    assert "the claim for compensation is decided" in page(client, HOME)


def test_an_officer_records_corrects_and_takes_back(client, new_case, bob):
    case = new_case("acv-2011", *SALE)
    client.force_login(bob)
    address = f"{HOME}{case.pk}/"
    sent = {"kind": "ask-to-bid", "day": "2026-11-03", "token": uuid.uuid4()}
    assert client.post(f"{address}record/", sent).status_code == 302
    assert client.post(f"{address}record/", sent).status_code == 302
    assert case.events.filter(kind="ask-to-bid").count() == 1
    assert "19 April 2027" in page(client, address)
    event = case.events.get(kind="ask-to-bid")
    refused = client.post(
        f"{address}events/{event.pk}/correct/", {"day": "2026-12-01", "why": "So", "token": uuid.uuid4()}
    )
    assert refused.status_code == 400
    assert "cannot be later" in refused.content.decode()
    assert client.post(
        f"{address}events/{event.pk}/take-back/", {"why": "It was no group", "token": uuid.uuid4()}
    ).status_code == 302  # fmt: skip
    assert "It was no group" in page(client, address)


def test_a_step_that_may_not_happen_is_not_offered_and_not_taken(client, new_case, bob):
    case = new_case("acv-2011", *SALE)
    client.force_login(bob)
    assert 'value="sell"' not in page(client, f"{HOME}{case.pk}/record/")
    got = client.post(
        f"{HOME}{case.pk}/record/", {"kind": "sell", "day": "2026-11-03", "token": uuid.uuid4()}
    )
    assert got.status_code == 400
    assert "Localism Act 2011, section 95(1)" in got.content.decode()
    asked = client.get(f"{HOME}{case.pk}/record/").content.decode().count('name="kind"')
    assert got.content.decode().count('name="kind"') == asked + 1  # what was chosen, and no other
    assert 'value="sell"' in page(client, f"{HOME}{case.pk}/record/", earlier="yes")
    assert case.events.count() == 4


@pytest.mark.parametrize("who", ["charlie", "grace", ""])
def test_nobody_else_comes_to_an_officers_page(client, new_case, who, request):
    case = new_case("acv-2011", *SALE)
    event = case.events.first()
    if who:
        client.force_login(request.getfixturevalue(who))
    of = f"events/{event.pk}"
    pages = ("record/", "close/", "reopen/", f"{of}/correct/", f"{of}/take-back/")
    for path in (*pages, f"letters/{event.pk}/the-owner/"):
        for got in (client.get(f"{HOME}{case.pk}/{path}"), client.post(f"{HOME}{case.pk}/{path}", {})):
            assert got.status_code == 403 if who else got.status_code == 302
    assert client.post(f"{HOME}{case.pk}/publish/").status_code == (403 if who else 302)
    if who != "charlie":
        assert client.get(f"{HOME}open/").status_code == (403 if who else 302)
    assert CaseEvent.objects.count() == 4


def test_anyone_has_their_say_without_an_account_and_robots_do_not(client, proposal, mo):
    address = f"{HOME}{proposal.pk}/say/"
    sent = {"words": "Please keep it.", "signed": "Rosa", "token": uuid.uuid4(), "website": ""}
    assert "27 December 2026" in page(client, address)
    assert client.post(address, {**sent, "website": "buy.example"}).status_code == 400
    assert client.post(address, {**sent, "words": ""}).status_code == 400
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    one = Representation.objects.get()
    body = page(client, f"{HOME}{proposal.pk}/")
    assert "Please keep it." not in body
    assert "1 waits to be checked" in body
    client.force_login(mo)
    shown = {"shown": "yes", "signed": "Rosa"}
    assert client.post(f"{HOME}{proposal.pk}/said/{one.pk}/check/", shown).status_code == 302
    client.logout()
    assert "Please keep it." in page(client, f"{HOME}{proposal.pk}/")


def test_one_network_cannot_drown_the_others(client, proposal):
    address = f"{HOME}{proposal.pk}/say/"
    got = [
        client.post(address, {"words": f"Letter {n}", "token": uuid.uuid4()}).status_code for n in range(7)
    ]
    assert got == [302] * 6 + [400]
    assert Representation.objects.count() == 6


def test_the_say_page_is_gone_when_the_time_is_over(client, proposal, today):
    today(date(2026, 12, 28))
    assert client.get(f"{HOME}{proposal.pk}/say/").status_code == 404


def test_a_nomination_that_is_not_checked_is_seen_by_its_sender_and_the_council_only(
    client, grace, bob, charlie
):
    case = words.nominate(by=grace, token=uuid.uuid4(), **TOLD)
    address = f"{HOME}{case.pk}/"
    page(client, address, 404)
    assert case.title not in page(client, HOME)
    for who, status in ((grace, 200), (bob, 200), (charlie, 404)):
        client.force_login(who)
        body = page(client, address, status)
        assert ("Potter Inns" in body) == (who is bob)
    client.force_login(bob)
    sent = {"shown": "yes", "words": "Clubs meet there.", "reason": "Shortened"}
    assert client.post(f"{address}nomination/check/", sent).status_code == 302
    client.logout()
    body = page(client, address)
    assert "Clubs meet there." in body
    assert "Potter Inns" not in body


def test_the_dates_the_news_and_the_whole_case_can_be_taken_away(client, new_case):
    case = new_case("acv-2011", *SALE)
    calendar = client.get(f"{HOME}{case.pk}/dates.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20261130" in calendar
    new_case("acv-2011", *SALE)  # of the same name and days: both stay in the calendar of the place
    both = client.get(f"{HOME}in/{STOKE}/dates.ics").content.decode()
    uids = [line for line in both.splitlines() if line.startswith("UID")]
    assert len(set(uids)) == 6
    atom = ElementTree.fromstring(client.get(f"{HOME}{case.pk}/news.atom").content)
    entries = atom.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 4
    assert client.get(f"{HOME}in/{STOKE}/news.atom").status_code == 200
    assert client.get(f"{HOME}in/E99999999/dates.ics").status_code == 404
    whole = json.loads(client.get(f"{HOME}{case.pk}/case.json").content)
    assert [one["kind"] for one in whole["events"]] == [one[0] for one in SALE]
    assert "bob" not in json.dumps(whole)
    assert Case.objects.get(pk=whole["id"]).edition_id == whole["edition"]


STEPS = (
    ("kind", {"kind": "unincorporated"}),
    ("group", {"group": "Friends of the Potter", "members": "23", "surplus": "no"}),
    ("connection", {"connection": "We meet there every week."}),
    ("what", {"title": "The Jolly Potter", "where": "1 Hope Street", "place": "stoke on trent"}),
    ("boundaries", {"boundaries": "The building and its yard."}),
    ("use", {"use": "now"}),
    ("why", {"why": "Clubs meet there each week."}),
    ("owners", {"known_owners": ""}),
)


def test_a_group_nominates_one_question_a_page(client, grace):
    page(client, "/wealth/property/nominate/")
    client.force_login(grace)
    assert client.get("/wealth/property/nominate/why/").headers["Location"].endswith("/nominate/kind/")
    for slug, told in STEPS:
        assert client.post(f"/wealth/property/nominate/{slug}/", told).status_code == 302, slug
    look = page(client, "/wealth/property/nominate/send/")
    assert "regulation 5(1)(c)" in look
    assert "needs a form of its own" in look
    assert client.post("/wealth/property/nominate/send/", {"token": uuid.uuid4()}).status_code == 400
    got = client.post("/wealth/property/nominate/send/", {"token": uuid.uuid4(), "true": "on"})
    case = Case.objects.get()
    assert got.headers["Location"] == f"{HOME}{case.pk}/"
    assert "5 January 2027" in page(client, got.headers["Location"])
    assert client.get("/wealth/property/nominate/send/").status_code == 302


def test_a_group_of_twenty_is_told_the_rule_on_the_page(client, grace):
    client.force_login(grace)
    client.post("/wealth/property/nominate/kind/", STEPS[0][1])
    got = client.post("/wealth/property/nominate/group/", {**STEPS[1][1], "members": "20", "surplus": "yes"})
    body = got.content.decode()
    assert got.status_code == 400
    assert "needs 21 members" in body
    assert "may not nominate" in body
    assert client.get("/wealth/property/nominate/nothing/").status_code == 404


def test_the_page_of_dates_shows_what_is_due_and_what_waits(client, new_case, proposal, bob, charlie):
    new_case("acv-2011", ("nominate", date(2026, 8, 3)))
    words.represent(proposal, words="Keep it.")
    client.force_login(bob)
    body = page(client, f"{HOME}office/")
    assert "28 September 2026" in body
    assert "not done in time" in body
    assert "about Bethesda Hall" in body
    client.force_login(charlie)
    assert "Bethesda" not in page(client, f"{HOME}office/")


def test_an_officer_opens_and_closes_a_case_on_the_pages(client, bob):
    client.force_login(bob)
    sent = {"procedure": "information-request", "place": STOKE, "title": "What was sold",
            "token": uuid.uuid4(), "owner_kind": "unknown", "about": "What was sold since 2010?"}  # fmt: skip
    wrong = client.post(f"{HOME}open/", {**sent, "owner_kind": "person", "owner_name": "Jo Doe"})
    assert "is not kept" in wrong.content.decode()
    at = client.post(f"{HOME}open/", sent).headers["Location"]
    for kind, day in (("request", "2026-10-01"), ("answer", "2026-10-28")):
        assert (
            client.post(f"{at}record/", {"kind": kind, "day": day, "token": uuid.uuid4()}).status_code == 302
        )
    assert client.post(f"{at}close/", {"outcome": "Answered", "reasons": ""}).status_code == 400
    assert client.post(f"{at}close/", {"outcome": "Answered", "reasons": "In time."}).status_code == 302
    assert "Closed: Answered" in page(client, at)
    assert client.post(f"{at}reopen/", {"why": "It was not whole", "token": uuid.uuid4()}).status_code == 302
    assert "Closed:" not in page(client, at)


def test_a_case_of_the_site_is_written_by_a_command(new_case, tmp_path):
    from click.testing import CliRunner

    from fairground.cli.site import export_case
    from fairground.errors import BadInput, NotFound

    case = new_case("acv-2011", *SALE)
    for name, begins in (("case.json", "{"), ("dates.ics", "BEGIN:VCALENDAR")):
        CliRunner().invoke(export_case, [str(case.pk), "--out", str(tmp_path / name)], catch_exceptions=False)
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
    nobody = str(uuid.uuid4())
    for id, out, fault in (
        (nobody, "a.json", NotFound),
        ("no", "a.ics", NotFound),
        ("no", "a.pdf", BadInput),
    ):
        with pytest.raises(fault):
            CliRunner().invoke(export_case, [id, "--out", str(tmp_path / out)], catch_exceptions=False)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_case_and_a_nomination_begin_at_an_asset_of_the_register(client, bob, grace):
    from fairground.web.wealth.register.actions import registers
    from fairground.web.wealth.register.models import Asset

    facts = {"title": "Stoke property", "body": "Stoke", "place_code": STOKE, "keeper": "council"}
    register = registers.set_up(by=bob, **facts)
    hall = Asset.objects.create(register=register, name="Fenton Hall", address="2 Kiln Lane", council_id="F7")
    client.force_login(bob)
    address = f"{HOME}open/?asset={hall.pk}"
    assert "Fenton Hall" not in page(client, address)  # a register that is not published shows nothing
    registers.publish(register, by=bob)
    assert "Fenton Hall" in page(client, address)
    sent = {"procedure": "consultation", "place": STOKE, "title": hall.name, "owner_kind": "council"}
    at = client.post(address, {**sent, "asset": hall.pk, "token": uuid.uuid4()}).headers["Location"]
    assert f"/wealth/property/register/assets/{hall.pk}/" in page(client, at)
    client.force_login(grace)
    assert "Fenton Hall" in page(client, "/wealth/property/nominate/", asset=hall.pk)
    assert page(client, "/wealth/property/nominate/", asset="no")
    page(client, "/wealth/property/nominate/kind/", asset=hall.pk)
    for slug, told in STEPS:
        if slug == "what":
            assert 'value="2 Kiln Lane"' in page(client, "/wealth/property/nominate/what/")
        named = {"title": hall.name} if slug == "what" else {}
        client.post(f"/wealth/property/nominate/{slug}/", {**told, **named})
    client.post("/wealth/property/nominate/send/", {"token": uuid.uuid4(), "true": "on"})
    assert Case.objects.filter(asset=hall).count() == 2


def test_a_council_sets_the_periods_that_its_own_policy_may_set_and_no_others(client, bob, today):
    client.force_login(bob)
    sent = {"procedure": "asset-transfer", "place": STOKE, "title": "The old baths", "token": uuid.uuid4(),
            "owner_kind": "unknown", "length-asset-transfer-answer-interest": "4"}  # fmt: skip
    body = page(client, f"{HOME}open/")
    assert "The council answers the expression of interest: weeks" in body
    assert "length-acv-2011" not in body
    folded = '<details class="govuk-details"><summary'
    assert folded in body[: body.index('name="length-')]
    for wrong, said in (
        ({"length-asset-transfer-decide": "0"}, "Give a whole number of months"),
        ({"length-consultation-representations": "3"}, "This is for another kind of case"),
    ):
        answer = client.post(f"{HOME}open/", {**sent, **wrong})
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert '<details class="govuk-details" open>' in answer.content.decode()
    at = client.post(f"{HOME}open/", sent).headers["Location"]
    case = Case.objects.get()
    assert case.lengths == {"answer-interest": {"number": 4, "unit": "weeks", "counts": "after"}}
    day = {"kind": "express-interest", "day": "2026-10-01", "token": uuid.uuid4()}
    assert client.post(f"{at}record/", day).status_code == 302
    assert "29 October 2026" in page(client, at)
