"""Two hundred people volunteer at once from several processes: none is lost or twice, even by a kill."""

import json
import os
import signal

SETUP = """
from datetime import timedelta
from django.utils import timezone
from fairground.web.accounts import actions as accounts
from fairground.web.power.juries.actions import juries
bob = accounts.enrol("bob@example.org", by=None)
accounts.appoint(bob, "officer", place_code="E06000021", by=None)
now, today = timezone.now(), timezone.localdate()
jury = juries.create_jury(
    by=bob, place_code="E06000021", title="Square", summary="Ours", question="What?", remit="All",
    decider="Cabinet", size=6, answer_by=today, registration_opens=now - timedelta(days=1),
    registration_closes=now + timedelta(days=1), erase_on=today + timedelta(days=9),
)
values = tuple(juries.Value(name, 1, 5) for name in ("Young", "Old"))
juries.set_targets(jury, [juries.Asked("Age", "How old?", values)], by=bob)
juries.publish_jury(jury, by=bob)
"""
# Each process sends the forms of the same people, so that each form comes twice, in four threads.
REGISTER = """
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from fairground.web.power.juries.actions.volunteers import register
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.told import Told
def work(numbers):
    jury = Jury.objects.get()
    for n in numbers:
        told = Told(f"Person {n}", {"Age": "Old"}, address=f"{n} Kiln Street", email=f"p{n}@example.org")
        register(jury, told, key=f"key-{n}")
        print(f"{n}\\n", end="", flush=True)
    connection.close()
with ThreadPoolExecutor(4) as pool:
    list(pool.map(work, [range(k, 200, 4) for k in range(4)]))
"""
CHECK = """
import json
from fairground.web.audit.models import AuditEvent
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.told import read_all
people = [(person.number, person.key, told.name) for person, told in read_all(Jury.objects.get())]
print(json.dumps([people, AuditEvent.objects.filter(action="jury.volunteer").count()]))
"""


def test_of_two_hundred_at_once_with_a_kill_none_is_lost_and_none_is_twice(run_site):
    site = {"PYTHONPATH": run_site.environment["PYTHONPATH"] + os.pathsep + os.getcwd()}
    run_site(SETUP, **site)
    killed, other = (run_site(REGISTER, wait=False, **site) for _ in range(2))
    told = {killed.stdout.readline().strip() for _ in range(20)}
    os.kill(killed.pid, signal.SIGKILL)
    told |= set(killed.communicate(timeout=30)[0].split())
    people, events = json.loads(run_site(CHECK, **site))
    assert {f"Person {n}" for n in told} <= {name for _, _, name in people}, "who was told is kept"
    _, err = other.communicate(timeout=120)
    assert other.returncode == 0, err
    people, events = json.loads(run_site(CHECK, **site))
    assert [number for number, _, _ in people] == list(range(1, 201))
    assert {key for _, key, _ in people} == {f"key-{n}" for n in range(200)}
    assert all(name == f"Person {key.removeprefix('key-')}" for _, key, name in people)
    assert events == 200
