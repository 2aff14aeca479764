"""The database's own refusal to change a sealed draw and what was read out (see web/refusals.py)."""

from __future__ import annotations

from fairground.web.refusals import Refusal, migrations, unlike

SEALED_WORDS = "a sealed draw cannot be changed: call it off, with a reason, and draw anew"
DRAWN_WORDS = "a draw that was made cannot be changed"
READ_WORDS = "what was read out can only be added to"
WHEN_SEALED = (
    "jury_id", "number", "first", "places", "rule", "juries", "targets", "reason", "announced", "known_from",
    "asked_by_id", "asked_at", "seal", "public", "proof", "sealed_at",
)  # fmt: skip
WHEN_DRAWN = ("values", "chosen", "codes", "on_jury", "drawn_at", "drawn_by_id")
WHEN_VOID = ("voided_at", "voided_by_id", "void_reason", *WHEN_DRAWN)


def _refusals(vendor: str) -> list[Refusal]:
    differs, cast = unlike(vendor)

    def changed(names: tuple[str, ...]) -> str:
        return " OR ".join(f'OLD."{name}"{cast} {differs} NEW."{name}"{cast}' for name in names)

    other_file = "(NEW.council <> '' AND OLD.council <> NEW.council)"
    sealed = f"OLD.seal <> '' AND ({changed(WHEN_SEALED)} OR {other_file})"
    drawn = f"OLD.drawn_at IS NOT NULL AND ({changed(WHEN_DRAWN)})"
    void = f"OLD.voided_at IS NOT NULL AND ({changed(WHEN_VOID)})"
    return [
        Refusal("lots_sealed_frozen", "lots_draw", "UPDATE", sealed, SEALED_WORDS),
        Refusal("lots_drawn_frozen", "lots_draw", "UPDATE", drawn, DRAWN_WORDS),
        Refusal("lots_void_frozen", "lots_draw", "UPDATE", void, DRAWN_WORDS),
        Refusal("lots_sealed_kept", "lots_draw", "DELETE", "OLD.seal <> ''", SEALED_WORDS),
        Refusal("lots_read_no_update", "lots_reading", "UPDATE", "", READ_WORDS),
        Refusal("lots_read_no_delete", "lots_reading", "DELETE", "", READ_WORDS),
    ]


def _way_refusals(vendor: str) -> list[Refusal]:
    """Return what keeps the way of a sealed draw: it came later than the rest."""
    differs, cast = unlike(vendor)
    changed = f'OLD.seal <> \'\' AND OLD."way"{cast} {differs} NEW."way"{cast}'
    return [Refusal("lots_way_frozen", "lots_draw", "UPDATE", changed, SEALED_WORDS)]


add, drop = migrations(_refusals)
add_way, drop_way = migrations(_way_refusals)
