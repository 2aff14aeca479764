"""How unequal places are, and how to share out whole pence: measures used by several areas.

>>> from fairground.measures import gini
>>> gini([1, 1, 2], weights=[1, 1, 2])
0.16666666666666674
"""

from fairground.measures.convergence import (
    BetaConvergence,
    SigmaConvergence,
    beta_convergence,
    sigma_convergence,
)
from fairground.measures.decomposition import Decomposition, GroupPart, decompose
from fairground.measures.inequality import (
    Gap,
    atkinson,
    gap,
    generalised_entropy,
    gini,
    hoover,
    theil_l,
    theil_t,
    top_bottom_ratio,
    williamson,
)

__all__ = [
    "BetaConvergence",
    "Decomposition",
    "Gap",
    "GroupPart",
    "SigmaConvergence",
    "atkinson",
    "beta_convergence",
    "decompose",
    "gap",
    "generalised_entropy",
    "gini",
    "hoover",
    "sigma_convergence",
    "theil_l",
    "theil_t",
    "top_bottom_ratio",
    "williamson",
]
