"""The made-up cases of the demo: whole, in every stage of every procedure, and made once."""

from datetime import date

import pytest

from fairground.wealth.property import procedures
from fairground.web.audit.actions import verify
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.example import load
from fairground.web.wealth.property.models import Case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2028, 2, 29)])
def test_the_demo_has_a_case_in_nearly_every_stage_of_every_procedure_on_any_day(day, today):
    today(day)
    load()
    count = Case.objects.count()
    load()
    assert Case.objects.count() == count >= 25
    reached = {(case.procedure, state) for case in Case.objects.select_related("edition")
               for _, state in kept.followed(case, day).states}  # fmt: skip
    for rules in procedures():
        wanted = {state for period in rules.periods for state in (*period.at_end.values(),)}
        wanted |= {kind.to for kind in rules.events}
        missing = {state for state in wanted if (rules.id, state) not in reached}
        assert len(missing) <= len(wanted) / 2, (rules.id, missing)
    assert all(case.fictional for case in Case.objects.all())
    assert verify()[1] is None
