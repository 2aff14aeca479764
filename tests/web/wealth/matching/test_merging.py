"""Two registers side by side: started, answered, learnt from, undone; who may; neither list changes."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from fairground.errors import BadInput
from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.matching import actions, bridge
from fairground.web.wealth.matching.models import Merge, Pair
from fairground.web.wealth.register.actions import imports, registers
from fairground.web.wealth.register.models import Asset

REDCAR = "E06000003"
COUNCIL = """Asset ID,Asset Name,Address,Postcode
A1,Old Library,High Street,TS10 1AA
A2,Mill Lane Allotments,Mill Lane,TS10 2BB
A3,Town Hall,Station Road,TS10 3CC
A4,Recreation Ground,Queen Street,
A5,Recreation Ground - Pavilion,Queen Street,
"""
PEOPLE = """name,address,postcode
the old libary,High St,TS10 1AA
allotments on Mill Ln,Mill Lane,
playing field,Queen St,
Whale bones,Esplanade,
"""
DEMO_LISTS = (("Redcar property", "council", COUNCIL), ("What people know", "community", PEOPLE))


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "files", tmp_path


@pytest.fixture
def officer(make_user):
    return make_user("olive", "officer", REDCAR)


@pytest.fixture
def lists(officer):
    made = []
    for title, keeper, text in DEMO_LISTS:
        register = registers.set_up(by=officer, title=title, body="B", place_code=REDCAR, keeper=keeper)
        registers.publish(register, by=officer)
        content = text.encode()
        sent = imports.send(
            register, by=officer, name="l.csv", size=len(content), content=io.BytesIO(content)
        )
        imports.confirm(sent, by=officer, columns=sent.columns, whole=True, dated=None)
        made.append(register)
    return made


@pytest.fixture
def merge(lists, officer):
    return actions.start(*lists, by=officer)


def pair_of(merge, first, second):
    return merge.pairs.get(first__name=first, second__name=second)


def test_a_merge_finds_what_is_on_both_lists_and_changes_neither(lists, officer):
    before = list(Asset.objects.order_by("pk").values())
    merge = actions.start(*lists, by=officer)
    assert merge.stage == "done"
    assert pair_of(merge, "Old Library", "the old libary").linked
    assert merge.counts["second"] == 4
    assert not [p for p in merge.pairs.filter(second__name="Whale bones") if p.linked]
    assert list(Asset.objects.order_by("pk").values()) == before


def test_an_answer_stands_when_the_links_are_worked_out_again(merge, officer):
    said = pair_of(merge, "Old Library", "the old libary")
    actions.answer(said, "no", by=officer)
    actions.learn(merge, by=officer)
    said = pair_of(merge, "Old Library", "the old libary")
    assert (said.said, said.linked) == ("no", False)
    assert merge.pairs.filter(second__name="the old libary", first__name="Old Library").count() == 1


def test_an_answer_can_be_taken_back_and_both_are_in_the_audit_log(merge, officer):
    held = pair_of(merge, "Old Library", "the old libary")
    actions.answer(held, "no", by=officer)
    back = actions.answer(held, "", by=officer)
    assert (back.said, back.said_by, back.said_at, back.linked) == ("", None, None, True)
    facts = [e.facts for e in AuditEvent.objects.filter(action="matching.answer").order_by("sequence")]
    assert [(one["was"], one["is"]) for one in facts] == [("", "no"), ("no", "")]


def test_the_same_answer_twice_is_one_event(merge, officer):
    held = merge.pairs.first()
    for _ in range(2):
        actions.answer(held, "yes", by=officer)
    assert AuditEvent.objects.filter(action="matching.answer").count() == 1


def test_two_registers_have_one_merge(lists, merge, officer):
    assert actions.start(*lists, by=officer) == merge


def test_one_register_twice_and_an_empty_one_are_refused(lists, officer):
    empty = registers.set_up(by=officer, title="Empty", body="B", place_code=REDCAR, keeper="council")
    with pytest.raises(BadInput, match="two different"):
        actions.start(lists[0], lists[0], by=officer)
    with pytest.raises(BadInput, match="no assets yet"):
        actions.start(lists[0], empty, by=officer)
    assert not Merge.objects.exists()


def test_charlie_may_neither_start_nor_answer_nor_learn(lists, merge, make_user, client):
    charlie = make_user("charlie", "officer", "E06000002")
    held = merge.pairs.first()
    for act in (
        lambda: actions.start(*lists, by=charlie),
        lambda: actions.answer(held, "yes", by=charlie),
        lambda: actions.learn(merge, by=charlie),
    ):
        with pytest.raises(PermissionDenied):
            act()
    client.force_login(charlie)
    for name, args in (("pair", [merge.pk, held.pk]), ("learn", [merge.pk])):
        assert client.post(reverse(f"matching:{name}", args=args), {"said": "yes"}).status_code == 403
    assert client.get(reverse("matching:ask", args=[merge.pk])).status_code == 403
    assert Pair.objects.exclude(said="").count() == 0


def test_anyone_reads_the_links_and_why_and_sees_no_button(merge, client):
    page = client.get(reverse("matching:merge", args=[merge.pk])).content.decode()
    assert "the old libary" in page
    assert "Old Library" in page
    assert "Whale bones" in page
    held = pair_of(merge, "Old Library", "the old libary")
    page = client.get(reverse("matching:pair", args=[merge.pk, held.pk])).content.decode()
    assert "Speaks for it" in page
    assert "Yes, the same" not in page


def test_a_register_that_is_not_published_hides_its_merge(merge, client):
    merge.first.published_at = None
    merge.first.save()
    assert client.get(reverse("matching:merge", args=[merge.pk])).status_code == 404


def test_an_officer_answers_pair_after_pair_and_learns(merge, officer, client):
    client.force_login(officer)
    ask = reverse("matching:ask", args=[merge.pk])
    seen = 0
    while (where := client.get(ask)["Location"]) != reverse("matching:merge", args=[merge.pk]):
        assert "Yes, the same" in client.get(where).content.decode()
        assert client.post(where, {"said": "unsure"})["Location"] == ask
        seen += 1
    assert seen == merge.pairs.exclude(said="").count() > 1
    assert client.post(reverse("matching:learn", args=[merge.pk])).status_code == 302


def test_an_answer_that_is_none_is_refused_and_changes_nothing(merge, officer, client):
    client.force_login(officer)
    held = merge.pairs.first()
    where = reverse("matching:pair", args=[merge.pk, held.pk])
    assert "no answer about a pair" in client.post(where, {"said": "maybe"}, follow=True).content.decode()
    held.refresh_from_db()
    assert held.said == ""


def test_two_registers_are_chosen_on_a_page(lists, officer, client):
    client.force_login(officer)
    asked = {"first": str(lists[0].pk), "second": str(lists[1].pk)}
    assert client.get(reverse("matching:index")).content.decode().count(">Choose one</option>") == 2
    shown = client.post(reverse("matching:index"), asked, follow=True)
    assert "seem to be on the first" in shown.content.decode()
    assert "People have answered for 0 of them." in shown.content.decode()
    wrong = client.post(reverse("matching:index"), {**asked, "second": asked["first"]})
    assert wrong.status_code == 400
    assert "two different registers" in wrong.content.decode()


def test_two_empty_boxes_are_each_named_in_what_is_wrong(lists, officer, client):
    client.force_login(officer)
    wrong = client.post(reverse("matching:index"), {"first": "", "second": ""}).content.decode()
    assert '<a href="#id_first">The council’s register: Choose one from the list</a>' in wrong
    assert '<a href="#id_second">The other register: Choose one from the list</a>' in wrong


def test_long_lists_are_worked_out_by_a_job(lists, officer, monkeypatch):
    from fairground.web.jobs.kinds import BY_NAME
    from fairground.web.jobs.models import Job

    monkeypatch.setattr(actions, "AT_ONCE", 3)
    merge = actions.start(*lists, by=officer)
    assert merge.stage == "asked"
    job = Job.objects.get(kind="merge")
    assert BY_NAME["merge"].run(lambda percent: None, **job.arguments)["stage"] == "done"


def test_a_job_says_how_far_it_is(merge, officer):
    told = []
    actions.run(merge, told.append)
    assert told == sorted(told)
    assert len(set(told)) >= 5
    assert 0 < told[0] < told[-1] < 100


def test_a_part_of_a_site_is_told_and_not_taken_for_the_same(merge, officer, client):
    held = merge.pairs.filter(second__name="the old libary").first()
    for said, words in (
        ("part", f"{held.second.name}</a> is a part of {held.first.name}"),
        ("whole", f"{held.first.name}</a> is a part of {held.second.name}"),
    ):
        held = actions.answer(held, said, by=officer)
        assert not held.linked
        actions.learn(merge, by=officer)
        page = client.get(reverse("matching:merge", args=[merge.pk])).content.decode()
        assert words in page
        only = page.split("Only on the second list")[1]
        assert held.second.name not in only
    actions.answer(held, "", by=officer)
    page = client.get(reverse("matching:merge", args=[merge.pk])).content.decode()
    assert "A part of something" not in page


def test_what_is_hidden_later_is_shown_no_more(merge, officer, client):
    held = pair_of(merge, "Old Library", "the old libary")
    Asset.objects.filter(pk=held.first_id).update(hidden_at=merge.done_at)
    page = client.get(reverse("matching:merge", args=[merge.pk])).content.decode()
    assert "Old Library" not in page
    assert client.get(reverse("matching:pair", args=[merge.pk, held.pk])).status_code == 404
    client.force_login(officer)
    where = reverse("matching:ask", args=[merge.pk])
    assert client.get(where)["Location"] != reverse("matching:pair", args=[merge.pk, held.pk])


def test_one_district_or_one_kind_is_compared_by_itself(lists, merge, officer, client):
    other = "E06000002"
    Asset.objects.filter(name__in=["Old Library", "the old libary"]).update(
        district_code=other, kind="building"
    )
    part = actions.start(*lists, by=officer, only_district=other)
    assert part != merge
    assert (part.counts["first"], part.counts["second"]) == (1, 1)
    assert actions.start(*lists, by=officer, only_district=other) == part
    page = client.get(reverse("matching:merge", args=[part.pk])).content.decode()
    assert "in Middlesbrough" in page
    assert "Whale bones" not in page
    kind = actions.start(*lists, by=officer, only_kind="building")
    assert kind.counts["first"] == lists[0].assets.filter(kind="building").count() < 5
    with pytest.raises(BadInput, match="no such assets"):
        actions.start(*lists, by=officer, only_kind="fund")
    client.force_login(officer)
    asked = {"first": str(lists[0].pk), "second": str(lists[1].pk), "only_district": "E07000062"}
    wrong = client.post(reverse("matching:index"), asked)
    assert wrong.status_code == 400
    asked["only_district"] = other
    assert client.post(reverse("matching:index"), asked)["Location"] == reverse(
        "matching:merge", args=[part.pk]
    )


def test_lists_that_have_grown_too_long_are_refused_in_words(merge, officer, client, monkeypatch):
    monkeypatch.setattr(bridge, "MOST", 2)
    client.force_login(officer)
    shown = client.post(reverse("matching:learn", args=[merge.pk]), follow=True)
    assert shown.status_code == 200
    assert "too long to be merged here" in shown.content.decode()


def test_reasons_are_words_strongest_first():
    told = bridge.reasons({"name": 1.0, "kind": 3.0, "place": -2.0, "uprn": 0.1})
    assert told == (["the kind of place", "the name"], ["where it is"])


@pytest.fixture
def of_parts(officer):
    """Return a merge of a council's sites and things with what people call their parts."""
    made = []
    texts = (
        "Asset ID,Asset Name,Address,Asset Type\nA1,Mill Lane Library,High Street,Library\n"
        "A2,Queens Hall,Hill Street,Hall\nRM: 1952.12,Portrait of Mayor Tree,,Painting\n",
        "ref,name,address,use\nP1,car park of Mill Ln library,High St,\nP2,Queens Hall,Hill St,\n"
        "rm 1952.012,the mayors portrait,,painting\n",
    )
    for title, keeper, text in zip(("Council", "People"), ("council", "community"), texts, strict=True):
        register = registers.set_up(by=officer, title=title, body="B", place_code=REDCAR, keeper=keeper)
        content = text.encode()
        sent = imports.send(register, by=officer, name="l.csv", size=len(content), content=[content])
        imports.confirm(sent, by=officer, columns=sent.columns, whole=True, dated=None)
        made.append(register)
    return actions.start(*made, by=officer)


def test_a_likely_part_is_proposed_with_its_reasons_and_stands_when_a_person_says_so(
    client, officer, of_parts
):
    (held,) = of_parts.pairs.exclude(proposed="")
    assert (held.first.name, held.second.name) == ("Mill Lane Library", "car park of Mill Ln library")
    assert (held.proposed, held.suggested, held.turn is not None) == ("part", False, True)
    client.force_login(officer)
    told = client.get(reverse("matching:merge", args=[of_parts.pk])).content.decode()
    assert "car park of Mill Ln library</a> may be a part of Mill Lane Library" in told
    where = reverse("matching:pair", args=[of_parts.pk, held.pk])
    told = client.get(where).content.decode()
    assert "because its name has every word of the other name" in told
    assert told.index('value="part"') < told.index('value="yes"')
    assert "pairs like this one are the same" not in told
    client.post(where, {"said": "part"})
    actions.learn(of_parts, by=officer)
    held.refresh_from_db()
    assert (held.said, of_parts.pairs.exclude(proposed="").filter(said="").count()) == ("part", 0)


def test_a_thing_with_one_catalogue_number_on_both_lists_is_linked_and_says_why(client, officer, of_parts):
    found = of_parts.pairs.get(second__name="the mayors portrait", suggested=True)
    assert (found.first.name, found.probability >= 0.97) == ("Portrait of Mayor Tree", True)
    told = client.force_login(officer) or client.get(reverse("matching:pair", args=[of_parts.pk, found.pk]))
    assert "the number in the catalogue" in told.content.decode()
