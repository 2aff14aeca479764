"""The shape that every command shares: one question, three ways to print its answer, an example.

`answer_command` makes a click command of a function that returns an `Answer`. Where the answer is that
something does not agree (a forged bundle, two counts), the command ends with exit status 1.
"""

from __future__ import annotations

import csv
import functools
import importlib
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from fairground import report, spreadsheets, typed
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.table_text import listed
from fairground.whole_files import write_whole

LARGEST = 256 * 2**20


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are called."""

    def __init__(
        self,
        *args: Any,
        commands_at: Mapping[str, str] | None = None,
        groups_at: Mapping[str, str] | None = None,
        path: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.commands_at, self.groups_at, self.path = commands_at or {}, groups_at or {}, path

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names one level below this group."""
        start = f"{self.path} " if self.path else ""
        paths = [p[len(start) :] for p in (*self.groups_at, *self.commands_at) if p.startswith(start)]
        return sorted({path.split(" ")[0] for path in paths if path})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command or group by name, importing its module now."""
        path = f"{self.path} {cmd_name}".strip()
        if path in self.commands_at:
            module, _, name = self.commands_at[path].partition(":")
            found: click.Command = getattr(importlib.import_module(module), name)
            return found
        if path in self.groups_at:
            return LazyGroup(
                name=cmd_name,
                help=self.groups_at[path],
                path=path,
                commands_at=self.commands_at,
                groups_at=self.groups_at,
            )
        return None


class WholeNumber(click.types.IntParamType):
    """A whole number in the digits 0 to 9, as the pages read it: no other script, no underscore."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number that was typed."""
        return value if isinstance(value, int) else typed.whole(value, param.name or "" if param else "")


class PlainNumber(click.types.FloatParamType):
    """A number in the digits 0 to 9, as the pages read it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number that was typed."""
        typed_in = isinstance(value, str)
        return float(typed.exact(value, param.name or "" if param else "")) if typed_in else float(value)


READ_PLAINLY: dict[Any, Any] = {click.INT: WholeNumber(), click.FLOAT: PlainNumber()}


def read_text(file: str) -> str:
    """Return the text of a person's file, without a byte order mark.

    Raises
    ------
    BadInput : the file cannot be read, is too large, or is not UTF-8.
    """
    try:
        with Path(file).open("rb") as content:
            raw = content.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise BadInput("The file is too large to be read", "file", file, f"up to {LARGEST // 2**20} MB")
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        raise spreadsheets.not_utf_8(raw, fault, file, "a file saved as UTF-8") from fault
    except OSError as fault:
        raise BadInput(f"The file cannot be read ({fault.strerror})", "file", file) from fault


def read_table(file: str, *columns: str) -> tuple[str, str]:
    """Return a person's table as CSV text, and its name: a CSV file, or the sheet that has the columns.

    Raises
    ------
    BadInput : the file cannot be read, is no table, or no sheet has the columns.
    """
    try:
        return spreadsheets.text_of(Path(file).read_bytes(), Path(file).name, *columns)
    except OSError as fault:
        raise BadInput(f"The file cannot be read ({fault.strerror})", "file", file) from fault


def read_records(file: str, *columns: str) -> list[dict[str, str]]:
    """Return the rows of a person's table, each cell by its heading; no file has no rows.

    Raises
    ------
    BadInput : as `read_table`; or the table is no CSV from a row on.
    """
    if not file:
        return []
    text, name = read_table(file, *columns)
    read = csv.DictReader(io.StringIO(text.lstrip("\n"), newline=""), restkey="(more)", restval="")
    return listed(read, BadInput, name)


def write_text(file: str, text: str, *, once: bool = False) -> None:
    """Write a file whole, or not at all; what was there before is replaced.

    Parameters
    ----------
    once : refuse a file that the command was given twice, to read or to write; without it a file may take the
        place of the one that it goes on from, such as a history.

    Raises
    ------
    BadInput : it cannot be written, or was given twice.
    """
    context = click.get_current_context(silent=True) if once else None
    given = [] if context is None else [g for g in context.params.values() if isinstance(g, str) and g]
    if sum(Path(one).absolute() == Path(file).absolute() for one in given) > 1:
        what = "This file was named twice, and what is in it would be lost"
        raise BadInput(what, "output", file, "a name of its own for each file")
    write_whole(file, text, field="output")


def answer_command(
    name: str, *, example: str | tuple[str, ...]
) -> Callable[[Callable[..., Answer[Any]]], click.Command]:
    """Make a command of a function that returns an `Answer`.

    Parameters
    ----------
    name : the command's last word.
    example : one or more whole command lines that work as written; shown in `--help` and run by a test.
    """
    examples = (example,) if isinstance(example, str) else example

    def wrap(ask: Callable[..., Answer[Any]]) -> click.Command:
        @functools.wraps(ask)
        def run(*args: Any, as_json: bool, as_csv: bool, **kwargs: Any) -> None:
            answer = ask(*args, **kwargs)
            show = report.as_json if as_json else report.as_csv if as_csv else report.as_text
            click.echo(show(answer))
            if getattr(answer.value, "agree", True) is False:
                raise SystemExit(1)

        made = click.command(name, epilog="\b\nExample:\n" + "\n".join(f"  {line}" for line in examples))(run)
        made.params += [
            click.Option(["--json", "as_json"], is_flag=True, help="Print the whole answer as JSON."),
            click.Option(["--csv", "as_csv"], is_flag=True, help="Print the rows as CSV."),
        ]
        for param in made.params:
            param.type = READ_PLAINLY.get(param.type, param.type)
        made.examples = examples  # type: ignore[attr-defined]
        return made

    return wrap
