"""A table of volunteers as an officer sends it: in which column their names, emails and homes stand.

All that is wrong with it is told at once: what the engine finds in ids and answers, and what the site asks
for besides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from fairground.power.juries import Target
from fairground.questions.power.people_tables import PeopleTable
from fairground.questions.power.pool_columns import IDS, ROW, address_columns
from fairground.questions.power.volunteers import Asked, Rows, pool_of, rows_in_words
from fairground.report import say
from fairground.web.passing import as_file
from fairground.web.power.juries.bridge import targets_of
from fairground.web.power.juries.models import Jury
from fairground.web.power.juries.person_forms import spaced
from fairground.web.power.juries.told import Told

__all__ = ["People", "people_of", "rows_in_words"]

People = list[tuple[int, Told]]
NAMES = ("name", "full name", "your name", "your full name")
FIRST = ("first name", "forename", "given name", "your first name")
LAST = ("last name", "surname", "family name", "your last name")
EMAILS = ("email", "e-mail", "email address", "e-mail address", "your email", "your email address")
PHONES = (
    "phone", "phone number", "phone no", "telephone", "telephone number", "telephone no", "tel", "tel no",
    "mobile", "mobile number", "mobile no", "mobile phone", "contact number", "your phone number",
)  # fmt: skip
POSTCODES = ("postcode", "post code")
NEEDS = ("needs", "access needs", "what would help")


def people_of(
    jury: Jury, content: bytes, name: str, *, wrong: Callable[[People], list[str]]
) -> tuple[People, list[str]]:
    """Return everybody of a table with the number of their row, and what was mended or left out, in words.

    Parameters
    ----------
    wrong : names what a jury's officers cannot use of what people told.

    Raises
    ------
    BadInput : columns are missing, or rows that cannot be used, all of them named.
    """
    asked = tuple(Target(*one) for one in targets_of(jury))
    features = tuple(dict.fromkeys(one.feature for one in asked))
    needed: tuple[str | tuple[str, ...], ...] = (*features, (*NAMES, *FIRST, *LAST))
    with as_file(content, name) as file:
        table = PeopleTable.read(file, *needed)
    table.need(*needed)
    has_ids = table.has(*IDS)
    also = partial(_also_wrong, table, features, wrong)
    read = pool_of(table, asked, Asked(id_column="" if has_ids else ROW), also)
    at_id = table.column(*IDS) if has_ids else None
    rows: dict[str, tuple[int, list[str]]] = {}
    for number, cells in table.rows:
        rows.setdefault(f"row {number}" if at_id is None else cells[at_id].strip(), (number, cells))
    people = []
    for one in read.pool.volunteers:
        number, cells = rows[one.id]
        values = dict(zip(read.pool.features, one.values, strict=True))
        people.append((number, _told(table, cells, values, read.address_columns)))
    told = [say(step) for step in read.told]
    return people, told + _not_kept(table, (*read.pool.features, *read.address_columns))


def _also_wrong(
    table: PeopleTable, features: Sequence[str], wrong: Callable[[People], list[str]], rows: Rows
) -> list[str]:
    used = {table.column(feature) for feature in features}
    address = tuple(table.heads[at] for at in address_columns(table, used)[0])
    return wrong([(number, _told(table, cells, {}, address)) for number, cells in rows])


def _not_kept(table: PeopleTable, used: Sequence[str]) -> list[str]:
    """Return in words which columns of a table nothing is kept of."""
    known = (*IDS, *NAMES, *FIRST, *LAST, *EMAILS, *PHONES, *POSTCODES, *NEEDS, *used)
    places = {table.column(name) for name in known if table.has(name)}
    left = [head for at, head in enumerate(table.heads) if head and at not in places]
    return [f"columns of which nothing is kept: {', '.join(left)}"] if left else []


def _told(table: PeopleTable, cells: list[str], values: dict[str, str], address: tuple[str, ...]) -> Told:
    def cell(names: tuple[str, ...]) -> str:
        at = next((table.column(name) for name in names if table.has(name)), None)
        return "" if at is None else " ".join(cells[at].split())

    street = [head for head in address if head not in POSTCODES]
    return Told(
        name=cell(NAMES) or f"{cell(FIRST)} {cell(LAST)}".strip(), values=values, email=cell(EMAILS),
        address=", ".join(filter(None, (cell((head,)) for head in street))), postcode=spaced(cell(POSTCODES)),
        phone=cell(PHONES), needs=cell(NEEDS),
    )  # fmt: skip
