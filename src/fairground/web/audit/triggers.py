"""The database's own refusal to change the past: triggers for SQLite and for PostgreSQL.

https://www.sqlite.org/lang_createtrigger.html and
https://www.postgresql.org/docs/current/plpgsql-trigger.html.
"""

from __future__ import annotations

from typing import Any

from fairground.web.audit.chain import START

WORDS = "the audit log can only be added to"


def add(apps: Any, schema_editor: Any) -> None:
    """Create the head of the chain and the triggers."""
    apps.get_model("audit", "ChainHead").objects.get_or_create(
        pk=1, defaults={"sequence": 0, "digest": START}
    )
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    """Undo `add`."""
    on_table = " ON audit_auditevent" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER audit_no_{verb}{on_table}", params=None)


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit_auditevent "
            f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            for verb in ("update", "delete")
        ]
    body = f"BEGIN RAISE EXCEPTION '{WORDS}'; END"
    return [
        f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        *(
            f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit_auditevent "
            "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
            for verb in ("update", "delete")
        ),
    ]
