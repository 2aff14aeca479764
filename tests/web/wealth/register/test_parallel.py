"""Officers who press at once: a list is taken in once, and undone before or after another, never amid it."""

import json

SETUP = """
from fairground.web.accounts import actions as accounts
from fairground.web.wealth.register.actions import imports, registers
bob = accounts.enrol("bob@example.org", by=None)
accounts.appoint(bob, "officer", place_code="E06000003", by=None)
made = registers.set_up(by=bob, title="Redcar property", body="B", place_code="E06000003", keeper="council")
HEAD = "Asset ID,Asset Name,Postcode\\n"
def send(name, rows):
    text = (HEAD + "".join(f"A{n},{name} {n},TS10 1AA\\n" for n in rows)).encode()
    return imports.send(made, by=bob, name=f"{name}.csv", size=len(text), content=[text])
first = send("First", range(40))
imports.confirm(first, by=bob, columns=first.columns, whole=True, dated=None)
send("Second", range(20, 60))
"""
RACE = """
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from fairground.errors import BadInput
from fairground.web.accounts.models import User
from fairground.web.wealth.register.actions import imports, taking_in
from fairground.web.wealth.register.models import ListImport
def act(what):
    bob = User.objects.get()
    sent = ListImport.objects.get(name=f"{what}.csv")
    try:
        if what == "Second":
            imports.confirm(sent, by=bob, columns=sent.columns, whole=True, dated=None)
        else:
            taking_in.undo(sent, by=bob, reason="The wrong year")
        print(f"{what} done\\n", end="", flush=True)
    except BadInput:
        print(f"{what} refused\\n", end="", flush=True)
    connection.close()
with ThreadPoolExecutor(4) as pool:
    list(pool.map(act, ["Second", "First", "Second", "First"]))
"""
CHECK = """
import json
from fairground.web.audit.actions import verify
from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.register.models import Asset, AssetChange, ListImport
shown = sorted(Asset.objects.filter(hidden_at=None, state="held").values_list("name", flat=True))
done = [AuditEvent.objects.filter(action=f"register.list.{what}").count() for what in ("take_in", "undo")]
stages = dict(ListImport.objects.values_list("name", "stage"))
hidden = Asset.objects.exclude(hidden_at=None).count()
print(json.dumps([shown, done, stages, Asset.objects.count(), hidden, verify()[1]]))
"""


def test_two_officers_confirm_one_list_while_others_undo_the_one_before(run_site):
    run_site(SETUP)
    racing = [run_site(RACE, wait=False) for _ in range(2)]
    told = [line for process in racing for line in process.communicate(timeout=120)[0].splitlines()]
    told = [line for line in told if line.endswith(("done", "refused"))]
    shown, done, stages, count, hidden, broken = json.loads(run_site(CHECK))
    assert told.count("Second done") == 1
    assert told.count("Second refused") == 3
    undone = told.count("First done")
    assert (undone, told.count("First refused")) in ((0, 4), (1, 3))
    assert done == [2, undone]
    assert stages == {"First.csv": "undone" if undone else "done", "Second.csv": "done"}
    assert shown == sorted(f"Second {n}" for n in range(20, 60))
    assert count == 60
    assert hidden == (20 if undone else 0)
    assert broken is None
