"""Fetches published files, on command only: with progress, resumed after a cut, proved, all or nothing.

The only module that touches the network. A file comes under its own name when it is whole and proved; until
then it is `<name>.part`, with `<name>.part.json` saying which edition that is. Resuming is as RFC 9110 has
it: Range with If-Range (sections 13.1.5 and 14.2).
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from fairground.errors import BadInput, DataProblem
from fairground.sources.catalogue import File

__all__ = ["Fetched", "fetch"]

Progress = Callable[[int, int | None], None]
BLOCK, TRIES, PATIENCE, LARGEST = 1 << 16, 5, 30.0, 4 << 30
LOOPBACK = ("127.0.0.1", "localhost", "::1")
AGENT = "fairground/0.1 (open data reader)"


@dataclass(frozen=True)
class Fetched:
    """A file that is on this machine now: where, how many bytes, its digest, and when it last changed."""

    id: str
    path: str
    size: int
    sha256: str
    published: str


class _Cut(Exception):
    """The connection ended before the file did."""


def fetch(file: File, folder: Path, *, progress: Progress = lambda done, whole: None) -> Fetched:
    """Fetch a file into a folder, or go on where an earlier fetch was cut off.

    Parameters
    ----------
    progress : called with the bytes that are here and the bytes of the whole file (None where not told).

    Raises
    ------
    BadInput : the file has no address, so it has to be fetched by hand; says from where, and where to put it.
    DataProblem : offline, refused, cut off again and again, changed since its checksum was taken, no room, or
        another fetch of the same file is running. Nothing stands under the file's name that is not whole.
    """
    if not file.address:
        raise BadInput(_by_hand("This file has no lasting address", file, folder), "id", file.id)
    _check(file.address)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder / f".{file.name}.lock", file):
            return _fetched(file, folder, progress)
    except OSError as fault:
        raise DataProblem(f"The file cannot be kept ({fault.strerror or fault})", str(folder)) from fault


def _by_hand(what: str, file: File, folder: Path) -> str:
    return f"{what}. Get it from {file.page} and put it at {folder / file.name}"


def _check(address: str) -> None:
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise BadInput(
            "Files are fetched over https only", "address", address, "an address that begins https://"
        )


@contextlib.contextmanager
def _alone(path: Path, file: File) -> Iterator[None]:
    """Keep other fetches of the same file out; the system lets go of the lock even if we are killed."""
    with path.open("a+b") as handle:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            told = "Another fetch of this file is running"
            raise DataProblem(told, file.name, try_this="waiting until it is done") from taken
        yield


def _fetched(file: File, folder: Path, progress: Progress) -> Fetched:
    part, note = folder / f"{file.name}.part", folder / f"{file.name}.part.json"
    for left in reversed(range(TRIES)):
        before = _held(part, note)[0]
        try:
            published = _download(file, part, note, progress)
            break
        except _Cut as cut:
            if not left or part.stat().st_size <= before:
                told = f"The connection was cut off ({cut}); what came is kept"
                raise DataProblem(
                    told, file.name, try_this="the same command again, which goes on there"
                ) from cut
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError) as fault:
            reason = getattr(fault, "reason", None) or fault
            told = _by_hand(f"{file.address} cannot be reached ({reason})", file, folder)
            raise DataProblem(told, file.name, try_this="again when you are online, or by hand") from fault
    return _proved(file, folder, part, note, published)


def _held(part: Path, note: Path) -> tuple[int, dict[str, str]]:
    """Return how much of which edition an earlier fetch left; nothing where that is not certain."""
    try:
        told: dict[str, str] = json.loads(note.read_text("utf-8"))
        return part.stat().st_size, told
    except (OSError, ValueError):
        return 0, {}


def _download(file: File, part: Path, note: Path, progress: Progress) -> str:
    held, told = _held(part, note)
    request = urllib.request.Request(
        file.address, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"}
    )
    goes_on = bool(held and told.get("validator") and told.get("address") == file.address)
    if goes_on:
        request.add_header("Range", f"bytes={held}-")
        request.add_header("If-Range", told["validator"])
    try:
        response = _OPENER.open(request, timeout=PATIENCE)
    except urllib.error.HTTPError as refusal:
        if refusal.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        _forget(part, note)
        return _download(file, part, note, progress)
    with response:
        if not (goes_on and response.status == http.HTTPStatus.PARTIAL_CONTENT and _starts(response, held)):
            held = 0
            note.write_text(json.dumps({"address": file.address, "validator": _validator(response)}), "utf-8")
        _save(response, part, held, progress)
        return str(response.headers.get("Last-Modified") or response.headers.get("Date") or "")


def _starts(response: Any, at: int) -> bool:
    return str(response.headers.get("Content-Range", "")).startswith(f"bytes {at}-")


def _validator(response: Any) -> str:
    """Return what tells one edition from another: a strong entity tag, else the time of the last change."""
    tag = str(response.headers.get("ETag") or "")
    return tag if tag and not tag.startswith("W/") else str(response.headers.get("Last-Modified") or "")


def _save(response: Any, part: Path, held: int, progress: Progress) -> None:
    length = response.headers.get("Content-Length")
    whole = held + int(length) if length and length.isdigit() else None
    with part.open("r+b" if held else "wb") as out:
        out.seek(held)
        out.truncate()
        try:
            for block in _blocks(response):
                out.write(block)
                held += len(block)
                if held > LARGEST:
                    raise DataProblem("The file is larger than any that we know of", part.name, value=held)
                progress(held, whole)
        finally:
            _settle(out)
    if whole is not None and held < whole:
        raise _Cut(f"{held:,} of {whole:,} bytes came")


def _blocks(response: Any) -> Iterator[bytes]:
    while True:
        try:
            block = response.read(BLOCK)
        except http.client.IncompleteRead as short:
            yield short.partial
            raise _Cut("the last part did not come") from short
        except (ConnectionError, TimeoutError) as cut:
            raise _Cut(str(cut)) from cut
        if not block:
            return
        yield block


def _settle(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _proved(file: File, folder: Path, part: Path, note: Path, published: str) -> Fetched:
    _compared(file, part, note)
    digest = digest_of(part)
    if file.sha256 and digest != file.sha256:
        _forget(part, note)
        raise DataProblem(
            "The file is not the one that was registered, so it was not kept",
            file.name,
            field="SHA-256",
            value=digest,
            allowed=file.sha256,
            try_this=f"again: it may have been spoilt on the way, or be a new edition; see {file.page}",
        )
    size = part.stat().st_size
    os.replace(part, folder / file.name)
    _forget(part, note)
    return Fetched(file.id, str(folder / file.name), size, digest, published)


def _compared(file: File, part: Path, note: Path) -> None:
    """Compare the digest that the publisher gives beside the file, where there is one."""
    if not file.companion:
        return
    _check(file.companion)
    try:
        with _OPENER.open(file.companion, timeout=PATIENCE) as response:
            told = response.read(BLOCK).decode("ascii", "replace").split()
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError) as fault:
        raise DataProblem(
            f"The file came, but not its checksum ({fault}); what came is kept",
            file.name,
            try_this="the same command again",
        ) from fault
    with part.open("rb") as content:
        found = hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if not told or told[0].casefold() != found:
        _forget(part, note)
        raise DataProblem(
            "The file is not the one that its publisher's checksum tells, so it was not kept",
            file.name,
            field="MD5",
            value=found,
            allowed=told[0] if told else "a checksum",
            try_this="again: it may have been spoilt on the way, or renewed in between",
        )


def _forget(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


class _OnlySafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a publisher to another address only if that is safe too."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Return the request for the new address."""
        try:
            _check(newurl)
        except BadInput as refused:
            raise urllib.error.URLError(str(refused)) from refused
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_OnlySafeRedirects)
