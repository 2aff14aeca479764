"""The database's own refusal to change what a jury published, or what was answered: SQLite and PostgreSQL.

Rule 1: a report, a correction, a wording, a response, a follow-up: never changed, never deleted.
Rule 2: a recommendation and a minority's words: not once their jury's report is published.
A row put in beside them later shows nowhere: a published report is read from its own sealed text.

https://www.sqlite.org/lang_createtrigger.html and https://www.postgresql.org/docs/current/plpgsql-trigger.html.
A later migration that alters one of these tables on SQLite makes it anew and must put the triggers back.
"""

from __future__ import annotations

from typing import Any

WORDS = "this is published and cannot be changed: add a new entry"
ALWAYS = "1 = 1"
OF_JURY = "EXISTS (SELECT 1 FROM sittings_report AS r WHERE r.jury_id = OLD.jury_id)"
OF_RECOMMENDATION = (
    "EXISTS (SELECT 1 FROM sittings_report AS r JOIN sittings_recommendation AS n ON n.jury_id = r.jury_id "
    "WHERE n.id = OLD.recommendation_id)"
)
TABLES = (
    ("sittings_report", ALWAYS),
    ("sittings_correction", ALWAYS),
    ("sittings_wording", ALWAYS),
    ("sittings_response", ALWAYS),
    ("sittings_followup", ALWAYS),
    ("sittings_recommendation", OF_JURY),
    ("sittings_minority", OF_RECOMMENDATION),
)


def add(apps: Any, schema_editor: Any) -> None:
    """Create the triggers."""
    vendor = schema_editor.connection.vendor
    for table, when in TABLES:
        for verb in ("UPDATE", "DELETE"):
            for statement in _statements(vendor, table, verb, when):
                schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    """Undo `add`."""
    on = " ON {}" if schema_editor.connection.vendor == "postgresql" else ""
    for table, _ in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on.format(table)}", params=None)


def _statements(vendor: str, table: str, verb: str, when: str) -> list[str]:
    name = f"{table}_no_{verb.lower()}"
    if vendor == "sqlite":
        refuse = f"SELECT RAISE(ABORT, '{WORDS}') WHERE {when};"
        return [f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN {refuse} END"]
    row = "NEW" if verb == "UPDATE" else "OLD"
    body = f"BEGIN IF {when} THEN RAISE EXCEPTION '{WORDS}'; END IF; RETURN {row}; END"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
