"""Two places side by side, as the command sets them, and what cannot be compared."""

import json

import pytest
from click.testing import CliRunner

from fairground.cli import fairground
from fairground.errors import BadInput
from fairground.questions.opportunity import greenspace, near_spot
from fairground.questions.opportunity.compare import Side, compare


def side(doggerby, name, at, *, preset="there-and-back", rule="ipprn"):
    streets = doggerby / "town.osm.pbf"
    green = greenspace.check(streets, at=at, rule_id=rule)
    return Side(name, green, near_spot.check(streets, at=at, preset=preset))


@pytest.mark.slow
def test_each_figure_is_that_of_the_place_itself_and_the_difference_is_exact(doggerby):
    one, other = side(doggerby, "A", (54.62, 2.0)), side(doggerby, "B", (54.618, 2.001))
    found = compare(one, other).value
    rows = {(row.name, row.unit): row for row in found.rows}
    green = rows["Green space, on foot", "metres"]
    assert (green.first_place, green.second_place) == (one.green.value["metres"], other.green.value["metres"])
    food = rows["Food shop, on foot", "minutes"]
    assert food.second_less_first == food.second_place - food.first_place
    assert found.of == "doors"


def test_the_other_way_round_every_difference_turns_its_sign(doggerby):
    one, other = side(doggerby, "A", (54.62, 2.0)), side(doggerby, "B", (54.618, 2.001))
    there = [row.second_less_first for row in compare(one, other).value.rows]
    back = [row.second_less_first for row in compare(other, one).value.rows]
    assert there == [None if row is None else -row for row in back]


@pytest.mark.parametrize("differently", [{"preset": "sustrans"}, {"rule": "ags-local"}])
def test_places_that_were_asked_differently_are_not_compared(doggerby, differently):
    one, other = side(doggerby, "A", (54.62, 2.0)), side(doggerby, "B", (54.62, 2.0), **differently)
    with pytest.raises(BadInput, match="same way"):
        compare(one, other)


def test_the_command_compares_two_doors_and_wants_each_thing_twice(doggerby):
    streets = ["--streets", str(doggerby / "town.osm.pbf")]
    line = ["opportunity", "compare", *streets, *streets, "--at", "54.62,2.0", "--at", "54.618,2.001"]
    shown = CliRunner().invoke(fairground, [*line, "--json"], catch_exceptions=False)
    assert json.loads(shown.stdout)["value"]["first"] == "54.62,2.0"
    alone = CliRunner().invoke(fairground, line[:4])
    assert alone.exit_code != 0
    assert "twice" in str(alone.exception) + alone.output
