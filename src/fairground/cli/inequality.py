"""Commands that ask how unequally places fare."""

from __future__ import annotations

from typing import Any

import click

from fairground.cli.shape import answer_command
from fairground.evidence import Answer


@answer_command("gap", example="fairground wealth inequality gap hle_female 2018-20")
@click.argument("indicator")
@click.argument("period", default="")
def gap(indicator: str, period: str) -> Answer[Any]:
    """How far the best region is ahead of the worst on INDICATOR in PERIOD (the latest if left out)."""
    from fairground.questions.wealth import inequality

    return inequality.gap(indicator, period)


@answer_command(
    "decompose",
    example=(
        "fairground wealth inequality decompose gdhi_per_head 2023",
        "fairground wealth inequality decompose gdhi_per_head --over-time",
    ),
)
@click.argument("indicator")
@click.argument("period", default="")
@click.option("--alpha", type=float, default=1.0, help="1 Theil T, 0 Theil L, 2 half the squared variation.")
@click.option("--over-time", is_flag=True, help="Every period that we hold, with Theil T.")
def decompose(indicator: str, period: str, alpha: float, over_time: bool) -> Answer[Any]:
    """How much inequality lies between regions and how much inside them."""
    from fairground.questions.wealth import inequality

    if over_time:
        return inequality.decompose_over_time(indicator)
    return inequality.decompose(indicator, period, alpha=alpha)


@answer_command("standing", example="fairground wealth inequality standing Stoke-on-Trent")
@click.argument("place")
def standing(place: str) -> Answer[Any]:
    """Where PLACE stands among its peers: a range of ranks on each measure."""
    from fairground.questions.wealth import standing as question

    return question.standing(place)


@answer_command("indicators", example="fairground wealth inequality indicators")
def indicators() -> Answer[Any]:
    """Which indicators we hold, and for which periods."""
    from fairground.questions.wealth import standing as question

    return question.indicators()


@answer_command(
    "claims",
    example=("fairground wealth inequality claims", "fairground wealth inequality claims healthy-life-gap"),
)
@click.argument("claim", default="")
def claims(claim: str) -> Answer[Any]:
    """Whether the report's own figures hold when they are worked out again; CLAIM for one of them."""
    from fairground.questions.wealth import claims as question

    return question.check(claim) if claim else question.every()
