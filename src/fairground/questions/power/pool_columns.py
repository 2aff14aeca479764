"""Which column of a pool is which: the ids, and the parts of an address, by the headings that people give.

The headings are those of the tools that pools come from (NationBuilder, OpenDLP, Microsoft Forms, Google
Forms, SurveyMonkey, council lists). What only begins like an address (an email address, the size of a house
or of a household) is none.
"""

from __future__ import annotations

import re

from fairground.errors import BadInput
from fairground.questions.power.people_tables import PeopleTable, alike

__all__ = ["ADDRESS", "IDS", "UPRN", "address_columns", "id_column"]

IDS = (
    "id",
    "unique id",
    "person id",
    "nationbuilder id",
    "volunteer id",
    "registration id",
    "respondent id",
    "external id",
    "participant id",
    "candidate id",
    "member id",
    "contact id",
    "response id",
    "submission id",
    "application id",
    "entry id",
    "record id",
    "customer id",
    "user id",
    "id number",
    "id no",
    "unique id number",
    "identifier",
    "unique identifier",
    "uid",
    "uuid",
    "urn",
    "reference",
    "reference number",
    "unique reference",
    "unique reference number",
    "registration number",
    "volunteer number",
    "participant number",
    "ref",
    "ref no",
    "ref number",
    "code",
)
ROW = "row"
UPRN = ("uprn", "unique property reference number")
OF = "your my full primary home main residential postal mailing registered current contact permanent"
PARTS = (
    r"address(?: ?line)? ?\w?",
    r"address(?: ?line)? ?\d.*",
    r"address .*(?:street|house|line|postcode|road|town|city|flat).*",
    r"addr(?:ess)? ?\d?",
    r"post ?code|postal ?code|zip(?: ?code)?|zip royal mail",
    r"street(?: (?:name|address|number|no))?(?: ?\d)?",
    r"(?:house|flat|building|property|apartment|unit|door)(?: ?(?:name|number|no))?"
    r"(?:(?: ?/ ?| or | and ).*(?:name|number|no|street|road|address).*)?",
    r"town(?: ?(?:/| or | and ) ?city)?|city(?: ?(?:/| or | and ) ?town)?|post ?town|locality",
)
ADDRESS = re.compile(f"(?:(?:{OF.replace(' ', '|')}) )*(?:{'|'.join(PARTS)})")


def id_column(table: PeopleTable, name: str = "") -> int | None:
    """Return where the ids are; None where the rows are to be numbered.

    Parameters
    ----------
    name : the heading, where it is none of those that are known; “row” for the numbers of the rows.

    Raises
    ------
    BadInput : there is no such column.

    >>> from fairground.questions.power.people_tables import PeopleTable
    >>> from fairground.questions.power.pool_columns import id_column
    >>> id_column(PeopleTable("pool.csv", "", ("age", "external id"), ()))
    1
    """
    if name:
        return None if alike(name) == ROW and not table.has(ROW) else table.column(name)
    try:
        return table.column(*IDS)
    except BadInput as fault:
        if table.has(*IDS):
            raise
        have = ", ".join(head for head in table.heads if head)
        what = f"The table has no such column: “id”, or such as “reference” or “code”. Its columns are {have}"
        allowed = "one of them named with --id, or --id row to call people by the numbers of their rows"
        raise BadInput(what, allowed=allowed, file=table.name) from fault


def address_columns(table: PeopleTable, used: set[int]) -> tuple[list[int], int | None]:
    """Return where the parts of an address are, and the column of property numbers (UPRN), if any.

    >>> from fairground.questions.power.people_tables import PeopleTable
    >>> from fairground.questions.power.pool_columns import address_columns
    >>> heads = ("id", "primary address1", "household size", "zip royal mail", "uprn")
    >>> address_columns(PeopleTable("pool.csv", "", heads, ()), {0})
    ([1, 3], 4)
    """
    parts = [at for at, head in enumerate(table.heads) if at not in used and ADDRESS.fullmatch(head)]
    return parts, table.column(*UPRN) if table.has(*UPRN) else None
