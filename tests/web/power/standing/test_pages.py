"""The pages of a standing jury: what everyone sees, what officers do, and which numbers are not told."""

import pytest

pytestmark = pytest.mark.django_db


def test_everyone_sees_its_rotations_once_its_first_jury_is_published(client, second):
    page = client.get(f"/power/juries/standing/{second.standing.slug}/").content.decode()
    assert "Rotation 1" in page
    assert "Rotation 2" not in page, "its jury is not published"
    assert "For officers" not in page
    for at in ("/power/juries/standing/", "/places/stoke-on-trent/"):
        assert second.standing.slug in client.get(at).content.decode()


def test_a_standing_jury_whose_jury_is_not_published_is_not_found(client, make_jury, bob):
    from fairground.web.power.standing.actions import rotations

    made = rotations.make_standing(
        make_jury(published=False), by=bob, title="Quiet", summary="Q", leave=2, cooling=0
    )
    assert client.get(f"/power/juries/standing/{made.slug}/").status_code == 404
    assert b"Quiet" not in client.get("/power/juries/standing/").content


def test_an_officer_goes_the_whole_way_by_forms(client, jury, fill, bob):
    client.force_login(bob)
    at = f"/power/juries/{jury.round.slug}/office/"
    assert b"Let this jury stay" in client.get(at).content
    wrong = client.post(f"{at}standing/", {"title": "S", "summary": "S", "leave": "9", "cooling": "1"})
    assert wrong.status_code == 400
    made = client.post(f"{at}standing/", {"title": "Our jury", "summary": "S", "leave": "2", "cooling": "1"})
    own = made["Location"]
    assert own == "/power/juries/standing/our-jury/"
    page = client.post(f"{own}begin/", follow=True).content.decode()
    assert "0 of 6 have said yes" in page
    fill(jury)
    assert "The rotation has begun" in client.post(f"{own}begin/", follow=True).content.decode()
    form = client.get(f"{own}next/").content.decode()
    assert "Our jury, rotation 2" in form
    assert "How many people sit" not in form
    sent = {
        "title": "Our jury, rotation 2", "summary": "S", "question": "Q?", "remit": "R", "decider": "D",
        "answer_by": "2040-01-01", "registration_opens": "2039-01-01", "registration_closes": "2039-02-01",
        "erase_on": "2041-01-01",
    }  # fmt: skip
    office = client.post(f"{own}next/", sent, follow=True).content.decode()
    assert "The rotation is set up" in office
    assert "Rotation 2: being set up" in client.get(own).content.decode()
    assert "Do you want to end" in client.get(f"{own}end/").content.decode()
    assert "has ended" in client.post(f"{own}end/", follow=True).content.decode()


@pytest.mark.parametrize("part", ["next/", "end/", "begin/"])
def test_others_do_not_reach_the_officers_pages(client, second, make_user, part):
    client.force_login(make_user("otto"))
    way = client.post if part == "begin/" else client.get
    assert way(f"/power/juries/standing/{second.standing.slug}/{part}").status_code in (403, 404)


def test_no_number_and_no_difference_tells_of_fewer_than_five():
    import itertools
    import random

    from fairground.web.power.standing.bridge import ever

    kept = [["Age", name, 0, 60, None] for name in ("Young", "Middle", "Old")]
    chance = random.Random(5)
    shown_at_all = 0
    for _ in range(300):
        drawn = []
        for _ in range(4):
            drawn.append([["Age", name, chance.randrange(0, 12)] for name in ("Young", "Middle", "Old")])
        rows = ever(kept, 60, drawn)
        for row in rows:
            told = [many for many in row.after if many is not None]
            shown_at_all += len(told)
            assert all(many >= 5 for many in told)
            assert all(b - a >= 5 for a, b in itertools.pairwise(told))
        for at in range(4):
            hidden = [row for row in rows if row.after[at] is None]
            assert len(hidden) != 1, "the total would tell it"
    assert shown_at_all > 500
