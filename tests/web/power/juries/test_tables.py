"""A messy table of volunteers is read, looked at, taken in whole, and can be turned back."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairground.errors import BadInput
from fairground.report.sheet_file import table_ods

pytestmark = pytest.mark.django_db

MESSY = """\ufeffID;First name;Surname;E-mail;Address 1;Post code;age;TOWN
007; Ann ;Ash;ann@example.org;1 Kiln St;st1 5rq;under 40;hanley
008;Bo;Birch;;2 Kiln St;ST1 5RQ;40 OR OVER;Elsewhere
008;Bo;Birch;;2 Kiln St;ST1 5RQ;40 OR OVER;Elsewhere

009;Cy;Cole;cy@example.org;;;Under 40; Elsewhere
"""


def at(jury, rest=""):
    return f"/power/juries/{jury.round.slug}/office/pool/take-in/{rest}"


def send(client, jury, text, name="pool.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(at(jury), {"file": SimpleUploadedFile(name, content), "way": "post"})


def sealed(page):
    return re.search(r'name="sealed" value="([^"]+)"', page.content.decode()).group(1)


@pytest.fixture
def officer(client, bob):
    client.force_login(bob)
    return client


def test_columns_of_which_nothing_is_kept_are_said_and_a_postcode_gets_its_space(officer, jury):
    from fairground.web.power.juries.told import read_all

    page = send(
        officer,
        jury,
        "id;name;email;postcode;shoe size;age;town\n1;Al;al@example.org;st15rq;9;under 40;hanley\n",
    )
    assert "columns of which nothing is kept: shoe size" in page.content.decode()
    done = officer.post(at(jury, "confirm/"), {"sealed": sealed(page)})
    assert done["Location"].endswith("/office/pool/"), "what was taken in is looked at next"
    assert [one.postcode for _, one in read_all(jury)] == ["ST1 5RQ"]


def test_a_messy_table_is_looked_at_then_taken_in_once_and_turned_back(officer, jury):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.juries.models import TakenIn
    from fairground.web.power.juries.told import read_all

    page = send(officer, jury, MESSY)
    text = page.content.decode()
    assert "3 people would be taken in" in text
    assert "Left out, 1 row: the same row again." in text
    assert "Ash" not in text
    assert not jury.volunteers.exists()
    for _ in range(2):
        officer.post(at(jury, "confirm/"), {"sealed": sealed(page)})
    told = [one for _, one in read_all(jury)]
    assert [(one.name, one.postcode) for one in told] == [
        ("Ann Ash", "ST1 5RQ"), ("Bo Birch", "ST1 5RQ"), ("Cy Cole", ""),
    ]  # fmt: skip
    assert told[0].values == {"Age": "Under 40", "Town": "Hanley"}
    assert {one.way for one in jury.volunteers.all()} == {"post"}
    table = TakenIn.objects.get()
    assert AuditEvent.objects.get(action="pool.table").facts == {"people": 3}
    for _ in range(2):
        officer.post(at(jury, f"{table.pk}/undo/"))
    assert not jury.volunteers.exclude(sealed="").exists()
    assert AuditEvent.objects.get(action="pool.table.undo").facts == {"people": 3}
    assert (
        officer.post(at(jury, "confirm/"), {"sealed": sealed(send(officer, jury, MESSY))}).status_code == 302
    )
    assert jury.volunteers.exclude(sealed="").count() == 3


def test_a_spreadsheet_is_read_too_and_whoever_is_in_the_pool_is_left_out(officer, jury, volunteer):
    volunteer(jury, 1, name="Ann Ash", address="1 Kiln Street", postcode="ST1 5RQ")
    heads = ("id", "name", "phone", "address", "postcode", "Age", "Town")
    people = [
        ("1", "Ann Ash", "01782 000000", "1 Kiln St", "ST15RQ", "Under 40", "Hanley"),
        ("2", "Di Dale", "01782 000001", "2 Kiln St", "ST15RQ", "Under 40", "Hanley"),
    ]
    text = send(officer, jury, table_ods(heads, people, title="Pool"), "pool.ods").content.decode()
    assert "1 person would be taken in" in text
    assert "1 more is in the pool already" in text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1,,a@example.org,1 Kiln St,Under 40,Hanley", "row 2: there is no name"),
        ("1,Ann,,,Under 40,Hanley", "row 2: there is no email, no phone and no address"),
        ("1,Ann,a@,,Under 40,Hanley", "row 2: email: “a@” is not a whole"),
        ("1,Ann,a@example.org,1 Kiln St,Young,Hanley", "row 2, Age: “Young” is none of Under 40"),
        (f"1,{'A' * 99},a@example.org,1 Kiln St,Under 40,Hanley", "name has 99 letters"),
        ("1,Ann,,1 Kiln St,Under 40,Hanley\n2,ann,,1 kiln street,Under 40,Hanley", "rows 2 and 3 are one"),
    ],
    ids=["name", "way", "email", "answer", "long", "twice"],
)  # fmt: skip
def test_each_fault_is_named_by_its_row_and_nothing_is_kept(officer, jury, row, words):
    answer = send(officer, jury, f"id,name,email,address,Age,Town\n{row}\n")
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not jury.volunteers.exists()


def test_all_that_is_wrong_is_told_at_once_each_on_a_line(officer, jury):
    rows = (
        ",Ann,ann@example.org,Young,Hanley",
        "2,,,Under 40,Hanley",
        "3,Cy,cy@example.org,Under 40,Hanley",
        "4,cy,cy@example.org,Under 40,",
    )
    told = send(officer, jury, "id,name,email,age,town\n" + "\n".join(rows)).content.decode()
    for line in (
        "row 2 has no id",
        "row 5, Town: the cell is empty; it must be one of",
        "row 3: there is no name",
        "row 3: there is no email, no phone and no address",
        "rows 4 and 5 are one person: the same name and address",
    ):
        assert f"<br>- {line}" in told


def test_a_table_without_names_is_refused_in_one_line(officer, jury):
    told = send(officer, jury, "id,e-mail,age,town\n1,a@example.org,Under 40,Hanley\n").content.decode()
    assert "no such column: “name” or “full name”. Its columns are id, e-mail, age, town" in told
    assert "row 2" not in told


def test_a_table_of_a_form_needs_no_ids_and_may_have_remarks_in_its_headings(officer, jury):
    heads = "Timestamp,Your name (as on your letter),Tel (mobile),Age (years),Town *"
    page = send(
        officer, jury, f"{heads}\n9:01,Ann,01632 960000,33,Hanley\n9:02,Bo,01632 960001,Over 40,Hanley\n"
    )
    assert "row 3, Age: “Over 40” is none of" in page.content.decode()
    page = send(officer, jury, f"{heads}\n9:01,Ann,01632 960000,33,Hanley\n9:02,Bo,01632 960001,50,Hanley\n")
    assert [(one.name, one.phone) for one in page.context["read"].people] == [
        ("Ann", "01632 960000"), ("Bo", "01632 960001"),
    ]  # fmt: skip
    assert "columns of which nothing is kept: timestamp" in page.content.decode()


def test_people_may_have_volunteered_online_in_another_form(officer, jury):
    file = SimpleUploadedFile("pool.csv", MESSY.encode())
    page = officer.post(at(jury), {"file": file, "way": "online"})
    officer.post(at(jury, "confirm/"), {"sealed": sealed(page)})
    assert {one.way for one in jury.volunteers.all()} == {"online"}


def test_a_table_without_a_column_is_named(officer, jury):
    assert "Town" in send(officer, jury, "id,name,Age\n1,Ann,Under 40\n").content.decode()


def test_all_of_a_table_is_taken_in_or_none(jury, bob):
    from fairground.web.power.juries.actions.tables import take_in
    from fairground.web.power.juries.models import TakenIn
    from fairground.web.power.juries.told import Told

    good = Told("Ann", {"Age": "Under 40", "Town": "Hanley"}, email="a@example.org")
    bad = Told("Bo", {"Age": "Young", "Town": "Hanley"}, email="b@example.org")
    with pytest.raises(BadInput):
        take_in(jury, [good, bad], way="post", key="k", by=bob)
    assert not jury.volunteers.exists()
    assert not TakenIn.objects.exists()


def test_what_another_jury_or_nobody_sealed_is_refused(officer, jury, make_jury):
    other = make_jury(title="Another")
    for text in (sealed(send(officer, other, MESSY)), "x", "", "QUJD" * 9):
        page = officer.post(at(jury, "confirm/"), {"sealed": text}, follow=True)
        assert "This is not the table that you looked at" in page.content.decode()
    assert not jury.volunteers.exists()


def test_only_officers_of_the_jury_take_tables_in(client, jury, alice, charlie, bob):
    from fairground.web.power.juries.actions.tables import take_in

    table = take_in(jury, [], way="post", key="k", by=bob)
    for who in (alice, charlie):
        client.force_login(who)
        assert send(client, jury, MESSY).status_code == 403
        assert client.post(at(jury, "confirm/"), {"sealed": "x"}).status_code == 403
        assert client.post(at(jury, f"{table.pk}/undo/")).status_code == 403


def test_no_file_is_left_behind(officer, jury, tmp_path, monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    send(officer, jury, MESSY)
    assert list(tmp_path.iterdir()) == []


def test_the_page_names_the_columns_that_this_jury_needs(client, jury, bob):
    client.force_login(bob)
    text = client.get(at(jury)).content.decode()
    assert "“Age”, “Town”" in text
    assert f'href="/power/juries/{jury.round.slug}/office/"' in text


def test_rows_that_nobody_sees_in_the_spreadsheet_are_told(officer, jury):
    from tests.workbooks import xlsx

    heads = ["id", "name", "email", "age", "town"]
    rows = [[str(n), f"Al {n}", f"al{n}@example.org", "Under 40", "Hanley"] for n in (1, 2)]
    seen = xlsx({"S": [heads, *rows]})
    assert "cannot be seen in it" not in send(officer, jury, seen, "pool.xlsx").content.decode()
    page = send(officer, jury, hide_last_row(seen), "pool.xlsx")
    assert "1 row of the spreadsheet cannot be seen in it" in page.content.decode()
    assert len(page.context["read"].people) == 2


def hide_last_row(content):
    """Return a workbook of three rows whose last row is hidden."""
    old, new = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(new, "w") as packed:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b'<row r="3"', b'<row hidden="1" r="3"')
            packed.writestr(name, part)
    return new.getvalue()
