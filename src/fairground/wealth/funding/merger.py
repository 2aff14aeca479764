"""What a merger of councils would do to their money: the parts' amounts beside the amount of the whole.

A place's score is additive only when need is taken as it is (alpha 1) from one indicator, with cost and
catch-up off and no bound binding. For any other formula the same people may get another sum once their
councils merge. That difference is told in pence, so that nobody merges, or stays apart, for it unawares.

The merged place has the sum of the people and of the money, and the mean over people of each figure.
Reference: consistency under merging, Balinski and Young, "Fair Representation" (2001), chapter 9 (schisms).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import fsum
from typing import Any

from fairground.errors import BadInput
from fairground.wealth.funding.formula import Areas, Formula, allocate
from fairground.wealth.funding.need import Column


@dataclass(frozen=True)
class Merged:
    """A merged place: its parts' codes, and the pence that they get apart and together."""

    code: str
    parts: tuple[str, ...]
    apart: int
    together: int


def mergers(formula: Formula, areas: Areas, *, into: Mapping[str, str]) -> tuple[Merged, ...]:
    """Return what each merged place would get, beside what its parts get apart.

    Parameters
    ----------
    formula, areas : as for `allocate`, with the parts among the areas.
    into : the code of the merged place for each part; other places stay as they are.

    Raises
    ------
    BadInput : a part is not among the areas, or a merged code is that of a place that stays.

    Notes
    -----
    Source: law 7 of `docs/explanation/funding.md`.
    """
    apart = dict(zip(areas.codes, allocate(formula, areas).pence, strict=True))
    whole = merged(areas, into=into)
    together = dict(zip(whole.codes, allocate(formula, whole).pence, strict=True))
    found = []
    for code in sorted(set(into.values())):
        parts = tuple(part for part in areas.codes if into.get(part) == code)
        found.append(Merged(code, parts, sum(apart[part] for part in parts), together[code]))
    return tuple(found)


def merged(areas: Areas, *, into: Mapping[str, str]) -> Areas:
    """Return the places after a merger: sums of people and money, means over people of all else."""
    _check(areas, into)
    groups: dict[str, list[int]] = {}
    for i, code in enumerate(areas.codes):
        groups.setdefault(into.get(code, code), []).append(i)
    people = areas.populations

    def mean(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return (
            tuple(
                values[m[0]] if len(m) == 1 else _mean([values[i] for i in m], [people[i] for i in m])
                for m in groups.values()
            )
            if values
            else ()
        )

    def total(values: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sum(values[i] for i in m) for m in groups.values()) if values else ()

    return replace(
        areas,
        codes=tuple(groups),
        names=tuple(", ".join(areas.names[i] for i in m) for m in groups.values()),
        groups=tuple(areas.groups[m[0]] for m in groups.values()),
        populations=total(people),
        indicators=tuple(Column(column.id, mean(column.values)) for column in areas.indicators),
        cost=mean(areas.cost),
        behind=mean(areas.behind),
        base=mean(areas.base),
        previous=total(areas.previous),
        capacity=total(areas.capacity),
    )


def _mean(values: list[Any], people: list[int]) -> Any:
    if all(isinstance(value, Fraction | int) for value in values):
        return sum((Fraction(v) * p for v, p in zip(values, people, strict=True)), Fraction(0)) / sum(people)
    return fsum(v * p for v, p in zip(values, people, strict=True)) / sum(people)


def _check(areas: Areas, into: Mapping[str, str]) -> None:
    strangers = sorted(set(into) - set(areas.codes))
    if strangers:
        raise BadInput("This place has no share in the pot", "into", strangers[0], "codes of the areas")
    staying = set(areas.codes) - set(into)
    clash = sorted(set(into.values()) & staying)
    if clash:
        raise BadInput("A merged place has the code of one that stays", "into", clash[0], "a new code")
