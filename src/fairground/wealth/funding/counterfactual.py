"""What places would have received if public money had followed another area's spending per head.

For each year the benchmark's spending per head, less the area's own, times the area's population; then
summed over years and areas, exactly, in fractions of a pound. Reference: IPPR North (2018, 2019) on
transport in the North, and the variants that the choice of prices and of population leaves open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fairground.errors import BadInput, Impossible, NotFound

CASH, REAL = "cash", "real"
CONTEMPORARY = "contemporary"


@dataclass(frozen=True)
class Record:
    """One area's spending (pounds) and mid-year population (persons) in one financial year.

    Raises
    ------
    BadInput : negative spending, or a population that is not above zero.
    """

    code: str
    year: str
    spending: Fraction
    population: int

    def __post_init__(self) -> None:
        if self.population <= 0:
            raise BadInput("A population must be above zero", "population", self.population)
        if self.spending < 0:
            raise BadInput("Spending must not be negative", "spending", self.spending, "0 or more")


@dataclass(frozen=True)
class Window:
    """A run of financial years, both ends included, such as 2007/08 to 2016/17.

    Raises
    ------
    BadInput : a year that is not written like 2007/08, or a window that ends before it starts.
    """

    first: str
    last: str

    def __post_init__(self) -> None:
        for field, year in (("first", self.first), ("last", self.last)):
            if start_of(year) is None:
                raise BadInput("A financial year is written like 2007/08", field, year, "YYYY/YY")
        if self.years == ():
            raise BadInput("The window ends before it starts", "last", self.last, f"{self.first} or later")

    @property
    def years(self) -> tuple[str, ...]:
        """Return the financial years of the window in order."""
        first, last = start_of(self.first), start_of(self.last)
        return tuple(financial_year(y) for y in range(first or 0, (last or 0) + 1))


@dataclass(frozen=True)
class Shortfall:
    """What one area would have had more (pounds; below zero: less) over a window, and its rates."""

    code: str
    received: Fraction
    would_have: Fraction

    @property
    def extra(self) -> Fraction:
        """Return what the benchmark's rate would have added, in pounds."""
        return self.would_have - self.received


def start_of(year: str) -> int | None:
    """Return the year in which a financial year begins: 2007 for 2007/08; None if it is not one."""
    first, slash, last = year.partition("/")
    if not (slash and len(first) == 4 and len(last) == 2 and (first + last).isascii()):
        return None
    if not (first + last).isdigit() or (int(first) + 1) % 100 != int(last):
        return None
    return int(first)


def financial_year(start: int) -> str:
    """Return the name of the financial year that begins in a year: 2007/08 for 2007."""
    return f"{start}/{(start + 1) % 100:02d}"


def shortfalls(
    records: Sequence[Record],
    *,
    areas: Sequence[str],
    at: str,
    window: Window,
    deflators: Mapping[str, Fraction] | None = None,
    population_year: str = CONTEMPORARY,
) -> tuple[Shortfall, ...]:
    """Return, for each area, what it received and what the benchmark's rate would have brought.

    Parameters
    ----------
    records : spending in pounds and population in persons, one per area and year.
    areas : codes of the areas that would have had the benchmark's rate.
    at : code of the benchmark area.
    window : the financial years to sum.
    deflators : price level by financial year, any base; amounts are restated in the last year's
        prices. None: cash.
    population_year : "contemporary", or the financial year whose population is used in every year.

    Raises
    ------
    NotFound : an area or a benchmark that the records do not have.
    Impossible : a year of the window for which the records or prices have nothing.

    Notes
    -----
    Source of the method: IPPR North, "Revealed: transport spending falls in the North" (2018).
    """
    table = {(r.code, r.year): r for r in records}
    _check(table, codes=(*areas, at), years=window.years, population_year=population_year)
    factors = _factors(window, deflators)

    def people(code: str, year: str) -> int:
        return table[code, year if population_year == CONTEMPORARY else population_year].population

    return tuple(
        Shortfall(
            code,
            sum((table[code, y].spending * factors[y] for y in window.years), Fraction(0)),
            sum(
                (table[at, y].spending * factors[y] * people(code, y) / people(at, y) for y in window.years),
                Fraction(0),
            ),
        )
        for code in areas
    )


def mean_rate(
    records: Sequence[Record],
    *,
    areas: Sequence[str],
    window: Window,
    deflators: Mapping[str, Fraction] | None = None,
    population_year: str = CONTEMPORARY,
) -> Fraction:
    """Return the spending per head of areas taken together, in pounds a year: the plain mean of the years.

    Parameters
    ----------
    records : spending in pounds and population in persons, one per area and year.
    areas : codes of the areas whose spending and people are added up.
    window : the financial years to average.
    deflators, population_year : as in `shortfalls`.

    Raises
    ------
    NotFound, BadInput, Impossible : as in `shortfalls`.

    Notes
    -----
    Source of the method: IPPR North, "Revealed: transport spending falls in the North" (2018), which gives
    yearly averages of London and the North beside its total.

    Examples
    --------
    >>> records = [Record("A", "2007/08", Fraction(100), 10), Record("A", "2008/09", Fraction(300), 10)]
    >>> mean_rate(records, areas=["A"], window=Window("2007/08", "2008/09"))
    Fraction(20, 1)
    """
    table = {(r.code, r.year): r for r in records}
    _check(table, codes=(*areas, areas[0]), years=window.years, population_year=population_year)
    factors = _factors(window, deflators)
    total = Fraction(0)
    for year in window.years:
        counted = year if population_year == CONTEMPORARY else population_year
        people = sum(table[code, counted].population for code in areas)
        spent = sum((table[code, year].spending for code in areas), Fraction(0))
        total += spent * factors[year] / people
    return total / len(window.years)


def _factors(window: Window, deflators: Mapping[str, Fraction] | None) -> dict[str, Fraction]:
    if deflators is None:
        return dict.fromkeys(window.years, Fraction(1))
    missing = [year for year in window.years if year not in deflators]
    if missing:
        raise Impossible("Prices are not known for every year of the window", tuple(missing))
    return {year: deflators[window.last] / deflators[year] for year in window.years}


def _check(
    table: Mapping[tuple[str, str], Record],
    *,
    codes: Sequence[str],
    years: Sequence[str],
    population_year: str,
) -> None:
    known = sorted({code for code, _ in table})
    for code in codes:
        if code not in known:
            raise NotFound("There is no spending for this area", "area", code, ", ".join(known))
    if len(set(codes[:-1])) != len(codes) - 1 or len(codes) < 2:
        raise BadInput("Name at least one area, and each area once", "areas", ", ".join(codes[:-1]))
    available = sorted({year for _, year in table})
    allowed = f"{available[0]} to {available[-1]}"
    wanted = [*years, *([] if population_year == CONTEMPORARY else [population_year])]
    for year in wanted:
        if any((code, year) not in table for code in codes):
            raise BadInput("There is no regional spending for this year", "year", year, allowed)
