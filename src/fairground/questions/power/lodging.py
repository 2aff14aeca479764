"""Who of a pool lives together: by the table's addresses, by property numbers, and by what an officer says.

What could be one home, but is written in different ways, is named by id and asked; so is an address that
tells no home, and one that many share. `--one-home` and `--own-home` answer.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fairground.errors import BadInput
from fairground.evidence import Step
from fairground.power.juries import Homes, Pool, Volunteer, address_of, homes
from fairground.questions.power.people_tables import PeopleTable

__all__ = ["Lodging"]

SHOWN = 12


@dataclass(frozen=True)
class Lodging:
    """The people of a table and their homes.

    Parameters
    ----------
    columns : the headings of the addresses; empty where there are none. looked : homes were asked for.
    """

    those: tuple[Volunteer, ...]
    homes: Homes
    columns: tuple[str, ...]
    looked: bool

    @staticmethod
    def of(
        table: PeopleTable, rows: Sequence[tuple[Volunteer, list[str]]], address: Sequence[int],
        uprn: int | None, looked: bool,
    ) -> Lodging:  # fmt: skip
        """Return where the people of these rows live."""
        told = [
            address_of(*(cells[at] for at in address), uprn="" if uprn is None else cells[uprn])
            for _, cells in rows
        ]
        used = [*address, *([] if uprn is None else [uprn])]
        given = any(cells[at].strip() for _, cells in rows for at in used)
        columns = tuple(table.heads[at] for at in used) if looked and given else ()
        found = homes(told) if columns else Homes(("",) * len(rows))
        return Lodging(tuple(person for person, _ in rows), found, columns, looked)

    def people(self, one_home: Sequence[Sequence[str]], own_home: Sequence[str]) -> list[Volunteer]:
        """Return the people with their homes, as the officer corrects them.

        Parameters
        ----------
        one_home : sets of ids that live together. own_home : ids whose address is many homes.

        Raises
        ------
        BadInput : somebody lives with others and alone.
        """
        home = {person.id: name for person, name in zip(self.those, self.homes.names, strict=True)}
        apart = {home[id] for id in own_home if home[id]}
        found = {id: "" if name in apart else name for id, name in home.items()}
        for number, ids in enumerate(one_home, start=1):
            both = set(ids) & set(own_home)
            if both:
                allowed = "one of --one-home and --own-home"
                raise BadInput("Somebody cannot live with others and alone", "id", min(both), allowed)
            joined = {found[id] for id in ids if found[id]}
            for id, name in found.items():
                if id in ids or name in joined:
                    found[id] = f"said to be one home ({number})"
        return [dataclasses.replace(person, household=found[person.id]) for person in self.those]

    def steps(self, pool: Pool) -> list[Step]:
        """Say who shares an address, and what an officer is asked about.

        Parameters
        ----------
        pool : the people as they were corrected; what was answered is asked no more.
        """
        if not self.columns and not any(person.household for person in pool.volunteers):
            return [Step("juries.no-homes" if self.looked else "juries.homes.unasked", {})]
        at_home = {person.id: person.household for person in pool.volunteers}
        shared = Counter(at_home.values())
        sharing = sum(n for home, n in shared.items() if home and n > 1)
        steps = [Step("juries.homes", {"people": sharing, "columns": ", ".join(self.columns)})]
        steps += self._doubts(at_home)
        untold = [id for id in self._ids(self.homes.unknown) if id in at_home and not at_home[id]]
        if untold and self.columns:
            steps.append(Step("juries.homes.untold", {"people": len(untold), "ids": _listed(untold)}))
        crowds = [self._ids(those) for those in self.homes.crowds]
        for ids in ([id for id in those if at_home.get(id)] for those in crowds):
            if len(ids) > 1:
                steps.append(Step("juries.homes.crowd", {"people": len(ids), "ids": _listed(ids)}))
        return steps

    def _ids(self, places: Sequence[int]) -> list[str]:
        return [self.those[at].id for at in places]

    def _doubts(self, at_home: dict[str, str]) -> list[Step]:
        sets = [[id for id in self._ids(those) if at_home.get(id)] for those in self.homes.doubts]
        open_ = [ids for ids in sets if len({at_home[id] for id in ids}) > 1]
        if not open_:
            return []
        told = "; ".join(" and ".join(ids) if len(ids) == 2 else _listed(ids) for ids in open_[:SHOWN])
        more = len(open_) - SHOWN
        facts = {"sets": len(open_), "ids": told + (f"; and {more} more" if more > 0 else "")}
        return [Step("juries.homes.doubt", facts)]


def _listed(ids: Sequence[str]) -> str:
    """Return the first ids of many, and how many more there are.

    >>> from fairground.questions.power.lodging import _listed
    >>> _listed(["1", "2"])
    '1, 2'
    """
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return ", ".join(ids[:SHOWN]) + more
