"""How unequal the rows of a table are: every measure at once, on anyone's own figures.

The table is text that the caller has read; the answer names it by the digest of its content. Which measures
are worked depends on which columns are named: see `PARTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from fairground import measures
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Step
from fairground.questions.own_table import OwnTable

__all__ = ["Columns", "of_table"]

METHOD = Method("measures", "Measures of inequality, each row weighted", "docs/explanation/measures.md")
EXAMPLE = """\
place,region,year,income,people
A,north,2010,10000,100
B,north,2010,16000,200
C,south,2010,22000,150
D,south,2010,35000,50
A,north,2020,12000,100
B,north,2020,18000,200
C,south,2020,24000,150
D,south,2020,36000,50
"""


@dataclass(frozen=True)
class Columns:
    """Which column of the table holds what; an empty name leaves a part out."""

    value: str
    weight: str = ""
    group: str = ""
    place: str = ""
    year: str = ""


EXAMPLE_COLUMNS = Columns("income", "people", "region", "place", "year")


@dataclass(frozen=True)
class Index:
    """One measure and its value."""

    measure: str
    value: float


@dataclass(frozen=True)
class Measured:
    """Every measure of one table."""

    rows: tuple[Index, ...]


@dataclass(frozen=True)
class Asked:
    """The rows of the latest year, the whole table, and the columns that were named."""

    latest: OwnTable
    table: OwnTable
    columns: Columns

    @property
    def values(self) -> list[float]:
        return self.latest.floats(self.columns.value)

    @property
    def weights(self) -> list[float] | None:
        return self.latest.floats(self.columns.weight) if self.columns.weight else None


INDICES: tuple[tuple[str, Callable[..., float]], ...] = (
    ("Gini", measures.gini),
    ("Theil T", measures.theil_t),
    ("Theil L (mean log deviation)", measures.theil_l),
    ("Hoover", measures.hoover),
    ("Williamson", measures.williamson),
    ("Richest fifth over poorest fifth", measures.top_bottom_ratio),
)


def of_table(text: str, *, name: str, columns: Columns) -> Answer[Measured]:
    """Answer how unequal the rows of a table are.

    Parameters
    ----------
    text : CSV with a header. name : what to call the file. columns : names of its columns.

    Raises
    ------
    BadInput : a column that is not there, a cell that is not a number, a value that a measure cannot take;
        names file, row, column and cell.

    >>> from fairground.questions.measures import EXAMPLE, EXAMPLE_COLUMNS, of_table
    >>> of_table(EXAMPLE, name="table.csv", columns=EXAMPLE_COLUMNS).value.rows[0].measure
    'Gini'
    """
    table = OwnTable.read(text, name)
    latest = table
    if columns.year:
        latest = table.only(columns.year, max(table.texts(columns.year), key=_year(table, columns.year)))
    asked = Asked(latest, table, columns)
    found: list[Index] = []
    with latest.naming(asdict(columns)):
        for needed, part in PARTS:
            if all(getattr(columns, column) for column in needed):
                found += part(asked)
    facts = {
        "rows": len(latest.rows),
        "value": columns.value,
        "weight": columns.weight or "each row equally",
    }
    return Answer(
        Measured(tuple(found)),
        METHOD,
        (Step("measures.headline", facts | {"gini": found[0].value}), Step("measures.weights", facts)),
        (table.source(),),
    )


def _year(table: OwnTable, column: str) -> Callable[[str], float]:
    years: Mapping[str, float] = dict(zip(table.texts(column), table.floats(column), strict=True))
    return years.__getitem__


def _indices(asked: Asked) -> list[Index]:
    y, w = asked.values, asked.weights
    found = [Index(label, float(index(y, weights=w))) for label, index in INDICES]
    found += [Index(f"Atkinson ({e:g})", measures.atkinson(y, epsilon=e, weights=w)) for e in (0.5, 1.0)]
    found.append(Index("GE(2)", measures.generalised_entropy(y, alpha=2, weights=w)))
    widest = measures.gap(y, names=[str(number) for number in asked.latest.numbers])
    return [*found, Index("Gap, highest less lowest", widest.absolute)]


def _split(asked: Asked) -> list[Index]:
    groups = asked.latest.texts(asked.columns.group)
    split = measures.decompose(asked.values, groups=groups, weights=asked.weights)
    return [Index("Theil T between groups", split.between), Index("Theil T within groups", split.within)]


def _convergence(asked: Asked) -> list[Index]:
    table, columns = asked.table, asked.columns
    year = _year(table, columns.year)
    cells = sorted(set(table.texts(columns.year)), key=year)
    if len(cells) < 2:
        return []
    names = asked.latest.texts(columns.place)
    held = [_by_place(table.only(columns.year, cell), columns, names, cell) for cell in cells]
    years, found = [year(cell) for cell in cells], []
    for label, weights in (("", asked.weights), (", each place once", None)):
        if label or weights:
            sigma = measures.sigma_convergence(held, years=years, weights=weights)
            found.append(Index(f"Sigma convergence, change a year{label}", sigma.trend))
            if len(names) > 2:
                beta = measures.beta_convergence(
                    held[0], held[-1], years=years[-1] - years[0], weights=weights
                )
                found.append(Index(f"Beta convergence, growth a year for each step in ln{label}", beta.beta))
    return found


def _by_place(table: OwnTable, columns: Columns, names: tuple[str, ...], year: str) -> list[float]:
    """The values of one year in the order of `names`; each place must be there once."""
    places = table.texts(columns.place)
    for number, place in zip(table.numbers, places, strict=True):
        if place not in names:
            raise BadInput(
                "This place is not in the latest year",
                columns.place,
                place,
                "every place in every year",
                number,
                table.name,
            )
        if places.count(place) > 1:
            what = f"This place is in the year {year} twice"
            raise BadInput(what, columns.place, place, "once a year", number, table.name)
    missing = next((name for name in names if name not in places), None)
    if missing is not None:
        what = f"This place has no row for {year}"
        raise BadInput(what, columns.place, missing, "every place in every year", file=table.name)
    held = {}
    for number, place, value in zip(table.numbers, places, table.floats(columns.value), strict=True):
        if value <= 0:
            what = "Convergence needs values above zero"
            raise BadInput(what, columns.value, value, "more than zero", number, table.name)
        held[place] = value
    return [held[name] for name in names]


# The columns a part needs, and the part: adding a measure is adding a line.
PARTS: tuple[tuple[tuple[str, ...], Callable[[Asked], list[Index]]], ...] = (
    (("value",), _indices),
    (("group",), _split),
    (("place", "year"), _convergence),
)
