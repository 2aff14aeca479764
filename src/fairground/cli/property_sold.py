"""How `fairground wealth property sold` finds its files: a person's tables, the outturn, or made-up ones.

See `docs/explanation/property.md`, How many were sold.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fairground.cli.shape import read_table
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.sources import council_finance
from fairground.whole_files import write_whole

MOST_DRAWS = 10_000


def of_files(
    councils: str, answers: str, more: Sequence[str], *, first: str, last: str, **how: Any
) -> Answer[Any]:
    """Answer from a person's files; COUNCILS may be the outturn itself."""
    from fairground.questions.wealth import disposals, sales

    _check(how)
    told = read_table(answers, "code")[0]
    if more or _is_outturn(councils):
        return sales.reproduced([councils, *more], told, first=first, last=last, **how)
    if first or last:
        told_so = "Years can be chosen only with the government's outturn"
        raise BadInput(told_so, "first" if first else "last", first or last, "COUNCILS as the outturn")
    return disposals.sold(read_table(councils, "code", "class")[0], told, **how)


def of_example(given: str | None, wanted: bool, keep: str, **how: Any) -> Answer[Any]:
    """Answer from made-up files of the true shape, kept in a folder where asked."""
    from fairground.questions.wealth import sales
    from fairground.questions.wealth.example_sales import example

    if not wanted or given:
        told = "Give both files, or --example and no file"
        raise BadInput(told, "answers", given or "", "COUNCILS and ANSWERS, or --example")
    _check(how)
    made = example()
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(keep or passing)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise BadInput(f"The folder cannot be made ({fault.strerror})", "keep", keep) from fault
        write_whole(folder / "made-up-outturn.csv", made.outturn, field="keep")
        write_whole(folder / "made-up-answers.csv", made.answers, field="keep")
        return sales.reproduced([folder / "made-up-outturn.csv"], made.answers, made_up=True, **how)


def _check(how: dict[str, Any]) -> None:
    if not 2 <= how["draws"] <= MOST_DRAWS:
        raise BadInput("The bootstrap draws so many times", "draws", how["draws"], f"2 to {MOST_DRAWS:,}")


def _is_outturn(file: str) -> bool:
    try:
        return council_finance.is_outturn(Path(file).read_bytes())
    except OSError as fault:
        raise BadInput(f"The file cannot be read ({fault.strerror})", "file", file) from fault
