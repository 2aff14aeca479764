"""The audit log can only be added to, and shows any change."""

import dataclasses
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from fairground.web.audit import actions
from fairground.web.audit.chain import START, Link, digest, first_break
from fairground.web.audit.models import AuditEvent

KNOWN = "de8c833b8278c3ebcf640e8b5296f9c4e90aba9584c83d3ac92a6f37c172d254"


def chain(count):
    links, previous = [], START
    for n in range(1, count + 1):
        link = Link(n, datetime(2026, 1, 1, tzinfo=UTC), "system", "test.act", "", {"n": n}, previous)
        previous = digest(link)
        links.append((link, previous))
    return links, previous


@given(st.integers(1, 12), st.data())
def test_a_changed_event_is_named(count, data):
    links, last = chain(count)
    at = data.draw(st.integers(0, count - 1))
    links[at] = (dataclasses.replace(links[at][0], facts={"n": -1}), links[at][1])
    _, broken = first_break(links, head_sequence=count, head_digest=last)
    assert broken.sequence == at + 1


@given(st.integers(1, 12), st.data())
def test_a_removed_event_is_named(count, data):
    links, last = chain(count)
    at = data.draw(st.integers(0, count - 1))
    del links[at]
    _, broken = first_break(links, head_sequence=count, head_digest=last)
    assert broken.sequence == at + 1


def test_a_whole_chain_has_no_break():
    links, last = chain(5)
    assert first_break(links, head_sequence=5, head_digest=last) == (5, None)


def test_the_digest_of_a_known_event_does_not_change_between_versions():
    link = Link(1, datetime(2026, 1, 1, tzinfo=UTC), "system", "test.act", "", {"n": 1}, START)
    assert digest(link) == KNOWN


def test_events_are_recorded_in_order_and_verify(alice):
    actions.record("test.act", by=alice, subject="x", amount="12.30")
    count, broken = actions.verify()
    assert broken is None
    assert count == AuditEvent.objects.count() > 0
    assert AuditEvent.objects.last().actor == str(alice.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditevent SET action = 'x'", "DELETE FROM audit_auditevent"]
)
def test_the_database_itself_refuses_to_change_the_past(statement):
    from django.db import connection

    actions.record("test.act", by=None)
    with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
        connection.cursor().execute(statement)


def test_no_event_holds_an_email_address(alice, bob):
    assert not any("@" in line for line in actions.export())
