"""Answers about whole places that were worked out once and are kept, so that nobody waits for them again.

Each lies in a file of its own in the data folder: the answer, and the dots of its map. Its name says by which
files, which question and which version of Fairground it was worked out: when one of them changes, the old
answer is not found, a new one is worked out, and the old one is deleted.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from fairground import __version__
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.report.charts import Mark
from fairground.sources.prepared import is_prepared
from fairground.web.opportunity.held import Held, maps

Found = tuple[Answer[Any], tuple[Mark, ...]]
Tell = Callable[[int], None]  # is told the percentage done, and may stop the work
AT_ONCE = 600_000  # bytes of map and homes up to which a reader waits for an answer: under two seconds
READ_AT_ONCE = (
    3_000_000  # bytes of a map that nobody has prepared, up to which it is read while a reader waits
)
OWN, ROWS = 40, 8  # answers by readers' own definitions, and files of rows, that are kept: the newest


def folder() -> Path:
    """Return the folder of kept answers; it may not exist."""
    return Path(settings.MEDIA_ROOT) / "worked-out"


def stamp(ground: Held) -> str:
    """Return a mark of everything about a place that its answers depend on."""
    files = (ground.streets, ground.homes, ground.postcodes, ground.buses, ground.areas)
    parts: list[object] = [__version__, ground.slug, ground.name, ground.note]
    for path in files:
        told = path.stat() if path else None
        parts += [path.name, told.st_size, told.st_mtime_ns] if path and told else [None]
    return sha256(repr(parts).encode()).hexdigest()[:16]


def quick(ground: Held) -> bool:
    """Return whether a whole place is worked out while its reader waits."""
    return sum(path.stat().st_size for path in (ground.streets, ground.homes) if path) <= AT_ONCE


def readable(ground: Held) -> bool:
    """Return whether the map of a place is open in a moment: it is small, or somebody prepared it."""
    return ground.streets.stat().st_size <= READ_AT_ONCE or is_prepared(ground.streets)


def homes_told(ground: Held, tell: Tell) -> Tell:
    """Return what takes the number of homes done, and tells it as a percentage."""
    rows = 0
    if ground.homes:
        with ground.homes.open("rb") as lines:
            rows = sum(1 for _ in lines)

    def so_far(done: int) -> None:
        tell(min(99, 100 * done // rows) if rows else 100 * done // (done + 20_000))

    return so_far


def rows_kept(ground: Held, question: str, asked: Mapping[str, str], kind: str) -> Path | None:
    """Return the file with a row for each home of a place, or None where it is not written yet."""
    path = _rows_path(ground, question, asked, kind)
    return path if path.is_file() else None


def rows_found(
    ground: Held, question: str, asked: Mapping[str, str], kind: str, write: Callable[[Path], None]
) -> Path:
    """Return the file with a row for each home of a place: written before, or now, whole or not at all."""
    path = _rows_path(ground, question, asked, kind)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".rows-") as aside:
            part = Path(aside) / f"homes.{kind.rpartition('.')[2]}"
            write(part)
            part.replace(path)
        _only_newest("*.rows.*", ROWS)
    return path


def kept(ground: Held, question: str, asked: Mapping[str, str]) -> Found | None:
    """Return what was found of a question about a place, or None where it is not worked out yet."""
    path = _path(ground, question, asked)
    try:
        return _opened(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, BadInput):
        return None


def found(ground: Held, question: str, asked: Mapping[str, str], work: Callable[[], Found]) -> Found:
    """Return what was found of a question about a place: kept before, or worked out now and kept."""
    told = kept(ground, question, asked)
    if told is None:
        told = work()
        _keep(_path(ground, question, asked), told)
    return told


def forget_old() -> int:
    """Delete answers about places that are held no more, or whose files have changed; return how many."""
    now = {stamp(ground) for ground in maps()}
    kept = [path for path in folder().glob("[!.]*.*") if path.is_file()] if folder().is_dir() else []
    lost = [path for path in kept if path.name.split(".")[1] not in now]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


@lru_cache(maxsize=16)
def _opened(path: Path, _when: int) -> Found:
    held = json.loads(path.read_text("utf-8"))
    marks = tuple(
        Mark(layer, tuple(tuple((x, y) for x, y in part) for part in parts), name)
        for layer, parts, name in held["marks"]
    )
    return Answer.from_json(held["answer"]), marks


def _keep(path: Path, told: Found) -> None:
    """Write an answer whole or not at all; where nothing can be written it is worked out again next time."""
    answer, marks = told
    held = {"answer": answer.to_json(), "marks": [(mark.layer, mark.parts, mark.name) for mark in marks]}
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(held, separators=(",", ":")), "utf-8")
        part.replace(path)
        for old in path.parent.glob(f"{path.name.split('.')[0]}.*.json"):
            if old != path:
                old.unlink(missing_ok=True)
        _only_newest("*-own-*.json", OWN)
    except OSError:
        part.unlink(missing_ok=True)


def _only_newest(pattern: str, most: int) -> None:
    """Delete all but the newest of the kept files of a kind."""
    with suppress(OSError):
        held = sorted(folder().glob(pattern), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for old in held[most:]:
            old.unlink(missing_ok=True)


def _path(ground: Held, question: str, asked: Mapping[str, str]) -> Path:
    return folder() / f"{_words(ground, question, asked)}.{stamp(ground)}.json"


def _rows_path(ground: Held, question: str, asked: Mapping[str, str], kind: str) -> Path:
    ending = kind.rpartition(".")[2]
    return folder() / f"{_words(ground, question, asked)}.{stamp(ground)}.rows.{ending}"


def _words(ground: Held, question: str, asked: Mapping[str, str]) -> str:
    return re.sub(r"[^\w-]", "_", "-".join([ground.slug, question, *(asked[name] for name in sorted(asked))]))
