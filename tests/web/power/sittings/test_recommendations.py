"""Recommendations: votes of those who were there, minorities, a report that nothing can change."""

import csv
import hashlib
import io
import json
import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from fairground.errors import BadInput, Impossible
from tests.web.power.sittings.conftest import NASTY

pytestmark = pytest.mark.django_db
WORDS = {"title": "Later buses", "words": "Run them late.", "reasons": "Night work."}


def form(**more):
    return {"token": uuid.uuid4(), **WORDS} | more


@pytest.mark.parametrize(
    ("votes", "threshold", "adopted"),
    [
        ((3, 1, 1), 50, True),
        ((3, 2, 0), 60, True),
        ((3, 2, 0), 61, False),
        ((2, 1, 0), 50, False),
        ((5, 0, 0), 100, True),
        ((0, 0, 0), 50, False),
    ],
)
def test_adopted_is_what_enough_of_those_there_are_for_and_more_than_are_against(
    session, recommend, votes, threshold, adopted
):
    assert recommend(session, votes, threshold=threshold).adopted is adopted


def test_half_for_and_half_against_is_not_adopted(jury, make_session, recommend):
    even = make_session(jury, seats=(1, 2, 3, 4))
    assert recommend(even, (2, 2, 0)).adopted is False


def test_nobody_votes_who_was_not_there(jury, session, make_session, make_jury, recommend, bob):
    from fairground.web.power.sittings.actions.recommendations import vote

    one = recommend()
    for votes in ((6, 0, 0), (3, 2, 1), (-1, 0, 0)):
        with pytest.raises(BadInput, match="at most 5"):
            vote(one, by=bob, session=session, votes_for=votes[0], against=votes[1], abstained=votes[2])
    with pytest.raises(BadInput, match="who was at"):
        vote(one, by=bob, session=make_session(jury), votes_for=0, against=0, abstained=0)
    elsewhere = make_session(make_jury(title="Another"), seats=(1, 2))
    with pytest.raises(BadInput, match="another jury"):
        vote(one, by=bob, session=elsewhere, votes_for=1, against=0, abstained=0)
    one.refresh_from_db()
    assert one.present is None
    recommend(session)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE sittings_recommendation SET votes_for = 6 WHERE present IS NOT NULL")


def test_fewer_were_there_than_voted_is_refused_and_more_counts_in_the_vote(session, recommend, bob):
    from fairground.web.power.sittings.actions.sessions import attend

    one = recommend(session, (3, 0, 0))
    with pytest.raises(BadInput, match="3 members voted"):
        attend(session, (1, 2), by=bob)
    attend(session, (1, 2, 3, 4, 5, 6), by=bob)
    one.refresh_from_db()
    assert (one.present, one.adopted) == (6, True)
    attend(session, (1, 2, 3), by=bob)
    one.refresh_from_db()
    assert one.present == 3


def test_other_words_take_the_vote_back_and_the_old_words_stay(session, recommend, bob):
    from fairground.web.power.sittings.actions.recommendations import reword

    one = recommend(session)
    with pytest.raises(BadInput) as told:
        reword(one, by=bob, **WORDS, why=" ")
    assert told.value.field == "why"
    reword(one, by=bob, **WORDS, why="Costs")
    one.refresh_from_db()
    assert one.present is None
    assert [row.title for row in one.wordings.all()] == ["Later buses", "Night buses"]


def test_nobody_but_officers_sees_what_is_not_published(client, jury, session, recommend, bob):
    recommend(session)
    page = f"/power/juries/{jury.round.slug}/report/"
    assert "Night buses" not in client.get(page).content.decode()
    assert client.get(f"{page}1/").status_code == 404
    assert client.get(f"{page}report.json").status_code == 404
    client.force_login(bob)
    assert "4 for, 1 against" in client.get(page).content.decode()


def test_an_officer_goes_the_whole_way_to_the_report_by_its_pages(client, jury, session, bob):
    client.force_login(bob)
    office = f"/power/juries/{jury.round.slug}/office/report"
    page = f"/power/juries/{jury.round.slug}/report/"
    first, second = form(threshold=60), form(threshold=50, title=NASTY)
    for told in (first, first, second):
        assert client.post(f"{office}/new/", told).status_code == 302
    assert jury.recommendations.count() == 2
    ready = {"sure": "on", "seen": seen(client, office)}
    assert "Without a vote: 1, 2" in client.post(f"{office}/publish/", ready).content.decode()
    client.post(f"{office}/1/words/", form(why="Clearer"))
    votes = {"session": session.pk, "votes_for": 6, "against": 0, "abstained": 0}
    assert client.post(f"{office}/1/vote/", votes).status_code == 400
    assert client.post(f"{office}/1/vote/", votes | {"votes_for": 3, "against": 2}).status_code == 302
    assert client.post(f"{office}/1/minority/", form(words=NASTY, people=6)).status_code == 400
    assert client.post(f"{office}/1/minority/", form(words=NASTY, people=2)).status_code == 302
    assert client.post(f"{office}/2/drop/", {"why": "Said twice"}).status_code == 302
    assert client.post(f"{office}/publish/", ready | {"seen": seen(client, office)}).status_code == 302
    client.logout()
    shown = client.get(page).content.decode()
    for words in (
        "3 for, 2 against, 0 abstained, of 5 who were there",
        "Dropped before the vote",
        "Said twice",
    ):
        assert words in shown
    assert "<script>alert" not in shown + client.get(f"{page}1/").content.decode()
    assert "Changed because: Clearer" in client.get(f"{page}1/").content.decode()


def test_the_sealed_file_gives_the_code_and_holds_every_vote_and_minority(
    client, jury, session, recommend, bob
):
    from fairground.web.power.sittings.actions.recommendations import add_minority, publish_report

    add_minority(recommend(session, title="=1+1", words="=cmd()"), by=bob, words="We see it so", people=1)
    made = publish_report(jury, by=bob)
    assert publish_report(jury, by=bob) == made
    answer = client.get(f"/power/juries/{jury.round.slug}/report/report.json")
    assert hashlib.sha256(answer.content).hexdigest() == made.digest
    told = json.loads(answer.content)["recommendations"][0]
    assert (told["for"], told["against"], told["abstained"], told["present"]) == (4, 1, 0, 5)
    assert told["minorities"] == [{"people": 1, "words": "We see it so"}]
    table = client.get(f"/power/juries/{jury.round.slug}/report/report.csv").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(table)))["title"] == "'=1+1"
    document = client.get(f"/power/juries/{jury.round.slug}/report/report.odt")
    assert document.content.startswith(b"PK")
    assert client.get(f"/power/juries/{jury.round.slug}/report/report.exe").status_code == 404


def test_a_published_report_cannot_be_changed_by_any_act(jury, session, report, bob):
    from fairground.web.power.sittings.actions import recommendations as acts
    from fairground.web.power.sittings.actions.sessions import attend

    one = jury.recommendations.first()
    for act in (
        lambda: acts.add_recommendation(jury, by=bob, **WORDS),
        lambda: acts.reword(one, by=bob, **WORDS, why="x"),
        lambda: acts.vote(one, by=bob, session=session, votes_for=1, against=0, abstained=0),
        lambda: acts.add_minority(one, by=bob, words="x", people=1),
        lambda: acts.drop(one, by=bob, why="x"),
        lambda: attend(session, (1, 2, 3, 4, 5, 6), by=bob),
    ):
        with pytest.raises(Impossible, match="published"):
            act()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sittings_report SET text = '{}'",
        "UPDATE sittings_report SET answer_by = '2099-01-01'",
        "DELETE FROM sittings_report",
        "UPDATE sittings_wording SET words = 'other'",
        "DELETE FROM sittings_wording",
        "UPDATE sittings_recommendation SET votes_for = 0",
        "DELETE FROM sittings_recommendation",
        "UPDATE sittings_minority SET people = 2",
        "DELETE FROM sittings_minority",
        "UPDATE sittings_correction SET words = 'other'",
        "DELETE FROM sittings_correction",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_published(jury, session, recommend, bob, statement):
    from fairground.web.power.sittings.actions import recommendations as acts

    acts.add_minority(recommend(session), by=bob, words="Another view", people=1)
    acts.correct(acts.publish_report(jury, by=bob), by=bob, words="A number was wrong")
    with pytest.raises(DatabaseError, match="published"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_before_the_report_votes_change_and_after_it_the_orm_may_not(jury, session, report):
    from fairground.web.power.sittings.models import Recommendation

    with pytest.raises(DatabaseError, match="published"), transaction.atomic():
        Recommendation.objects.filter(jury=jury).update(threshold=51)


def test_a_row_put_in_beside_a_report_shows_nowhere(client, jury, report, bob):
    from fairground.web.power.sittings.models import Recommendation, Wording

    forged = Recommendation.objects.create(jury=jury, number=9, added_by=bob)
    Wording.objects.create(recommendation=forged, title="Forged", words="x", reasons="x", added_by=bob)
    Wording.objects.create(
        recommendation=jury.recommendations.first(), title="Forged", words="x", reasons="x", added_by=bob
    )
    page = f"/power/juries/{jury.round.slug}/report/"
    assert "Forged" not in client.get(page).content.decode() + client.get(f"{page}1/").content.decode()
    assert client.get(f"{page}9/").status_code == 404


def test_a_correction_stands_below_the_report_with_its_day(client, jury, report, bob):
    client.force_login(bob)
    office = f"/power/juries/{jury.round.slug}/office/report"
    same = form(words="It was 23, not 32")
    for _ in range(2):
        assert client.post(f"{office}/correct/", same).status_code == 302
    assert report.corrections.count() == 1
    assert "It was 23, not 32" in client.get(f"/power/juries/{jury.round.slug}/report/").content.decode()


def test_a_report_of_a_jury_that_is_not_published_is_refused(make_jury, make_session, bob):
    from fairground.web.power.sittings.actions import recommendations as acts

    hidden = make_jury(published=False)
    with pytest.raises(Impossible, match="Publish the jury first"):
        acts.publish_report(hidden, by=bob)


def test_strangers_and_officers_of_elsewhere_recommend_nothing(client, jury, session, recommend, charlie):
    from fairground.web.power.sittings.actions import recommendations as acts

    one = recommend(session)
    for act in (
        lambda: acts.add_recommendation(jury, by=charlie, **WORDS),
        lambda: acts.reword(one, by=charlie, **WORDS, why="x"),
        lambda: acts.vote(one, by=charlie, session=session, votes_for=1, against=0, abstained=0),
        lambda: acts.add_minority(one, by=charlie, words="x", people=1),
        lambda: acts.drop(one, by=charlie, why="x"),
        lambda: acts.publish_report(jury, by=charlie),
    ):
        with pytest.raises(PermissionDenied):
            act()
    client.force_login(charlie)
    for way in ("new", "1/words", "1/vote", "1/minority", "1/drop"):
        assert client.get(f"/power/juries/{jury.round.slug}/office/report/{way}/").status_code == 403
    assert client.post(f"/power/juries/{jury.round.slug}/office/report/publish/").status_code == 403


def seen(client, office):
    """Return the code of the report that an officer looks at before it is published."""
    return re.search('name="seen" value="([0-9a-f]{64})"', client.get(f"{office}/publish/").content.decode())[
        1
    ]


def test_an_officer_reads_all_that_will_be_public_and_ticks_before_it_is(
    client, jury, session, recommend, bob
):
    from fairground.web.power.sittings.actions.recommendations import add_minority, reword
    from fairground.web.power.sittings.models import Report

    one = recommend(session)
    add_minority(one, by=bob, words="Too dear for us", people=1)
    office = f"/power/juries/{jury.round.slug}/office/report"
    client.force_login(bob)
    page = client.get(f"{office}/publish/").content.decode()
    for words in (
        "Night buses",
        "People work at night.",
        "4 for, 1 against",
        "Too dear for us",
        "5 were there",
    ):
        assert words in page, words
    code = seen(client, office)
    without = client.post(f"{office}/publish/", {"seen": code})
    assert without.status_code == 400
    assert "tick that you have read it" in without.content.decode()
    two = recommend(session, title="Free buses")
    late = client.post(f"{office}/publish/", {"seen": code, "sure": "on"})
    assert late.status_code == 400
    assert "Something was changed since you read it" in late.content.decode()
    assert client.post(f"{office}/publish/", {"sure": "on"}).status_code == 400
    reword(two, by=bob, title="Free buses", words="All free.", reasons="Fair.", why="Clearer")
    assert "No vote yet." in client.get(f"{office}/publish/").content.decode()
    assert not Report.objects.exists()


def test_after_it_is_published_the_page_leads_to_the_report(client, report, jury, bob):
    client.force_login(bob)
    for way in (client.get, client.post):
        answer = way(f"/power/juries/{jury.round.slug}/office/report/publish/")
        assert answer["Location"] == f"/power/juries/{jury.round.slug}/report/"
