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


def published(by):
    """Return all that everyone sees of these rotations: each draw's own table, and the sums of all so far."""
    from fairground.questions.power.small_counts import hidden
    from fairground.web.power.standing.bridge import ever

    names = [str(at) for at in range(len(by[0]))]
    kept = [["Age", name, 0, 60, None] for name in names]
    drawn = [[["Age", name, many] for name, many in zip(names, row, strict=True)] for row in by]
    rows = ever(kept, 60, drawn)
    return tuple(tuple(hidden(row)) for row in by), tuple(row.after for row in rows)


@pytest.mark.parametrize(
    ("values", "totals"), [(3, (9, 9)), (2, (12, 12, 12)), (2, (24, 8, 8)), (2, (30, 8, 8))]
)
def test_no_sum_of_rotations_beside_the_tables_of_their_draws_tells_of_fewer_than_five(values, totals):
    """Every possible set of rotations is published: each number under five could always be another."""
    import itertools
    from collections import defaultdict

    def rows(total):
        parts = itertools.product(range(total + 1), repeat=values - 1)
        return [(*one, total - sum(one)) for one in parts if sum(one) <= total]

    alike = defaultdict(list)
    for by in itertools.product(*map(rows, totals)):
        alike[published(by)].append(by)
    assert any(many is not None for _, after in alike for row in after for many in row[1:])
    for same in alike.values():
        for turn, value in itertools.product(range(len(totals)), range(values)):
            could = {by[turn][value] for by in same}
            assert len(could) > 1 or min(could) >= 5


def test_what_is_left_out_at_one_rotation_is_not_told_by_the_sum_after_the_next():
    (_, after) = published([(4, 6, 14), (8, 8, 8)])
    assert after == ((None, None), (None, None), (14, 22))


def test_sums_are_shown_once_the_same_values_were_left_out_twice_and_are_five_or_more():
    (_, after) = published([(4, 6, 14), (3, 7, 14), (8, 8, 8)])
    assert after == ((None, 7, 15), (None, 13, 21), (14, 28, 36))


def test_sums_are_not_shown_where_only_one_way_leads_to_them():
    (_, after) = published([(4, 26), (8, 0)])  # at most 4 at the first and 8 at the second: both are known
    assert after == ((None, None), (None, None))
