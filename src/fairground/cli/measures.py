"""The command that measures inequality in anyone's own table.

See `docs/explanation/measures.md`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairground.cli.shape import answer_command
from fairground.errors import BadInput
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
    try:
        text = Path(file).read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadInput("The file is not UTF-8 text", "file", file, "CSV saved as UTF-8") from fault
    except OSError as fault:
        raise BadInput(f"The file cannot be read ({fault.strerror})", "file", file) from fault
    return measures.of_table(text, name=Path(file).name, value=value, weight=weight, group=group)
