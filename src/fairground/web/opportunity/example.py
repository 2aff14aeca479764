"""Puts the made-up town into the demo, so that its maps and checks work without any download."""

from __future__ import annotations

from fairground.sources import town
from fairground.web.opportunity import held


def load() -> None:
    """Write the made-up town among the street maps, unless it is there already."""
    folder = held.folder() / "doggerby"
    if not all((folder / name).is_file() for name in town.FILES):
        town.write(folder)
