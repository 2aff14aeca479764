"""The made-up jury of the demo."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_made_up_jury_has_a_pool_from_which_a_jury_can_be_drawn():
    from fairground.power.juries import select
    from fairground.web.power.juries import example
    from fairground.web.power.juries.bridge import pool_read, quotas_of
    from fairground.web.power.juries.models import Jury

    example.load()
    example.load()
    jury = Jury.objects.get(round__slug=example.SLUG)
    read = pool_read(jury)
    assert len(read.pool.volunteers) == 300
    assert min(select(read.pool, quotas_of(jury)).chances) > 0
