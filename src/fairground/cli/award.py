"""The command that asks whether an award is fair.

See `docs/tutorials/is-this-award-fair.md`.
"""

from __future__ import annotations

from typing import Any

import click

from fairground.cli.shape import answer_command
from fairground.evidence import Answer


@answer_command("award", example="fairground wealth funding award Stoke-on-Trent 56000000 --years 5")
@click.argument("place")
@click.argument("amount")
@click.option("--years", type=int, help="Over how many years it is paid; 1 if AMOUNT does not say.")
@click.option("--fund", default="", help="The name of the fund.")
@click.option("--pot", default="", help="Pounds in the whole fund, if you know it.")
def award(place: str, amount: str, years: int | None, fund: str, pot: str) -> Answer[Any]:
    """Is AMOUNT a fair award to PLACE? Beside London, a formula and places alike.

    AMOUNT is in pounds, such as 56000000, £56m or "£19.5 million over 10 years".
    """
    from fairground.questions.wealth import award as question

    return question.award(place, amount, years=years, fund=fund, pot=pot)
