"""Whom the jury hears and why, who is not heard and why, what it read, what it asked."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fairground.errors import BadInput, Impossible
from tests.web.power.sittings.conftest import NASTY, PDF, sent

pytestmark = pytest.mark.django_db
HEARD = {"speaks_for": "Night workers", "interests": "none", "invited_by": "The council", "why": "They ride"}
PAPER = {
    "title": "Bus use", "summary": "Fewer ride.", "source": "The council", "year": 2025, "licence": "OGL 3.0",
}  # fmt: skip


@pytest.fixture
def sides(jury, bob):
    from fairground.web.power.sittings.actions.evidence import add_side

    return [add_side(jury, by=bob, name=name) for name in ("Riders", "Firms")]


@pytest.fixture
def ahead(jury, make_session):
    start = timezone.now() + timedelta(days=3)
    return make_session(jury, starts_at=start, ends_at=start + timedelta(hours=2))


@pytest.fixture
def suggested(jury, sides, ahead):
    from fairground.web.power.sittings.actions.evidence import suggest

    return suggest(
        jury, side=sides[0], speaks_for="Ida Secret of Kiln Street", name="Ida Secret", why="Rides"
    )


def form(side, **more):
    facts = {"token": uuid.uuid4(), "side": side.pk, "speaks_for": "A union", "name": "", "why": "They drive"}
    return facts | {"website": ""} | more


def test_anyone_suggests_somebody_without_an_account_and_nothing_of_it_is_shown(client, jury, sides, ahead):
    slug = jury.round.slug
    same = form(sides[1], speaks_for=NASTY)
    for _ in range(2):
        assert client.post(f"/power/juries/{slug}/hearing/suggest/", same).status_code == 302
    assert jury.witnesses.count() == 1
    assert "alert(" not in client.get(f"/power/juries/{slug}/hearing/").content.decode()


def test_machines_and_floods_are_stopped(client, jury, sides, ahead, monkeypatch):
    from fairground.web.power.sittings.actions import evidence

    page = f"/power/juries/{jury.round.slug}/hearing/suggest/"
    assert client.post(page, form(sides[0], website="https://spam.example")).status_code == 400
    for _ in range(6):
        assert client.post(page, form(sides[0])).status_code == 302
    assert "Wait" in client.post(page, form(sides[0])).content.decode()
    monkeypatch.setattr(evidence, "MOST_WAITING", 6)
    with pytest.raises(BadInput, match="Very many"):
        evidence.suggest(jury, side=sides[0], speaks_for="x", why="y")


def test_nobody_is_suggested_once_the_jury_has_met(client, jury, sides, session):
    page = f"/power/juries/{jury.round.slug}/hearing/suggest/"
    assert client.get(page).status_code == 404
    assert client.post(page, form(sides[0])).status_code == 404


def test_who_is_accepted_is_shown_with_side_interests_and_why_and_named_only_if_they_agreed(
    client, jury, suggested, ahead, bob
):
    from fairground.web.power.sittings.actions.evidence import accept

    accept(suggested, by=bob, **HEARD, session=ahead)
    page = client.get(f"/power/juries/{jury.round.slug}/hearing/").content.decode()
    assert "Somebody who speaks for Night workers" in page
    assert "Ida Secret" not in page
    assert "Nobody speaks yet for: Firms" in page
    accept(suggested, by=bob, named=True)
    assert "Ida Secret" in client.get(f"/power/juries/{jury.round.slug}/hearing/").content.decode()


@pytest.mark.parametrize("missing", ["interests", "invited_by", "why", "speaks_for"])
def test_nobody_is_accepted_without_declared_interests_inviter_and_reason(suggested, bob, missing):
    from fairground.web.power.sittings.actions.evidence import accept

    with pytest.raises(BadInput) as told:
        accept(suggested, by=bob, **{**HEARD, missing: " "})
    assert told.value.field == missing
    suggested.refresh_from_db()
    assert suggested.standing == "suggested"


def test_of_who_is_not_heard_only_the_side_and_the_reason_are_kept(client, jury, suggested, bob):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.sittings.actions.evidence import accept, refuse

    with pytest.raises(BadInput):
        refuse(suggested, by=bob, reason=" ")
    refuse(suggested, by=bob, reason="Two riders speak already")
    page = client.get(f"/power/juries/{jury.round.slug}/hearing/").content.decode()
    assert "Riders: Two riders speak already" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sittings_witness")
        assert "Secret" not in repr(cursor.fetchall())
    assert "Secret" not in repr(list(AuditEvent.objects.values_list("facts", flat=True)))
    with pytest.raises(Impossible, match="forgotten"):
        accept(suggested, by=bob, **HEARD)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(suggested).objects.filter(pk=suggested.pk).update(name="Ida Secret")


def test_the_balance_counts_each_side_in_each_session(jury, sides, ahead, bob):
    from fairground.web.power.sittings.actions.evidence import accept, suggest
    from fairground.web.power.sittings.hearing import balance

    for at in (ahead, ahead, None):
        made = suggest(jury, side=sides[0], speaks_for="x", why="y")
        accept(made, by=bob, **HEARD, session=at)
    sessions, rows = balance(jury)
    assert sessions == [ahead]
    assert [(row.side.name, [n for _, n in row.cells], row.later, row.total) for row in rows] == [
        ("Riders", [2], 1, 3),
        ("Firms", [0], 0, 0),
    ]


def test_evidence_is_shown_with_its_source_and_can_be_had(client, jury, session, bob, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(bob)
    slug = jury.round.slug
    told = {**PAPER, "title": NASTY, "token": uuid.uuid4(), "file": sent(), "session": session.pk}
    told |= {"address": "https://example.org/paper", "witness": "", "side": ""}
    assert client.post(f"/power/juries/{slug}/office/evidence/new/", told).status_code == 302
    client.logout()
    page = client.get(f"/power/juries/{slug}/evidence/").content.decode()
    assert "The council, 2025. OGL 3.0." in page
    assert "<script>alert" not in page
    held = jury.evidence.get()
    assert held.digest in page
    got = client.get(f"/power/juries/{slug}/evidence/{held.pk}/")
    assert b"".join(got.streaming_content) == PDF


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"year": 999}, "year"),
        ({"year": 9000}, "year"),
        ({"source": " "}, "source"),
        ({"licence": ""}, "licence"),
    ],
)
def test_evidence_without_source_year_or_licence_is_refused(jury, bob, wrong, field):
    from fairground.web.power.sittings.actions.evidence import add_evidence

    with pytest.raises(BadInput) as told:
        add_evidence(jury, by=bob, **PAPER | wrong)
    assert told.value.field == field
    assert not jury.evidence.exists()


def test_nothing_of_another_jury_is_mixed_in(jury, make_jury, make_session, bob):
    from fairground.web.power.sittings.actions.evidence import add_evidence, ask, suggest

    other = make_jury(title="Another")
    there = make_session(other)
    for act in (
        lambda: add_evidence(jury, by=bob, **PAPER, session=there),
        lambda: ask(jury, by=bob, words="Why?", session=there),
        lambda: suggest(jury, by=bob, side=other.sides.create(name="x"), speaks_for="x", why="y"),
    ):
        with pytest.raises(BadInput, match="another jury"):
            act()


def test_another_answer_takes_the_place_of_the_one_before_and_both_can_be_read(client, jury, bob):
    from fairground.web.power.sittings.actions.evidence import ask, reply

    asked = ask(jury, by=bob, words="How many buses are late?")
    slug = jury.round.slug
    assert "Not answered yet" in client.get(f"/power/juries/{slug}/evidence/").content.decode()
    for words in ("One in nine", "One in eight: we counted again"):
        reply(asked, by=bob, words=words, given_by="The bus team")
    page = client.get(f"/power/juries/{slug}/evidence/").content.decode()
    assert page.index("One in eight") < page.index("What was answered before") < page.index("One in nine")


def test_strangers_and_officers_of_elsewhere_decide_nothing(client, jury, sides, suggested, charlie, bob):
    from fairground.web.power.sittings.actions import evidence as acts

    asked = acts.ask(jury, by=bob, words="Why?")
    paper = acts.add_evidence(jury, by=bob, **PAPER)
    deeds = (
        lambda: acts.add_side(jury, by=charlie, name="x"),
        lambda: acts.suggest(jury, by=charlie, side=sides[0], speaks_for="x", why="y"),
        lambda: acts.accept(suggested, by=charlie, **HEARD),
        lambda: acts.refuse(suggested, by=charlie, reason="x"),
        lambda: acts.add_evidence(jury, by=charlie, **PAPER),
        lambda: acts.remove_evidence(paper, by=charlie, why="x"),
        lambda: acts.ask(jury, by=charlie, words="x"),
        lambda: acts.reply(asked, by=charlie, words="x", given_by="y"),
    )
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()
    client.force_login(charlie)
    ways = ("sides/new", "experts/new", f"experts/{suggested.pk}/accept", f"experts/{suggested.pk}/refuse")
    for way in (*ways, "evidence/new", f"evidence/{paper.pk}/remove", "questions/new"):
        assert client.get(f"/power/juries/{jury.round.slug}/office/{way}/").status_code == 403


def test_an_officer_works_through_the_list_by_its_pages(client, jury, sides, suggested, ahead, bob):
    client.force_login(bob)
    office = f"/power/juries/{jury.round.slug}/office"
    told = {**HEARD, "side": sides[0].pk, "session": ahead.pk, "name": "", "named": ""}
    assert "Ida Secret" in client.get(f"/power/juries/{jury.round.slug}/hearing/").content.decode()
    assert client.post(f"{office}/experts/{suggested.pk}/accept/", told).status_code == 302
    new = {**told, "token": uuid.uuid4(), "source": "jury"}
    for _ in range(2):
        assert client.post(f"{office}/experts/new/", new).status_code == 302
    assert jury.witnesses.filter(standing="accepted").count() == 2
    asked = {"token": uuid.uuid4(), "words": "Why?", "witness": suggested.pk, "session": ahead.pk}
    assert client.post(f"{office}/questions/new/", asked).status_code == 302
    answer = {"token": uuid.uuid4(), "words": "So", "given_by": "The team"}
    question = jury.questions.get()
    assert client.post(f"{office}/questions/{question.pk}/reply/", answer).status_code == 302
    assert client.post(f"{office}/sides/new/", {"name": "Drivers", "about": ""}).status_code == 302
    refused = client.post(f"{office}/experts/{suggested.pk}/refuse/", {"reason": "x"})
    assert "They stay on the list" in refused.content.decode()
