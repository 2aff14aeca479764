"""A job is done once at a time, again if its worker is killed, and not for ever."""

import os
import signal
import threading
import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.utils import timezone

from fairground.web.jobs import actions, worker
from fairground.web.jobs.models import Job, State


@pytest.mark.django_db
def test_a_job_is_claimed_by_one_worker_only():
    actions.ask("rehearsal", by=None)
    assert actions.claim("one", lease=30) is not None
    assert actions.claim("two", lease=30) is None


@pytest.mark.django_db
def test_a_job_whose_lease_ran_out_goes_to_another_and_the_first_can_no_longer_end_it():
    actions.ask("rehearsal", by=None)
    first = actions.claim("one", lease=30)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = actions.claim("two", lease=30)
    assert second.attempts == 2
    assert not actions.end(first, State.DONE)
    assert not actions.renew(first, lease=30)
    assert actions.end(second, State.DONE, result=1)


@pytest.mark.django_db
def test_attempts_are_capped():
    actions.ask("rehearsal", by=None, most_attempts=2)
    for _ in range(2):
        assert actions.claim("one", lease=30)
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert actions.claim("one", lease=30) is None
    assert Job.objects.get().state == State.FAILED


@pytest.mark.django_db
def test_a_job_that_goes_wrong_is_tried_again_then_fails_with_the_reason():
    job = actions.ask("rehearsal", by=None, most_attempts=2, steps="many")
    for _ in range(2):
        claimed = actions.claim("one", lease=30)
        worker._run(claimed)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "TypeError" in job.problem


@pytest.mark.django_db
def test_a_done_job_has_its_result():
    job = actions.ask("rehearsal", by=None, seconds=0, steps=3)
    worker._run(actions.claim("one", lease=30))
    job.refresh_from_db()
    assert (job.state, job.progress, job.result) == (State.DONE, 100, {"steps": 3})


def test_only_whoever_asked_may_cancel(alice, charlie):
    job = actions.ask("rehearsal", by=alice)
    with pytest.raises(PermissionDenied):
        actions.cancel(job, by=charlie)
    actions.cancel(job, by=alice)
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_a_running_job_stops_when_cancelled(alice):
    job = actions.ask("rehearsal", by=alice, seconds=0)
    claimed = actions.claim("one", lease=30)
    actions.cancel(job, by=alice)
    worker._run(claimed)
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_charlie_does_not_see_or_stop_alices_job(client, alice, charlie):
    job = actions.ask("rehearsal", by=alice)
    client.force_login(charlie)
    assert client.get(f"/jobs/{job.pk}/").status_code == 404
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 404


def test_a_database_that_is_busy_does_not_stop_the_heart(monkeypatch, caplog):
    """A beat that finds the tables locked is missed; the next one renews the lease."""
    over, beats = threading.Event(), []

    def renew(job, *, lease):
        beats.append(job)
        if len(beats) == 1:
            raise OperationalError("database table is locked")
        over.set()
        return True

    monkeypatch.setattr(actions, "renew", renew)
    job = Job(pk=1)
    worker._beat(job, 0.03, over)
    assert beats == [job, job]
    assert "could not be renewed yet: database table is locked" in caplog.text


WORKER = "from fairground.web.jobs.worker import work; work(lease=1.5, pause=0.1)"
STATE = """
from fairground.web.jobs.models import Job
j = Job.objects.get()
print(j.state, j.attempts, j.progress)
"""


def _wait_for(run_site, wanted, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        state, attempts, progress = run_site(STATE).split()
        if wanted(state, int(attempts), int(progress)):
            return state, int(attempts)
    raise AssertionError((state, attempts, progress))


def test_a_killed_workers_job_is_done_by_another(run_site):
    run_site("from fairground.web.jobs.actions import ask; ask('rehearsal', by=None, seconds=10, steps=50)")
    first = run_site(WORKER, wait=False)
    _wait_for(run_site, lambda state, _, progress: state == "running" and progress > 0)
    os.kill(first.pid, signal.SIGKILL)
    run_site(WORKER, wait=False)
    assert _wait_for(run_site, lambda state, *_: state == "done") == ("done", 2)


def test_the_page_of_a_job_says_in_words_what_it_does_and_leads_back(client, alice):
    job = actions.ask("rehearsal", by=alice)
    client.force_login(alice)
    for address in (f"/jobs/{job.pk}/", "/jobs/"):
        body = client.get(address).content.decode()
        assert "Shows that the worker works" in body
    assert 'href="/jobs/"' in client.get(f"/jobs/{job.pk}/").content.decode()
