"""The database's own refusal to change a frozen paper or an entry of the log: for SQLite and PostgreSQL.

https://www.sqlite.org/lang_createtrigger.html and
https://www.postgresql.org/docs/current/plpgsql-trigger.html. A later migration that alters one of these
tables on SQLite makes the table anew and must put the triggers back.
"""

from __future__ import annotations

from typing import Any

PAPER_WORDS = "a frozen paper cannot be changed: set up a new round"
LOG_WORDS = "the log of ballots can only be added to"
FROZEN = ("round_id", "specification", "digest", "opens_at", "closes_at", "public_key")
ONCE = ("closed_at", "size", "root", "signature")


def add(apps: Any, schema_editor: Any) -> None:
    """Create the triggers."""
    vendor = schema_editor.connection.vendor
    for name, table, verb, when, words in _triggers(vendor):
        for statement in _statements(vendor, name, table, verb, when, words):
            schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    """Undo `add`."""
    vendor = schema_editor.connection.vendor
    for name, table, *_ in _triggers(vendor):
        on_table = f" ON {table}" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on_table}", params=None)


def _triggers(vendor: str) -> list[tuple[str, str, str, str, str]]:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    cast = "::text" if vendor == "postgresql" else ""
    changed = [f"OLD.{name}{cast} {differs} NEW.{name}{cast}" for name in FROZEN]
    again = [f"(OLD.{name} IS NOT NULL AND OLD.{name} <> '')" for name in ("root",)]
    reclosed = [f"({again[0]} AND OLD.{name} {differs} NEW.{name})" for name in ONCE]
    when = f"WHEN ({' OR '.join(changed + reclosed)}) "
    return [
        ("ballots_paper_frozen", "ballots_paper", "UPDATE", when, PAPER_WORDS),
        ("ballots_paper_kept", "ballots_paper", "DELETE", "", PAPER_WORDS),
        ("ballots_log_no_update", "ballots_revision", "UPDATE", "", LOG_WORDS),
        ("ballots_log_no_delete", "ballots_revision", "DELETE", "", LOG_WORDS),
    ]


def _statements(vendor: str, name: str, table: str, verb: str, when: str, words: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{words}'); END"
        ]
    body = f"BEGIN RAISE EXCEPTION '{words}'; END"
    return [
        f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {name}_refuse()",
    ]
