"""The ways in which each claim is worked out again: every figure that its words could mean, with its sources.

A check returns the figures that the claim's words imply (literal), those of other definitions, and the newest
ones. The verdict on them is the engine's, in `wealth.inequality.claims`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from fairground.evidence import Source, merged
from fairground.questions.wealth import funding
from fairground.sources import figures, international, prices, published
from fairground.sources.catalogue import source
from fairground.tables import rows
from fairground.wealth.inequality import Recomputed

__all__ = ["CHECKS"]

NORTH_EAST, SOUTH_EAST, LONDON, BRITAIN = "E12000001", "E12000008", "E12000007", "K03000001"
NORTH = (NORTH_EAST, "E12000002", "E12000003")
G7 = ("CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA")
Found = tuple[tuple[Recomputed, ...], tuple[Source, ...]]


def _joined(*parts: Found) -> Found:
    return tuple(row for found, _ in parts for row in found), merged(*(cited for _, cited in parts))


def _row(measure: str, period: str, value: float, cited: Source, *, literal: bool, newest: bool) -> Found:
    return (Recomputed(measure, period, value, cited.edition, literal, newest),), (cited,)


def _difference(
    indicator: str,
    period: str,
    better: str,
    worse: str,
    *,
    measure: str,
    literal: bool = False,
    newest: bool = False,
) -> Found:
    high, low = (figures.figure(code, indicator, period=period) for code in (better, worse))
    if high is None or low is None:
        return (), ()
    apart = float(Fraction(repr(high.value)) - Fraction(repr(low.value)))
    return _row(measure, period, apart, high.source, literal=literal, newest=newest)


def _level(
    code: str, indicator: str, period: str, *, measure: str, literal: bool = False, newest: bool = False
) -> Found:
    held = figures.figure(code, indicator, period=period)
    if held is None:
        return (), ()
    return _row(measure, period, held.value, held.source, literal=literal, newest=newest)


def _fact(id: str, *, literal: bool = False, newest: bool = False) -> Found:
    held = published.fact(id)
    return _row(held.measure, held.period, held.value, held.source, literal=literal, newest=newest)


def _facts(*ids: str, literal: bool = False, newest: str = "") -> Callable[[], Found]:
    """Published figures, one of which may be today's."""
    return lambda: _joined(*(_fact(id, literal=literal, newest=id == newest) for id in ids))


def _healthy_life() -> Found:
    newest = figures.periods("hle_male")[-1]
    parts = []
    for sex, word in (("male", "Men"), ("female", "Women")):
        cited, revised = f"hle_{sex}_original", f"hle_{sex}"
        pair = f"{word}, South East less North East"
        other = f"{word}, London less North East"
        parts += [
            _difference(cited, "2018-20", SOUTH_EAST, NORTH_EAST, measure=pair, literal=True),
            _difference(cited, "2018-20", LONDON, NORTH_EAST, measure=other),
            _difference(revised, "2018-20", SOUTH_EAST, NORTH_EAST, measure=f"{pair}, revised"),
            _difference(revised, newest, SOUTH_EAST, NORTH_EAST, measure=f"{pair}, newest", newest=True),
        ]
    return _joined(*parts)


def _north_east_wealth() -> Found:
    """Nothing is published for one person by region: the literal figures are Great Britain's."""
    single = "One person, {}, all of Great Britain"
    household = "median_household_wealth"
    name = "Household, median, North East"
    return _joined(
        _level(
            BRITAIN,
            "median_individual_wealth",
            "2018-20",
            measure=single.format("median"),
            literal=True,
        ),
        _level(BRITAIN, "mean_individual_wealth", "2018-20", measure=single.format("mean"), literal=True),
        _level(NORTH_EAST, household, "2018-20", measure=name),
        _level(NORTH_EAST, household, "2020-22", measure=f"{name}, newest", newest=True),
    )


def _wealth_ratio() -> Found:
    parts = []
    for period, newest in (("2018-20", False), ("2020-22", True)):
        low, high = (
            figures.figure(c, "median_household_wealth", period=period) for c in (NORTH_EAST, SOUTH_EAST)
        )
        if low and high:
            name = "North East over South East, household median"
            ratio = low.value / high.value
            parts.append(_row(name, period, ratio, low.source, literal=not newest, newest=newest))
    return _joined(*parts)


def _rank(countries: tuple[str, ...] = (), *, literal: bool) -> Found:
    """The UK's rank on seven measures and two sizes of region, 1 the most unequal."""
    data = international.read()
    found = []
    for level, size in (("TL2", "large"), ("TL3", "small")):
        for measure in international.MEASURES:
            table = zip(data.columns["country"], data.columns["level"], data.columns[measure], strict=True)
            values = {c: value for c, at, value in table if at == level and (not countries or c in countries)}
            rank = 1 + sum(value > values["GBR"] for value in values.values())
            name = f"{MEASURE_NAMES[measure]}, {size} regions, of {len(values)}"
            found.append(Recomputed(name, "2019", float(rank), data.source.edition, literal))
    return tuple(found), (data.source,)


MEASURE_NAMES = {
    "theil_t": "Theil T",
    "theil_l": "Theil L",
    "williamson": "Williamson index",
    "gini": "Gini",
    "hoover": "Hoover index",
    "gap_ratio": "Richest region over poorest",
    "top_bottom_ratio": "Richest fifth over poorest fifth",
}


def _north(first: str, last: str, *, literal: bool, newest: bool = False) -> Found:
    """The North at London's rate, in every variant of the counterfactual."""
    answer = funding.counterfactual("north", at="London", first=first, last=last)
    edition = answer.sources[0].edition
    found = tuple(
        Recomputed(
            _variant_name(variant),
            f"{first} to {last}",
            float(variant.extra / 10**9),
            edition,
            literal,
            newest,
        )
        for variant in answer.value.rows
        if variant.function == "transport"
    )
    return found, answer.sources


def _variant_name(variant: funding.Variant) -> str:
    priced = {"cash": "In cash", "real": "Real", "real-calendar": "Real (calendar)"}
    counted = {"contemporary": "of each year", "january": "of 1 January"}
    return f"{priced[variant.prices]}, people {counted.get(variant.people, f'of {variant.people}')}"


def _north_so_far(*ids: str, first: str) -> Callable[[], Found]:
    """The years of a window that we hold, and the newest whole ten years; neither is what was claimed."""
    return lambda: _joined(
        *(_fact(id) for id in ids),
        _north(first, "2017/18", literal=False),
        _north("2008/09", "2017/18", literal=False, newest=True),
    )


def _per_head(codes: tuple[str, ...], name: str, first: int, last: int, *, literal: bool) -> Found:
    """Spending over people, averaged over financial years: in cash, and in the prices of the last year."""
    years = [f"{year}/{(year + 1) % 100:02d}" for year in range(first, last + 1)]
    people = {
        (row["area_code"], row["year"]): int(row["population"])
        for row in rows("populations")
        if row["series"] == "contemporary"
    }
    spent = {
        (row["area_code"], row["financial_year"]): Fraction(row["transport_total_gbp_m"]) * 10**6
        for row in rows("spending")
    }
    yearly = [sum(spent[c, y] for c in codes) / sum(people[c, y[:4]] for c in codes) for y in years]
    level = dict(zip(*(prices.read().columns[n] for n in ("financial_year", "index")), strict=True))
    real = [rate * level[years[-1]] / level[year] for rate, year in zip(yearly, years, strict=True)]
    cited = (source("hmt-cra-2005-2018"), source("ons-mye-start-year"), prices.read().source)
    found = tuple(
        Recomputed(
            f"{name}, {way}, on average",
            f"{years[0]} to {years[-1]}",
            float(sum(rates) / len(rates)),
            cited[0].edition,
            literal,
        )
        for way, rates in (("cash", yearly), ("real", real))
    )
    return found, cited


def _councils() -> Found:
    """How many principal councils England had in January 2022."""
    kinds = ("district", "unitary", "metropolitan borough", "London borough", "county")
    named = {f"{kind} council" for kind in kinds} | {"City of London Corporation"}
    held = [row for row in rows("bodies") if row["type"] in named]
    count = sum(row["start"] <= "2022-01-01" and (row["end"] or "9999") > "2022-01-01" for row in held)
    cited = source("mysociety-councils-2025-07")
    return _row("All principal councils", "January 2022", float(count), cited, literal=False, newest=False)


def _shared_over(id: str, unit: str, *others: str) -> Callable[[], Found]:
    """A total since 2010 over 12 and over 13 financial years."""

    def run() -> Found:
        total = published.fact(id)
        parts = [
            _row(
                f"{unit} over {years} financial years",
                f"2010/11 to {2009 + years}/{10 + years}",
                total.value / years,
                total.source,
                literal=True,
                newest=False,
            )
            for years in (12, 13)
        ]
        return _joined(*parts, *(_fact(other) for other in others))

    return run


def _transport(first: str, last: str) -> Callable[[], Found]:
    return lambda: _north(first, last, literal=True)


CHECKS: dict[str, Callable[[], Found]] = {
    "healthy-life": _healthy_life,
    "north-east-wealth": lambda: _joined(_north_east_wealth(), _fact("individual-wealth-gap")),
    "wealth-ratio": _wealth_ratio,
    "league-table": lambda: _rank(literal=True),
    "g7": lambda: _rank(G7, literal=False),
    "transport-2016": _transport("2007/08", "2016/17"),
    "transport-2017": _transport("2008/09", "2017/18"),
    "transport-2019": _north_so_far(first="2010/11"),
    "transport-2022": _north_so_far(first="2009/10"),
    "per-head-london": lambda: _per_head((LONDON,), "London", 2007, 2016, literal=True),
    "per-head-north": lambda: _per_head(NORTH, "The North", 2007, 2016, literal=True),
    "per-head-2022": lambda: _per_head((LONDON,), "London, years held", 2013, 2017, literal=False),
    "cluster": lambda: _joined(_fact("zone-first", literal=True), _fact("zone-newest", newest=True)),
    "cluster-scale": _facts("zone-first", "zone-newest", newest="zone-newest"),
    "assets-a-year": _shared_over("assets-total", "75,000", "assets-locality"),
    "assets-pounds-a-year": _shared_over("assets-pounds", "£15 billion"),
    "assets-receipts": _facts("receipts-nine-years"),
    "assets-at-risk": _facts("assets-surplus"),
    "councils": _councils,
    "parishes": _facts("parish-people", newest="parish-people"),
    "local-news": _facts("news-2023", "news-2025", newest="news-2025"),
    "crowding-in": _facts(
        "crowding-government", "crowding-low", "crowding-mean", "crowding-high", literal=True
    ),
    "none": lambda: ((), ()),
}
