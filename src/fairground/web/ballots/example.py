"""A vote to try: made-up projects on the real seafront of Redcar, open to anyone, with a few made-up ballots.

Everything in it is fictional and says so. Redcar and Cleveland has the code E06000003 (ONS Register of
Geographic Codes).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fairground.web.ballots import bridge
from fairground.web.ballots.actions import Voter, cast_made_up, freeze_paper
from fairground.web.ballots.models import Paper
from fairground.web.participation import actions as rounds
from fairground.web.participation.models import Round

REDCAR = "E06000003"
TITLE = "Redcar decides: try a vote"
PROJECTS = (
    (
        "lights",
        "Lights along the promenade",
        18_000,
        "town",
        54.6195,
        -1.0680,
        "Forty low lamps that burn all night.",
    ),
    (
        "pool",
        "A paddling pool by the bandstand",
        42_000,
        "town",
        54.6172,
        -1.0600,
        "Shallow, free, open May to September.",
    ),
    (
        "trees",
        "Trees on Station Road",
        12_500,
        "town",
        54.6163,
        -1.0706,
        "Thirty street trees, with water for three years.",
    ),
    (
        "wheels",
        "Beach wheelchairs to borrow",
        9_000,
        "town",
        54.6188,
        -1.0648,
        "Four chairs with wide wheels, kept at the lifeboat shop.",
    ),
    (
        "hall",
        "A new kitchen for the village hall",
        21_000,
        "town",
        54.5980,
        -1.0460,
        "So that the hall can cook for two hundred.",
    ),
    (
        "cricket",
        "Nets for the cricket ground",
        7_500,
        "town",
        54.6105,
        -1.0560,
        "Two lanes, open to every school.",
    ),
    (
        "mural",
        "A mural under the railway bridge",
        4_000,
        "town",
        54.6150,
        -1.0725,
        "Painted with the pupils of the two schools next to it.",
    ),
    (
        "bench",
        "Benches at every bus stop of route 81",
        16_000,
        "town",
        None,
        None,
        "Twenty-six benches with arms.",
    ),
)


def paper_facts(way: str = "open") -> dict[str, Any]:
    """Return the paper of the example as JSON values."""
    names = ("id", "title", "cost_pence", "pot", "latitude", "longitude", "summary")
    return {
        "title": TITLE,
        "pots": [{"id": "town", "name": "The whole town", "amount_pence": 60_000_00, "districts": []}],
        "projects": [dict(zip(names, (*row[:2], row[2] * 100, *row[3:]), strict=True)) for row in PROJECTS],
        "ballot": {"type": "k-approval", "max_projects": 4},
        "rule": {"method": "equal-shares"},
        "eligibility": {"ways": [way]},
    }


def load(*, by: Any, way: str = "open") -> Paper:
    """Make the example once; `by` must be an officer of Redcar and Cleveland."""
    found = Paper.objects.filter(round__title=TITLE, specification__eligibility__ways=[way]).first()
    if found:
        return found
    summary = "A made-up round to try a vote in: none of these projects is real."
    round = rounds.create_round(by=by, place_code=REDCAR, title=TITLE, summary=summary, fictional=True)
    now = timezone.now()
    rounds.set_phases(round, {"ballot": (now - timedelta(days=1), now + timedelta(days=60))}, by=by)
    rounds.publish_round(Round.objects.get(pk=round.pk), by=by)
    paper = freeze_paper(round=Round.objects.get(pk=round.pk), specification=paper_facts(way), by=by)
    cast_made_up(paper=paper, ballots=[_ballot(n, way) for n in range(24)], by=by)
    return paper


def _ballot(n: int, way: str) -> tuple[Voter, bridge.AllMarks]:
    """Return a made-up voter's ballot: one to four projects by lot."""
    ids = bridge.shuffled((row[0] for row in PROJECTS), seed=f"made-up {n}")[: 1 + n % 4]
    voter = Voter(bridge.pseudonym(f"made-up:{n}", secret=bytes(32)), way)
    return voter, {"town": bridge.Marks(tuple(sorted(ids)))}
