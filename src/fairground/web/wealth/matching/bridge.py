"""Registers as lists to compare, and links as rows: the only file of merging that knows the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fairground.wealth.property import linkage as engine
from fairground.web.wealth.register.models import Asset

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
}


@dataclass(frozen=True)
class Row:
    """A pair as it is stored: its assets, how likely, if it is a link, the points, its turn to be asked."""

    first: str
    second: str
    probability: float
    suggested: bool
    points: dict[str, float]
    turn: int | None


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
    counts = {
        "first": len(listings[0]), "second": len(listings[1]), "compared": len(found.pairs.ones),
        "links": len(found.links), "alone": len(found.alone_second), "answers": len(labels),
    }  # fmt: skip
    return list(rows.values()), counts


def reasons(points: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return in words what speaks for a pair and what against it, the strongest first."""
    ordered = sorted(points.items(), key=lambda item: -abs(item[1]))
    told = [(WORDS.get(field, field), value) for field, value in ordered]
    return [w for w, value in told if value > SPEAKS], [w for w, value in told if value < -SPEAKS]


def _entry(asset: Asset) -> engine.Entry:
    spot = (asset.longitude, asset.latitude) if asset.latitude is not None else (None, None)
    return engine.Entry(str(asset.pk), asset.name, asset.where, asset.postcode, asset.uprn, asset.use, *spot)
