"""Bob is an officer of Stoke-on-Trent, Mo a moderator there, Grace a resident, Charlie is from elsewhere.

Time stands at 10 November 2026, so that a case may lie in the past and go on.
"""

from datetime import date

import pytest

STOKE = "E06000021"
TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let a test say what day it is, for all that counts days."""
    from django.utils import timezone

    held = {"day": TODAY}
    monkeypatch.setattr(timezone, "localdate", lambda *_: held["day"])

    def put(day):
        held["day"] = day

    return put


@pytest.fixture
def mo(make_user):
    return make_user("mo", "moderator")


@pytest.fixture
def grace(make_user):
    return make_user("grace")


@pytest.fixture
def new_case(bob):
    """Return a function that opens a case and records its events: (kind, day) or (kind, day, note)."""
    from fairground.web.wealth.property.actions.cases import open_case, record_event

    def make(procedure="acv-2011", *events, **facts):
        told = {"title": "The Jolly Potter", "where": "1 Hope Street, Hanley", **facts}
        case = open_case(by=bob, procedure=procedure, place_code=STOKE, **told)
        for kind, day, *note in events:
            record_event(case, by=bob, kind=kind, day=day, note=" ".join(note))
        return case

    return make


@pytest.fixture
def proposal(new_case):
    """Return a consultation that is open until 27 December 2026."""
    return new_case(
        "consultation",
        ("publish", date(2026, 11, 2)),
        title="Bethesda Hall",
        about="The hall is sold.",
    )


SALE = (
    ("nominate", date(2026, 1, 5)),
    ("list", date(2026, 2, 2)),
    ("notice-of-listing", date(2026, 2, 3)),
    ("notice-of-sale", date(2026, 10, 20)),
)
