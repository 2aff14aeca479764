"""Files that people send, while one request reads them: gone with the process, however that ends.

A large upload goes into a file without a name, which is gone even when the process is killed. Where a reader
needs a file with a name, it lies in a folder that only the site opens; the daily job deletes what a killed
process left.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile, gettempdir
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

PREFIX = "fairground-passing-"
HOUR = 3600


class Unnamed(TemporaryFileUploadHandler):
    """Takes a large upload into a file without a name."""

    def new_file(self, *args: Any, **more: Any) -> None:
        """Begin a file."""
        FileUploadHandler.new_file(self, *args, **more)
        held = TemporaryFile()  # noqa: SIM115 (Django closes it with the request)
        facts = (self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        self.file = UploadedFile(held, *facts)  # type: ignore[assignment]

    def upload_interrupted(self) -> None:
        """Let go of a file that did not come to its end."""
        if hasattr(self, "file"):
            self.file.close()


@contextmanager
def as_file(content: bytes, name: str) -> Iterator[Path]:
    """Give a table that was sent a place for as long as it is read; nothing of it is left behind."""
    with TemporaryDirectory(prefix=PREFIX) as folder:
        path = Path(folder) / (re.sub(r"[^\w .-]", "_", name).strip(" .") or "table")
        path.write_bytes(content)
        yield path


def forget_left() -> int:
    """Delete what processes that were killed have left, an hour ago or before; return how many folders."""
    before = time.time() - HOUR
    left = [path for path in Path(gettempdir()).glob(f"{PREFIX}*") if path.stat().st_mtime < before]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)
