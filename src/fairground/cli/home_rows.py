"""Writes what is told of each home to a map file, and says how many it wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from fairground.questions.opportunity.green_out import rows
from fairground.sources.layers import writer


@contextmanager
def home_rows(path: str) -> Iterator[Callable[[Any, Any], None]]:
    """Open a file of homes; call what it gives with what `coverage` tells of each block.

    Raises
    ------
    BadInput : a name with another ending, or a folder that cannot be written to.
    """
    wrote = 0
    with writer(path) as file:

        def each(told: Any, ground: Any) -> None:
            nonlocal wrote
            file.add(rows(told, ground))
            wrote += len(told.x)

        yield each
    click.echo(f"Wrote {wrote:,} homes to {path}", err=True)
