"""The database's own refusal to change a sealed draw and what was read out: for SQLite and PostgreSQL.

https://www.sqlite.org/lang_createtrigger.html and
https://www.postgresql.org/docs/current/plpgsql-trigger.html. A later migration that alters one of these
tables on SQLite makes the table anew and must put the triggers back.
"""

from __future__ import annotations

from typing import Any

SEALED_WORDS = "a sealed draw cannot be changed: call it off, with a reason, and draw anew"
DRAWN_WORDS = "a draw that was made cannot be changed"
READ_WORDS = "what was read out can only be added to"
WHEN_SEALED = (
    "jury_id", "number", "first", "places", "rule", "juries", "targets", "reason", "announced", "known_from",
    "asked_by_id", "asked_at", "seal", "public", "proof", "sealed_at",
)  # fmt: skip
WHEN_DRAWN = ("values", "chosen", "codes", "on_jury", "drawn_at", "drawn_by_id")
WHEN_VOID = ("voided_at", "voided_by_id", "void_reason", *WHEN_DRAWN)


def add(apps: Any, schema_editor: Any) -> None:
    """Create the triggers."""
    vendor = schema_editor.connection.vendor
    for trigger in _triggers(vendor):
        for statement in _statements(vendor, *trigger):
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

    def changed(names: tuple[str, ...]) -> str:
        return " OR ".join(f'OLD."{name}"{cast} {differs} NEW."{name}"{cast}' for name in names)

    other_file = "(NEW.council <> '' AND OLD.council <> NEW.council)"
    sealed = f"WHEN (OLD.seal <> '' AND ({changed(WHEN_SEALED)} OR {other_file})) "
    drawn = f"WHEN (OLD.drawn_at IS NOT NULL AND ({changed(WHEN_DRAWN)})) "
    void = f"WHEN (OLD.voided_at IS NOT NULL AND ({changed(WHEN_VOID)})) "
    return [
        ("lots_sealed_frozen", "lots_draw", "UPDATE", sealed, SEALED_WORDS),
        ("lots_drawn_frozen", "lots_draw", "UPDATE", drawn, DRAWN_WORDS),
        ("lots_void_frozen", "lots_draw", "UPDATE", void, DRAWN_WORDS),
        ("lots_sealed_kept", "lots_draw", "DELETE", "WHEN (OLD.seal <> '') ", SEALED_WORDS),
        ("lots_read_no_update", "lots_reading", "UPDATE", "", READ_WORDS),
        ("lots_read_no_delete", "lots_reading", "DELETE", "", READ_WORDS),
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
