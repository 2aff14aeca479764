"""What is kept no longer is deleted, and nothing else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from fairground.web.jobs import actions, worker
from fairground.web.jobs.models import Job, State


@pytest.mark.django_db
def test_old_sessions_and_old_ended_jobs_go_and_the_rest_stays():
    now = timezone.now()
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    old = actions.ask("rehearsal", by=None)
    Job.objects.update(state=State.DONE, ended_at=now - timedelta(days=31))
    job = actions.ask("retention", by=None)
    worker.work_once("one")
    job.refresh_from_db()
    assert job.result == {"sessions": 1, "jobs": 1, "pools": 0}
    assert not Job.objects.filter(pk=old.pk).exists()
    assert Session.objects.get().pk == "new"
