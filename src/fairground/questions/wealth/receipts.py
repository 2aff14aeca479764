"""What councils were paid for what they sold, over areas that stay the same, by definition.

Every council is in the government's outturn, so a sum over all of them has no sampling error: only the
definition moves it (with or without homes, which years, which prices). Districts before and after a
reorganisation are added up over units that stay the same (`places.stable`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from fairground import places
from fairground.errors import DataProblem, NotFound
from fairground.questions.wealth.disposals import Receipts
from fairground.sources import council_finance, prices

__all__ = ["WITHOUT_HOMES", "WITH_HOMES", "Outturn", "Unit", "gathered"]

WITH_HOMES, WITHOUT_HOMES = "all services", "without homes"
WINDOWS = (("2010/11", "2021/22"), ("2010/11", "2022/23"))  # 12 and 13 years: how the report can be read


@dataclass(frozen=True)
class Unit:
    """A council, with all that went into it: the codes in force now, its names, its class and its region."""

    codes: tuple[str, ...]
    name: str
    council_class: str
    region: str

    @property
    def id(self) -> str:
        """The codes of the unit, joined."""
        return "+".join(self.codes)


@dataclass(frozen=True)
class Outturn:
    """What each unit was paid in each year: all services, and those of homes.

    holes : how many councils have no figure, by year.
    """

    units: tuple[Unit, ...]
    years: tuple[str, ...]
    paid: Mapping[tuple[str, str], Decimal]
    homes: Mapping[tuple[str, str], Decimal]
    holes: Mapping[str, int]
    files: tuple[str, ...]

    def by_unit(self, receipts: str, years: Sequence[str]) -> tuple[float, ...]:
        """Return what each unit was paid over some years, in cash; below nothing counts as nothing."""
        return tuple(
            max(0.0, float(sum((self._of(unit.id, year, receipts) for year in years), Decimal(0))))
            for unit in self.units
        )

    def total(
        self, receipts: str, years: Sequence[str], level: Mapping[str, Fraction] | None = None
    ) -> float:
        """Return what all were paid over some years; with `level`, in the prices of the last of them."""
        found = Fraction(0)
        for year in years:
            paid = sum((self._of(unit.id, year, receipts) for unit in self.units), Decimal(0))
            found += Fraction(paid) * (level[years[-1]] / level[year] if level else 1)
        return float(found)

    def _of(self, unit: str, year: str, receipts: str) -> Decimal:
        paid = self.paid.get((unit, year), Decimal(0))
        return paid - self.homes.get((unit, year), Decimal(0)) if receipts == WITHOUT_HOMES else paid

    def grid(self, first: str, last: str) -> tuple[Receipts, ...]:
        """Return the sums by every definition: the years asked for, and the 12 and 13 of the report."""
        windows = dict.fromkeys(((first, last), *WINDOWS))
        level = _level()
        return tuple(
            self._row(receipts, *window, way, level if way == "real" else None)
            for window in windows
            for receipts in (WITH_HOMES, WITHOUT_HOMES)
            for way in ("cash", "real")
        )

    def _row(
        self, receipts: str, first: str, last: str, way: str, level: Mapping[str, Fraction] | None
    ) -> Receipts:
        years = window(first, last)
        lacking = [year for year in years if year not in self.years]
        unpriced = [year for year in years if level is not None and year not in level]
        missing = (
            f"not in the files: {_spoken(lacking)}"
            if lacking
            else f"no index of prices for {_spoken(unpriced)}"
            if unpriced
            else ""
        )
        pounds = None if missing else self.total(receipts, years, level)
        return Receipts(receipts, first, last, len(years), way, pounds, missing)


def window(first: str, last: str) -> list[str]:
    """Return the financial years from one to another."""
    return [f"{start}/{(start + 1) % 100:02d}" for start in range(int(first[:4]), int(last[:4]) + 1)]


def _spoken(years: Sequence[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]} ({len(years)} years)"


def _level() -> Mapping[str, Fraction]:
    held = prices.read().columns
    return dict(zip(held["financial_year"], held["index"], strict=True))


def gathered(paths: Iterable[Path]) -> Outturn:
    """Return what councils were paid, from one or more files of the outturn.

    Raises
    ------
    DataProblem : a file is missing or has a fault; a council and year are in two files; or a code that no
    place has had.
    """
    lines: dict[tuple[str, str, str], Decimal] = {}
    origin: dict[tuple[str, str], str] = {}
    names = []
    for path in paths:
        names.append(path.name)
        _add(lines, origin, path)
    codes = sorted({code for code, _, _ in lines})
    unit_of = places.stable(codes)
    present = sorted({(code, year) for code, year, _ in lines})
    units = _units(unit_of)
    years = tuple(sorted({year for _, year in present}))
    paid: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    homes: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for (code, year, service), pounds in lines.items():
        into = {"all": paid, "housing": homes}.get(service)
        if into is not None:
            into["+".join(unit_of[code]), year] += pounds
    return Outturn(units, years, paid, homes, _holes(units, present, years), tuple(names))


def _add(lines: dict[tuple[str, str, str], Decimal], origin: dict[tuple[str, str], str], path: Path) -> None:
    found = council_finance.read(path).columns
    seen: set[tuple[str, str]] = set()
    for code, year, service, pounds in zip(
        found["code"], found["financial_year"], found["service"], found["pounds"], strict=True
    ):
        known = _newest(code, path.name)
        before = origin.get((known, year))
        if before is not None and (known, year) not in seen:
            raise DataProblem(
                f"This council and year are in {before} already: its receipts would count twice",
                path.name, None, "ONS_Code", f"{code}, {year}", allowed="one row for each council and year",
            )  # fmt: skip
        origin[known, year] = path.name
        seen.add((known, year))
        if (known, year, service) in lines:
            raise DataProblem(
                "This council is there twice, under an old code and a new one", path.name, None, "ONS_Code",
                f"{code}, {year}", allowed="one row for each council and year",
            )  # fmt: skip
        lines[known, year, service] = Decimal(pounds)


def _newest(code: str, file: str) -> str:
    """Return the code that a council has now, where its code was merely replaced."""
    try:
        places.known(code)
    except NotFound as fault:
        raise DataProblem(
            "No council in England has had this code", file, None, "ONS_Code", code,
            allowed="the code of a principal council since 2009",
        ) from fault  # fmt: skip
    return _now(code)


def _units(unit_of: Mapping[str, tuple[str, ...]]) -> tuple[Unit, ...]:
    """Return the units, each with the class of the council that stands there now."""
    found = []
    for codes in sorted(set(unit_of.values())):
        held = [places.known(code) for code in codes]
        name = " with ".join(place.name for place in held)
        found.append(Unit(codes, name, council_finance.CLASSES[codes[0][:3]], _region(held[0])))
    return tuple(found)


def _region(place: places.Place) -> str:
    code = place.region or (places.known(place.county).region if place.county else "")
    return places.known(code).name if code else "not said"


def _holes(
    units: Sequence[Unit], present: Iterable[tuple[str, str]], years: Sequence[str]
) -> Mapping[str, int]:
    """Return how many councils that stood in a year have no figure for it."""
    held = set(present)
    found: dict[str, int] = {}
    for year in years:
        day = date(int(year[:4]), 4, 1)
        now = [code for unit in units for code in unit.codes]
        expected = {_now(old) for code in now for old in places.ancestors(code, day=day)}
        lacking = sum((code, year) not in held for code in expected)
        if lacking:
            found[year] = lacking
    return found


def _now(code: str) -> str:
    while len(after := places.successors(code)) == 1 and after[0].kind == "recoded":
        code = after[0].new_code
    return code
