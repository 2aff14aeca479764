"""The same form from several processes at once does its work once; of two different ones, one is refused."""

import json

SETUP = """
from datetime import timedelta
from django.utils import timezone
from fairground.web.accounts import actions as accounts
from fairground.web.wealth.property.actions.cases import open_case
bob = accounts.enrol("bob@example.org", by=None)
accounts.appoint(bob, "officer", place_code="E06000021", by=None)
open_case(by=bob, procedure="acv-2011", place_code="E06000021", title="The Jolly Potter")
open_case(by=bob, procedure="consultation", place_code="E06000021", title="Bethesda Hall")
"""
RECORD = """
import uuid
from datetime import timedelta
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from django.utils import timezone
from fairground.errors import BadInput
from fairground.web.accounts.models import User
from fairground.web.wealth.property.actions.cases import record_event
from fairground.web.wealth.property.actions.reminders import remind
from fairground.web.wealth.property.models import Case
def send(token):
    try:
        record_event(Case.objects.get(title="The Jolly Potter"), by=User.objects.get(), kind="nominate",
                     day=timezone.localdate(), token=token)
        record_event(Case.objects.get(title="Bethesda Hall"), by=User.objects.get(), kind="publish",
                     day=timezone.localdate(), token=uuid.uuid4())
        print("done\\n", end="", flush=True)
    except BadInput:
        print("refused\\n", end="", flush=True)
    connection.close()
with ThreadPoolExecutor(4) as pool:
    list(pool.map(send, [uuid.UUID(int=7)] * 4))
print(remind(timezone.localdate() + timedelta(days=50)))
"""
CHECK = """
import json
from fairground.web.audit.actions import verify
from fairground.web.wealth.property.models import CaseEvent, Reminder
kinds = sorted(CaseEvent.objects.values_list("kind", flat=True))
print(json.dumps([kinds, Reminder.objects.count(), verify()[1]]))
"""


def test_eight_officers_press_at_once_and_two_workers_remind_at_once(run_site):
    run_site(SETUP)
    racing = [run_site(RECORD, wait=False) for _ in range(2)]
    printed = [line for process in racing for line in process.communicate(timeout=120)[0].splitlines()]
    told = [line for line in printed if line in ("done", "refused", "0", "1")]  # the mail is printed too
    assert sorted(told) == ["0", "1", "done"] + ["refused"] * 7
    events, reminders, broken = json.loads(run_site(CHECK))
    assert (events, reminders, broken) == (["nominate", "publish"], 1, None)
