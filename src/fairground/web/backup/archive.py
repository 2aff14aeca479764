"""The archive itself: a manifest and its members, each with a checksum; written whole or not at all.

The archive is written beside its final place and renamed into it, which POSIX does in one step.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fairground.errors import DataProblem, NotFound

MANIFEST = "manifest.json"
BLOCK = 1 << 20
MOST_MANIFEST = 16 << 20
NAME = re.compile(r"[A-Za-z0-9_.-]*[A-Za-z0-9_]")
UNREADABLE = (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, zlib.error, EOFError, OSError)


def write(path: Path, members: Mapping[str, Path], *, facts: Mapping[str, Any]) -> None:
    """Write the files `members` (name in the archive -> file) and the manifest to `path`."""
    sums = {name: digest_of(file) for name, file in members.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            archive.writestr(MANIFEST, json.dumps({**facts, "sha256": sums}, indent=2, sort_keys=True))
            for name, file in members.items():
                archive.write(file, name)
        with open(beside, "rb") as written:
            os.fsync(written.fileno())
        os.replace(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)


def extract(path: Path, folder: Path) -> dict[str, Any]:
    """Write the members of the archive into `folder`, check each checksum, return the manifest."""
    if not path.exists():
        raise NotFound(f'There is no backup at "{path}".')
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_huge(archive, shutil.disk_usage(folder).free)
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            _refuse_strange(manifest)
            for name in manifest["sha256"]:
                archive.extract(name, folder)
    except UNREADABLE as problem:
        raise DataProblem(f'"{path}" is not a whole Fairground backup: {problem}') from problem
    for name, expected in manifest["sha256"].items():
        found = digest_of(folder / name)
        if found != expected:
            raise DataProblem(
                f'"{path}": the checksum of "{name}" is {found[:12]}…, the manifest says {expected[:12]}…'
            )
    return manifest


def _refuse_huge(archive: zipfile.ZipFile, room: int) -> None:
    """Raise ValueError where an archive would unpack to more than there is room for; nothing is unpacked yet.

    A member never gives more bytes than the archive says: reading stops there and its checksum fails.
    """
    if (said := archive.getinfo(MANIFEST).file_size) > MOST_MANIFEST:
        raise ValueError(f"its manifest has {said:,} bytes; at most {MOST_MANIFEST:,} are read")
    whole = sum(member.file_size for member in archive.infolist())
    if whole > room:
        raise ValueError(f"unpacked it has {whole:,} bytes, and there is room for {room:,}")


def _refuse_strange(manifest: Any) -> None:
    """Raise ValueError unless a manifest has the parts that `write` gives it, with plain names of files."""
    kinds = {"database": str, "rows": dict, "columns": dict, "sha256": dict}
    if not isinstance(manifest, dict):
        raise ValueError("its manifest is not a record")
    for part, kind in kinds.items():
        if not isinstance(manifest.get(part), kind):
            raise ValueError(f"its manifest has no proper '{part}'")
    for name, digest in manifest["sha256"].items():
        if not (NAME.fullmatch(name) and isinstance(digest, str)):
            raise ValueError(f"'{name}' is not the name of one of its files")
    files = {"database.sqlite3"} if manifest["database"] == "sqlite" else set(manifest["columns"])
    if missing := sorted(files - set(manifest["sha256"])):
        raise ValueError(f"it lacks {', '.join(missing)}")


def digest_of(file: Path) -> str:
    """Return the SHA-256 digest of a file, in hexadecimal."""
    total = hashlib.sha256()
    with open(file, "rb") as handle:
        while block := handle.read(BLOCK):
            total.update(block)
    return total.hexdigest()
