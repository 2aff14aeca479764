"""Letters: planned, with codes that are shown once, a square, and a second one where the first got lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairground.errors import BadInput
from tests.web.power.juries.test_volunteering import at as volunteering

pytestmark = pytest.mark.django_db

LIST = "Address;Area\n1 Kiln Street, Stoke;North\n<b>2</b> Kiln Street;South\n3 Kiln Street;North\n"


def at(jury, rest=""):
    return f"/power/juries/{jury.round.slug}/office/letters/{rest}"


def send(client, jury, text=LIST):
    return client.post(at(jury), {"file": SimpleUploadedFile("list.csv", text.encode()), "number": ""})


def codes(page):
    return [one.code for one in page.context["pages"]]


@pytest.fixture
def officer(client, bob):
    client.force_login(bob)
    return client


def test_a_letter_for_each_address_with_its_code_and_square_and_no_address_is_kept(officer, jury):
    from django.db import connection

    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.juries.actions.volunteers import letter_of

    page = send(officer, jury)
    text = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert text.count('class="fg-qr"') == 3
    assert "&lt;b&gt;2&lt;/b&gt; Kiln Street" in text
    assert "Would you sit on the Town square jury?" in text
    assert [letter_of(jury, code).number for code in codes(page)] == [1, 2, 3]
    assert [(one.area, one.times) for one in jury.letters.all()] == [("North", 1), ("South", 1), ("North", 1)]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = repr(cursor.fetchall())
            assert "Kiln Street" not in kept
            assert not any(code in kept for code in codes(page))
    assert AuditEvent.objects.get(action="jury.letters.make").facts == {"letters": 3, "second": 0}


def test_the_square_holds_the_code_where_no_browser_sends_it(officer, jury, settings):
    from urllib.parse import urlsplit

    from fairground.web.power.juries.letters import address_of

    code = codes(send(officer, jury))[0]
    address = urlsplit(address_of(jury, code))
    assert f"{address.scheme}://{address.netloc}" == settings.SITE_ADDRESS
    assert (address.path, address.query, address.fragment) == (volunteering(jury), "", f"letter={code}")


def test_a_second_letter_makes_the_first_one_void(officer, jury):
    from fairground.web.power.juries.actions.volunteers import letter_of

    first = codes(send(officer, jury))
    second = codes(send(officer, jury, "address,letter\n3 Kiln Street,3\n4 Kiln Street,\n"))
    with pytest.raises(BadInput, match="No letter of this jury has this code"):
        letter_of(jury, first[2])
    assert [letter_of(jury, code).number for code in second] == [3, 4]
    assert letter_of(jury, first[0]).number == 1
    assert jury.letters.get(number=3).times == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("address,letter\n1 Kiln Street,9\n", "No letter has this number"),
        ("address,letter\n1 Kiln Street,1\n1 Kiln Street,1\n", "No letter has this number"),
        ("address,letter\n1 Kiln Street,x\n", "row 2"),
        ("address,area\n,North\n", "A letter needs an address"),
        ("street,area\n1,North\n", "no such column"),
    ],
)
def test_a_wrong_list_makes_no_letter_and_the_fault_is_named(officer, jury, text, words):
    answer = send(officer, jury, text)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not jury.letters.exists()


def test_letters_without_addresses_are_made_by_number(officer, jury):
    page = officer.post(at(jury), {"number": "2"})
    assert len(codes(page)) == 2
    assert "Dear residents of this address" in page.content.decode()
    for wrong in ("0", "20001", ""):
        assert officer.post(at(jury), {"number": wrong}).status_code == 400


def test_the_words_of_a_letter_are_kept_and_a_gap_that_nothing_fills_is_named(officer, jury):
    facts = {"letters": "600", "answering": "4", "sender": "Juno", "contact": "01782 000000"}
    answer = officer.post(at(jury, "plan/"), facts | {"words": "Dear $adress"})
    assert answer.status_code == 400
    assert "$adress" in answer.content.decode()
    assert officer.post(at(jury, "plan/"), facts | {"words": "Come! $contact $$5"}).status_code == 302
    text = officer.get(at(jury)).content.decode()
    assert "600 letters bring about 24 volunteers for 6 seats" in text
    assert "That takes about 1800 letters" in text
    assert "Come! 01782 000000 $5" in officer.post(at(jury), {"number": "1"}).content.decode()


def test_which_letters_were_answered_is_known_by_number_and_area(officer, jury, volunteer):
    code = codes(send(officer, jury))[1]
    volunteer(jury, 1, code=code)
    assert "3 letters made, 1 answered" in officer.get(at(jury)).content.decode()
    lines = officer.get(at(jury, "letters.csv")).content.decode("utf-8-sig").splitlines()
    assert [line.rsplit(",", 1)[1] for line in lines] == ["volunteers", "0", "1", "0"]


@pytest.mark.parametrize("rest", ["", "plan/", "letters.csv"])
def test_only_officers_of_the_jury_make_letters(client, jury, alice, charlie, rest):
    for who in (alice, charlie):
        client.force_login(who)
        assert client.get(at(jury, rest)).status_code == 403
        assert client.post(at(jury, rest), {"number": "1"}).status_code == 403
    assert not jury.letters.exists()


def test_a_thousand_letters_are_made_at_once(jury, bob, django_assert_max_num_queries):
    from fairground.web.power.juries.actions.letters import Addressed, make_letters

    with django_assert_max_num_queries(1100):
        made = make_letters(jury, [Addressed(f"{n} Kiln Street") for n in range(1000)], by=bob)
    assert len({code for _, code in made}) == 1000
