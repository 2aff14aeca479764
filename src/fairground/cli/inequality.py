"""Commands that ask how unequally places fare."""

from __future__ import annotations

from typing import Any

import click

from fairground.cli.shape import answer_command
from fairground.errors import BadInput
from fairground.evidence import Answer

LEVEL = click.option(
    "--level", type=click.Choice(["region", "district"]), default=None, help="Regions or districts."
)


@answer_command(
    "gap",
    example=(
        "fairground wealth inequality gap hle_female 2018-20",
        "fairground wealth inequality gap gdhi_per_head 2023 --level district",
        "fairground wealth inequality gap transport_spend_per_head --over-time",
    ),
)
@click.argument("indicator")
@click.argument("period", default="")
@LEVEL
@click.option("--over-time", is_flag=True, help="Every period that we hold.")
def gap(indicator: str, period: str, level: str | None, over_time: bool) -> Answer[Any]:
    """How far the best place is ahead of the worst on INDICATOR in PERIOD (the latest if left out)."""
    from fairground.questions.wealth import inequality

    if over_time:
        _no_period(period)
        return inequality.gap_over_time(indicator, level=level or "")
    return inequality.gap(indicator, period, level=level or "")


def _no_period(period: str) -> None:
    if period:
        raise BadInput("--over-time shows every period, so leave the period out", "period", period, "nothing")


@answer_command(
    "decompose",
    example=(
        "fairground wealth inequality decompose gdhi_per_head 2023",
        "fairground wealth inequality decompose gdhi_per_head --over-time",
        "fairground wealth inequality decompose all_capital_per_head 2017/18",
    ),
)
@click.argument("indicator")
@click.argument("period", default="")
@click.option("--alpha", type=float, default=1.0, help="1 Theil T, 0 Theil L, 2 half the squared variation.")
@click.option("--over-time", is_flag=True, help="Every period that we hold, with Theil T.")
def decompose(indicator: str, period: str, alpha: float, over_time: bool) -> Answer[Any]:
    """How much inequality lies between groups of places and how much inside them."""
    from fairground.questions.wealth import decomposition

    if over_time:
        _no_period(period)
        return decomposition.decompose_over_time(indicator)
    return decomposition.decompose(indicator, period, alpha=alpha)


@answer_command("convergence", example="fairground wealth inequality convergence gdhi_per_head")
@click.argument("indicator")
@LEVEL
def convergence(indicator: str, level: str | None) -> Answer[Any]:
    """Whether places have grown more alike, counting places and counting people."""
    from fairground.questions.wealth import convergence as question

    return question.convergence(indicator, level=level or "")


@answer_command(
    "standing",
    example=(
        "fairground wealth inequality standing Stoke-on-Trent",
        "fairground wealth inequality standing 'North East' hle_female",
    ),
)
@click.argument("place")
@click.argument("indicator", default="")
def standing(place: str, indicator: str) -> Answer[Any]:
    """Where PLACE stands among its peers: a range of ranks on each measure, or on INDICATOR by year."""
    from fairground.questions.wealth import standing as question

    return question.standing_over_time(place, indicator) if indicator else question.standing(place)


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
