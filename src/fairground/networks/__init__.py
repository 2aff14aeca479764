"""Street networks: who can travel where, and exactly how far it is along the streets.

Streets come from `fairground.sources.streets`; a graph is built for walking, wheeling or cycling; points are
put onto its edges; then the questions of `search` are asked.

>>> from fairground.networks import profile
>>> profile("wheel").name
'Wheeling (wheelchair or pushchair)'
"""

from fairground.networks.counts import counts_within
from fairground.networks.graph import StreetGraph, build_graph
from fairground.networks.profiles import Profile, Rule, profile, profiles
from fairground.networks.projection import Projection
from fairground.networks.routes import Route, route
from fairground.networks.search import Nearest, nearest, nearest_k
from fairground.networks.snapping import Snapped, bends, snap
from fairground.networks.streetmap import Areas, Points, StreetMap
from fairground.networks.tiles import Cut, Tiling, squares
from fairground.networks.ways import TagColumn, Ways

__all__ = [
    "Areas",
    "Cut",
    "Nearest",
    "Points",
    "Profile",
    "Projection",
    "Route",
    "Rule",
    "Snapped",
    "StreetGraph",
    "StreetMap",
    "TagColumn",
    "Tiling",
    "Ways",
    "bends",
    "build_graph",
    "counts_within",
    "nearest",
    "nearest_k",
    "profile",
    "profiles",
    "route",
    "snap",
    "squares",
]
