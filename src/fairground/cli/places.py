"""Commands about places: which there are, what lies in them, what became of them.

See `fairground places --help`.
"""

from __future__ import annotations

from datetime import date, datetime

import click

from fairground.cli.shape import answer_command, read_table
from fairground.evidence import Answer
from fairground.questions import places, vintages

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


@click.argument("place")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The earlier day.")
def _formerly(place: str, on: datetime) -> Answer[vintages.Formerly]:
    """List the places that stood, on an earlier day, where a place stands now."""
    return vintages.formerly(place, on=on.date())


@click.argument("file", default="")
@click.option("--code", default="code", show_default=True, help="The column of codes.")
@click.option("--value", default="people", show_default=True, help="The column of amounts that may be added.")
@click.option("--to", type=click.DateTime(["%Y-%m-%d"]), help="Carry over to the places of this day.")
@click.option("--example", "use_example", is_flag=True, help="Use a small table of three old districts.")
def _carry(
    file: str, code: str, value: str, to: datetime | None, use_example: bool
) -> Answer[vintages.CarriedOver]:
    """Carry the amounts of the table in FILE (CSV, .xlsx or .ods) over to the places of now."""
    if use_example or not file:
        text, name = vintages.EXAMPLE, "example table (made up)"
    else:
        text, name = read_table(file, code, value)
    return vintages.carried_over(text, name=name, code=code, value=value, to=_day(to))


def _corrections() -> Answer[vintages.Corrected]:
    """List what we changed in the published tables of places, and why."""
    return vintages.corrected()


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
formerly = answer_command("formerly", example="fairground places formerly Cumberland --on 2020-01-01")(
    _formerly
)
carry = answer_command("carry", example="fairground places carry --example")(_carry)
corrections = answer_command("corrections", example="fairground places corrections")(_corrections)
