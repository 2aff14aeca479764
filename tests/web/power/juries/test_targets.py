"""Officers edit whom the jury must hold, and see at once whether today's pool can give it."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db


def at(jury, rest=""):
    return f"/power/juries/{jury.round.slug}/office/targets/{rest}"


def rows(*told, do="check"):
    """Return a form with these rows: feature, value, share, least, most."""
    facts = {"form-TOTAL_FORMS": len(told) + 1, "form-INITIAL_FORMS": 0, "do": do}
    for n, one in enumerate(told):
        names = ("feature", "value", "share", "least", "most")
        facts |= {f"form-{n}-{name}": typed for name, typed in zip(names, one, strict=True)}
    return facts


AS_KEPT = (
    ("Age", "Under 40", "45", "3", "3"), ("Age", "40 or over", "55%", "3", "3"),
    ("Town", "Hanley", "", "2", "4"), ("Town", "Elsewhere", "", "2", "4"),
)  # fmt: skip


@pytest.fixture
def officer(client, bob):
    client.force_login(bob)
    return client


def test_rows_are_shown_as_they_are_kept_and_saved_as_they_are_typed(officer, jury):
    from fairground.web.power.juries.models import FeatureValue

    text = officer.get(at(jury)).content.decode()
    assert 'value="Under 40"' in text
    assert officer.post(at(jury), rows(*AS_KEPT, do="save")).status_code == 302
    kept = FeatureValue.objects.filter(feature__jury=jury).values_list("name", "share", "least", "most")
    assert list(kept.order_by("feature__position", "position")) == [
        ("Under 40", Decimal("0.45"), 3, 3), ("40 or over", Decimal("0.55"), 3, 3),
        ("Hanley", None, 2, 4), ("Elsewhere", None, 2, 4),
    ]  # fmt: skip
    assert 'value="45"' in officer.get(at(jury)).content.decode()
    assert jury.features.get(name="Age").question == "How old are you?"


def test_the_numbers_of_seats_are_filled_from_the_shares_and_nothing_is_saved(officer, jury):
    told = [("Sex", "Female", "51", "", ""), ("Sex", "Male", "49", "", "")]
    text = officer.post(at(jury), rows(*told, do="fill")).content.decode()
    assert "Not saved yet" in text
    assert text.count('value="3"') >= 1
    assert text.count('value="2"') >= 1
    assert [f.name for f in jury.features.all()] == ["Age", "Town"]


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=8), st.integers(1, 200))
def test_seats_from_shares_that_add_up_to_the_whole_can_always_be_filled(parts, size):
    from fairground.web.power.juries.target_forms import filled

    total = sum(parts)
    shares = [round(Decimal(part) / total, 6) for part in parts]
    shares[-1] = 1 - sum(shares[:-1])
    told = [
        {"feature": "F", "value": str(n), "share": s, "least": None, "most": None}
        for n, s in enumerate(shares)
    ]
    found = filled(told, size)
    assert sum(int(one["least"]) for one in found) <= size <= sum(int(one["most"]) for one in found)
    assert all(int(one["most"]) - int(one["least"]) <= 1 for one in found)


def test_checking_says_whether_todays_pool_can_give_a_jury_and_what_would_mend_it(officer, jury, volunteer):
    for n in range(12):
        volunteer(jury, n)
    assert "can be drawn" in officer.post(at(jury), rows(*AS_KEPT)).content.decode()
    tight = [*AS_KEPT[:2], ("Town", "Hanley", "", "0", "0"), ("Town", "Elsewhere", "", "6", "6")]
    text = officer.post(at(jury), rows(*tight)).content.decode()
    assert "No jury of 6 from these 12 people" in text
    assert "cannot be met together" in text
    assert "volunteers could then be drawn" in text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("Age", "", "", "1", "2"), "Row 5, answer: Name the answer"),
        (("", "Young", "", "", ""), "Row 5, feature: Name the feature"),
        (("Age", "Old", "101", "", ""), "is not a percentage"),
        (("Age", "Old", "much", "", ""), "is not a percentage"),
        (("Age", "Old", "", "-1", ""), "is not a whole number"),
        (("Age", "Old", "", "3", "2"), "The most cannot be below the least, 3"),
        (("age", "UNDER 40", "", "", ""), "This answer stands in row 1 too"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_box(officer, jury, told, words):
    answer = officer.post(at(jury), rows(*AS_KEPT, told, do="save"))
    assert answer.status_code == 400
    assert words in answer.content.decode().replace("&quot;", '"').replace("&#x27;", "'")


def test_targets_that_add_up_to_too_many_are_refused_in_words(officer, jury):
    told = [("Age", "Under 40", "", "4", "6"), ("Age", "40 or over", "", "4", "6")]
    for do, status in (("check", 200), ("save", 400)):
        answer = officer.post(at(jury), rows(*told, do=do))
        assert answer.status_code == status
        assert "their least numbers add up to 8" in answer.content.decode()


def test_targets_come_from_a_table_and_are_looked_at_before_they_are_saved(officer, jury):
    text = "Feature;Value;Min;Max;Share\nSex;Female;3;3;51%\nSex;Male;3;3;0.49\n"
    pasted = officer.post(at(jury, "table/"), {"pasted": text}).content.decode()
    file = SimpleUploadedFile("TARGETS.csv", text.encode())
    sent = officer.post(at(jury, "table/"), {"file": file}).content.decode()
    for page in (pasted, sent):
        assert "2 rows are read" in page
        assert 'value="51"' in page
        assert 'value="49"' in page
    assert [f.name for f in jury.features.all()] == ["Age", "Town"]
    wrong = officer.post(at(jury, "table/"), {"pasted": "feature,value,min,max\nSex,Female,x,3\n"})
    assert wrong.status_code == 400
    assert "row 2" in wrong.content.decode()
    assert officer.post(at(jury, "table/"), {"pasted": ""}).status_code == 400


def test_questions_change_until_somebody_answers_and_numbers_after_that(officer, jury, volunteer):
    words = {f"{what}{n}": f"{what} {n}" for n in (0, 1) for what in ("question", "hint", "source")}
    assert officer.post(at(jury, "questions/"), words).status_code == 302
    assert jury.features.get(name="Town").question == "question 1"
    volunteer(jury, 1)
    answer = officer.post(
        at(jury), rows(("Age", "Young", "", "3", "3"), ("Age", "Old", "", "3", "3"), do="save")
    )
    assert answer.status_code == 400
    assert "not the questions or the answers" in answer.content.decode()
    assert officer.post(at(jury), rows(*AS_KEPT, do="save")).status_code == 302


def test_an_office_edits_targets_but_sees_nothing_of_the_pool(client, jury, volunteer, alice, charlie):
    volunteer(jury, 1)
    client.force_login(alice)
    assert "these 1 people" not in client.post(at(jury), rows(*AS_KEPT)).content.decode()
    client.force_login(charlie)
    for rest in ("", "table/", "questions/"):
        assert client.get(at(jury, rest)).status_code == 403
        assert client.post(at(jury, rest), rows(*AS_KEPT, do="save")).status_code == 403


def test_rows_read_from_a_table_are_saved_from_the_page_that_shows_them(officer, jury):
    import re

    pasted = "feature,value,share,min,max\nSex,Female,51%,3,3\nSex,Male,49%,3,3\n"
    text = officer.post(at(jury, "table/"), {"pasted": pasted}).content.decode()
    to = re.search(r'<form method="post" action="([^"]+)"', text)[1]
    told = [("Sex", "Female", "51", "3", "3"), ("Sex", "Male", "49", "3", "3")]
    assert officer.post(to, rows(*told, do="save")).status_code == 302
    assert [feature.name for feature in jury.features.all()] == ["Sex"]


def test_more_rows_keep_what_was_typed_and_save_nothing(officer, jury):
    before = officer.get(at(jury)).content.decode().count('-feature"')
    told = [("Ward", f"Ward {n}", "10", "", "") for n in range(10)]
    text = officer.post(at(jury), rows(*told, do="more")).content.decode()
    assert all(f'value="Ward {n}"' in text for n in range(10))
    assert "Not saved yet" in text
    assert text.count('-feature"') > before
    assert [feature.name for feature in jury.features.all()] == ["Age", "Town"]
