"""Files that officers send: what they are is read off their content, never off their name.

Rule 1: a PDF, an OpenDocument text, a Word document, a plain text or a picture; nothing that a browser runs.
Rule 2: no document with macros.
Rule 3: a picture is drawn anew, so that only the picture is kept (see budgeting's photographs).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from fairground.errors import BadInput
from fairground.web.power.budgeting import photographs

MOST_BYTES = 20 * 1024 * 1024
MOST_MEMBERS = 5_000
ODT = b"application/vnd.oasis.opendocument.text"
KINDS = {
    "pdf": "application/pdf",
    "odt": ODT.decode(),
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
    **photographs.KINDS,
}
ALLOWED = "a PDF, an OpenDocument (.odt) or Word (.docx) document, plain text, or a picture (JPEG, PNG, WebP)"


@dataclass(frozen=True)
class Document:
    """A file that may be kept: its bytes, its kind, and the digest of the bytes (SHA-256, FIPS 180-4)."""

    content: bytes
    kind: str

    @property
    def digest(self) -> str:
        """The digest of its bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def read(sent: Any) -> Document:
    """Return a file that was sent, once it is known to be of a kind that is kept.

    Raises
    ------
    BadInput : too large, empty, of another kind, with macros, or not whole.
    """
    if sent.size > MOST_BYTES:
        raise BadInput("The file is too large", "file", f"{sent.size / 1024 / 1024:.0f} MB", "at most 20 MB")
    content = sent.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadInput("The file is too large", "file", allowed="at most 20 MB")
    kind = kind_of(content)
    if kind in photographs.KINDS:
        content, kind = photographs.cleaned(content)
    return Document(content, kind)


def kind_of(content: bytes) -> str:
    """Return which kind of file this is by its content.

    Raises
    ------
    BadInput : none that is kept.
    """
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise BadInput("This PDF is not whole. Save it again and try once more", "file")
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _of_package(content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or content[8:12] == b"WEBP":
        return "jpg"
    if content.strip() and _plain(content):
        return "txt"
    raise BadInput("This file is of a kind that is not kept here", "file", allowed=ALLOWED)


def _of_package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            first = package.open("mimetype").read(len(ODT) + 1) if "mimetype" in names[:1] else b""
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError) as fault:
        raise BadInput("This document is not whole. Save it again and try once more", "file") from fault
    if len(names) > MOST_MEMBERS:
        raise BadInput("This document has too many parts", "file", len(names), f"at most {MOST_MEMBERS:,}")
    if any(
        name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names
    ):
        raise BadInput("This document has macros in it. Save it without them", "file", allowed=ALLOWED)
    if first == ODT:
        return "odt"
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    raise BadInput("This file is of a kind that is not kept here", "file", allowed=ALLOWED)


def _plain(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(letter < " " and letter not in "\t\n\r\f" for letter in text)
