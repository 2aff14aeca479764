"""Units that stay the same: mergers are one unit, the parts of a divided county too."""

import pytest

from fairground import places
from fairground.errors import NotFound

PRINCIPAL = {
    "county council", "district council", "unitary council", "metropolitan borough council",
    "London borough council", "City of London Corporation",
}  # fmt: skip


def codes(*, ended):
    return [b.area_code for b in places.bodies() if b.type in PRINCIPAL and (ended or b.end is None)]


def test_the_councils_of_today_are_317_units():
    assert len(set(places.stable(codes(ended=False)).values())) == 317


def test_with_those_of_2010_three_divided_counties_join_their_successors():
    units = set(places.stable(codes(ended=True)).values())
    assert sorted(unit for unit in units if len(unit) > 1) == [
        ("E06000058", "E06000059"), ("E06000061", "E06000062"), ("E06000063", "E06000064"),
    ]  # fmt: skip
    assert len(units) == 314


def test_each_unit_holds_every_code_once_whatever_the_order():
    every = codes(ended=True)
    assert places.stable(every) == places.stable(every[::-1])
    units = set(places.stable(every).values())
    assert sum(map(len, units)) == len({code for unit in units for code in unit})


def test_districts_without_their_county_do_not_join():
    found = places.stable(["E07000026", "E07000027"])
    assert found == {"E07000026": ("E06000063",), "E07000027": ("E06000064",)}


def test_an_unknown_code_is_named_with_its_row():
    with pytest.raises(NotFound) as told:
        places.stable(["E06000021", "E06999999"])
    assert told.value.row == 2
