"""Commands that answer from a file you add, newer than the figures that travel with Fairground.

See `docs/how-to/get-more-data.md`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairground.cli.data import folder
from fairground.cli.shape import answer_command, read_table
from fairground.evidence import Answer
from fairground.questions import data, newer
from fairground.questions.own_table import OwnTable

EXAMPLE = click.option("--example", "use_example", is_flag=True, help="Use a small made-up file.")


def _path(dataset: str, file: str, use_example: bool) -> Path | None:
    if use_example:
        return None
    return Path(file) if file else data.where(dataset, folder())


@click.argument("dataset")
@click.argument("file", default="")
@click.option("--indicator", default="", help="Its name in the file, if the file has several.")
@click.option("--period", default="", help="Such as 2021-23; the latest where left out.")
@click.option("--better", default="higher", show_default=True, help="higher or lower.")
@EXAMPLE
def _gap(dataset: str, file: str, indicator: str, period: str, better: str, use_example: bool) -> Answer[Any]:
    """How far the best region is ahead of the worst, from the FILE of a DATASET."""
    path = _path(dataset, file, use_example)
    return newer.gap_of_file(dataset, path, indicator=indicator, period=period, better=better)


@click.argument("file", default="")
@click.option(
    "--areas", required=True, help="north, midlands, south, outside-london, or regions with commas."
)
@click.option("--at", default="London", show_default=True, help="The region whose rate is used.")
@click.option("--from", "first", required=True, help="First financial year, such as 2016/17.")
@click.option("--to", "last", required=True, help="Last financial year.")
@click.option("--function", default="transport", show_default=True, help="A word of its name, or all.")
@click.option("--kind", default="total", show_default=True, help="total, capital or current.")
@click.option(
    "--people",
    default="",
    help="Your own table (CSV, .xlsx, .ods) of people: columns code, year, people; for years after 2017/18.",
)
@EXAMPLE
def _counterfactual(file: str, people: str, use_example: bool, **asked: str) -> Answer[Any]:
    """What regions would have had at another's spending per head, from a Treasury FILE (.xlsx, .ods, CSV)."""
    counted = OwnTable.read(*read_table(people, "code", "year", "people")) if people else None
    path = _path(newer.SPENDING, file, use_example)
    return newer.counterfactual_of_file(path, people=counted, **asked)


gap = answer_command("gap", example="fairground data gap ons-hle-2026-02 --example")(_gap)
counterfactual = answer_command(
    "counterfactual",
    example="fairground data counterfactual --example --areas 'North East' --from 2016/17 --to 2016/17",
)(_counterfactual)
