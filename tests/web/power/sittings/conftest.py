"""A jury of six in Stoke that has met once, with Bob as its officer."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.web.power.juries.conftest import jury, make_jury, volunteer

__all__ = ["jury", "make_jury", "volunteer"]
NASTY = "<script>alert('1')</script> & =1+1"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def session_facts(**more):
    start = timezone.now() - timedelta(days=2)
    facts = {
        "title": "Learning 1", "starts_at": start, "ends_at": start + timedelta(hours=6),
        "where": "Town hall, Glebe Street", "agenda": "10:00 Welcome", "access": "No steps", "watch": "",
    }  # fmt: skip
    return facts | more


@pytest.fixture
def make_session(bob):
    from fairground.web.power.sittings.actions import sessions

    def make(jury, *, seats=(), **more):
        made = sessions.add_session(jury, by=bob, **session_facts(**more))
        if seats:
            sessions.attend(made, seats, by=bob)
            made.refresh_from_db()
        return made

    return make


@pytest.fixture
def session(jury, make_session):
    return make_session(jury, seats=(1, 2, 3, 5, 6))


def sent(content=PDF, name="paper.pdf"):
    return SimpleUploadedFile(name, content)


def package(first=None, *names):
    """Return a ZIP file whose first member is `mimetype` with these bytes, where there are any."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if first is not None:
            made.writestr("mimetype", first)
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.fixture
def recommend(jury, bob):
    """Return a function that writes down a recommendation, voted on at the session, where there is one."""
    from fairground.web.power.sittings.actions import recommendations as acts

    def go(session=None, votes=(4, 1, 0), **more):
        facts = {"title": "Night buses", "words": "Run them.", "reasons": "People work at night."}
        made = acts.add_recommendation(jury, by=bob, **facts | more)
        if session is not None:
            acts.vote(made, by=bob, session=session, **dict(zip(acts.VOTE, votes, strict=True)))
            made.refresh_from_db()
        return made

    return go


@pytest.fixture
def report(jury, session, recommend, bob):
    """Return the published report of a jury: one recommendation adopted, one not."""
    from fairground.web.power.sittings.actions.recommendations import publish_report

    recommend(session)
    recommend(session, votes=(2, 3, 0), title="Free buses")
    return publish_report(jury, by=bob)


def today():
    return timezone.localdate()


def answer_facts(**more):
    told = {
        "kind": "accepted", "reason": "It is right", "will_do": "Six roads",
        "by_when": today() + timedelta(days=90), "given_by": "Cabinet", "decided_on": today(),
    }  # fmt: skip
    return told | more


@pytest.fixture
def one(jury, report):
    return jury.recommendations.first()


@pytest.fixture
def respond(one, bob):
    from fairground.web.power.sittings.actions.answers import respond

    return lambda **more: respond(one, by=bob, **answer_facts(**more))


@pytest.fixture
def follow(one, bob):
    from fairground.web.power.sittings.actions.answers import follow_up

    def go(**more):
        told = {"day": today(), "state": "partly", "words": "Four of six", "who": "The bus team"}
        return follow_up(one, by=bob, **told | more)

    return go
