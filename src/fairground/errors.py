"""Everything that can go wrong, said so that the person who can mend it knows how.

The tree::

    FairgroundError
    |-- BadInput            they can fix it: a code, a number, a row, a setting
    |   `-- NotFound        nothing by that name; the nearest names are suggested
    |-- Impossible          no answer exists; says which conditions clash
    `-- DataProblem         a publisher's file is missing, changed or broken

Each message says what happened, shows the offending value in quotes, says what is allowed,
and what to try. Nobody sees a traceback for bad input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONG = 300
LONGEST = 3_000  # characters of a whole message
RUN = re.compile(rf"\S{{{LONG},}}")


class FairgroundError(Exception):
    """Any error that Fairground raises on purpose."""


def shortened(value: object) -> str:
    """Return a value as a message shows it: a very long one only in its first hundred characters."""
    text = str(value)
    return text if len(text) <= LONG else f"{text[:100]}… ({len(text):,} characters)"


def readable(message: str) -> str:
    """Return a message that a person can read to its end, however long what it quotes from a file is.

    A run of 300 or more characters without a space keeps its first hundred; the whole keeps its first 3,000.
    """
    plain = RUN.sub(lambda found: shortened(found[0]), message)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}… ({len(plain):,} characters)"


def _ended(sentence: str) -> str:
    """Return a sentence with its full stop; a question has its mark already."""
    return sentence if sentence.endswith("?") else sentence.rstrip(".") + "."


@dataclass
class BadInput(FairgroundError):
    """A value that a person gave and can mend.

    Parameters
    ----------
    what : what is wrong, a sentence without the value, e.g. "A population must be a number".
    field : the column, option or form field that holds the value.
    value : the offending value, shown in quotes.
    allowed : what would be accepted.
    row : one-based row number, counting the header as row 1.
    file : name of the file.
    """

    what: str
    field: str = ""
    value: object = None
    allowed: str = ""
    row: int | None = None
    file: str = ""

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (
                self.file,
                f"row {self.row}" if self.row is not None else "",
                f"field '{self.field}'" if self.field else "",
            )
            if part
        )
        shown = "" if self.value is None else f" You gave '{shortened(self.value)}'."
        apart = "\n" if "\n" in self.what else " "  # what is a list has the rest on a line of its own
        allowed = f"{apart}Allowed: {self.allowed}." if self.allowed else ""
        return readable((f"{where}: " if where else "") + _ended(self.what) + shown + allowed)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.what, self.field, self.value, self.allowed, self.row, self.file))


@dataclass
class NotFound(BadInput):
    """Nothing has that name or code; `nearest` holds what they may have meant."""

    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        tail = f" Did you mean: {', '.join(self.nearest)}?" if self.nearest else ""
        return super().__str__() + tail


@dataclass
class Impossible(FairgroundError):
    """No answer exists, because conditions clash; `clashes` names each of them."""

    what: str
    clashes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _ended(self.what) + "".join(f"\n- {clash}" for clash in self.clashes)


@dataclass
class DataProblem(FairgroundError):
    """A published file is missing, has changed, or is not what its publisher says it is."""

    what: str
    file: str = ""
    row: int | None = None
    field: str = ""
    value: object = None
    try_this: str = ""
    allowed: str = ""

    def __str__(self) -> str:
        told = str(BadInput(self.what, self.field, None, self.allowed, self.row, self.file))
        shown = "" if self.value is None else f" The file says '{shortened(self.value)}'."
        return told + shown + (f" Try: {self.try_this}." if self.try_this else "")
