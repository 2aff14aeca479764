"""The command that measures inequality in anyone's own table.

See `docs/explanation/measures.md`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairground.cli.shape import answer_command, read_text
from fairground.errors import BadInput
from fairground.evidence import Answer


@answer_command(
    "measures",
    example=(
        "fairground measures --example",
        "fairground measures --example --value income --weight people --group region",
        "fairground measures --example --weight people --place place --year year",
    ),
)
@click.argument("file", default="")
@click.option("--value", default="income", show_default=True, help="The column that is shared unequally.")
@click.option("--weight", default="", help="The column of people in each row.")
@click.option("--group", default="", help="The column of groups, to split inequality between and within.")
@click.option("--place", default="", help="The column of places' names.")
@click.option("--year", default="", help="The column of years: measures the latest; with --place, the trend.")
@click.option("--example", "use_example", is_flag=True, help="Use a small made-up table.")
def measure(file: str, use_example: bool, **columns: str) -> Answer[Any]:
    """Every measure of inequality for the CSV table in FILE; --example alone measures the example whole."""
    from fairground.questions import measures

    if use_example:
        given = any(text for option, text in columns.items() if option != "value")
        chosen = measures.Columns(**columns) if given else measures.EXAMPLE_COLUMNS
        return measures.of_table(measures.EXAMPLE, name="example table (made up)", columns=chosen)
    if not file:
        raise BadInput("No table was named", "FILE", allowed="a CSV file, or --example")
    return measures.of_table(read_text(file), name=Path(file).name, columns=measures.Columns(**columns))
