"""Numbers from law and guidance: each with the date from which it holds, its unit and its reference.

They live in `standards.toml` files beside the areas that use them. An entry looks like::

    [new-homes-green-space-distance]
    name = "Furthest that a new home may be from accessible green space"
    unit = "metres"
    reference = "IPPR North, Parallel lives (2023), recommendation on green space"
    url = "https://…"
    values = [{ from = 2023-05-01, value = 300 }]
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fairground.errors import BadInput, NotFound
from fairground.tables import toml


@dataclass(frozen=True)
class Dated:
    """A value and the first day on which it holds."""

    start: date
    value: Any


@dataclass(frozen=True)
class Standard:
    """A number that law or guidance sets, over time."""

    id: str
    name: str
    unit: str
    reference: str
    url: str
    values: tuple[Dated, ...]

    def __post_init__(self) -> None:
        for part in ("name", "unit", "reference"):
            if not getattr(self, part).strip():
                raise BadInput("A standard needs a name, a unit and a reference", field=part, value=self.id)
        if not self.values:
            raise BadInput("A standard needs at least one dated value", field="values", value=self.id)

    def on(self, day: date) -> Any:
        """Return the value in force on a day.

        Raises
        ------
        BadInput : the standard did not yet exist on that day.
        """
        held = [dated for dated in self.values if dated.start <= day]
        if not held:
            raise BadInput(
                f"'{self.name}' has no value on that day",
                value=day,
                allowed=f"{min(d.start for d in self.values)} or later",
            )
        return max(held, key=lambda dated: dated.start).value


def read(package: str) -> dict[str, Standard]:
    """Return the standards of one package, e.g. `read("fairground.wealth.funding")`, by id."""
    return {key: _standard(key, entry) for key, entry in toml(package, "standards.toml").items()}


def get(package: str, id: str) -> Standard:
    """Return one standard.

    Raises
    ------
    NotFound : the package has no standard of that id.
    """
    known = read(package)
    if id not in known:
        raise NotFound("No such standard", field="id", value=id, nearest=tuple(known))
    return known[id]


def _standard(key: str, entry: dict[str, Any]) -> Standard:
    values = tuple(Dated(item["from"], item["value"]) for item in entry.get("values", ()))
    return Standard(
        key,
        entry.get("name", ""),
        entry.get("unit", ""),
        entry.get("reference", ""),
        entry.get("url", ""),
        values,
    )
