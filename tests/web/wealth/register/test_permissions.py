"""Who may do what in a register, as one table; and Charlie, who may not, at every page of the office."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from fairground.errors import BadInput
from fairground.web.wealth.register.actions import assets, contributions, imports, registers, taking_in
from fairground.web.wealth.register.models import Asset, AssetChange
from fairground.web.wealth.register.permissions import DEEDS, may, may_create
from tests.web.wealth.register.test_pages import HOME, REGISTER

pytestmark = pytest.mark.django_db
TABLE = {  # deed: who may, of bob (officer there), mo (moderator), rita (anyone), charlie (another place's)
    "register.manage": {"bob"},
    "register.watch": {"bob", "mo"},
    "list.take_in": {"bob"},
    "asset.change": {"bob"},
    "contribution.decide": {"bob", "mo"},
    "contribution.send": {"bob", "mo", "rita", "charlie"},
}


def test_the_table_of_deeds_is_as_it_was_agreed(town):
    assert set(TABLE) == {deed.name for deed in DEEDS}
    for deed, allowed in TABLE.items():
        people = {
            name for name in ("bob", "mo", "rita", "charlie") if may(getattr(town, name), deed, town.register)
        }
        assert people == allowed, deed
        assert not may(AnonymousUser(), deed, town.register)


def test_a_role_counts_in_its_own_register_only_and_no_more_once_it_is_taken_back(town, make_user):
    nia = make_user("nia")
    given = registers.give_role(town.register, nia, "moderator", by=town.bob)
    other = registers.set_up(by=town.bob, title="Other", body="B", place_code="E06000003", keeper="council")
    assert may(nia, "contribution.decide", town.register)
    assert not may(nia, "contribution.decide", other)
    registers.take_role(given, by=town.bob)
    assert not may(nia, "contribution.decide", town.register)
    with pytest.raises(BadInput, match="last officer"):
        registers.take_role(other.roles.get(), by=town.bob)


def test_nobody_adds_to_a_register_that_is_not_published(town):
    town.register.published_at = None
    assert not may(town.rita, "contribution.send", town.register)
    assert may(town.bob, "list.take_in", town.register)


def test_groups_set_up_lists_of_the_community_and_offices_those_of_bodies(town, make_user):
    grace = make_user("grace", "group", "E06000003")
    assert may_create(grace, "E06000003", "community")
    assert not may_create(grace, "E06000003", "council")
    assert not may_create(town.rita, "E06000003", "community")
    assert not may_create(town.bob, "E06000021", "council")


@pytest.mark.slow
def test_no_action_lets_charlie_do_what_is_not_his(town, take_in):
    done = take_in()
    asset = Asset.objects.get(council_id="A1")
    photo = None
    assert photo is None
    for deed in (
        lambda by: registers.publish(town.register, by=by),
        lambda by: registers.give_role(town.register, by, "officer", by=by),
        lambda by: imports.send(town.register, by=by, name="a.csv", size=1, content=[b"x"]),
        lambda by: imports.confirm(done, by=by, columns={}, whole=True, dated=None),
        lambda by: imports.drop(done, by=by),
        lambda by: taking_in.undo(done, by=by, reason="No"),
        lambda by: assets.change(asset, by=by, values={"name": "Mine"}, reason="No"),
        lambda by: assets.add_document(asset, by=by, title="T", address="https://example.org"),
        lambda by: contributions.decide(
            contributions.send(town.register, by=town.rita, kind="knowledge", asset=asset, words="x"),
            by=by, accepted=True, reason="No",
        ),
    ):  # fmt: skip
        for by in (town.charlie, town.rita):
            with pytest.raises(PermissionDenied):
                deed(by)
    assert not AssetChange.objects.exclude(field="added").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["office/", "office/lists/", "office/people/", "office/publish/", "office/lists/{sent}/",
     "office/lists/{sent}/undo/", "office/lists/{sent}/drop/"],
)  # fmt: skip
@pytest.mark.parametrize("who", ["charlie", "nobody"])
def test_no_page_of_the_office_opens_for_charlie_or_for_nobody(client, town, take_in, path, who):
    sent = take_in()
    address = REGISTER + path.format(sent=sent.pk)
    if who == "charlie":
        client.force_login(town.charlie)
        assert client.get(address).status_code in (403, 405)
        assert client.post(address, {"reason": "No"}).status_code == 403
    else:
        assert "/account/" in client.post(address, {"reason": "No"}).url
    assert Asset.objects.filter(hidden_at=None).count() == 3


@pytest.mark.slow
def test_what_somebody_sent_is_seen_by_its_author_and_those_who_check_only(client, town, take_in):
    take_in()
    asset = Asset.objects.get(council_id="A1")
    sent = contributions.send(town.register, by=town.rita, kind="knowledge", asset=asset, words="x")
    for who, status in ((town.rita, 200), (town.mo, 200), (town.bob, 200), (town.charlie, 404)):
        client.force_login(who)
        assert client.get(f"{HOME}contributions/{sent.pk}/").status_code == status
    for path in ("decide/", "withdraw/", "appeal/"):
        assert client.post(f"{HOME}contributions/{sent.pk}/{path}").status_code == 404
    for path in ("change/", "document/"):
        assert client.post(f"{HOME}assets/{asset.pk}/{path}").status_code == 403
