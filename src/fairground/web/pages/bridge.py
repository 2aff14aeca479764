"""What the general pages ask the engine: which data there are, and what a misspelt address may have meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fairground.evidence import Answer, Method, Source, Step
from fairground.sources import catalogue
from fairground.web.places.bridge import near

__all__ = ["near", "register", "sources"]
METHOD = Method("sources-register", "Every source that a figure of ours names", "docs/reference/")


@dataclass(frozen=True)
class Register:
    """The sources that the site's numbers rest on."""

    rows: tuple[Source, ...]


def sources() -> tuple[Source, ...]:
    """Return every source that the site uses."""
    return catalogue.sources()


@lru_cache(maxsize=1)
def register() -> Answer[Register]:
    """Return the same as a whole answer."""
    found = sources()
    return Answer(Register(found), METHOD, (Step("pages.sources", {"count": len(found)}),), found)
