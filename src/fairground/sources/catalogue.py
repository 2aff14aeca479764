"""The register of published data: who published it, which edition, which licence, where to get it.

The entries are in `catalogue.toml`; each figure of a bundled table names one of them. What the files that
do not travel with Fairground look like is in `shapes.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fairground.errors import NotFound
from fairground.evidence import Source
from fairground.tables import toml

__all__ = ["File", "bundled", "file", "files", "source", "sources"]

_FIELDS = ("title", "publisher", "edition", "licence", "url", "released", "retrieved", "note")


@dataclass(frozen=True)
class File:
    """A file that a person can have beside Fairground: where it is, how it is proved, what to expect in it.

    `address` is "" where it has to be fetched by hand from `page`; `sha256` is "" where the publisher
    renews the file in its place. `companion` is the address of a small file with its MD5 digest.
    """

    id: str
    name: str
    page: str
    reader: str
    address: str = ""
    sha256: str = ""
    columns: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    good_for: str = ""
    companion: str = ""


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
        raise NotFound(
            "No such source is registered",
            field="id",
            value=id,
            allowed="an id that `fairground data list` shows",
            nearest=_near(id),
        )
    return _register()[id]


def _near(id: str) -> tuple[str, ...]:
    start = id.split("-")[0]
    return tuple(known for known in _register() if known.startswith(start))[:5]


def bundled(id: str) -> bool:
    """Return whether figures of a source travel with Fairground."""
    return bool(toml("fairground.sources", "catalogue.toml")[source(id).id].get("bundled", True))


@cache
def files() -> tuple[File, ...]:
    """Return every file that a person can have beside Fairground, in the order of the register."""
    shapes = toml("fairground.sources", "shapes.toml")
    return tuple(
        File(
            id=id,
            **entry["file"],
            columns=tuple(shapes[entry["file"]["reader"]]["columns"]),
            faults=tuple(shapes[entry["file"]["reader"]]["faults"]),
            good_for=shapes[entry["file"]["reader"]]["good_for"],
        )
        for id, entry in toml("fairground.sources", "catalogue.toml").items()
        if "file" in entry
    )


def file(id: str) -> File:
    """Return the file of a source.

    Raises
    ------
    NotFound : no source of that id is registered, or it has no file that can be read; says which have.
    """
    source(id)
    for one in files():
        if one.id == id:
            return one
    known = ", ".join(one.id for one in files())
    raise NotFound("This source has no file that Fairground reads", field="id", value=id, allowed=known)
