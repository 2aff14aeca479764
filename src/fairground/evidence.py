"""What an answer is made of: its value, how it was worked out, and where each number came from.

`Answer` travels whole: to a page, a command, a file, and back years later. `to_json` and
`from_json` lose nothing: fractions, decimals and dates come back as they were, floats to the last bit.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from fairground.errors import BadInput

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """Where a number was published: a dataset edition with its licence and address."""

    id: str
    title: str
    publisher: str
    edition: str
    licence: str
    url: str
    released: str = ""
    retrieved: str = ""
    note: str = ""

    @classmethod
    def own_file(cls, name: str, digest: str) -> Source:
        """Return the source of numbers that somebody brought in a file of their own, by its SHA-256."""
        return cls(digest[:16], name, "your own file", f"SHA-256 {digest}", "as its owner says", "")


@dataclass(frozen=True)
class Method:
    """How a value was worked out, with the paper, law or guidance it comes from."""

    id: str
    name: str
    reference: str


@dataclass(frozen=True)
class Step:
    """One step of the working: a code that `report` has words for, and the facts of that step."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Step, (self.code, dict(self.facts)))


@dataclass(frozen=True)
class Quality:
    """What a reader kept of a file, what it left out and what it mended, by reason."""

    read: int
    kept: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    mended: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Dataset:
    """Columns of equal length that were read from one source, with their quality."""

    columns: Mapping[str, Sequence[Any]]
    source: Source
    quality: Quality

    def __post_init__(self) -> None:
        lengths = {name: len(column) for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            raise BadInput("The columns of a dataset must be equally long", value=lengths)


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A value with its method, the steps that led to it, and the sources of its numbers.

    Raises
    ------
    BadInput : the answer has no source; a number without a source is a bug.
    """

    value: T
    method: Method
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if not self.sources:
            raise BadInput("An answer needs at least one source", field="sources", value="none")

    def to_json(self, indent: int | None = None) -> str:
        """Return the whole answer as JSON that `Answer.from_json` reads back without loss."""
        return json.dumps(plain(self), indent=indent, ensure_ascii=False, allow_nan=False)

    @staticmethod
    def from_json(text: str) -> Answer[Any]:
        """Return the answer that `to_json` wrote.

        Raises
        ------
        BadInput : the text is not an answer that Fairground wrote.
        """
        try:
            found = restored(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError, ImportError, ArithmeticError) as fault:
            raise BadInput(f"This is not an answer that Fairground wrote ({fault})") from fault
        if not isinstance(found, Answer):
            raise BadInput("This JSON is not an answer", value=type(found).__name__)
        return found


def merged(*groups: Sequence[Source]) -> tuple[Source, ...]:
    """Return the sources of several groups, each once, in the order in which they first appear."""
    return tuple(dict.fromkeys(source for group in groups for source in group))


def plain(value: Any) -> Any:
    """Return a value as what JSON can hold; whatever JSON lacks is marked with a `$` key."""
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$float": repr(value)}
    marked = _marked(value)
    if marked is not None:
        return marked
    if is_dataclass(value) and not isinstance(value, type):
        name = f"{type(value).__module__}.{type(value).__qualname__}"
        return {"$type": name, **{f.name: plain(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    raise BadInput(
        "An answer can hold text, numbers, dates, records and tables only",
        value=type(value).__name__,
        allowed="plain Python values, not arrays",
    )


def canonical(value: Any) -> str:
    """Return a record as JSON with sorted keys and no spaces: equal records give equal text."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _marked(value: Any) -> dict[str, str] | None:
    if isinstance(value, Fraction):
        return {"$fraction": str(value)}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    return None


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    for key in value:
        if not isinstance(key, str) or key.startswith("$"):
            raise BadInput("A key in an answer must be text that does not begin with $", value=key)
    return {key: plain(item) for key, item in value.items()}


FRACTION = re.compile(r"-?\d+(/\d+)?", re.ASCII)
MOST_POWER = 10_000  # a number such as 1e100000000 is short to write and, written out, fills the memory


def _fraction(text: str) -> Fraction:
    if not FRACTION.fullmatch(text):
        raise ValueError(f"'{text[:40]}' is no exact number that Fairground wrote")
    return Fraction(text)


def _decimal(text: str) -> Decimal:
    found = Decimal(text)
    if found.is_finite() and abs(found.adjusted()) > MOST_POWER:
        raise ValueError(f"'{text[:40]}' is longer than any number that Fairground writes")
    return found


_RESTORE: dict[str, Callable[[str], Any]] = {
    "$fraction": _fraction,
    "$decimal": _decimal,
    "$date": date.fromisoformat,
    "$datetime": datetime.fromisoformat,
    "$float": float,
}


def restored(value: Any) -> Any:
    """Return what `plain` was given; lists come back as tuples, because answers do not change."""
    if isinstance(value, list):
        return tuple(restored(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "$type" in value:
        return _record(value)
    if len(value) == 1:
        ((key, inner),) = value.items()
        if key in _RESTORE:
            return _RESTORE[key](inner)
    return {key: restored(item) for key, item in value.items()}


def _record(value: dict[str, Any]) -> Any:
    module, _, name = value["$type"].rpartition(".")
    if module.split(".")[0] != "fairground":
        raise BadInput("Only records of Fairground are read back", value=value["$type"])
    kind = getattr(importlib.import_module(module), name)
    if not (isinstance(kind, type) and is_dataclass(kind)):
        raise BadInput("Only records of Fairground are read back", value=value["$type"])
    return kind(**{key: restored(item) for key, item in value.items() if key != "$type"})
