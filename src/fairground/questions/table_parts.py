"""Which measures a person's table can be given, by the columns that they name.

Each part returns labels with the work to do for each, so that one measure that does not apply leaves the
others standing. Adding a measure to `fairground measures` is adding a line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from fairground import measures
from fairground.errors import BadInput
from fairground.measures import Neighbours
from fairground.questions.own_table import OwnTable

__all__ = ["PARTS", "Asked", "Columns", "Draws", "Index"]

Work = tuple[str, Callable[[], float]]


@dataclass(frozen=True)
class Columns:
    """Which column of the table holds what; an empty name leaves a part out."""

    value: str
    weight: str = ""
    group: str = ""
    place: str = ""
    year: str = ""
    lower: str = ""
    upper: str = ""
    deprivation: str = ""
    east: str = ""
    north: str = ""
    borders: str = ""


@dataclass(frozen=True)
class Draws:
    """How often to resample, shuffle or draw; the seed; how many nearest neighbours."""

    times: int = 999
    seed: int = 1
    nearest: int = 4


@dataclass(frozen=True)
class Index:
    """One measure and its value."""

    measure: str
    value: float


@dataclass(frozen=True)
class Asked:
    """The rows of the latest year, the whole table, the columns that were named, and the draws."""

    latest: OwnTable
    table: OwnTable
    columns: Columns
    draws: Draws

    @cached_property
    def values(self) -> list[float]:
        return self.latest.floats(self.columns.value)

    @cached_property
    def weights(self) -> list[float] | None:
        return self.latest.floats(self.columns.weight) if self.columns.weight else None

    @cached_property
    def groups(self) -> tuple[str, ...] | None:
        return self.latest.texts(self.columns.group) if self.columns.group else None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Each row's place, or its number where no column of places was named."""
        if self.columns.place:
            return self.latest.texts(self.columns.place)
        return tuple(f"row {number}" for number in self.latest.numbers)


def _indices(asked: Asked) -> list[Work]:
    y, w = asked.values, asked.weights
    people = "people" if w else "rows"
    return [
        ("Gini", lambda: measures.gini(y, weights=w)),
        ("Theil T", lambda: measures.theil_t(y, weights=w)),
        ("Theil L (mean log deviation)", lambda: measures.theil_l(y, weights=w)),
        ("GE(2)", lambda: measures.generalised_entropy(y, alpha=2, weights=w)),
        ("Atkinson (0.5)", lambda: measures.atkinson(y, epsilon=0.5, weights=w)),
        ("Atkinson (1)", lambda: measures.atkinson(y, epsilon=1, weights=w)),
        (
            "Equal level as good as this, by Atkinson (1)",
            lambda: measures.equally_distributed_equivalent(y, epsilon=1, weights=w),
        ),
        ("Hoover", lambda: measures.hoover(y, weights=w)),
        ("Williamson", lambda: measures.williamson(y, weights=w)),
        (f"Median, counting {people}", lambda: measures.quantile(y, share=0.5, weights=w)),
        (f"90/10 ratio, counting {people}", lambda: measures.quantile_ratio(y, weights=w).ratio),
        ("Richest fifth over poorest fifth", lambda: measures.top_bottom_ratio(y, weights=w)),
        ("Gap, highest less lowest", lambda: measures.gap(y, names=asked.names).absolute),
        ("Gap, highest over lowest", lambda: _ratio(measures.gap(y, names=asked.names))),
    ]


def _ratio(found: measures.Gap) -> float:
    if found.ratio is None:
        raise BadInput("The lowest is not above zero", "value", found.lowest, "more than zero")
    return found.ratio


def _resampled(asked: Asked) -> list[Work]:
    y, w, g = asked.values, asked.weights, asked.groups
    times, seed = asked.draws.times, asked.draws.seed

    @cache
    def limits() -> measures.Limits:
        return measures.bootstrap(measures.gini, y, weights=w, groups=g, resamples=times, seed=seed)

    return [
        ("Gini, lower 95% limit by resampling within groups", lambda: limits().lower),
        ("Gini, upper 95% limit by resampling within groups", lambda: limits().upper),
    ]


def _split(asked: Asked) -> list[Work]:
    y, w, g = asked.values, asked.weights, asked.groups or ()
    times, seed = asked.draws.times, asked.draws.seed
    theil = cache(lambda: measures.decompose(y, groups=g, weights=w))
    dagum = cache(lambda: measures.gini_split(y, groups=g, weights=w))
    return [
        ("Theil T between groups", lambda: theil().between),
        ("Theil T within groups", lambda: theil().within),
        (
            "Chance of as much between groups drawn by lot",
            lambda: measures.permutation_test(y, groups=g, weights=w, permutations=times, seed=seed).p_value,
        ),
        ("Gini within groups", lambda: dagum().within),
        ("Gini between groups", lambda: dagum().between),
        ("Gini, overlap of groups", lambda: dagum().overlap),
    ]


def _convergence(asked: Asked) -> list[Work]:
    table, columns = asked.table, asked.columns
    year = dict(zip(table.texts(columns.year), table.floats(columns.year), strict=True))
    cells = sorted(year, key=year.__getitem__)
    if len(cells) < 2:
        return []
    held = [_by_place(table.only(columns.year, cell), columns, asked.names, cell) for cell in cells]
    years = [year[cell] for cell in cells]
    found = _trends(held, years, asked.weights, "each row's people") if asked.weights else []
    return found + _trends(held, years, None, "each place once")


def _trends(held: list[list[float]], years: list[float], w: list[float] | None, how: str) -> list[Work]:
    return [
        (
            f"Sigma convergence, change a year, {how}",
            lambda: measures.sigma_convergence(held, years=years, weights=w).trend,
        ),
        (
            f"Beta convergence, {how}",
            lambda: measures.beta_convergence(held[0], held[-1], years=years[-1] - years[0], weights=w).beta,
        ),
    ]


def _by_place(table: OwnTable, columns: Columns, names: tuple[str, ...], year: str) -> list[float]:
    """The values of one year in the order of `names`; each place must be there once, above zero."""
    held: dict[str, float] = {}
    known, place_column = set(names), columns.place
    cells = zip(table.numbers, table.texts(place_column), table.floats(columns.value), strict=True)
    for number, place, value in cells:
        if place not in known:
            what, allowed = "This place is not in the latest year", "every place in every year"
            raise BadInput(what, place_column, place, allowed, number, table.name)
        if place in held:
            what = f"This place is in the year {year} twice"
            raise BadInput(what, place_column, place, "once a year", number, table.name)
        if value <= 0:
            what = "Convergence needs values above zero"
            raise BadInput(what, columns.value, value, "more than zero", number, table.name)
        held[place] = value
    missing = next((name for name in names if name not in held), None)
    if missing is not None:
        what = f"This place has no row for {year}"
        raise BadInput(what, place_column, missing, "every place in every year", file=table.name)
    return [held[name] for name in names]


def _published(asked: Asked) -> list[Work]:
    y, w = asked.values, asked.weights
    low, high = asked.latest.floats(asked.columns.lower), asked.latest.floats(asked.columns.upper)
    times, seed = asked.draws.times, asked.draws.seed

    @cache
    def limits() -> measures.Limits:
        return measures.limits_from_published(
            measures.gini, y, lower=low, upper=high, weights=w, draws=times, seed=seed
        )

    return [
        ("Gini, lower 95% limit from published limits", lambda: limits().lower),
        ("Gini, upper 95% limit from published limits", lambda: limits().upper),
    ]


def _gradient(asked: Asked) -> list[Work]:
    y, w = asked.values, asked.weights
    best = [-level for level in asked.latest.floats(asked.columns.deprivation)]
    return [
        ("Concentration index", lambda: measures.concentration_index(y, ranked_by=best, weights=w)),
        (
            "Slope index, best off less worst off",
            lambda: measures.slope_index(y, ranked_by=best, weights=w).slope,
        ),
    ]


def _regions(asked: Asked) -> list[Work]:
    return _spatial(asked, "groups", None)


def _nearest(asked: Asked) -> list[Work]:
    east, north = (asked.latest.floats(column) for column in (asked.columns.east, asked.columns.north))
    count = min(asked.draws.nearest, len(east) - 1)
    return _spatial(asked, f"{count} nearest", measures.nearest(east, north, count=count)) if count else []


def _borders(asked: Asked) -> list[Work]:
    column, pairs, known = asked.columns.borders, [], set(asked.names)
    cells = zip(asked.latest.numbers, asked.names, asked.latest.texts(column), strict=True)
    for number, place, cell in cells:
        for other in (part.strip() for part in cell.split(";")):
            if other not in known or other == place:
                raise BadInput(
                    "This is not another place of the table",
                    column,
                    other,
                    "names with ; between them",
                    number,
                    asked.latest.name,
                )
            pairs.append((place, other))
    return _spatial(asked, "borders", measures.borders(asked.names, pairs))


def _spatial(asked: Asked, how: str, neighbours: Neighbours | None) -> list[Work]:
    @cache
    def split() -> measures.SpatialGini:
        return measures.spatial_gini(
            asked.values,
            neighbours=neighbours,
            groups=None if neighbours else asked.groups,
            weights=asked.weights,
            permutations=asked.draws.times,
            seed=asked.draws.seed,
        )

    return [
        (f"Gini between far places, share ({how})", lambda: split().far_share),
        (f"Chance of as much between far places by lot ({how})", lambda: split().p_value or 0.0),
    ]


# The columns a part needs, and the part.
PARTS: tuple[tuple[tuple[str, ...], Callable[[Asked], list[Work]]], ...] = (
    (("value",), _indices),
    (("group",), _split),
    (("group",), _resampled),
    (("group",), _regions),
    (("place", "year"), _convergence),
    (("lower", "upper"), _published),
    (("deprivation",), _gradient),
    (("east", "north"), _nearest),
    (("place", "borders"), _borders),
)
