"""Writes a file whole, or not at all: whoever looks sees the old file or the new one, never half of one.

The text goes to a file beside it, which then takes its name (POSIX rename is one step).
"""

from __future__ import annotations

from pathlib import Path

from fairground.errors import BadInput

__all__ = ["write_whole"]


def write_whole(file: Path | str, text: str | bytes, *, field: str = "out") -> None:
    r"""Write a file in UTF-8, line ends as given; what was there before is replaced.

    Parameters
    ----------
    file : where to. text : words, or bytes. field : what the person calls it, for the message.

    Raises
    ------
    BadInput : it cannot be written; what was there before is untouched.
    """
    path = Path(file)
    part = path.with_name(path.name + ".part") if path.name not in {"", ".."} else path
    try:
        part.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        part.replace(path)
    except OSError as fault:
        if part != path:
            part.unlink(missing_ok=True)
        raise BadInput(f"The file cannot be written ({fault.strerror})", field, str(file)) from fault
