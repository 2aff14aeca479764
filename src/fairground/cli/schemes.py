"""The command that shows how real funding schemes share their money.

See `docs/explanation/schemes.md`.
"""

from __future__ import annotations

from typing import Any

import click

from fairground.cli.shape import answer_command
from fairground.evidence import Answer


@answer_command(
    "schemes",
    example=(
        "fairground wealth funding schemes",
        "fairground wealth funding schemes capability-grant --amount 28000000 --level districts",
        "fairground wealth funding schemes levelling-up-index --recovery 80 --transport 40 --regeneration 20",
        "fairground wealth funding schemes barnett --amount 1000000000 --nation Wales",
    ),
)
@click.argument("scheme", default="")
@click.option("--amount", default="", help="Pounds: the pot, or the change in a budget.")
@click.option("--level", default="", help="regions or districts: between whom the pot is shared.")
@click.option("--lump", default="", help="Pounds that each place gets first.")
@click.option("--recovery", default="", help="Score, 0 to 100.")
@click.option("--transport", default="", help="Score, 0 to 100.")
@click.option("--regeneration", default="", help="Score, 0 to 100.")
@click.option("--nation", default="", help="Scotland, Wales or Northern Ireland.")
@click.option("--comparability", default="", help="Share of the work that the nation does, 0 to 1.")
@click.option("--needs-factor", default="", help="Factor for need; 1 is none.")
def schemes(scheme: str, **chosen: str) -> Answer[Any]:
    """How real schemes share money: list them, or work the rule of one SCHEME on your numbers."""
    from fairground.questions.wealth import schemes as question

    return question.scheme(scheme, **chosen) if scheme else question.schemes()
