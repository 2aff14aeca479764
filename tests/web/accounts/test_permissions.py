"""Each permission and role, as one table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from fairground.web.accounts.models import ENGLAND, Role
from fairground.web.accounts.permissions import BY_NAME, may
from tests.web.conftest import STOKE

TABLE = {
    "roles.manage": {"administrator"},
    "roles.see": {"administrator", "moderator", "board"},
    "awards.record": {"officer", "board", "administrator"},
    "formulas.register": {"officer", "board"},
    "requests.run": {"officer", "board", "administrator"},
    "words.moderate": {"moderator", "administrator"},
    "words.write": {"group", "officer", "board"},
    "rounds.join": {"resident", "group", "officer", "board", "moderator", "administrator"},
}


def test_the_table_lists_every_permission():
    assert set(TABLE) == set(BY_NAME)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_role_may_do_what_the_table_says_in_its_place_and_nothing_elsewhere(make_user, role):
    user = make_user(f"a-{role}", role)
    assert {name for name in TABLE if may(user, name, STOKE)} == {
        n for n, who in TABLE.items() if role in who
    }
    assert not any(may(user, name, "E06000002") for name in TABLE)


def test_a_role_in_england_counts_everywhere(make_user):
    assert may(make_user("eve", "administrator", ENGLAND), "roles.manage", "E06000002")


@pytest.mark.django_db
def test_nobody_signed_in_may_nothing():
    assert not any(may(AnonymousUser(), name, STOKE) for name in TABLE)
