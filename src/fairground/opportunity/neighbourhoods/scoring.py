"""How well a home is served: which needs are met, a score between 0 and 1, and a class in plain words.

Each need has three values. Met: a place that is surely one, by streets that are surely passable, lies within
the limit. Unknown: it would be met if a place or a street of which the map says too little proved good.
Unmet: neither. The limit itself counts as within.

The score gives each need its whole weight up to the limit, and less from there in a straight line, down to
nothing at twice the limit. So a home that misses a limit by a few steps scores almost as well as one that
does not, and a score of 1 means that every need is met.

Laws: a place more never lowers a score or a count; a longer limit never lowers a count; met homes, unmet
homes and unknown homes are all homes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput
from fairground.opportunity.neighbourhoods.needs import Preset

Floats = NDArray[np.float64]
States = NDArray[np.int8]
Codes = NDArray[np.int64]

MET, UNMET, UNKNOWN = 1, 0, -1
SAID = {MET: "met", UNMET: "unmet", UNKNOWN: "unknown"}
TWICE = 2.0  # times the limit at which a place no longer counts

# least share of the needs that are met, and the class; first fit
GRADES = (
    (1.0, "all needs"),
    (0.75, "most needs"),
    (0.5, "half the needs"),
    (0.25, "some needs"),
    (0.0, "few needs"),
)
HALF = 2  # row of the last class with at least half of the needs
NAMES = tuple(name for _, name in GRADES)


@dataclass(frozen=True, eq=False)
class Scores:
    """What is said of each of n homes for each of k needs.

    state : (n, k) met 1, unmet 0, unknown -1.
    met, may : (n,) needs met for sure, and if all unknowns are met.
    score, score_if : (n,) the same as weighted scores. grade, grade_if : (n,) row in `NAMES`.
    """

    state: States
    met: Codes
    may: Codes
    score: Floats
    score_if: Floats
    grade: Codes
    grade_if: Codes

    def __len__(self) -> int:
        return len(self.met)

    def rows(self, chosen: Codes) -> Scores:
        """Return some of the homes."""
        return Scores(*(getattr(self, field.name)[chosen] for field in fields(self)))


def score(preset: Preset, sure: Floats, perhaps: Floats, *, per_minute: float) -> Scores:
    """Score homes by how far they are from the nearest place for each need.

    Parameters
    ----------
    preset : k needs with limits and weights.
    sure : (n, k) metres (or minutes) to the nearest sure place by sure streets; inf where none is in reach.
    perhaps : (n, k) the same to the nearest place that may be one, by streets that may be passable.
    per_minute : what a minute is in the unit of the distances: the speed for metres, 1 for minutes.

    Returns
    -------
    Scores : for each home.

    Raises
    ------
    BadInput : tables that differ in shape, that hold no numbers, or a speed that is not above zero.

    >>> import numpy as np
    >>> from fairground.opportunity.neighbourhoods import preset_of, score
    >>> ours = preset_of({"needs": ["food", "bank"], "minutes": 10, "reference": "Parish plan"})
    >>> found = score(ours, np.array([[800.0, 1200.0]]), np.array([[800.0, 790.0]]), per_minute=80.0)
    >>> found.state.tolist(), found.met.tolist(), found.score.tolist()
    ([[1, -1]], [1], [0.75])
    """
    if sure.shape != perhaps.shape or sure.ndim != 2 or sure.shape[1] != len(preset.needs):
        raise BadInput(
            "One column of distances for each need", "sure", sure.shape, f"{len(preset.needs)} columns"
        )
    if np.isnan(sure).any() or np.isnan(perhaps).any() or not per_minute > 0:
        raise BadInput("Distances are numbers, or endless where nothing is in reach", "sure", "no number")
    perhaps = np.minimum(sure, perhaps)
    limit = np.array([need.minutes * per_minute for need in preset.needs])
    state = np.where(sure <= limit, MET, np.where(perhaps <= limit, UNKNOWN, UNMET)).astype(np.int8)
    met, may = (state == MET).sum(axis=1), (state != UNMET).sum(axis=1)
    count = len(preset.needs)
    return Scores(
        state,
        met,
        may,
        _weighted(preset, sure, limit),
        _weighted(preset, perhaps, limit),
        grades(met, count),
        grades(may, count),
    )


def _weighted(preset: Preset, far: Floats, limit: Floats) -> Floats:
    weight = np.array([need.weight for need in preset.needs])
    found: Floats = np.clip(TWICE - far / limit, 0.0, 1.0) @ (weight / weight.sum())
    return np.minimum(found, 1.0)


def grades(met: Codes, needs: int) -> Codes:
    """Return the class of each home by how many of its needs are met: a row in `NAMES`.

    Counted in whole needs, so that three of four is exactly three quarters.
    """
    found = np.full(len(met), len(GRADES) - 1, np.int64)
    for row, (least, _) in reversed(list(enumerate(GRADES))):
        found[met >= least * needs] = row
    return found
