"""Commands about public money: what a fairer rate would have brought.

See `fairground wealth funding --help`.
"""

from __future__ import annotations

import click

from fairground.cli.shape import answer_command
from fairground.evidence import Answer
from fairground.questions.wealth import funding


@click.option(
    "--areas", required=True, help="north, midlands, south, outside-london, or regions with commas."
)
@click.option("--at", default="London", show_default=True, help="The region whose rate is used.")
@click.option("--from", "first", required=True, help="First financial year, such as 2007/08.")
@click.option("--to", "last", required=True, help="Last financial year, such as 2016/17.")
@click.option("--function", default="transport", show_default=True, help=", ".join(funding.FUNCTIONS))
@click.option("--population", "population_year", default="contemporary", show_default=True)
def _counterfactual(
    areas: str, at: str, first: str, last: str, function: str, population_year: str
) -> Answer[funding.Counterfactual]:
    """What regions would have had at another region's spending per head."""
    return funding.counterfactual(
        areas, at=at, first=first, last=last, function=function, population_year=population_year
    )


counterfactual = answer_command(
    "counterfactual",
    example="fairground wealth funding counterfactual --areas north --at London --from 2007/08 --to 2016/17",
)(_counterfactual)
