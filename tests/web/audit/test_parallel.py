"""Many processes write to the audit log at once: nothing is lost and the chain is whole."""

WRITE = """
from fairground.web.audit.actions import record
for n in range(25):
    record("test.act", by=None, n=n)
"""
CHECK = """
from fairground.web.audit.actions import verify
print(verify())
"""


def test_four_processes_write_at_once_and_nothing_is_lost(run_site):
    writers = [run_site(WRITE, wait=False) for _ in range(4)]
    for writer in writers:
        _, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
    assert run_site(CHECK) == "(100, None)"


def test_the_command_names_the_first_event_that_was_changed(run_site):
    run_site(WRITE)
    run_site(
        "from django.db import connection as c\n"
        "on = ' ON audit_auditevent' if c.vendor == 'postgresql' else ''\n"
        "c.cursor().execute('DROP TRIGGER audit_no_update' + on)\n"
        "c.cursor().execute(\"UPDATE audit_auditevent SET actor = 'mallory' WHERE sequence = 7\")"
    )
    code = "import sys; from fairground.cli import main; sys.argv = ['fairground', 'audit', 'verify']; main()"
    process = run_site(code, wait=False)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "broken at event 7" in err
