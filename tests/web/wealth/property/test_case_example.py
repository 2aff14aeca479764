"""The made-up cases of the demo: one in every stage of every procedure, on any day, and made once."""

from datetime import date

import pytest

from fairground.wealth.property import procedures
from fairground.web.audit.actions import verify
from fairground.web.wealth.property import kept
from fairground.web.wealth.property.example import load
from fairground.web.wealth.property.models import Case

pytestmark = pytest.mark.django_db


def stages(rules):
    """Return each state that a track of a procedure can come to, beside the track."""
    events = [{kind.track: kind.to, **kind.sets, **kind.resets} for kind in rules.events]
    found = {pair for moved in (*events, *(one.at_end for one in rules.periods)) for pair in moved.items()}
    return {(rules.id, *pair) for pair in found - set(rules.tracks.items())}


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2028, 2, 29)])
def test_the_demo_has_a_case_in_every_stage_of_every_procedure_on_any_day(day, today):
    today(day)
    load()
    count = Case.objects.count()
    load()
    assert Case.objects.count() == count
    reached = {
        (case.procedure, *pair)
        for case in Case.objects.select_related("edition")
        for pair in kept.followed(case, day).states
    }
    assert set().union(*map(stages, procedures())) - reached == set()
    assert all(case.fictional for case in Case.objects.all())
    assert len(set(Case.objects.values_list("place_code", flat=True))) == 3
    assert verify()[1] is None
