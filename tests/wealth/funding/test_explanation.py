"""The factor split: exact products, pounds that add up, and what cannot be split."""

from dataclasses import replace
from fractions import Fraction
from math import log, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import BadInput, NotFound
from fairground.wealth.funding import Areas, Column, Formula, Weighted, explain
from fairground.wealth.funding.explanation import whole
from tests.wealth.funding.worlds import worlds

ONE = Formula((Weighted("hardship", Fraction(1)),), 300_000)
TOWNS = Areas(("a", "b"), ("Ash", "Beech"), ("r", "r"), (1000, 1000), (Column("hardship", (2.0, 1.0)),))


def test_need_alone_explains_two_towns():
    """Ash gets £2 a person and Beech £1; the average is £1.50, so need adds 50p and takes 50p."""
    ash, beech = (explain(ONE, TOWNS, code=code) for code in "ab")
    assert (ash.per_head, ash.mean, ash.ratio) == (200, 150, Fraction(4, 3))
    assert [(p.id, p.pence_per_head) for p in ash.parts if p.pence_per_head] == [("need", 50)]
    assert [(p.id, p.pence_per_head) for p in beech.parts if p.pence_per_head] == [("need", -50)]
    assert [(one.id, one.pence_per_head) for one in ash.indicators] == [("hardship", 50)]


def test_a_floor_is_told_apart_from_what_others_floors_cost():
    """Need 1.5 and 0.5: £2.25 and 75p. A floor of 0.9 lifts Beech to £1.35, and Ash pays 60p of its £2.25."""
    formula = replace(ONE, floor=Fraction(9, 10))
    towns = replace(TOWNS, indicators=(Column("hardship", (3.0, 1.0)),))
    ash, beech = (explain(formula, towns, code=code) for code in "ab")
    assert ash.pence == 165_000
    assert [part.ratio for part in ash.parts] == [Fraction(3, 2), 1, 1, Fraction(165, 225), 1, 1]
    assert [part.ratio for part in beech.parts] == [
        Fraction(1, 2), 1, 1, Fraction(165, 225), Fraction(135, 55), 1,
    ]  # fmt: skip
    assert ash.parts[3].pence_per_head == round(15 * log(165 / 225) / log(1.1))
    assert sum(p.pence_per_head for p in beech.parts) == 135 - 150


@settings(deadline=None)
@given(worlds(), st.data())
def test_the_parts_add_up_to_the_penny_and_need_to_its_indicators(world, data):
    formula, areas = world
    code = data.draw(st.sampled_from(areas.codes))
    found = explain(formula, areas, code=code)
    assert sum(part.pence_per_head for part in found.parts) == round(found.per_head - found.mean)
    assert sum(one.pence_per_head for one in found.indicators) == found.parts[0].pence_per_head
    assert prod(part.ratio for part in found.parts) == found.ratio
    assert all((part.ratio >= 1) or part.pence_per_head <= 1 for part in found.parts)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_whole_parts_add_up_and_none_is_off_by_one_or_more(parts):
    total = round(sum(parts))
    found = whole(parts, total=total)
    assert sum(found) == total
    assert all(abs(a - b) <= 1 for a, b in zip(found, parts, strict=True))


def test_a_place_without_a_share_is_refused():
    with pytest.raises(NotFound, match="You gave 'z'"):
        explain(ONE, TOWNS, code="z")
    with pytest.raises(BadInput, match="gets nothing"):
        explain(replace(ONE, pot=0), TOWNS, code="a")
