"""A lottery that is sealed before its number, and counts that may be published."""

import json
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.juries import Pool, Quotas, Target, Volunteer, code
from fairground.questions.power import jury_draws
from fairground.questions.power.lottery_file import read_lottery, seal_of
from fairground.questions.power.small_counts import hidden

HALF = (Target("age", "young", 2, 2), Target("age", "old", 2, 2))


def pool(young=6, old=14):
    people = [("young", n) for n in range(young)] + [("old", n) for n in range(old)]
    return Pool(("age",), tuple(Volunteer(f"{age}{n}", (age,)) for age, n in people))


@pytest.fixture(scope="module")
def sealed():
    return jury_draws.prepare(pool(), Quotas(4, HALF), secret="s" * 32, announced=["Lotto"])


def test_values_that_come_later_change_nothing_but_themselves(sealed):
    for text in (sealed.council, sealed.public):
        before, after = json.loads(text), json.loads(jury_draws.with_values(text, ["1 2 3"]))
        assert after.pop("public_values") == ["1 2 3"]
        assert before.pop("public_values") == []
        assert before == after


def test_the_seal_is_that_of_the_published_juries(sealed):
    held = read_lottery(sealed.public, "draw.json")
    assert held.resealed() == sealed.seal
    assert seal_of(held.numbered) != sealed.seal  # it is over the roll too


def test_a_sealed_lottery_without_values_cannot_be_drawn_from(sealed):
    with pytest.raises(BadInput, match="nothing has chosen its number yet"):
        read_lottery(sealed.public, "draw.json").drawn()


def test_everyone_finds_their_own_code_and_chance(sealed):
    own = jury_draws.own_line(sealed.council, "young3")
    assert own == (code("s" * 32, "young3"), pytest.approx(2 / 6))
    assert jury_draws.own_line(sealed.council, "nobody") is None


def test_a_draw_without_a_word_of_what_chooses_is_refused():
    for announced in ([], [" "]):
        with pytest.raises(BadInput, match="which public values"):
            jury_draws.prepare(pool(), Quotas(4, HALF), secret="s", announced=announced)


def test_a_way_out_moves_the_targets_of_the_whole_jury():
    rest, free = jury_draws.free_places(
        pool(2, 14), HALF, 4, drawn=["young0", "young1", "old0", "old1"], left=["young1"]
    )
    way = jury_draws.mendings(rest, free, HALF)[0]
    assert [(t.value, t.low, t.high) for t in way.targets] == [("young", 1, 2), ("old", 2, 3)]
    assert way.words == "age young: 2 to 2 becomes 1 to 2; age old: 2 to 2 becomes 2 to 3"
    again = jury_draws.free_places(
        pool(2, 14), way.targets, 4, drawn=["young0", "young1", "old0", "old1"], left=["young1"]
    )
    assert jury_draws.prepare(*again, secret="s", announced=["x"]).proof.places == 1


@given(st.lists(st.integers(0, 40), min_size=1, max_size=7))
def test_no_count_under_five_can_be_told_from_those_that_are_shown(counts):
    shown = hidden(counts)
    left_out = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert all(seen is None or (seen == count >= 5) for count, seen in zip(counts, shown, strict=True))
    assert not left_out or len(left_out) == len(counts) or (len(left_out) > 1 and sum(left_out) >= 5)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_a_count_that_is_left_out_could_be_another(counts):
    """Whoever knows the total and what is shown cannot work out any count under five."""
    shown = hidden(counts)
    at = [n for n, seen in enumerate(shown) if seen is None]
    if len(at) < 2:
        assert not at or len(counts) == 1
        return
    total = sum(counts[n] for n in at)
    fits = [guess for guess in product(range(total + 1), repeat=len(at)) if sum(guess) == total]
    assert total == 0 or all(len({guess[n] for guess in fits}) > 1 for n in range(len(at)))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_bands_hold_everyone_and_never_too_few(chances):
    bands = jury_draws.bands(chances)
    assert sum(band.people for band in bands) == len(chances)
    assert len(bands) <= 18
    assert all(band.people >= 5 for band in bands) or len(bands) == 1
    assert all(one.high <= other.low for one, other in pairwise(bands))


@pytest.mark.parametrize(
    ("people", "code"), [(0, None), (4, "lots.unreachable-few"), (5, "lots.unreachable")]
)
def test_how_many_can_be_on_no_jury_is_not_told_where_they_are_fewer_than_five(sealed, people, code):
    facts = {**vars(sealed.proof), "unreachable": people}
    codes = [step.code for step in jury_draws.proof_steps(facts) if "unreachable" in step.code]
    assert codes == ([code] if code else [])
