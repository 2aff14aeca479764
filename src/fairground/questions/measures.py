"""How unequal the rows of a table are: every measure at once, on anyone's own figures.

The table is text that the caller has read; the answer names it by the digest of its content. Which measures
are worked depends on which columns are named: see `table_parts.PARTS`. A measure that cannot be worked on
these values, such as one that needs values above zero, is left out, and the answer says which and why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from fairground.errors import BadInput
from fairground.evidence import Answer, Method, Step
from fairground.questions.own_table import OwnTable
from fairground.questions.table_parts import PARTS, Asked, Columns, Draws, Index

__all__ = ["Columns", "Draws", "of_table"]

METHOD = Method("measures", "Measures of inequality, each row weighted", "docs/explanation/measures.md")
EXAMPLE = """\
place,region,year,income,people,low,high,deprivation,east,north,borders
A,north,2010,10000,100,9800,10200,40,0,30,B
B,north,2010,16000,200,15700,16400,30,5,20,A;C
C,south,2010,22000,150,21500,22500,20,9,10,B;D
D,south,2010,35000,50,34000,37000,10,12,0,C
A,north,2020,12000,100,11700,12300,42,0,30,B
B,north,2020,18000,200,17600,18500,31,5,20,A;C
C,south,2020,24000,150,23500,24600,19,9,10,B;D
D,south,2020,36000,50,34500,38000,9,12,0,C
"""
EXAMPLE_COLUMNS = Columns(
    value="income",
    weight="people",
    group="region",
    place="place",
    year="year",
    lower="low",
    upper="high",
    deprivation="deprivation",
    east="east",
    north="north",
    borders="borders",
)


@dataclass(frozen=True)
class Measured:
    """Every measure of one table."""

    rows: tuple[Index, ...]


def of_table(text: str, *, name: str, columns: Columns, draws: Draws | None = None) -> Answer[Measured]:
    """Answer how unequal the rows of a table are.

    Parameters
    ----------
    text : CSV with a header. name : what to call the file. columns : names of its columns.
    draws : how often to resample, shuffle and draw from limits, and the seed; None takes 999 and seed 1.

    Raises
    ------
    BadInput : a column that is not there, a cell that is not a number, a value that no measure can take;
        names file, row, column and cell.

    >>> from fairground.questions.measures import EXAMPLE, EXAMPLE_COLUMNS, of_table
    >>> of_table(EXAMPLE, name="table.csv", columns=EXAMPLE_COLUMNS).value.rows[0].measure
    'Gini'
    """
    table = OwnTable.read(text, name)
    latest = table
    if columns.year:
        years = dict(zip(table.texts(columns.year), table.floats(columns.year), strict=True))
        latest = table.only(columns.year, max(years, key=years.__getitem__))
    asked = Asked(latest, table, columns, draws or Draws())
    found: list[Index] = []
    left_out: list[Step] = []
    with latest.naming(asdict(columns) | {"ranked_by": columns.deprivation}):
        for needed, part in PARTS:
            if all(getattr(columns, column) for column in needed):
                for label, work in part(asked):
                    _work(asked, label, work, found, left_out)
    if not found:
        raise BadInput(f"No measure can be worked: {left_out[0].facts['why']}", columns.value, file=name)
    facts = {
        "rows": len(latest.rows),
        "value": columns.value,
        "weight": columns.weight or "each row equally",
        "measure": found[0].measure,
        "found": found[0].value,
        "seed": asked.draws.seed,
        "times": asked.draws.times,
    }
    code = "measures.headline" if found[0].measure == "Gini" else "measures.headline.other"
    marks = ", ".join(f"{mark} ({cells})" for mark, cells in latest.marked(columns.value).items())
    read = [Step("measures.marks", {"value": columns.value, "marks": marks})] if marks else []
    steps = [Step(code, facts), Step("measures.weights", facts), *read, *left_out]
    if columns.group or columns.lower:
        steps.append(Step("measures.draws", facts))
    return Answer(Measured(tuple(found)), METHOD, tuple(steps), (table.source(),))


def _work(
    asked: Asked, label: str, work: Callable[[], float], found: list[Index], left_out: list[Step]
) -> None:
    """Work one measure; leave it out if it cannot take these values, and raise any other fault."""
    try:
        found.append(Index(label, float(work())))
    except BadInput as fault:
        if fault.file or fault.field != "value":
            raise
        try:
            with asked.latest.naming({"value": asked.columns.value}):
                raise
        except BadInput as named:
            left_out.append(Step("measures.left_out", {"measure": label, "why": str(named)}))
