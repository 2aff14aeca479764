"""The draw of a later rotation counts what earlier rotations gave: leximin over past and present chances."""

import pytest

pytestmark = pytest.mark.django_db
PEOPLE = 10


@pytest.fixture
def second(standing, volunteer, fill, bob, facts):
    """The second rotation, after a first one whose younger people had a smaller chance: there were more."""
    from fairground.web.power.standing.actions import rotations

    first = standing.rotations.get().jury
    for n in range(101, 125, 2):
        volunteer(first, n)
    fill(first)
    rotations.begin(standing, by=bob)
    return rotations.next_rotation(standing, by=bob, **facts)


def waiting(rotation):
    """Return what told volunteers of the first rotation apart who were not drawn, with their numbers."""
    from fairground.web.power.lots.models import Seat

    first = rotation.standing.rotations.get(number=1).jury
    drawn = set(Seat.objects.filter(jury=first).values_list("volunteer__number", flat=True))
    every = [*range(101, 125, 2), *range(30)]
    return [(n, number) for number, n in enumerate(every, start=1) if number not in drawn]


@pytest.fixture
def uneven(opened, volunteer):
    """The second rotation, in whose pool are people who were not drawn at the first, and new ones."""
    waited = [*waiting(opened)[:PEOPLE], *waiting(opened)[-PEOPLE:]]
    for n, _ in waited:
        volunteer(opened.jury, n)
    return opened, waited


def sealed(rotation, fill, first=500):
    from fairground.questions.power.lottery_file import read_lottery
    from fairground.web.power.lots import bridge
    from fairground.web.power.lots.models import standing

    fill(rotation.jury, first, accept=False)
    draw = standing(rotation.jury)[0]
    return draw, read_lottery(bridge.council(draw), "lottery")


def first_chances(rotation):
    from fairground.web.power.lots import bridge
    from fairground.web.power.lots.models import standing
    from fairground.web.power.standing.bridge import chances_in

    first = standing(rotation.standing.rotations.get(number=1).jury)[0]
    assert bridge.council(first)
    return {int(number): chance for number, chance, _ in chances_in(first)}


def test_what_somebody_had_beyond_an_equal_chance_is_that_of_the_first_rotation_and_new_people_have_nought(
    uneven, fill
):
    rotation, waited = uneven
    had = first_chances(rotation)
    equal = sum(had.values()) / len(had)
    assert max(had.values()) - min(had.values()) > 0.01, "else the test shows nothing"
    _, held = sealed(rotation, fill)
    ahead = {int(p.id): p.ahead for p in held.pool.volunteers}
    for at, (_, number) in enumerate(waited, start=1):
        assert ahead[at] == pytest.approx(had[number] - equal, abs=2e-6)
    assert set(list(ahead.values())[len(waited) :]) == {0.0}


def test_the_lottery_raises_the_lowest_sum_of_past_and_present_chances_as_the_command_does(uneven, fill):
    from fairground.power.juries import select, verify
    from fairground.web.power.lots import bridge

    rotation, _ = uneven
    draw, held = sealed(rotation, fill)
    again = select(held.pool, held.quotas)
    totals = sorted(held.chances[p.id] + p.ahead for p in held.pool.volunteers)
    same = sorted(c + p.ahead for c, p in zip(again.chances, held.pool.volunteers, strict=True))
    assert totals == pytest.approx(same, abs=1e-6)
    seen = verify(held.pool, held.quotas, held.juries, held.weights, held.chances, held.levels)
    assert not seen.faults
    assert seen.gap < 1e-6
    words = " ".join(bridge.proof_words(draw.proof))
    assert "less than an equal chance at earlier rotations" in words
    assert "counts past and present chances together" in words


def test_the_two_files_of_such_a_draw_are_drawn_and_counted_again_by_the_commands(uneven, fill, tmp_path):
    from fairground.web.power.lots import bridge
    from tests.web.power.lots.test_draw import command

    rotation, _ = uneven
    draw, _ = sealed(rotation, fill)
    for name, text in (("public", bridge.public_file(draw)), ("council", bridge.council(draw))):
        (tmp_path / name).write_text(text)
    assert set(command("redraw", str(tmp_path / "public"))["panel"]) == set(draw.codes)
    assert command("verify", str(tmp_path / "council"))["gap"] < 1e-6


def test_a_rule_that_is_not_leximin_and_a_jury_that_does_not_rotate_count_no_past(
    uneven, make_jury, volunteer
):
    from fairground.web.power.lots.bridge import _asked
    from fairground.web.power.standing.chances import ahead

    alone = make_jury(title="Alone")
    volunteer(alone, 1)
    assert ahead(alone) == {}
    pool, _ = _asked(uneven[0].jury, [], 2, first=True)
    assert {p.ahead for p in pool.volunteers} == {0.0}


def test_who_moved_is_known_again_and_two_of_one_pool_are_never_taken_for_one(opened, volunteer):
    from fairground.web.power.standing.chances import ahead

    n = waiting(opened)[0][0]
    moved, _ = volunteer(opened.jury, n, address="1 Elsewhere Lane")
    alike, _ = volunteer(opened.jury, n, key="other", address="2 Elsewhere Lane")
    new, _ = volunteer(opened.jury, 90)
    found = ahead(opened.jury)
    assert found[str(moved.number)] != 0.0
    assert found[str(alike.number)] == found[str(new.number)] == 0.0


def test_what_is_withdrawn_or_erased_is_forgotten(uneven):
    from fairground.web.power.juries.actions.erasure import erase
    from fairground.web.power.juries.actions.volunteers import withdraw
    from fairground.web.power.standing.chances import ahead

    rotation, waited = uneven
    first = rotation.standing.rotations.get(number=1).jury
    before = ahead(rotation.jury)
    assert before["1"] != 0.0
    withdraw(first.volunteers.get(number=waited[0][1]))
    after = ahead(rotation.jury)
    assert after["1"] == 0.0
    assert {k: v for k, v in after.items() if k != "1"} == {k: v for k, v in before.items() if k != "1"}
    erase(first)
    assert set(ahead(rotation.jury).values()) == {0.0}


def test_a_volunteer_reads_what_their_earlier_chances_were_on_their_own_page(client, opened, volunteer, fill):
    n = waiting(opened)[0][0]
    codes = [volunteer(opened.jury, at)[1] for at in (n, 400)]
    fill(opened.jury, 500)
    mine = f"/power/juries/{opened.jury.round.slug}/mine/"
    for code, told in zip(codes, (True, False), strict=True):
        client.post(mine, {"code": code})
        assert ("This draw counts past and present chances" in client.get(mine).content.decode()) == told
        client.post(f"{mine}leave/")


def test_numbers_of_fewer_than_five_people_are_not_told():
    from fairground.questions.power.jury_draws import proof_steps

    facts = {"name": "Leximin", "does": "raises", "lowest": 0.1, "highest": 0.2, "places": 1, "people": 5,
             "gap": None, "juries": 3, "numbered": 10, "rounding": 0.0, "unreachable": 0}  # fmt: skip
    codes = [
        [step.code for step in proof_steps(facts | {"behind": n, "most_behind": 0.1})] for n in (0, 4, 5)
    ]
    assert [("lots.behind-few" in one, "standing.behind" in one) for one in codes] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
