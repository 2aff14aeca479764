"""The command that reads a street map once, so that questions about it are answered at once.

See `fairground opportunity prepare --help` and `docs/explanation/networks.md`.
"""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import click

from fairground.cli.shape import answer_command
from fairground.evidence import Answer
from fairground.questions.opportunity import streets

STAGES = {
    "read": "reading the map",
    "walk": "building the network for walking",
    "wheel": "building the network for wheelchairs and pushchairs",
    "cycle": "building the networks for cycling",
    "keep": "keeping them",
}


@click.argument("file", type=click.Path(path_type=Path))
def _prepare(file: Path) -> Answer[streets.Streets]:
    """Read the street map in FILE (.osm.pbf) and keep its networks for later questions.

    Progress goes to the screen's error stream, so that `--json` stays clean. The kept file lies beside the
    map, or in the data folder where the map's own folder may not be written to.
    """
    from fairground.web.data_folder import data_folder

    seconds = streets.estimate(file)
    click.echo(f"About {max(1, round(seconds)):,} s for this map on one processor core.", err=True)
    begun = monotonic()

    def tell(stage: str) -> None:
        number = list(STAGES).index(stage) + 1
        click.echo(f"{monotonic() - begun:6.1f} s  {number} of {len(STAGES)}: {STAGES[stage]}", err=True)

    return streets.prepared(file, folder=data_folder() / "streets", tell=tell)


prepare = answer_command("prepare", example="fairground opportunity prepare town/town.osm.pbf")(_prepare)
