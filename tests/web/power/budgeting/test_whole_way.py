"""A round on the pages, from nothing to finished work: every form is filled in as a person would."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from tests.web.conftest import STOKE

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def sit(client):
    """Return a function that sits a person down and presses one button, following to the next page."""

    def press(user, address, **fields):
        client.force_login(user)
        shown = client.post(address, fields, follow=True)
        assert shown.status_code == 200, re.findall(r"error-message.*|<li>.*", shown.content.decode())
        return shown.content.decode()

    return press


def dates(stage):
    from fairground.web.participation.models import ORDER

    today, at = timezone.localdate(), ORDER.index(stage)
    days = {}
    for n, name in enumerate(ORDER):
        days[f"{name}_first"] = (today + timedelta(days=10 * (n - at))).isoformat()
        days[f"{name}_last"] = (today + timedelta(days=10 * (n - at) + 9)).isoformat()
    return days


@pytest.mark.slow
def test_an_officer_takes_a_round_from_nothing_to_finished_work(sit, client, bob, make_user):
    from fairground.web.participation.models import Round
    from fairground.web.power.budgeting.actions.projects import record_winners

    rita, raj = make_user("rita"), make_user("raj")
    sit(
        bob,
        "/power/budgeting/new/",
        title="Stoke Decides",
        place_code=STOKE,
        summary="We decide.",
        council_budget_pence="£200,000,000",
        council_budget_source="Budget book 2025/26, page 4",
    )
    home = "/power/budgeting/stoke-decides/"
    assert client.get(home).status_code == 200
    client.logout()
    assert client.get(home).status_code == 404, "not published yet"
    sit(bob, home + "office/phases/", **dates("ideas"))
    sit(bob, home + "office/pots/", name="Whole city", amount_pence="100,000", ceiling_pence="25,000")
    sit(bob, home + "office/pots/", name="North", amount_pence="40000", districts="Tunstall, Burslem")
    sit(bob, home + "office/publish/")
    assert "0.07 per cent" in client.get(home).content.decode()
    round = Round.objects.get(slug="stoke-decides")
    for person, title in ((rita, "A bench"), (raj, "A seat by the canal"), (rita, "Trees and a swing")):
        sit(person, home + "ideas/send/", title=title, words=f"{title}!", latitude="53.02", longitude="-2.18")
    bench, seat, both = (
        round.ideas.get(title=t) for t in ("A bench", "A seat by the canal", "Trees and a swing")
    )
    page = client.get(home + "ideas/").content.decode()
    assert page.count("fg-map__spot") == page.count('class="fg-idea"') == 3
    sit(
        bob,
        home + "ideas/merge/",
        ideas=[bench.pk, seat.pk],
        title="Seats",
        words="Seats.",
        reason="Both are seats",
    )
    seats = round.ideas.get(title="Seats")
    assert f"{home}ideas/{seats.pk}/" in client.get(f"{home}ideas/{seat.pk}/").content.decode()
    sit(
        bob,
        f"{home}ideas/{both.pk}/split/",
        first_title="Trees",
        first_words="Trees.",
        second_title="A swing",
        second_words="A swing.",
        reason="Two things",
    )
    for title in ("Seats", "Trees", "A swing"):
        sit(
            bob,
            f"{home}ideas/{round.ideas.get(title=title).pk}/rule/",
            verdict="yes",
            reason="It keeps the rules",
        )
    sit(bob, home + "office/phases/", **dates("feasibility"))
    for title, found in (("Seats", "yes"), ("Trees", "yes"), ("A swing", "no")):
        idea = round.ideas.get(title=title)
        sit(bob, f"{home}ideas/{idea.pk}/forward/", pot=round.pots.get(name="Whole city").pk)
        cost = {"cost_pence": "12,500.50"} if found == "yes" else {}
        sit(
            bob,
            f"{home}projects/{idea.project.pk}/assess/",
            verdict=found,
            reason=f"Asked about {title}",
            **cost,
        )
    client.logout()
    assert "Asked about Seats" not in client.get(f"{home}projects/{seats.project.pk}/").content.decode()
    sit(bob, home + "office/findings/")
    client.logout()
    assert "£12,500.50" in client.get(f"{home}projects/{seats.project.pk}/").content.decode()
    assert "Asked about A swing" in client.get(home + "projects/").content.decode()
    sit(bob, home + "office/phases/", **dates("ballot"))
    said = sit(
        bob,
        home + "office/vote/",
        type="approval",
        rule="equal-shares",
        ways="account",
        within_budget="on",
        sure="on",
    )
    round = Round.objects.get(pk=round.pk)
    assert round.paper.digest in said
    assert "Seats" in [one["title"] for one in round.paper.specification["projects"]]
    client.force_login(bob)
    assert client.post(home + "office/vote/", {"type": "approval"}).status_code == 400
    assert client.post(f"{home}projects/{seats.project.pk}/take-back/", {"reason": "x"}).status_code == 403
    client.logout()
    assert "/ballots/stoke-decides/" in client.get(home).content.decode()
    assert client.get("/ballots/stoke-decides/").status_code == 200
    client.force_login(bob)
    assert "The vote is frozen" in client.post(home + "office/phases/", dates("delivery")).content.decode()
    past = timedelta(days=20)
    round.phases.update(opens_at=F("opens_at") - past, closes_at=F("closes_at") - past)
    record_winners(round, [str(seats.project.pk)], by=bob)
    work = f"{home}projects/{seats.project.pk}/"
    day = timezone.localdate().isoformat()
    sit(bob, work + "milestone/", words="Seats are ordered", due_on=day)
    sit(bob, f"{home}milestones/{seats.project.milestones.get().pk}/reach/")
    sit(bob, work + "spend/", amount_pence="12,000", what="Six seats", spent_on=day)
    client.force_login(bob)
    refused = client.post(work + "spend/", {"amount_pence": "600", "what": "Paint", "spent_on": day})
    assert refused.status_code == 400
    assert "£99.50 above the price" in refused.content.decode()
    sit(
        bob,
        work + "spend/",
        amount_pence="600",
        what="Paint",
        spent_on=day,
        over_reason="Paint rose in price",
    )
    from django.core.files.uploadedfile import SimpleUploadedFile

    sit(bob, work + "photograph/", file=SimpleUploadedFile("seat.gif", PNG), description="A new seat")
    client.logout()
    shown = client.get(work).content.decode()
    for words in ("Seats are ordered", "£12,600", "Paint rose in price", 'alt="A new seat"'):
        assert words in shown
    assert "Seats" in client.get(home + "projects/").content.decode()


def test_every_change_of_the_whole_way_is_in_the_audit_log(town, idea):
    from fairground.web.audit.actions import verify
    from fairground.web.audit.models import AuditEvent
    from fairground.web.power.budgeting.actions.rulings import rule

    rule(idea(), by=town.mo, accepted=True, reason="It keeps the rules")
    kinds = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"round.create", "round.phases", "round.publish", "round.role.give", "pot.add"} <= kinds
    assert {"idea.send", "idea.rule"} <= kinds
    assert verify()[1] is None
