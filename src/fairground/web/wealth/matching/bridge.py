"""Registers as lists to compare, and links as rows: the only file of merging that knows the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from fairground.wealth.property import linkage as engine
from fairground.web.wealth.register.models import Asset, Kind

ASKED = 20  # pairs to look at before the answers are learnt from
SPEAKS = 0.5
MOST = 150_000
READ, LINKED = 10, 80  # percent of the work: lists read from the database, pairs found and compared
SAME = {"yes": True, "no": False, "unsure": None, "part": False, "whole": False}
WORDS = {
    "name": "the name",
    "address": "the address",
    "numbers": "the house number",
    "kind": "the kind of place",
    "postcode": "the postcode",
    "place": "where it is",
    "uprn": "the UPRN",
    "before": "how much agrees in all",
    "rivals": "how it compares with the next best",
    "catalogue": "the number in the catalogue",
}
PROPOSED = 20  # pairs of part and whole that are asked about in one round
NUMBERED = 0.97  # the chance of a pair with one catalogue number, as measured on made-up catalogues
WHY = {
    "name": "its name has every word of the other name",
    "called": "it is called what parts of a site are called",
    "near": "the two stand close together",
    "postcode": "the postcodes agree",
    "street": "the street agrees",
}


@dataclass(frozen=True)
class Row:
    """A pair as it is stored: its assets, how likely, if it is a link, the points, its turn to be asked.

    proposed : `part` or `whole`, where one is likely a part of the other. because : why.
    """

    first: str
    second: str
    probability: float
    suggested: bool
    points: dict[str, float]
    turn: int | None
    proposed: str = ""
    because: tuple[str, ...] = ()


def work_out(
    first: Iterable[Asset],
    second: Iterable[Asset],
    answers: Iterable[tuple[str, str, str]],
    *,
    seed: int,
    report: Callable[[int], None] = lambda percent: None,
) -> tuple[list[Row], dict[str, int]]:
    """Return the pairs that are linked or worth asking about, and what was counted.

    Raises
    ------
    BadInput : a register has no asset.
    """
    listings = [
        engine.Listing.of(name, map(_entry, assets)) for name, assets in (("1", first), ("2", second))
    ]
    answers = list(answers)
    labels = [engine.Label(one, two, SAME[said]) for one, two, said in answers]
    report(READ)
    pairs = engine.prepare(*listings, report=lambda percent: report(READ + percent * (LINKED - READ) // 100))
    report(LINKED)
    found = engine.link(pairs, labels)
    asked = {key: n for n, key in enumerate(engine.to_ask(found, ASKED, seed=seed), start=1)}
    rows = {
        (one.first, one.second): Row(
            one.first, one.second, one.probability, True, dict(one.points), asked.get((one.first, one.second))
        )
        for one in found.links
    }
    for (one, two), turn in asked.items():
        at = found.pairs.row(one, two)
        rows.setdefault(
            (one, two), Row(one, two, float(found.probability[at]), False, found.points(one, two), turn)
        )
    answered = {(one, two) for one, two, _ in answers}
    _add_numbered(rows, listings, answered)
    _add_parts(rows, engine.parts(found), len(asked))
    counts = {
        "first": len(listings[0]), "second": len(listings[1]), "compared": len(found.pairs.ones),
        "links": sum(one.suggested for one in rows.values()), "alone": len(found.alone_second),
        "answers": len(labels),
    }  # fmt: skip
    return list(rows.values()), counts


def _add_numbered(
    rows: dict[tuple[str, str], Row], listings: list[engine.Listing], answered: set[tuple[str, str]]
) -> None:
    """Link what carries one catalogue number on both lists, in place of what was guessed without it."""
    for key in engine.numbered(*listings):
        held = rows.get(key)
        if key in answered or (held and held.probability >= NUMBERED):
            continue
        points = (held.points if held else {}) | {"catalogue": 5.0}
        for other, row in list(rows.items()):
            if other[1] == key[1] and other not in answered:
                rows[other] = replace(row, suggested=False)
        rows[key] = Row(*key, NUMBERED, True, points, held.turn if held else None)


def _add_parts(rows: dict[tuple[str, str], Row], parts: Iterable[engine.Part], asked: int) -> None:
    """Propose parts: those rows are no links, and the first of them are asked about after the others.

    Whatever of the second list has a link of its own is left alone: it is on both lists.
    """
    at_home = {two: one for (one, two), row in rows.items() if row.suggested}
    parts = [one for one in parts if at_home.get(one.second, one.first) == one.first]
    for turn, one in enumerate(parts, start=asked + 1):
        key, held = (one.first, one.second), rows.get((one.first, one.second))
        way = "part" if one.second_is_part else "whole"
        at = held.turn if held and held.turn else turn if turn <= asked + PROPOSED else None
        chance, points = (held.probability, held.points) if held else (0.0, {})
        rows[key] = Row(*key, chance, False, points, at, way, one.reasons)


def why(because: Iterable[str]) -> list[str]:
    """Return in words why one is likely a part of the other."""
    return [WHY.get(reason, reason) for reason in because]


def reasons(points: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return in words what speaks for a pair and what against it, the strongest first."""
    ordered = sorted(points.items(), key=lambda item: -abs(item[1]))
    told = [(WORDS.get(field, field), value) for field, value in ordered]
    return [w for w, value in told if value > SPEAKS], [w for w, value in told if value < -SPEAKS]


def _entry(asset: Asset) -> engine.Entry:
    placed = asset.latitude is not None
    return engine.Entry(
        str(asset.pk), asset.name, asset.where, asset.postcode, asset.uprn, asset.use,
        longitude=asset.longitude if placed else None, latitude=asset.latitude if placed else None,
        number=asset.council_id if asset.kind == Kind.MOVEABLE else "",
    )  # fmt: skip
