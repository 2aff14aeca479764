"""The commands of community finance: does a plan hold, which funders does it fit, what should be ready.

See `docs/explanation/finance.md`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairground.cli.shape import answer_command, read_text
from fairground.errors import BadInput
from fairground.evidence import Answer
from fairground.whole_files import write_whole

DOCUMENTS = (".docx", ".csv")


@answer_command(
    "plan",
    example=(
        "fairground wealth finance plan hall.toml --paths 2000 --seed 1",
        "fairground wealth finance plan hall.toml --paths 500 --out plan.docx",
        "fairground wealth finance plan hall.toml --against with-a-loan.toml --paths 500",
    ),
)
@click.argument("plan")
@click.option("--paths", type=int, default=10_000, show_default=True, help="How many tries with other luck.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same luck.")
@click.option("--against", default="", help="Another plan: say which of the two is safer.")
@click.option("--out", default="", help="Write the business plan: .docx, or .csv for the years alone.")
def plan(plan: str, paths: int, seed: int, against: str, out: str) -> Answer[Any]:
    """Say whether the community's PLAN (TOML or JSON) holds over its years, and what would change that."""
    from fairground.questions.wealth import finance as question

    found = _plan(plan)
    if out and Path(out).suffix.lower() not in DOCUMENTS:
        raise BadInput(
            "A business plan cannot be written in this kind of file", "out", out, " or ".join(DOCUMENTS)
        )
    if against:
        return question.compared(found, _plan(against), paths=paths, seed=seed)
    answer = question.viability(found, paths=paths, seed=seed)
    if out:
        write_whole(out, _document(found, answer, Path(out).suffix.lower()))
    return answer


def _document(plan: Any, answer: Answer[Any], suffix: str) -> bytes:
    from fairground import report

    if suffix == ".csv":
        return report.as_csv(answer).encode("utf-8")
    from fairground.questions.wealth.funders import fitting
    from fairground.report.business_plan import as_docx
    from fairground.wealth.finance import tables

    return as_docx(answer, fitting(plan), tables(plan))


@answer_command("funders", example="fairground wealth finance funders hall.toml --funder cof-4")
@click.argument("plan")
@click.option("--funder", "ids", multiple=True, help="Look at this funder only; may be given more than once.")
def funders(plan: str, ids: tuple[str, ...]) -> Answer[Any]:
    """Put the published rules of funders to a PLAN: passes, needs care, or breaks a rule."""
    from fairground.questions.wealth import funders as question

    return question.fitting(_plan(plan), ids)


@answer_command("ready", example="fairground wealth finance ready")
def ready() -> Answer[Any]:
    """List what a group should have ready before it buys a building."""
    from fairground.questions.wealth import funders as question

    return question.ready()


def _plan(file: str) -> Any:
    from fairground.wealth.finance import read

    return read(read_text(file), Path(file).name)
