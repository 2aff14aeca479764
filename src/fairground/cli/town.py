"""The command that writes the made-up town, so that maps and checks can be tried with no download.

See `fairground opportunity town --help` and `docs/how-to/try-the-made-up-town.md`.
"""

from __future__ import annotations

from pathlib import Path

import click

from fairground.cli.shape import answer_command
from fairground.evidence import Answer, Method, Source, Step
from fairground.sources.town import Town, plan, write

DRAWN = Method(
    "made-up-town",
    "Drawn from a written plan, bent and peopled by a seed",
    "sources/town/town.toml; OpenStreetMap PBF; GTFS Schedule; RFC 7946 (GeoJSON)",
)


@click.argument("folder")
@click.option("--seed", default=1, show_default=True, help="A whole number: another seed, another town.")
def _town(folder: str, seed: int) -> Answer[Town]:
    """Write a made-up town into FOLDER: map, bus times, homes, people, parks, a planning application.

    Nothing in it is real. ABOUT.txt says what each file holds and what each fault in it is for.
    """
    made = write(Path(folder), seed=seed)
    facts = {"name": made.name, "folder": made.folder, "homes": made.homes, "people": made.people}
    steps = (
        Step("town.written", facts),
        Step("town.seed", {"seed": made.seed}),
        Step("town.streets", {"streets": made.streets, "buses": made.buses}),
    )
    source = Source("made-up-town", made.name, "Fairground", f"seed {seed}", "MIT", "", note=plan().note)
    return Answer(made, DRAWN, steps, (source,))


town = answer_command("town", example="fairground opportunity town doggerby")(_town)
