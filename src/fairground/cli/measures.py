"""The command that measures inequality in anyone's own table.

See `docs/explanation/measures.md`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairground.cli.shape import answer_command, read_text
from fairground.evidence import Answer


@answer_command(
    "measures",
    example=(
        "fairground measures --example",
        "fairground measures --example --value income --weight people --group region",
    ),
)
@click.argument("file", default="")
@click.option("--value", default="income", show_default=True, help="The column that is shared unequally.")
@click.option("--weight", default="", help="The column of people in each row.")
@click.option("--group", default="", help="The column of groups, to split inequality between and within.")
@click.option("--example", "use_example", is_flag=True, help="Use a small made-up table.")
def measure(file: str, value: str, weight: str, group: str, use_example: bool) -> Answer[Any]:
    """Every measure of inequality for the CSV table in FILE."""
    from fairground.questions import measures

    if use_example or not file:
        return measures.of_table(
            measures.EXAMPLE, name="example table (made up)", value=value, weight=weight, group=group
        )
    return measures.of_table(read_text(file), name=Path(file).name, value=value, weight=weight, group=group)
