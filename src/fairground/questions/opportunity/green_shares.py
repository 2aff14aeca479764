"""What is told of many homes: shares by measure, neighbourhood and tenth, and the homes furthest away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fairground.opportunity.greenspace import Counts, gradient
from fairground.questions.opportunity.green_choice import Suggestion
from fairground.sources.tabular import Fault

__all__: list[str] = []


@dataclass(frozen=True)
class Share:
    """How many people (or homes) pass, fail and are unknown by one way to measure."""

    measure: str
    hectares: float
    share: float | None
    share_at_most: float | None
    passing: float
    failing: float
    unknown: float


@dataclass(frozen=True)
class GroupShare:
    """How many pass, fail and are unknown in one neighbourhood or tenth, by the rule in force."""

    group: str
    people: float
    share: float | None
    share_at_most: float | None
    passing: float
    failing: float
    unknown: float


@dataclass(frozen=True)
class GradientRow:
    """How unequally a share is spread over the tenths of deprivation, by one way to measure."""

    measure: str
    hectares: float
    concentration_index: float | None
    bounded_index: float | None
    bounded_index_least: float | None
    bounded_index_most: float | None


@dataclass(frozen=True)
class FarHome:
    """One of the homes that are furthest on foot from a way in."""

    home: str
    metres: float | None
    space: str
    group: str


@dataclass(frozen=True)
class Coverage:
    """Which homes were asked of, how many pass by the rule in force, and by every other way to measure."""

    homes: int
    people: float
    homes_from: str
    passing: float
    failing: float
    unknown: float
    share: float | None
    share_at_most: float | None
    wheel_passing: float
    wheel_unknown: float
    near_the_edge_of_data: int
    read: int
    left_out: int
    rows: tuple[Share, ...]
    neighbourhoods: tuple[GroupShare, ...]
    deciles: tuple[GroupShare, ...]
    gradients: tuple[GradientRow, ...]
    furthest: tuple[FarHome, ...]
    suggestions: tuple[Suggestion, ...]
    rejected: tuple[Fault, ...]


def parts(counts: Counts) -> tuple[float | None, float | None, float, float, float]:
    """Return the shares that counts make, and the counts."""
    return counts.share, counts.share_at_most, counts.passing, counts.failing, counts.unknown


def grouped(found: dict[str, Counts], *, by_share: bool = True) -> tuple[GroupShare, ...]:
    """Return the counts of groups as rows, the lowest share first or in the order given."""
    rows = [GroupShare(key or "not said", held.all, *parts(held)) for key, held in found.items()]
    return tuple(sorted(rows, key=lambda row: (row.share or 0.0, row.group)) if by_share else rows)


def named(value: Coverage, names: Mapping[str, str]) -> Coverage:
    """Return the same with the names of neighbourhoods instead of their codes, where they have one."""
    return replace(
        value,
        neighbourhoods=tuple(
            replace(row, group=names.get(row.group, row.group)) for row in value.neighbourhoods
        ),
        furthest=tuple(replace(row, group=names.get(row.group, row.group)) for row in value.furthest),
    )


def gradient_row(measure: str, least: float, tenths: dict[int, Counts]) -> GradientRow:
    """Return how unequally a share is spread, as a row."""
    found = gradient(tenths)
    return GradientRow(measure, least, found.index, found.bounded, found.low, found.high)
