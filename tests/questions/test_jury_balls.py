"""Balls or dice that give the number of a jury themselves, as was decided before; a sealed file looked at."""

import json

import pytest

from fairground.errors import BadInput
from fairground.evidence import Source
from fairground.power.juries import Pool, Quotas, Target, Volunteer
from fairground.questions.power import jury_checks, jury_draws
from fairground.questions.power.jury_draws import opened
from fairground.report import words

HALF = (Target("age", "young", 2, 2), Target("age", "old", 2, 2))
POOL = Pool(("age",), tuple(Volunteer(f"p{n}", ("young" if n < 6 else "old",)) for n in range(20)))
OWN = Source.own_file("balls.json", "0" * 64)


def sealed(way, juries=1000):
    return jury_draws.prepare(
        POOL, Quotas(4, HALF), secret="s" * 32, announced=["in the hall"], way=way, juries=juries
    )


@pytest.fixture(scope="module")
def balls():
    return sealed("balls")


def test_a_ball_that_says_417_means_jury_417(balls):
    drawn = opened(balls.public, "balls.json", ["4 1 7"]).drawn()
    assert (drawn.number, list(drawn.jury)) == (417, json.loads(balls.public)["numbered"][416])


def test_a_draw_made_again_names_the_method_that_gave_its_number(balls):
    thrown = jury_checks.again(opened(balls.public, "balls.json", ["4 1 7"]), OWN)
    valued = jury_checks.again(opened(sealed("values").public, "values.json", ["4 1 7"]), OWN)
    assert (thrown.method.id, valued.method.id) == ("jury-thrown-again", "jury-draw-again")


def test_both_files_name_the_same_jury(balls):
    number = {opened(text, "balls.json", ["0 0 0"]).number for text in (balls.public, balls.council)}
    assert number == {1000}


def test_the_way_is_a_part_of_the_seal(balls):
    by_values = sealed("values")
    assert json.loads(by_values.public)["numbered"] == json.loads(balls.public)["numbered"]
    assert by_values.seal != balls.seal


@pytest.mark.parametrize("way", [None, "dice"])
def test_a_way_that_was_changed_after_the_seal_is_found(balls, way):
    held = json.loads(balls.public)
    held.pop("way")
    if way:
        held["way"] = way
    lottery = opened(json.dumps(held), "balls.json", ["1 1 1 1"])
    assert not jury_checks.again(lottery, OWN).value.agree
    assert [wrong.what for wrong in jury_checks.look(lottery, OWN).value.rows] == ["seal"]


def test_the_councils_file_with_another_way_is_refused(balls):
    held = json.loads(balls.council) | {"way": "dice"}
    with pytest.raises(BadInput, match="not those of the seal"):
        opened(json.dumps(held), "lottery.json", ["1 1 1 1"]).drawn()


def test_a_sealed_file_is_counted_before_anything_has_chosen(balls):
    seen = jury_checks.look(opened(balls.public, "balls.json"), OWN)
    assert seen.value.agree
    assert "nothing has chosen its number yet" in " ".join(map(words.say, seen.steps))


def test_one_command_counts_and_says_who_was_drawn(balls):
    seen = jury_checks.look(opened(balls.council, "lottery.json", ["4 1 7"]), OWN)
    said = " ".join(map(words.say, seen.steps))
    assert seen.value.agree
    assert "jury number 417" in said
    assert "The balls “4 1 7” give number 417 itself" in said


def test_dice_are_thrown_again_until_they_name_a_jury():
    dice = sealed("dice")
    assert opened(dice.public, "dice.json", ["6 6 6 6", "1 1 3 2"]).number == 14
    with pytest.raises(BadInput, match="throw all of it again"):
        opened(dice.public, "dice.json", ["6 6 6 6"])


def test_two_officers_write_balls_down_in_any_spelling_but_in_order():
    assert jury_draws.same_values(["4, 1, 7"], ["417"], "balls")
    assert not jury_draws.same_values(["4 1 7"], ["1 4 7"], "balls")
    assert not jury_draws.same_values(["6 6 6 6", "1 1 1 1"], ["6 6 6 5", "1 1 1 1"], "dice")


def test_an_unknown_way_is_refused_before_anything_is_looked_for():
    with pytest.raises(BadInput, match="no such way to draw"):
        sealed("cards")
