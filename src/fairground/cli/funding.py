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
@click.option("--prices", default="cash", show_default=True, help=", ".join(funding.PRICES))
@click.option(
    "--people",
    default="contemporary",
    show_default=True,
    help="contemporary (mid-year), january, or a financial year whose people are counted throughout.",
)
def _counterfactual(areas: str, **choices: str) -> Answer[funding.Counterfactual]:
    """What regions would have had at another region's spending per head; every way of counting is shown."""
    return funding.counterfactual(areas, **choices)


counterfactual = answer_command(
    "counterfactual",
    example=(
        "fairground wealth funding counterfactual --areas north --at London --from 2007/08 --to 2016/17",
        "fairground wealth funding counterfactual --areas outside-london --from 2013/14 --to 2017/18 "
        "--function all-capital --prices real",
    ),
)(_counterfactual)
