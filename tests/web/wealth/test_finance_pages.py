"""Plans on the site: filled in step by step, shared, undone, copied, taken away, deleted."""

import io
import json
import re

import pytest
from django.core import mail
from docx import Document

from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.finance import actions, bridge
from fairground.web.wealth.finance.models import CommunityPlan, PlanEdition, PlanInvitation
from fairground.web.wealth.finance.permissions import DEEDS, may

pytestmark = pytest.mark.django_db
HERE = "/wealth/finance/"
ABOUT = {"name": "Save the hall", "start": "2027-04", "years": "5", "opening": "5,000", "inflation": "2%"}
HIRE = {"name": "Hire", "kind": "hire", "pounds": "£500", "occupancy": "50%", "starts": "1"}

TOGETHER = {"demand_prices": "90%", "prices_energy": "90%", "demand_energy": "-90%"}


@pytest.fixture
def plan(alice):
    return actions.create_plan(by=alice, content=bridge.example(), words="Began")


def one(plan, rest=""):
    return f"{HERE}plans/{plan.pk}/{rest}"


def member(plan, user, role):
    actions.join(actions.invite(plan, by=plan.members.first().user, role=role), by=user)


@pytest.mark.slow
def test_a_plan_is_filled_in_step_by_step_and_kept_as_one_goes(client, alice):
    client.force_login(alice)
    answer = client.post(f"{HERE}new/", ABOUT)
    (plan,) = CommunityPlan.objects.all()
    assert answer.headers["Location"] == one(plan)
    body = client.get(one(plan)).content.decode()
    assert "Then we can say whether the plan holds" in body
    assert "Keep the plan as a file (JSON)" in body
    answer = client.post(one(plan, "steps/income/"), {**HIRE, "seen": "1", "another": "yes"})
    assert answer.headers["Location"] == one(plan, "steps/income/")
    answer = client.post(
        one(plan, "steps/costs/"), {"name": "Heat", "kind": "energy", "pounds": "200", "seen": "2"}
    )
    assert answer.headers["Location"] == one(plan) + "#costs"
    body = client.get(one(plan)).content.decode()
    assert "Save the hall: this plan" in body
    assert "Hire: £500" in body
    assert [(e.number, e.words) for e in plan.editions.all()] == [
        (3, "What it costs to run: added “Heat”"),
        (2, "What it will bring in: added “Hire”"),
        (1, "Began the plan"),
    ]
    assert list(AuditEvent.objects.filter(action__startswith="plan.").values_list("action", flat=True)) == [
        "plan.create", "plan.change", "plan.change",
    ]  # fmt: skip


def test_a_line_is_changed_and_taken_out(client, alice, plan):
    client.force_login(alice)
    held = plan.content["loans"][0]
    assert f'value="{held["name"]}"' in client.get(one(plan, "steps/loans/1/")).content.decode()
    client.post(one(plan, "steps/loans/1/"), {**held, "rate": "9%", "seen": "1"})
    plan.refresh_from_db()
    assert plan.content["loans"][0]["rate"] == "9%"
    client.post(one(plan, "steps/loans/1/remove/"))
    plan.refresh_from_db()
    assert plan.content["loans"] == []
    for gone in ("steps/loans/1/", "steps/magic/", "steps/about/1/"):
        assert client.get(one(plan, gone)).status_code == 404


@pytest.mark.parametrize(
    ("part", "wrong", "told"),
    [
        ("income", {"occupancy": "120%"}, "0% to 100%"),
        ("income", {"pounds": "lots"}, "This must be a number"),
        ("income", {"occupancy": "60"}, "Did you mean 60%? Write the % too"),
        ("income", {"pounds": ""}, "This must be given"),
        ("income", {"season": "1 2"}, "twelve numbers"),
        ("income", {"kind": "magic"}, "Choose one of the list"),
        ("shares", {"expected": "5", "minimum": "9", "optimum": "3", "maximum": "4"}, "must rise"),
        (
            "shares",
            {"expected": "5", "optimum": "5", "maximum": "9", "largest": "200000"},
            "more withdrawable shares",
        ),
        (
            "loans",
            {"name": "l", "pounds": "5", "term": "5", "holiday": "9", "rate": "1%"},
            "shorter than the loan",
        ),
        (
            "risks",
            {"demand_prices": "100%", "prices_energy": "100%", "demand_energy": "-200%"},
            "-100% to 100%",
        ),
        ("risks", TOGETHER, "cannot move together"),
    ],
    ids=[
        "share",
        "words",
        "percent",
        "empty",
        "season",
        "choice",
        "order",
        "holding",
        "holiday",
        "risks",
        "together",
    ],
)
def test_what_is_wrong_is_told_beside_its_box_and_nothing_is_kept(client, alice, plan, part, wrong, told):
    client.force_login(alice)
    given = {**(HIRE if part == "income" else {}), **wrong, "seen": "1"}
    answer = client.post(one(plan, f"steps/{part}/"), given)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    plan.refresh_from_db()
    assert plan.number == 1


def test_a_grant_is_of_a_funder_that_is_chosen_by_its_name(client, alice, plan):
    client.force_login(alice)
    body = client.get(one(plan, "steps/grants/")).content.decode()
    assert '<option value="" selected>None of these</option>' in body
    assert '<option value="cof-4">Community Ownership Fund, round 4 (2024)</option>' in body
    given = {"name": "A fund", "pounds": "5", "month": "1", "purpose": "capital", "status": "hoped"}
    assert (
        client.post(one(plan, "steps/grants/"), {**given, "funder": "cof-4", "seen": "1"}).status_code == 302
    )
    plan.refresh_from_db()
    assert plan.content["grants"][-1]["funder"] == "cof-4"


def test_two_who_write_at_once_do_not_write_over_each_other(client, alice, plan):
    client.force_login(alice)
    client.post(one(plan, "steps/reserves/"), {"keep": "5", "seen": "1"})
    late = client.post(one(plan, "steps/reserves/"), {"keep": "6", "seen": "1"})
    assert late.status_code == 400
    assert "Somebody else changed this plan" in late.content.decode()
    plan.refresh_from_db()
    assert plan.content["reserves"]["keep"] == "5"


def test_an_earlier_edition_comes_back_and_nothing_is_lost(client, alice, plan):
    client.force_login(alice)
    client.post(one(plan, "steps/reserves/"), {"keep": "5", "seen": "1"})
    body = client.get(one(plan, "history/")).content.decode()
    assert "Changed: Money put by" in body
    client.post(one(plan, "history/1/restore/"))
    plan.refresh_from_db()
    assert plan.number == 3
    assert plan.content == bridge.example()
    client.post(one(plan, "history/99/restore/"))
    assert PlanEdition.objects.filter(plan=plan).count() == 3


@pytest.mark.slow
def test_the_answer_has_charts_tables_working_and_sources(client, alice, plan):
    client.force_login(alice)
    body = client.get(one(plan, "answer/")).content.decode()
    assert "What we do not know" in body
    assert body.count("<figure") == 4
    assert "With luck good and bad, year by year" in body
    assert "SHA-256" in body
    table = client.get(one(plan, "answer/?format=csv&table=luck")).content.decode()
    assert table.startswith("year,dry_by,")
    assert client.get(one(plan, "answer/?format=chart.png&chart=1")).content.startswith(b"\x89PNG")
    assert json.loads(client.get(one(plan, "answer/?format=json")).content)["value"]["paths"] == 2000


def test_funders_are_shown_with_where_their_rules_are_written(client, alice, plan):
    client.force_login(alice)
    body = client.get(one(plan, "funders/")).content.decode()
    assert "Closed" in body
    assert "Not read there by us." in body
    assert "Needs care:" in body


@pytest.mark.slow
def test_two_plans_are_compared_with_the_same_luck(client, alice, plan):
    client.force_login(alice)
    other = actions.copy_plan(plan, by=alice)
    body = client.get(one(plan, "compare/"), {"other": str(other.pk)}).content.decode()
    assert "Both are as safe as each other" in body
    assert client.get(one(plan, "compare/"), {"other": "x"}).status_code == 400


@pytest.mark.slow
def test_a_plan_leaves_as_files_and_comes_back_the_same(client, alice, plan):
    client.force_login(alice)
    for format in ("toml", "json"):
        sent = client.get(one(plan, f"plan.{format}"))
        assert f'filename="plan.{format}"' in sent.headers["Content-Disposition"]
        back = io.BytesIO(sent.content)
        back.name = f"plan.{format}"
        answer = client.post(f"{HERE}send/", {"file": back})
        made = CommunityPlan.objects.get(pk=answer.headers["Location"].split("/")[-2])
        assert made.content == plan.content
    paper = Document(io.BytesIO(client.get(one(plan, "plan.docx")).content))
    assert paper.paragraphs[0].text == plan.title
    assert client.get(one(plan, "plan.exe")).status_code == 404


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"[about]\nname = 3\n", "about: start"),
        (b"[[[", "not a plan"),
        (b"#" * 500_001, "too large"),
    ],
    ids=["encoding", "field", "nonsense", "large"],
)
def test_a_file_that_is_no_plan_is_refused(client, alice, raw, told):
    client.force_login(alice)
    sent = io.BytesIO(raw)
    sent.name = "plan.toml"
    answer = client.post(f"{HERE}send/", {"file": sent})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not CommunityPlan.objects.exists()


def test_an_invitation_works_once_and_its_address_is_not_kept(
    client, alice, bob, charlie, plan, django_capture_on_commit_callbacks
):
    client.force_login(alice)
    with django_capture_on_commit_callbacks(execute=True):
        body = client.post(
            one(plan, "people/"), {"role": "reader", "email": "new@example.org"}
        ).content.decode()
    link = re.search(r"/wealth/finance/join/[\w-]+/", body)[0]
    (sent,) = mail.outbox
    assert sent.to == ["new@example.org"]
    assert link in sent.body
    assert "new@example.org" not in json.dumps(list(AuditEvent.objects.values_list("facts", flat=True)))
    assert link.split("/")[-2] not in PlanInvitation.objects.get().digest
    client.force_login(bob)
    assert plan.title in client.get(link).content.decode()
    assert client.post(link).headers["Location"] == one(plan)
    client.force_login(charlie)
    assert client.get(link).status_code == 404
    client.post(link)
    assert set(plan.members.values_list("user__email", "role")) == {
        ("alice@example.org", "editor"), ("bob@example.org", "reader"),
    }  # fmt: skip


def test_an_invitation_that_was_taken_back_does_not_work(client, alice, bob, plan):
    token = actions.invite(plan, by=alice, role="editor")
    client.force_login(alice)
    client.post(one(plan, "people/uninvite/"))
    client.force_login(bob)
    client.post(f"{HERE}join/{token}/")
    assert plan.members.count() == 1


def test_nobody_writes_to_strangers_through_invitations(client, alice, plan, monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 2)
    client.force_login(alice)
    for _ in range(2):
        assert client.post(one(plan, "people/"), {"role": "reader"}).status_code == 200
        client.post(one(plan, "people/uninvite/"))
    refused = client.post(one(plan, "people/"), {"role": "reader", "email": "x@example.org"})
    assert refused.status_code == 400
    assert "Go on tomorrow" in refused.content.decode()
    assert mail.outbox == []


READS = ("", "answer/", "funders/", "compare/", "plan.json", "history/")
CHANGES = ("steps/about/", "steps/loans/1/", "people/", "delete/")
POSTS = ("history/1/restore/", "steps/loans/1/remove/", "people/uninvite/", "delete/")


def test_bob_reads_and_may_not_change_and_charlie_sees_nothing(client, bob, charlie, plan):
    member(plan, bob, "reader")
    client.force_login(bob)
    assert {client.get(one(plan, page)).status_code for page in READS} == {200}
    assert {client.get(one(plan, page)).status_code for page in CHANGES} == {403}
    assert {client.post(one(plan, page)).status_code for page in POSTS} == {403}
    client.force_login(charlie)
    for page in (*READS, *CHANGES):
        assert client.get(one(plan, page)).status_code == 404, page
    for page in (*POSTS, "copy/", "steps/about/"):
        assert client.post(one(plan, page)).status_code == 404, page
    client.logout()
    assert client.get(one(plan)).status_code == 404
    assert CommunityPlan.objects.get().number == 1


def test_the_table_of_deeds_says_who_may(alice, bob, charlie, plan):
    member(plan, bob, "reader")
    held = {deed.name: [who for who in (alice, bob, charlie) if may(who, deed.name, plan)] for deed in DEEDS}
    assert held == {
        "plan.read": [alice, bob], "plan.copy": [alice, bob], "plan.history": [alice, bob],
        "plan.leave": [alice, bob], "plan.change": [alice], "plan.share": [alice], "plan.delete": [alice],
    }  # fmt: skip


def test_everybody_reads_a_made_up_plan_and_nobody_changes_it(client, charlie):
    plan = actions.create_plan(by=None, content=bridge.example(), words="Made up", fictional=True)
    assert client.get(one(plan)).status_code == client.get(one(plan, "answer/")).status_code == 200
    client.force_login(charlie)
    assert client.get(one(plan, "steps/about/")).status_code == 403
    assert client.post(one(plan, "copy/")).status_code == 302
    assert CommunityPlan.objects.get(fictional=False).members.get().user == charlie


def test_a_plan_keeps_an_editor_and_anybody_may_leave(client, alice, bob, plan):
    member(plan, bob, "reader")
    mine, theirs = plan.members.get(user=alice), plan.members.get(user=bob)
    client.force_login(alice)
    client.post(one(plan, f"people/{mine.pk}/"), {"role": ""})
    assert plan.members.filter(user=alice, role="editor").exists()
    client.post(one(plan, f"people/{theirs.pk}/"), {"role": "editor"})
    client.post(one(plan, f"people/{mine.pk}/"), {"role": "reader"})
    assert set(plan.members.values_list("user__email", "role")) == {
        ("alice@example.org", "reader"), ("bob@example.org", "editor"),
    }  # fmt: skip
    assert client.post(one(plan, f"people/{theirs.pk}/"), {"role": ""}).status_code == 403
    assert client.post(one(plan, f"people/{mine.pk}/"), {"role": ""}).headers["Location"] == HERE
    assert plan.members.count() == 1


def test_a_deleted_plan_is_gone_with_its_editions(client, alice, bob, plan):
    member(plan, bob, "reader")
    client.force_login(alice)
    assert "goes for good" in client.get(one(plan, "delete/")).content.decode()
    client.post(one(plan, "delete/"))
    assert not CommunityPlan.objects.exists()
    assert not PlanEdition.objects.exists()
    event = AuditEvent.objects.get(action="plan.delete")
    assert (event.subject, event.facts) == (str(plan.pk), {})


def test_a_deleted_account_leaves_its_plans_to_the_others(alice, bob, plan):
    from fairground.web.accounts.actions import delete_account, export_account

    alone = actions.copy_plan(plan, by=alice)
    member(plan, bob, "reader")
    assert {one["title"] for one in export_account(alice, by=alice)["community_plans"]} == {
        plan.title,
        alone.title,
    }
    delete_account(alice, by=alice)
    assert not CommunityPlan.objects.filter(pk=alone.pk).exists()
    assert plan.members.get().role == "editor"
    assert plan.editions.get().changed_by is None


def test_the_pages_for_everybody_need_no_account(client):
    assert "Sign in and begin a plan" in client.get(HERE).content.decode()
    body = client.get(f"{HERE}ready/").content.decode()
    assert "wet Tuesday" in body
    assert client.get(f"{HERE}new/").status_code == 302
    assert client.get(f"{HERE}ready/?format=csv").status_code == 200


def test_every_entry_of_a_plan_has_words():
    for part in bridge.steps():
        for one in bridge.fields(part):
            assert not one["label"].startswith("Plan "), (part, one["name"])
            assert all(code != words for code, words in one["choices"]), (part, one["name"])
