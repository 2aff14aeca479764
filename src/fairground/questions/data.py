"""Which published data there are, what of them is on this machine, and whether a file is what it should be.

Reads the register of sources, and files that a person has. Reference: `docs/how-to/get-more-data.md`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from fairground import __version__
from fairground.errors import DataProblem
from fairground.evidence import Answer, Method, Source, Step
from fairground.sources import catalogue
from fairground.sources.catalogue import File
from fairground.sources.readers import READERS
from fairground.sources.tabular import Reading, raw

__all__ = ["catalogued", "checked", "tidy"]

REGISTER = Method(
    "data-register", "Listed from the register of published data", "docs/how-to/get-more-data.md"
)
READ = Method(
    "data-read",
    "Each row read, left out or mended for a known reason, or shown as a fault",
    "CSV as in RFC 4180; known faults of each file in sources/shapes.toml",
)
SHOWN = 100
SPREADSHEETS = (".xlsx", ".ods")
OURS = Source(
    "fairground-register",
    "Register of published data",
    "The Fairground contributors",
    f"Fairground {__version__}",
    "MIT; each dataset has the licence of its row",
    "",
)


@dataclass(frozen=True)
class Listed:
    """A published dataset: who made it, which edition, and whether its figures are here."""

    id: str
    title: str
    publisher: str
    edition: str
    released: str
    licence: str
    bundled: bool
    fetched_with: str
    on_this_machine: bool
    page: str
    note: str


@dataclass(frozen=True)
class Catalogue:
    """Every dataset of the register."""

    rows: tuple[Listed, ...]


@dataclass(frozen=True)
class Finding:
    """Something about a file: a fault at a row, or how many rows were kept, left out or mended and why."""

    what: str
    rows: int
    row: int | str
    field: str
    value: str
    allowed: str


@dataclass(frozen=True)
class Checked:
    """The quality of a file: whether its figures may be used, and everything found in it."""

    id: str
    file: str
    sha256: str
    usable: bool
    read: int
    kept: int
    faults: int
    rows: tuple[Finding, ...]


@dataclass(frozen=True)
class Tidy:
    """The figures of a file, one row each, as the reader of the file gives them."""

    rows: tuple[Any, ...]


def catalogued(folder: Path) -> Answer[Catalogue]:
    """List every dataset that Fairground knows, bundled or not, with edition and licence.

    Parameters
    ----------
    folder : where fetched files are kept.

    >>> from pathlib import Path
    >>> from fairground.questions.data import catalogued
    >>> [row.id for row in catalogued(Path("nowhere")).value.rows if not row.bundled][0]
    'hmt-cra'
    """
    held = {one.id: one for one in catalogue.files()}
    found = tuple(_listed(one, held.get(one.id), folder) for one in catalogue.sources())
    facts = {
        "count": len(found),
        "bundled": sum(one.bundled for one in found),
        "more": len(held),
        "here": sum(one.on_this_machine for one in found),
    }
    steps = (Step("data.list.headline", facts), Step("data.list.more", facts), Step("data.list.here", facts))
    return Answer(Catalogue(found), REGISTER, steps, (OURS,))


def _listed(source: Source, file: File | None, folder: Path) -> Listed:
    command = f"fairground data get {source.id}" if file and file.address else "by hand" if file else ""
    return Listed(
        source.id,
        source.title,
        source.publisher,
        source.edition,
        source.released,
        source.licence,
        catalogue.bundled(source.id),
        command,
        bool(file and _kept(file, folder)),
        file.page if file else source.url,
        source.note,
    )


def checked(id: str, path: Path | None = None) -> Answer[Checked]:
    """Say whether a file is what its publisher says it is: what was kept, left out, mended, and each fault.

    Parameters
    ----------
    id : the dataset that the file belongs to, as `fairground data list` has it.
    path : the file; without it, a small made-up file of the same shape.

    Raises
    ------
    NotFound : no such dataset, or none with a file. DataProblem : the file is missing or is no such table.

    >>> from fairground.questions.data import checked
    >>> checked("hmt-cra").value.usable
    True
    """
    file = catalogue.file(id)
    read, name, digest = _read(file, path)
    quality = read.quality
    findings = [
        Finding("Rows read", quality.read, "", "", "", ""),
        Finding("Rows kept", quality.kept, "", "", "", ""),
        *(Finding(one.what, 1, one.row, one.field, one.value, one.allowed) for one in read.faults[:SHOWN]),
        *(Finding(f"Left out: {why}", count, "", "", "", "") for why, count in quality.dropped.items()),
        *(Finding(f"Mended: {why}", count, "", "", "", "") for why, count in quality.mended.items()),
    ]
    usable = not read.faults and quality.kept > 0
    value = Checked(id, name, digest, usable, quality.read, quality.kept, len(read.faults), tuple(findings))
    return Answer(value, READ, (*_told(value, file), *_made_up(path)), _cited(id, path, name, digest))


def _told(value: Checked, file: File) -> tuple[Step, ...]:
    facts = {"file": value.file, "read": value.read, "kept": value.kept, "faults": value.faults}
    expected = READERS[file.reader].expected
    code = "usable" if value.usable else "faulty" if value.faults else "nothing"
    steps = [Step(f"data.check.{code}", facts)]
    if value.faults > SHOWN:
        steps.append(Step("data.check.shown", {"shown": SHOWN, "faults": value.faults}))
    if expected is not None and value.read != expected:
        steps.append(Step("data.check.unknown.part", {"read": value.read, "expected": expected}))
    if file.sha256:
        same = "same" if file.sha256 == value.sha256 else "other"
        steps.append(Step(f"data.check.checksum.{same}", {"sha256": value.sha256}))
    return (*steps, Step("data.check.use", {"good_for": file.good_for, "id": value.id}))


def tidy(id: str, path: Path | None = None) -> Answer[Tidy]:
    """Give the figures of a file as plain rows, ready for a spreadsheet or for `fairground measures`.

    Parameters
    ----------
    id : the dataset that the file belongs to. path : the file; without it, a small made-up file.

    Raises
    ------
    NotFound : no such dataset. DataProblem : the file is missing or has a fault; names row, field, value,
    allowed.

    >>> from fairground.questions.data import tidy
    >>> tidy("hmt-cra").value.rows[0].name
    'North East'
    """
    file = catalogue.file(id)
    read, name, digest = _read(file, path)
    held = read.dataset(catalogue.source(id), file=name.removesuffix(read.sheet))
    record = READERS[file.reader].record
    rows = tuple(record(*cells) for cells in zip(*held.columns.values(), strict=True))
    facts = {"file": name, "read": held.quality.read, "kept": held.quality.kept, "rows": len(rows)}
    steps = (Step("data.rows.headline", facts), Step("data.rows.kept", facts), *_made_up(path))
    return Answer(Tidy(rows), READ, steps, _cited(id, path, name, digest))


def _read(file: File, path: Path | None) -> tuple[Reading, str, str]:
    reader = READERS[file.reader]
    if path is not None:
        found = reader.examine(path)
        return found, path.name + found.sheet, hashlib.sha256(raw(path)).hexdigest()
    with as_file(files("fairground.sources").joinpath("examples", f"{file.reader}.csv")) as example:
        content = raw(example)
        return reader.examine(example), "example file (made up)", hashlib.sha256(content).hexdigest()


def _cited(id: str, path: Path | None, name: str, digest: str) -> tuple[Source, ...]:
    """Return the publisher and the copy at hand; a made-up file has no publisher but us."""
    edition = f"SHA-256 {digest}"
    if path is None:
        return (Source(digest[:16], name, "The Fairground contributors", edition, "MIT", ""),)
    own = Source(digest[:16], name, "your own copy", edition, "as its publisher says", "")
    return (catalogue.source(id), own)


def _made_up(path: Path | None) -> tuple[Step, ...]:
    return (Step("data.made-up"),) if path is None else ()


def where(id: str, folder: Path) -> Path:
    """Return the fetched file of a dataset.

    Raises
    ------
    NotFound : no such dataset. DataProblem : its file is not on this machine; says how to get it.
    """
    file = catalogue.file(id)
    path = _kept(file, folder)
    if path is None:
        how = f"fairground data get {id}" if file.address else f"getting it from {file.page}"
        raise DataProblem(
            "The file is not on this machine",
            str(folder / file.name),
            try_this=f"{how}, or name your own file",
        )
    return path


def _kept(file: File, folder: Path) -> Path | None:
    """Return the file of a dataset, as CSV or as the spreadsheet that its publisher gives out."""
    named = folder / file.name
    return next((path for path in (named, *map(named.with_suffix, SPREADSHEETS)) if path.is_file()), None)
