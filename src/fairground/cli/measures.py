"""The command that measures inequality in anyone's own table.

See `docs/explanation/measures.md`.
"""

from __future__ import annotations

from typing import Any

import click

from fairground.cli.shape import answer_command, read_table
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
@click.option("--lower", default="", help="The column of lower 95% limits of the values, with --upper.")
@click.option("--upper", default="", help="The column of upper 95% limits of the values.")
@click.option("--deprivation", default="", help="A column, high for the worst off: gives the gradient.")
@click.option("--east", default="", help="The column of eastings, with --north: gives nearest neighbours.")
@click.option("--north", default="", help="The column of northings.")
@click.option("--borders", default="", help="The column of places that touch, with ; between; needs --place.")
@click.option("--nearest", default=4, show_default=True, help="How many nearest neighbours.")
@click.option("--resamples", default=999, show_default=True, help="How often to resample, shuffle and draw.")
@click.option("--seed", default=1, show_default=True, help="The seed of the draws.")
@click.option("--example", "use_example", is_flag=True, help="Use a small made-up table.")
def measure(
    file: str, use_example: bool, nearest: int, resamples: int, seed: int, **columns: str
) -> Answer[Any]:
    """Every measure of inequality for the table in FILE: CSV, .xlsx or .ods.

    --example alone measures the example whole.
    """
    from fairground.questions import measures

    draws = measures.Draws(resamples, seed, nearest)
    if use_example:
        given = any(text for option, text in columns.items() if option != "value")
        chosen = measures.Columns(**columns) if given else measures.EXAMPLE_COLUMNS
        name = "example table (made up)"
        return measures.of_table(measures.EXAMPLE, name=name, columns=chosen, draws=draws)
    if not file:
        raise BadInput("No table was named", "FILE", allowed="a CSV, .xlsx or .ods file, or --example")
    chosen = measures.Columns(**columns)
    text, name = read_table(file, *filter(None, columns.values()))
    return measures.of_table(text, name=name, columns=chosen, draws=draws)
