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


def test_anybody_can_volunteer_for_the_made_up_jury_that_is_recruiting(client):
    from fairground.web.power.juries import example
    from fairground.web.power.juries.models import Jury
    from tests.web.power.juries.test_volunteering import answers, at

    example.load()
    jury = Jury.objects.get(round__slug=example.PARKS)
    assert jury.volunteers.count() == 60
    assert example.LETTER in client.get(f"/power/juries/{example.PARKS}/").content.decode()
    told = {"letter": {"code": example.LETTER}} | answers(jury)
    for name, typed in told.items():
        assert client.post(at(jury, f"{name}/"), typed).status_code == 302, name
    client.get(at(jury, "check/"))
    assert "Thank you" in client.post(at(jury, "check/"), follow=True).content.decode()


def test_the_finished_jury_shows_who_volunteered():
    from fairground.web.power.juries import example
    from fairground.web.power.juries.models import PublishedPool

    example.load()
    assert PublishedPool.objects.get().people == 300
