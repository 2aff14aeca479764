"""What the budgeting pages ask the library: a round as a Pabulib file, a table of projects read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from fairground import typed
from fairground.errors import BadInput, FairgroundError
from fairground.sources import pabulib
from fairground.spreadsheets import heading_row, text_of
from fairground.web.participation.models import Round
from fairground.web.places.bridge import name as place_of
from fairground.web.power.budgeting.models import Project

NEEDED = ("title", "pot", "summary", "cost")
MOST_ROWS = 2000
VERDICTS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True)
class Row:
    """One project of a table, in pence, with the name of its pot, and what it says was found.

    `id` is what the site's own table calls the project; a table that somebody else made has none.
    """

    number: int
    title: str
    pot: str
    summary: str
    cost_pence: int | None
    place_name: str
    latitude: Decimal | None
    longitude: Decimal | None
    feasible: bool | None = None
    reason: str = ""
    id: str = ""


def rows_of(content: bytes, *, file: str, pots: set[str]) -> tuple[list[Row], list[str]]:
    """Read a table of projects; return the rows that are right, and every fault by row and field."""
    text, file = text_of(content, file, *NEEDED)
    top = heading_row(text)
    reader = csv.DictReader(io.StringIO(text.lstrip("\n"), newline=""), strict=True)
    try:
        heads = [str(head).strip().lower() for head in reader.fieldnames or []]
        missing = [name for name in NEEDED if name not in heads]
        if missing:
            raise BadInput(
                f"The table has no column {', '.join(missing)}",
                file=file,
                allowed="title, pot, summary, cost",
                row=top,
            )
        reader.fieldnames = heads
        return _read(reader, file, pots, top)
    except csv.Error as fault:
        raise BadInput(f"The table is broken: {fault}", file=file, row=reader.line_num) from fault


def _read(reader: csv.DictReader[str], file: str, pots: set[str], top: int) -> tuple[list[Row], list[str]]:
    right: list[Row] = []
    faults: list[str] = []
    seen: set[str] = set()
    for number, cells in enumerate(reader, top + 1):
        if number > MOST_ROWS + 1:
            raise BadInput("The table is too long", file=file, allowed=f"at most {MOST_ROWS} projects")
        given = {
            key: (value or "").strip()
            for key, value in cells.items()
            if isinstance(key, str) and not isinstance(value, list)
        }
        wrong = list(_wrong(given, number, file, pots, seen))
        faults += [str(fault) for fault in wrong]
        if not wrong:
            seen.add(given["title"])
            right.append(_row(given, number))
    return right, faults


def _wrong(
    given: dict[str, str], number: int, file: str, pots: set[str], seen: set[str]
) -> Iterator[FairgroundError]:
    for name, most in (("title", 100), ("summary", 3000), ("place_name", 120), ("reason", 2000)):
        value = given.get(name, "")
        if len(value) > most:
            yield BadInput(
                "This is too long", name, f"{value[:30]}…", f"at most {most} letters", number, file
            )
        if not value and name in NEEDED:
            yield BadInput("This is empty", name, row=number, file=file)
    if given.get("title") in seen:
        yield BadInput("Two projects have this title", "title", given["title"], row=number, file=file)
    if given.get("pot") not in pots:
        allowed = ", ".join(sorted(pots)) or "no pot yet: add one first"
        yield BadInput("There is no such pot", "pot", given.get("pot", ""), allowed, number, file)
    yield from _wrong_finding(given, number, file)
    for name, low, high in (("latitude", 49, 61), ("longitude", -9, 3)):
        value = given.get(name, "")
        degrees = _decimal(value)
        if value and (degrees is None or not low <= degrees <= high):
            yield BadInput("This is not in the United Kingdom", name, value, f"{low} to {high}", number, file)
    if bool(given.get("latitude")) != bool(given.get("longitude")):
        yield BadInput("A point needs latitude and longitude", "latitude", row=number, file=file)


def _wrong_finding(given: dict[str, str], number: int, file: str) -> Iterator[BadInput]:
    """Yield what is wrong with the cost, and with what a row says was found."""
    cost, verdict = given.get("cost", ""), given.get("feasible", "").lower()
    pounds = _cost(cost)
    whole = pounds is not None and 0 < pounds <= 10**12 and (pounds * 100).denominator == 1
    if not whole and (cost or verdict != "no"):
        allowed = "such as 12,500, £12.5k or 12500.50"
        yield BadInput("This is no amount in pounds", "cost", cost, allowed, number, file)
    if verdict not in VERDICTS:
        allowed = "yes, no, or nothing where that is not known yet"
        yield BadInput("Can this be done?", "feasible", verdict, allowed, number, file)
    if bool(verdict) != bool(given.get("reason")):
        missing = "reason" if verdict else "feasible"
        yield BadInput("A finding needs yes or no, and a reason", missing, row=number, file=file)


def _cost(text: str) -> Fraction | None:
    try:
        return typed.pounds(text, "cost")
    except BadInput:
        return None


def _row(given: dict[str, str], number: int) -> Row:
    cost = _cost(given["cost"])
    return Row(
        number,
        given["title"],
        given["pot"],
        given["summary"],
        None if cost is None else int(cost * 100),
        given.get("place_name", ""),
        _place(given.get("latitude", "")),
        _place(given.get("longitude", "")),
        VERDICTS[given.get("feasible", "").lower()],
        given.get("reason", ""),
        given.get("id", ""),
    )


def _place(value: str) -> Decimal | None:
    found = _decimal(value)
    return None if found is None else round(found, 5)


def _decimal(value: str) -> Decimal | None:
    try:
        found = Decimal(value.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 20 else None


def election_file(round: Round) -> str:
    """Return the projects that can be voted on as a Pabulib file without ballots, costs in pounds.

    Titles stay as they are, also those that a spreadsheet would run: it does not open `.pb` files by itself.
    """
    projects = list(
        Project.objects.filter(round=round, feasible=True).exclude(published_at=None).select_related("pot")
    )
    place = place_of(round.place_code)
    budget = sum(pot.amount_pence for pot in round.pots.all())
    meta = {
        "description": round.title,
        "country": "United Kingdom",
        "unit": place.name if place else round.place_code,
        "instance": str(round.created_at.year),
        "num_projects": str(len(projects)),
        "num_votes": "0",
        "budget": _pounds(budget),
        "currency": "GBP",
        "vote_type": "approval",
        "rule": "unknown",
    }
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\n")
    out.write("META\nkey;value\n")
    write.writerows(meta.items())
    out.write("PROJECTS\n")
    write.writerow(["project_id", "cost", "name", "category", "latitude", "longitude"])
    for one in projects:
        point = [
            "" if one.latitude is None else str(one.latitude),
            "" if one.longitude is None else str(one.longitude),
        ]
        write.writerow([str(one.pk), _pounds(one.cost_pence or 0), one.title, one.pot.name, *point])
    out.write("VOTES\nvoter_id;vote\n")
    return pabulib.write(pabulib.parse(out.getvalue(), name=f"{round.slug}.pb"))


def _pounds(pence: int) -> str:
    return str(pence // 100) if pence % 100 == 0 else f"{pence // 100}.{pence % 100:02d}"
