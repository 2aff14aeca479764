"""What becomes of an idea: always traceable, always with a reason, and never decided by one person alone."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from fairground.errors import BadInput


def merged(town, idea):
    from fairground.web.power.budgeting.actions.ideas import merge_ideas

    pair = [idea("A bench"), idea("A seat", by=town.raj)]
    return merge_ideas(
        town.round, pair, by=town.mo, title="Seats", words="Seats.", reason="Both seat us"
    ), pair


def test_each_author_is_told_by_email_and_on_the_site_where_the_idea_went(
    town, idea, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        target, pair = merged(town, idea)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["raj@example.org", "rita@example.org"]
    assert all("Both seat us" in letter.body for letter in mail.outbox)
    client.force_login(town.raj)
    assert "Both seat us" in client.get("/power/budgeting/mine/").content.decode()
    page = client.get(f"/power/budgeting/{town.round.slug}/ideas/{pair[1].pk}/").content.decode()
    assert str(target.pk) in page
    assert {origin.pk for origin in target.origins()} == {one.pk for one in pair}


def test_ideas_that_were_brought_together_can_be_put_back_as_they_were(town, idea):
    from fairground.web.power.budgeting.actions.ideas import put_back
    from fairground.web.power.budgeting.actions.rulings import rule

    target, pair = merged(town, idea)
    rule(target, by=town.mia, accepted=True, reason="It keeps the rules")
    put_back(target, by=town.mo)
    assert [type(one).objects.get(pk=one.pk).standing for one in pair] == ["new", "new"]
    target.refresh_from_db()
    assert target.standing == "withdrawn"


def test_taking_apart_and_putting_back_leaves_one_idea(town, idea):
    from fairground.web.power.budgeting.actions.ideas import put_back, split_idea

    whole = idea("A swing and trees")
    parts = split_idea(whole, [("A swing", "A swing."), ("Trees", "Trees.")], by=town.mo, reason="Two things")
    put_back(parts[1], by=town.mo)
    alive = town.round.ideas.filter(standing__in=("new", "accepted"))
    assert [one.title for one in alive] == ["A swing and trees"]


def test_nobody_decides_on_an_idea_of_their_own_even_after_it_was_merged(town, idea):
    from fairground.web.power.budgeting.actions.ideas import merge_ideas
    from fairground.web.power.budgeting.actions.rulings import rule

    mine = idea("Mine", by=town.mo)
    with pytest.raises(PermissionDenied):
        rule(mine, by=town.mo, accepted=True, reason="I like it")
    both = merge_ideas(
        town.round, [mine, idea("Other")], by=town.mia, title="Both", words="Both.", reason="Alike"
    )
    with pytest.raises(PermissionDenied):
        rule(both, by=town.mo, accepted=True, reason="I like it")


def test_an_appeal_is_decided_by_somebody_else_than_the_first_and_once(town, idea):
    from fairground.web.power.budgeting.actions.rulings import appeal, decide_appeal, rule

    bench = idea()
    ruling = rule(bench, by=town.mo, accepted=False, reason="Not lasting")
    with pytest.raises(PermissionDenied):
        appeal(ruling, by=town.raj, words="I am not its author")
    made = appeal(ruling, by=town.rita, words="It lasts twenty years")
    with pytest.raises(PermissionDenied):
        decide_appeal(made, by=town.mo, granted=False, reason="Still not")
    decide_appeal(made, by=town.mia, granted=True, reason="Benches last")
    bench.refresh_from_db()
    assert bench.standing == "accepted"
    with pytest.raises(BadInput, match="decided already"):
        decide_appeal(made, by=town.mia, granted=False, reason="Second thoughts")


def test_who_refused_an_idea_is_told_that_somebody_else_decides_its_appeal(town, idea, client):
    from fairground.web.power.budgeting.actions.rulings import appeal, rule

    made = appeal(rule(idea(), by=town.mo, accepted=False, reason="No"), by=town.rita, words="Yes")
    address = f"/power/budgeting/{town.round.slug}/appeals/{made.pk}/"
    for person, barred in ((town.mo, True), (town.mia, False)):
        client.force_login(person)
        page = client.get(address).content.decode()
        assert ("You refused this idea, so somebody else decides" in page) is barred
        assert ('name="verdict"' in page) is not barred
    client.force_login(town.mo)
    assert client.post(address, {"verdict": "no", "reason": "Still no"}).status_code == 403


def test_a_moderator_takes_back_only_a_decision_of_their_own(town, idea):
    from fairground.web.power.budgeting.actions.rulings import rule, take_back_ruling

    ruling = rule(idea(), by=town.mo, accepted=False, reason="Not lasting")
    with pytest.raises(PermissionDenied):
        take_back_ruling(ruling, by=town.mia)
    take_back_ruling(ruling, by=town.mo)
    ruling.idea.refresh_from_db()
    assert ruling.idea.standing == "new"
    assert rule(ruling.idea, by=town.mia, accepted=True, reason="It lasts").accepted


def test_the_words_of_a_refused_idea_are_read_by_its_author_and_no_stranger(town, idea, client):
    from fairground.web.power.budgeting.actions.rulings import rule

    bad = idea("Something rude")
    rule(bad, by=town.mo, accepted=False, reason="It names a private person")
    page = f"/power/budgeting/{town.round.slug}/ideas/{bad.pk}/"
    for user, reads in ((None, False), (town.mallory, False), (town.rita, True), (town.mo, True)):
        client.logout()
        if user:
            client.force_login(user)
        shown = client.get(page).content.decode()
        assert ("Something rude" in shown) == reads
        assert "It names a private person" in shown
    client.logout()
    assert (
        "Something rude"
        not in client.get(f"/power/budgeting/{town.round.slug}/ideas/?show=all").content.decode()
    )


def test_an_idea_is_taken_back_by_its_author_only_and_never_once_it_went_into_another(town, idea):
    from fairground.web.power.budgeting.actions.ideas import withdraw_idea

    bench = idea()
    with pytest.raises(PermissionDenied):
        withdraw_idea(bench, by=town.raj)
    withdraw_idea(bench, by=town.rita)
    _, pair = merged(town, idea)
    with pytest.raises(BadInput, match="no longer open"):
        withdraw_idea(pair[0], by=town.rita)


def test_an_author_brings_an_idea_back_as_it_was_while_ideas_can_be_sent(town, idea, client):
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.budgeting.actions.rulings import rule

    bench = idea()
    rule(bench, by=town.mo, accepted=True, reason="Fine")
    page = f"/power/budgeting/{town.round.slug}/ideas/{bench.pk}/"
    client.force_login(town.rita)
    client.post(page + "withdraw/")
    assert "Bring my idea back" in client.get(page).content.decode()
    client.post(page + "bring-back/")
    bench.refresh_from_db()
    assert bench.standing == "accepted"
    assert AuditEvent.objects.latest("pk").action == "idea.bring_back"
    assert "Bring my idea back" not in client.get(page).content.decode()


def test_nobody_else_brings_an_idea_back_and_nobody_once_ideas_are_closed(town, idea):
    from fairground.web.power.budgeting.actions.ideas import bring_back_idea, withdraw_idea

    bench = idea()
    with pytest.raises(BadInput, match="nothing to bring back"):
        bring_back_idea(bench, by=town.rita)
    withdraw_idea(bench, by=town.rita)
    with pytest.raises(PermissionDenied):
        bring_back_idea(bench, by=town.raj)
    town.at(town.round, "feasibility")
    with pytest.raises(PermissionDenied):
        bring_back_idea(bench, by=town.rita)


def test_an_idea_that_was_put_aside_by_undoing_a_merge_cannot_be_brought_back(town, idea):
    from fairground.web.power.budgeting.actions.ideas import bring_back_idea, put_back

    target, _ = merged(town, idea)
    put_back(target, by=town.mo)
    target.refresh_from_db()
    with pytest.raises(BadInput, match="nothing to bring back"):
        bring_back_idea(target, by=target.author)


def test_an_idea_of_another_round_cannot_be_brought_into_this_one(town, idea, make_round):
    from fairground.web.power.budgeting.actions.ideas import merge_ideas, send_idea

    other = make_round("ideas")
    foreign = send_idea(other, by=town.rita, title="Elsewhere", words="Elsewhere.")
    with pytest.raises(BadInput, match="another round"):
        merge_ideas(town.round, [idea(), foreign], by=town.mo, title="x", words="x", reason="x")


def test_no_title_adds_a_header_to_an_email(
    town, idea, client, mailoutbox, django_capture_on_commit_callbacks
):
    from fairground.web.power.budgeting.actions.ideas import merge_ideas

    evil = "Seats\r\nBcc: everyone@example.org\u2028X: y"
    client.force_login(town.rita)
    home = f"/power/budgeting/{town.round.slug}/"
    client.post(f"{home}ideas/send/", {"title": evil, "words": "Please"})
    sent, other = town.round.ideas.get(), idea()
    assert sent.title == "Seats Bcc: everyone@example.org X: y"
    with django_capture_on_commit_callbacks(execute=True):
        merge_ideas(town.round, [sent, other], by=town.mo, title=evil, words="x", reason=evil)
    assert {message.subject for message in mailoutbox} == {f"Where your idea went: {sent.title}"}
    assert all(message.recipients() == [town.rita.email] for message in mailoutbox)
    assert all(b"\nBcc:" not in message.message().as_bytes().split(b"\n\n")[0] for message in mailoutbox)
