"""The register of published data: who published it, in which edition, under which licence.

The entries are in `catalogue.toml`; each figure of a bundled table names one of them.
"""

from __future__ import annotations

from functools import cache

from fairground.errors import NotFound
from fairground.evidence import Source
from fairground.tables import toml

__all__ = ["source", "sources"]

_FIELDS = ("title", "publisher", "edition", "licence", "url", "released", "retrieved", "note")


@cache
def _register() -> dict[str, Source]:
    entries = toml("fairground.sources", "catalogue.toml")
    return {
        id: Source(id=id, **{name: str(entry.get(name, "")) for name in _FIELDS})
        for id, entry in entries.items()
    }


def sources() -> tuple[Source, ...]:
    """Return every registered source, in the order of the register."""
    return tuple(_register().values())


def source(id: str) -> Source:
    """Return one source by its id.

    Raises
    ------
    NotFound : no source of that id is registered.
    """
    if id not in _register():
        raise NotFound("No such source is registered", field="id", value=id, nearest=_near(id))
    return _register()[id]


def _near(id: str) -> tuple[str, ...]:
    start = id.split("-")[0]
    return tuple(known for known in _register() if known.startswith(start))[:5]
