"""How a list of homes that somebody sent is worked out behind the page, whatever is asked of it.

Finished blocks are kept until the end, so that work that was killed goes on from there; what was found of
each home is written beside them, whole or not at all.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fairground.errors import BadInput, DataProblem
from fairground.questions.opportunity.whereabouts import corners
from fairground.sources.homes import open_homes
from fairground.sources.layers import ENDINGS
from fairground.web.opportunity import ground_marks, held


@dataclass(frozen=True)
class Work:
    """Where blocks and results of a list go, and who is told how many homes are done."""

    blocks: Path
    results: tuple[Path, ...]
    progress: Callable[[int], None]


def looked_at(sent: Any) -> None:
    """Read the beginning of a sent file, so that what is wrong with it is said at once.

    Raises
    ------
    BadInput, DataProblem : it is not what its sender said it is.
    """
    try:
        if sent.purpose == "homes" and sent.ending == ".csv":
            open_homes(sent.path)
        elif sent.purpose == "boundary":
            corners(sent.path, ground_marks.known(held.place(sent.place).streets).projection)
    except (BadInput, DataProblem) as fault:
        raise replace(fault, file=sent.name) from fault


@contextmanager
def work(sent: Any, report: Callable[[int], None]) -> Iterator[Work]:
    """Open the work on a sent list; its blocks are deleted when it ends well.

    report : is given the percentage done and may stop the work.
    """
    rows = 0
    if sent.ending == ".csv":
        with sent.path.open("rb") as lines:
            rows = max(sum(1 for _ in lines), 1)

    def so_far(done: int) -> None:
        report(min(99, 100 * done // rows) if rows else 50)

    sent.results.mkdir(parents=True, exist_ok=True)
    yield Work(sent.blocks, tuple(sent.results / f"homes{ending}" for ending in ENDINGS), so_far)
    shutil.rmtree(sent.blocks, ignore_errors=True)
