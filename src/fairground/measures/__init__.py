"""How unequal places are, how sure that is, and how to share out whole pence: used by several areas.

>>> from fairground.measures import gini
>>> round(gini([1, 1, 2], weights=[1, 1, 2]), 4)
0.1667
"""

from fairground.measures.concentration import SlopeIndex, concentration_index, slope_index
from fairground.measures.convergence import (
    BetaConvergence,
    SigmaConvergence,
    beta_convergence,
    sigma_convergence,
)
from fairground.measures.decomposition import Decomposition, GiniSplit, GroupPart, decompose, gini_split
from fairground.measures.inequality import (
    Gap,
    atkinson,
    equally_distributed_equivalent,
    gap,
    generalised_entropy,
    gini,
    hoover,
    theil_l,
    theil_t,
    williamson,
)
from fairground.measures.inference import (
    BetweenTest,
    Limits,
    bootstrap,
    limits_from_published,
    permutation_test,
)
from fairground.measures.quantiles import QuantileRatio, quantile, quantile_ratio, top_bottom_ratio
from fairground.measures.spatial import Neighbours, SpatialGini, borders, nearest, spatial_gini

__all__ = [
    "BetaConvergence",
    "BetweenTest",
    "Decomposition",
    "Gap",
    "GiniSplit",
    "GroupPart",
    "Limits",
    "Neighbours",
    "QuantileRatio",
    "SigmaConvergence",
    "SlopeIndex",
    "SpatialGini",
    "atkinson",
    "beta_convergence",
    "bootstrap",
    "borders",
    "concentration_index",
    "decompose",
    "equally_distributed_equivalent",
    "gap",
    "generalised_entropy",
    "gini",
    "gini_split",
    "hoover",
    "limits_from_published",
    "nearest",
    "permutation_test",
    "quantile",
    "quantile_ratio",
    "sigma_convergence",
    "slope_index",
    "spatial_gini",
    "theil_l",
    "theil_t",
    "top_bottom_ratio",
    "williamson",
]
