"""A page of a large place answers at once: it is worked out behind it, with progress and a way to stop."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from fairground.web.jobs import worker
from fairground.web.jobs.models import Job, State
from fairground.web.opportunity import worked_out
from fairground.web.opportunity.greenspace import bridge as green
from fairground.web.opportunity.neighbourhoods import bridge as near
from tests.web.opportunity import body

pytestmark = pytest.mark.django_db

COVERAGE, NEAR = "/opportunity/greenspace/coverage/", "/opportunity/neighbourhoods/"
BY_FORM = [(COVERAGE, {}), (NEAR, {}), (NEAR, {"need": ["food", "gp"], "minutes": "8"})]


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def large(town_held, monkeypatch):
    """Return the folder of a town that is taken to be too large to be worked out while anybody waits."""
    monkeypatch.setattr(worked_out, "AT_ONCE", 0)
    return town_held


@pytest.mark.slow
@pytest.mark.parametrize(("page", "asked"), BY_FORM)
def test_a_large_place_is_worked_out_behind_the_page_and_then_kept(client, large, monkeypatch, page, asked):
    first = client.get(page, asked)
    assert (first.status_code, first["Refresh"]) == (202, "3")
    assert "We are working this out" in text(first)
    assert client.get(page, asked).status_code == 202
    assert Job.objects.count() == 1
    assert worker.work_once("one")
    assert Job.objects.get().result["wrong"] == []
    for module, name in ((green.green_coverage, "coverage"), (near.neighbourhoods, "score")):
        monkeypatch.setattr(module, name, lambda *given, **more: pytest.fail("worked out in the request"))
    shown = client.get(page, asked)
    assert (shown.status_code, "Refresh" in shown) == (200, False)
    assert "fg-answer__headline" in shown.content.decode()
    assert Job.objects.count() == 1


@pytest.mark.slow
def test_a_machine_is_told_to_ask_again_and_then_gets_the_answer(client, large):
    asked = {"format": "json"}
    first = client.get(COVERAGE, asked)
    assert (first.status_code, first["Retry-After"]) == (202, "3")
    assert "being worked out" in first.json()["detail"]
    worker.work_once("one")
    assert client.get(COVERAGE, asked).json()["value"]["homes"] == 2441


@pytest.mark.slow
@pytest.mark.parametrize("page", [COVERAGE, NEAR])
def test_rows_of_homes_are_written_behind_the_page_too_and_only_the_newest_are_kept(
    client, large, monkeypatch, page
):
    monkeypatch.setattr(worked_out, "ROWS", 1)
    for kind in ("parquet", "homes.csv"):
        assert client.get(page, {"format": kind}).status_code == 202
        assert worker.work_once("one")
        sent = client.get(page, {"format": kind})
        assert sent.status_code == 200
        assert len(body(sent)) > 10_000
        assert len(list(worked_out.folder().glob("*.rows.*"))) == 1
    assert list(worked_out.folder().glob(".rows-*")) == []


def test_whoever_is_signed_in_can_stop_it_and_nobody_else_can(client, alice, bob, large):
    client.force_login(bob)
    page = client.get(COVERAGE)
    job = Job.objects.get()
    assert f"/jobs/{job.pk}/cancel/" in page.content.decode()
    client.force_login(alice)
    assert "/cancel/" not in client.get(COVERAGE).content.decode()
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 404
    client.force_login(bob)
    client.post(f"/jobs/{job.pk}/cancel/")
    assert Job.objects.get().state == State.CANCELLED
    assert client.get(COVERAGE).status_code == 202  # who looks again asks again
    assert Job.objects.count() == 2


def test_work_that_is_stopped_half_way_keeps_nothing(client, bob, large, monkeypatch):
    client.force_login(bob)
    client.get(COVERAGE)
    count = green.green_coverage.coverage

    def stopped(*given, progress, **more):
        Job.objects.update(cancel_asked=True)
        return count(*given, progress=progress, **more)

    monkeypatch.setattr(green.green_coverage, "coverage", stopped)
    assert worker.work_once("one")
    assert Job.objects.get().state == State.CANCELLED
    assert not worked_out.folder().is_dir() or list(worked_out.folder().iterdir()) == []


def test_the_job_leads_back_to_the_page_that_asked_for_it(client, bob, large):
    client.force_login(bob)
    client.get(COVERAGE, {"map": "doggerby", "rule": "ipprn"})
    worker.work_once("one")
    shown = client.get(f"/jobs/{Job.objects.get().pk}/").content.decode()
    assert f'href="{COVERAGE}?map=doggerby&amp;rule=ipprn"' in shown


def test_what_is_wrong_with_a_place_is_said_and_not_tried_again_and_again(client, large):
    (large / "homes.csv").write_text("no,columns,of,ours\n1,2,3,4\n", "utf-8")
    assert client.get(COVERAGE).status_code == 202
    worker.work_once("one")
    shown = client.get(COVERAGE)
    assert shown.status_code == 400
    assert "homes.csv" in text(shown)
    assert client.get(COVERAGE, {"format": "json"}).status_code == 400
    assert Job.objects.count() == 1


@pytest.mark.slow
def test_where_nobody_works_behind_the_site_the_reader_waits_and_is_answered(client, large):
    client.get(COVERAGE)
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    assert client.get(COVERAGE).status_code == 200


@pytest.mark.slow
def test_a_large_map_is_prepared_behind_the_page_of_one_spot(client, town_held, monkeypatch):
    monkeypatch.setattr(worked_out, "READ_AT_ONCE", 0)
    asked = {"at": "54.6180, 2.0010"}
    for page in ("/opportunity/greenspace/", "/opportunity/neighbourhoods/check/"):
        assert client.get(page, asked).status_code == 202, page
    assert Job.objects.count() == 1
    assert worker.work_once("one")
    assert len(list(town_held.glob("*.streets.arrow"))) == 1
    for page in ("/opportunity/greenspace/", "/opportunity/neighbourhoods/check/"):
        assert client.get(page, asked).status_code == 200, page


@pytest.mark.slow
def test_two_large_places_wait_for_all_that_they_need(client, large):
    asked = {"first": "doggerby", "second": "doggerby", "rule": "ipprn", "preset": "there-and-back"}
    assert client.get("/opportunity/neighbourhoods/compare/", asked).status_code == 202
    assert sorted(json.loads(job.arguments["asked"])["asks"] for job in Job.objects.all()) == [
        "greenspace",
        "neighbourhoods",
    ]
    while worker.work_once("one"):
        pass
    assert client.get("/opportunity/neighbourhoods/compare/", asked).status_code == 200


def test_of_readers_own_definitions_only_the_newest_are_kept(town_held, monkeypatch):
    monkeypatch.setattr(worked_out, "OWN", 2)
    ground = worked_out.maps()[0]
    for number in range(4):
        worked_out._keep(worked_out._path(ground, "own", {"asked": f"{number:024d}"}), (_answer(), ()))
    assert len(list(worked_out.folder().glob("*-own-*.json"))) == 2


def _answer():
    from fairground.evidence import Answer, Method, Source, Step

    source = Source("made-up-town", "Doggerby", "Fairground", "generated", "MIT", "")
    return Answer(1, Method("m", "A method", "A reference"), (Step("near.spot", {}),), (source,))
