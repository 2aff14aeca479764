"""How much have councils sold? What has been published, side by side, and what nobody has published.

Three counts were made from answers of councils; each counted other things in other years. Put on one scale (a
year) they show how much turns on what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from fairground.evidence import Answer, Method, Source, Step
from fairground.sources.catalogue import source
from fairground.sources.published import Fact, fact

__all__ = ["KnownSales", "known"]

METHOD = Method(
    "counts-side-by-side",
    "Each published total divided by its years, and each sum by its count",
    "Plain division; the years are those that make the report's figures agree with the press on them",
)
TWELVE, THIRTEEN = 12, 13


@dataclass(frozen=True)
class Counted:
    """One published count: who made it, for which years, how many a year, and the mean price if known."""

    who: str
    period: str
    a_year: float
    mean_price: float | None


@dataclass(frozen=True)
class KnownSales:
    """What is known: the report's totals, and the counts a year side by side."""

    total: float
    pounds_in_all: float
    rows: tuple[Counted, ...]


def known() -> Answer[KnownSales]:
    """Answer what is known of how much councils have sold, and what is not.

    >>> from fairground.questions.wealth.known_sales import known
    >>> [round(row.a_year) for row in known().value.rows]
    [6250, 4131, 2770]
    """
    total, paid = fact("assets-total"), fact("assets-pounds")
    locality, bureau, price = fact("assets-locality"), fact("assets-bureau"), fact("assets-bureau-price")
    billions = paid.value * 1e9
    rows = (
        Counted(
            "The report Parallel lives (IPPR North)",
            total.period,
            total.value / TWELVE,
            billions / total.value,
        ),
        Counted("Locality", locality.period, locality.value, None),
        Counted("Bureau of Investigative Journalism", bureau.period, bureau.value, price.value),
    )
    value = KnownSales(total.value, billions, rows)
    return Answer(
        value, METHOD, _steps(value), _sources(total, locality, bureau, fact("receipts-nine-years"))
    )


def _steps(value: KnownSales) -> tuple[Step, ...]:
    years = [row.a_year for row in value.rows]
    prices = [row.mean_price for row in value.rows if row.mean_price is not None]
    all_paid = fact("receipts-nine-years")
    facts = {"total": value.total, "pounds": value.pounds_in_all, "low": min(years), "high": max(years)}
    return (
        Step("known.headline", facts),
        Step("known.twelve", {"twelve": value.total / TWELVE, "thirteen": value.total / THIRTEEN}),
        Step("known.price", {"mean": prices[0], "other": prices[-1]}),
        Step("known.receipts", {"pounds": all_paid.value * 1e9, "period": all_paid.period}),
        Step("known.unknown.answers", {"answered": 154}),
        Step("known.unknown.what", {"times": max(years) / min(years)}),
        Step("known.unknown.homes", {}),
        Step("known.unknown.list", {}),
    )


def _sources(*facts: Fact) -> tuple[Source, ...]:
    return (*(one.source for one in facts), source("mhclg-capital-outturn"))
