"""Homes that people send are checked behind the page, shown to their sender only, and forgotten in time."""

import csv
import io
import os
import re
import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fairground.web.accounts.actions import FORGET, PARTS
from fairground.web.audit.models import AuditEvent
from fairground.web.jobs import kinds, worker
from fairground.web.jobs.models import Job, State
from fairground.web.opportunity import actions, sent_map
from fairground.web.opportunity.models import SentFile, folder
from tests.web.opportunity import body

pytestmark = pytest.mark.django_db

SEND = "/opportunity/greenspace/homes/"
SCORE = "/opportunity/neighbourhoods/homes/"
HOMES = "id,latitude,longitude\na,54.6190,2.0015\nb,54.6236,2.0045\nc,north,2.0\n"


def send(client, content=HOMES, name="homes.csv", purpose="homes", to=SEND):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    asked = {"rule": "ipprn"} if to == SEND else {"preset": "there-and-back", "mode": "wheel"}
    return client.post(to, {"file": file, "purpose": purpose, "map": "doggerby", **asked})


def test_a_list_of_homes_is_checked_behind_the_page_and_its_bad_row_is_listed(client, bob, town_held):
    client.force_login(bob)
    address = send(client).url
    assert worker.work_once("one")
    job = Job.objects.get()
    assert (job.state, job.progress) == (State.DONE, 100)
    value = kinds.answer(job).value
    assert (value.homes, value.left_out) == (2, 1)
    assert [fault.row for fault in value.rejected] == [4]
    page = client.get(address).content.decode()
    assert "north" in page
    assert client.get(f"{address}?format=csv").content.decode().startswith("measure,")
    left_out = client.get(f"{address}?format=csv&table=rejected")
    assert "latitude,north" in left_out.content.decode()
    assert "-rejected.csv" in left_out["Content-Disposition"]


def test_the_planning_application_of_the_town_is_checked_home_by_home(client, bob, town_held):
    client.force_login(bob)
    send(client, (town_held / "application.geojson").read_bytes(), "application.geojson")
    assert worker.work_once("one")
    assert kinds.answer(Job.objects.get()).value.homes == 60


@pytest.mark.slow
def test_the_boundary_of_a_site_is_checked_at_its_worst_corner(client, bob, town_held):
    client.force_login(bob)
    send(client, (town_held / "application_site.geojson").read_bytes(), "site.geojson", "boundary")
    assert worker.work_once("one")
    value = kinds.answer(Job.objects.get()).value
    assert value["corners"] > 4
    assert value["nearest_metres"] <= value["metres"]


def test_homes_that_are_sent_are_scored_by_what_a_day_needs_and_their_bad_row_is_listed(
    client, bob, charlie, town_held
):
    client.force_login(bob)
    address = send(client, to=SCORE).url
    assert worker.work_once("one")
    value = kinds.answer(Job.objects.get()).value
    assert (value.mode, value.beside, value.homes, value.left_out) == ("wheel", "walk", 2, 1)
    assert [fault.row for fault in value.rejected] == [4]
    links = re.findall(rf'href="({SCORE}[^"]+)"', client.get(address).content.decode())
    table = next(link for link in links if link.endswith("/homes.csv/"))
    told = list(csv.DictReader(io.StringIO(body(client.get(table)).decode())))
    assert [row["id"] for row in told] == ["a", "b"]
    assert client.get(table.replace("neighbourhoods", "greenspace")).status_code == 404
    client.force_login(charlie)
    assert {client.get(link).status_code for link in (address, *links)} == {404}


def test_the_worst_served_corner_of_a_site_that_is_sent_is_told(client, bob, town_held):
    client.force_login(bob)
    send(client, (town_held / "application_site.geojson").read_bytes(), "site.geojson", "boundary", SCORE)
    assert worker.work_once("one")
    answer = kinds.answer(Job.objects.get())
    assert answer.value.corners > 4
    assert "near.spot.corners" in [step.code for step in answer.steps]


@pytest.mark.slow
def test_scoring_that_was_killed_half_way_goes_on_from_its_last_finished_block(
    client, bob, town_held, monkeypatch
):
    from fairground.questions.opportunity.near_survey import Survey
    from fairground.web.opportunity.neighbourhoods import bridge

    class Killed(BaseException):
        pass

    done, real = [], Survey.judge

    def judge(self, block):
        done.append(len(block))
        return real(self, block)

    def so_far(percent):
        if len(done) == 2:
            raise Killed

    monkeypatch.setattr(bridge, "AT_A_TIME", 20)
    monkeypatch.setattr(Survey, "judge", judge)
    client.force_login(bob)
    send(client, (town_held / "application.geojson").read_bytes(), "application.geojson", to=SCORE)
    sent = SentFile.objects.get()
    with pytest.raises(Killed):
        bridge.checked(sent, so_far)
    assert not any(sent.results.iterdir())
    assert worker.work_once("another")
    assert done == [20, 20, 20]
    assert kinds.answer(Job.objects.get()).value.homes == 60
    assert not sent.blocks.exists()


@pytest.mark.slow
@pytest.mark.parametrize("to", [SEND, SCORE], ids=["green space", "needs"])
@pytest.mark.parametrize(
    ("content", "name", "purpose", "told"),
    [
        ("a,b\n1,2\n", "homes.csv", "homes", "does not say where the homes are"),
        (HOMES, "homes.xlsx", "homes", "another ending"),
        (
            '{"type": "FeatureCollection", "features": []}',
            "site.geojson",
            "boundary",
            "site.geojson: The file holds no shapes",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_once_and_not_kept(
    client, bob, town_held, content, name, purpose, told, to
):
    client.force_login(bob)
    page = send(client, content, name, purpose, to)
    assert page.status_code == 400
    assert told in page.context["form"].errors["file"][0]
    assert not Job.objects.exists()
    assert not SentFile.objects.exists()
    assert not folder().is_dir() or list(folder().iterdir()) == []


def test_strangers_are_asked_to_sign_in_and_others_never_see_a_result(client, bob, charlie, town_held):
    assert {client.get(page).status_code for page in (SEND, SCORE)} == {302}
    client.force_login(bob)
    address = send(client).url
    client.force_login(charlie)
    assert client.get(address).status_code == 404


def test_sending_is_written_in_the_log_without_the_name_of_the_file(client, bob, town_held):
    client.force_login(bob)
    send(client, name="12 Acacia Avenue.csv")
    event = AuditEvent.objects.get(action="ground.send")
    assert "Acacia" not in str(event.facts)


def test_a_cancelled_check_stops_and_says_so(client, bob, town_held):
    client.force_login(bob)
    send(client)
    job = Job.objects.get()
    Job.objects.update(cancel_asked=True)
    assert worker.work_once("one")
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_a_check_whose_worker_was_killed_is_done_by_another(client, bob, town_held):
    from fairground.web.jobs.actions import claim

    client.force_login(bob)
    send(client)
    assert claim("killed", lease=30)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert worker.work_once("another")
    assert Job.objects.get().state == State.DONE


@pytest.mark.slow
def test_a_check_that_was_killed_half_way_goes_on_from_its_last_finished_block(
    client, bob, town_held, monkeypatch
):
    from fairground.questions.opportunity import green_count
    from fairground.web.opportunity.greenspace import bridge

    class Killed(BaseException):
        pass

    done, real, reported = [], green_count.measured, []

    def measured(footing, sites, ways, x, *more):
        done.append(len(x))
        return real(footing, sites, ways, x, *more)

    def so_far(percent):
        reported.append(percent)
        if len(reported) == 3:
            raise Killed

    monkeypatch.setattr(bridge, "AT_A_TIME", 20)
    monkeypatch.setattr(green_count, "measured", measured)
    client.force_login(bob)
    send(client, (town_held / "application.geojson").read_bytes(), "application.geojson")
    sent = SentFile.objects.get()
    with pytest.raises(Killed):
        bridge.checked(sent, so_far)
    assert worker.work_once("another")
    assert done == [20, 20, 20]
    assert kinds.answer(Job.objects.get()).value.homes == 60
    assert not sent.blocks.exists()


def test_what_was_found_of_each_home_can_be_taken_away_by_its_sender_only(client, bob, charlie, town_held):
    client.force_login(bob)
    address = send(client).url
    assert worker.work_once("one")
    page = client.get(address).content.decode()
    links = re.findall(r'href="(/opportunity/greenspace/homes/[^"]+)"', page)
    assert len(links) == 5
    assert "a cross one that fails" in page
    drawn = body(client.get(next(link for link in links if link.endswith("/svg/")))).decode()
    assert "Each home of the list" in drawn
    assert drawn.count("Home that") == 1  # both homes of this list fail: the key names what is on the map
    table = next(link for link in links if link.endswith("/homes.csv/"))
    told = list(csv.DictReader(io.StringIO(body(client.get(table)).decode())))
    assert [row["home"] for row in told] == ["a", "b"]
    client.force_login(charlie)
    assert {client.get(link).status_code for link in links} == {404}


@pytest.mark.parametrize(
    ("most", "digits", "kept"), [(10, 6, 4), (3, 5, 3)], ids=["few homes", "more than a map can show"]
)
def test_a_map_has_a_dot_for_each_home_or_for_those_that_lie_together(
    tmp_path, monkeypatch, most, digits, kept
):
    monkeypatch.setattr(sent_map, "MOST", most)
    path = tmp_path / "homes.csv"
    rows = [
        "2.000001,54.100001,pass",
        "2.000002,54.100002,pass",
        "2.010001,54.1,fail",
        "2.010001,54.10004,fail",
    ]
    path.write_text("\n".join(["longitude,latitude,verdict", *rows]))
    found = sent_map.dots(path, "verdict", {"pass": "met", "fail": "unmet", "unknown": "unknown"})
    assert sum(map(len, found.values())) == kept
    assert found["met"][0] == ((round(2.000001, digits), round(54.100001, digits)),)
    assert set(found) == {"met", "unmet"}


def test_files_are_forgotten_after_thirty_days_and_lost_ones_at_once(client, bob, town_held):
    client.force_login(bob)
    send(client)
    sent = SentFile.objects.get()
    lost = folder() / "lost.csv"
    lost.write_text("x")
    for path in (lost, sent.path):
        os.utime(path, (time.time() - 7200,) * 2)
    actions.forget_old(timezone.now())
    assert sent.path.exists()
    assert not lost.exists()
    actions.forget_old(timezone.now() + timedelta(days=31))
    assert not SentFile.objects.exists()
    assert not sent.path.exists()


def test_a_person_can_take_away_and_erase_what_they_sent(client, bob, town_held):
    client.force_login(bob)
    send(client)
    sent = SentFile.objects.get()
    assert PARTS["sent_files"](bob)[0]["file"] == "homes.csv"
    for forget in FORGET:
        forget(bob)
    assert not sent.path.exists()
    assert not SentFile.objects.exists()
