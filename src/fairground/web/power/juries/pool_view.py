"""How a pool stands against the place: counts for each answer, by the way people came, and by day.

Only officers see these counts. What the public sees, without small counts: `actions/publishing.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fairground.report.charts import Bar, bars
from fairground.web.answers import Drawing, drawn
from fairground.web.power.juries.bridge import lodging
from fairground.web.power.juries.models import Feature, FeatureValue, Jury, Way, features_of
from fairground.web.power.juries.told import read_all

FEW = 2 / 3  # of the place's share: below it a group is said to be missing


@dataclass(frozen=True)
class Row:
    """One answer: how many volunteers gave it, their share, the place's share, and the targets."""

    feature: str
    value: str
    people: int
    share: float
    place: float | None
    least: int
    most: int

    @property
    def missing(self) -> str:
        """Say what is missing of this group, or nothing."""
        if self.people < self.least:
            return f"{self.least - self.people} too few for the jury"
        if self.place and self.share < FEW * self.place:
            return "Few for its share"
        return ""


@dataclass(frozen=True)
class Standing:
    """A pool at one moment.

    Parameters
    ----------
    doubts : numbers of volunteers whose addresses could be one home, but are not written alike.
    """

    people: int
    withdrawn: int
    rows: tuple[Row, ...]
    ways: tuple[tuple[str, int], ...]
    days: tuple[tuple[date, int], ...]
    doubts: tuple[tuple[int, ...], ...] = ()

    @property
    def missing(self) -> tuple[Row, ...]:
        """Return the groups of which there are too few, the most needed first."""
        found = [row for row in self.rows if row.missing]
        return tuple(sorted(found, key=lambda row: row.people - row.least))

    def charts(self) -> list[tuple[str, Drawing]]:
        """Return one chart for each question: a bar for those who volunteered, a line for the place."""
        found = []
        for feature in dict.fromkeys(row.feature for row in self.rows):
            rows = [row for row in self.rows if row.feature == feature]
            marks = [Bar(row.value, row.share, row.place, row.place, bool(row.missing)) for row in rows]
            title = f"{feature}: who volunteered, against the place"
            found.append((feature, drawn(bars(marks, title=title, write=lambda share: f"{share:.0%}"))))
        return found


def standing(jury: Jury) -> Standing:
    """Return how a pool stands now.

    Raises
    ------
    Impossible : the pool is erased.
    """
    counts: Counter[tuple[str, str]] = Counter()
    ways: Counter[str] = Counter()
    days: Counter[date] = Counter()
    pool = list(read_all(jury))
    for person, told in pool:
        counts.update(told.values.items())
        ways[person.way] += 1
        days[timezone.localdate(person.registered_at)] += 1
    rows = tuple(
        _row(feature.name, value, counts[feature.name, value.name], len(pool))
        for feature in features_of(jury)
        for value in feature.values.all()
    )
    told_ways = tuple((str(Way(way).label), number) for way, number in ways.most_common())
    withdrawn = jury.volunteers.exclude(withdrawn_at=None).count()
    doubts = lodging(pool).doubts if jury.one_of_an_address else ()
    asked = tuple(tuple(pool[at][0].number for at in those) for those in doubts)
    return Standing(len(pool), withdrawn, rows, told_ways, tuple(sorted(days.items(), reverse=True)), asked)


def sources(features: Sequence[Feature]) -> dict[str, list[str]]:
    """Return where the place's shares come from: each source with the features it is given for."""
    found: dict[str, list[str]] = {}
    for feature in features:
        if any(value.share is not None for value in feature.values.all()):
            found.setdefault(feature.source, []).append(feature.name)
    return found


def _row(feature: str, value: FeatureValue, people: int, total: int) -> Row:
    place = None if value.share is None else float(value.share)
    return Row(feature, value.name, people, people / total if total else 0.0, place, value.least, value.most)
