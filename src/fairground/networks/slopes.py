"""How steep a street is, where its map says so: gentle enough for wheels, or too steep.

Maps write slopes as a percentage, as degrees, or as one in so many, up or down. Reference:
https://wiki.openstreetmap.org/wiki/Key:incline; the limit is in `standards.toml`.
"""

from __future__ import annotations

import math
import re

import numpy as np

from fairground import standards
from fairground.networks.ways import Codes, TagColumn

STEEPEST = float(standards.get("fairground.networks", "steepest-for-wheels").values[-1].value)
NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
PERCENT = re.compile(rf"[+-]?\s*{NUMBER}\s*%?", re.ASCII)
DEGREES = re.compile(rf"[+-]?\s*{NUMBER}\s*°", re.ASCII)
RATIO = re.compile(rf"[+-]?\s*{NUMBER}\s*:\s*{NUMBER}", re.ASCII)


def percent(text: str) -> float | None:
    """Return a slope in metres up or down per 100 metres along, or None where the text is no number."""
    plain = text.strip()
    if found := RATIO.fullmatch(plain):
        along = float(found[2])
        return 100 * float(found[1]) / along if along else None
    if found := DEGREES.fullmatch(plain):
        return 100 * math.tan(math.radians(float(found[1])))
    found = PERCENT.fullmatch(plain)
    return float(found[1]) if found else None


def slopes(incline: TagColumn) -> TagColumn:
    """Return the column "slope" of a column "incline": "gentle", "steep", or "" where no number is given."""
    kinds = ("", "gentle", "steep")
    kind = [0 if (found := percent(text)) is None else 1 + (found > STEEPEST) for text in incline.texts]
    return TagColumn(_codes(kind, incline), kinds)


def _codes(kind: list[int], incline: TagColumn) -> Codes:
    return np.array(kind, dtype=np.int32)[incline.codes]
