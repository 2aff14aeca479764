"""Which letters go to which part of the place, and what the engine expects of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.web.power.juries.first_stage import Part, as_kept, read_parts, write_parts

PARTS = "Hanley, 900, 2, 1.8\nTunstall; 600; 1\nThe hills\t300\t4"


def page(jury):
    return f"/power/juries/{jury.round.slug}/office/letters/parts/"


def test_lines_are_read_as_people_write_them():
    assert read_parts(PARTS) == [
        Part("Hanley", 900, 2.0, 1.8),
        Part("Tunstall", 600, 1.0, 1.0),
        Part("The hills", 300, 4.0, 1.0),
    ]


@given(st.lists(st.builds(
    Part, st.text("abcdef", min_size=1, max_size=6), st.integers(1, 9999), st.integers(1, 100).map(float),
    st.integers(1, 9).map(float),
), max_size=5, unique_by=lambda one: one.name))  # fmt: skip
def test_parts_that_are_written_are_read_again_and_kept_as_they_are(parts):
    assert read_parts(write_parts(parts)) == parts
    assert [Part(*one) for one in as_kept(parts)] == parts


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Hanley, 900", "Line 1"), ("Hanley, 900, 2\nX, many, 2", "Line 2"), ("Hanley, 0, 2", "Line 1"),
        ("Hanley, 900, 0", "Line 1"), ("Hanley, 900, 101", "Line 1"), ("Hanley, 900, nan", "Line 1"),
        ("Hanley, 900, 2\nhanley, 30, 2", "there twice"),
    ],
)  # fmt: skip
def test_a_line_that_says_nothing_is_named(typed, said):
    with pytest.raises(BadInput, match=said):
        read_parts(typed)


@pytest.mark.django_db
def test_an_officer_sees_the_pool_to_expect_and_everyones_chance_from_end_to_end(client, jury, bob):
    client.force_login(bob)
    sent = {"letters": "1200", "parts": PARTS, "way_to_share": "evened"}
    assert client.post(page(jury), sent).status_code == 302
    shown = client.get(page(jury))
    stage = shown.context["stage"]
    letters = {one["row"].part_of_place: one["letters"] for one in stage.parts}
    assert sum(letters.values()) == 1200
    assert letters["Tunstall"] / 600 > letters["The hills"] / 300, "where fewer answer, more letters go"
    jurors = sum(
        one["row"].of_address * addresses for one, addresses in zip(stage.parts, (900, 600, 300), strict=True)
    )
    assert jurors == pytest.approx(6, abs=0.01), "all chances of addresses together are the jury"
    over = client.get(f"/power/juries/{jury.round.slug}/office/letters/").content.decode()
    assert stage.headline in over.replace("&#x27;", "'")


@pytest.mark.django_db
def test_more_letters_than_addresses_are_refused_and_nobody_else_plans_them(client, jury, bob, alice):
    client.force_login(bob)
    sent = {"letters": "1801", "parts": PARTS, "way_to_share": "equal"}
    wrong = client.post(page(jury), sent)
    assert wrong.status_code == 400
    assert "letters" in wrong.context["form"].errors
    client.force_login(alice)
    assert client.post(page(jury), sent | {"letters": "5"}).status_code == 403
