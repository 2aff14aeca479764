"""Who may do what in the cases of a place: the whole table, role by deed, here and elsewhere."""

import pytest
from django.contrib.auth.models import AnonymousUser

from fairground.web.accounts.models import ENGLAND, Role
from fairground.web.wealth.property.permissions import DEEDS, may, may_see, places_of
from tests.web.wealth.property.conftest import STOKE

pytestmark = pytest.mark.django_db

OFFICE = {"officer", "administrator"}
EXPECTED = {
    "cases.read": {"everyone"},
    "cases.say": {"everyone"},
    "cases.nominate": {"signed-in"},
    "cases.watch": OFFICE | {"moderator"},
    "cases.check": OFFICE | {"moderator"},
    "cases.open": OFFICE,
    "cases.record": OFFICE,
    "cases.write": OFFICE,
    "cases.respond": OFFICE,
    "cases.close": OFFICE,
    "cases.remind": {"officer"},
}


def test_the_table_is_the_one_that_is_written_down_here():
    assert {deed.name for deed in DEEDS} == set(EXPECTED)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_each_role_may_do_just_what_the_table_says_here_and_nothing_elsewhere(role, make_user):
    here, elsewhere, national = (make_user(f"{role}{n}", role, place) for n, place in
                                 enumerate((STOKE, "E06000002", ENGLAND)))  # fmt: skip
    for name, roles in EXPECTED.items():
        for_all = bool(roles & {"everyone", "signed-in"})
        assert may(here, name, STOKE) == (for_all or role in roles), name
        assert may(national, name, STOKE) == (for_all or role in roles), name
        assert may(elsewhere, name, STOKE) == for_all, name
        assert may(AnonymousUser(), name, STOKE) == (roles == {"everyone"}), name
    assert places_of(here, "cases.open") == ([STOKE] if role in OFFICE else [])


def test_a_role_that_was_taken_back_counts_nothing(make_user, alice):
    from fairground.web.accounts.actions import revoke_role

    user = make_user("was", "officer")
    revoke_role(user.grants.get(), by=alice)
    assert not may(user, "cases.record", STOKE)


def test_a_case_that_is_not_public_is_seen_by_its_sender_and_those_who_check_it(
    new_case, bob, mo, grace, charlie
):
    case = new_case()
    type(case).objects.filter(pk=case.pk).update(published_at=None, opened_by=grace)
    case.refresh_from_db()
    assert [may_see(user, case) for user in (grace, bob, mo, charlie, AnonymousUser())] == [
        True, True, True, False, False,
    ]  # fmt: skip
