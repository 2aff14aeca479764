"""A pool of volunteers and its targets, from the spreadsheets that people send.

Commas or semicolons, a byte order mark, spaces at the ends, capitals, long dashes in “16–24”, an age band
that a spreadsheet took for a date, a row that is there twice: each is read as it was meant, and counted.
What cannot be meant (an id that two people have, a value without a target) is named by row and column, all
of it at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fairground.errors import BadInput
from fairground.evidence import Quality, Source, Step
from fairground.power.juries import Pool, Staying, Target, Volunteer
from fairground.questions.power.bands import band_of_age, bands_of_date, same_band
from fairground.questions.power.lodging import Lodging
from fairground.questions.power.people_tables import PeopleTable, alike
from fairground.questions.power.pool_columns import address_columns, id_column
from fairground.questions.power.target_tables import TOTALS, read_shares, read_targets

__all__ = ["Asked", "PoolRead", "read_pool", "read_shares", "read_staying", "read_targets"]

NO_ID = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|\d{4}-\d\d-\d\d( 00:00:00)?|TRUE|FALSE")
SHORT = {"m": ("male", "man"), "f": ("female",), "w": ("woman",), "y": ("yes",), "n": ("no",)}
SHOWN = 12
Rows = list[tuple[int, list[str]]]
Also = Callable[[Rows], Sequence[str]]


@dataclass(frozen=True)
class PoolRead:
    """A pool as it was read: the volunteers, where they came from, and what was mended or left out.

    Parameters
    ----------
    told : what was mended, left out or is in doubt, of the pool and of its targets, as steps of an answer.
    """

    pool: Pool
    source: Source
    quality: Quality
    address_columns: tuple[str, ...]
    told: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an officer says about a pool beyond its table.

    Parameters
    ----------
    certain, barred : ids of people who must, or may not, be on the jury. households : at most one person of
        an address. id_column : the heading of the ids, where it is none of those that are known; “row” to
        call people by the numbers of their rows. one_home : sets of ids that live together. own_home : ids
        whose address is many homes, such as a care home: everybody there is a household of their own.
    """

    certain: Sequence[str] = ()
    barred: Sequence[str] = ()
    households: bool = True
    id_column: str = ""
    one_home: Sequence[Sequence[str]] = ()
    own_home: Sequence[str] = ()

    def ids(self) -> set[str]:
        """Return everybody who is named."""
        return {*self.certain, *self.barred, *self.own_home, *(id for those in self.one_home for id in those)}


def read_pool(
    file: Path | str,
    targets: Sequence[Target],
    *,
    certain: Sequence[str] = (),
    barred: Sequence[str] = (),
    households: bool = True,
    asked: Asked | None = None,
) -> PoolRead:
    """Read a pool of volunteers: a table with a column of ids and a column for each feature of the targets.

    Parameters
    ----------
    certain, barred : ids of people who must, or may not, be on the jury. households : at most one person of
        an address, where the table has columns of addresses. asked : all of this and more, in one.

    Raises
    ------
    BadInput : a column is missing; or rows that cannot be used, all of them named.
    """
    features = tuple(dict.fromkeys(target.feature for target in targets))
    table = PeopleTable.read(file, *features)
    return pool_of(table, targets, asked or Asked(certain, barred, households))


def pool_of(
    table: PeopleTable, targets: Sequence[Target], wanted: Asked, also: Also | None = None
) -> PoolRead:
    """Return the pool of a table that was read, as `read_pool` does.

    Parameters
    ----------
    also : names what else is wrong with the rows, so that all of it is told at once.

    Raises
    ------
    BadInput : a column is missing; or rows that cannot be used, all of them named.
    """
    features = tuple(dict.fromkeys(target.feature for target in targets))
    table.need(*features)
    columns = {feature: table.column(feature) for feature in features}
    at_id = id_column(table, wanted.id_column)
    address, uprn = address_columns(table, {*columns.values(), *([] if at_id is None else [at_id])})
    values = {f: {alike(t.value): t.value for t in targets if t.feature == f} for f in features}
    reading = _Reading(table, columns, values, at_id)
    rows = reading.people(wanted, also)
    at_home = Lodging.of(table, rows, address, uprn, wanted.households)
    people = at_home.people(wanted.one_home, wanted.own_home)
    pool = Pool(features, tuple(p for p in people if p.id not in set(wanted.barred)))
    quality = Quality(len(table.rows), len(pool.volunteers), dict(reading.dropped), dict(reading.mended))
    told = (*getattr(targets, "told", ()), *reading.steps(), *at_home.steps(pool), *_unmet(pool, targets))
    return PoolRead(pool, table.source, quality, at_home.columns, told)


def _unmet(pool: Pool, targets: Sequence[Target]) -> list[Step]:
    """Say which targets need people with a value that nobody has."""
    there = {(f, v) for p in pool.volunteers for f, v in zip(pool.features, p.values, strict=True)}
    none = [f"{t.feature} {t.value}" for t in targets if t.high and (t.feature, t.value) not in there]
    return [Step("juries.targets.nobody", {"values": "; ".join(none)})] if none else []


def read_staying(file: Path | str, everyone: float, targets: Sequence[Target]) -> tuple[Staying, Source]:
    """Read how likely people are to stay: a table with the columns feature, value and stays.

    Parameters
    ----------
    everyone : the chance that all have; each row's `stays` is a factor of it for people with that value.

    Raises
    ------
    BadInput : a column is missing, a value without a target, twice, or no chance; named by row.
    """
    table = PeopleTable.read(file, "stays")
    at = {field: table.column(field) for field in ("feature", "value", "stays")}
    known = {(alike(t.feature), alike(t.value)): (t.feature, t.value) for t in targets}
    found: dict[tuple[str, str], float] = {}
    for number, cells in table.rows:
        feature, value, stays = (cells[at[field]].strip() for field in ("feature", "value", "stays"))
        named = known.get((alike(feature), alike(value)))
        if named is None or named in found:
            what = "This value has no target" if named is None else "This value is there twice"
            allowed = "; ".join(f"{f} {v}" for f, v in known.values())
            raise BadInput(what, "value", f"{feature} {value}", allowed, number, table.name)
        found[named] = table.share(stays, "stays", number)
    return Staying(everyone, found), table.source


def rows_in_words(numbers: Sequence[int]) -> str:
    """Return the numbers of rows in words: row 3; rows 3 and 9; rows 3, 9 and 14."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    first, more = numbers[:SHOWN], len(numbers) - SHOWN
    told = ", ".join(map(str, first[:-1])) + f" and {first[-1]}" if more <= 0 else ", ".join(map(str, first))
    return f"rows {told}" + (f" and {more} more" if more > 0 else "")


class _Reading:
    """One reading of a table, with everything that was mended, left out or wrong."""

    def __init__(
        self,
        table: PeopleTable,
        columns: dict[str, int],
        values: dict[str, dict[str, str]],
        at_id: int | None,
    ) -> None:
        self.table, self.columns, self.values, self.at_id = table, columns, values, at_id
        self.dropped, self.mended = Counter[str](), Counter[str]()
        self.wrong: list[str] = []
        self.none: dict[tuple[str, str], list[int]] = {}
        self.twice: dict[str, list[int]] = {}

    def people(self, asked: Asked, also: Also | None = None) -> list[tuple[Volunteer, list[str]]]:
        """Return the volunteers of all rows, with their cells.

        Raises
        ------
        BadInput : rows that cannot be used.
        """
        found: dict[str, tuple[int, list[str], Volunteer]] = {}
        for number, cells in self.table.rows:
            if self._left_out(number, cells):
                continue
            id = f"row {number}" if self.at_id is None else cells[self.at_id].strip()
            if not id or NO_ID.fullmatch(id):
                made = f", but “{id}”, which a spreadsheet made of something else" if id else ""
                self.wrong.append(f"row {number} has no id{made}")
                continue
            if id in found:
                self._again(id, number, cells, found)
                continue
            values = tuple(self._value(feature, number, cells) or "" for feature in self.columns)
            found[id] = (number, cells, Volunteer(id, values, "", id in asked.certain))
        self.wrong += self._without_target()
        self.wrong += also(self._of_people()) if also else ()
        self.wrong += [
            f"{rows_in_words(those)} have the same id {id} and differ" for id, those in self.twice.items()
        ]
        self.wrong += [f"nobody has the id {id}" for id in sorted(asked.ids() - set(found))]
        both = sorted({*asked.certain} & {*asked.barred} & set(found))
        self.wrong += [f"{id} must be on the jury, and may not be drawn" for id in both]
        self._refuse()
        self.dropped["may not be drawn"] += len(set(asked.barred))
        self.dropped += Counter()
        return [(person, cells) for _, cells, person in found.values()]

    def _left_out(self, number: int, cells: list[str]) -> bool:
        """Say whether a row is a total, and count it, or gives no answer at all, and name it."""
        if any(cells[at].strip() for at in self.columns.values()):
            return False
        words = [alike(cell).rstrip(":") for cell in cells if cell.strip()]
        if words[0] in TOTALS:
            self.dropped["a total"] += 1
        elif len(self.columns) > 1:
            self.wrong.append(f"row {number} has none of the answers")
        return words[0] in TOTALS or len(self.columns) > 1

    def _of_people(self) -> Rows:
        """Return the rows that are somebody's, each once."""
        once = {tuple(map(str.strip, cells)): (number, cells) for number, cells in reversed(self.table.rows)}
        answers = self.columns.values()
        return [row for row in reversed(once.values()) if any(row[1][at].strip() for at in answers)]

    def _refuse(self) -> None:
        if not self.wrong:
            return
        lines = self.wrong[:SHOWN]
        if len(self.wrong) > SHOWN:
            lines.append(f"and {len(self.wrong) - SHOWN} more")
        what = f"{len(self.wrong)} things must be mended:" + "".join(f"\n- {line}" for line in lines)
        if len(self.wrong) == 1:
            what = f"1 thing must be mended: {lines[0]}"
        allowed = "one of those answers, or a row for the other answer among the targets (its least may be 0)"
        raise BadInput(what, allowed=allowed if self.none else "", file=self.table.name)

    def _without_target(self) -> list[str]:
        """Name the values that no target names, each with its rows."""
        found = []
        for (feature, text), rows in self.none.items():
            allowed = ", ".join(self.values[feature].values())
            is_ = f"“{text}” is none of" if text else "the cell is empty; it must be one of"
            found.append(f"{rows_in_words(rows)}, {feature}: {is_} {allowed}")
        return found

    def _again(
        self, id: str, number: int, cells: list[str], found: dict[str, tuple[int, list[str], Volunteer]]
    ) -> None:
        first, before, _ = found[id]
        if [c.strip() for c in cells] == [c.strip() for c in before]:
            self.dropped["the same row again"] += 1
        else:
            self.twice.setdefault(id, [first]).append(number)

    def _value(self, feature: str, number: int, cells: list[str]) -> str | None:
        text, known = cells[self.columns[feature]], self.values[feature]
        if text in known.values():
            return text
        plain = alike(text)
        kept = known.get(plain) or known.get(re.sub(r"(?<=\d)\.0+$", "", plain))
        if kept is not None:
            self.mended["written in another way"] += 1
            return kept
        as_band = next((known[band] for band in bands_of_date(text) if band in known), None)
        if as_band is not None:
            self.mended["a band that was taken for a date"] += 1
            return as_band
        meant = same_band(text, known) or self._short(plain, known)
        if meant is not None:
            self.mended[f"“{text.strip()}” as “{known[meant]}”"] += 1
            return known[meant]
        of_age = band_of_age(text, known)
        if of_age is not None:
            self.mended["an age, put in its band"] += 1
            return known[of_age]
        self.none.setdefault((feature, text.strip()), []).append(number)
        return None

    @staticmethod
    def _short(plain: str, known: dict[str, str]) -> str | None:
        """Return what a single letter is short for, where one value alone can be meant."""
        those = [word for word in SHORT.get(plain, ()) if word in known]
        return those[0] if len(those) == 1 else None

    def steps(self) -> list[Step]:
        """Say what was mended or left out, and how many rows nobody sees."""
        steps = [Step("juries.mended", {"why": why, "cells": n}) for why, n in self.mended.items()]
        steps += [Step("juries.dropped", {"why": why, "rows": n}) for why, n in self.dropped.items()]
        return [*steps, Step("juries.hidden", {"rows": self.table.hidden})] if self.table.hidden else steps
