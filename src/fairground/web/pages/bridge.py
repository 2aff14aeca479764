"""What the general pages ask the engine: which data there are."""

from __future__ import annotations

from fairground.evidence import Source
from fairground.sources import catalogue


def sources() -> tuple[Source, ...]:
    """Return every source that the site uses."""
    return catalogue.sources()
