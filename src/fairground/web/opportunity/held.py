"""Which street maps this site holds: one folder for each place, with its map and what else is known of it.

In the data folder, `ground/<place>/` holds one street map (`*.osm.pbf`) and may hold `homes.csv`,
`postcodes.csv`, `buses.zip`, `areas.csv` and `ABOUT.txt` (its first line is the name, its second a note). A
folder that is called as a place is (`trafford`) is linked from that place's page. See
`docs/how-to/add-a-street-map.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from fairground.errors import NotFound


@dataclass(frozen=True)
class Held:
    """One place on the ground: its street map and the files beside it (None where there is none)."""

    slug: str
    name: str
    note: str
    streets: Path
    homes: Path | None
    postcodes: Path | None
    buses: Path | None
    areas: Path | None

    @property
    def fictional(self) -> bool:
        """Whether the place is made up."""
        return "fictional" in self.note.lower()


def folder() -> Path:
    """Return the folder of the street maps; it may not exist."""
    return Path(settings.DATA) / "ground"


def maps() -> tuple[Held, ...]:
    """Return every street map that the site holds, real places first."""
    if not folder().is_dir():
        return ()
    found = [held for path in sorted(folder().iterdir()) if (held := _held(path)) is not None]
    return tuple(sorted(found, key=lambda held: (held.fictional, held.name)))


def by_slug(slug: str) -> Held | None:
    """Return one of them, or None."""
    return next((held for held in maps() if held.slug == slug), None)


def place(slug: str) -> Held:
    """Return a place that the site has a street map of.

    Raises
    ------
    NotFound : there is none by that name.
    """
    found = by_slug(slug)
    if found is None:
        raise NotFound("This site has no street map of that place", "map", slug)
    return found


def _held(path: Path) -> Held | None:
    streets = sorted(path.glob("*.osm.pbf")) if path.is_dir() else []
    if not streets:
        return None
    about = path / "ABOUT.txt"
    lines = about.read_text("utf-8").splitlines()[:2] if about.is_file() else []
    name, note = [*lines, "", ""][:2]
    beside = [
        found if (found := path / file).is_file() else None
        for file in ("homes.csv", "postcodes.csv", "buses.zip", "areas.csv")
    ]
    return Held(path.name, name or path.name.replace("-", " ").title(), note, streets[0], *beside)
