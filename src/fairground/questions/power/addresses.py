"""Addresses, and what is known of who answers letters, from the tables that people send.

Two addresses that are one household, as people write them, get one letter. Parts of the place (strata) are
the values of named columns: an area, a decile of deprivation. A table of rates says for each part how many
letters bring a volunteer, and what these are like, in columns headed “age: 16-29”.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fairground.errors import BadInput
from fairground.evidence import Source
from fairground.formulas import guarded
from fairground.power.juries import Share, Stratum, address_of, homes
from fairground.questions.power.people_tables import PeopleTable, alike
from fairground.questions.power.pool_columns import address_columns
from fairground.sources import deprivation

__all__ = ["AddressesRead", "RatesRead", "letters_csv", "read_addresses", "read_rates", "strata_of"]

Name = tuple[str, ...]


@dataclass(frozen=True)
class AddressesRead:
    """Addresses as they were read: for each stratum the rows of its households.

    Parameters
    ----------
    by : the columns that name strata. again : addresses that were there already.
    """

    table: PeopleTable
    by: Name
    strata: Mapping[Name, tuple[int, ...]]
    again: int
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class RatesRead:
    """What is known of who answers: for each stratum its rate, what volunteers are like, and who says so."""

    rates: Mapping[Name, tuple[float, float, dict[tuple[str, str], float]]]
    told: tuple[str, ...]
    source: Source


def read_addresses(file: Path | str, by: Sequence[str] = (), deciles: Path | str = "") -> AddressesRead:
    """Read addresses, one for each household.

    Parameters
    ----------
    by : the columns that name strata. deciles : the file of the Indices of Deprivation (File 7), which gives
        each row its `decile` by the column `lsoa`.

    Raises
    ------
    BadInput : no column of addresses, a column that is not there, a row without an address or a stratum.
    """
    table = PeopleTable.read(file, *[name for name in by if not (deciles and name == "decile")])
    parts, uprn = address_columns(table, set())
    if not parts and uprn is None:
        have = ", ".join(head for head in table.heads if head)
        what = "The table has no column of addresses"
        raise BadInput(what, "column", "address", f"one of {have}", file=table.name)
    place = _deciles(table, deciles) if deciles else {}
    columns = [None if deciles and name == "decile" else table.column(name) for name in by]
    told = [
        address_of(*(cells[part] for part in parts), uprn="" if uprn is None else cells[uprn])
        for _, cells in table.rows
    ]
    alike_ = homes(told).names
    seen: set[str] = set()
    found: dict[Name, list[int]] = defaultdict(list)
    for at, (number, cells) in enumerate(table.rows):
        plain = address_of(*(cells[part] for part in parts)).text or told[at].uprn
        home = alike_[at] or plain
        name = tuple(place[at] if column is None else cells[column].strip() for column in columns)
        for heading, text in (("address", home), *zip(by, name, strict=True)):
            if not text:
                raise BadInput("This cell is empty", heading, "", "a value in every row", number, table.name)
        if home not in seen:
            seen.add(home)
            found[name].append(at)
    known = (deprivation.read(Path(deciles)).source,) if deciles else ()
    strata = {name: tuple(found[name]) for name in sorted(found)}
    return AddressesRead(table, tuple(by), strata, len(table.rows) - len(seen), (table.source, *known))


def _deciles(table: PeopleTable, file: Path | str) -> dict[int, str]:
    """Return the decile of each row, by its neighbourhood."""
    columns, at = deprivation.read(Path(file)).columns, table.column("lsoa", "lsoa code", "lsoa21")
    decile = dict(zip(columns["code"], columns["imd_decile"], strict=True))
    found = {}
    for row, (number, cells) in enumerate(table.rows):
        code = cells[at].strip().upper()
        if code not in decile:
            what = "The Indices of Deprivation have no such neighbourhood"
            raise BadInput(what, "lsoa", code, "the code of one of England, of 2021", number, table.name)
        found[row] = str(decile[code])
    return found


def read_rates(file: Path | str, by: Sequence[str]) -> RatesRead:
    """Read the rates at which letters bring volunteers: a row for each stratum.

    Columns: those that name strata, `rate`, and if wanted `people` (grown-ups at an address), `source`, and
    shares of volunteers, each headed with its feature and value (“age: 16-29”).

    Raises
    ------
    BadInput : a column that is missing, a share that is none, a stratum twice; names the row.
    """
    table = PeopleTable.read(file, "rate")
    names, rate = [table.column(name) for name in by], table.column("rate")
    made = {
        at: tuple(map(str.strip, head.split(":", 1))) for at, head in enumerate(table.heads) if ":" in head
    }
    found: dict[Name, tuple[float, float, dict[tuple[str, str], float]]] = {}
    told = []
    for number, cells in table.rows:
        name = tuple(cells[at].strip() for at in names)
        if name in found:
            raise BadInput(
                "This part of the place is there twice", "stratum", " ".join(name), "once", number, table.name
            )
        people = _people(table, cells, number)
        shares = {(h[0], h[1]): table.share(cells[at], table.heads[at], number) for at, h in made.items()}
        found[name] = (table.share(cells[rate], "rate", number), people, shares)
        told.append(cells[table.column("source")].strip() if table.has("source") else "")
    return RatesRead(found, tuple(dict.fromkeys(text for text in told if text)), table.source)


def _people(table: PeopleTable, cells: list[str], number: int) -> float:
    if not table.has("people"):
        return 1.0
    text = cells[table.column("people")].strip()
    try:
        return float(text)
    except ValueError:
        what = "This must be a number"
        raise BadInput(what, "people", text, "such as 1.9", number, table.name) from None


def strata_of(
    read: AddressesRead, rates: RatesRead | None, rate: float, shares: Sequence[Share]
) -> tuple[Stratum, ...]:
    """Return the strata of addresses with what is known of who answers there.

    A feature that is a column of strata has the stratum's value for everybody. Where nothing is known of a
    feature, volunteers are taken to be as the place is (`shares`).

    Raises
    ------
    BadInput : a stratum without a rate, or one whose numbers cannot be.
    """
    found = []
    for name, rows in read.strata.items():
        if rates is not None and name not in rates.rates:
            have = "; ".join(" ".join(one) for one in list(rates.rates)[:12])
            raise BadInput("This part of the place has no rate", "stratum", " ".join(name), have)
        known = (rate, 1.0, {}) if rates is None else rates.rates[name]
        makeup = _makeup(dict(zip(map(alike, read.by), name, strict=True)), known[2], shares)
        found.append(Stratum(name, len(rows), known[0], makeup, known[1]))
    return tuple(found)


def _makeup(
    own: Mapping[str, str], given: Mapping[tuple[str, str], float], shares: Sequence[Share]
) -> dict[tuple[str, str], float]:
    known = {(alike(feature), alike(value)): part for (feature, value), part in given.items()}
    features = {feature for feature, _ in known}
    return dict(_part(one, own, known, features) for one in shares)


def _part(
    one: Share, own: Mapping[str, str], known: Mapping[tuple[str, str], float], features: set[str]
) -> tuple[tuple[str, str], float]:
    feature, value = alike(one.feature), alike(one.value)
    if feature in features:
        part = known.get((feature, value), 0.0)
    elif feature in own:
        part = float(alike(own[feature]) == value)
    else:
        part = float(one.part)
    return (one.feature, one.value), part


def letters_csv(read: AddressesRead, chosen: Mapping[Name, Sequence[int]]) -> str:
    """Return the addresses that get a letter as CSV text, numbered in the order of the table.

    Parameters
    ----------
    chosen : for each stratum which of its households, counted from 1.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["letter", *read.table.heads])
    for number, row in enumerate(_chosen(read, chosen), start=1):
        writer.writerow([number, *map(guarded, read.table.rows[row][1])])
    return out.getvalue()


def _chosen(read: AddressesRead, chosen: Mapping[Name, Sequence[int]]) -> Iterator[int]:
    yield from sorted(read.strata[name][at - 1] for name, numbers in chosen.items() for at in numbers)
