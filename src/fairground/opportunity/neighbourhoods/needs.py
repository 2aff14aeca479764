"""What a day needs, as data: which places meet each need, how near they must be, and how much each weighs.

A preset is a list of needs with a limit in minutes one way. It can be written to a file, changed by anybody
and read back. Presets that travel with Fairground are in `needs.toml`, each with its reference.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from fairground.errors import BadInput, NotFound
from fairground.tables import toml

KINDS = ("map", "green", "timetable")
MOST_MINUTES = 60.0
MOST_DEPARTURES = 2_000  # a day: more than one a minute


@dataclass(frozen=True)
class Need:
    """One need of a day.

    Parameters
    ----------
    id, name : a word without spaces, and what people call it. minutes : the limit, one way.
    weight : how much it counts beside the others.
    where : a place meets the need if it has, for every tag of one of these, one of its texts ("*": any).
    of : "map" where tags find the places; "green" for green space, entered by its ways in; "timetable" for
        stops, which count only where a timetable says that something stops there.
    departures : how many departures a stop needs on the timetable's busiest weekday, to count.

    Raises
    ------
    BadInput : an id with other signs, no name, no tags, a limit or a weight that is out of bounds.
    """

    id: str
    name: str
    minutes: float
    weight: float = 1.0
    where: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    of: str = "map"
    departures: int = 1

    def __post_init__(self) -> None:
        if not self.id.isidentifier() or not self.id.islower():
            raise BadInput("A need's id is one word in small letters", "need", self.id, "such as 'food'")
        if not self.name.strip():
            raise BadInput("A need has a name", f"need.{self.id}.name", self.name)
        if self.of not in KINDS:
            raise BadInput(
                "Places are found in one of three ways", f"need.{self.id}.of", self.of, ", ".join(KINDS)
            )
        if self.of == "map" and not any(self.where):
            raise BadInput("A need says which tags meet it", f"need.{self.id}.where", "nothing")
        if not 0 < self.minutes <= MOST_MINUTES:
            allowed = f"more than 0, at most {MOST_MINUTES:g}"
            raise BadInput("A limit is in minutes one way", f"need.{self.id}.minutes", self.minutes, allowed)
        if not 1 <= self.departures <= MOST_DEPARTURES:
            told, field = "A stop needs departures to count", f"need.{self.id}.departures"
            raise BadInput(told, field, self.departures, f"1 to {MOST_DEPARTURES}")
        if not (math.isfinite(self.weight) and 0 < self.weight <= 1000):
            raise BadInput("A weight is above zero", f"need.{self.id}.weight", self.weight, "0 to 1000")


@dataclass(frozen=True)
class Preset:
    """One definition of a 20-minute neighbourhood: its needs, and where the definition comes from."""

    id: str
    name: str
    minutes: float
    needs: tuple[Need, ...]
    reference: str
    url: str = ""

    def __post_init__(self) -> None:
        if not self.needs:
            raise BadInput("A preset needs at least one need", "needs", "none")
        if not self.reference.strip():
            raise BadInput("A preset says where it comes from", "reference", self.reference)
        ids = [need.id for need in self.needs]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise BadInput("A need stands twice in a preset", "needs", ", ".join(twice))

    @property
    def weight(self) -> float:
        """The weights of all needs together."""
        return math.fsum(need.weight for need in self.needs)

    def written(self) -> str:
        """Return the preset as the text of a TOML file, which `preset_of` reads back."""
        lines = [
            f"{key} = {_text(getattr(self, key))}" for key in ("id", "name", "minutes", "reference", "url")
        ]
        lines.append(f"needs = {_text([need.id for need in self.needs])}")
        for need in self.needs:
            lines += ["", f"[need.{need.id}]"]
            lines += [f"{key} = {_text(getattr(need, key))}" for key in ("name", "minutes", "weight", "of")]
            if need.of == "timetable":
                lines.append(f"departures = {need.departures}")
            where = ", ".join(
                "{ " + ", ".join(f"{_text(key)} = {_text(list(texts))}" for key, texts in one.items()) + " }"
                for one in need.where
            )
            lines.append(f"where = [{where}]")
        return "\n".join(lines) + "\n"


@cache
def presets() -> tuple[Preset, ...]:
    """Return the definitions that travel with Fairground.

    Returns
    -------
    tuple of Preset : the one used where nothing is asked comes first.

    >>> from fairground.opportunity.neighbourhoods import presets
    >>> [preset.id for preset in presets()]
    ['there-and-back', 'sustrans', 'scotland', 'one-way']
    """
    entries = toml("fairground.opportunity.neighbourhoods", "needs.toml")["preset"]
    return tuple(preset_of({"id": id, **entry}) for id, entry in entries.items())


def preset(id: str) -> Preset:
    """Return one definition by id.

    Raises
    ------
    NotFound : there is none of that id.

    >>> from fairground.opportunity.neighbourhoods import preset
    >>> preset("there-and-back").minutes, len(preset("there-and-back").needs)
    (10.0, 14)
    """
    known = {one.id: one for one in presets()}
    if id not in known:
        raise NotFound(
            "No such definition of a neighbourhood", "preset", id, ", ".join(known), nearest=tuple(known)
        )
    return known[id]


def preset_of(table: Mapping[str, Any]) -> Preset:
    """Return the definition that a person's file holds.

    Parameters
    ----------
    table : the parsed file: id, name, minutes, reference, and needs: ids, each with a table `need.<id>` where
        it differs from the need of that id that travels with Fairground.

    Returns
    -------
    Preset : checked.

    Raises
    ------
    BadInput : something is missing, unknown or out of bounds; names the field.

    >>> from fairground.opportunity.neighbourhoods import preset_of
    >>> mine = {"name": "Ours", "minutes": 5, "needs": ["food"], "reference": "Parish plan 2026"}
    >>> preset_of(mine).needs[0].minutes
    5.0
    """
    _no_more(table, ("id", "name", "minutes", "needs", "reference", "url", "need"), "preset")
    minutes = _number(table.get("minutes", 10), "minutes")
    own = table.get("need", {})
    ids = table.get("needs", list(own))
    if (
        not isinstance(ids, list)
        or not all(isinstance(id, str) for id in ids)
        or not isinstance(own, Mapping)
    ):
        raise BadInput("Needs are a list of ids", "needs", ids, ", ".join(_known()))
    _no_more(own, ids, "need")
    return Preset(
        str(table.get("id", "own")),
        str(table.get("name", "A definition of one's own")),
        minutes,
        tuple(_own(id, own.get(id, {}), minutes) for id in ids),
        str(table.get("reference", "")),
        str(table.get("url", "")),
    )


def _own(id: str, entry: Any, minutes: float) -> Need:
    if not isinstance(entry, Mapping):
        raise BadInput("A need is a table", f"need.{id}", entry, "name, minutes, weight, of, where")
    _no_more(entry, ("name", "minutes", "weight", "of", "where", "departures"), f"need.{id}")
    base = _known().get(id)
    if base is None and "name" not in entry:
        raise NotFound("No such need", "needs", id, ", ".join(_known()), nearest=tuple(_known())[:5])
    held = base or Need(
        id, str(entry["name"]), minutes, of=str(entry.get("of", "map")), where=_where(id, entry)
    )
    return replace(
        held,
        name=str(entry.get("name", held.name)),
        minutes=_number(entry.get("minutes", minutes), f"need.{id}.minutes"),
        weight=_number(entry.get("weight", held.weight), f"need.{id}.weight"),
        of=str(entry.get("of", held.of)),
        departures=_whole(entry.get("departures", held.departures), f"need.{id}.departures"),
        where=_where(id, entry) if "where" in entry else held.where,
    )


def _where(id: str, entry: Mapping[str, Any]) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    found = entry.get("where", ())
    fits = isinstance(found, list | tuple) and all(isinstance(one, Mapping) for one in found)
    if not fits:
        raise BadInput("Tags are a list of tables", f"need.{id}.where", found, '[{ shop = ["bakery"] }]')
    return tuple(
        {
            str(key): (texts,) if isinstance(texts, str) else tuple(map(str, texts))
            for key, texts in one.items()
        }
        for one in found
    )


def _number(value: Any, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput("This must be a number", field, value)
    return float(value)


def _whole(value: Any, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput("This must be a whole number", field, value)
    return value


def _no_more(table: Mapping[str, Any], allowed: Sequence[str], field: str) -> None:
    for key in table:
        if key not in allowed:
            raise BadInput("Nobody knows this word", field, key, ", ".join(allowed))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )  # TOML wants this sign written out


@cache
def _known() -> dict[str, Need]:
    entries = toml("fairground.opportunity.neighbourhoods", "needs.toml")["need"]
    return {
        id: Need(id, entry["name"], 10.0, 1.0, _where(id, entry), entry.get("of", "map"))
        for id, entry in entries.items()
    }
