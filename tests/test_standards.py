"""A statutory number has a date, a unit and a reference."""

from datetime import date

import pytest

from fairground.errors import BadInput, DataProblem, NotFound
from fairground.standards import Dated, Standard, get


def standard(**changes):
    entry = {
        "id": "x",
        "name": "A moratorium",
        "unit": "weeks",
        "reference": "An Act, s. 1",
        "url": "",
        "values": (Dated(date(2012, 9, 21), 26), Dated(date(2026, 4, 29), 52)),
    }
    return Standard(**entry | changes)


def test_the_value_in_force_on_a_day_is_the_latest_that_has_begun():
    assert standard().on(date(2026, 4, 28)) == 26
    assert standard().on(date(2026, 4, 29)) == 52


def test_a_day_before_the_first_value_is_refused_and_the_first_day_named():
    with pytest.raises(BadInput, match="2012-09-21 or later"):
        standard().on(date(2000, 1, 1))


@pytest.mark.parametrize("part", ["name", "unit", "reference"])
def test_an_entry_without_name_unit_or_reference_is_refused(part):
    with pytest.raises(BadInput, match="needs a name, a unit and a reference"):
        standard(**{part: " "})


def test_an_entry_without_values_is_refused():
    with pytest.raises(BadInput, match="at least one dated value"):
        standard(values=())


def test_a_standard_that_does_not_exist_is_named():
    with pytest.raises(NotFound, match="No such standard"):
        get("fairground.wealth.funding", "nothing")


def test_a_package_that_keeps_no_standards_is_named():
    with pytest.raises(DataProblem, match="fairground\\.report"):
        get("fairground.report", "nothing")
