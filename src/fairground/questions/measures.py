"""How unequal the rows of a table are: every measure at once, on anyone's own figures.

The table is text that the caller has read; the answer names it by the digest of its content.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairground import measures
from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Source, Step

__all__ = ["of_table"]

METHOD = Method("measures", "Measures of inequality, each row weighted", "docs/explanation/measures.md")
EXAMPLE = (
    "place,region,income,people\nA,north,12000,100\nB,north,18000,200\nC,south,24000,150\nD,south,36000,50\n"
)
INDICES: tuple[tuple[str, Callable[..., float]], ...] = (
    ("Gini", measures.gini),
    ("Theil T", measures.theil_t),
    ("Theil L (mean log deviation)", measures.theil_l),
    ("Hoover", measures.hoover),
    ("Williamson", measures.williamson),
    ("Richest fifth over poorest fifth", measures.top_bottom_ratio),
)


@dataclass(frozen=True)
class Index:
    """One measure and its value."""

    measure: str
    value: float


@dataclass(frozen=True)
class Measured:
    """Every measure of one table."""

    rows: tuple[Index, ...]


def of_table(text: str, *, name: str, value: str, weight: str = "", group: str = "") -> Answer[Measured]:
    """Answer how unequal the rows of a table are.

    Parameters
    ----------
    text : CSV with a header. name : what to call the file. value, weight, group : names of columns.

    Raises
    ------
    BadInput : a column that is not there, a cell that is not a number; names file, row, field and value.

    >>> from fairground.questions.measures import EXAMPLE, of_table
    >>> of_table(EXAMPLE, name="table.csv", value="income", weight="people").value.rows[0].measure
    'Gini'
    """
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines(), restkey="(more)", restval=""))
    values = _numbers(rows, value, name)
    weights = _numbers(rows, weight, name) if weight else None
    found = [Index(label, float(index(values, weights=weights))) for label, index in INDICES]
    found += [
        Index(f"Atkinson ({e:g})", measures.atkinson(values, epsilon=e, weights=weights)) for e in (0.5, 1.0)
    ]
    found.append(Index("GE(2)", measures.generalised_entropy(values, alpha=2, weights=weights)))
    widest = measures.gap(values, names=[str(number) for number in range(2, len(values) + 2)])
    found.append(Index("Gap, highest less lowest", widest.absolute))
    if group:
        split = measures.decompose(values, groups=_texts(rows, group, name), weights=weights)
        found += [
            Index("Theil T between groups", split.between),
            Index("Theil T within groups", split.within),
        ]
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(digest[:16], name, "your own file", f"SHA-256 {digest}", "as its owner says", "")
    facts = {"rows": len(values), "value": value, "weight": weight or "each row equally"}
    return Answer(
        Measured(tuple(found)),
        METHOD,
        (Step("measures.headline", facts | {"gini": found[0].value}), Step("measures.weights", facts)),
        (source,),
    )


def _texts(rows: Sequence[dict[str, str]], column: str, file: str) -> list[str]:
    if not rows or column not in rows[0]:
        known = ", ".join(rows[0]) if rows else "nothing: the table has no rows"
        raise BadInput("The table has no such column", "column", column, known, file=file)
    return [row[column] for row in rows]


def _numbers(rows: Sequence[dict[str, str]], column: str, file: str) -> list[float]:
    found = []
    for number, cell in enumerate(_texts(rows, column, file), start=2):
        try:
            found.append(float(cell.replace(",", "")))
        except ValueError:
            raise BadInput(
                "This cell must be a number", column, cell, "digits, such as 24000", number, file
            ) from None
    return found
