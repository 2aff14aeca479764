"""A command that chooses who stands ready to step in on a jury.

It reads the file that `fairground power juries select --out` wrote. See `docs/explanation/juries.md`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairground.cli.juries import own_source
from fairground.cli.shape import answer_command, read_text
from fairground.evidence import Answer, Source


@answer_command(
    "alternates",
    example=(
        "fairground power juries alternates lottery.json --alternates 2",
        "fairground power juries alternates lottery.json --alternates 2 --everyone 0.8 --stays stays.csv",
    ),
)
@click.argument("lottery")
@click.option("--alternates", "number", type=int, required=True, help="How many people stand ready.")
@click.option("--everyone", type=float, default=0.9, help="How likely everybody is to stay, 0 to 1.")
@click.option("--stays", default="", help="Table of feature, value and stays: a factor for each value.")
def alternates(lottery: str, number: int, everyone: float, stays: str) -> Answer[Any]:
    """Choose alternates for the jury in LOTTERY, and say how far it would be off with them and without."""
    from fairground.power.juries import Staying
    from fairground.questions.power import jury_alternates as question
    from fairground.questions.power.lottery_file import read_lottery
    from fairground.questions.power.volunteers import read_staying

    text = read_text(lottery)
    sources: tuple[Source, ...] = (own_source(lottery, text),)
    held, staying = read_lottery(text, Path(lottery).name), Staying(everyone)
    if stays and held.quotas is not None:
        staying, source = read_staying(stays, everyone, held.quotas.targets)
        sources = (*sources, source)
    return question.step_in(held, sources, number, staying)
