"""20-minute neighbourhoods: what a day needs, how near it is to each home, who is left out, what would help.

>>> from fairground.opportunity.neighbourhoods import preset
>>> [need.name for need in preset("sustrans").needs[:3]]
['Food shop', 'Pharmacy', 'School']
"""

from fairground.opportunity.neighbourhoods.gaps import (
    GroupGap,
    NeedGap,
    Placed,
    best_place,
    group_gaps,
    need_gaps,
)
from fairground.opportunity.neighbourhoods.needs import Need, Preset, preset, preset_of, presets
from fairground.opportunity.neighbourhoods.places import Places, places_of
from fairground.opportunity.neighbourhoods.reach import Tile, joined, reach, tiles
from fairground.opportunity.neighbourhoods.scoring import Scores, score

__all__ = [
    "GroupGap",
    "Need",
    "NeedGap",
    "Placed",
    "Places",
    "Preset",
    "Scores",
    "Tile",
    "best_place",
    "group_gaps",
    "joined",
    "need_gaps",
    "places_of",
    "preset",
    "preset_of",
    "presets",
    "reach",
    "score",
    "tiles",
]
