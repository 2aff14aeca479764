"""The database's own refusal to change a frozen paper or an entry of the log (see web/refusals.py)."""

from __future__ import annotations

from fairground.web.refusals import Refusal, migrations, unlike

PAPER_WORDS = "a frozen paper cannot be changed: set up a new round"
LOG_WORDS = "the log of ballots can only be added to"
FROZEN = ("round_id", "specification", "digest", "opens_at", "closes_at", "public_key")
ONCE = ("closed_at", "size", "root", "signature")


def _refusals(vendor: str) -> list[Refusal]:
    differs, cast = unlike(vendor)
    changed = [f"OLD.{name}{cast} {differs} NEW.{name}{cast}" for name in FROZEN]
    again = [f"(OLD.{name} IS NOT NULL AND OLD.{name} <> '')" for name in ("root",)]
    reclosed = [f"({again[0]} AND OLD.{name} {differs} NEW.{name})" for name in ONCE]
    when = " OR ".join(changed + reclosed)
    return [
        Refusal("ballots_paper_frozen", "ballots_paper", "UPDATE", when, PAPER_WORDS),
        Refusal("ballots_paper_kept", "ballots_paper", "DELETE", "", PAPER_WORDS),
        Refusal("ballots_log_no_update", "ballots_revision", "UPDATE", "", LOG_WORDS),
        Refusal("ballots_log_no_delete", "ballots_revision", "DELETE", "", LOG_WORDS),
    ]


add, drop = migrations(_refusals)
