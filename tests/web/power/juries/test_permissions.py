"""What somebody may do is asked once for a page, and says the same as asking for each deed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def test_all_deeds_at_once_are_those_that_are_allowed_one_by_one(jury, bob, charlie, make_user):
    from fairground.web.power.juries.permissions import BY_NAME, deeds, may

    office = make_user("office", "officer")
    found = {who: deeds(who, jury) for who in (bob, charlie, office)}
    assert {who: len(names) for who, names in found.items()} == {bob: len(BY_NAME), charlie: 0, office: 2}
    for who, names in found.items():
        assert names == {name for name in BY_NAME if may(who, name, jury)}


def test_the_officers_page_asks_for_roles_a_few_times_and_not_once_for_each_tool(client, jury, bob):
    client.force_login(bob)
    page = f"/power/juries/{jury.round.slug}/office/"
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(page).status_code == 200
    assert sum("participation_roundrole" in one["sql"] for one in asked.captured_queries) <= 4
