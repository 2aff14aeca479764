"""How well a home is served: which needs are met, a score between 0 and 1, and a class in plain words.

Each need has three values. Met: a place that is surely one, by streets that are surely passable, lies within
the limit. Unknown: it would be met if a place or a street of which the map says too little proved good.
Unmet: neither. The limit itself counts as within.

The score gives each need its whole weight up to the limit, and less from there along one half of a bell:
slowly at first, a third at one and a half times the limit, a hundredth at twice the limit, and nothing
further. So a home that misses a limit by a few steps scores almost as well as one that does not, and a score
of 1 means that every need is met. The form is the cumulative Gaussian of Vale and Pereira, "The influence of
the impedance function on gravity-based pedestrian accessibility measures", Environment and Planning B 44
(2017), doi 10.1177/0265813516641685, which stayed steadiest of the twenty that they held side by side; that
the limit is its tolerance, and how wide the bell is, are our choices.

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
TWICE = 2.0  # times the limit beyond which a place no longer counts
LEFT = 0.01  # of its weight is left to a place at twice the limit: our choice
MISSED = 1 - 1e-9  # the most that is left of a weight where a limit is missed by a hair

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
    >>> found.state.tolist(), found.met.tolist(), found.score.round(3).tolist()
    ([[1, -1]], [1], [0.658])
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
    found: Floats = fading(far / limit) @ (weight / weight.sum())
    return np.minimum(found, 1.0)


def fading(times: Floats) -> Floats:
    """Return what is left of a need's weight where the nearest place is so many times the limit away.

    >>> import numpy as np
    >>> from fairground.opportunity.neighbourhoods.scoring import fading
    >>> fading(np.array([0.5, 1.0, 1.5, 2.0, 2.1])).round(3).tolist()
    [1.0, 1.0, 0.316, 0.01, 0.0]
    """
    over = np.clip(times - 1.0, 0.0, TWICE - 1.0)
    bell = np.minimum(np.exp(np.log(LEFT) * (over / (TWICE - 1.0)) ** 2), MISSED)
    found: Floats = np.where(times <= 1.0, 1.0, np.where(times <= TWICE, bell, 0.0))
    return found


def grades(met: Codes, needs: int) -> Codes:
    """Return the class of each home by how many of its needs are met: a row in `NAMES`.

    Counted in whole needs, so that three of four is exactly three quarters.
    """
    found = np.full(len(met), len(GRADES) - 1, np.int64)
    for row, (least, _) in reversed(list(enumerate(GRADES))):
        found[met >= least * needs] = row
    return found
