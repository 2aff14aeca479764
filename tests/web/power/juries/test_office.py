"""What officers see and do with a pool: counts, one person at a time, a table; and nobody else anything."""

import io
import zipfile

import pytest
from django.test import Client

from fairground.errors import BadInput
from tests.web.power.juries.test_volunteering import own_code

pytestmark = pytest.mark.django_db


def pool(jury, rest=""):
    return f"/power/juries/{jury.round.slug}/office/pool/{rest}"


@pytest.fixture
def full(jury, volunteer):
    for n in range(12):
        volunteer(jury, n)
    return jury


@pytest.fixture
def officer(client, bob):
    client.force_login(bob)
    return client


def entry(jury, **more):
    from fairground.web.power.juries.person_forms import EntryForm

    form = EntryForm(jury=jury, initial={})
    facts = {name: field.choices[0][0] for name, field in form.fields.items() if name[0] == "q"}
    return {
        "key": "k", "way": "phone", "name": "=Ivy <script>alert(1)</script>", "address": "9 Marl Close",
        "postcode": "ST1 5RQ", "email": "", "phone": "01782 000000", "needs": "", "letter_code": "",
    } | facts | more  # fmt: skip


def test_the_pool_is_shown_against_the_place_and_a_jury_can_be_drawn(officer, full):
    text = officer.get(pool(full)).content.decode()
    assert "12 people are in the pool for 6 seats" in text
    assert "can be drawn" in text
    assert text.count("<svg") == 2


def test_who_is_missing_is_named_with_ways_to_mend_the_targets(officer, jury, volunteer):
    for n in range(0, 16, 2):
        volunteer(jury, n)
    text = officer.get(pool(jury)).content.decode()
    assert "Age, Under 40: 3 too few for the jury" in text
    assert "Ways to mend it" in text
    assert "Age, Under 40: 0 to 3, instead of 3 to 3" in text


def test_an_empty_pool_says_so(officer, jury):
    assert "Nobody has volunteered yet" in officer.get(pool(jury)).content.decode()


def test_names_stand_on_no_list_and_each_opened_record_is_written_down(officer, full):
    from fairground.web.audit.models import AuditEvent

    for rest in ("", "people/"):
        assert "Vera" not in officer.get(pool(full, rest)).content.decode()
    assert not AuditEvent.objects.filter(action="pool.open").exists()
    assert "Vera Volunteer 2" in officer.get(pool(full, "people/3/")).content.decode()
    assert AuditEvent.objects.get(action="pool.open").facts == {"number": 3}


def test_somebody_is_found_by_part_of_a_name_and_the_log_does_not_say_whom(officer, full):
    from fairground.web.audit.models import AuditEvent

    text = officer.post(pool(full, "people/"), {"words": "volunteer 11"}).content.decode()
    assert "1 found" in text
    assert "Open number 12" in text
    assert AuditEvent.objects.get(action="pool.find").facts == {"found": 1}
    assert officer.post(pool(full, "people/"), {"words": "x"}).status_code == 400


def test_an_officer_writes_somebody_down_once_and_tells_the_code(officer, jury):
    from fairground.web.power.juries.actions.volunteers import by_code
    from fairground.web.power.juries.models import Volunteer

    code = own_code(officer.post(pool(jury, "write-down/"), entry(jury)))
    person = Volunteer.objects.get()
    assert by_code(jury, code) == person
    assert (person.way, person.entered_by.email) == ("phone", "bob@example.org")
    assert "sent before" in officer.post(pool(jury, "write-down/"), entry(jury)).content.decode()
    answer = officer.post(pool(jury, "write-down/"), entry(jury, key="other"))
    assert answer.status_code == 400
    assert "volunteered already" in answer.content.decode()
    assert Volunteer.objects.count() == 1


def test_words_of_a_volunteer_are_words_on_every_page(officer, jury):
    officer.post(pool(jury, "write-down/"), entry(jury))
    for rest in ("people/1/", "people/1/change/"):
        text = officer.get(pool(jury, rest)).content.decode()
        assert "&lt;script&gt;" in text
        assert "<script>alert" not in text


def test_an_officer_corrects_renews_a_code_and_withdraws(officer, full):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.juries.actions.volunteers import by_code
    from fairground.web.power.juries.person_forms import PersonForm
    from fairground.web.power.juries.told import read

    three = full.volunteers.get(number=3)
    facts = PersonForm.first(full, read(three)) | {"name": "New Name", "postcode": "ST1 5RQ"}
    assert officer.post(pool(full, "people/3/change/"), facts).status_code == 302
    three.refresh_from_db()
    assert read(three).name == "New Name"
    assert officer.post(pool(full, "people/3/code/"), {"sure": ""}).status_code == 400
    assert by_code(full, own_code(officer.post(pool(full, "people/3/code/"), {"sure": "on"}))) == three
    assert officer.post(pool(full, "people/3/withdraw/"), {"sure": "on"}).status_code == 302
    three.refresh_from_db()
    assert three.sealed == ""
    assert officer.get(pool(full, "people/3/")).status_code == 404
    said = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"jury.volunteer.change", "jury.volunteer.code", "jury.volunteer.withdraw"} <= said


def test_a_table_has_no_names_unless_there_is_a_reason(officer, full):
    from fairground.web.audit.models import AuditEvent

    plain = officer.post(pool(full, "table/"), {"format": "csv", "names": "no"})
    assert plain.content.decode("utf-8-sig").splitlines()[:2] == [
        "Number,Age,Town,Home",
        "1,40 or over,Elsewhere,1",
    ]
    assert officer.post(pool(full, "table/"), {"format": "csv", "names": "yes"}).status_code == 400
    named = officer.post(pool(full, "table/"), {"format": "csv", "names": "yes", "reason": "Letters go out"})
    assert "vera3@example.org" in named.content.decode()
    assert "named-pool" in named["Content-Disposition"]
    told = [event.facts for event in AuditEvent.objects.filter(action="pool.export").order_by("pk")]
    assert told == [{"people": 12, "names": False}, {"people": 12, "names": True, "reason": "Letters go out"}]


def test_no_cell_of_a_table_is_a_formula(officer, jury):
    from fairground.spreadsheets import text_of

    officer.post(pool(jury, "write-down/"), entry(jury))
    why = {"names": "yes", "reason": "To print labels"}
    assert "\"'=Ivy" in officer.post(pool(jury, "table/"), {"format": "csv", **why}).content.decode() or (
        "'=Ivy" in officer.post(pool(jury, "table/"), {"format": "csv", **why}).content.decode()
    )
    ods = officer.post(pool(jury, "table/"), {"format": "ods", **why}).content
    assert "formula" not in zipfile.ZipFile(io.BytesIO(ods)).read("content.xml").decode()
    assert "=Ivy <script>" in text_of(ods, "pool.ods", "Number")[0]


ALONE = ("", "change/", "withdraw/", "code/")


@pytest.mark.parametrize(
    "rest", ["", "people/", *(f"people/3/{one}" for one in ALONE), "table/", "write-down/"]
)
def test_no_office_and_no_stranger_sees_or_does_any_of_it(full, alice, charlie, rest):
    for who in (alice, charlie):
        browser = Client()
        browser.force_login(who)
        for answer in (browser.get(pool(full, rest)), browser.post(pool(full, rest), {"sure": "on"})):
            assert answer.status_code == 403
    assert Client().get(pool(full, rest)).status_code == 302
    assert full.volunteers.exclude(sealed="").count() == 12


def test_an_erased_pool_is_said_to_be_so(officer, full):
    from fairground.web.power.juries.actions.erasure import erase

    erase(full)
    for rest in ("", "people/", "table/"):
        assert "The pool is erased" in officer.get(pool(full, rest)).content.decode()
    assert officer.get(pool(full, "people/3/")).status_code == 404
    assert officer.post(pool(full, "write-down/"), entry(full)).status_code == 400


def test_looking_for_a_letter_or_two_is_refused(full, bob):
    from fairground.web.power.juries.actions.office import find

    with pytest.raises(BadInput, match="three letters"):
        find(full, " a ", by=bob)
