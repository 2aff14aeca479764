"""What is frozen when the vote opens: pots, projects, the kind of ballot, the rule, and who may vote.

The officer chooses in words; the record that the choices make is what `ballots.actions.freeze_paper` seals.
"""

from __future__ import annotations

from typing import Any

from fairground.errors import BadInput
from fairground.web.participation.models import Round
from fairground.web.power.budgeting.models import Pot

BALLOTS = (
    ("approval", "Tick as many projects as you like"),
    ("k-approval", "Tick a few projects, up to a number"),
    ("points", "Share out points"),
    ("ranking", "Put projects in order"),
)
RULES: dict[str, tuple[str, dict[str, Any]]] = {
    "equal-shares": (
        "Equal Shares: each voter gets the same share of the money; what is left goes to the most voted",
        {"method": "equal-shares", "completion": "add1u"},
    ),
    "equal-shares-alone": (
        "Equal Shares alone: money that no group can agree on stays unspent",
        {"method": "equal-shares", "completion": "none"},
    ),
    "bos": ("Equal Shares with Bounded Overspending", {"method": "bos"}),
    "greedy": ("Most votes first", {"method": "greedy"}),
}
UTILITIES = {"approval": "cost", "k-approval": "cost", "points": "points", "ranking": "ranking"}
WAYS: dict[str, tuple[str, list[str]]] = {
    "roll": (
        "The council’s roll: a code on a letter, a number and postcode, or a paper ballot",
        ["letter", "roll", "booth"],
    ),
    "account": ("Whoever signs in", ["account"]),
    "postcode": ("Whoever signs in and lives at one of the postcodes below", ["postcode"]),
    "open": ("Anyone, without a check", ["open"]),
}


def specification(round: Round, choices: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a vote, from a round and what its officer chose.

    Raises
    ------
    BadInput : no project is ready, or nobody could vote on one of the pots.
    """
    ready = round.projects.filter(feasible=True).exclude(published_at=None).select_related("pot")
    pots = [pot for pot in round.pots.all() if any(project.pot_id == pot.pk for project in ready)]
    if not pots:
        raise BadInput("No project is ready: publish a finding that one can be done, then open the vote")
    _refuse_pots_for_nobody(pots, choices)
    return {
        "title": round.title,
        "currency": "GBP",
        "pots": [
            {"id": str(p.pk), "name": p.name, "amount_pence": p.amount_pence, "districts": p.districts}
            for p in pots
        ],
        "projects": [_project(project) for project in ready],
        "ballot": _ballot(choices),
        "rule": {**RULES[choices["rule"]][1], "utility": UTILITIES[choices["type"]]},
        "eligibility": {
            "ways": WAYS[choices["ways"]][1],
            "least_age": choices.get("least_age") or 0,
            "postcodes": dict(choices.get("postcodes") or {}),
        },
    }


def _refuse_pots_for_nobody(pots: list[Pot], choices: dict[str, Any]) -> None:
    """Refuse a pot for some districts where nothing tells who lives there: once frozen, nothing mends it."""
    way = choices["ways"]
    known = set((choices.get("postcodes") or {}).values()) if way == "postcode" else set()
    for pot in pots:
        if way != "roll" and pot.districts and not known & set(pot.districts):
            told = (
                f'Nobody could vote on the pot "{pot.name}": it is for {", ".join(pot.districts)} only, and '
                "nothing here tells who lives there. Choose the roll, or postcodes with their districts"
            )
            raise BadInput(told, "postcodes" if way == "postcode" else "ways")


def _project(project: Any) -> dict[str, Any]:
    found = {
        "id": str(project.pk),
        "title": project.title,
        "cost_pence": project.cost_pence,
        "pot": str(project.pot_id),
        "summary": project.summary,
    }
    if project.latitude is not None:
        found |= {"latitude": float(project.latitude), "longitude": float(project.longitude)}
    return found


def _ballot(choices: dict[str, Any]) -> dict[str, Any]:
    ballot: dict[str, Any] = {"type": choices["type"]}
    for name in ("max_projects", "points"):
        if choices.get(name):
            ballot[name] = choices[name]
    if choices.get("within_budget"):
        ballot["within_budget"] = True
    return ballot
