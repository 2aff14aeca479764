"""How the chain is made and checked: the digest of an event, and the first event that breaks the chain.

Canonical JSON after RFC 8785 in the part we use: sorted keys, no spaces, UTF-8; no fractions of numbers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


@dataclass(frozen=True)
class Link:
    """The content of one event."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    facts: dict[str, Any]
    previous: str

    def as_json(self) -> dict[str, Any]:
        """Return the content as plain JSON values."""
        return {
            "sequence": self.sequence,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor,
            "action": self.action,
            "subject": self.subject,
            "facts": self.facts,
            "previous": self.previous,
        }


@dataclass(frozen=True)
class Break:
    """The first event at which the chain is broken, and how."""

    sequence: int
    reason: str


def digest(link: Link) -> str:
    """Return the SHA-256 digest of an event, in hexadecimal."""
    text = json.dumps(link.as_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(
    links: Iterable[tuple[Link, str]], *, head_sequence: int, head_digest: str
) -> tuple[int, Break | None]:
    """Return how many events were read, and the first break (None: the chain is whole).

    Rule 1: sequence numbers run 1, 2, 3, … without a gap.
    Rule 2: each event names the digest of the event before it.
    Rule 3: each digest is the digest of its event.
    Rule 4: the head names the last event.
    """
    count, previous = 0, START
    for link, kept in links:
        if link.sequence != count + 1:
            return count, Break(count + 1, "this event is missing")
        if link.previous != previous:
            return count, Break(link.sequence, "it does not follow from the event before it")
        if digest(link) != kept:
            return count, Break(link.sequence, "its content was changed after it was written")
        count, previous = count + 1, kept
    if (count, previous) != (head_sequence, head_digest):
        return count, Break(count + 1, f"events after {count} are missing: the chain ends at {head_sequence}")
    return count, None
