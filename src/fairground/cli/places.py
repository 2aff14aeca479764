"""Commands about places: which there are, what lies in them, what became of them.

See `fairground places --help`.
"""

from __future__ import annotations

from datetime import date, datetime

import click

from fairground.cli.shape import answer_command
from fairground.evidence import Answer
from fairground.questions import places

ON = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Show the places of this day, such as 2021-06-01. Without it: those that have not ended.",
)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@click.argument("text")
@click.option("--limit", default=10, show_default=True, help="At most so many places.")
def _find(text: str, limit: int) -> Answer[places.SearchResult]:
    """Find a place by its name or code, even if it is misspelt."""
    return places.search(text, limit=limit)


@click.argument("place")
@ON
def _get(place: str, on: datetime | None) -> Answer[places.Description]:
    """Say what a place is and what it lies in."""
    return places.describe(place, on=_day(on))


@click.argument("place")
@click.option("--kind", help="region, county, district or combined-authority.")
@ON
def _children(place: str, kind: str | None, on: datetime | None) -> Answer[places.Children]:
    """List the places that lie in a place."""
    return places.children(place, kind=kind, on=_day(on))


@click.argument("place")
def _changes(place: str) -> Answer[places.Changes]:
    """Say what a place replaced, what replaced it, and what is planned for it."""
    return places.changes(place)


find = answer_command("find", example="fairground places find newcastel")(_find)
get = answer_command(
    "get", example=("fairground places get Stoke-on-Trent", "fairground places get E07000026 --on 2023-04-01")
)(_get)
children = answer_command(
    "children",
    example=(
        "fairground places children 'North East'",
        "fairground places children England --kind combined-authority",
    ),
)(_children)
changes = answer_command("changes", example="fairground places changes Cumberland")(_changes)
