"""Officers who press at once make one draw, and a killed worker's lottery is made by another."""

import os
import signal

import pytest

pytestmark = pytest.mark.slow

SETUP = """
from datetime import timedelta
from django.utils import timezone
from fairground.web.accounts.actions import appoint, enrol
from fairground.web.participation.actions import give_round_role
from fairground.web.power.juries.actions import juries, volunteers
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.told import Told
from fairground.web.power.lots.actions import lottery
from fairground.web.power.lots.models import Draw
bob, ola = (enrol(f"{name}@example.org", by=None, name=name) for name in ("bob", "ola"))
appoint(bob, "officer", place_code="E06000021", by=None)
day, now = timezone.localdate(), timezone.now()
jury = juries.create_jury(by=bob, place_code="E06000021", title="A jury", summary="It.", size=4,
    question="What?", remit="All.", decider="Cabinet", answer_by=day,
    registration_opens=now - timedelta(days=2),
    registration_closes=now + timedelta(days=1), erase_on=day + timedelta(days=90))
values = (juries.Value("Young", 2, 2), juries.Value("Old", 2, 2))
juries.set_targets(jury, [juries.Asked("Age", "Age?", values)], by=bob)
juries.publish_jury(jury, by=bob)
give_round_role(jury.round, ola, "officer", by=bob)
for n in range(20):
    told = Told(f"V {n}", {"Age": ("Young", "Old")[n % 2]}, email=f"v{n}@example.org")
    volunteers.register(jury, told, key=str(n))
Jury.objects.update(registration_closes=now - timedelta(hours=1))
known = now + timedelta(seconds=WAIT)
draw = lottery.prepare(jury, by=bob, rule="leximin", announced=["Lotto"], known_from=known)
"""
READ = """
import time
from django.utils import timezone
from fairground.errors import FairgroundError
from fairground.web.accounts.models import User
from fairground.web.power.lots.actions import lottery
from fairground.web.power.lots.models import Draw
draw, by = Draw.objects.get(), User.objects.get(email="NAME@example.org")
while timezone.now() < draw.known_from:
    time.sleep(0.05)
made = 0
for n in range(20):
    try:
        made += lottery.read_out(draw, ["1, 2, 3"], by=by) is not None
    except FairgroundError:
        break
print(made)
"""
WORK = """
import time
from fairground.web.jobs.worker import work_once
from fairground.web.power.lots import bridge
made = bridge.lottery
def slow(*args, **more):
    print("begun", flush=True)
    time.sleep(PAUSE)
    return made(*args, **more)
bridge.lottery = slow
while not work_once("worker-PAUSE", lease=1.0):
    time.sleep(0.1)
"""
LOOK = "from fairground.web.power.lots.models import Draw, Seat\n"


def test_two_officers_who_press_at_once_make_one_draw(run_site):
    run_site(SETUP.replace("WAIT", "12") + "lottery.make(draw, lambda share: None)")
    both = [run_site(READ.replace("NAME", name), wait=False) for name in ("bob", "ola")]
    made = [int(process.communicate(timeout=60)[0]) for process in both]
    assert sum(made) == 1
    assert run_site(f"{LOOK}print(Seat.objects.count(), Draw.objects.get().state)") == "4 drawn"


def test_a_killed_workers_lottery_is_made_and_sealed_by_another(run_site):
    run_site(SETUP.replace("WAIT", "600"))
    first = run_site(WORK.replace("PAUSE", "60"), wait=False)
    assert first.stdout.readline() == "begun\n"
    os.kill(first.pid, signal.SIGKILL)
    run_site(WORK.replace("PAUSE", "0"))
    assert run_site(f"{LOOK}print(Draw.objects.get().state)") == "sealed"


# One officer calls the draw off, the other asks those who were drawn while that is not yet written down.
AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Event
import time
from django.db import connection, transaction
from fairground.errors import FairgroundError
from fairground.web.power.lots.actions import lottery, seats
from fairground.web.power.lots.models import Draw
while timezone.now() < draw.known_from:
    time.sleep(0.05)
for by in (bob, ola):
    lottery.read_out(draw, ["1, 2, 3"], by=by)
lottery.ask_to_call_off(draw, "A slip.", by=ola)
begun = Event()
def off():
    with transaction.atomic():
        lottery.call_off(draw, by=bob)
        begun.set()
        time.sleep(1)
    connection.close()
def ask():
    begun.wait(20)
    try:
        return seats.invite(jury, by=ola, answer_by=day + timedelta(days=9))
    except FairgroundError:
        return 0
    finally:
        connection.close()
with ThreadPoolExecutor(2) as pool:
    one, two = pool.submit(off), pool.submit(ask)
    one.result()
    print(two.result(), Draw.objects.get().state, jury.seats.count())
"""


def test_nobody_is_asked_to_come_by_a_draw_that_is_called_off_at_that_moment(run_site):
    made = SETUP.replace("WAIT", "2") + "lottery.make(draw, lambda share: None)\n"
    assert run_site(made + AT_ONCE) == "0 void 0"
