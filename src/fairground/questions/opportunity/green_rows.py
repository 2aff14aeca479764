"""What is told of a home: every way to measure in rows, and the home's nearest space in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from fairground.opportunity.greenspace import MEASURES, Distances, Rule, Sites, WaysIn, size_class

__all__: list[str] = []

VERDICTS = {1: "pass", 0: "fail", -1: "unknown"}
SAID = {1: True, 0: False, -1: None}


@dataclass(frozen=True)
class Definition:
    """One way to ask the question: how it is measured, what size counts, and what it says of the home."""

    measure: str
    hectares: float
    metres: float | None
    verdict: str
    space: str


def definitions(
    sites: Sites, found: Mapping[float, Distances], row: int, limit: float
) -> tuple[Definition, ...]:
    """Return what every way to measure says of one home, for each size floor, under the same limit."""
    return tuple(
        Definition(
            measure,
            hectares,
            number(one.metres[measure][row]),
            VERDICTS[int(one.verdicts(measure, limit)[row])],
            name(sites, int(one.site[measure][row])),
        )
        for hectares, one in sorted(found.items())
        for measure in MEASURES
    )


def told(
    sites: Sites,
    ways: WaysIn,
    found: Mapping[float, Distances],
    row: int,
    judged: Rule,
    least: float,
    on: date,
) -> dict[str, Any]:
    """Return the home's nearest space on foot, and what the rule says of the home.

    least : the size floor of `metres`; the rule's own floor decides `pass`.
    """
    walked, ruled = found[least], found[judged.hectares]
    site, way = int(walked.site["door"][row]), int(walked.way_in["door"][row])
    own = number(ruled.metres[judged.measure][row])
    return {
        "metres": number(walked.metres["door"][row]),
        "pass": SAID[int(ruled.verdicts(judged.measure, judged.metres)[row])],
        "reason": ruled.reasons(judged.measure, judged.metres)[row],
        "limit": judged.metres,
        "min_hectares": judged.hectares,
        "walk_min_hectares": least,
        "rule": judged.id,
        "rule_name": judged.name,
        "measure": judged.measure,
        "rule_metres": own,
        "margin": None if own is None else judged.metres - own,
        "space": name(sites, site),
        "space_id": sites.ids[site][0] if site >= 0 else "",
        "space_kinds": list(sites.kinds[site]) if site >= 0 else [],
        "space_hectares": float(sites.hectares[site]) if site >= 0 else None,
        "space_class": size_class(float(sites.hectares[site]), on=on) if site >= 0 else "",
        "inside": bool(walked.inside[row]),
        "way_in": "" if way < 0 else "known" if ways.known[way] else "inferred",
        "edge_metres": number(walked.metres["edge"][row]),
        "entrance_metres": number(walked.metres["entrance"][row]),
        "door_step_metres": number(walked.door[row]),
        "hidden_metres": number(ruled.hidden[row]),
        "hidden_space": name(sites, int(ruled.hidden_site[row])),
    }


def name(sites: Sites, site: int) -> str:
    """Return a site's name, or its kind and number on the map where it has none; "" for no site."""
    if site < 0:
        return ""
    return sites.names[site] or f"{sites.kinds[site][0].replace('-', ' ')} {sites.ids[site][0]}"


def number(value: Any) -> float | None:
    """Return a number as an answer holds it: None where it is not finite."""
    return float(value) if np.isfinite(value) else None
