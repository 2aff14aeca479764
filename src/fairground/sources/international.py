"""How unequal the regions of each OECD country are, in 2019, on seven measures and two sizes of region.

The indices were computed by us from the OECD's file of regional GDP per head.
"""

from __future__ import annotations

from fairground.evidence import Dataset, Quality
from fairground.sources.catalogue import source
from fairground.tables import rows

__all__ = ["MEASURES", "read"]

MEASURES = ("theil_t", "theil_l", "williamson", "gini", "hoover", "gap_ratio", "top_bottom_ratio")


def read() -> Dataset:
    """Return columns country (ISO code), level (TL2 or TL3), regions, and one column a measure."""
    held = rows("oecd_2019")
    columns = {
        "country": tuple(row["country"] for row in held),
        "level": tuple(row["level"] for row in held),
        "regions": tuple(int(row["regions"]) for row in held),
        **{name: tuple(float(row[name]) for row in held) for name in MEASURES},
    }
    return Dataset(columns, source("oecd-regions-2020"), Quality(len(held), len(held)))
