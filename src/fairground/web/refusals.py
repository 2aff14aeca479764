"""The database's own refusals to change or delete what must stay: triggers for SQLite and PostgreSQL.

https://www.sqlite.org/lang_createtrigger.html and
https://www.postgresql.org/docs/current/plpgsql-trigger.html. A migration that alters such a table on SQLite
makes it anew, and must put its triggers back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

__all__ = ["Migrate", "Refusal", "migrations", "unlike"]

Migrate = Callable[[Any, Any], None]


class Refusal(NamedTuple):
    """A trigger: its name, its table, UPDATE or DELETE, the condition on OLD and NEW (or none), the words."""

    name: str
    table: str
    verb: str
    when: str
    words: str


def migrations(refusals: Callable[[str], Sequence[Refusal]]) -> tuple[Migrate, Migrate]:
    """Return what a migration runs to create the triggers, and to drop them.

    Parameters
    ----------
    refusals : gives them for a database, "sqlite" or "postgresql".
    """

    def add(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for refusal in refusals(vendor):
            for statement in _statements(vendor, refusal):
                schema_editor.execute(statement, params=None)

    def drop(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for refusal in refusals(vendor):
            on_table = f" ON {refusal.table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {refusal.name}{on_table}", params=None)

    return add, drop


def unlike(vendor: str) -> tuple[str, str]:
    """Return how a database says that two values differ, and how a column becomes text that it compares."""
    return ("IS NOT", "") if vendor == "sqlite" else ("IS DISTINCT FROM", "::text")


def _statements(vendor: str, refusal: Refusal) -> list[str]:
    name, table, verb, condition, words = refusal
    when = f"WHEN ({condition}) " if condition else ""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{words}'); END"
        ]
    body = f"BEGIN RAISE EXCEPTION '{words}'; END"
    return [
        f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {name}_refuse()",
    ]
