"""Balls and dice: every jury is equally likely, and what cannot have been thrown is refused."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.power.juries import DRAW_WAYS, draw_way, number_chosen, throws_of

FACES = {way.id: range(way.least, way.least + way.faces) for way in DRAW_WAYS if way.faces}


def slow_twin(way, throw, number):
    """Go through all throws in the order of reading and count; balls of noughts are read last."""
    order = list(product(FACES[way], repeat=throws_of(way, number)))
    if way == "balls":
        order = order[1:] + order[:1]
    return order.index(throw) + 1


@pytest.mark.parametrize("way", FACES)
@pytest.mark.parametrize("number", [1, 5, 6, 7, 10, 36, 99, 200, 216])
def test_every_jury_is_chosen_by_one_throw_and_the_others_are_thrown_again(way, number):
    times = Counter()
    for throw in product(FACES[way], repeat=throws_of(way, number)):
        text, said = " ".join(map(str, throw)), slow_twin(way, throw, number)
        if said > number:
            with pytest.raises(BadInput, match="throw all of it again"):
                number_chosen(way, [text], number)
        else:
            times[number_chosen(way, [text], number)] += 1
            assert number_chosen(way, [text], number) == said
    assert times == Counter(range(1, number + 1))


@given(st.integers(1, 5000), st.sampled_from(sorted(FACES)))
def test_the_fewest_balls_or_dice_are_used(number, way):
    faces, many = draw_way(way).faces, throws_of(way, number)
    assert faces**many >= number
    assert many == 1 or faces ** (many - 1) < number


@pytest.mark.parametrize(
    ("way", "throw"),
    [("balls", "4 1"), ("balls", "4 1 7 2"), ("balls", "10 1 7"), ("balls", "x17"), ("balls", ""),
     ("dice", "0 1 1 1"), ("dice", "7 1 1 1"), ("dice", "1 1 1"), ("balls", "٤١٧"), ("dice", "1.5 1 1 1")],
)  # fmt: skip
def test_what_cannot_have_been_thrown_is_refused(way, throw):
    with pytest.raises(BadInput, match="cannot be"):
        number_chosen(way, [throw], 1000)


def test_nothing_is_thrown_after_a_number_that_chooses():
    with pytest.raises(BadInput, match="nothing is thrown after it"):
        number_chosen("balls", ["4 1 7", "2 2 2"], 1000)


def test_nothing_thrown_chooses_nothing():
    with pytest.raises(BadInput, match="Nothing was thrown yet"):
        number_chosen("dice", [], 1000)
