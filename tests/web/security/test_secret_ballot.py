"""Who voted how: with the secret it can be worked out, without it nothing in the database joins them."""

import hashlib
import hmac
import re

import pytest
from django.db import connection

from fairground.web.ballots.actions import cast, close, destroy_secret
from fairground.web.ballots.models import Ballot
from fairground.web.ballots.roll import voter_by_code
from tests.web.ballots.conftest import later, letters, make_paper, paper
from tests.web.ballots.papers import ticks

__all__ = ["later", "letters", "make_paper", "paper"]
pytestmark = pytest.mark.django_db
VOTERS = ("1", "2", "3")


def everything():
    """Return every value of every row of every table, as text, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = [[str(value) for value in row] for row in cursor.fetchall()]
    return found


def joined(tables, letters):
    """Return the voters whom whoever holds roll, letters and the whole database can join to a ballot."""
    cells = [cell for rows in tables.values() for row in rows for cell in row]
    words = {word for cell in cells for word in re.findall(r"\w+", cell)}
    keys = {bytes.fromhex(word) for word in words if re.fullmatch(r"[0-9a-f]{64}", word)}
    keys |= {word.encode() for word in words}
    names = {number: (f"roll:{number}", letters[number], f"code|{letters[number]}") for number in VOTERS}
    return {
        number
        for number, ways in names.items()
        for way in ways
        for key in keys
        if hmac.new(key, way.encode(), hashlib.sha256).hexdigest() in PSEUDONYMS
        or hashlib.sha256(way.encode()).hexdigest() in PSEUDONYMS
    }


PSEUDONYMS = set()


@pytest.fixture
def voted(paper, letters):
    for number in VOTERS:
        voter = voter_by_code(paper, letters[number])
        cast(paper=paper, voter=voter, marks=ticks(city=["park"]), key=f"k{number}")
    PSEUDONYMS.clear()
    PSEUDONYMS.update(Ballot.objects.values_list("pseudonym", flat=True))
    return paper


def test_an_officers_press_after_the_close_ends_every_way_from_a_voter_to_a_ballot(
    voted, letters, bob, later, client
):
    assert joined(everything(), letters) == set(VOTERS), "until then those who run the computer can"
    later(61)
    close(paper=voted, by=bob)
    client.force_login(bob)
    client.post(f"/ballots/{voted.round.slug}/office/destroy/", {"sure": "on"})
    after = everything()
    assert joined(after, letters) == set()
    left = "\n".join(cell for rows in after.values() for row in rows for cell in row)
    assert "High Street" not in left
    assert "TS10" not in left
    assert not any(code in left for code in letters.values())
    assert Ballot.objects.count() == 3, "the ballots stay"


def test_no_table_but_that_of_ballots_names_a_pseudonym_and_no_event_or_row_beside_it_has_a_time(voted):
    for table, rows in everything().items():
        text = "\n".join(cell for row in rows for cell in row)
        if table != "ballots_ballot":
            assert not any(one in text for one in PSEUDONYMS), table
        if table in ("ballots_ballot", "ballots_revision", "ballots_rollentry"):
            assert not re.search(r"\d{4}-\d\d-\d\d", text), table


def test_what_is_sent_out_of_a_vote_names_no_pseudonym_and_no_voter(voted, bob, later, client):
    from fairground.web.results.actions import count, publish

    later(61)
    outcome = count(paper=voted, by=bob)
    publish(outcome=outcome, by=bob)
    slug = voted.round.slug
    client.force_login(bob)
    for address in (
        f"/ballots/{slug}/log.json",
        f"/ballots/{slug}/log/",
        f"/ballots/{slug}/office/",
        f"/power/budgeting/{slug}/result/bundle.json",
        f"/power/budgeting/{slug}/result/result.json",
        f"/power/budgeting/{slug}/result/result.csv",
        f"/power/budgeting/{slug}/result/pots/city.pb",
        f"/power/budgeting/{slug}/office/report/",
    ):
        told = client.get(address).content.decode()
        assert not any(one in told for one in PSEUDONYMS), address
        assert "High Street" not in told


def test_a_secret_is_not_destroyed_before_the_close_nor_by_a_stranger(voted, bob, charlie):
    from django.core.exceptions import PermissionDenied

    from fairground.errors import BadInput

    with pytest.raises(BadInput, match="Close the vote first"):
        destroy_secret(paper=voted, by=bob)
    with pytest.raises(PermissionDenied):
        destroy_secret(paper=voted, by=charlie)
