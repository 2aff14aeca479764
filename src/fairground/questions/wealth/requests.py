"""Asking every council what it sold: whom to ask, the twenty working days, the answers as one table.

`asked` lists the councils and the letter to each; `chased` says where each request stands on a day, reads
what the councils sent, and makes the public table (every asset, no person's name) and the table of answers
from which the total is estimated.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from fairground import places
from fairground.errors import BadInput, NotFound
from fairground.evidence import Answer, Method, Source, Step
from fairground.questions.own_table import OwnTable
from fairground.sources import layers, sold_lists
from fairground.sources.catalogue import source
from fairground.sources.sold_lists import SoldAsset
from fairground.sources.tabular import Fault
from fairground.wealth.property import Asked, answer_by, standing

__all__ = ["Chased", "Council", "answers_table", "asked", "chased", "public_table"]

METHOD = Method(
    "information-requests",
    "Twenty working days after the request, without days that are bank holidays anywhere in the kingdom",
    "Freedom of Information Act 2000, section 10(1) and (6)",
)
YEAR = re.compile(r"20\d\d/\d\d", re.ASCII)
EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
DATES = ("sent", "acknowledged", "ended")
KNOWN = ("code", "name", "email", *DATES, "outcome", "sold", "note")
SHOWN = 20
QUALITY = {"full": "full", "poor": "poor"}  # every other code is partial


@dataclass(frozen=True)
class Council:
    """A council to ask: its code, its name, and where to write to, if known."""

    code: str
    name: str
    email: str


@dataclass(frozen=True)
class AskedAll:
    """The councils that are asked, and the last day on which each may answer."""

    sent: date
    answer_by: date
    first_year: str
    last_year: str
    rows: tuple[Council, ...]


@dataclass(frozen=True)
class Chase:
    """One request: where it stands, the last day of its answer, how late it is, and what was read of it."""

    code: str
    name: str
    request_state: str
    sent: date | None
    answer_by: date | None
    days_late: int
    assets_sold: int | None
    answer_code: str
    priced: int | None
    paid: float | None


@dataclass(frozen=True)
class PublicAsset:
    """One sold asset as it is published: whose, what, where, when, how, the price, what kind of buyer."""

    code: str
    council: str
    asset: str
    kind: str
    address: str
    postcode: str
    uprn: str
    date: str
    financial_year: str
    way: str
    price: str
    valuation: str
    buyer_kind: str
    buyer: str
    answer_code: str


@dataclass(frozen=True)
class Chased:
    """Every request on a day, and the assets of every answer."""

    on: date
    rows: tuple[Chase, ...]
    public: tuple[PublicAsset, ...]


def asked(councils: str, *, sent: date, first: str, last: str) -> Answer[AskedAll]:
    """Answer whom to ask what was sold, and by which day they must answer.

    Parameters
    ----------
    councils : CSV with a column `code` (GSS) or `name`, and `email` if known.
    sent : the day on which the requests arrive. first, last : financial years such as 2010/11.

    Raises
    ------
    BadInput : no such column, a code or name of no council, a council twice, or years that are none.
    """
    check_years(first, last)
    table = _folded(OwnTable.read(councils, "councils"))
    found = [_council(table, number, row) for number, row in zip(table.numbers, table.rows, strict=True)]
    for at, one in enumerate(found):
        if one.code in {before.code for before in found[:at]}:
            raise BadInput(
                "This council is there twice", "code", one.code, "each once", table.numbers[at], "councils"
            )
    by = answer_by(sent)
    value = AskedAll(sent, by, first, last, tuple(found))
    facts = {"councils": len(found), "sent": sent, "by": by, "first": first, "last": last}
    steps = (
        Step("requests.asked", facts),
        Step("requests.counted", facts),
        Step("requests.unknown.received", {}),
    )
    return Answer(value, METHOD, steps, _sources())


def letter(council: str, *, first: str, last: str, asker: str, contact: str) -> Step:
    """Return the letter to a council as a step, for which `report` has the words."""
    facts = {"council": council, "first": first, "last": last, "asker": asker, "contact": contact}
    return Step("requests.letter", facts)


def check_years(first: str, last: str) -> None:
    """Refuse what are no financial years in order.

    Raises
    ------
    BadInput : names the field.
    """
    for field, text in (("first", first), ("last", last)):
        if not YEAR.fullmatch(text) or (int(text[:4]) + 1) % 100 != int(text[5:]):
            raise BadInput("This is no financial year", field, text, "such as 2010/11")
    if first > last:
        raise BadInput("The first year is after the last", "first", first, f"{last} or earlier")


def _folded(table: OwnTable) -> OwnTable:
    heads = tuple(head.strip().casefold() for head in table.header)
    if not {"code", "name"} & set(heads):
        raise BadInput("The table lacks a column", "code", ", ".join(heads), "code or name", 1, table.name)
    return OwnTable(table.name, table.digest, heads, table.rows, table.numbers)


def _cell(table: OwnTable, row: Sequence[str], name: str) -> str:
    return row[table.header.index(name)].strip() if name in table.header else ""


def _council(table: OwnTable, number: int, row: Sequence[str]) -> Council:
    told = _cell(table, row, "code") or _cell(table, row, "name")
    field = "code" if _cell(table, row, "code") else "name"
    try:
        place = places.get(told)
    except (NotFound, BadInput) as fault:
        raise BadInput(
            "No council is known by this", field, told, "the code or name of a council", number, table.name
        ) from fault
    if place.kind not in ("district", "county"):
        raise BadInput("This place has no council of its own", field, told, "a council", number, table.name)
    email = _cell(table, row, "email")
    if email and not EMAIL.fullmatch(email):
        raise BadInput("This is no email address", "email", email, "", number, table.name)
    body = places.body(place.code)
    return Council(place.code, body.name if body else place.name, email)


def chased(
    campaign: str, answers: Mapping[str, tuple[bytes, str]], *, on: date, first: str = "", last: str = ""
) -> Answer[Chased]:
    """Answer where each request stands on a day, and what the answers hold.

    Parameters
    ----------
    campaign : CSV with code or name, sent, acknowledged, outcome (answered, partial, refused), ended, and
        `sold` where a council gave a number without a list.
    answers : for the code of a council, the bytes and the name of the file that it sent.
    on : the day to look at. first, last : the financial years that were asked for.

    Raises
    ------
    BadInput : a wrong cell (names row and field), or an answer of a council that was not asked.
    DataProblem : a file of a council cannot be read; names it.
    """
    table = _folded(OwnTable.read(campaign, "campaign"))
    rows, public, left, wrong = [], [], Counter[str](), list[Step]()
    codes = set()
    for number, line in zip(table.numbers, table.rows, strict=True):
        council = _council(table, number, line)
        codes.add(council.code)
        read = _read(answers.get(council.code), first, last)
        request = _request(table, number, line)
        rows.append(_chase(council, request, _told(table, number, line), read, on))
        if read is not None:
            public += [_public(council, one, read.code) for one in read.assets]
            left += read.struck
            wrong += [_empty(read.file, fault) for fault in read.faults]
    unasked = sorted(set(answers) - codes)
    if unasked:
        raise BadInput(
            "A file is of a council that was not asked", "answers", unasked[0], "a code of campaign.csv"
        )
    value = Chased(on, tuple(rows), tuple(public))
    return Answer(value, METHOD, (*_steps(value, left), *wrong[:SHOWN]), _sources())


def _empty(file: str, fault: Fault) -> Step:
    facts = {"file": file, "row": fault.row, "field": fault.field, "value": fault.value}
    return Step("requests.left-empty", {**facts, "allowed": fault.allowed})


def _read(sent: tuple[bytes, str] | None, first: str, last: str) -> sold_lists.SoldList | None:
    return None if sent is None else sold_lists.read(*sent, first=first, last=last)


def _request(table: OwnTable, number: int, row: Sequence[str]) -> Asked:
    days = {name: _day(table, number, row, name) for name in DATES}
    try:
        return Asked(days["sent"], days["acknowledged"], _cell(table, row, "outcome"), days["ended"])
    except BadInput as fault:
        raise BadInput(fault.what, fault.field, fault.value, fault.allowed, number, table.name) from None


def _day(table: OwnTable, number: int, row: Sequence[str], name: str) -> date | None:
    text = _cell(table, row, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput("This is no day", name, text, "such as 2026-12-01", number, table.name) from None


def _told(table: OwnTable, number: int, row: Sequence[str]) -> int | None:
    text = _cell(table, row, "sold")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise BadInput("This must be a whole number", "sold", text, "0 or more", number, table.name)
    return int(text)


def _chase(
    council: Council, request: Asked, told: int | None, read: sold_lists.SoldList | None, on: date
) -> Chase:
    state = standing(request, on)
    if read is not None and not request.outcome:
        state = "answered" if read.code == "full" else "partial"
    by = answer_by(request.sent) if request.sent else None
    late = (on - by).days if by is not None and state == "overdue" else 0
    prices = [float(one.price) for one in read.assets if one.price] if read else []
    sold = told if told is not None else len(read.assets) if read is not None else None
    code = read.code if read is not None else "number-only" if told is not None else ""
    return Chase(
        council.code, council.name, state, request.sent, by, late, sold, code,
        len(prices) if read is not None else None, sum(prices) if read is not None else None,
    )  # fmt: skip


def _public(council: Council, one: SoldAsset, code: str) -> PublicAsset:
    held = {field.name: getattr(one, field.name) for field in fields(SoldAsset) if field.name != "row"}
    return PublicAsset(council.code, council.name, **held, answer_code=code)


def public_table(value: Chased) -> str:
    """Return the public table as CSV: a row for each asset, no cell that a spreadsheet would run."""
    return _as_csv([field.name for field in fields(PublicAsset)], [vars_of(one) for one in value.public])


def answers_table(value: Chased) -> str:
    """Return the table of answers as CSV, as `fairground wealth property sold` reads it."""
    told = [one for one in value.rows if one.assets_sold is not None]
    lines = [(one.code, one.name, one.assets_sold, QUALITY.get(one.answer_code, "partial")) for one in told]
    return _as_csv(["code", "name", "sold", "quality"], lines)


def vars_of(one: PublicAsset) -> tuple[str, ...]:
    """Return the cells of a public asset in the order of its columns."""
    return tuple(getattr(one, field.name) for field in fields(one))


def _as_csv(heads: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow(heads)
    write.writerows([layers.safe(cell) for cell in line] for line in lines)
    return text.getvalue()


def _steps(value: Chased, struck: Mapping[str, int]) -> tuple[Step, ...]:
    states = Counter(one.request_state for one in value.rows)
    answered = sum(one.assets_sold is not None for one in value.rows)
    facts = {"councils": len(value.rows), "answered": answered, "late": states["overdue"], "on": value.on}
    steps = [Step("requests.stand", facts)]
    sold = sum(one.assets_sold or 0 for one in value.rows)
    paid = sum(one.paid or 0.0 for one in value.rows)
    priced = sum(one.priced or 0 for one in value.rows)
    if answered:
        steps.append(Step("requests.told", {"sold": sold, "paid": paid, "priced": priced}))
    steps += [
        Step("requests.late", {"council": one.name, "by": one.answer_by, "days": one.days_late})
        for one in value.rows
        if one.request_state == "overdue"
    ]
    steps += [
        Step("requests.struck", {"what": what, "times": times}) for what, times in sorted(struck.items())
    ]
    steps.append(Step("requests.unknown.received", {}))
    return tuple(steps)


def _sources() -> tuple[Source, ...]:
    own = Source("campaign", "Your campaign and the answers of councils", "the person who asks", "as given",
                 "as their owners say", "")  # fmt: skip
    used = ("freedom-of-information-act-2000", "bank-holidays", "mysociety-councils-2025-07")
    return (*(source(one) for one in used), own)
