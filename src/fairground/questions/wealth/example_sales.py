"""A made-up England of sales: an outturn of the true shape, and the answers of 154 councils.

Every figure is drawn by chance and means nothing about the council beside it; each name begins with “Made-up
figures”. It shows what the files look like, and lets the estimate be tried by anyone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from fairground import places
from fairground.places import Body

__all__ = ["Example", "example"]

FIRST, LAST, ANSWERED = 2010, 2022, 154
KINDS = {  # type of body: class and mean receipts a year, £ thousand
    "county council": ("SC", 5200),
    "district council": ("SD", 900),
    "unitary council": ("UA", 4100),
    "metropolitan borough council": ("MD", 6800),
    "London borough council": ("LB", 9000),
    "City of London Corporation": ("LB", 3000),
}
LABEL = "Made-up figures: "


@dataclass(frozen=True)
class Example:
    """The texts of two CSV files: the outturn of every council, and the answers of some."""

    outturn: str
    answers: str


def example(seed: int = 2026) -> Example:
    """Return made-up files of the true shape; the same seed gives the same files.

    >>> from fairground.questions.wealth.example_sales import example
    >>> example().answers.splitlines()[0]
    'code,name,sold,quality'
    """
    chance = np.random.default_rng(seed)
    bodies = [one for one in places.bodies() if one.type in KINDS and one.area_code]
    size = {one.area_code: float(chance.lognormal(0, 0.8)) * KINDS[one.type][1] for one in bodies}
    return Example(_outturn(bodies, size, chance), _answers(bodies, size, chance))


def _outturn(bodies: list[Body], size: dict[str, float], chance: np.random.Generator) -> str:
    lines = [
        "PeriodCode,LA_LGF_Code,ONS_Code,LA_Name,LA_Class,LA_Subclass,Status,"
        "EandR1_houstot_rectot,EandR1_cultot_rectot,EandR1_alltot_rectot"
    ]
    for start in range(FIRST, LAST + 1):
        for body in bodies:
            if body.exists(date(start, 4, 1)):
                other = round(size[body.area_code] * float(chance.lognormal(-0.2, 0.6)))
                homes = 0 if body.type == "county council" else round(other * float(chance.uniform(0, 1.6)))
                name = LABEL + body.name.replace(",", "")
                kind = KINDS[body.type][0]
                culture = round(other / 12)
                told = f"{start + 1}03,X{body.key},{body.area_code},{name},{kind},,Example"
                lines.append(f"{told},{homes},{culture},{other + homes}")
    return "\n".join(lines) + "\n"


def _answers(bodies: list[Body], size: dict[str, float], chance: np.random.Generator) -> str:
    """Return what some of the councils of today answered: those that sold much answer a little more often."""
    now = [one for one in bodies if one.end is None]
    eager = np.array([size[one.area_code] for one in now]) ** 0.25
    told = chance.choice(len(now), ANSWERED, replace=False, p=eager / eager.sum())
    lines = ["code,name,sold,quality"]
    for at in sorted(told.tolist()):
        body = now[at]
        sold = int(chance.poisson((size[body.area_code] * 0.011) ** 0.9 * float(chance.lognormal(1.3, 0.7))))
        quality = str(chance.choice(["full", "partial", "poor"], p=[0.7, 0.25, 0.05]))
        lines.append(f"{body.area_code},{LABEL}{body.name.replace(',', '')},{sold},{quality}")
    return "\n".join(lines) + "\n"
