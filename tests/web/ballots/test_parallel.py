"""Hundreds cast at once from several processes: none is lost, none counts twice, a kill loses nothing."""

import json
import os
import signal

SETUP = """
from datetime import timedelta
from django.utils import timezone
from fairground.web.accounts import actions as accounts
from fairground.web.ballots.actions import freeze_paper
from fairground.web.participation import actions as rounds
from tests.web.ballots.papers import specification
bob = accounts.enrol("bob@example.org", by=None)
accounts.appoint(bob, "officer", place_code="E06000021", by=None)
now = timezone.now()
round = rounds.create_round(by=bob, place_code="E06000021", title="Streets", summary="Ours")
days = {"ballot": (now - timedelta(days=1), now + timedelta(days=1))}
rounds.set_phases(round, days, by=bob)
rounds.publish_round(round, by=bob)
freeze_paper(round=round, specification=specification(), by=bob, closes_at=now + timedelta(days=1))
"""
# Each process sends the ballots of the same voters, each form twice, in four threads.
CAST = """
import sys
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from fairground.web.ballots.actions import NotOpen, Voter, cast
from fairground.web.ballots.models import Paper
from tests.web.ballots.papers import ticks
def vote(n):
    paper = Paper.objects.get()
    voter = Voter(f"{n:064d}", "letter", "Coast")
    for _ in range(2):
        cast(paper=paper, voter=voter, marks=ticks(city=["park"]), key=f"key-{n}")
    print(f"{n}\\n", end="", flush=True)
def work(numbers):
    try:
        for n in numbers:
            vote(n)
    except NotOpen:
        print("closed\\n", end="", flush=True)
    connection.close()
with ThreadPoolExecutor(4) as pool:
    list(pool.map(work, [range(k, COUNT, 4) for k in range(4)]))
"""
CLOSE = """
import time
from fairground.web.accounts.models import User
from fairground.web.ballots.actions import close
from fairground.web.ballots.models import LogHead, Paper
paper = Paper.objects.get()
while LogHead.objects.get().size < 90:
    time.sleep(0.05)
print(close(paper=paper, by=User.objects.get(), at=paper.closes_at).size)
"""
CHECK = """
import json
from fairground.web.ballots import bridge
from fairground.web.ballots.models import Ballot, LogHead, Paper, Revision
paper = Paper.objects.get()
keys = sorted(int(key[4:]) for key in Revision.objects.values_list("key", flat=True))
positions = list(Revision.objects.order_by("position").values_list("position", flat=True))
proofs = all(bridge.proof_of(one).holds for one in Revision.objects.all()[:5])
print(json.dumps([keys, Ballot.objects.count(), positions, LogHead.objects.get().size, proofs]))
"""


def check(run_site):
    keys, ballots, positions, size, proofs = json.loads(run_site(CHECK))
    assert positions == list(range(size)), "the log has no gap"
    assert len(keys) == len(set(keys)) == ballots == size, "each voter is in the log once"
    assert proofs
    return set(keys)


def test_of_hundreds_cast_at_once_with_a_kill_and_a_close_none_is_lost_and_none_counts_twice(run_site):
    site = {"PYTHONPATH": run_site.environment["PYTHONPATH"] + os.pathsep + os.getcwd()}
    run_site(SETUP, **site)
    code = CAST.replace("COUNT", "100000")
    casters = [run_site(code, wait=False, **site) for _ in range(2)]
    closer, killed = run_site(CLOSE, wait=False, **site), run_site(code, wait=False, **site)
    told = [killed.stdout.readline() for _ in range(20)]
    os.kill(killed.pid, signal.SIGKILL)
    lines = [*told, *killed.communicate(timeout=30)[0].splitlines(keepends=True)]
    for caster in casters:
        out, err = caster.communicate(timeout=120)
        assert caster.returncode == 0, err
        assert out.endswith("closed\n"), "the vote closed while this process was casting"
        lines.extend(out.splitlines(keepends=True))
    acknowledged = {int(line) for line in lines if line.endswith("\n") and line != "closed\n"}
    in_log = check(run_site)
    assert acknowledged <= in_log
    assert int(closer.communicate(timeout=30)[0]) == len(in_log) >= 90
