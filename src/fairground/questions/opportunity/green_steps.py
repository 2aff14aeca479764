"""The working of an answer about green space: which rule, which land, which ways in, and whose map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fairground.evidence import Step
from fairground.opportunity.greenspace import Rule, Sites, WaysIn, chosen
from fairground.questions.opportunity.green_legs import told as way
from fairground.questions.opportunity.ground import Ground

__all__: list[str] = []

HEADS = {True: "greenspace.check.pass", False: "greenspace.check.fail", None: "greenspace.check.unknown"}


def headline(value: Mapping[str, Any]) -> Step:
    """Return the sentence that answers the question of one site."""
    facts = {
        "metres": value["metres"],
        "limit": value["limit"],
        "space": value["space"] or value["hidden_space"],
    }
    if value["measure"] != "door" or value["min_hectares"] != value["walk_min_hectares"]:
        return _by_rule(value)
    if value["inside"]:
        return Step("greenspace.check.inside", facts)
    if value["metres"] is None:
        said = "none" if value["pass"] is False else "none-unknown" if value["pass"] is None else "none-pass"
        return Step(f"greenspace.check.{said}", facts)
    return Step(HEADS[value["pass"]], facts)


def _by_rule(value: Mapping[str, Any]) -> Step:
    """Return the sentence of a rule that does not measure on foot from the door, or asks for a size."""
    facts = {name: value[name] for name in ("rule_name", "rule_metres", "limit", "min_hectares", "measure")}
    said = {True: "pass", False: "fail", None: "unknown"}[value["pass"]]
    return Step(
        f"greenspace.rule.{said}" if facts["rule_metres"] is not None else "greenspace.rule.none", facts
    )


def about(ground: Ground, include: Sequence[str], judged: Rule, sites: Sites, ways: WaysIn) -> list[Step]:
    """Return the working that every question about green space shares."""
    rule = {
        "name": judged.name,
        "limit": judged.metres,
        "hectares": judged.hectares,
        "measure": judged.measure,
    }
    said = "said" if judged.said else "reading"
    found = Counter(ways.found)
    counted = {
        "all": len(sites),
        "known": found["known"],
        "inferred": found["inferred"],
        "unknown": found["unknown"],
    }
    land = {
        "kinds": ", ".join(chosen(include)),
        "areas": len(ground.areas),
        "sites": len(sites),
        "mended": ground.mended,
    }
    return [
        Step(f"greenspace.rule.{said}" if judged.hectares else f"greenspace.any-size.{said}", rule),
        Step("greenspace.land.file" if ground.green else "greenspace.land", land | {"file": ground.green}),
        *(
            Step("greenspace.land.left-out", {"file": ground.green, "why": why, "count": count})
            for why, count in ground.left_out.items()
        ),
        Step("greenspace.ways-in", counted),
        Step("greenspace.ways-in.rules"),
        Step("greenspace.walk", {"profile": ground.walk.mode, "map": ground.walk.crs}),
        Step(
            "greenspace.map", {"file": ground.streets.name, "day": ground.streets.edition or "an unknown day"}
        ),
    ]


def of_site(value: Mapping[str, Any]) -> list[Step]:
    """Return the working of one site's own answer."""
    said: list[tuple[bool, str, tuple[str, ...]]] = [
        (
            value["measure"] != "door" and value["metres"] is not None,
            "check.walk" if value["walk_min_hectares"] else "check.walk.any-size",
            ("metres", "space", "walk_min_hectares"),
        ),
        (value["reason"] == "no-way-in", "no-way-in", ("hidden_space", "hidden_metres")),
        (value["corners"] > 1, "worst-corner", ("corners", "nearest_metres")),
        (value["door_step_metres"] is not None, "door", ("door_step_metres",)),
        (value["crossed"], "crossed", ()),
        (_differs(value, "unbarred_metres"), "barred", ("unbarred_metres",)),
        (_differs(value, "with_inferred_metres"), "with-inferred", ("with_inferred_metres",)),
        (value["edge_of_data"], "edge-of-data", ("limit",)),
        (value["place_doubt_metres"] > 0, _doubt(value), ("place_doubt_metres",)),
    ]
    steps = [Step(f"greenspace.{code}", {k: value[k] for k in facts}) for so, code, facts in said if so]
    return [*steps, *way(value), _wheels(value), *_changes(value)]


def _doubt(value: Mapping[str, Any]) -> str:
    """Return whether the place is known well enough to tell which side of the limit it lies on."""
    close = value["margin"] is not None and abs(value["margin"]) <= value["place_doubt_metres"]
    return "doubt.too-close" if close else "doubt"


def _differs(value: Mapping[str, Any], name: str) -> bool:
    return value[name] is not None and value[name] != value["metres"] and not value["crossed"]


def _changes(value: Mapping[str, Any]) -> list[Step]:
    steps = []
    for what in ("entrance", "path"):
        then, now = value[f"new_{what}_metres"], value["metres"]
        if then is not None and (now is None or then < now):
            facts = {"metres": then, "space": value[f"new_{what}_space"]}
            steps.append(Step(f"greenspace.new.{what}", facts))
    return steps


def _wheels(value: Mapping[str, Any]) -> Step:
    facts = {
        "metres": value["wheel_metres"],
        "perhaps": value["wheel_metres_if_passable"],
        "space": value["wheel_space"],
    }
    if value["inside"]:
        return Step("greenspace.wheel.inside", facts)
    if value["wheel_metres"] is not None:
        return Step("greenspace.wheel", facts)
    return Step("greenspace.wheel.none" if facts["perhaps"] is None else "greenspace.wheel.unsure", facts)
