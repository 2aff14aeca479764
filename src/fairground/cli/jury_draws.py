"""A command that seals a lottery before anybody knows its number; `redraw --value` draws from it later.

See `docs/explanation/juries-draw.md`.
"""

from __future__ import annotations

import secrets
from typing import Any

import click

from fairground.cli.juries import (
    BY,
    ONE_BY_ONE,
    RULES,
    WAYS,
    Both,
    Progress,
    gamma_option,
    pool_options,
    weighed,
)
from fairground.cli.shape import answer_command, write_text
from fairground.evidence import Answer


@answer_command(
    "seal",
    example=(
        "fairground power juries seal pool.csv targets.csv --size 4 --announce 'the balls of Saturday'"
        " --public sealed.json",
        "fairground power juries seal pool.csv targets.csv --size 4 --way balls --announce 'three balls,"
        " drawn in the town hall' --public balls.json",
    ),
)
@pool_options
@click.option("--announce", "announced", multiple=True, required=True,
              help="Which public value will choose the number; repeat.")  # fmt: skip
@click.option("--from", "known_from", default="", help="From when it can be known, in words.")
@click.option(
    "--rule", type=click.Choice([rule for rule in RULES if rule not in ONE_BY_ONE]), default="leximin",
    help="How chances are shared.",
)  # fmt: skip
@gamma_option
@click.option("--way", type=click.Choice(WAYS), default="values", help=BY)
@click.option("--juries", type=int, default=1000, help="How many numbered juries there are.")
@click.option("--out", default="", help="Write the council's file: pool without names, lottery and proof.")
@click.option("--public", default="", help="Write the public file: numbered juries as codes.")
def seal(both: Both, size: int, announced: tuple[str, ...], known_from: str, rule: str, gamma: float,
         way: str, juries: int, out: str, public: str) -> Answer[Any]:  # fmt: skip
    """Make a lottery for a jury from POOL that meets TARGETS, and seal it before its number is known."""
    from fairground.questions.power import jury_draws as question

    with Progress() as told:
        answer, made = question.seal(
            *both, size, secret=secrets.token_hex(16), announced=announced, known_from=known_from,
            rule=weighed(rule, gamma), way=way, juries=juries, told=told,
        )  # fmt: skip
    for file, text in ((out, made.council), (public, made.public)):
        if file:
            write_text(file, text, once=True)
    return answer
